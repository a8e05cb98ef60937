"""The matter's form as the portal's pages use it; the workbench's window shows the same."""

from suban.web.ui.matter_form import (
    ShownField,
    answer_rows,
    field_spec,
    section_errors,
    shown_fields,
    specs_of,
)

__all__ = ["ShownField", "answer_rows", "field_spec", "section_errors", "shown_fields", "specs_of"]
