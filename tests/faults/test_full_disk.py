"""A full disk ends a run with one sentence; what stood stands, and with room the next run ends well."""

from __future__ import annotations

import shutil
import time

import duckdb
import pytest
from disks import PLENTY, Disk
from kept import hashes, rows
from works import Work, fine

# Of the room that a run needs: where it ends moves from the first table to the last page.
_ROOM = (0.05, 0.4, 0.8)


@pytest.fixture(scope="module")
def needed(mountable, made, commands, tmp_path_factory):  # noqa: ARG001
    """The kilobytes that a run takes at most while it renews the report."""
    disk = Disk(tmp_path_factory.mktemp("needed"))
    place = Work.copied(made.before, disk.root, commands)
    with_other_event(place.warehouse)
    before = most = disk.used
    run = place.start(made.data)
    while not run.ended:
        most = max(most, disk.used)
        time.sleep(0.002)
    fine(run.end())
    disk.remove()
    return most - before


def with_other_event(warehouse):
    """Rows of another event, put beside those of ours as an earlier run commits them."""
    with duckdb.connect(str(warehouse)) as connection:
        found = connection.execute("SELECT table_name FROM duckdb_columns() WHERE column_name = 'event_id'")
        for (table,) in found.fetchall():
            connection.execute(
                f"INSERT INTO {table} SELECT * REPLACE ('elsewhere' AS event_id) FROM {table}"  # noqa: S608
            )
    return rows(warehouse, "elsewhere")


def out_of_room(ended):
    """It says which file, that there is no room, and what to do."""
    said = ended.sentence
    assert "no space left" in said.lower()
    assert "make room" in said
    assert "run again" in said
    return said


@pytest.mark.parametrize("room", _ROOM)
def test_a_disk_that_fills_up_at_any_stage(room, made, needed, on_disk, hit):
    place, disk = on_disk
    elsewhere = with_other_event(place.warehouse)
    disk.resize(disk.used + int(room * needed))
    with place.reading() as reader:
        ended = place.run(made.data)
    hit(f"out of room after {(ended.stages or ['the start'])[-1]}")
    out_of_room(ended)
    made.whole(place, reader.seen)
    assert rows(place.warehouse, "elsewhere") == elsewhere
    disk.resize(PLENTY)
    made.same_again(place)
    assert rows(place.warehouse, "elsewhere") == elsewhere


@pytest.mark.parametrize("full", [".counterclaim", "reports", "tmp"])
def test_one_of_several_disks_that_is_full(full, made, work, mount):
    place = work()
    disk = mount(place.root / full)
    if (made.before / full).is_dir():
        shutil.copytree(made.before / full, disk.root, dirs_exist_ok=True)
    ballast = disk.root / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    disk.resize(disk.used)
    with place.reading() as reader:
        ended = place.run(made.data)
    made.whole(place, reader.seen)
    if full != "tmp" or ended.status:
        assert full in out_of_room(ended)
        assert hashes(place.report) == made.old
    ballast.unlink()
    disk.resize(PLENTY)
    made.same_again(place)


def test_a_file_that_grows_larger_than_it_may(made, work):
    place = work()
    most = max(path.stat().st_size for path in place.report.rglob("*"))
    with place.reading() as reader:
        said = place.run(made.data, file_bytes=most // 2).sentence
    assert "file too large" in said.lower()
    assert "run again" in said
    made.whole(place, reader.seen)
    made.same_again(place)
