"""What was posted, as answers: trimmed, one width of characters, lists where several may be chosen."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from django.http import QueryDict

from suban.web.ui.form_kit.views import FieldSpec

# People type these with Chinese input methods: full-width digits and spaces between groups are meant kindly.
_COMPACT: Final = frozenset({"uscc", "citizen_id", "phone", "postcode", "number", "integer", "money"})


def read_answers(specs: Iterable[FieldSpec], posted: QueryDict) -> dict[str, object]:
    """Return the answers to the fields `specs`; a field that wasn't posted counts as left empty."""
    return {spec.name: _read(spec, posted) for spec in specs if not spec.readonly}


def _read(spec: FieldSpec, posted: QueryDict) -> object:
    if spec.type == "checkbox":
        return posted.get(spec.name) == "true"
    if spec.type == "checkboxes":
        return [value.strip() for value in posted.getlist(spec.name)]
    return _tidy(spec.type, posted.get(spec.name) or "")


def _tidy(kind: str, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if kind not in _COMPACT:
        return text
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    if kind in {"number", "integer", "money"}:
        return compact.replace(",", "")
    return compact.upper() if kind in {"uscc", "citizen_id"} else compact
