"""Static files under names that carry their hash, once they were collected."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class CollectedStaticStorage(ManifestStaticFilesStorage):
    """Hashed names after `collectstatic`; plain names before it (tests, a fresh clone)."""

    def stored_name(self, name: str) -> str:
        """Return the hashed name of the file, or its plain name while nothing is collected."""
        if not self.hashed_files:
            return name
        stored: str = super().stored_name(name)
        return stored
