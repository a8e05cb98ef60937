"""Begun at a computer, photographed with a phone: what the link opens, for how long, and nothing else."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from suban.cases.errors import ScanOverError
from suban.cases.models import Case, CaseMaterial, ScanLink, ScanPage
from suban.cases.queries.scanning import draw_scan_page, read_scan
from suban.cases.rules.scans import MAX_PAGES
from suban.cases.services.scanning import LIFETIME, add_scan_page, clear_scans, finish_scan
from suban.foundation.models import File
from suban.foundation.queries.files import file_bytes
from suban.kernel.clock import now

SLOT = "health_proof"


def photo(width: int = 300, height: int = 400) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (width, height), "white").save(content, "JPEG")
    return SimpleUploadedFile("IMG_0001.JPG", content.getvalue(), content_type="image/jpeg")


def make_link(client: Client, number: str, slot: str = SLOT) -> str:
    """Press the button at the computer and return the address in the code."""
    client.post(f"/me/cases/{number}/scan/{slot}")
    page = client.get(f"/me/cases/{number}/scan/{slot}").content.decode()
    return re.search(r'href="http://testserver(/scan/[^"]+)"', page)[1]


def token_of(address: str) -> str:
    return address.removeprefix("/scan/")


@pytest.fixture
def phone() -> Client:
    """A phone on which nobody is signed in."""
    return Client()


@pytest.fixture
def link(applicant: Client, filled: str) -> str:
    return make_link(applicant, filled)


def page_keys(phone: Client, link: str) -> list[str]:
    return re.findall(r'id="p-([0-9a-f]{32})"', phone.get(link).content.decode())


def test_pages_of_a_phone_become_one_document_in_the_slot(applicant, filled: str, phone, link: str) -> None:
    phone.post(link, {"file": [photo(), photo(400, 300)]})
    first, second = page_keys(phone, link)
    phone.post(f"{link}/{second}", {"change": "up"})
    phone.post(f"{link}/{first}", {"change": "right"})
    phone.post(f"{link}/{first}/cut", {"top": "10", "bottom": "5.5", "left": "", "right": "0"})
    assert page_keys(phone, link) == [second, first]
    assert applicant.get(f"/me/cases/{filled}/scan/{SLOT}/state").json() == {"state": "open", "pages": 2}

    done = phone.post(f"{link}/check")

    assert "已经交到电脑上" in done.content.decode()
    assert applicant.get(f"/me/cases/{filled}/scan/{SLOT}/state").json()["state"] == "done"
    assert "手机拍照上传，2 页" in applicant.get(f"/me/cases/{filled}/materials").content.decode()
    row = CaseMaterial.objects.get(case__number=filled, slot=SLOT, removed_at=None)
    assert len(PdfReader(BytesIO(file_bytes(row.file_id))).pages) == 2
    assert not ScanPage.objects.exists()


def test_the_pages_say_how_long_and_work_without_scripts(applicant, filled: str, phone, link: str) -> None:
    computer = applicant.get(f"/me/cases/{filled}/scan/{SLOT}").content.decode()
    mobile = phone.get(link).content.decode()

    assert "还有 20 分钟" in computer
    assert "<svg" in computer
    assert "还有 20 分钟" in mobile
    assert "林示例" not in mobile
    assert 'type="submit"' in mobile


def test_a_single_picture_stays_a_picture(applicant, filled: str, phone) -> None:
    link = make_link(applicant, filled, "photo")
    phone.post(link, {"file": photo()})

    second = phone.post(link, {"file": photo()}, headers={"Accept": "application/json"})
    phone.post(f"{link}/check")

    assert second.status_code == 400
    assert "只要一张" in second.json()["detail"]
    row = CaseMaterial.objects.get(case__number=filled, slot="photo", removed_at=None)
    assert row.media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"MZ" + bytes(4000), "不是能打开的照片", id="a program"),
        pytest.param(b"%PDF-1.4 %%EOF", "不是能打开的照片", id="a document"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(phone, link: str, content: bytes, words: str) -> None:
    file = SimpleUploadedFile("a.jpg", content, content_type="image/jpeg")

    answer = phone.post(link, {"file": file}, headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert not page_keys(phone, link)


def test_fifty_pages_are_too_many(phone, link: str) -> None:
    content = photo(30, 40).read()
    for _ in range(MAX_PAGES):
        add_scan_page(token=token_of(link), content=content, at=now())

    answer = phone.post(link, {"file": photo()}, headers={"Accept": "application/json"})

    assert f"最多拍 {MAX_PAGES} 页" in answer.json()["detail"]
    assert len(page_keys(phone, link)) == MAX_PAGES


def everything_refused(phone: Client, link: str, page: str = "0" * 32) -> bool:
    answers = [
        phone.get(link),
        phone.post(link, {"file": photo()}),
        phone.get(f"{link}/check"),
        phone.post(f"{link}/check"),
        phone.get(f"{link}/document"),
        phone.post(f"{link}/{page}", {"change": "remove"}),
        phone.get(f"{link}/{page}/picture"),
        phone.get(f"{link}/{page}/cut"),
    ]
    return {answer.status_code for answer in answers} == {404}


def test_a_link_is_used_once(phone, link: str) -> None:
    phone.post(link, {"file": photo()})
    (page,) = page_keys(phone, link)
    phone.post(f"{link}/check")

    assert everything_refused(phone, link, page)


def test_a_link_can_be_taken_back_and_a_new_one_ends_the_old(
    applicant, filled: str, phone, link: str
) -> None:
    phone.post(link, {"file": photo()})
    (page,) = page_keys(phone, link)
    files = File.objects.count()
    newer = make_link(applicant, filled)

    assert newer != link
    assert everything_refused(phone, link, page)
    assert File.objects.count() == files - 1
    applicant.post(f"/me/cases/{filled}/scan/{SLOT}", {"what": "revoke"})
    assert everything_refused(phone, newer)


def test_a_link_runs_out(phone, link: str) -> None:
    phone.post(link, {"file": photo()})
    late = now() + LIFETIME

    with pytest.raises(ScanOverError):
        read_scan(token_of(link), at=late)
    with pytest.raises(ScanOverError):
        finish_scan(token=token_of(link), limit=10**7, at=late)
    clear_scans(late)

    assert not ScanPage.objects.exists()
    assert ScanLink.objects.get().outcome == "expired"


def test_a_link_ends_when_the_application_is_handed_in(applicant, steps, complete: str, phone) -> None:
    link = make_link(applicant, complete)
    phone.post(link, {"file": photo()})
    steps.submit(applicant, complete)

    assert everything_refused(phone, link)


def test_a_link_outlives_no_right(employer, sign_in, phone, link: str) -> None:
    account = ScanLink.objects.get()
    stranger = sign_in("yaodian").session["_auth_user_id"]
    ScanLink.objects.filter(pk=account.pk).update(made_by=int(stranger))

    assert everything_refused(phone, link)


def test_a_link_opens_its_own_slot_and_its_own_pictures(applicant, filled: str, phone, link: str) -> None:
    other = make_link(applicant, filled, "photo")
    phone.post(link, {"file": photo()})
    (page,) = page_keys(phone, link)

    assert phone.get(f"{other}/{page}/picture").status_code == 404
    assert phone.post(f"{other}/{page}", {"change": "remove"}).status_code == 404
    with pytest.raises(ScanOverError):
        draw_scan_page(token_of(other), page, at=now())
    assert page_keys(phone, link) == [page]


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "f" + t[1:], lambda _: "x"]
)
def test_a_link_cannot_be_made_up(phone, link: str, change) -> None:
    assert everything_refused(phone, "/scan/" + change(token_of(link)))


def test_a_link_opens_no_other_page(phone, link: str, filled: str) -> None:
    phone.get(link)

    for address in (f"/me/cases/{filled}", f"/me/cases/{filled}/materials", "/me"):
        assert phone.get(address).status_code == 302


def test_links_are_made_for_ones_own_drafts_only(
    sign_in, applicant, steps, filled: str, complete: str
) -> None:
    stranger = sign_in("yaodian")

    assert stranger.post(f"/me/cases/{filled}/scan/{SLOT}").status_code == 404
    assert applicant.post(f"/me/cases/{filled}/scan/nonsense").status_code == 404
    steps.submit(applicant, complete)
    assert applicant.post(f"/me/cases/{complete}/scan/{SLOT}").status_code == 404
    assert Case.objects.get(number=complete).scan_links.count() == 0


@pytest.mark.parametrize("edges", [{"top": "60"}, {"left": "-1"}, {"right": "nan"}, {"bottom": "viel"}])
def test_edges_that_leave_nothing_are_refused_in_words(phone, link: str, edges: dict[str, str]) -> None:
    phone.post(link, {"file": photo()})
    (page,) = page_keys(phone, link)

    answer = phone.post(f"{link}/{page}/cut", edges)

    assert answer.status_code == 422
    assert "0 到 45" in answer.content.decode()


def test_nothing_to_confirm_before_there_is_a_page(phone, link: str) -> None:
    assert "请先拍照" in phone.get(f"{link}/check", follow=True).content.decode()
    assert "还没有拍照" in phone.post(f"{link}/check", follow=True).content.decode()


def test_old_links_are_cleared_and_young_ones_kept(phone, link: str) -> None:
    clear_scans(now() + timedelta(minutes=1))

    assert phone.get(link).status_code == 200
