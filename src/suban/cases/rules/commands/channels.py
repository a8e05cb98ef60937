"""What changes the channel of an application, and what a window adds to it."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.rules.commands.base import Command
from suban.cases.types import Act, Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeChannel(Command):
    """Go on at the window, or online."""

    act: ClassVar[Act] = Act.CHANGE_CHANNEL
    channel: Channel
    present: str = ""
    capacity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignForm(Command):
    """Record that the form was read and signed at the window."""

    act: ClassVar[Act] = Act.PREPARE
    how: str
    commitment: str
