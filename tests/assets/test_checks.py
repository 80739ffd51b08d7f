"""Each check through Dagster: an error stops what comes after, a warning stops nothing and is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from materialized import Desk, desk

from pipeline.assets import checks
from pipeline.assets.workspace import EVENTS, PARTITIONS
from pipeline.checking.verdict import Broken, judge
from pipeline.schema import FINDINGS
from pipeline.verifying import Unresolved

EVENT = "riverton-2023"
CONFIG = 'title = "Riverton"\nplace = "Riverton"\n\n[[places]]\nid = "rv"\nname = "Riverton"\nkind = "city"\n'
FIRST = "At least 12 people were killed in Riverton in 3 days, police said, and 30 others were injured."
SECOND = "Police said on Wednesday that 15 people were killed in Riverton, including three children."


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """An event whose tables are made, and whose checks all pass."""
    root = tmp_path_factory.mktemp("made")
    articles = root / "data" / EVENT / "articles"
    articles.mkdir(parents=True)
    (articles.parent / "event.toml").write_text(CONFIG)
    for day, text in ((3, FIRST), (4, SECOND)):
        front = f"---\noutlet: Post {day}\npublished: 2023-05-0{day}\nurl: https://example.org/{day}\n---\n"
        (articles / f"{day}.md").write_text(f"{front}{text}\n")
    with desk(root / "data") as one:
        result = one.make(EVENT)
    assert told(result) == {}
    return root


@pytest.fixture
def riverton(made, tmp_path):
    """A copy of it, to be falsified."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with desk(tmp_path / "data") as one:
        yield one


def told(result: dg.ExecuteInProcessResult) -> dict[tuple[str, str], dg.AssetCheckEvaluation]:
    """What did not pass."""
    return {
        (one.asset_key.to_user_string(), one.check_name): one
        for one in result.get_asset_check_evaluations()
        if not one.passed
    }


def reached(result: dg.ExecuteInProcessResult) -> set[str]:
    return {event.asset_key.to_user_string() for event in result.get_asset_materialization_events()}


def falsify(one: Desk, name: str, *changes: pl.Expr) -> None:
    """Change the first row of a table behind the back of the assets."""
    frame = one.tables(EVENT, name)[name]
    assert frame.height
    one.warehouse.replace(EVENT, {name: pl.concat([frame.head(1).with_columns(changes), frame.slice(1)])})


def again(one: Desk, *assets: str) -> dg.ExecuteInProcessResult:
    """Run some assets with their checks."""
    return one.make(EVENT, dg.AssetSelection.assets(*assets), raise_on_error=False)


def finding(one: Desk, kind: str, *claims: str) -> None:
    """One finding in place of all."""
    row = {
        "finding_id": "f1",
        "event_id": EVENT,
        "rank": 1,
        "kind": kind,
        "severity": "high",
        "headline": "a headline",
        "detail": "its detail",
        "claims": list(claims),
        "numbers": [],
    }
    one.warehouse.replace(EVENT, {"findings": FINDINGS.frame([row])})


def put(column: str, value: object) -> pl.Expr:
    return pl.lit(value, pl.Int64 if isinstance(value, int) else None).alias(column)


@pytest.mark.parametrize(
    ("check", "table", "change", "stopped"),
    [
        (("articles", "schema"), "articles", put("kind", "poem"), {"copies", "extracted"}),
        (("extracted", "schema"), "rejected", put("modifier", "perhaps"), {"claims"}),
        (("claims", "schema"), "claims", put("stance", "shouted"), {"evidence", "runs"}),
        (("evidence", "schema"), "evidence", put("link", "hearsay"), {"series", "findings"}),
        (("series", "schema"), "series", put("scope", "all"), {"estimates", "findings"}),
        (("extracted", "numbers"), "extracted", put("end", 3), {"claims"}),
        (("extracted", "ids"), "extracted", put("part_of", "c9"), {"claims"}),
        (("claims", "ids"), "claims", put("claim_id", "c9"), {"evidence", "runs"}),
        (("claims", "quotes"), "claims", put("quote", "At least 13 people"), {"evidence", "runs"}),
        (("evidence", "ids"), "evidence", put("claim_id", "c9"), {"series", "findings"}),
        (("series", "ids"), "statements", put("ended_by", "c9"), {"estimates", "findings"}),
    ],
)
def test_an_error_stops_what_comes_after(riverton, check, table, change, stopped):
    falsify(riverton, table, change)
    result = again(riverton, check[0], *stopped)
    found = told(result)[check]
    assert (found.severity, found.blocking) == (dg.AssetCheckSeverity.ERROR, True)
    assert reached(result) == {check[0]}
    assert not result.success


def test_an_error_in_what_nothing_is_made_from_fails_the_run(riverton):
    falsify(riverton, "estimates", put("claims_used", ["c9"]))
    result = again(riverton, "estimates")
    assert not result.success
    assert "c9: in estimates.claims_used" in told(result)["estimates", "ids"].description


def test_a_finding_that_rests_on_nothing_stops_the_report(riverton):
    finding(riverton, "no_source", "c9")
    result = again(riverton, "findings", "runs")
    assert told(result).keys() == {("findings", "ids")}
    assert "runs" not in reached(result)


