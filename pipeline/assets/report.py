"""Report: the tables of one event become figures, pages and files, beside the report that stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dagster as dg

from pipeline import exports as exporting
from pipeline import interchange
from pipeline.actors import actors
from pipeline.assets import describe
from pipeline.assets.compare import estimates, evidence, findings, runs, series
from pipeline.assets.describe import event_asset
from pipeline.assets.drawings import Drawings
from pipeline.assets.extract import extracted
from pipeline.assets.ingest import articles, copies
from pipeline.assets.review import claims
from pipeline.assets.step import Result, Step, printed, version_of
from pipeline.assets.workspace import Workspace
from pipeline.files import remove_others, write_atomic
from pipeline.progress import Step as Progressed
from pipeline.report import html, pdf
from pipeline.report.figures import gallery
from pipeline.report.view import View, build
from pipeline.schema import DRAWINGS, TABLES
from pipeline.versions import REPORT

# The files of a report by the asset that makes them, as patterns.
FILES_OF: Final = {
    "figures": ("figures/*",),
    "report": ("report.pdf", "page-one.png", "report.html"),
    "exports": ("tables/*",),
}
_TABLES = (articles, copies, extracted, claims, evidence, series, estimates, findings, runs)


def _view(step: Step) -> View:
    return build(step.event, step.warehouse.read(step.event.event_id, *TABLES), actors(step.event))


@event_asset("report", kinds=["matplotlib"], maker=REPORT, deps=_TABLES)
def figures(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """The figures, as SVG for pages and PNG for elsewhere."""
    event = workspace.event(context.partition_key)
    step = Step.begin(context, workspace, REPORT, _TABLES, printed(event))
    folder, standing = step.publication.begin(), step.publication.standing
    with workspace.progress.stage(step.stage, len(gallery.COMPOSERS)) as on_figure:
        if not step.stands(folder, FILES_OF[step.stage]):
            drawings = Drawings.of(step.warehouse, event.event_id, folder / "figures")
            hung = gallery.hang(_view(step), on_figure, drawings.earlier)
            gallery.save(folder / "figures", hung)
            rows = drawings.table(event.event_id, hung.pictures)
            step.warehouse.replace(event.event_id, {DRAWINGS.name: rows})
        told = describe.pictures(folder / "figures", standing / "figures") if workspace.recorded else {}
        return step.finish_files(folder, FILES_OF[step.stage], told)


@event_asset("report", kinds=["typst"], maker=REPORT, deps=[*_TABLES, figures])
def report(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """The report, as PDF and as one self-contained HTML page; page one as a picture."""
    event = workspace.event(context.partition_key)
    step = Step.begin(context, workspace, REPORT, [*_TABLES, figures], printed(event))
    folder, names = step.publication.begin(), FILES_OF[step.stage]
    with workspace.progress.stage(step.stage, len(names)) as on_file:
        if not step.stands(folder, names):
            whole(workspace, step.event.event_id, folder, "figures")
            view, drawn = _view(step), gallery.load(folder / "figures")
            for name, page in zip(names, _pages(view, drawn, folder), strict=True):
                write_atomic(folder / name, page)
                on_file()
        told = describe.pages(folder, step.publication.standing) if workspace.recorded else {}
        return step.finish_files(folder, names, told)


@event_asset("report", kinds=["parquet", "csv"], maker=REPORT, deps=_TABLES)
def exports(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Every table of the event as Parquet and CSV; its claims as JSON-LD and as CSV with HXL tags too."""
    step = Step.begin(context, workspace, REPORT, _TABLES)
    folder, standing = step.publication.begin(), step.publication.standing
    with workspace.progress.stage(step.stage, len(TABLES)) as on_table:
        if not step.stands(folder, FILES_OF[step.stage]):
            kept = set()
            for name, content in _exported(step, on_table):
                write_atomic(folder / "tables" / name, content)
                kept.add(name)
            remove_others(folder / "tables", kept)
        told = describe.files(folder / "tables", standing / "tables")
        return step.finish_files(folder, FILES_OF[step.stage], told)


def whole(workspace: Workspace, event_id: str, folder: Path, *stages: str) -> None:
    """Raises dagster.Failure if a file in `folder` is not as the one of `stages` made it that did: half a
    report is none.
    """
    done = workspace.warehouse.done(event_id)
    for stage in stages:
        if stage in done and version_of(folder, FILES_OF[stage]) != done[stage].version:
            raise dg.Failure(
                f"files of {stage} in {folder} are not as they were made: something changed or removed them "
                f"meanwhile; run again"
            )


def _pages(view: View, drawn: gallery.Gallery, folder: Path) -> Iterator[bytes]:
    """What each page file of the report holds, in the order of their names in FILES_OF. `folder` is for files
    that are needed for moments.
    """
    yield pdf.render(view, drawn, folder)
    yield pdf.first_page(view, drawn, folder)
    yield html.render(view, drawn).encode()


def _exported(step: Step, on_table: Progressed) -> Iterator[tuple[str, bytes]]:
    """Each file of the folder `tables`: its name and what it holds. One table at a time: the largest are
    hardly smaller than all together.
    """
    for name, table in TABLES.items():
        frame = step.warehouse.read(step.event.event_id, name)[name]
        yield f"{name}.parquet", exporting.parquet(frame)
        yield f"{name}.csv", exporting.csv(frame, table)
        on_table()
    both = step.warehouse.read(step.event.event_id, "claims", "articles")
    yield "claims.hxl.csv", interchange.hxl(both["claims"], both["articles"])
    yield "claims.jsonld", interchange.json_ld(both["claims"], both["articles"])
