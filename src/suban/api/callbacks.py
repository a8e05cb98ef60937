"""Where carriers and gateways report: signed messages, under the protocols of docs/reference/protocols.

Outside the versioned interface, because their form is agreed with each of them.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from suban.api.gates import ON_VIEW
from suban.api.problems import problem_of_refusal, problem_response
from suban.delivery.errors import CarrierDownError, FalseSignatureError, StaleCallbackError
from suban.delivery.services import record_carrier_callback
from suban.kernel.clock import now
from suban.kernel.errors import DomainError
from suban.notices.errors import ReceiptRefusedError
from suban.notices.services import record_sms_receipt

_UNPROVEN: Final = (FalseSignatureError, StaleCallbackError, ReceiptRefusedError)


class Record(Protocol):
    """A service that takes a signed message."""

    def __call__(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> None:
        """Take it, or refuse."""


def _callback(record: Record) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that gives a message to `record`, which checks its signature."""

    @csrf_exempt
    @require_POST
    def take(request: HttpRequest) -> HttpResponse:
        try:
            record(body=request.body, headers=request.headers, at=now())
        except DomainError as refusal:
            status = 401 if isinstance(refusal, _UNPROVEN) else 0
            status = 503 if isinstance(refusal, CarrierDownError) else status
            return problem_response(problem_of_refusal(refusal, status=status))
        return HttpResponse(status=204)

    take.__dict__[ON_VIEW] = "signature"
    return take


urlpatterns = [
    path("carrier/callbacks", _callback(record_carrier_callback), name="carrier_callback"),
    path("notices/sms-receipts", _callback(record_sms_receipt), name="sms_receipt"),
]
