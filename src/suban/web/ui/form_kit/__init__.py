"""The form kit: fields described as data become accessible inputs, and posted data becomes answers."""

from suban.web.ui.form_kit.bound import bound_field_view
from suban.web.ui.form_kit.reading import read_answers
from suban.web.ui.form_kit.views import ChoiceView, FieldSpec, FieldView, field_view

__all__ = ["ChoiceView", "FieldSpec", "FieldView", "bound_field_view", "field_view", "read_answers"]
