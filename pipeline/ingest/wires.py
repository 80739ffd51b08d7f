"""Whose copy an article is, by marks that the page itself carries.

Only a mark of copy counts: the agency in the dateline ("MOSCOW (AP) —", "NUR-SULTAN, January 5. /TASS/."), in
the byline, in a copyright line, in a sign-off, as the outlet itself, or what the person who filed it says.
"… told Reuters" names a source, and "(AP)" at the end of a caption a photographer: neither is wire copy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pipeline.ingest.publishers import host, outlet

_AGENCIES: Final = Path(__file__).parent.parent / "codebooks" / "wires.toml"
_HEAD: Final = 2000  # characters within which bylines and datelines stand
_TAIL: Final = 1500  # characters within which credits, copyright lines and sign-offs stand
_LONGEST: Final = 160  # characters of a line that is a credit and no prose
_YEARS: Final = r"(?:\d{4}(?:[-–]\d{2,4})?)?"
_RIGHTS: Final = rf"^\(?(?:(?:©|\(c\)|c\.|copyright)[ ,:]*){{1,2}}{_YEARS}[ ,:.]*(?:by )?"
_NO_TEXT: Final = r"(?! ?(?:/|photos?\b|images?\b|pictures?\b|video\b|tv\b|getty\b))"
# Names in capitals, numbers, and the small words that stand inside of place names.
_WORD: Final = r"[^\W\d_a-z]\w{0,30}(?:['’-]\w{1,30}){0,3}"
_PLACE: Final = (
    rf"(?!(?:The|A|An) )(?:(?:{_WORD}|\d{{1,4}}(?:st|nd|rd|th)?|de|del|la|al|el|of|and|upon)"
    r"[ ,.:;/–—]{1,4}){1,10}"
)
_OTHER: Final = r"(?:[^()\n]{1,40}?[/,] ?)??"  # who passes it on, before the agency
_PASSED_ON: Final = r"(?:/[\w ]{2,20})?"  # … or after it
_CAPITAL: Final = r"[^\W\d_a-z][\w.'’-]{0,30}"
_FILED: Final = rf"(?:{_CAPITAL}|\d{{1,4}})(?:[ ,|:]{{1,3}}(?:{_CAPITAL}|\d{{1,4}})){{0,9}}"  # where and when
_POST: Final = r"(?: [A-Z][a-z]{2,12}){0,2}(?: (?:[Ss]taff|[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?))"
_DESK: Final = r"(?: [Ss]taff| [Ww]riters?|['’]s [\w/ -]{3,30} Service)?"
_OTHERS: Final = r"(?:(?:, | and | & |/)[\w ]{2,30}){0,3}"  # others in one list with the agency
_AUTHOR_LINES: Final = 4  # lines at the head of which one may name the author without "By"


# A caption ends on whose picture it is: "3 of 4 | Soldiers in Riverton, May 3, 2023. (AP)"
_CAPTION: Final = re.compile(
    r"\b(?:photo|picture|pictured|image|file|archive|video)\b|^\d{1,3} (?:of|/) \d{1,3}\b|\d{4}\. ?\(",
    re.IGNORECASE,
)
_COPY: Final = re.compile(r"\s{1,3}(?:copy|reprint)$", re.IGNORECASE)
# Between authors; and what stands around an author's name.
_AND: Final = re.compile(r"\s{0,3}(?:[,;|/•·]|\b(?:and|with|for|via)\b)\s{0,3}")
_ROLE: Final = re.compile(
    r"^(?:(?:by|from|the)\s{1,3}){1,2}|\s(?:staff|writers?|correspondents?|in [\w .-]{1,30})$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wire:
    """The agency whose copy an article is, the kind of mark, and the characters that show it."""

    agency: str
    mark: str
    evidence: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """Patterns whose group `agency` is a short mark or a full name, and which agency goes by it."""

    agencies: dict[str, str]
    datelines: tuple[re.Pattern[str], ...]
    credits: tuple[tuple[str, re.Pattern[str]], ...]
    last_words: re.Pattern[str]
    in_brackets: re.Pattern[str]
    author: re.Pattern[str]
    sign_offs: tuple[tuple[str, re.Pattern[str]], ...]


def wire(
    text: str,
    *,
    byline: str | None = None,
    outlet_name: str | None = None,
    url: str | None = None,
    declared: str | None = None,
) -> Wire | None:
    """The wire of an article, by the strongest of its marks; None if it shows none.

    `byline`, `outlet_name` and `url` are what is known of the page beside its text; `declared` is whose copy
    the person who filed it says it is.
    """
    marks = _marks()
    return next(
        (
            found
            for look in (
                _declared(declared, outlet_name, marks),
                _in_dateline(text, marks),
                _in_byline(byline, marks),
                _in_author_line(text, marks) if byline is None else (),
                _in_credits(text, marks),
                _in_sign_off(text, marks),
                _own_page(outlet_name, url, marks),
            )
            for found in look
        ),
        None,
    )


def dateline(text: str) -> tuple[int, int] | None:
    """Where the dateline with an agency's mark stands in the head of `text`, if it has one."""
    found = _first_dateline(text)
    return found.span() if found else None


