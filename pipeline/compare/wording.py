"""Other words: a figure said again as "nearly 1,700" or "hundreds" where 1,678 is the figure.

Two roads lead to the exact figure. By its source: the same source, within two days, gave it for the same
people, place and scope. Within an article: words that name no source, such as a headline's, tell a figure of
its text; a word without a number counts as in ACLED's codebook, and links if it can mean one figure only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.compare.codebooks.book import codebook, numbered
from pipeline.compare.frames import first_of

WINDOW_DAYS: Final = 2
# Nobody calls ten thousand "hundreds": a word tells figures below a hundred times its number.
WORD_SPAN: Final = 100
_FACT: Final = ("metric", "population", "incident", "scope")
_SAID: Final = ("row", "article_id", *_FACT, "place", "source", "number", "modifier", "vague_word")
_LOOSE: Final = ("about", "more_than", "at_least", "up_to")
_ROW: Final = "other words"


def other_words(frame: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    """`row`, and as `other words` the row of the exact claim that it says again; that claim names itself.

    `frame`: claims as `frames.dated` gives them, with `row`. `tolerance`: how far, as a share of the exact
    number, an inexact one may lie from it.
    """
    found = pl.concat([_by_source(frame, tolerance), _by_article(frame, tolerance), _words(frame)])
    found = found.unique("row", keep="first", maintain_order=True)
    themselves = found.select(pl.col(_ROW).alias("row"), _ROW).unique()
    return pl.concat([found, themselves])


def _by_source(frame: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    keys = ["source", "place", *_FACT]
    own = (
        frame.select("row", "number", "modifier", "stated_on", *keys)
        .filter(
            pl.col("source").is_not_null()
            & pl.col("number").is_not_null()
            & pl.col("stated_on").is_not_null()
        )
        .select("row", "number", "modifier", "stated_on", first_of(*keys).alias("of"))
    )
    exact = own.filter(pl.col("modifier") == "exact").select(
        "of", "stated_on", said="number", **{_ROW: "row"}
    )
    offsets = pl.DataFrame({"offset": range(-WINDOW_DAYS, WINDOW_DAYS + 1)})
    loose = own.filter(pl.col("modifier").is_in(_LOOSE)).join(offsets, how="cross")
    loose = loose.with_columns(pl.col("stated_on") + pl.duration(days=pl.col("offset")))
    return _nearest(loose.join(exact, on=["of", "stated_on"]), tolerance)


def _by_article(frame: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    loose = frame.select(_SAID).filter(pl.col("source").is_null() & pl.col("modifier").is_in(_LOOSE))
    return _nearest(_with_figures(loose, frame, ("article_id", "metric", "population")), tolerance)


def _words(frame: pl.DataFrame) -> pl.DataFrame:
    """Words without a number that name no source, where their article has one figure that they can mean."""
    words = frame.select(_SAID).filter((pl.col("modifier") == "vague") & pl.col("source").is_null())
    words = words.with_columns(least=numbered(codebook("acled")))
    means = (pl.col("least") <= pl.col("said")) & (pl.col("said") < pl.col("least") * WORD_SPAN)
    meant = _with_figures(words, frame, ("article_id", *_FACT)).filter(means)
    one = meant.filter(pl.col("said").n_unique().over("row") == 1).sort(_ROW)
    return one.unique("row", keep="first", maintain_order=True).select("row", _ROW)


def _with_figures(words: pl.DataFrame, frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Each of `words` with the exact figures that agree in `keys` and do not name another place."""
    figures = (
        frame.select("modifier", *keys, said="number", there="place", **{_ROW: "row"})
        .filter(pl.col("modifier") == "exact")
        .drop("modifier")
    )
    same_place = pl.col("place").is_null() | pl.col("there").is_null() | (pl.col("place") == pl.col("there"))
    return words.join(figures, on=keys, nulls_equal=True).filter(same_place)


def _nearest(pairs: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    """Of each row the nearest exact figure that its words do not exclude."""
    above = pl.col("modifier").is_in(["more_than", "at_least"]) & (pl.col("said") < pl.col("number"))
    below = (pl.col("modifier") == "up_to") & (pl.col("said") > pl.col("number"))
    return (
        pairs.with_columns((pl.col("number") - pl.col("said")).abs().alias("off"))
        .filter((pl.col("off") <= pl.col("said") * tolerance) & ~above & ~below)
        .sort("off", _ROW)
        .unique("row", keep="first", maintain_order=True)
        .select("row", _ROW)
    )
