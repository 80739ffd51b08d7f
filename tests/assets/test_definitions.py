from __future__ import annotations

import pytest

from pipeline.definitions import defs

COMPARED = {
    "articles",
    "copies",
    "extracted",
    "claims",
    "evidence",
    "series",
    "estimates",
    "findings",
    "runs",
}
# Each asset is made again when one that it reads changed: so all of these are named, and not the last alone.
GRAPH = {
    "articles": ("ingest", set()),
    "copies": ("ingest", {"articles"}),
    "extracted": ("extract", {"articles"}),
    "claims": ("review", {"articles", "extracted"}),
    "evidence": ("compare", {"articles", "copies", "claims"}),
    "series": ("compare", {"articles", "claims", "evidence"}),
    "estimates": ("compare", {"claims", "series"}),
    "findings": ("compare", {"articles", "claims", "evidence", "series"}),
    "runs": ("compare", {"articles", "extracted", "claims", "findings"}),
    "figures": ("report", COMPARED),
    "report": ("report", COMPARED | {"figures"}),
    "exports": ("report", COMPARED),
    "manifest": ("report", {"figures", "report", "exports"}),
}
TABLES = {name for name, (group, _) in GRAPH.items() if group != "report"}


@pytest.fixture(scope="module")
def specs():
    return {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}


def test_the_graph_is_the_road(specs):
    graph = {
        name: (spec.group_name, {dep.asset_key.to_user_string() for dep in spec.deps})
        for name, spec in specs.items()
    }
    assert graph == GRAPH


def test_every_asset_explains_itself(specs):
    for name, spec in specs.items():
        assert spec.description, name
        assert list(spec.owners) == ["team:counterclaim"], name
        assert {"polars"} < set(spec.kinds), name
        assert spec.partitions_def is not None, name


def test_every_table_asset_shows_its_columns(specs):
    for name in TABLES:
        schema = specs[name].metadata["dagster/column_schema"]
        assert all(column.description for column in schema.columns), name


def test_everything_runs_in_one_process():
    assert defs.executor is not None
    assert defs.executor.name == "in_process"


CHECKS = {
    *((name, "schema") for name in TABLES),
    *((name, "ids") for name in ("extracted", "claims", "evidence", "series", "estimates", "findings")),
    ("extracted", "numbers"),
    ("extracted", "labels"),
    ("claims", "quotes"),
    ("findings", "parts"),
    ("findings", "falls"),
    ("report", "numbers"),
}
ONLY_WARN = {("findings", "falls")}


def test_checks_say_what_they_protect_from_and_block():
    checks = [spec for check in defs.asset_checks or () for spec in check.check_specs]
    names = {(spec.asset_key.to_user_string(), spec.name): spec for spec in checks}
    assert names.keys() == CHECKS
    assert {name for name, spec in names.items() if not spec.blocking} == ONLY_WARN
    assert all("Protects from" in (spec.description or "") for spec in checks)
