"""A lake on a server of PostgreSQL: the same tables as in a file, writers at once, what is said of faults."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from lakes import rows

from pipeline.schema import TABLES
from pipeline.warehouse import Done, InUseError, OtherVersionError, Warehouse, WarehouseError, lake, tables
from pipeline.whereabouts import Lake

SCALING = Path(__file__).parent.parent / "docs" / "scaling.md"
NAMES = (f"lake{number}" for number in itertools.count())
DONE = Done("articles", "inputs", "version")


@pytest.fixture(scope="module")
def place(server, tmp_path_factory):
    """A lake that tests share, each with events of its own."""
    found = Lake(server.database(next(NAMES)), f"{tmp_path_factory.mktemp('lake')}/files/")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        assert Warehouse(found).count("e", "problems") == 0
    return found


@pytest.fixture(autouse=True)
def signed_in(server, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


@contextmanager
def other(place, work):
    """Another process that has a warehouse `w` of the lake and does `work`, from when it says so."""
    script = f"from lakes import *; w = Warehouse(Lake(*sys.argv[1:])); {work}"
    command = [sys.executable, "-c", script, place.catalogue, place.files]
    with subprocess.Popen(
        command, cwd=Path(__file__).parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "now\n"
        yield process
        process.kill()


def test_what_is_put_in_comes_out_as_from_a_file(place, tables_of, make_event, article, tmp_path):
    text = "At least 12 people were killed in Riverton on Tuesday, the mayor said. Police detained dozens."
    found = tables_of(make_event("riverton-2023", one=article(text), two=article(text, published=None)))
    kept = {}
    for warehouse in (Warehouse(place), Warehouse(tmp_path / "w.duckdb")):
        with warehouse.opened():
            warehouse.replace("riverton-2023", {name: found[name] for name in TABLES}, DONE)
            some = warehouse.some("riverton-2023", ["claims"], "metric", ["killed"])
            kept[warehouse] = (warehouse.read("riverton-2023", *TABLES), some, warehouse.events())
            assert warehouse.done("riverton-2023") == {"articles": DONE}
    (lake_has, lake_some, events), (file_has, file_some, _) = kept.values()
    assert "riverton-2023" in events
    assert lake_has["claims"].height > lake_some["claims"].height > 0
    assert all(lake_has[name].equals(file_has[name]) for name in TABLES)
    assert lake_some["claims"].equals(file_some["claims"])


def test_a_part_is_put_in_place_of_the_same_part(place):
    warehouse = Warehouse(place)
    with warehouse.opened():
        warehouse.replace("part", {"problems": rows(30, event_id="part")}, DONE)
        new = rows(20, "torn", event_id="part")
        warehouse.put("part", {"problems": new}, "path", new["path"].to_list(), undo="articles")
        found = warehouse.read("part", "problems")["problems"]
        assert found["message"].to_list().count("torn") == 20
        assert found.height == 30
        assert warehouse.done("part") == {}


def test_writers_at_once_lose_nothing(place):
    work = (
        "w.opened().__enter__(); print('now', flush=True);"
        "[w.replace('{0}', {{'problems': rows(50, str(n), '{0}')}}) for n in range(6)]"
    )
    with other(place, work.format("one")) as one, other(place, work.format("two")) as two:
        assert (one.wait(), two.wait()) == (0, 0)
    for event_id in ("one", "two"):
        found = Warehouse(place).read(event_id, "problems")["problems"]
        assert found["message"].to_list() == ["5"] * 50


def test_a_transaction_that_another_program_is_in_the_way_of_is_tried_again(place, monkeypatch):
    warehouse, insert, tried = Warehouse(place), tables._insert, []

    def insert_too(connection, name, frame):
        if len(tried) < 2:
            foreign.execute("INSERT INTO problems VALUES ('f', ?, 'ingest', 'error', 'm', 'r')", [str(tried)])
        tried.append(name)
        insert(connection, name, frame)

    with lake.connect(place) as foreign, warehouse.opened():
        warehouse.replace("tried", {"problems": rows(30, event_id="tried")})
        monkeypatch.setattr(tables, "_insert", insert_too)
        warehouse.replace("tried", {"problems": rows(20, event_id="tried")})
        assert tried == ["problems"] * 3
        assert warehouse.count("tried", "problems") == 20
        assert warehouse.count("f", "problems") == 2


def test_an_event_that_another_process_has_is_told_and_freed_when_that_is_killed(place):
    work = "c = w.holding('held'); c.__enter__(); print('now', flush=True); sys.stdin.read()"
    with other(place, work) as process:
        said = (
            rf"held in ducklake:postgres:.* in use by .*PID {process.pid}\); run again .*tables/\*\.parquet"
        )
        with pytest.raises(InUseError, match=said), Warehouse(place).holding("held"):
            pass
        with pytest.raises(InUseError, match=said):
            Warehouse(place, read_only=True).count("held", "problems")
        with Warehouse(place).holding("not held"):
            assert Warehouse(place).count("not held", "problems") == 0
        process.kill()
        process.wait()
        until(lambda: Warehouse(place, read_only=True).count("held", "problems") == 0)
    with Warehouse(place).holding("held"), Warehouse(place).holding("held"):
        pass


def until(answer, seconds=10.0):
    """Wait for the server to notice that a process is gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            assert answer()
        except InUseError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("still in use")


def files(place):
    return {path.name for path in Path(place.files).rglob("*.parquet")}


