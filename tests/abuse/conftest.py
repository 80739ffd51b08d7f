"""The hostile event, run once, and any command on it."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import payloads
import polars as pl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.extraction import extract_from

DAGSTER = Path(__file__).parents[2] / ".dagster" / "dagster.yaml"


@dataclass
class Hostile:
    """Where the event, its report and Dagster's record of the run are; `ran` is what the run printed."""

    root: Path
    event: Path
    ran: Result = field(init=False)

    @property
    def report(self) -> Path:
        return self.root / "reports" / payloads.EVENT

    @property
    def home(self) -> Path:
        return self.root / "home"

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.report / "tables" / f"{name}.parquet")

    def command(self, *arguments: str | Path, typed: str = "", **environment: str) -> Result:
        """What a command says, in this process; as on a terminal, if FORCE_COLOR is given."""
        known = {
            "DAGSTER_HOME": str(self.home),
            "COUNTERCLAIM_DATA": str(self.root / "data"),
            "COUNTERCLAIM_REPORTS": str(self.root / "reports"),
            "COUNTERCLAIM_WAREHOUSE": str(self.root / "warehouse.duckdb"),
            "COLUMNS": "100",
        }
        return CliRunner().invoke(
            main,
            [*map(str, arguments)],
            input=typed,
            env=known | environment,
            color="FORCE_COLOR" in environment,
        )


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Hostile:
    """The whole road of the hostile event, with decisions of a hostile reviewer on it."""
    root = tmp_path_factory.mktemp("hostile")
    found = Hostile(root, payloads.write(root / "data"))
    _decide(found.event)
    found.home.mkdir()
    shutil.copy(DAGSTER, found.home)
    found.ran = found.command("run")
    assert found.ran.exit_code == 0, found.ran.output
    return found


@pytest.fixture(scope="session")
def before(hostile) -> Path:
    """A report of the same event from before there was a claim."""
    tables = hostile.root / "before" / payloads.EVENT / "tables"
    tables.mkdir(parents=True)
    for name in ("claims", "statements", "articles", "findings", "reviews"):
        hostile.table(name).clear().write_parquet(tables / f"{name}.parquet")
    return tables.parent


def _decide(event: Path) -> None:
    """One decision on a claim that is there, and one on a claim that is not."""
    article = next(event.glob("articles/-0*"))
    claim_id = extract_from([article])[0]["claim_id"][0]
    hostile, day = f"@Ada {payloads.EVERYTHING}", "2023-05-12"
    with (event / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["claim_id", "verdict", "field", "value", "reviewer", "date", "reason"])
        rows.writerow([claim_id, "amend", "value", "13", hostile, day, hostile])
        rows.writerow(["c000000000000", "reject", "", "", hostile, day, hostile])


@pytest.fixture(scope="session")
def labels(hostile) -> Path:
    """Labels that say what is not so, of an article and of a file that is not there."""
    article = next(hostile.event.glob("articles/-0*"))
    folder = hostile.root / f"labels {payloads.SHORT.replace('/', '_')}"
    folder.mkdir()
    shutil.copy(article, folder)
    fact = {"metric": "killed", "value": 99, "start": 0, "end": 5}
    rows = [{"file": article.name, "claims": [fact]}, {"file": f"{payloads.SHORT}.md", "claims": []}]
    path = folder / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path
