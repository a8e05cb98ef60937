"""Fields of Django's own forms (sign-in and the like) in the same look."""

from django import forms
from django.forms import BoundField

from suban.web.ui.form_kit.views import WIDGETS, Attributes, ChoiceView, FieldView

_CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radio"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
)


def bound_field_view(bound: BoundField) -> FieldView:
    """Return the field of a Django form as the form kit shows it."""
    control = _control(bound.field.widget)
    identifier = bound.auto_id or f"f-{bound.html_name}"
    # A password is never sent back, as Django's own widget has it.
    value = None if isinstance(bound.field.widget, forms.PasswordInput) else bound.value()
    return FieldView(
        name=bound.html_name,
        id=identifier,
        label=str(bound.label),
        control=control,
        value="" if value is None or isinstance(value, (bool, list)) else str(value),
        required=bound.field.required,
        help=str(bound.help_text),
        errors=tuple(str(message) for message in bound.errors),
        choices=_choices(bound, control, identifier, value),
        attributes=_attributes(bound),
    )


def _control(widget: forms.Widget) -> str:
    return next((control for kind, control in _CONTROLS if isinstance(widget, kind)), "input")


def _attributes(bound: BoundField) -> Attributes:
    widget = bound.field.widget
    given = {name: str(value) for name, value in widget.attrs.items() if value not in {None, False}}
    given.pop("class", None)
    if isinstance(widget, forms.widgets.Input) and widget.input_type:
        kind = dict(WIDGETS.get(widget.input_type, WIDGETS["text"]).attributes)
        given = {**kind, "type": widget.input_type, **given}
    return tuple(given.items())


def _choices(bound: BoundField, control: str, identifier: str, value: object) -> tuple[ChoiceView, ...]:
    if control == "checkbox":
        return (ChoiceView("on", str(bound.label), identifier, bool(value)),)
    if control not in {"select", "radio", "checkboxes"}:
        return ()
    chosen = {str(item) for item in value} if isinstance(value, (list, tuple)) else {str(value or "")}
    options = list(getattr(bound.field, "choices", ()))
    return tuple(
        ChoiceView(str(key), str(label), f"{identifier}-{number}", str(key) in chosen)
        for number, (key, label) in enumerate(options)
    )
