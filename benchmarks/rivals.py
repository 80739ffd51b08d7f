"""One extractor over the same texts, in an environment of its own. Prints the seconds of each pass as JSON.

python rivals.py NAME TEXTS.json PASSES
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def counterclaim() -> Callable[[str], object]:
    """Our own: every number read, bound, attributed and judged."""
    from pipeline.extract.claims import read
    from pipeline.extract.lexicon import load_lexicon

    lexicon = load_lexicon()
    return lambda text: read(text, None, (), lexicon)


def regkg() -> Callable[[str], object]:
    """gdelt-regkg: counts of people killed, injured and detained, after GDELT."""
    from gdelt_regkg.fields.counts import analyze_counts

    return analyze_counts


def quantulum() -> Callable[[str], object]:
    """quantulum3: quantities with units; no metric, no speaker."""
    from quantulum3 import parser

    return parser.parse


def recognizers() -> Callable[[str], object]:
    """recognizers-text: numbers alone."""
    from recognizers_number import recognize_number

    return lambda text: recognize_number(text, "en-us")


EXTRACTORS = {
    "counterclaim": counterclaim,
    "gdelt-regkg": regkg,
    "quantulum3": quantulum,
    "recognizers-text": recognizers,
}


def main(name: str, texts: Path, passes: int) -> None:
    """Time `passes` passes over the texts, after one that warms up."""
    extract = EXTRACTORS[name]()
    articles = json.loads(texts.read_text(encoding="utf-8"))
    for text in articles:
        extract(text)
    seconds = []
    for _ in range(passes):
        started = time.perf_counter()
        for text in articles:
            extract(text)
        seconds.append(time.perf_counter() - started)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
