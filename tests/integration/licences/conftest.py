"""What every test of licences needs: the real press, the real signers, a folder for files."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from suban.foundation import ports as foundation_ports
from suban.foundation.adapters.folder import FolderFileStore
from suban.foundation.adapters.typst import TypstRenderer
from suban.licences import ports
from suban.licences.adapters import sm2
from suban.licences.adapters.pades import PadesSigner
from suban.licences.adapters.shelf import FolderShelf
from suban.licences.types import LicenceRequest

ORGAN = "11321100MB0AAM0125"
ORGAN_NAME = "镇江市食品药品监督管理局"
TYPE = "11100000MB0A00042U021"
HOLDER = "person:0190f3c2aa"
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def renderer() -> Iterator[TypstRenderer]:
    renderer = TypstRenderer()
    yield renderer
    renderer.close()


@pytest.fixture(autouse=True)
def _plugged(renderer: TypstRenderer, tmp_path: Path) -> Iterator[None]:
    with (
        foundation_ports.document_renderer.plugged(renderer),
        foundation_ports.file_store.plugged(FolderFileStore(tmp_path / "files")),
        ports.page_signer.plugged(PadesSigner()),
        ports.code_signer.plugged(sm2),
        ports.trust_shelf.plugged(FolderShelf(tmp_path / "trust")),
    ):
        yield


@pytest.fixture
def seal(db: None) -> str:
    from suban.licences.services import create_organ_seal  # noqa: PLC0415 - Django isn't set up yet above

    return create_organ_seal(organ=ORGAN, name=ORGAN_NAME, at=NOON)


@pytest.fixture
def request_for() -> Callable[..., LicenceRequest]:
    """Return a maker of requests; every case gets a number of its own."""

    def make(case: str = "case:JS1", serial: str = "321226000123", **changes: object) -> LicenceRequest:
        fields: dict[str, object] = {
            "case": case,
            "holder": HOLDER,
            "holder_name": "赵晓梅",
            "type_code": TYPE,
            "type_name": "执业药师注册证",
            "issuer": ORGAN,
            "issuer_name": ORGAN_NAME,
            "serial": serial,
            "face": {
                "姓名": "赵晓梅",
                "性别": "女",
                "执业类别": "药学",
                "执业单位": "镇江新区康宁大药房有限公司",
                "有效期至": "2031-11-22",
            },
            "issued_on": date(2026, 11, 20),
            "expires_on": date(2031, 11, 22),
        }
        return LicenceRequest(**{**fields, **changes})

    return make
