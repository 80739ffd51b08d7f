"""Extract: each article's numbers become claims, or are rejected with a reason."""

from collections.abc import Iterator
from typing import NamedTuple

import dagster as dg
import polars as pl

from pipeline.assets.describe import event_asset
from pipeline.assets.ingest import articles
from pipeline.assets.labels import f1
from pipeline.assets.step import Result, Step, Tables
from pipeline.assets.workspace import Workspace
from pipeline.extract import refusals
from pipeline.extract.changes import ARTICLE, Changes, changes
from pipeline.extract.claims import Extraction, Extractors, Group, at_home
from pipeline.extract.coded import coded
from pipeline.extract.lexicon import Lexicon, known_of, load_lexicon
from pipeline.fingerprint import fingerprint
from pipeline.schema import EXTRACTED, EXTRACTIONS, REJECTED
from pipeline.versions import EXTRACTION

_TOGETHER = 500  # articles whose claims are put into the warehouse at a time
_GIVEN = (EXTRACTED, REJECTED, EXTRACTIONS)


@event_asset("extract", EXTRACTED, maker=EXTRACTION, deps=[articles])
def extracted(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Who said that how many of which people, where and when, with the characters that say so.

    An article whose text and extractor are as they were is not extracted again.
    """
    event = workspace.event(context.partition_key)
    limits = workspace.settings.limits
    facts = (known_of(event), event.coded, limits.of_extraction)
    step = Step.begin(context, workspace, EXTRACTION, (articles,), *facts)
    if step.is_done:
        return _told(step, step.unchanged(EXTRACTED.name, REJECTED.name))
    warehouse, lexicon = workspace.warehouse, load_lexicon(event)
    if not lexicon.settled:
        lexicon = at_home(lexicon, warehouse.columns(event.event_id, "articles", "text"))
    before = warehouse.read(event.event_id, "furniture", EXTRACTIONS.name)
    work = changes(
        warehouse.columns(event.event_id, "articles", *ARTICLE),
        before["furniture"],
        before[EXTRACTIONS.name],
        fingerprint(EXTRACTION.version, *facts, lexicon.home),
    )
    _renew(step, work, lexicon)
    told = step.finish_parts((EXTRACTED.name, REJECTED.name), _refused(step), problems_of="extract")
    return _told(step, told)


def _told(step: Step, result: Result) -> Result:
    """The result with how well extraction does on the event's labels, if it has some."""
    share = f1(step.warehouse, step.event)
    more = {} if share is None else {"extraction F1 on labels": dg.MetadataValue.float(share)}
    return result._replace(metadata={**(result.metadata or {}), **more})


def _renew(step: Step, work: Changes, lexicon: Lexicon) -> None:
    """Extract what is to be extracted and forget what is gone, some articles at a time."""
    event, warehouse, settings = step.event, step.warehouse, step.workspace.settings
    if work.gone:
        nothing = {table.name: table.frame() for table in _GIVEN}
        warehouse.put(event.event_id, nothing, "article_id", work.gone, undo=step.stage)
    with (
        step.workspace.progress.stage(step.stage, len(work.to_extract)) as on_article,
        Extractors(
            lexicon, settings.limits, len(work.to_extract), settings.processes, settings.cluster
        ) as extractors,
    ):
        for part, found in extractors.extract(_parts(step, work), on_article):
            tables = _tables(part, found, work.extractions)
            warehouse.put(event.event_id, tables, "article_id", part.ids, undo=step.stage)


class _Part(NamedTuple):
    """Articles that are put into the warehouse together. `coded` are the claims of those that are rows of
    coded tables.
    """

    ids: tuple[str, ...]
    coded: pl.DataFrame


def _parts(step: Step, work: Changes) -> Iterator[Group[_Part]]:
    event = step.event
    for begin in range(0, len(work.to_extract), _TOGETHER):
        ids = work.to_extract[begin : begin + _TOGETHER]
        read = step.warehouse.some(event.event_id, ("articles", "furniture"), "article_id", ids)
        written = read["articles"].filter(pl.col("kind") != "coded")
        yield Group(_Part(ids, coded(read["articles"], event.coded)), written, read["furniture"])


def _tables(part: _Part, found: Extraction, extractions: pl.DataFrame) -> Tables:
    """The tables _GIVEN of one part. What was refused stays refused until its text or the limits change: it
    is noted beside the `extractions` that are done.
    """
    done = extractions.filter(pl.col("article_id").is_in(part.ids)).drop("message", "remedy")
    return {
        EXTRACTED.name: pl.concat([found.claims, part.coded]),
        REJECTED.name: found.rejected,
        EXTRACTIONS.name: done.join(found.refused, on="article_id", how="left"),
    }


def _refused(step: Step) -> pl.DataFrame:
    """The articles that are refused, as rows of the table problems."""
    event_id, warehouse = step.event.event_id, step.warehouse
    refused = warehouse.columns(event_id, EXTRACTIONS.name, "article_id", "message", "remedy")
    articles = warehouse.columns(event_id, "articles", "article_id", "event_id", "raw_path")
    return refusals.problems(refused.drop_nulls("message"), articles)
