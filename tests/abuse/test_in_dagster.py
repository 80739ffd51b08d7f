"""What Dagster is told of the hostile run: its metadata are text, and so are its logs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest
from markdown_it import MarkdownIt
from payloads import acting

# A glance at a table is a table, a figure is a picture of ours.
TABLE = {"table", "thead", "tbody", "tr", "th", "td", "inline", "text", "text_special"}


@pytest.fixture(scope="module")
def logged(hostile) -> list[dg.EventLogEntry]:
    """Every entry of Dagster's log of the run."""
    with dg.DagsterInstance.from_config(str(hostile.home)) as instance:
        (run,) = instance.get_runs()[-1:]
        return list(instance.all_logs(run.run_id))


def metadata(logged: list[dg.EventLogEntry]) -> Iterator[tuple[str, dg.MetadataValue[Any]]]:
    """The metadata of every asset that was made and of every check."""
    for event in filter(None, (entry.dagster_event for entry in logged)):
        if event.is_step_materialization:
            yield from event.step_materialization_data.materialization.metadata.items()
        elif event.event_type_value == "ASSET_CHECK_EVALUATION":
            yield from event.asset_check_evaluation_data.metadata.items()


def markdown(logged: list[dg.EventLogEntry]) -> list[str]:
    return [value.md_str for _, value in metadata(logged) if isinstance(value, dg.MarkdownMetadataValue)]


def test_a_glance_at_a_table_is_a_table_and_nothing_else(logged):
    glances = [text for text in markdown(logged) if not text.startswith("![") and text != "*no rows*"]
    assert len(glances) > 8
    shown = ""
    for glance in glances:
        read = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(glance)
        found = [token for one in read for token in (one, *(one.children or ()))]
        assert {re.sub(r"_(open|close)$", "", one.type) for one in found} <= TABLE
        shown += "".join(one.content for one in found if one.type == "text")
    assert "</script></style></title><script>" in shown
    assert acting(shown) == set()


def test_pictures_are_ours(logged):
    pictures = [text for text in markdown(logged) if text.startswith("![")]
    assert len(pictures) > 5
    assert all(re.fullmatch(r"!\[[\w -]+\]\(data:image/png;base64,[\w+/=]+\)", one) for one in pictures)


def test_addresses_are_those_of_the_report(logged, hostile):
    found = [value.value for _, value in metadata(logged) if isinstance(value, dg.UrlMetadataValue)]
    assert found
    assert all(url.startswith((hostile.report.parent).as_uri()) for url in found)


def test_other_metadata_are_words_and_numbers(logged):
    for name, value in metadata(logged):
        assert acting(name) == set()
        if not isinstance(value, dg.MarkdownMetadataValue):
            assert acting(json.dumps(value.value, default=str, ensure_ascii=False)) == set(), name


def test_no_entry_of_a_log_acts(logged):
    assert len(logged) > 50
    for entry in logged:
        assert acting(entry.user_message or "") == set()
        assert acting(entry.message or "") == set()
        event = entry.dagster_event
        if event and event.event_type_value == "ASSET_CHECK_EVALUATION":
            assert acting(event.asset_check_evaluation_data.description or "") == set()
