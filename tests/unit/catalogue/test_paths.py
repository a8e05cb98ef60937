"""Where values come from: prefilled answers, questions to registers, the face of a licence."""

from suban.catalogue.rules import licence_face, lookup_query, prefill_answers, record_mismatches

PERSON = {"name": "示例药师甲", "citizen_id": "329900198203150024", "phone": ""}


def test_known_answers_are_prefilled_and_unknown_ones_left_out(yaoshi) -> None:
    known = prefill_answers(yaoshi, {"person": PERSON})

    assert known == {"name": "示例药师甲", "citizen_id": "329900198203150024"}


def test_a_register_is_asked_once_everything_is_known(yaoshi) -> None:
    lookup = yaoshi.find_material("qualification_certificate").registers[0]

    assert lookup_query(lookup, {"answers": {}}) is None
    assert lookup_query(lookup, {"answers": PERSON}) == {"citizen_id": PERSON["citizen_id"]}


def test_a_record_of_somebody_else_is_noticed(yaoshi) -> None:
    lookup = yaoshi.find_material("qualification_certificate").registers[0]
    answers = {"name": "示例药师甲", "certificate_number": "1"}

    assert (
        record_mismatches(lookup, {"name": "示例药师甲", "certificate_number": "1"}, {"answers": answers})
        == ()
    )
    mismatches = record_mismatches(lookup, {"name": "别人"}, {"answers": answers})
    assert set(mismatches) == {"name", "certificate_number"}


def test_the_face_shows_labels_and_no_identity_number(yaoshi, pharmacist_answers) -> None:
    sources = {
        "answers": pharmacist_answers,
        "result": {"number": "321226000001", "issued_on": "2026-03-15", "expires_on": "2031-03-14"},
        "organ": {"name": "镇江市市场监督管理局（演示）"},
    }

    face = licence_face(yaoshi, sources)

    assert face["执业类别"] == "药学"
    assert face["注册证编号"] == "321226000001"
    assert pharmacist_answers["citizen_id"] not in face.values()