def impossible(one: Desk) -> tuple[str, str]:
    """Make a part larger than its whole; gives both ids."""
    claims = one.tables(EVENT, "claims")["claims"]
    large = pl.when(pl.col("part_of").is_not_null()).then(99)
    one.warehouse.replace(
        EVENT,
        {"claims": claims.with_columns(large.otherwise(pl.col(end)).alias(end) for end in ("low", "high"))},
    )
    ((part, whole),) = claims.filter(pl.col("part_of").is_not_null()).select("claim_id", "part_of").rows()
    return part, whole


def test_a_part_that_cannot_be_stops_the_report_if_no_finding_tells(riverton):
    part, _ = impossible(riverton)
    result = again(riverton, "findings", "runs")
    assert told(result).keys() == {("findings", "parts")}
    assert part in told(result)["findings", "parts"].description
    assert "runs" not in reached(result)


def test_a_part_that_cannot_be_is_a_warning_if_a_finding_tells(riverton):
    finding(riverton, "parts_exceed_whole", *impossible(riverton))
    result = again(riverton, "findings", "runs")
    assert result.success
    assert told(result)["findings", "parts"].severity == dg.AssetCheckSeverity.WARN
    assert "runs" in reached(result)


def test_a_fall_is_a_warning_with_its_remedy(riverton):
    claims = riverton.tables(EVENT, "claims")["claims"].filter(pl.col("value").is_not_null())
    finding(riverton, "silent_revision", *claims["claim_id"].head(2))
    result = again(riverton, "findings", "runs")
    found = told(result)["findings", "falls"]
    assert result.success
    assert (found.severity, found.blocking) == (dg.AssetCheckSeverity.WARN, False)
    assert "[[accepted_falls]]" in found.description
    assert "runs" in reached(result)


def labels(one: Desk, bar: float, *claims: dict[str, object]) -> None:
    folder = one.settings.data / EVENT
    line = json.dumps({"file": "articles/3.md", "claims": claims})
    (folder / "labels.jsonl").write_text(f"{line}\n")
    (folder / "labels.toml").write_text(f'f1 = {bar}\nsource = "two of us"\n')


KILLED = {"metric": "killed", "value": 12, "start": 0, "end": 11}
HURT = {"metric": "injured", "value": 30, "start": FIRST.index("30"), "end": FIRST.index("30") + 2}
MISSED = {"metric": "missing", "value": 7, "start": 0, "end": 1}


def test_extraction_below_its_bar_stops_what_comes_after(riverton):
    labels(riverton, 0.9, KILLED, HURT, MISSED)
    result = again(riverton, "extracted", "claims")
    assert told(result).keys() == {("extracted", "labels")}
    assert "missed: missing 7" in told(result)["extracted", "labels"].description
    assert "claims" not in reached(result)


def test_the_f1_is_told_as_a_number(riverton):
    labels(riverton, 0.9, KILLED, HURT)
    evaluations = again(riverton, "extracted", "claims").get_asset_check_evaluations()
    (found,) = (one for one in evaluations if one.check_name == "labels")
    assert found.passed
    assert (found.metadata["F1"].value, found.metadata["bar"].value) == (1.0, 0.9)


def test_labels_that_cannot_be_read_stop_what_comes_after(riverton):
    labels(riverton, 0.9, {"metric": "killed"})
    result = again(riverton, "extracted", "claims")
    assert "line 1" in told(result)["extracted", "labels"].description


@pytest.fixture
def printed(riverton):
    """Runs the check of the report, on assets that only say that they were made."""
    order: list[str] = []

    def stub(name: str) -> dg.AssetsDefinition:
        @dg.asset(name=name, partitions_def=EVENTS)
        def made() -> None:
            order.append(name)

        return made

    (check,) = (
        one for one in checks.CHECKS if one.check_keys == {dg.AssetCheckKey(dg.AssetKey("report"), "numbers")}
    )

    def run() -> tuple[dg.ExecuteInProcessResult, list[str]]:
        riverton.instance.add_dynamic_partitions(PARTITIONS, [EVENT])
        result = dg.materialize(
            [stub("report"), stub("exports"), check],
            partition_key=EVENT,
            instance=riverton.instance,
            resources={"workspace": riverton.workspace},
            raise_on_error=False,
        )
        return result, order

    return run, order


def test_a_number_of_nobody_fails_the_run_once_pages_and_tables_are_there(printed, monkeypatch):
    run, order = printed

    def faked(folder: Path) -> list[Unresolved]:
        order.append(folder.name)
        return [Unresolved("report.html", "", "9164", "9164 people")]

    monkeypatch.setattr(checks, "unresolved", faked)
    result, _ = run()
    assert not result.success
    assert "9164" in told(result)["report", "numbers"].description
    assert sorted(order[:2]) == ["exports", "report"]
    assert order[2:] == [EVENT]


def test_a_report_that_is_not_whole_fails_the_run(printed):
    result, _ = printed[0]()
    assert "is not there" in told(result)["report", "numbers"].description


def test_a_report_whose_numbers_resolve_passes(printed, monkeypatch):
    monkeypatch.setattr(checks, "unresolved", lambda _: [])
    assert printed[0]()[0].success


def test_rows_are_shown_with_nothing_in_them_that_acts():
    row = ("<b>c1</b>", "a|b.md", "[x](javascript:1)\x1b")
    shown = checks.result(judge("", [Broken("warning", "Odd claims", (row,), "Look.")], claims=1))
    table = str(shown.metadata["rows"].value)
    assert not shown.passed
    assert all(active not in table for active in ("<b>", "a|b", "[x]", "\x1b"))
    assert shown.metadata["claims"].value == 1
