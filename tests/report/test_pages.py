"""The pages themselves: what they must say, and what article text must never do to them."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import typst
from pypdf import PdfReader

from pipeline import words
from pipeline.report import html, pages, pdf
from pipeline.report.figures import gallery
from pipeline.report.safe import FONTS, display_safe, font_files, safe_url


@pytest.fixture
def pictures(view):
    return gallery.hang(view)


@pytest.fixture
def document(view, pictures) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.render(view, pictures)))


@pytest.fixture
def page(view, pictures) -> str:
    return html.render(view, pictures)


def text_of(document: PdfReader) -> str:
    """The PDF's words, without the breaks that a page puts between them."""
    raw = " ".join(page.extract_text() for page in document.pages).replace("\u200b", "")
    return " ".join(raw.split())


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, _tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("style", "script"):
            self.text += data


def test_pdf_and_page_say_the_same(view, document, page):
    shown, written = text_of(document), " ".join(Elements(page).text.split())
    for finding in view.findings:
        assert finding.headline in shown
        assert finding.headline in written
    for claim in view.claims:
        assert claim.claim_id in shown
        assert claim.claim_id in written
    assert words.number(view.counts["claims"]) in shown


def test_every_claim_travels_with_the_pdf(view, document):
    (content,) = document.attachments["claims.json"]
    assert [claim["id"] for claim in json.loads(content)] == [claim.claim_id for claim in view.claims]


def test_the_pdf_is_tagged_titled_and_dated_without_a_clock(document):
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.metadata.title == 'Riverland <b>May</b> #raise("x") $x^2$'
    assert "2023-05-14" in str(document.metadata.creation_date)


def test_hostile_words_are_printed_and_never_run(document, page):
    shown = text_of(document)
    for literal in ("<script>alert(1)</script>", "#panic()", "$\\frac{1}{0}$", "#raise("):
        assert literal in shown
    parsed = Elements(page)
    assert sum(tag == "script" for tag, _ in parsed.elements) == 1
    assert not any(tag in ("b", "c") and "Wire" in str(attrs) for tag, attrs in parsed.elements)
    assert not any(name.startswith("on") for _, attrs in parsed.elements for name in attrs)
    links = [attrs["href"] for tag, attrs in parsed.elements if tag == "a"]
    assert links
    assert all(
        link.startswith(("https://example.org/", "#", "tables/claims.", "tables/findings.")) for link in links
    )
    for char in "\u202e\x1b\x00":
        assert char not in page


def fonts_of(document: PdfReader) -> set[str]:
    """Every font that the PDF's pages and their figures use, without the subset's prefix."""
    found, open_ = set(), [page["/Resources"] for page in document.pages]
    while open_:
        resources = open_.pop().get_object()
        for font in resources.get("/Font", {}).values():
            found.add(str(font.get_object()["/BaseFont"])[1:].split("+")[-1].removesuffix("-Identity-H"))
        for inner in resources.get("/XObject", {}).values():
            open_ += [inner["/Resources"]] if "/Resources" in inner.get_object() else []
    return found


def test_names_in_other_scripts_are_shown_in_the_fonts_we_ship(view_of, make_event, article):
    text = "Қасым-Жомарт Тоқаев, وزارة الصحة and 哈萨克斯坦卫生部 said 12 people were killed."
    view = view_of(make_event(one=article(text, outlet="新华社", published="2023-05-09")))
    document = PdfReader(io.BytesIO(pdf.render(view, gallery.hang(view))))
    fonts = fonts_of(document)
    assert {"IBMPlexSansArabic", "CounterclaimChinese"} <= {name.split("-")[0] for name in fonts}
    assert fonts <= {path.stem for path in font_files()}
    shown = text_of(document)
    assert "Қасым-Жомарт Тоқаев" in shown
    assert "哈萨克斯坦卫生部" in shown


