"""The batches as steps of a Dagster job, for the executors that send each step to a worker."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import dagster as dg
from unit import extracted

_FOLDER = Path(os.environ["ENGINES_FOLDER"])
if os.environ["ENGINES_EXECUTOR"] == "celery":
    from dagster_celery import celery_executor as executor
else:
    from dagster_dask import dask_executor as executor


def claims(path: Path) -> dg.OpDefinition:
    """The step of one batch, written out when the job is made, its rows put where no executor can lose them.

    dagster-dask 0.29.27 leaves out dynamic steps and gives a step that collects others an empty list, and
    says of both that the run succeeded.
    """

    @dg.op(name=path.stem.replace("-", "_"), retry_policy=dg.RetryPolicy(max_retries=2))
    def rows() -> None:
        found = extracted(pickle.loads(path.read_bytes()))  # noqa: S301 (our own file)
        path.with_suffix(".rows").write_bytes(pickle.dumps(found))

    return rows


@dg.job(executor_def=executor)
def extraction() -> None:
    """As the asset `extracted` would be if each batch were a step."""
    for path in sorted(_FOLDER.glob("batch-*.pickle")):
        claims(path)()
