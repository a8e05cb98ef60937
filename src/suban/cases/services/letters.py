"""Writing the letters of a case and the form document, and keeping them in the file."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from django.conf import settings

from suban.cases.models import CaseLetter
from suban.cases.queries.assembling import state_at, texts_of
from suban.cases.queries.opening import OpenedCase, open_any
from suban.cases.rules.deadlines import deadlines
from suban.cases.rules.letters import TITLES
from suban.cases.rules.writing import LetterFacts, form_content, letter_content
from suban.cases.types import MaterialKind
from suban.foundation.ports import DocumentTemplate, document_renderer
from suban.foundation.services.files import discard_file, keep_file, store_file
from suban.foundation.services.sealing import unseal
from suban.foundation.services.transactions import transaction
from suban.identity.queries import get_display_name
from suban.kernel.clock import civil_day
from suban.licences.queries import get_seal_drawing
from suban.licences.services import seal_document

PDF: Final = frozenset({"application/pdf"})
WAYS: Final = {
    MaterialKind.UPLOAD: "申请人上传",
    MaterialKind.GENERATED: "网上填写",
    MaterialKind.REGISTER: "数据共享，免提交",
    MaterialKind.LICENCE: "电子证照，免提交",
    MaterialKind.CONFIRMATION: "单位在线确认",
    MaterialKind.PROMISE: "告知承诺",
}


@lru_cache(maxsize=4)
def _template(name: str) -> DocumentTemplate:
    source = files("suban.cases").joinpath("letters", f"{name}.typ").read_text(encoding="utf-8")
    return DocumentTemplate(name=f"cases.{name}", version=1, source=source)


@lru_cache(maxsize=1)
def _letter_template() -> DocumentTemplate:
    own = _template("letter")
    return DocumentTemplate(name=own.name, version=own.version, source=get_seal_drawing() + own.source)


def render_form(case: OpenedCase, answers: Mapping[str, Any], at: datetime) -> bytes:
    """Return the form document as PDF."""
    content = form_content(case.definition, answers, number=case.row.number, on=civil_day(at))
    return document_renderer.get().render(template=_template("form"), data=content, at=at)


def write_letters(*, number: str, at: datetime) -> None:
    """Write every letter of the case that has no file yet. Safe to repeat."""
    case = open_any(number)
    for letter in CaseLetter.objects.filter(case=case.row, file_id="").order_by("id"):
        content = letter_content(_facts(case, letter), public_url=settings.SUBAN.public_url)
        document = document_renderer.get().render(template=_letter_template(), data=content, at=at)
        sealed = seal_document(
            document,
            organ=case.row.organ_code,
            name=case.definition.organ_name,
            reason=TITLES[letter.kind],
            at=at,
        )
        stored = store_file(
            content=[sealed],
            name=f"{TITLES[letter.kind]}.pdf",
            subject=case.row.party,
            allow=PDF,
            limit=len(sealed),
            at=at,
        )
        with transaction():
            kept = CaseLetter.objects.filter(pk=letter.pk, file_id="").update(file_id=stored.id)
            if kept:
                keep_file(file_id=stored.id)
            else:
                # Another worker wrote it meanwhile.
                discard_file(file_id=stored.id)


def _facts(case: OpenedCase, letter: CaseLetter) -> LetterFacts:
    row, state = case.row, state_at(case.row.number, letter.seq)
    materials = [(_name(case, held.slot), WAYS[held.kind]) for held in state.materials]
    procedure = state.procedures[-1] if letter.kind == "procedure_notice" else None
    reasons = texts_of(row, "reasons")
    if procedure:
        reasons = [said for said in texts_of(row, "procedure") if said[0] == procedure.key]
    overdue = texts_of(row, "overdue")
    heard, basis = texts_of(row, "heard"), texts_of(row, "basis")
    sealed = bytes(row.query_code)
    return LetterFacts(
        kind=letter.kind,
        title=TITLES[letter.kind],
        document_number=letter.document_number,
        issued_on=letter.issued_on,
        party_name=get_display_name(row.party),
        number=row.number,
        official_number=row.official_number,
        query_code=unseal(subject=row.party, sealed=sealed) if sealed else "",
        received_on=state.received_on,
        accepted_on=state.accepted_on,
        definition=case.definition,
        materials=materials,
        defects=[(_name(case, slot), words) for slot, words in texts_of(row, "defect")],
        reasons=reasons[0][1] if reasons else "",
        overdue=overdue[0][1] if overdue else "",
        procedure=procedure,
        result_number=row.result_number,
        ending=state.ending,
        heard=heard[0][1] if heard else "",
        basis=basis[0][1] if basis else "",
        deadlines=deadlines(state, case.terms, case.calendar),
    )


def _name(case: OpenedCase, slot: str) -> str:
    material = case.definition.find_material(slot)
    return material.name if material else "申请表填写内容"
