"""Does every number that a report prints go back to a claim? A report's folder, read back and checked.

The web page, the figures and the PDF are read as they stand, and each number in them must be one that the
tables beside them hold. Where a place names its claims (a row of the table of claims, a finding, a figure),
the number must be in one of those claims' sentences, in the finding, or among the figure's own arithmetic
with its rule; elsewhere any number of the tables will do. Days, page numbers, ids and addresses are no
numbers; the numbers on axes are scales.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import polars as pl
from pypdfium2 import PdfDocument, PdfiumError

from pipeline import words
from pipeline.report import methods
from pipeline.report.codebooks import descriptions
from pipeline.report.safe import display_safe

_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_NO_NUMBERS: Final = re.compile(
    rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?\b"  # days
    rf"|\b{_MONTH} \d{{4}}\b"
    r"|\b[cfrs][0-9a-f]{12}\b"  # ids
    r"|\b\d+ / \d+\b"  # pages
    r"|\bU\+[0-9A-F]{4,6}\b"  # characters without a shape
    r"|\bSHA-256\b|\b[0-9a-f]{64}\b"
)
_NUMBER: Final = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "path", "rect"})
_TABLES: Final = (
    "articles", "claims", "rejected", "reviews", "evidence", "series", "statements", "estimates", "findings",
    "problems", "runs",
)  # fmt: skip
# What a page prints of a decision, in the words of people or of the claim it is on.
_DECIDED: Final = ("was", "value", "reviewer", "reason", "article", "figure", "quote", "note")


# What readers raise that meet a damaged file; the last is no Exception.
_UNREADABLE: Final = (
    pl.exceptions.PolarsError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    pl.exceptions.PanicException,
)


class VerifyError(ValueError):
    """The folder is no report that can be read. The message says what is missing."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A number that no claim, finding, rule or count beside the report explains."""

    file: str
    place: str
    number: str
    text: str


class _Addresses:
    """The addresses of articles, to be taken out of what is printed: their numbers are no figures.

    Looked up and not looked for, or each of a report's pages would be searched for each of its articles.
    """

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        # The longest first: one address may begin another.
        self._lengths = sorted({len(url) for url in known}, reverse=True)

    def taken_from(self, text: str, *, broken: bool = False) -> str:
        """`text` with a space in the place of each; if `broken`, also of one that goes over several lines."""
        if not (broken or _SCHEME.search(text)):
            return text
        places = [place for place, letter in enumerate(text) if not (broken and letter.isspace())]
        letters = "".join(text[place] for place in places)
        kept, after = [], 0
        for found in _SCHEME.finditer(letters):
            begin = found.start()
            # An address may hold another: that of an archive does.
            length = self._length(letters, begin) if places[begin] >= after else 0
            if length:
                kept += [text[after : places[begin]], " "]
                after = places[begin + length - 1] + 1
        return "".join((*kept, text[after:]))

    def _length(self, text: str, begin: int) -> int:
        return next((one for one in self._lengths if text[begin : begin + one] in self._known), 0)


@dataclass(frozen=True, slots=True)
class _Known:
    """Numbers by the place that may print them; `anywhere` holds those of all tables."""

    claims: Mapping[str, frozenset[str]]
    findings: Mapping[str, frozenset[str]]
    figures: Mapping[str, frozenset[str]]
    names: frozenset[str]
    anywhere: frozenset[str]
    addresses: _Addresses


