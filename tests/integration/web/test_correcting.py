"""After the submission: a correction notice is shown whole, mended page by page, and handed in again."""

import pytest

from suban.cases.services.handling import request_correction
from suban.cases.types import CorrectionItem
from suban.identity.models import User
from suban.identity.queries import get_actor
from suban.kernel.clock import now


@pytest.fixture
def returned(applicant, steps, complete: str) -> str:
    """The number of a case that must be corrected: another photo."""
    steps.submit(applicant, complete)
    clerk = get_actor(User.objects.get(username="shouli").pk)
    item = CorrectionItem(
        slot="photo", defect="照片背景应为白色或蓝色，请更换。", basis="执业药师注册管理办法"
    )
    request_correction(actor=clerk, number=complete, items=[item], at=now())
    return complete


def test_the_notice_is_shown_with_the_way_to_mend_it(applicant, returned: str) -> None:
    page = applicant.get(f"/me/cases/{returned}").content.decode()
    materials = applicant.get(f"/me/cases/{returned}/materials").content.decode()

    assert "需要您补正" in page
    assert "照片背景应为白色或蓝色" in page
    assert f'href="/me/cases/{returned}/materials"' in page
    assert "需更换" in materials


def test_what_was_mended_is_handed_in_again(applicant, steps, returned: str, picture) -> None:
    too_early = steps.submit(applicant, returned)
    applicant.post(f"/me/cases/{returned}/materials/photo", {"file": picture("新照片.png")})
    materials = applicant.get(f"/me/cases/{returned}/materials").content.decode()
    page = steps.submit(applicant, returned).content.decode()

    assert too_early.status_code == 422
    assert "还没有更换" in too_early.content.decode()
    assert "需更换" not in materials
    assert "已提交" in page
    assert "需要您补正" not in applicant.get(f"/me/cases/{returned}").content.decode()