def test_the_page_asks_for_nothing_from_elsewhere(page):
    parsed = Elements(page)
    policy = next(attrs["content"] for tag, attrs in parsed.elements if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert not any(tag in ("link", "iframe", "object", "embed", "form") for tag, _ in parsed.elements)
    assert all(str(attrs.get("src", "data:")).startswith("data:") for _, attrs in parsed.elements)


def test_every_link_inside_the_page_leads_somewhere(page):
    parsed = Elements(page)
    places = {attrs["id"] for _, attrs in parsed.elements if "id" in attrs}
    inside = {
        attrs["href"][1:] for tag, attrs in parsed.elements if tag == "a" and attrs["href"].startswith("#")
    }
    assert inside
    assert inside <= places


def test_of_many_claims_the_pdf_prints_those_named_and_carries_all(view, pictures, monkeypatch):
    monkeypatch.setattr(pages, "MANY", 3)
    unnamed = replace(view.claims[0], claim_id="cffffffffffff", part_of=None)
    many = replace(view, claims=(*view.claims, unnamed))
    document = PdfReader(io.BytesIO(pdf.render(many, pictures)))
    (attached,) = document.attachments["claims.json"]
    assert len(json.loads(attached)) == len(many.claims)
    shown = text_of(document)
    assert f"This event has {len(many.claims)} claims." in shown
    assert view.findings[0].claims[0].claim_id in shown
    assert unnamed.claim_id not in shown
    assert f"{len(many.claims)} claims: open the table" in html.render(many, pictures)


MARKS = "#$*_`<>@\\/[]{}()|~^&%=+-'\"!;:,. \n\t"
ODD = "\u202e\u202d\u2066\u200f\u00ad\u200b\u2060\ufeff\x00\x1b\x07\ud800\ue000\uffff🙂👩‍🚀𐤀é\u0301"
WORDS = [
    "164", "<script>", "</style>", "#panic()", '#read("/etc/passwd")', "$x^2$", "\\input{x}", "{{7*7}}",
    "{% raw %}", "=HYPERLINK(1)", "javascript:alert(1)", "https://x.example/?a=<b>", "Қазақстан", "الصحة",
    "卫生部", "<img src=x onerror=y>", "]]>", "<!--", "-->", "// c", "/* c", "@ref", "<label>", "a" * 90,
]  # fmt: skip


def hostile_text(chance: random.Random) -> str:
    pieces = [chance.choice((*WORDS, *MARKS, *ODD)) for _ in range(chance.randint(1, 14))]
    return display_safe(chance.choice(("", " ")).join(pieces)) or "x"


def test_a_thousand_rows_of_hostile_words_are_words(view, pictures):
    chance = random.Random(164)  # noqa: S311 no secret
    first = view.claims[0]
    claims = tuple(
        replace(
            first,
            claim_id=f"c{number:012x}",
            article=replace(first.article, label=hostile_text(chance), url=safe_url(hostile_text(chance))),
            before=hostile_text(chance),
            quote=hostile_text(chance),
            after=hostile_text(chance),
            source=hostile_text(chance),
            place=hostile_text(chance),
            part_of=None,
        )
        for number in range(1000)
    )
    hostile = replace(view, claims=(*view.claims, *claims), title=hostile_text(chance))
    document = PdfReader(io.BytesIO(pdf.render(hostile, pictures)))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert fonts_of(document) <= {path.stem for path in font_files()}
    page = html.render(hostile, pictures)
    parsed, calm = Elements(page), Elements(html.render(view, pictures))
    assert {tag for tag, _ in parsed.elements} == {tag for tag, _ in calm.elements}
    assert sum(tag == "script" for tag, _ in parsed.elements) == 1
    assert not any(name.startswith("on") for _, attrs in parsed.elements for name in attrs)
    links = {str(attrs.get("href")) for tag, attrs in parsed.elements if tag == "a"}
    assert all(link.startswith(("https://", "#", "tables/")) for link in links)


def test_page_one_alone_is_a_picture(view, pictures):
    first = pdf.first_page(view, pictures)
    assert first.startswith(b"\x89PNG")
    assert first == pdf.first_page(view, pictures)


def test_nothing_that_is_left_out_of_page_one_is_said_to_be_absent(view, pictures, monkeypatch):
    made = {}
    monkeypatch.setattr(pdf, "_compile", lambda root, **_: [made.update(root=page_one_text(root)) or b""])
    pdf.first_page(view, pictures)
    assert view.findings[0].headline in made["root"]
    assert "No claim was found" not in made["root"]


def page_one_text(root) -> str:
    """The words of the first page that the template makes of the data in `root`."""
    compiled = typst.compile(root / "report.typ", root=root, font_paths=[FONTS], ignore_system_fonts=True)
    return " ".join(PdfReader(io.BytesIO(compiled)).pages[0].extract_text().split())


def test_an_event_without_claims_still_makes_pages(view_of, make_event, article):
    view = view_of(make_event(one=article("Nothing happened.")))
    pictures = gallery.hang(view)
    assert "No claim was found" in text_of(PdfReader(io.BytesIO(pdf.render(view, pictures))))
    assert "No finding" in html.render(view, pictures)
