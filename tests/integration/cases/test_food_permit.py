"""A food business permit, from the application of a one-person business to the numbered licence."""

from suban.cases.models import Case
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.worklists import list_worklist
from suban.cases.services.checks import run_checks
from suban.cases.services.drafts import choose_delivery, save_answers, start_case
from suban.cases.services.handling import accept_case, complete_step, grant_case
from suban.cases.services.materials import attach_material, collect_held_materials, promise_material
from suban.cases.services.special import end_procedure, start_procedure
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import State, Upload
from suban.catalogue.services import load_shipped_matter
from suban.catalogue.types import DeliveryChannel
from suban.demo.people import FOOD_ANSWERS, FOOD_COMPANY
from suban.kernel.identifiers import check_food_permit

PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def test_from_application_to_numbered_licence(sign_in, at, work) -> None:
    cook = sign_in("canguan", f"company:{FOOD_COMPANY}")
    number = start_case(actor=cook, matter_code=load_shipped_matter("shipin").code, at=at)
    revision = save_answers(actor=cook, number=number, answers=FOOD_ANSWERS, at=at)
    collect_held_materials(actor=cook, number=number, at=at)
    for slot in ("layout", "rules"):
        attach_material(
            actor=cook,
            number=number,
            slot=slot,
            upload=Upload(name=f"{slot}.pdf", content=[PDF]),
            limit=1_000_000,
            at=at,
        )
    for slot in ("health", "premises_proof"):
        promise_material(actor=cook, number=number, slot=slot, at=at)
    confirm_form(actor=cook, number=number, revision=revision, at=at)
    choose_delivery(actor=cook, number=number, way=DeliveryChannel.ELECTRONIC, at=at)
    run_checks(actor=cook, number=number, at=at)
    submit_case(actor=cook, number=number, at=at)
    accept_case(actor=sign_in("shipin_shouli"), number=number, at=at)

    officer = _drawn(sign_in, at)
    key = start_procedure(
        actor=officer, number=number, kind="inspection", days=5, reason="饮用水送检。", at=at
    )
    assert open_case_for(actor=cook, number=number, at=at).suspension is not None
    end_procedure(
        actor=officer,
        number=number,
        key=key,
        result="合格。",
        report=Upload(name="检验报告.pdf", content=[PDF]),
        limit=1_000_000,
        at=at,
    )
    for step in ("site", "examine"):
        complete_step(
            actor=_drawn(sign_in, at), number=number, step=step, agrees=True, opinion="逐项符合。", at=at
        )
    grant_case(actor=sign_in("shipin_jueding"), number=number, at=at)
    work()

    row = Case.objects.get(number=number)
    assert row.state == State.CLOSED
    check_food_permit(row.result_number)
    assert row.result_number.startswith("JY2321102000001")


def _drawn(sign_in, at):
    return next(
        officer
        for officer in (sign_in("shipin_hecha"), sign_in("shipin_hecha2"))
        if list_worklist(actor=officer, view="mine", today=at.date()).lines
    )
