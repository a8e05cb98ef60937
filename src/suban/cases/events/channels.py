"""How an application comes: in which channel it is being made, and how the form was signed at a window."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.events.base import CaseFact
from suban.cases.types import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(CaseFact):
    """The application goes on in another channel; `present` is who came to the window, in which capacity."""

    topic: ClassVar[str] = "case.channel_changed"
    channel: Channel
    present: str = ""
    capacity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSigned(CaseFact):
    """The form was signed at the window; `commitment` salts the scan's digest, or repeats the form's.

    `how` is paper (a scan lies in the file) or screen (read and confirmed on the second screen).
    """

    topic: ClassVar[str] = "case.form_signed"
    how: str
    present: str
    commitment: str
