"""What one article may cost: seconds of the processor and memory of extraction, by what it is made of.

    python benchmarks/bounds.py [CHARACTERS…]

Each text is one shape repeated, which some component of the cascade likes least. Writes its section of
docs/performance.md. Articles that hold more numbers than one article may are refused: they cost what
it takes to find that out.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count

from page import measured_on, section

SIZES = (50_000, 200_000, 1_000_000)
SHAPES = {
    "one sentence": "word ",
    "sentences without a number": "The mayor said so. ",
    "numbers": "12 ",
    "numbers in words": "one hundred and ",
    "digits": "1",
    "thousands": "1 000 ",
    "claims": "Police said 12 people were killed. ",
    "claims, a line each": "Police said 12 people were killed.\n",
    "claims without a full stop": "police sent 70 soldiers to Riverton ",
    "nested parts": "12 people were killed, including 3 in Riverton, ",
    "parts without a whole": "including 3 in Riverton, ",
    "parts too large for their wholes": "2 people were killed. They include 30 children.\n",
    "parts among": "three children among 164 killed ",
    "attributions": "said the health ministry, according to police, ",
    "claims, each with its source": "The ministry said on Monday that 12 people died, according to police.\n",
    "quotations": '"12 killed" said ',
    "quotations that do not close": "“They said 12 were killed. ",
    "a table": "| Riverton | 12 | 13 |\n",
    "many tables": "| Dead | 12 |\n| Hurt | 3 |\n\nRiverton\n\n",
    "one row": "| 12 ",
    "lists": "12 were killed:\nin Riverton – 10 people\n",
    "brackets": "(12 [",
    "withdrawals": "12 people were killed.\nThe ministry withdrew the figure.\n",
    "earlier figures": "Earlier 12 people were killed. The previous toll was 12. ",
    "questions": "How many died? 12. ",
    "moving totals": "The toll rose to 12, from 11. ",
    "initials": "U.S.A. ",
    "marks": "!? ",
    "lines": "a\n\n",
}


def text(shape: str, size: int) -> str:
    """`size` characters of a shape. Each twelve is another number, so that no two figures agree."""
    numbers = count(10)
    pieces = SHAPES[shape].split("12 p")
    found, length = [], 0
    while length < size:
        found.append(f"{next(numbers)} p".join(pieces))
        length += len(found[-1])
    return "".join(found)[:size]


def measure(shape: str, size: int) -> dict[str, float]:
    """Seconds and megabytes of one text in this process, and what came of it."""
    from pipeline.extract.claims import Article, rows
    from pipeline.extract.lexicon import load_lexicon
    from pipeline.extract.refusals import TooManyError
    from pipeline.limits import Limits

    lexicon, article = load_lexicon(), Article("a", "riverton", "", text(shape, size), None, ())
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        found = rows(article, lexicon, Limits().article_numbers)
        claims, rejected = len(found.claims), len(found.rejected)
    except TooManyError:
        claims = rejected = -1
    taken = time.process_time() - started
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"seconds": taken, "megabytes": grown / 1024, "claims": claims, "rejected": rejected}


def apart(shape: str, size: int) -> dict[str, float]:
    """The same in a process of its own: memory is measured by its peak."""
    command = [sys.executable, __file__, "--one", shape, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def rows_of(sizes: tuple[int, ...]) -> Iterator[str]:
    """A row of the table a shape."""
    for shape in SHAPES:
        cells = []
        for size in sizes:
            found = apart(shape, size)
            refused = " (refused)" if found["claims"] < 0 else ""
            cells.append(f"{found['seconds']:.1f} s, {found['megabytes']:,.0f} MB{refused}")
        last = "" if found["claims"] < 0 else f"{found['claims'] + found['rejected']:,.0f}"
        yield f"| {shape} | {' | '.join(cells)} | {last} |"
        print(shape, *cells, last, sep=" | ", flush=True)


def main(*sizes: int) -> None:
    """Measure, print and write the table."""
    heads = " | ".join(f"{size:,} characters" for size in sizes)
    table = "\n".join(rows_of(sizes))
    told = f"""## The worst of one article

Extraction of one article made of one shape, repeated: seconds of one core and growth of memory. An article
with more than COUNTERCLAIM_ARTICLE_NUMBERS numbers is refused. {measured_on()}.

| shape | {heads} | numbers in the last |
| --- | {" | ".join("---:" for _ in sizes)} | ---: |
{table}
"""
    section("bounds", told)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main(*(map(int, sys.argv[1:]) if sys.argv[1:] else SIZES))
