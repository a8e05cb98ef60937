"""What licences do when something has happened."""

from datetime import datetime

from suban.licences.events import LicenceStatusChanged
from suban.licences.services import publish_status_list


def publish_changed_status(message: LicenceStatusChanged, at: datetime) -> None:
    """Let everybody know at once that a licence is no longer what it was."""
    del message  # the list holds every exception; one is as good a reason as another
    publish_status_list(at=at)


def publish_daily(at: datetime) -> None:
    """Publish the list of the day."""
    publish_status_list(at=at)
