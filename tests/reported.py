"""A small event with an input of every kind, and its report as a run leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import dagster as dg
from saved import archive, page, response
from tabled import ACLED

from pipeline.assets.manifest import manifest
from pipeline.assets.workspace import PARTITIONS, Workspace
from pipeline.definitions import defs
from pipeline.progress import LoggedProgress
from pipeline.settings import Settings

EVENT: Final = "riverton-2023"
CONFIG: Final = """
title = "Riverton, May 2023"
place = "Riverton"

[[places]]
id = "rv"
name = "Riverton"
kind = "city"
"""
WRITTEN: Final = (
    "---\noutlet: Riverton Post\npublished: 2023-05-03\n---\nPolice said 12 people were killed in Riverton."
)
CAPTURED: Final = response(page("The mayor said 15 people were killed in Riverton."), "https://example.org/3")
INPUTS: Final = {
    "event.toml": CONFIG.encode(),
    "reviews.csv": b"claim_id,verdict\nc000000000000,accept\n",
    "failed.txt": b"# timed out; add it again\nhttps://example.org/gone\n",
    "coded/acled.csv": ACLED.encode(),
    "articles/one.md": WRITTEN.encode(),
    "articles/two.html": page(),
    "articles/three.warc.gz": archive([CAPTURED]),
}


def write_event(data: Path) -> Path:
    """The event's folder in the folder `data`."""
    for name, content in INPUTS.items():
        path = data / EVENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return data / EVENT


def report(event: Path, reports: str = "reports") -> tuple[Path, dg.AssetMaterialization]:
    """The folder of the event's report, and what Dagster is told of its manifest. Made by the whole graph."""
    root = event.parents[1]
    settings = Settings(event.parent, root / reports, root / f"{reports}.duckdb")
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions(PARTITIONS, [EVENT])
        done = dg.materialize(
            list({asset.key: asset for asset in (*defs.assets, manifest)}.values()),
            partition_key=EVENT,
            instance=instance,
            resources={"workspace": Workspace(settings, LoggedProgress(lambda _: None))},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    (told,) = (
        one.materialization
        for one in done.get_asset_materialization_events()
        if one.asset_key == manifest.key
    )
    return settings.reports / EVENT, told
