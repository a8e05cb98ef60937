"""Materials as people would bring them, made by the browser: a photo, a health report."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

PERSON = """<svg xmlns="http://www.w3.org/2000/svg" width="390" height="520" viewBox="0 0 390 520">
<rect width="390" height="520" fill="{ground}"/><path d="M60 520q10-130 135-140q125 10 135 140z" fill="#3b4a5e"/>
<rect x="168" y="320" width="54" height="80" fill="#e6bfa2"/><ellipse cx="195" cy="235" rx="84" ry="104" fill="#efcdb2"/>
<path d="M106 240q-10-140 89-140t89 140q-14-70-40-84q-60 22-108-4q-24 20-30 88z" fill="#2a2422"/>
<circle cx="164" cy="236" r="7"/><circle cx="226" cy="236" r="7"/>
<path d="M170 290q25 16 50 0" fill="none" stroke="#a5614f" stroke-width="5"/></svg>"""
REPORT = """<h1>体检报告（演示）</h1><p>受检人：林演示</p><p>结论：身体健康，能坚持在执业药师岗位工作。</p>
<p>示例市第一人民医院（演示）</p>"""


@dataclass(frozen=True, slots=True)
class Papers:
    """The files on the applicant's disk."""

    photo: Path
    red_photo: Path
    health: Path
    program: Path


def make_papers(browser: Browser, folder: Path) -> Papers:
    """Make the files."""
    page = browser.new_page(viewport={"width": 390, "height": 520})
    papers = Papers(
        folder / "证件照.jpg", folder / "证件照（红底）.jpg", folder / "体检报告.pdf", folder / "体检.pdf"
    )
    for path, ground in ((papers.photo, "#cfe0f5"), (papers.red_photo, "#d7a0a0")):
        page.set_content(f"<style>body{{margin:0}}</style>{PERSON.format(ground=ground)}")
        page.screenshot(path=path, type="jpeg", quality=90)
    page.set_content(REPORT)
    page.pdf(path=papers.health, format="A4")
    papers.program.write_bytes(b"MZ\x90\x00" + bytes(2048))
    page.close()
    return papers