def maintenance():
    """What docs/scaling.md tells to do from time to time."""
    (found,) = re.findall(r"```sql\n(.*?CHECKPOINT.*?)```", SCALING.read_text(encoding="utf-8"), re.DOTALL)
    at_once = found.replace("'1 day'", "'0 seconds'")
    return [line for line in at_once.splitlines() if not line.startswith(("INSTALL", "ATTACH"))]


def test_a_killed_writer_leaves_whole_transactions_and_maintenance_what_is_needed(server, tmp_path):
    place = Lake(server.database(next(NAMES)), f"{tmp_path}/files/")
    warehouse = Warehouse(place)
    work = (
        "w.opened().__enter__();"
        "[(w.replace('e', {'problems': rows(500, str(n))}, Done('articles', 'i', str(n))),"
        "print('now', flush=True)) for n in range(10**6)]"
    )
    for pause in (0.01, 0.07):
        with other(place, work) as process:
            time.sleep(pause)
            process.kill()
            process.wait()
        with warehouse.opened():
            messages = warehouse.read("e", "problems")["problems"]["message"].to_list()
            assert messages == [warehouse.done("e")["articles"].version] * 500
    before, names = warehouse.read("e", "problems")["problems"], files(place)
    Path(place.files, "main", "problems", "left.parquet").write_bytes(b"of a writer that was killed")
    with lake.connect(place) as connection:
        for line in maintenance():
            connection.execute(line)
    assert names - files(place)
    assert "left.parquet" not in files(place)
    assert warehouse.read("e", "problems")["problems"].equals(before)


def test_no_query_reads_another_file_or_server(place, tmp_path):
    (tmp_path / "secret.csv").write_text("secret")
    with lake.connect(place) as connection:
        for query in (  # the paths are the test's
            f"SELECT * FROM read_csv('{tmp_path}/secret.csv')",  # noqa: S608
            f"SELECT * FROM read_parquet('{place.files}../other.parquet')",  # noqa: S608
            f"COPY problems TO '{tmp_path}/copy.csv'",
            f"ATTACH '{tmp_path}/other.duckdb'",
            f"ATTACH '{place.catalogue}' AS other (TYPE postgres)",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(query)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_lake_of_another_version_is_refused_and_left_alone(server, tmp_path):
    place = Lake(server.database(next(NAMES)), f"{tmp_path}/")
    warehouse = Warehouse(place)
    assert warehouse.count("e", "problems") == 0
    with lake.connect(place) as connection:
        connection.execute("UPDATE warehouse SET format = '0123456789ab', made_by = 'counterclaim 9.9'")
    for ask in (warehouse.renew, lambda: warehouse.read("e", "problems")):
        with pytest.raises(OtherVersionError, match=r"written by counterclaim 9\.9.*`createdb`"):
            ask()
    with pytest.raises(WarehouseError, match=r"in use on other machines .*`createdb`"):
        warehouse.rebuild()


FAULTS = {
    "no server": ("port=1", None, "Connection refused.*start its server"),
    "no database": ("dbname=atlantis", None, 'database "atlantis" does not exist.*`createdb`'),
    "no user": ("user=nobody", None, "password authentication failed.*PGPASSWORD"),
    "no option of PostgreSQL": ("hots=127.0.0.1", None, 'invalid connection option "hots".*correct it'),
    "other files": ("", "elsewhere/", "does not match existing data path.*COUNTERCLAIM_LAKE"),
    "a file for a folder": ("", "file/", "file.* cannot be written .*a file is where"),
}


@pytest.mark.parametrize(("changed", "files", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_used_is_said_in_one_sentence(place, changed, files, said, tmp_path):
    (tmp_path / "file").touch()
    named = Lake(f"{place.catalogue} {changed}", f"{tmp_path}/{files}" if files else place.files)
    with pytest.raises(WarehouseError, match=said) as told:
        Warehouse(named).count("e", "problems")
    assert len(str(told.value).splitlines()) == 1
    assert os.environ["PGPASSWORD"] not in str(told.value)


def test_a_reader_makes_nothing(server, tmp_path):
    place = Lake(server.database(next(NAMES)), f"{tmp_path}/made/")
    with pytest.raises(WarehouseError, match=r"`counterclaim run`"):
        Warehouse(place, read_only=True).count("e", "problems")
    assert not Path(place.files).exists()
    assert (
        server.ask(
            place.catalogue.partition("dbname=")[2],
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'",
        )
        == "0"
    )


def test_files_that_are_gone_are_said(server, tmp_path):
    place = Lake(server.database(next(NAMES)), f"{tmp_path}/")
    Warehouse(place).replace("e", {"problems": rows(100)})
    for path in tmp_path.rglob("*.parquet"):
        path.unlink()
    with pytest.raises(
        WarehouseError, match=r"No such file.*COUNTERCLAIM_LAKE must be one folder.*`createdb`"
    ):
        Warehouse(place).read("e", "problems")


def test_a_user_who_may_not_make_tables_is_told(server, tmp_path, monkeypatch):
    catalogue = server.database(name := next(NAMES))
    server.ask(name, "REVOKE CREATE ON SCHEMA public FROM public; CREATE ROLE reader LOGIN PASSWORD 'r'")
    place = Lake(catalogue.replace("user=counterclaim", "user=reader"), f"{tmp_path}/")
    monkeypatch.setenv("PGPASSWORD", "r")
    with pytest.raises(WarehouseError, match=r"GRANT CREATE"):
        Warehouse(place).count("e", "problems")


def test_packages_that_are_not_there_are_said(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb_extension_ducklake", None)
    with pytest.raises(WarehouseError, match=r"`pip install counterclaim\[lake\]`"):
        Warehouse(replace(place)).count("e", "problems")
