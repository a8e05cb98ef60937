"""The application form: sections of fields, shown, prefilled and checked from this data alone."""

from typing import Literal

from pydantic import Field as Limited

from suban.catalogue.types.base import Expression, Key, OptionalText, Part, Path, ShortText
from suban.catalogue.types.codes import FieldType


class Option(Part):
    """One answer that may be chosen."""

    value: ShortText
    label: ShortText
    help: OptionalText = ""


class Field(Part):
    """One question of the form.

    `prefill` names where the answer is already known; `visible_if` is an expression over the other
    answers; `personal` answers are stored sealed and never shown to those who needn't see them.
    """

    name: Key
    label: ShortText
    type: FieldType
    required: bool = True
    help: OptionalText = ""
    placeholder: OptionalText = ""
    options: tuple[Option, ...] = ()
    display: Literal["auto", "radio", "select"] = "auto"
    pattern: OptionalText = ""
    pattern_hint: OptionalText = ""
    min_length: int | None = Limited(default=None, ge=0, le=5000)
    max_length: int | None = Limited(default=None, ge=1, le=5000)
    minimum: int | None = None
    maximum: int | None = None
    not_before: Expression = ""
    not_after: Expression = ""
    unit: OptionalText = ""
    must_be_true: bool = False
    visible_if: Expression = ""
    prefill: Path | None = None
    locked: bool = False
    personal: bool = False


class Section(Part):
    """A page of the form: one subject at a time."""

    key: Key
    title: ShortText
    note: OptionalText = ""
    fields: tuple[Field, ...] = Limited(min_length=1)
