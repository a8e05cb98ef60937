"""A field of a form as a template shows it: label, hint, errors and attributes that belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Widget:
    """How a type of field is asked for."""

    control: str = "input"  # input, textarea, select, radio, checkbox, checkboxes
    attributes: Attributes = ()
    css: str = ""


_CODE: Final = (("autocapitalize", "characters"), ("spellcheck", "false"), ("autocomplete", "off"))

WIDGETS: Final = MappingProxyType(
    {
        "text": Widget(attributes=(("type", "text"),)),
        "textarea": Widget("textarea"),
        "date": Widget(
            attributes=(("type", "date"), ("min", "1900-01-01"), ("max", "2199-12-31")), css="input-short"
        ),
        "month": Widget(attributes=(("type", "month"),), css="input-short"),
        "number": Widget(attributes=(("type", "text"), ("inputmode", "decimal")), css="input-short"),
        "integer": Widget(attributes=(("type", "text"), ("inputmode", "numeric")), css="input-short"),
        "money": Widget(attributes=(("type", "text"), ("inputmode", "decimal")), css="input-short"),
        "radio": Widget("radio"),
        "select": Widget("select"),
        "checkbox": Widget("checkbox"),
        "checkboxes": Widget("checkboxes"),
        "uscc": Widget(attributes=(("type", "text"), ("maxlength", "24"), *_CODE), css="input-code"),
        "citizen_id": Widget(
            attributes=(("type", "text"), ("maxlength", "24"), *_CODE),
            css="input-code",
        ),
        "phone": Widget(
            attributes=(("type", "tel"), ("inputmode", "tel"), ("autocomplete", "tel")),
            css="input-short",
        ),
        "email": Widget(
            attributes=(("type", "email"), ("inputmode", "email"), ("autocomplete", "email")),
        ),
        "postcode": Widget(
            attributes=(
                ("type", "text"),
                ("inputmode", "numeric"),
                ("maxlength", "6"),
                ("autocomplete", "postal-code"),
            ),
            css="input-tiny",
        ),
        "address": Widget("textarea", attributes=(("rows", "2"), ("autocomplete", "street-address"))),
        "password": Widget(attributes=(("type", "password"), ("autocomplete", "current-password"))),
        "search": Widget(attributes=(("type", "search"),)),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """A field of a form, whoever defined it (a matter's definition, a page)."""

    name: str
    label: str
    type: str = "text"
    required: bool = True
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    attributes: Attributes = ()
    readonly: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One option of a choice."""

    value: str
    label: str
    id: str
    chosen: bool
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field with its value and errors, ready to be shown by components/field.html."""

    name: str
    id: str
    label: str
    control: str
    value: str = ""
    required: bool = True
    help: str = ""
    errors: tuple[str, ...] = ()
    choices: tuple[ChoiceView, ...] = ()
    attributes: Attributes = ()
    css: str = ""
    readonly: bool = False
    source: str = ""

    @property
    def described_by(self) -> str:
        """Return the ids of hint, errors and source for aria-describedby."""
        parts = (("hint", self.help), ("error", self.errors), ("source", self.source))
        return " ".join(f"{self.id}-{name}" for name, content in parts if content)

    @property
    def anchor(self) -> str:
        """Return the id that an error summary links to: the input, or the first of a choice."""
        return self.choices[0].id if self.choices and self.control != "select" else self.id

    @property
    def fits_one_line(self) -> bool:
        """Tell whether the choices are few and short enough to stand side by side."""
        return sum(len(choice.label) + 4 for choice in self.choices) <= 28

    @property
    def is_group(self) -> bool:
        """Tell whether several inputs answer together, so that they need a fieldset."""
        return self.control in {"radio", "checkboxes"}


def field_view(
    spec: FieldSpec,
    answers: Mapping[str, object],
    errors: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> FieldView:
    """Return the field with what was answered so far and what is wrong with it."""
    widget = WIDGETS.get(spec.type, WIDGETS["text"])
    answer = answers.get(spec.name)
    chosen = _chosen(answer)
    identifier = f"f-{spec.name}"
    return FieldView(
        name=spec.name,
        id=identifier,
        label=spec.label,
        control=widget.control,
        value="" if answer is None or isinstance(answer, (list, tuple, bool)) else str(answer),
        required=spec.required,
        help=spec.help,
        errors=tuple(errors.get(spec.name, ())),
        choices=_choices(spec, widget, identifier, chosen),
        attributes=_merged(widget.attributes, spec.attributes),
        css=widget.css,
        readonly=spec.readonly,
        source=spec.source,
    )


def _chosen(answer: object) -> frozenset[str]:
    if isinstance(answer, (list, tuple)):
        return frozenset(str(item) for item in answer)
    if isinstance(answer, bool):
        return frozenset({"true"}) if answer else frozenset()
    return frozenset() if answer in {None, ""} else frozenset({str(answer)})


def _choices(
    spec: FieldSpec,
    widget: Widget,
    identifier: str,
    chosen: frozenset[str],
) -> tuple[ChoiceView, ...]:
    options = (("true", spec.label),) if widget.control == "checkbox" else spec.options
    return tuple(
        ChoiceView(value, label, f"{identifier}-{number}", value in chosen)
        for number, (value, label) in enumerate(options)
    )


def _merged(first: Attributes, second: Attributes) -> Attributes:
    return tuple({**dict(first), **dict(second)}.items())