def _declared(declared: str | None, outlet_name: str | None, marks: _Marks) -> Iterator[Wire]:
    """What a person says of the copy: by itself, or in brackets after the outlet's name: "Post (AP copy)"."""
    if declared:
        forms = {form.casefold(): agency for form, agency in marks.agencies.items()}
        name = _COPY.sub("", declared)
        yield Wire(forms.get(name.casefold(), name), "declared", declared)
    if found := marks.in_brackets.search(outlet_name or ""):
        yield Wire(marks.agencies[found["agency"]], "declared", found.group().strip())


@lru_cache(maxsize=1)  # of one article it is asked twice in a row: for its head, and for its wire
def _first_dateline(text: str) -> re.Match[str] | None:
    found = (pattern.search(text, 0, _HEAD) for pattern in _marks().datelines)
    return min((match for match in found if match), key=re.Match.start, default=None)


def _in_dateline(text: str, marks: _Marks) -> Iterator[Wire]:
    if found := _first_dateline(text):
        yield Wire(marks.agencies[found["agency"]], "dateline", found.group().strip())


def _in_byline(byline: str | None, marks: _Marks) -> Iterator[Wire]:
    """The author line that the page gives beside its text: it names the agency as an author, or after one."""
    for part in _AND.split(byline or ""):
        name = _ROLE.sub("", part)
        if name in marks.agencies:
            yield Wire(marks.agencies[name], "byline", (byline or "").strip())


def _in_author_line(text: str, marks: _Marks) -> Iterator[Wire]:
    """A name and the agency, alone under the headline; beside a byline they would name a photographer."""
    lines = [line.strip() for line in text[:_HEAD].splitlines() if line.strip()]
    for line in lines[1:_AUTHOR_LINES]:
        if found := marks.author.search(line):
            yield Wire(marks.agencies[found["agency"]], "byline", line)


def _in_credits(text: str, marks: _Marks) -> Iterator[Wire]:
    """Lines of the head and of the tail that say whose text it is, in the order of the page."""
    lines = text[:_HEAD].splitlines()
    if len(text) > _HEAD:
        lines += text[max(_HEAD, len(text) - _TAIL) :].splitlines()
    for line in (line.strip() for line in lines):
        for mark, pattern in marks.credits if len(line) <= _LONGEST else ():
            if found := pattern.search(line):
                yield Wire(marks.agencies[found["agency"]], mark, line)


def _in_sign_off(text: str, marks: _Marks) -> Iterator[Wire]:
    tail = text[-_TAIL:].rstrip()
    if not _CAPTION.search(tail[tail.rfind("\n") + 1 :]) and (found := marks.last_words.search(tail)):
        yield Wire(marks.agencies[found["agency"]], "sign-off", found.group().strip())
    for agency, pattern in marks.sign_offs:
        if found := pattern.search(tail):
            yield Wire(agency, "sign-off", found.group().strip())


def _own_page(outlet_name: str | None, url: str | None, marks: _Marks) -> Iterator[Wire]:
    """The agency's own page: by its address, else by the name that the file gives."""
    owned = outlet(outlet_name, url)
    name = owned.name if owned else (outlet_name if host(url) is None else None)
    if name in marks.agencies:
        yield Wire(marks.agencies[name or ""], "own page", host(url) or name or "")


