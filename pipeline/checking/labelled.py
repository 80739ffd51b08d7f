"""Extraction is as good on an event's own labels as it was when their bar was last raised.

An event may have labels made by hand (`labels.jsonl` beside its articles, in the form of CONTRIBUTING.md) and
a bar (`labels.toml`: `f1`, and as `source` who labelled what, and what reached it).
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.checking.verdict import Broken, Row, Verdict, judge
from pipeline.coded.files import inside
from pipeline.coded.layout import names
from pipeline.labels import LabelError, LabelledArticle, read_labels
from pipeline.scoring import Score, score

LABELS: Final = "labels.jsonl"
BAR: Final = "labels.toml"


@dataclass(frozen=True, slots=True)
class Bar:
    """The F1 of facts below which extraction must not fall, and where it comes from."""

    f1: float
    source: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """An event's labelled articles, and their bar if it has one."""

    articles: Sequence[LabelledArticle] = ()
    bar: Bar | None = None

    @property
    def files(self) -> list[str]:
        """The articles' files, relative to the event's folder, as `articles.raw_path` has them."""
        return [one.file.as_posix() for one in self.articles]


def read(folder: Path) -> Labelled:
    """The labels in an event's `folder`, none if it has none. Raises LabelError on what cannot be read."""
    labels, bar = folder / LABELS, folder / BAR
    try:
        articles = read_labels(labels) if inside(folder, labels) else []
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{LABELS}: {error}; save it as UTF-8") from error
    return Labelled(articles, _bar(bar) if inside(folder, bar) else None)


def _bar(path: Path) -> Bar:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return Bar(float(values["f1"]), str(values["source"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise LabelError(f"{path.name}: {error!r}; it holds `f1 = 0.95` and a `source`") from error


def measure(labelled: Labelled, claims: pl.DataFrame, articles: pl.DataFrame) -> Score:
    """How well `claims`, as extraction gave them, agree with the labels of those articles that are there."""
    files = articles.select("article_id", "raw_path")
    named = claims.with_columns(pl.col("place_text").alias("place")).join(files, on="article_id")
    by_file = named.partition_by("raw_path", as_dict=True)
    own = {str(key[0]): frame.to_dicts() for key, frame in by_file.items()}
    there = set(files["raw_path"])
    return score(
        [
            (file, one.labels, own.get(file, []))
            for file, one in zip(labelled.files, labelled.articles, strict=True)
            if file in there
        ],
        names("metric"),
    )


def check(labelled: Labelled, claims: pl.DataFrame, articles: pl.DataFrame) -> Verdict:
    """Whether the F1 of facts (metric and number) on the labels reaches the bar."""
    found = measure(labelled, claims, articles)
    absent = sorted(set(labelled.files) - set(articles["raw_path"]))
    f1, bar = found.fact.f1, labelled.bar
    if f1 is None:
        return judge("no labels", [_absent(absent)])
    told = f"F1 {_cut(f1)} on {found.articles} labelled articles, {_against(bar)}"
    below = bar is not None and f1 < bar.f1
    return judge(
        told,
        [
            Broken(
                "error",
                f"{told}: facts missed or wrong",
                _faults(found) if below else (),
                "Extraction or the labels changed; `counterclaim score` on the labels names all of them. "
                "Repair what changed; lower the bar in labels.toml only with the reason as its source.",
            ),
            _absent(absent),
        ],
        F1=f1,
        precision=found.fact.precision or 0.0,
        recall=found.fact.recall or 0.0,
        **({"bar": bar.f1} if bar else {}),
        labelled_articles=found.articles,
    )


def unreadable(error: LabelError) -> Verdict:
    """The verdict where the labels or their bar cannot be read: nothing says how good extraction is."""
    rows = ((None, None, str(error)),)
    return judge("", [Broken("error", "Labels that cannot be read", rows, "Repair the file.")])


def _absent(files: Sequence[str]) -> Broken:
    return Broken(
        "warning",
        "Labelled articles that the event does not have",
        tuple((None, file, "is not there") for file in files),
        "Put the article back, or take its line out of labels.jsonl.",
    )


def _faults(found: Score) -> tuple[Row, ...]:
    return tuple(
        (None, file, f"{what}: {metric} {number}")
        for what, facts in (("missed", found.missed), ("wrong", found.wrong))
        for file, metric, number in facts
    )


def _against(bar: Bar | None) -> str:
    return f"the bar is {bar.f1} ({bar.source})" if bar else f"no bar: put `f1` and `source` into {BAR}"


def _cut(share: float) -> str:
    """Three places, cut and not rounded up."""
    return f"{int(share * 1000) / 1000:.3f}"
