"""The site of the documentation: built without a warning, to the same bytes, and asking no host for more."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from documented import DOCS, PAGES
from lxml import html

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OUTSIDE = re.compile(r"(?:https?:)?//")
# What a reader with a phone does, done by a page around the site: look at the width of each page.
AROUND = """<!doctype html><body></body><pre id="seen"></pre><script>
const pages = %s, seen = {};
const next = () => {
  const page = pages.pop();
  if (!page) { document.querySelector("#seen").textContent = JSON.stringify(seen); return; }
  const frame = document.createElement("iframe");
  frame.style = "width:390px;height:900px;border:0";
  frame.src = page;
  frame.onload = () => {
    seen[page] = frame.contentDocument.documentElement.scrollWidth;
    frame.remove();
    next();
  };
  document.body.append(frame);
};
next();
</script>"""


def build(folder: Path) -> Path:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "--quiet"]
    done = subprocess.run(
        [*command, "--doctree-dir", folder / "trees", DOCS, folder / "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("first"))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_page_is_on_the_site_and_a_second_build_has_the_same_bytes(site, tmp_path):
    first, second = contents(site), contents(build(tmp_path))
    assert {page.relative_to(DOCS).with_suffix(".html").as_posix() for page in PAGES} <= first.keys()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_no_page_loads_anything_from_elsewhere(site):
    loaded = []
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        loaded += page.xpath("//@src | //link/@href | //@srcset | //object/@data")
    for path in site.rglob("*.css"):
        found = re.finditer(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", path.read_text(encoding="utf-8"))
        loaded += [one[1] for one in found]
    assert loaded
    assert [one for one in loaded if OUTSIDE.match(one)] == []


def chromium(*arguments: str) -> str:
    """What headless Chromium prints; it can reach no host."""
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command += ["--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=20000", "--dump-dom"]
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True, timeout=120, check=True
    ).stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install one to run this")
def test_the_search_finds_pages_where_there_is_no_network(site):
    found = chromium((site / "search.html").as_uri() + "?q=withdrawal")
    results = html.fromstring(found).xpath("//div[@id='search-results']//a/@href")
    assert any(one.startswith("reference/findings.html") for one in results), results


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install one to run this")
def test_no_page_is_wider_than_a_phone(site):
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    (site / "around.html").write_text(AROUND % json.dumps(pages), encoding="utf-8")
    (seen,) = html.fromstring(chromium((site / "around.html").as_uri())).xpath("//pre[@id='seen']/text()")
    widths = json.loads(unescape(seen))
    assert widths.keys() == set(pages)
    assert {page: width for page, width in widths.items() if width > 390} == {}
