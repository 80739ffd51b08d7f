"""An event's own labels, beside what extraction gave for the articles they are of."""

from typing import NamedTuple

import polars as pl

from pipeline.checking import labelled
from pipeline.checking.labelled import Labelled
from pipeline.events import Event
from pipeline.labels import LabelError
from pipeline.warehouse import Warehouse


class OnLabels(NamedTuple):
    """The labels; of the labelled articles, frames of the table extracted and of their ids and raw_paths."""

    known: Labelled
    claims: pl.DataFrame
    files: pl.DataFrame


def on_labels(warehouse: Warehouse, event: Event) -> OnLabels:
    """What is labelled of `event`, and what extraction gave there. Raises LabelError on faulty labels."""
    known = labelled.read(event.root)
    files = warehouse.columns(event.event_id, "articles", "article_id", "raw_path")
    files = files.filter(files["raw_path"].is_in(known.files))
    own = warehouse.some(event.event_id, ["extracted"], "article_id", files["article_id"].to_list())
    return OnLabels(known, own["extracted"], files)


def f1(warehouse: Warehouse, event: Event) -> float | None:
    """The F1 of facts on the event's labels; None without labels that can be read (a check says why)."""
    try:
        return labelled.measure(*on_labels(warehouse, event)).fact.f1
    except LabelError:
        return None
