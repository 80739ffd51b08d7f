"""Extraction on one core beside its rivals, and on one core beside two.

Articles of 4 kB of newswire in which every tenth begins with two claims. Rivals run in environments of their
own (environments.py) and give the seconds of the processor that their passes took; none of them keeps a
speaker, a modifier, parts or what became of a figure.
"""

from __future__ import annotations

import json
import random
import time

import made_up
import polars as pl
import pytest
from environments import environment, told
from measuring import Goal, rate, timed
from newswire import articles

from pipeline.extract.claims import extract, read
from pipeline.extract.lexicon import load_lexicon
from pipeline.schema import ARTICLES, FURNITURE

RIVALS = {
    "gdelt-regkg": "gdelt-regkg: killed, injured, detained",
    "quantulum3": "quantulum3: numbers with units",
    "cqe": "CQE: numbers with units and what they are of",
    "recognizers-text": "recognizers-text: numbers alone",
}


def texts(count: int) -> list[str]:
    """So many articles."""
    rng = random.Random(7)  # noqa: S311
    return [
        " ".join((*made_up.sentences(rng, 0, claims=number % 10 == 0), text))
        for number, text in enumerate(articles(count))
    ]


@pytest.mark.parametrize("rival", RIVALS)
def test_one_core(beside, tmp_path, small, rival):
    """The same articles, one core, beside a rival."""
    found = texts(5 if small else 40)
    file = tmp_path / "texts.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    lexicon = load_lexicon()
    beside(
        f"extraction, {len(found)} articles, one core",
        timed(lambda: [read(text, None, (), lexicon) for text in found]),
        RIVALS[rival],
        lambda: min(told(environment(rival), "rivals.py", rival, file, 1)),
        kind="fast",
        rounds=1 if small else 3,
        figure=rate(len(found), "articles"),
    )


def test_two_processes(beside, small):
    """The same rows from two processes and from one: seconds of the clock."""
    found = texts(200 if small else 4_000)
    rows = [
        {"article_id": f"a{number:06d}", "event_id": "riverton", "text": text}
        for number, text in enumerate(found)
    ]
    frame, nothing, lexicon = ARTICLES.frame(rows), FURNITURE.frame(), load_lexicon()
    made: dict[int, pl.DataFrame] = {}

    def with_processes(number: int) -> None:
        made[number] = extract(frame, nothing, lexicon, processes=number).claims

    beside(
        f"extraction, {len(found):,} articles, two processes",
        timed(lambda: with_processes(2), time.perf_counter),
        "one process",
        timed(lambda: with_processes(1), time.perf_counter),
        kind="fast",
        goal=Goal(1.7, "least"),
        rounds=1 if small else 3,
        figure=rate(len(found), "articles"),
    )
    if not made[1].equals(made[2]):
        pytest.fail("two processes give other rows than one")
