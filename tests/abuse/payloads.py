"""An event in which every word that others may write is an attack on whatever prints it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Final

from saved import page

EVENT: Final = "riverton-2023"
HOST: Final = "evil.example"  # whatever asks this host was made to
# What a script that runs leaves behind.
OWNED: Final = "owned"

HTML: Final = (
    f"</script></style></title><script>{OWNED}=1</script><img src=http://{HOST}/i onerror={OWNED}=1>"
    f"<svg onload={OWNED}=1><style>@import 'http://{HOST}/s'</style><!--"
)
TYPST: Final = '#read("/etc/passwd") #import "@preview/cetz:0.3.0" #eval("1+1") $x^2$ <x> @x `r` = h'
MATHTEXT: Final = r"$\hspace{9999999}$ ` $ x $$ \frac &amp; &lol;"
MARKDOWN: Final = (
    f"[a](javascript:{OWNED}=1) ![i](http://{HOST}/m) | a\\|b # h ``` `c` **b** _e_ ~~s~~ @someone #12 <b> "
    "::error::x ##[error]x ::set-output name=x::y"
)
TERMINAL: Final = (
    f"\x1b[2J\x1b]8;;http://{HOST}\x1b\\x\x1b]52;c;eA==\x07\x9b31mover\rwritten\x08\x7f\x85\u2028"
)
BIDI: Final = "\u202e12\u202c\u2066\u2069\u200b\u200f\u00ad"
RICH: Final = rf":skull: [link=http://{HOST}]x[/link] \[link=http://{HOST}]x[/link] [red]y[/]"
# In a cell of a spreadsheet that is set to another separator, and in the next of its lines.
SPLIT: Final = "a;=1+1;b\n@SUM(1)\t-2+3"
WRITTEN: Final = " ".join((HTML, TYPST, MATHTEXT, MARKDOWN, RICH))  # what a page may print
EVERYTHING: Final = f"{WRITTEN} {SPLIT} {TERMINAL} {BIDI}"
SHORT: Final = f"$x$ <b>#x[a](b) <script>{OWNED}=1</script> {TERMINAL}{BIDI}"

_FIRST: Final = "The Riverland Health Ministry said that {} people were killed in Riverton."
_ARTICLES: Final = (
    # outlet, day, text
    ("=cmd|' /C calc'!A0", "2023-05-04", _FIRST.format(12)),
    ("@SUM(1+1)", "2023-05-05", _FIRST.format(15)),
    (
        "-2+3 $x$ $$",
        "2023-05-05",
        "The Riverland Health Ministry withdrew its report that 12 people had been killed in Riverton.",
    ),
    ("\t+1", "2023-05-07", _FIRST.format(12)),
)


def acting(text: str) -> set[str]:
    """The characters of a text that are neither words nor line ends: controls, and signs of no width."""
    found = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    return {f"U+{ord(char):04X}" for char in found - {"\n"}}


def write(data: Path) -> Path:
    """The event's folder in the folder `data`: an input of every kind that others may have written."""
    event = data / EVENT
    for folder in ("articles", "coded"):
        (event / folder).mkdir(parents=True)
    (event / "event.toml").write_text(_config(), encoding="utf-8")
    for name, content in _articles().items():
        (event / "articles" / name).write_bytes(content)
    (event / "coded" / f"={_name('acled')}.csv").write_text(_coded(), encoding="utf-8")
    return event


def _config() -> str:
    texts = {
        "title": f"=Riverton {EVERYTHING}",
        "question": f"@Who {EVERYTHING}",
        "notice": f"-Note {EVERYTHING}",
        "place": f"+Riverton {SHORT}",
    }
    place = {"id": "rv", "name": texts["place"], "kind": "city", "aliases": ["Riverton"]}
    health = {"id": "rl-health", "name": f"=Health {EVERYTHING}", "side": "authorities"}
    actor = {**health, "aliases": ["Riverland Health Ministry"]}
    rescuers = {"name": "rescuers", "metrics": ["missing"], "words": ["rescuers"], "label": f"=R {SHORT}"}
    entries = {
        "places": place,
        "actors": actor,
        "populations": rescuers,
        "lexicon.rejection": {"reason": f"=tents {SHORT}", "nouns": ["tents"], "source": "x"},
    }
    lines = [line for name, entry in entries.items() for line in (f"[[{name}]]", *_pairs(entry))]
    return "\n".join((*_pairs(texts), *lines, ""))


