"""Where the parts are joined: ports get their implementations, messages their handlers, jobs their times.

Nothing else may plug, subscribe or schedule. Called once, when Django has loaded the apps.
"""

from django.conf import settings

from suban.cases.handlers import subscribe_cases
from suban.cases.queries.heads import CaseHeads, CaseMatterLookup
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
from suban.departments import ports as department_ports
from suban.departments.adapters.http import HttpDepartmentClient
from suban.departments.handlers import subscribe_departments
from suban.exchange.adapters import make_register_client
from suban.exchange.ports import register_client
from suban.feedback.handlers import subscribe_feedback
from suban.feedback.queries import QuestionHeads
from suban.foundation import ports
from suban.foundation.adapters.bell import PipeBell
from suban.foundation.adapters.clamd import ClamdScan
from suban.foundation.adapters.folder import FolderFileStore
from suban.foundation.adapters.typst import TypstRenderer
from suban.foundation.services.subscriptions import schedule, subscribe
from suban.identity.queries import StaffHeads
from suban.licences import ports as licence_ports
from suban.licences.adapters import sm2
from suban.licences.adapters.pades import PadesSigner
from suban.licences.adapters.shelf import FolderShelf
from suban.licences.events import LicenceStatusChanged
from suban.licences.handlers import publish_changed_status, publish_daily
from suban.licences.queries import LicenceHeads
from suban.notices import ports as notice_ports
from suban.notices.adapters import make_mail_sender, make_sms_gateway
from suban.notices.events import DeliveryQueued
from suban.notices.handlers import deliver_queued


def wire() -> None:
    """Join everything."""
    _plug_foundation()
    _schedule_foundation()
    _join_identity()
    _join_catalogue()
    _join_delivery()
    _join_notices()
    _join_exchange()
    _join_licences()
    _join_cases()
    _join_departments()
    _join_feedback()


def _plug_foundation() -> None:
    env = settings.SUBAN
    ports.bell.plug(PipeBell(env.data / "run"))
    ports.file_store.plug(FolderFileStore(env.data / "files"))
    ports.document_renderer.plug(TypstRenderer())
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


def _join_notices() -> None:
    env = settings.SUBAN
    receipts = f"{env.public_url}/api/notices/sms-receipts"
    notice_ports.mail_sender.plug(make_mail_sender(env.smtp_url))
    notice_ports.sms_gateway.plug(make_sms_gateway(env.sms_url, "suban", env.sms_secret, receipts))
    subscribe(DeliveryQueued, "notices.deliver", deliver_queued)


def _join_exchange() -> None:
    env = settings.SUBAN
    if env.registers_url:
        register_client.plug(make_register_client(env.registers_url, env.registers_id, env.registers_secret))


def _join_licences() -> None:
    licence_ports.page_signer.plug(PadesSigner())
    licence_ports.code_signer.plug(sm2)
    licence_ports.trust_shelf.plug(FolderShelf(settings.SUBAN.data / "trust"))
    ports.add_stream_heads(LicenceHeads())
    subscribe(LicenceStatusChanged, "licences.publish_changed_status", publish_changed_status)
    schedule("licences.publish_status_list", "5 0 * * *", publish_daily)


def _join_cases() -> None:
    ports.add_stream_heads(CaseHeads())
    licence_ports.case_matters.plug(CaseMatterLookup())
    subscribe_cases()


def _join_departments() -> None:
    simulator = settings.SUBAN.department_url if settings.SUBAN.demo else ""
    department_ports.department_client.plug(HttpDepartmentClient(simulator_url=simulator))
    subscribe_departments()


def _join_feedback() -> None:
    ports.add_stream_heads(QuestionHeads())
    subscribe_feedback()
