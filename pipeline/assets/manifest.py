"""Manifest: what a report was made from and by, and a hash of each of its files."""

import dagster as dg

from pipeline import provenance
from pipeline.assets.describe import event_asset
from pipeline.assets.report import exports, figures, report
from pipeline.assets.step import Result, Step
from pipeline.assets.workspace import Workspace
from pipeline.files import write_atomic
from pipeline.manifest import making, sums
from pipeline.schema import FILES
from pipeline.versions import REPORT

_FILES = (figures, report, exports)


@event_asset("report", kinds=["json"], maker=REPORT, deps=_FILES)
def manifest(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
    """What the report was made from and by, and a hash of each of its files, for `counterclaim verify` and
    for `sha256sum -c SHA256SUMS`.
    """
    step = Step.begin(context, workspace, REPORT, _FILES)
    with workspace.progress.stage(step.stage, 1) as on_done:
        read = step.warehouse.columns(step.event.event_id, FILES.name, "file", "size", "sha256")
        told = making.make(step.event, step.folder, workspace.settings.limits, provenance.as_read(read))
        files = {step.folder / name: content for name, content in making.files(told).items()}
        for path, content in files.items():
            write_atomic(path, content)
        on_done()
    metadata = {
        "inputs": dg.MetadataValue.int(len(told.inputs)),
        "outputs": dg.MetadataValue.int(len(told.outputs)),
        f"SHA-256 of {sums.NAME}": dg.MetadataValue.text(making.seal(step.folder)),
        "folder": dg.MetadataValue.path(str(step.folder.resolve())),
    }
    return step.finish_files(files, metadata)
