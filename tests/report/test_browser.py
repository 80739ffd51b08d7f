"""The web page in a real browser, at the width of a phone and of a desk, with and without its script."""

from __future__ import annotations

import html as markup
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from pipeline.report import html
from pipeline.report.figures import gallery

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine; install one to run this"
)
# What a reader does, done by a page around the report: look at its width, filter, sort, follow a link.
AROUND = """<!doctype html>
<iframe src="report.html" style="width:%dpx;height:900px;border:0"></iframe>
<pre id="seen"></pre>
<script>
document.querySelector("iframe").onload = (event) => {
  const page = event.target.contentDocument;
  const rows = () => [...page.querySelectorAll(".claims tbody tr")];
  const seen = { wide: page.documentElement.scrollWidth, claims: rows().length };
  const filter = page.querySelector("#filter");
  filter.value = "2,500 detained";
  filter.dispatchEvent(new page.defaultView.Event("input"));
  seen.filtered = rows().filter((row) => !row.hidden).length;
  seen.told = page.querySelector("#shown").textContent;
  page.querySelectorAll(".claims th button")[1].click();
  seen.sorted = rows().map((row) => row.cells[1].dataset.key);
  const figures = [...page.querySelectorAll("figure svg")];
  seen.figures = figures.map((one) => one.getBoundingClientRect().width > 300);
  document.querySelector("#seen").textContent = JSON.stringify(seen);
};
</script>"""


def chromium(*arguments: str) -> str:
    """What headless Chromium prints."""
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


@pytest.fixture
def folder(view, tmp_path) -> Path:
    (tmp_path / "report.html").write_text(html.render(view, gallery.hang(view)), encoding="utf-8")
    return tmp_path


def look(folder: Path, width: int) -> dict:
    (folder / "around.html").write_text(AROUND % width)
    dom = chromium("--virtual-time-budget=10000", "--dump-dom", (folder / "around.html").as_uri())
    found = re.search(r'<pre id="seen">(.*?)</pre>', dom, re.DOTALL)
    assert found
    return json.loads(markup.unescape(found.group(1)))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_window_and_can_be_filtered_and_sorted(view, folder, width):
    seen = look(folder, width)
    assert seen["wide"] <= width
    assert seen["claims"] == len(view.claims)
    assert 0 < seen["filtered"] < seen["claims"]
    assert seen["told"] == f"{seen['filtered']} of {seen['claims']}"
    numbers = [int(key) for key in seen["sorted"] if key]
    assert numbers == sorted(numbers)
    assert all(seen["figures"])


def test_the_page_on_paper_holds_every_finding_and_claim(view, folder):
    paper = folder / "paper.pdf"
    chromium(f"--print-to-pdf={paper}", "--no-pdf-header-footer", (folder / "report.html").as_uri())
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())
    for finding in view.findings:
        assert finding.headline in text
    for claim in view.claims:
        assert claim.claim_id in text.replace(" ", "")
