"""Report: the tables of one event become figures, pages and files."""

import dagster as dg

from pipeline import exports as exporting
from pipeline import interchange
from pipeline.assets.compare import findings
from pipeline.assets.describe import Result, event_asset
from pipeline.assets.workspace import Workspace
from pipeline.events import Event
from pipeline.extract.lexicon import load_lexicon
from pipeline.files import remove_others, write_atomic
from pipeline.report import html, pdf
from pipeline.report.figures import gallery
from pipeline.report.view import View, build
from pipeline.schema import TABLES


def _view(workspace: Workspace, event: Event) -> View:
    return build(event, workspace.warehouse.read(event.event_id, *TABLES), load_lexicon(event).actors)


@event_asset("report", kinds=["matplotlib"], deps=[findings])
def figures(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """The figures, as SVG for pages and PNG for elsewhere."""
    event = workspace.event(context.partition_key)
    folder = workspace.report_folder(event.event_id) / "figures"
    with workspace.progress.stage("figures", len(gallery.COMPOSERS)) as step:
        drawn = gallery.hang(_view(workspace, event), step)
        gallery.save(folder, drawn)
    return Result(metadata={"figures": len(drawn.pictures), "folder": dg.MetadataValue.path(str(folder))})


@event_asset("report", kinds=["typst"], deps=[figures])
def report(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """The report, as PDF and as one self-contained HTML page; page one as a picture."""
    event = workspace.event(context.partition_key)
    folder = workspace.report_folder(event.event_id)
    with workspace.progress.stage("report", 3) as step:
        view = _view(workspace, event)
        figures_drawn = gallery.load(folder / "figures")
        write_atomic(folder / "report.pdf", pdf.render(view, figures_drawn))
        step()
        write_atomic(folder / "page-one.png", pdf.first_page(view, figures_drawn))
        step()
        write_atomic(folder / "report.html", html.render(view, figures_drawn).encode())
        step()
    return Result(
        metadata={
            "pdf": dg.MetadataValue.path(str(folder / "report.pdf")),
            "html": dg.MetadataValue.path(str(folder / "report.html")),
        }
    )


@event_asset("report", kinds=["parquet", "csv"], deps=[findings])
def exports(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """Every table of the event as Parquet and CSV; its claims as JSON-LD and as CSV with HXL tags too."""
    event = workspace.event(context.partition_key)
    folder = workspace.report_folder(event.event_id) / "tables"
    with workspace.progress.stage("exports", len(TABLES)) as step:
        frames = workspace.warehouse.read(event.event_id, *TABLES)
        for name, frame in frames.items():
            write_atomic(folder / f"{name}.parquet", exporting.parquet(frame))
            write_atomic(folder / f"{name}.csv", exporting.csv(frame, TABLES[name]))
            step()
        others = {
            "claims.hxl.csv": interchange.hxl(frames["claims"], frames["articles"]),
            "claims.jsonld": interchange.json_ld(frames["claims"], frames["articles"]),
        }
        for name, content in others.items():
            write_atomic(folder / name, content)
        kept = {f"{name}.{kind}" for name in frames for kind in ("parquet", "csv")}
        remove_others(folder, kept | others.keys())
    return Result(metadata={"tables": len(frames), "folder": dg.MetadataValue.path(str(folder))})
