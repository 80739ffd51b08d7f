"""Events and articles that nobody wrote, for what is measured over many: places, sources, claims, filler."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_CONFIG: Final = """title = "Event {number}"
place = "Riverton"
tolerance = {tolerance}
[[places]]
id = "rv"
name = "Riverton"
kind = "city"
[[actors]]
id = "mayor"
name = "Mayor of Riverton"
side = "authorities"
aliases = ["the mayor"]
[[actors]]
id = "medics"
name = "Riverton medics' union"
side = "medical"
aliases = ["the medics' union"]
{places}"""
_MARKDOWN: Final = """---
outlet: "{outlet}"
published: 2023-05-{day:02d}
url: "{url}"
---
{body}
"""
_PLAIN: Final = """{title}
{outlet}
{day} May 2023

{body}
"""
_PAGE: Final = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="{outlet}"><link rel="canonical" href="{url}">
<meta property="article:published_time" content="2023-05-{day:02d}T08:00:00Z"></head>
<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{title}</h1>
{body}</article></main>
<aside><h2>Most read</h2><ol>{links}</ol></aside><footer><p>About us. Contact.</p></footer></body></html>
"""
_ENTRY: Final = """<entry><id>{url}</id><title>{title}</title><link href="{url}"/>
<published>2023-05-{day:02d}T08:00:00Z</published><updated>2023-05-{day:02d}T08:00:00Z</updated>
<content type="html"><![CDATA[{body}]]></content></entry>
"""
_FEED: Final = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>{url}</id><title>{outlet}</title>
<updated>2023-05-30T08:00:00Z</updated>
{entries}</feed>
"""
_CLAIMS: Final = (
    "At least {a} people were killed in {place}, the mayor said.",
    "The medics' union said on Monday that {a} people had been injured in {place}, including {b} children.",
    "Police detained {a} protesters in {place}.",
)
_OTHER: Final = "The {} {} of the {} {} {} the {} near the {} {}."
_PLACES: Final = 40  # places of an event; what is claimed of one is no answer to what is asked of another
_WORDS: Final = tuple(
    first + middle + last
    for first in ("bar", "cor", "del", "fen", "gor", "hal", "mar", "nor", "pel", "sol", "tor", "vel")
    for middle in ("", "a", "en", "i", "or")
    for last in ("dan", "ket", "lin", "mos", "ner", "pol", "rick", "ston", "ty", "wen")
)


def configure(folder: Path, number: int, tolerance: float = 0.05) -> None:
    """Write the event.toml of the event in `folder`."""
    places = "".join(
        f'[[places]]\nid = "d{one}"\nname = "District {one}"\nkind = "city"\n' for one in range(_PLACES)
    )
    text = _CONFIG.format(number=number, tolerance=tolerance, places=places)
    (folder / "event.toml").write_text(text, encoding="utf-8")


def sentences(rng: random.Random, count: int, *, claims: bool) -> list[str]:
    """`count` sentences of about 90 characters, before them two with `claims`."""
    told = [
        rng.choice(_CLAIMS).format(
            a=rng.randrange(10, 400), b=rng.randrange(2, 10), place=f"District {rng.randrange(_PLACES)}"
        )
        for _ in range(2 if claims else 0)
    ]
    return [*told, *(_OTHER.format(*rng.choices(_WORDS, k=8)).capitalize() for _ in range(count))]


@dataclass(frozen=True, slots=True)
class Article:
    """An article before it has a form: who printed it, on which day of May 2023, and what."""

    number: int
    outlet: str
    day: int
    sentences: tuple[str, ...]

    @property
    def _told(self) -> dict[str, Any]:
        url = f"https://example.org/{self.number}"
        title = f"What happened in {_WORDS[self.number % len(_WORDS)].capitalize()}"
        return {"outlet": self.outlet, "day": self.day, "url": url, "title": title}

    def _paragraphs(self, size: int = 3) -> list[str]:
        return [" ".join(self.sentences[at : at + size]) for at in range(0, len(self.sentences), size)]

    @property
    def _html(self) -> str:
        return "".join(f"<p>{one}</p>\n" for one in self._paragraphs())

    def markdown(self) -> str:
        """Front matter and one paragraph."""
        return _MARKDOWN.format(**self._told, body=" ".join(self.sentences))

    def plain(self) -> str:
        """Headline, outlet and date, each on a line, and paragraphs."""
        return _PLAIN.format(**self._told, body="\n\n".join(self._paragraphs()))

    def page(self) -> str:
        """A page of a news site, with as many links around the article as such pages have."""
        names = _WORDS[self.number % 300 :][:40]
        links = "".join(f'<li><a href="/{name}">All about {name.capitalize()}</a></li>\n' for name in names)
        return _PAGE.format(**self._told, body=self._html, links=links)

    def entry(self) -> str:
        """An entry of a feed, with the whole text."""
        return _ENTRY.format(**self._told, body=self._html)


def article(rng: random.Random, number: int, count: int, *, claims: bool) -> Article:
    """An article of one of forty outlets, of so many `sentences`."""
    told = tuple(sentences(rng, count, claims=claims))
    return Article(number, f"Outlet {rng.randrange(40)}", rng.randrange(1, 29), told)


def copied(rng: random.Random, original: Article, number: int) -> Article:
    """What another outlet makes of an article a day later: a fifth cut from its end, a new last sentence."""
    kept = original.sentences[: -len(original.sentences) // 5]
    last = sentences(rng, 1, claims=False)
    day = min(original.day + rng.randrange(2), 28)
    return Article(number, f"Outlet {rng.randrange(40)}", day, (*kept, *last))


def feed(articles: Sequence[Article]) -> str:
    """An Atom feed of the outlet of the first."""
    entries = "".join(one.entry() for one in articles)
    return _FEED.format(outlet=articles[0].outlet, url="https://example.org/feed", entries=entries)
