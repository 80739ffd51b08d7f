"""Manifest: what a report was made from and by, and a hash of each of its files. With it the report is
whole, and takes the place of the one that stands.
"""

import dagster as dg

from pipeline import provenance
from pipeline.assets.describe import event_asset
from pipeline.assets.report import FILES_OF, exports, figures, report, whole
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
    folder = step.publication.begin()
    whole(workspace, step.event.event_id, folder, *FILES_OF)
    if workspace.changed(step.event):
        raise dg.Failure(f"files of {step.event.root} changed while its report was made; run again")
    with workspace.progress.stage(step.stage, 1) as on_done:
        read = step.warehouse.columns(step.event.event_id, FILES.name, "file", "size", "sha256")
        told = making.make(step.event, folder, workspace.settings.limits, provenance.as_read(read))
        files = making.files(told)
        for name, content in files.items():
            write_atomic(folder / name, content)
        step.publication.publish()
        on_done()
    standing = step.publication.standing
    metadata = {
        "inputs": dg.MetadataValue.int(len(told.inputs)),
        "outputs": dg.MetadataValue.int(len(told.outputs)),
        f"SHA-256 of {sums.NAME}": dg.MetadataValue.text(making.seal(standing)),
        "folder": dg.MetadataValue.path(str(standing.resolve())),
    }
    return step.finish_files(standing, files, metadata)
