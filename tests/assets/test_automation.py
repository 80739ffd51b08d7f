from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import yaml
from materialized import desk

from pipeline.assets import automation
from pipeline.assets.workspace import PARTITIONS
from pipeline.definitions import defs

EVENT = "riverton-2023"
TEXT = "At least 12 people were killed in Riverton, the mayor said."


@pytest.fixture
def folder(make_event, article, monkeypatch):
    folder = make_event(one=article(TEXT))
    monkeypatch.setenv("COUNTERCLAIM_DATA", str(folder.parent))
    return folder


@pytest.fixture
def look():
    """What the sensor asks for at each look, with one memory."""
    with dg.DagsterInstance.ephemeral() as instance:
        cursor: list[str | None] = [None]

        def once():
            context = dg.build_sensor_context(instance=instance, cursor=cursor[0], definitions=defs)
            found = automation.event_folders(context)
            cursor[0] = context.cursor
            for request in found.dynamic_partitions_requests:
                if isinstance(request, dg.AddDynamicPartitionsRequest):
                    instance.add_dynamic_partitions(PARTITIONS, request.partition_keys)
                else:
                    for key in request.partition_keys:
                        instance.delete_dynamic_partition(PARTITIONS, key)
            return [request.partition_key for request in found.run_requests], set(
                instance.get_dynamic_partitions(PARTITIONS)
            )

        yield once


def test_partitions_follow_the_folders(folder, look, make_event, article):
    assert look()[1] == {EVENT}
    make_event("harborport-2024", one=article(TEXT))
    assert look()[1] == {EVENT, "harborport-2024"}
    (folder / "articles" / "one.md").unlink()
    (folder / "articles").rmdir()
    folder.rmdir()
    assert look()[1] == {"harborport-2024"}


def test_only_what_was_touched_is_asked_for_and_only_when_it_stands_still(folder, look, make_event, article):
    make_event("harborport-2024", one=article(TEXT))
    assert look()[0] == []
    assert look()[0] == ["harborport-2024", EVENT]
    assert look()[0] == []
    (folder / "articles" / "two.md").write_text(article(TEXT.replace("12", "15")))
    assert look()[0] == []
    (folder / "articles" / "two.md").write_text(article(TEXT.replace("12", "16")))
    assert look()[0] == []  # it is still being written
    assert look()[0] == [EVENT]
    assert look()[0] == []


def test_files_that_are_put_back_as_they_were_are_asked_for_too(folder, look, article):
    look(), look()
    (folder / "articles" / "two.md").write_text(article(TEXT))
    look(), look()
    (folder / "articles" / "two.md").unlink()
    look()
    assert look()[0] == [EVENT]


def test_a_folder_without_events_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_DATA", str(tmp_path / "nothing"))
    with dg.DagsterInstance.ephemeral() as instance:
        found = automation.event_folders(dg.build_sensor_context(instance=instance))
    assert "nothing does not exist" in found.skip_message


def asked_for(instance, cursor):
    """What declarative automation asks for, and its memory."""
    found = dg.evaluate_automation_conditions(defs, instance, cursor=cursor)
    keys = [spec.key for spec in defs.resolve_all_asset_specs()]
    return {key.to_user_string() for key in keys if found.get_num_requested(key)}, found.cursor


def test_what_is_downstream_is_made_again_if_and_only_if_its_input_came_out_otherwise(folder, article):
    with desk(folder.parent, checks=False) as found:
        found.make(EVENT, dg.AssetSelection.all())
        asked, cursor = asked_for(found.instance, None)
        assert asked == set()
        found.make(EVENT, ["articles"])
        asked, cursor = asked_for(found.instance, cursor)
        assert asked == set()
        (folder / "articles" / "two.md").write_text(article(TEXT.replace("12", "15")))
        found.make(EVENT, ["articles"])
        asked, cursor = asked_for(found.instance, cursor)
        assert asked == {spec.key.to_user_string() for spec in defs.resolve_all_asset_specs()} - {"articles"}


def test_feeds_are_fetched_for_events_that_name_some_once_the_schedule_is_turned_on(
    folder, make_event, article
):
    assert (folder / "articles").is_dir()
    make_event(
        "harborport-2024", config='title = "H"\nfeeds = ["https://example.org/feed"]', one=article(TEXT)
    )
    schedule = defs.resolve_schedule_def("feeds")
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert [request.partition_key for request in automation.feeds()] == ["harborport-2024"]


def test_the_job_fetches_what_the_feed_names_and_what_fails_stops_nothing(folder):
    (folder / "event.toml").write_text('title = "R"\nfeeds = ["http://127.0.0.1:1/feed"]')
    with desk(folder.parent, checks=False) as found:
        found.instance.add_dynamic_partitions(PARTITIONS, [EVENT])
        result = defs.resolve_job_def("feeds_job").execute_in_process(
            partition_key=EVENT, instance=found.instance, resources={"workspace": found.workspace}
        )
        assert result.success
    assert "127.0.0.1" in (folder / "failed.txt").read_text()


def test_one_run_at_a_time_is_what_dagster_is_told():
    home = Path(automation.__file__).parents[2] / ".dagster" / "dagster.yaml"
    told = yaml.safe_load(home.read_text())
    assert told["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert told["telemetry"]["enabled"] is False
