"""Special procedures on their pages, for officers and for the applicant."""

from django.core.files.uploadedfile import SimpleUploadedFile

from suban.cases.queries.worklists import list_worklist
from suban.cases.services.handling import accept_case

PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def test_from_start_to_report_on_the_pages(desk, actor, number: str, file_of, at) -> None:
    accept_case(actor=actor("shouli"), number=number, at=at)
    examiner = next(
        name
        for name in ("shencha", "shencha2")
        if list_worklist(actor=actor(name), view="mine", today=at.date()).lines
    )
    office, applicant = desk(examiner), desk("yaoshi")
    page = f"/workbench/cases/{number}/special"
    typed = {"kind": "testing", "days": "10", "reason": "需要送检。"}

    assert "检测" in office.get(page).content.decode()
    for missing in ({"kind": "auction"}, {"days": "十"}, {"days": "0"}, {"reason": " "}):
        refused = office.post(page, {**typed, **missing, "seq": file_of(examiner, number).seq})
        assert refused.status_code == 422
    started = office.post(page, {**typed, "seq": file_of(examiner, number).seq})

    assert started.status_code == 302
    assert "已暂停" in office.get("/workbench/").content.decode()
    for viewer, address in (
        (office, f"/workbench/cases/{number}"),
        (desk("jueding"), f"/workbench/cases/{number}"),
        (desk("guanli"), f"/workbench/cases/{number}"),
        (applicant, f"/me/cases/{number}"),
    ):
        assert "办理期限暂停计算" in viewer.get(address).content.decode(), address
    assert "期限已暂停" in applicant.get("/me/cases").content.decode()

    ended = office.post(
        f"{page}/end",
        {
            "seq": file_of(examiner, number).seq,
            "result": "检测合格。",
            "report": SimpleUploadedFile("报告.pdf", PDF, "application/pdf"),
        },
    )
    assert ended.status_code == 302
    key = file_of(examiner, number).procedures[0].key
    shown = applicant.get(f"/me/cases/{number}").content.decode()
    assert "检测合格。" in shown
    assert "检测所需时间不计入" in shown
    assert b"".join(applicant.get(f"/me/cases/{number}/reports/{key}").streaming_content) == PDF
    assert b"".join(office.get(f"{page}/{key}/report").streaming_content) == PDF
    assert desk("fazheng").get(f"{page}/{key}/report").status_code == 404


def test_who_is_no_examiner_starts_none(desk, number: str) -> None:
    assert desk("shouli").get(f"/workbench/cases/{number}/special").status_code == 403