def unresolved(folder: Path) -> list[Unresolved]:
    """Every number of the report in `folder` that does not resolve. Raises VerifyError."""
    needed = [
        *(f"tables/{name}.parquet" for name in _TABLES),
        "figures/figures.json",
        "report.html",
        "report.pdf",
    ]
    if missing := [name for name in needed if not (folder / name).is_file()]:
        raise VerifyError(f"{folder / missing[0]} is not there; make the report with `counterclaim run`")
    try:
        tables = {name: pl.read_parquet(folder / "tables" / f"{name}.parquet") for name in _TABLES}
        figures = _figures(folder / "figures" / "figures.json")
        known = _known(tables, figures)
        page = _Page((folder / "report.html").read_text(encoding="utf-8"))
        found = [*_in_page("report.html", page, known)]
        for figure in figures:
            name = f"figures/{figure['name']}.svg"
            drawn = _Page((folder / name).read_text(encoding="utf-8"))
            found += _in_page(name, drawn, known, figure["name"])
        return found + list(_in_pdf(folder / "report.pdf", known, _scales(page)))
    except _UNREADABLE as error:
        raise VerifyError(f"{folder} cannot be read: {error}; make the report again") from error


def _figures(path: Path) -> list[dict[str, Any]]:
    """The figures that figures.json tells of. Raises ValueError where one's name is no name of ours."""
    figures: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    if not all(_FIGURE.fullmatch(figure["name"]) for figure in figures):
        raise ValueError(f"{path.name} names a figure that is none of ours")
    return figures


def _numbers(*texts: str | None) -> frozenset[str]:
    """Numbers of texts, without their commas."""
    told = (_NO_NUMBERS.sub(" ", text) for text in texts if text)
    return frozenset(found.replace(",", "") for text in told for found in _NUMBER.findall(text))


def _known(tables: Mapping[str, pl.DataFrame], figures: list[dict[str, Any]]) -> _Known:
    quoted = tables["articles"].join(tables["claims"], on="article_id", how="semi")
    texts = dict(quoted.select("article_id", "text").rows())
    claims = {
        row["claim_id"]: _of_claim(row, texts[row["article_id"]]) for row in tables["claims"].to_dicts()
    }
    findings = {
        row["finding_id"]: frozenset(number.replace(",", "") for number in row["numbers"]).union(
            *(claims[one] for one in row["claims"])
        )
        for row in tables["findings"].to_dicts()
    }
    drawn = {
        figure["name"]: frozenset(number.replace(",", "") for number, _ in figure["ours"]).union(
            *(claims[one] for one in figure["claims"])
        )
        for figure in figures
    }
    articles = tables["articles"]
    names = _numbers(
        *articles["outlet"],
        *articles["title"],
        *articles["raw_path"],
        *tables["evidence"]["originator"],
        *tables["evidence"]["evidence_text"],
        *(text for name in ("path", "message", "remedy") for text in tables["problems"][name]),
    )
    decided = _numbers(*(text for name in _DECIDED for text in tables["reviews"][name]))
    fixed = _numbers(
        *(area.text for area in methods.areas()),
        methods.source(),
        *(f"{book.title} {book.says} {book.citation}" for book in descriptions()),
        *(
            text
            for name in ("versions", "event_id", "title", "question", "notice")
            for text in tables["runs"][name]
        ),
    )
    return _Known(
        claims,
        findings,
        drawn,
        names,
        frozenset().union(
            *claims.values(), *findings.values(), *drawn.values(), names, decided, fixed, _counted(tables)
        ),
        _Addresses(frozenset(articles["url"].drop_nulls())),
    )


def _of_claim(row: Mapping[str, Any], text: str) -> frozenset[str]:
    figure = words.figure(row["modifier"], row["value"], row["low"], row["high"], row["vague_word"])
    sentence = display_safe(text[row["sentence_start"] : row["sentence_end"]])
    return _numbers(figure, sentence, row["quote"], row["place_text"], row["attribution"])


