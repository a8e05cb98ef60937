"""What carriers and gateways report: signed messages, checked by the contexts that they are for."""

from django.http import HttpRequest
from ninja import Router

from suban.api.errors import NotProvenError
from suban.api.gates import SIGNATURE
from suban.delivery.errors import FalseSignatureError, StaleCallbackError
from suban.delivery.services import record_carrier_callback
from suban.kernel.clock import now
from suban.notices.errors import ReceiptRefusedError
from suban.notices.services import record_sms_receipt

router = Router(tags=["回调"])


@router.post(
    "/carrier/callbacks",
    auth=None,
    response={204: None},
    openapi_extra={**SIGNATURE},
    summary="承运方上报邮件轨迹",
)
def carrier_callback(request: HttpRequest) -> None:
    """Take a carrier's signed report; repeated and out-of-order ones are welcome."""
    try:
        record_carrier_callback(body=request.body, headers=request.headers, at=now())
    except (FalseSignatureError, StaleCallbackError) as refusal:
        raise NotProvenError(refusal.message) from refusal


@router.post(
    "/notices/sms-receipts",
    auth=None,
    response={204: None},
    openapi_extra={**SIGNATURE},
    summary="短信网关上报送达结果",
)
def sms_receipt(request: HttpRequest) -> None:
    """Take the SMS gateway's signed receipt."""
    try:
        record_sms_receipt(body=request.body, headers=request.headers, at=now())
    except ReceiptRefusedError as refusal:
        raise NotProvenError(refusal.message) from refusal
