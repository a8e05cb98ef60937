"""Where the parts are joined: ports get their implementations, messages their handlers, jobs their times.

Nothing else may plug, subscribe or schedule. Called once, when Django has loaded the apps.
"""

from django.conf import settings

from suban.catalogue.queries import MatterHeads
from suban.config.jobs import (
    bring_matters_into_force,
    forget_old_deliveries,
    sign_checkpoint_now,
    sweep_old_orphans,
)
from suban.delivery import ports as delivery_ports
from suban.delivery.adapters.ems import EmsCarrier
from suban.delivery.adapters.heads import ParcelHeads
from suban.delivery.handlers import subscribe_handlers as subscribe_delivery
from suban.foundation import ports
from suban.foundation.adapters.bell import PipeBell
from suban.foundation.adapters.clamd import ClamdScan
from suban.foundation.adapters.folder import FolderFileStore
from suban.foundation.services.subscriptions import schedule
from suban.identity.queries import StaffHeads


def wire() -> None:
    """Join everything."""
    _plug_foundation()
    _schedule_foundation()
    _join_identity()
    _join_catalogue()
    _join_delivery()


def _plug_foundation() -> None:
    env = settings.SUBAN
    ports.bell.plug(PipeBell(env.data / "run"))
    ports.file_store.plug(FolderFileStore(env.data / "files"))
    if env.clamd:
        ports.malware_scan.plug(ClamdScan(env.clamd))


def _schedule_foundation() -> None:
    schedule("foundation.sign_checkpoint", "*/10 * * * *", sign_checkpoint_now)
    schedule("foundation.sweep_orphans", "20 3 * * *", sweep_old_orphans)
    schedule("foundation.forget_settled", "40 3 * * *", forget_old_deliveries)


def _join_identity() -> None:
    ports.add_stream_heads(StaffHeads())


def _join_catalogue() -> None:
    ports.add_stream_heads(MatterHeads())
    schedule("catalogue.bring_into_force", "1 * * * *", bring_matters_into_force)


def _join_delivery() -> None:
    env = settings.SUBAN
    if env.carrier_url:
        delivery_ports.carrier.plug(EmsCarrier(url=env.carrier_url, secret=env.carrier_secret))
    ports.add_stream_heads(ParcelHeads())
    subscribe_delivery()
