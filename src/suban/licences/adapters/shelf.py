"""A folder in which trust list and status list lie as files."""

import os
import tempfile
from pathlib import Path


class FolderShelf:
    """Fills `ports.trust_shelf`; a reader sees the old file or the new one, never half of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lay(self, name: str, content: bytes) -> None:
        """Write `content` aside and put it in place."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=f".{name}.", delete=False) as aside:
            aside.write(content)
            aside.flush()
            os.fsync(aside.fileno())
        fresh = Path(aside.name)
        fresh.chmod(0o644)
        fresh.replace(self._folder / name)