def _pairs(values: dict[str, object]) -> list[str]:
    # A text of TOML is one of JSON, but for the one control that JSON leaves as it is.
    return [f"{name} = {json.dumps(value)}".replace("\x7f", r"\u007f") for name, value in values.items()]


def _name(stem: str) -> str:
    """A file's name: all of it but what ends a name."""
    return f"{stem}{SHORT}".replace("/", "_")[:80]


def _articles() -> dict[str, bytes]:
    found = {
        f"-{_name(str(number))}.md": _markdown(
            f"{text} {WRITTEN} {BIDI}\n\n- 7 rescuers were missing, said the @Ministry of ＝Health. "
            "There were 9 tents.\n;=1",
            outlet=f"{outlet} {EVERYTHING}",
            title=f"={number} {EVERYTHING}",
            byline=f"+B{BIDI} {EVERYTHING}",
            url=f"https://example.org/{number}?<script>'\"&=`",
            published=day,
        )
        for number, (outlet, day, text) in enumerate(_ARTICLES)
    }
    for number, url in enumerate(("javascript:owned=1", "data:text/html,<script>owned=1</script>")):
        text = f"Police said 3{number} people were detained in Riverton."
        found[f"url{number}.md"] = _markdown(text, url=url, outlet=f"x{number}", published="2023-05-06")
    found["fault.md"] = _markdown("A text.", kind=SHORT)
    told = {"text": f"Medics said {EVERYTHING} 9 people were hurt in Riverton.", "title": EVERYTHING}
    told |= {"outlet": f"=J {EVERYTHING}", "author": EVERYTHING, "date": "2023-05-06"}
    found["lines.jsonl"] = json.dumps(told).encode()
    found["feed.xml"] = _feed()
    found["page.html"] = page(title=f"{_entities(EVERYTHING)}", head=_head())
    return found


def _markdown(text: str, **front: str) -> bytes:
    """An article; the front matter is YAML, of which JSON is a part."""
    lines = [f"{name}: {json.dumps(value)}" for name, value in front.items()]
    return "\n".join(("---", *lines, "---", text, "")).encode()


def _entities(text: str) -> str:
    """The text in XML and HTML: what may not stand there is left out."""
    legal = "".join(char for char in text if char >= " " and char != "\x7f")
    return "".join(f"&#{ord(char)};" if char in "<>&\"'" else char for char in legal)


def _feed() -> bytes:
    hostile = _entities(EVERYTHING)
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>=F {hostile}</title><item><title>=I {hostile}</title><dc:creator>{hostile}</dc:creator>
<link>https://example.org/feed</link><pubDate>Sat, 06 May 2023 10:00:00 GMT</pubDate>
<description>Officials said 8 people were arrested in Riverton. {hostile}</description></item>
</channel></rss>""".encode()


def _head() -> str:
    told = {"@type": "NewsArticle", "author": {"name": EVERYTHING}, "datePublished": "2023-05-06"}
    site, script = _entities(EVERYTHING), json.dumps(told).replace("<", "\\u003c")
    return (
        f'<meta property="og:site_name" content="{site}"><script type="application/ld+json">{script}</script>'
    )


def _coded() -> str:
    cells = [f"={EVERYTHING}", "04 May 2023", "2023", "1", "Battles", f"@{EVERYTHING}", "Riverland"]
    cells += [f"-{SHORT}", f"=Harborport {SHORT}", f"+Post {EVERYTHING}", f"Notes {EVERYTHING}", "12"]
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    return (
        "event_id_cnty,event_date,year,time_precision,event_type,actor1,country,admin1,location,source,notes,"
        f"fatalities\n{quoted}\n"
    )
