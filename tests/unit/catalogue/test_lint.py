"""The lint: what is lawful passes, and each fault is found by name."""

import pytest

from suban.catalogue.rules import lint_definition
from suban.catalogue.rules.lint_parts import find_part_faults
from suban.catalogue.types import BasisLevel, FeeItem, MatterDefinition


def rules_of(definition: MatterDefinition) -> set[str]:
    return {finding.rule for finding in lint_definition(definition)}


def with_part(definition, name, **changes):
    return definition.model_copy(update={name: getattr(definition, name).model_copy(update=changes)})


@pytest.mark.parametrize("name", ["yaoshi", "beian"])
def test_the_shipped_definitions_are_lawful(name, request) -> None:
    assert lint_definition(request.getfixturevalue(name)) == ()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"organ": "11320000MB0A00034N"}, "code.organ"),
        ({"organ_level": "2"}, "code.level"),
        ({"base_code": "000172022001"}, "code.base"),
        ({"kind": "07"}, "code.kind"),
        ({"kind": "07"}, "frame.kind"),
        ({"promised_days": 21}, "time.promise"),
        ({"promised_days": 0}, "time.promptness"),
        ({"on_site_visits": 1}, "visits.reason"),
        ({"on_site_reason": "须当面核对"}, "visits.none"),
        ({"faq": ()}, "guide.faq"),
        ({"flow": ()}, "guide.flow"),
        ({"steps": ()}, "steps.decide"),
    ],
)
def test_a_changed_value_is_found(yaoshi, changes, rule) -> None:
    assert rule in rules_of(yaoshi.model_copy(update=changes))


@pytest.mark.parametrize(
    ("part", "changes", "rule"),
    [
        ("law_profile", {"legal_days": 30}, "time.legal"),
        ("law_profile", {"legal_days": 0}, "time.missing"),
        ("fee", {"charged": True}, "fee.items"),
        ("fee", {"charged": True}, "fee.online"),
        ("fee", {"online_payment": True}, "fee.free"),
        ("contacts", {"complaint_phone": "0511-80000001"}, "guide.phones"),
        ("contacts", {"consult_phone": "80000001"}, "guide.area_code"),
        ("extended", {"channels": ("web",)}, "visits.choice"),
        ("extended", {"channels": ("window",)}, "visits.channel"),
        ("extended", {"target_codes": ("2",)}, "guide.target"),
        ("result", {"outcome": "其他"}, "guide.outcome"),
        ("result", {"number_pattern": "ABC"}, "result.number"),
        ("result", {"face": ()}, "result.face"),
    ],
)
def test_a_changed_part_is_found(yaoshi, part, changes, rule) -> None:
    assert rule in rules_of(with_part(yaoshi, part, **changes))


def test_a_licence_needs_more_than_normative_documents(yaoshi) -> None:
    documents = tuple(basis for basis in yaoshi.bases if basis.level is BasisLevel.NORMATIVE)

    assert "basis.level" in rules_of(yaoshi.model_copy(update={"bases": documents}))


def test_a_free_matter_lists_no_charge(yaoshi) -> None:
    item = FeeItem(
        name="工本费", amount=1000, unit="元/件", basis="某法", basis_level="law", collector="某局"
    )

    assert "fee.free" in rules_of(with_part(yaoshi, "fee", items=(item,)))


def test_a_filing_has_no_review_and_no_deemed_acceptance(beian, yaoshi) -> None:
    changed = with_part(beian, "law_profile", on_notice_lapse="deemed_accept")

    assert {"steps.filing", "time.filing"} <= rules_of(changed.model_copy(update={"steps": yaoshi.steps}))


def test_steps_may_not_run_in_a_circle(yaoshi) -> None:
    examine, decide = yaoshi.steps
    circle = (examine.model_copy(update={"after": ("decide",)}), decide)
    unknown = (examine.model_copy(update={"after": ("nowhere",)}), decide)

    assert {"steps.cycle", "steps.last"} <= rules_of(yaoshi.model_copy(update={"steps": circle}))
    assert "steps.unknown" in rules_of(yaoshi.model_copy(update={"steps": unknown}))


def test_names_are_unique(yaoshi) -> None:
    assert "names.unique" in rules_of(
        yaoshi.model_copy(update={"materials": (*yaoshi.materials, yaoshi.materials[0])})
    )


@pytest.mark.parametrize(
    ("slot", "changes", "rule"),
    [
        ("photo", {"condition": "__import__('os')", "condition_text": "x"}, "expression.refused"),
        ("photo", {"condition": "colour == 1", "condition_text": "x"}, "expression.unknown"),
        ("photo", {"promise_allowed": True}, "material.lifts"),
        ("identity_proof", {"lifts": (), "registers": ()}, "material.trust"),
        ("health_proof", {"promise_allowed": False, "lifts": ()}, "material.proof"),
        ("health_proof", {"date_field": "name"}, "material.field"),
    ],
)
def test_a_faulty_material_is_found(yaoshi, slot, changes, rule) -> None:
    materials = tuple(
        material.model_copy(update=changes) if material.slot == slot else material
        for material in yaoshi.materials
    )

    assert rule in rules_of(yaoshi.model_copy(update={"materials": materials}))


@pytest.mark.parametrize(
    ("name", "changes", "rule"),
    [
        ("sex", {"options": ()}, "field.options"),
        ("certificate_number", {"pattern": "(a+)+"}, "field.pattern"),
        ("certificate_number", {"pattern": "a?a?a?a?a?"}, "field.pattern"),
        ("certificate_number", {"pattern_hint": ""}, "field.pattern"),
        ("employer_uscc", {"pattern": "[0-9]{18}", "pattern_hint": "x"}, "field.pattern"),
        ("citizen_id", {"personal": False}, "field.personal"),
        ("graduated_on", {"not_after": "1 + 1"}, "expression.refused"),
        ("name", {"visible_if": "post == 'x'"}, "expression.unknown"),
    ],
)
def test_a_faulty_field_is_found(yaoshi, name, changes, rule) -> None:
    form = tuple(
        section.model_copy(
            update={
                "fields": tuple(
                    field.model_copy(update=changes) if field.name == name else field
                    for field in section.fields
                )
            }
        )
        for section in yaoshi.form
    )

    assert rule in rules_of(yaoshi.model_copy(update={"form": form}))


def test_a_check_and_its_lookup_belong_together(yaoshi) -> None:
    checks = (yaoshi.checks[0].model_copy(update={"lookup": None}),)

    assert "check.lookup" in {
        finding.rule for finding in find_part_faults(yaoshi.model_copy(update={"checks": checks}))
    }


def test_no_identity_number_stands_on_the_face(yaoshi) -> None:
    face = (
        *yaoshi.result.face,
        yaoshi.result.face[0].model_copy(update={"label": "身份证号", "value": "person.citizen_id"}),
    )

    assert "result.privacy" in rules_of(with_part(yaoshi, "result", face=face))


def test_every_time_limit_names_its_article(yaoshi) -> None:
    content = yaoshi.model_dump(mode="json")
    del content["law_profile"]["articles"]["legal_days"]

    with pytest.raises(ValueError, match="没有写明条款：legal_days"):
        MatterDefinition.model_validate(content)
