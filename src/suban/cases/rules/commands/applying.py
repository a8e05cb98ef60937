"""What an applicant asks for."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.rules.commands.base import Command
from suban.cases.types import Act, Channel, MaterialKind
from suban.catalogue.types import DeliveryChannel, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMaterial(Command):
    """Put a material into the file."""

    act: ClassVar[Act] = Act.PREPARE
    slot: str
    key: str
    kind: MaterialKind
    level: Trust
    commitment: str
    source: str
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMaterial(Command):
    """Take a material out of the file."""

    act: ClassVar[Act] = Act.PREPARE
    slot: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmForm(Command):
    """Confirm the form document."""

    act: ClassVar[Act] = Act.PREPARE
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard(Command):
    """Give a draft up."""

    act: ClassVar[Act] = Act.DISCARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Command):
    """Apply."""

    act: ClassVar[Act] = Act.SUBMIT
    official_number: str
    channel: Channel
    delivery: DeliveryChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitCorrection(Command):
    """Hand in what was asked for."""

    act: ClassVar[Act] = Act.SUBMIT_CORRECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    """Withdraw the application."""

    act: ClassVar[Act] = Act.WITHDRAW
