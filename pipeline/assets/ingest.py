"""Ingest: the files of an event's folder become articles."""

import dagster as dg
import polars as pl

from pipeline.assets.describe import event_asset
from pipeline.assets.step import Result, Step, Tables, table_asset
from pipeline.assets.workspace import Workspace
from pipeline.events import Event
from pipeline.fingerprint import content, fingerprint
from pipeline.ingest import copies as likeness
from pipeline.ingest.articles import assemble, with_texts, without_texts
from pipeline.ingest.changes import Changes, beside, changes
from pipeline.ingest.reading import Reading, read
from pipeline.schema import ARTICLES, COPIES, FILES, PAGE_FURNITURE, PAGE_PROBLEMS, PAGES
from pipeline.versions import INGEST, READING

_READ = (PAGES, PAGE_FURNITURE, PAGE_PROBLEMS)


@event_asset("ingest", ARTICLES, maker=INGEST)
def articles(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Articles of the event, with their page furniture marked and what could not be read listed.

    A file that is as it was when it was last read is not read again.
    """
    event, limits = workspace.event(context.partition_key), workspace.settings.limits
    known = workspace.warehouse.read(event.event_id, FILES.name)[FILES.name]
    work = changes(event, known, fingerprint(READING.version, limits.of_reading), limits)
    files = content({FILES.name: work.files.select("file", "sha256", "reader")})
    facts = (files, limits.of_reading, event.coded, event.mistakes, beside(event, limits))
    step = Step.begin(context, workspace, INGEST, (), *facts)
    _renew(step, work)
    if step.is_done and not work.to_read:
        return step.unchanged("articles", "furniture", "problems")
    read = step.warehouse.read(event.event_id, ARTICLES.name, *(table.name for table in _READ))
    pages = with_texts(read[PAGES.name], read[ARTICLES.name])
    found = assemble(event, {**read, PAGES.name: pages}, limits)
    tables = {"articles": found.articles, "furniture": found.furniture, "problems": found.problems}
    working = {PAGES.name: without_texts(pages, found.articles)}
    return step.finish(tables, problems_of="ingest", beside=working)


def _renew(step: Step, work: Changes) -> None:
    """Read what is to be read and forget what is gone, some files at a time: what was read stays read."""
    event, warehouse, limits = step.event, step.warehouse, step.workspace.settings.limits
    if work.touched:
        touched = work.files.filter(pl.col("file").is_in(work.touched))
        warehouse.put(event.event_id, {FILES.name: touched}, "file", work.touched)
    if work.gone:
        nothing = {table.name: table.frame() for table in (FILES, *_READ)}
        warehouse.put(event.event_id, nothing, "file", work.gone, undo=step.stage)
    with step.workspace.progress.stage(step.stage, len(work.to_read)) as on_file:
        for reading in read(event.event_id, event.root, work.to_read, limits, on_file):
            rows = _rows(reading, work.files)
            warehouse.put(event.event_id, rows, "file", reading.files, undo=step.stage)


def _rows(reading: Reading, files: pl.DataFrame) -> Tables:
    name = pl.col("file")
    again = name.is_in(reading.exhausted).alias("again")
    return {
        FILES.name: files.filter(name.is_in(reading.files)).with_columns(again),
        PAGES.name: reading.pages,
        PAGE_FURNITURE.name: reading.furniture,
        PAGE_PROBLEMS.name: reading.problems,
    }


@table_asset("ingest", (COPIES,), INGEST, deps=[articles], reads=("articles", "furniture"))
def copies(_: Event, read: Tables) -> Tables:
    """Articles whose text is largely that of another article of the event."""
    return {"copies": likeness.copies(read["articles"], read["furniture"])}
