"""The pages and figures of the hostile event: its words are there, and none of them does anything."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import payloads
import pytest
from browser import CHROMIUM
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from pipeline.report import html

SCRIPT = Path(html.__file__).with_name("page.js")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "defs", "style", "g", "path", "use", "text", "tspan", "clipPath", "rect", "metadata", "image"}
# What a PDF may hold that acts by itself, or reaches out of it.
ACTIVE = {"/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/OpenAction"}
ACTIVE |= {"/AA", "/Movie", "/Sound", "/Rendition", "/RichMedia", "/XFA"}


class Page(HTMLParser):
    """Every element with what it holds as attributes, and the texts of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        last = self.elements[-1][0] if self.elements else ""
        (self.scripts if last == "script" else self.words).append(data)


@pytest.fixture(scope="module")
def text(hostile) -> str:
    return (hostile.report / "report.html").read_text(encoding="utf-8")


def together(words: str) -> str:
    """Words without what a page may put between them, or leave out of them."""
    return re.sub(r"[\s\u200b\ufffd]+", "", words)


def test_the_page_holds_our_script_and_no_address_but_of_the_web(text):
    page = Page(text)
    tags = [tag for tag, _ in page.elements]
    assert [tags.count(tag) for tag in ("script", "style", "title")] == [1, 1 + tags.count("svg"), 1]
    assert "".join(page.scripts).strip() == SCRIPT.read_text(encoding="utf-8").strip()
    assert {"img", "iframe", "object", "embed", "form", "base", "link", "foreignobject"}.isdisjoint(tags)
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("href", "src", "xlink:href", "action"):
            allowed = r"#|https?://|tables/" if tag == "a" else "#"
            assert re.match(allowed, attributes.get(name) or "#"), (tag, name)
        assert not re.search(r"url\((?!#)|script:", attributes.get("style") or ""), tag


def test_the_page_shows_the_words_as_they_are(text):
    shown = together("".join(Page(text).words))
    for words in (payloads.HTML, payloads.TYPST, payloads.MATHTEXT, payloads.MARKDOWN, payloads.RICH):
        assert together(words) in shown


@pytest.fixture
def asked() -> Iterator[tuple[int, list[bytes]]]:
    """A port to which the browser is led whatever it asks for, and what it asked."""
    heads: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as line:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    with line.accept()[0] as client:
                        heads.append(client.recv(4096))

        threading.Thread(target=listen, daemon=True).start()
        yield line.getsockname()[1], heads
        line.shutdown(socket.SHUT_RDWR)


AROUND = """<!doctype html><iframe src="page.html"></iframe><pre id="seen"></pre><script>
onload = () => setTimeout(() => {
  const page = document.querySelector("iframe");
  document.querySelector("#seen").textContent = JSON.stringify({
    owned: page.contentWindow.owned ?? null,
    claims: page.contentDocument.querySelectorAll(".claims tbody tr").length,
    images: page.contentDocument.images.length,
  });
}, 300);
</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install one to run this")
def test_no_word_runs_or_asks_for_anything_in_a_browser(hostile, text, tmp_path, asked):
    port, heads = asked

    def look(page: str) -> dict:
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        (tmp_path / "around.html").write_text(AROUND)
        command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
        command += ["--allow-file-access-from-files", "--virtual-time-budget=5000"]
        command += [
            f"--host-resolver-rules=MAP * 127.0.0.1:{port}",
            f"--user-data-dir={tmp_path / 'profile'}",
        ]
        command += [(tmp_path / "around.html").as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
        found = re.search(r'<pre id="seen">(.*?)</pre>', dom, re.DOTALL)
        assert found
        return json.loads(unescape(found[1]))

    def hosts() -> list[bytes]:
        return [head for head in heads if payloads.HOST.encode() in head]

    # Without the rule that forbids every script but ours, so that escaping alone is tried.
    open_to_all = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert open_to_all != text
    seen = look(open_to_all)
    assert seen["claims"] == hostile.table("claims").height
    assert (seen["owned"], seen["images"]) == (None, 0)
    assert hosts() == []
    seen = look(f"<!doctype html><title>x</title>{payloads.HTML}")
    assert seen["owned"] == 1, "the attack works where it is not escaped"
    assert hosts()


def test_the_figures_are_drawn_and_hold_nothing_else(hostile):
    paths = sorted((hostile.report / "figures").glob("*.svg"))
    assert len(paths) > 4
    words = ""
    for path in paths:
        raw = path.read_text(encoding="utf-8")
        assert "<!ENTITY" not in raw
        for element in ET.fromstring(raw).iter():  # noqa: S314 our own file, which has no entities
            tag = str(element.tag)
            if tag.startswith(SVG):
                assert tag.removeprefix(SVG) in DRAWN
            words += element.text or ""
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert not name.endswith("href") or value.startswith("#")
                assert not re.search(r"url\((?!#)|script:", value)
    assert "-2+3 $x$ $$ </script>" in words, "mathtext would not keep the dollars"


def test_the_pictures_hold_pixels_alone(hostile):
    paths = sorted((hostile.report / "figures").glob("*.png"))
    assert len(paths) > 4
    for path in paths:
        with Image.open(path) as picture:
            picture.load()
            assert {"dpi"}.issuperset(picture.info), path.name


def test_the_pdf_shows_the_words_and_read_no_file(hostile):
    reader = PdfReader(hostile.report / "report.pdf")
    shown = together("".join(page.extract_text() for page in reader.pages))
    for words in (payloads.TYPST, payloads.MATHTEXT, payloads.HTML):
        assert together(words) in shown
    assert "root:" not in shown
    assert "\x1b" not in str(reader.metadata)


def dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of a PDF, and those within them."""
    waiting = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += list(one.values())
        elif isinstance(one, ArrayObject):
            waiting += list(one)


def test_the_pdf_does_nothing_and_leads_to_the_web_alone(hostile):
    reader = PdfReader(hostile.report / "report.pdf")
    found = list(dictionaries(reader))
    assert len(found) > 100
    assert not [name for one in found for name in ACTIVE if name in one or one.get("/S") == name]
    addresses = {str(one["/URI"]) for one in found if "/URI" in one}
    assert addresses
    assert all(re.match(r"https?://[\w.]+/", address) for address in addresses)
    assert list(reader.attachments) == ["claims.json"]