@cache
def _marks(path: Path = _AGENCIES) -> _Marks:
    """The patterns of codebooks/wires.toml. Raises ValueError if two agencies share a form."""
    agencies: dict[str, str] = {}
    sign_offs = []
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["agency"]
    for row in rows:
        for form in (row["name"], *row["marks"], *row["names"]):
            if agencies.setdefault(form, row["name"]) != row["name"]:
                raise ValueError(f"{path.name}: {form} belongs to {agencies[form]} and to {row['name']}")
        if "sign_off" in row:
            sign_offs.append((row["name"], re.compile(row["sign_off"])))
    short = _either({form for row in rows for form in row["marks"]})
    full = _either({form for row in rows for form in row["names"]})
    either = _either(set(agencies))
    last_words = re.compile(rf"(?<=[.!?”\"]) {_bracketed(either)}(?: ?\([\w.-]{{3,40}}\))?\Z")
    in_brackets = re.compile(
        rf"(?<=\S) \({_OTHER}(?P<agency>{either}){_PASSED_ON}(?: (?:copy|reprint|video))?\)$"
    )
    author = re.compile(
        rf"^{_CAPITAL}(?: {_CAPITAL}){{1,3}}(?:, | ?\| ?)(?:[Tt]he )?(?P<agency>{full})(?:{_POST})?$"
    )
    datelines, credited = _datelines(short, either), _credits(full, either)
    return _Marks(agencies, datelines, credited, last_words, in_brackets, author, tuple(sign_offs))


def _datelines(short: str, either: str) -> tuple[re.Pattern[str], ...]:
    mark = _bracketed(short)
    return tuple(
        re.compile(pattern, re.MULTILINE)
        for pattern in (
            rf"^(?:{_PLACE})?{mark}[ .:]{{0,3}}[-–—_:]{{1,2}}",  # MOSCOW (AP) —
            rf"^{_PLACE}(?:(?<=\d )|(?<=\d[.,] )){mark}",  # New Delhi, Jan 6 (PTI) The …
            rf"^{_PLACE}\({_OTHER}(?P<agency>{short}) ?[-–—,] ?[^()\n]{{4,30}}\)",  # (Sputnik - 5 January)
            rf"^{_PLACE}/(?P<agency>{short})/",  # MOSCOW, January 5. /TASS/
            # Tehran, Jan 6, IRNA – …; without a day, two letters are a state's: "HYDERABAD, AP – …"
            rf"^{_PLACE}(?:(?<=\d, )|(?<=, )(?!\w\w\b))(?P<agency>{short}) ?[-–—]{{1,2}} ?(?=[^\W\d_a-z])",
            # a line "AFP, Beirut" or "Press Trust of India | Delhi | January 6" above a paragraph
            rf"^(?P<agency>{either})(?:, | ?\| ?)(?!Getty|EPA){_FILED}\n{{1,3}}(?=[^\n]{{60}})",
            rf"^(?P<agency>{short}) [-–—]{{1,2}} (?=[^\W\d_a-z])",  # KYODO NEWS - …
        )
    )


def _credits(full: str, either: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Lines of credit by kind of mark. Short marks count only where nothing but copy carries them."""
    the, end = "(?:[Tt]he )?", "[ .,)]{0,3}$"
    any_of, full_of = f"{the}(?P<agency>{either})", f"{the}(?P<agency>{full})"
    inputs = "(?:(?:additional )?(?:inputs?|reporting|files?) (?:from|by) )?"
    return tuple(
        (mark, re.compile(pattern))
        for mark, pattern in (
            ("byline", rf"^(?:By|BY|From) {any_of}{_DESK}(?:{end}|\. )"),
            ("byline", rf"^(?:By|BY) [^\n]{{3,60}}(?:[,|/•·–—-]| for| of)? {full_of}(?:{_POST})?{end}"),
            ("byline", rf"^{full_of}(?:{_POST})?$"),
            ("copyright", rf"(?i:{_RIGHTS}){any_of}\b(?i:{_NO_TEXT})"),
            ("sign-off", rf"^{_bracketed(either)}(?: |$)"),
            ("sign-off", rf"^(?:[Ss]ource|SOURCE|[Cc]redit|[Aa]gency)(?: ?: | ?– | ?— ){any_of}{end}"),
            ("sign-off", rf"^[-–—/*]{{1,2}} ?{any_of}{end}"),
            ("sign-off", rf"^[-–—*(]{{0,2}} ?[Ww]ith {inputs}{any_of}(?: inputs?)?{_OTHERS}{end}"),
            ("sign-off", rf"\b(?:auto-generated from|[Dd]istributed by) {any_of}\b"),
        )
    )


def _bracketed(forms: str) -> str:
    return rf"[\[(]{_OTHER}(?P<agency>{forms}){_PASSED_ON}[\])]"


def _either(forms: set[str]) -> str:
    """An alternation of literal forms, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
