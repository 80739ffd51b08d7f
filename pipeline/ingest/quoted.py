"""Long quotations: the words of a source, which two articles may print without either being a copy."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

# A pair of marks in one paragraph. Straight marks do not tell opening from closing: they are paired in order.
_QUOTED: Final = re.compile(r'"[^"\n]*"|“[^”“\n]*”|„[^“”„\n]*[“”]|«[^»«\n]*»')
# Characters, some fifteen words: a shorter one is no third of any text that can be compared.
_LONG: Final = 80


def quoted(texts: pl.DataFrame) -> pl.DataFrame:
    """`article_id`, `start` and `end` of the long quotations in `text`, marks included."""
    rows = [
        (article_id, *mark.span())
        for article_id, text in texts.select("article_id", "text").iter_rows()
        for mark in _QUOTED.finditer(text)
        if mark.end() - mark.start() >= _LONG
    ]
    return pl.DataFrame(rows, {"article_id": pl.String, "start": pl.Int64, "end": pl.Int64}, orient="row")
