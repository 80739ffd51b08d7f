"""Every number of the sample and of the labelled articles is a claim, or rejected with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.events import discover
from pipeline.extract.claims import at_home, extract
from pipeline.extract.lexicon import load_lexicon
from pipeline.ingest.articles import ingest

ROOT = Path(__file__).parents[2]
EVENTS = discover(ROOT / "data") + discover(ROOT / "tests" / "labels")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.event_id)
def test_every_number_is_a_claim_or_rejected(event):
    lexicon = load_lexicon(event)
    read = ingest(event)
    found = extract(read.articles, read.furniture, at_home(lexicon, read.articles))
    number = re.compile(r"\d+|\b(?:" + "|".join(lexicon.numbers.cardinals) + r")\b", re.IGNORECASE)
    taken: dict[str, set[int]] = {}
    for frame in (found.claims, found.rejected):
        for article, start, end in frame.select("article_id", "start", "end").rows():
            taken.setdefault(article, set()).update(range(start, end))
    numbers = 0
    for article, text in read.articles.select("article_id", "text").rows():
        for match in number.finditer(text):
            numbers += 1
            assert match.start() in taken.get(article, ()), (
                f"{article}: {text[match.start() - 40 : match.end()]!r}"
            )
    assert numbers > 10
