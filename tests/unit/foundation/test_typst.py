"""The press: quick when warm, harmless when a template is bad, back again after it died."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from suban.foundation.adapters import typst
from suban.foundation.adapters.typst import TypstRenderer
from suban.foundation.ports import DocumentTemplate, NoRenderer, RenderingError

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
HEAD = """
#let d = json(bytes(sys.inputs.data))
#set document(title: "测试")
#set text(lang: "zh", region: "cn", font: "Noto Serif SC")
"""


def template(body: str) -> DocumentTemplate:
    return DocumentTemplate(name="test", version=1, source=HEAD + body)


@pytest.fixture(scope="module")
def press() -> Iterator[TypstRenderer]:
    press = TypstRenderer()
    yield press
    press.close()


def test_the_same_data_gives_the_same_bytes(press):
    first = press.render(template=template("#d.name"), data={"name": "赵晓梅"}, at=NOON)

    assert first.startswith(b"%PDF-1.7")
    assert first == press.render(template=template("#d.name"), data={"name": "赵晓梅"}, at=NOON)


def test_a_bad_template_names_itself_and_the_press_goes_on(press):
    with pytest.raises(RenderingError, match=r"test v1: .*unknown variable"):
        press.render(template=template("#nothing"), data={}, at=NOON)

    assert press.render(template=template("好"), data={}, at=NOON)


@pytest.mark.parametrize(
    "body", ['#read("/etc/passwd")', '#read("../etc/passwd")', '#import "@preview/cetz:0.3.0"']
)
def test_a_template_reaches_no_file_and_no_network(press, body):
    with pytest.raises(RenderingError):
        press.render(template=template(body), data={}, at=NOON)


def test_a_killed_press_is_replaced(press):
    press.render(template=template("一"), data={}, at=NOON)
    os.kill(press._drawer.process.pid, signal.SIGKILL)
    press._drawer.process.wait()

    assert press.render(template=template("二"), data={}, at=NOON)


def test_a_template_without_end_costs_its_press_and_nothing_else():
    press = TypstRenderer(limit=1.0)
    body = "#for i in range(100000) { for j in range(100000) { let x = calc.sqrt(j) } }"
    try:
        with pytest.raises(RenderingError, match="ended before it answered"):
            press.render(template=template(body), data={}, at=NOON)
        assert press.render(template=template("好"), data={}, at=NOON)
    finally:
        press.close()


def test_a_press_is_renewed_after_many_pages(press, monkeypatch):
    press.render(template=template("一"), data={}, at=NOON)
    former = press._drawer.process
    monkeypatch.setattr(typst, "JOBS_PER_PROCESS", 1)

    press.render(template=template("二"), data={}, at=NOON)

    assert press._drawer.process is not former


def test_threads_share_a_press(press):
    with ThreadPoolExecutor(4) as pool:
        pages = list(
            pool.map(lambda n: press.render(template=template("#d.n"), data={"n": str(n)}, at=NOON), range(8))
        )

    assert len(set(pages)) == 8


def test_the_fonts_of_debian_step_in(monkeypatch, tmp_path):
    monkeypatch.setattr(typst.pylopdf_fonts_zh_cn, "serif_path", lambda: tmp_path / "missing.otf")

    assert typst.font_folders() == ["/usr/share/fonts/opentype/noto"]


def test_a_forgotten_wiring_says_so():
    with pytest.raises(RenderingError, match="no renderer"):
        NoRenderer().render(template=template(""), data={}, at=NOON)
