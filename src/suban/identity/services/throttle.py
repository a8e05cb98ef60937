"""How often one may try what could be guessed; counted in one place for pages and programs alike."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest


def admit_code_attempt(request: HttpRequest, *, number: str) -> bool:
    """Tell whether one more query code may be tried on a case number.

    Six digits are few: neither may one address try many, nor many addresses all of one number.
    """
    from_here = bool(consume(request, action="track"))
    return from_here and bool(consume(request, action="track_number", key="".join(number.split()).upper()))