def _counted(tables: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    """Counts that pages print, each from its table."""
    counts = [frame.height for frame in tables.values()]
    counts += tables["rejected"]["reason"].value_counts()["count"].to_list()
    for name in ("claims", "groups", "articles", "originators"):
        counts += tables["series"][name].to_list()
    counts += tables["statements"]["status"].value_counts()["count"].to_list()
    applied = tables["reviews"].filter(outcome="applied").group_by("verdict")
    counts += applied.agg(pl.n_unique("claim_id")).get_column("claim_id").to_list()
    counts += [tables["claims"]["attribution"].null_count(), tables["evidence"]["group_id"].n_unique()]
    articles = tables["articles"]
    counts.append(articles.select(pl.coalesce("outlet", "raw_path")).n_unique())
    printed = (
        tables["claims"]
        .select("claim_id", "article_id")
        .join(
            articles.select("article_id", pl.coalesce("outlet", "raw_path").alias("outlet")), on="article_id"
        )
    )
    carried = tables["evidence"].join(printed, on="claim_id").group_by("group_id").agg(pl.n_unique("outlet"))
    counts += carried.get_column("outlet").to_list()
    coded = [number for name in ("low", "best", "high") for number in tables["estimates"][name].drop_nulls()]
    return frozenset(str(number) for number in (*counts, *coded))


class _Page(HTMLParser):
    """The texts of a page: the place that names their claims, whether they stand on an axis, the words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, bool, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element and its id."""
        if tag not in _VOID:
            self._open.append((tag, dict(attrs).get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Forget the element, and whatever stayed open inside it."""
        while self._open and tag in [name for name, _ in self._open]:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep a text that a reader sees."""
        if data.strip() and not any(tag in ("style", "script", "head") for tag, _ in self._open):
            ids = [place for _, place in reversed(self._open) if place]
            place = next((one for one in ids if _PLACE.fullmatch(one)), "")
            self.texts.append((place, any("matplotlib.axis" in one for one in ids), data))


_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_FIGURE: Final = re.compile(r"[a-z-]+")
_PLACE: Final = re.compile(r"claim-(c[0-9a-f]{12})|(f[0-9a-f]{12})|figure-([a-z-]+)")


def _scales(page: _Page) -> frozenset[str]:
    return frozenset().union(*(_numbers(text) for _, scale, text in page.texts if scale))


def _in_page(file: str, page: _Page, known: _Known, figure: str = "") -> Iterator[Unresolved]:
    for place, scale, text in page.texts:
        if not scale:
            told = known.addresses.taken_from(text.replace("\u200b", ""))
            own = _own(place or (f"figure-{figure}" if figure else ""), known)
            for number in sorted(_numbers(told) - known.names - own):
                yield Unresolved(file, place, number, " ".join(told.split())[:160])


def _own(place: str, known: _Known) -> frozenset[str]:
    """What may stand in a place beside the names that may stand anywhere."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return known.anywhere
    claim, finding, figure = match.groups()
    if claim:
        return known.claims.get(claim, frozenset())
    return known.findings.get(finding, frozenset()) if finding else known.figures.get(figure, frozenset())


def _in_pdf(path: Path, known: _Known, scales: frozenset[str]) -> Iterator[Unresolved]:
    drawn = frozenset().union(*known.figures.values())
    for number, page in enumerate(_pages_of(path), 1):
        text = known.addresses.taken_from(page.replace("\u200b", ""), broken=True)
        for one in sorted(_numbers(" ".join(text.split())) - known.anywhere - scales):
            if not _is_labels(one, drawn):
                yield Unresolved(path.name, f"page {number}", one, "")


def _is_labels(number: str, drawn: frozenset[str]) -> bool:
    """Whether a number is two labels of figures that stand close together: a PDF holds no space between them.

    Each figure's own file is read too, and there its labels stand apart.
    """
    return any({number[:place], number[place:]} <= drawn for place in range(1, len(number)))


def _pages_of(path: Path) -> list[str]:
    """The words on each page of a PDF. Raises ValueError."""
    try:
        with closing(PdfDocument(path.read_bytes())) as pages:
            texts = [page.get_textpage().get_text_range() for page in pages]
    except PdfiumError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return [text.replace(f"{_BREAK}\r\n", "-").replace(_BREAK, "-") for text in texts]


_BREAK: Final = "\ufffe"  # a hyphen at which a line was broken
