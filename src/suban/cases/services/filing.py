"""Completing a filing: the machine does it, because nothing is left to decide."""

from datetime import datetime

from suban.cases.queries.opening import OpenedCase, make_context
from suban.cases.rules import commands as c
from suban.cases.services.acting import act
from suban.cases.services.results import draw_result_number
from suban.foundation.services.transactions import transaction_required
from suban.identity.types import SYSTEM


@transaction_required
def complete_filing(locked: OpenedCase, at: datetime) -> OpenedCase:
    """Take the information as received and give the filing its number (国令673 art. 13)."""
    number = draw_result_number(locked, at)
    return act(locked, c.CompleteFiling(result_number=number), make_context(locked, SYSTEM, at), SYSTEM)
