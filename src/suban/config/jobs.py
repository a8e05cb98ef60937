"""Recurring jobs, as the scheduler calls them."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from suban.catalogue.services import bring_versions_into_force
from suban.foundation.services.evidence import sign_checkpoint
from suban.foundation.services.files import sweep_orphans
from suban.foundation.services.outbox import forget_settled

log = structlog.get_logger()
_KEPT: Final = timedelta(days=30)


def sign_checkpoint_now(at: datetime) -> None:
    """Sign what is new in the evidence."""
    number = sign_checkpoint(at=at)
    if number is not None:
        log.info("evidence.checkpoint_signed", number=number)


def sweep_old_orphans(at: datetime) -> None:
    """Delete stored bytes that no row knows."""
    log.info("files.orphans_swept", count=sweep_orphans(at=at))


def forget_old_deliveries(at: datetime) -> None:
    """Delete outbox rows of messages delivered a month ago."""
    log.info("outbox.settled_forgotten", count=forget_settled(before=at - _KEPT))


def bring_matters_into_force(at: datetime) -> None:
    """Let versions of matters apply whose day has come."""
    log.info("catalogue.versions_in_force", count=bring_versions_into_force(at=at))
