"""The warehouse's file: in use, of another version, damaged, on a full disk, removed while it is open."""

from __future__ import annotations

import random

import duckdb
import pytest
from holding import held_by

from pipeline.schema import PROBLEMS, TABLES
from pipeline.warehouse import Done, InUseError, OtherVersionError, Warehouse, WarehouseError
from pipeline.warehouse.opening import connect

ROWS = [
    {
        "event_id": "e",
        "path": f"articles/{number}.txt",
        "stage": "ingest",
        "severity": "error",
        "message": "empty",
        "remedy": "fill it",
    }
    for number in range(2_000)
]


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "made" / "w.duckdb")


@pytest.fixture
def filled(warehouse):
    warehouse.replace("e", {"problems": PROBLEMS.frame(ROWS)}, Done("articles", "inputs", "version"))
    return warehouse


@pytest.mark.parametrize("read_only", [False, True], ids=["a run", "a notebook"])
def test_one_who_would_write_is_told_who_holds_the_file_and_what_to_do(filled, read_only):
    with held_by(filled.place, read_only=read_only) as holder:
        said = rf"in use by .*PID {holder.pid}\)?; run again when that has ended, .*tables/\*\.parquet"
        with pytest.raises(InUseError, match=said):
            filled.done("e")
        holder.communicate()
    assert filled.count("e", "problems") == len(ROWS)


def test_readers_do_not_shut_each_other_out(filled):
    with held_by(filled.place, read_only=True) as holder:
        assert Warehouse(filled.place, read_only=True).count("e", "problems") == len(ROWS)
        holder.communicate()


def test_a_reader_makes_nothing(warehouse):
    with pytest.raises(WarehouseError, match=r"cannot be used .*`counterclaim run`"):
        Warehouse(warehouse.place, read_only=True).count("e", "problems")
    assert not warehouse.place.parent.exists()


def test_a_file_that_is_being_made_when_the_power_goes_is_made_by_the_next(warehouse):
    warehouse.place.parent.mkdir()
    duckdb.connect(str(warehouse.place)).close()
    assert warehouse.count("e", "problems") == 0


def of_another_version(path, *tables):
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        for table in tables:
            connection.execute(table)


@pytest.mark.parametrize(
    ("tables", "by"),
    [
        (["CREATE TABLE claims (old VARCHAR)"], "an older version of Counterclaim"),
        (
            [
                "CREATE TABLE warehouse (format VARCHAR, made_by VARCHAR)",
                "INSERT INTO warehouse VALUES ('0123456789ab', 'counterclaim 9.9')",
            ],
            "counterclaim 9.9",
        ),
    ],
    ids=["before versions were written", "of another format"],
)
def test_a_file_of_another_version_is_refused_and_set_aside_by_a_run(warehouse, tables, by):
    of_another_version(warehouse.place, *tables)
    with pytest.raises(OtherVersionError, match=f"was written by {by}.*`counterclaim run`"):
        warehouse.read("e", "claims")
    aside = warehouse.renew()
    assert aside == warehouse.place.with_name("w.duckdb.old")
    assert aside.is_file()
    assert warehouse.count("e", "claims") == 0
    assert warehouse.renew() is None


@pytest.mark.parametrize("content", [b"", b"not a database " * 400], ids=["empty", "something else"])
def test_a_file_that_is_no_warehouse_is_refused_and_rebuilt_on_request(warehouse, content):
    warehouse.place.parent.mkdir()
    warehouse.place.write_bytes(content)
    with pytest.raises(WarehouseError, match=r"damaged .*`counterclaim run --rebuild`"):
        warehouse.read("e", "claims")
    with pytest.raises(WarehouseError, match="damaged"):
        warehouse.renew()
    aside = warehouse.rebuild()
    assert aside.read_bytes() == content
    assert warehouse.count("e", "claims") == 0


def test_what_another_process_uses_is_not_set_aside(filled):
    with held_by(filled.place) as holder:
        with pytest.raises(InUseError):
            filled.rebuild()
        holder.communicate()
    assert filled.count("e", "problems") == len(ROWS)


def read(warehouse):
    return warehouse.read("e", *TABLES), warehouse.done("e")


def same(one, other):
    return one[1] == other[1] and all(one[0][name].equals(other[0][name]) for name in TABLES)


def damaged(warehouse, content):
    """What reading gives of a file with this content: None if it is refused in one sentence."""
    warehouse.place.write_bytes(content)
    try:
        return read(warehouse)
    except WarehouseError as error:
        said = str(error)
    assert len(said.splitlines()) == 1
    assert "is damaged" in said
    return None


def test_a_flipped_bit_is_refused_or_lies_where_nothing_is_read(filled):
    whole, content = read(filled), filled.place.read_bytes()
    chance, refused = random.Random(7), 0  # noqa: S311
    for _ in range(60):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        found = damaged(filled, bytes(flipped))
        refused += found is None
        assert found is None or same(found, whole)
    assert refused


def test_a_truncated_file_is_refused(filled):
    content = filled.place.read_bytes()
    for length in range(0, len(content), len(content) // 20):
        assert damaged(filled, content[:length]) is None


@pytest.fixture
def logged(warehouse):
    """Six transactions that stand in the log alone: each a problem and a stage. Main file and log."""
    warehouse.replace("e", {})
    connection = connect(warehouse.place)
    connection.execute("PRAGMA disable_checkpoint_on_shutdown")
    for number in range(6):
        connection.begin()
        connection.execute("INSERT INTO problems VALUES ('e', ?, 'ingest', 'error', 'm', 'r')", [str(number)])
        connection.execute("INSERT INTO stages VALUES ('e', ?, 'inputs', 'version')", [str(number)])
        connection.commit()
    connection.close()
    log = warehouse.place.with_name("w.duckdb.wal")
    return log, warehouse.place.read_bytes(), log.read_bytes()


def test_of_a_log_that_is_cut_short_whole_transactions_are_left(warehouse, logged):
    """A loss of power may take the end of what was written: then the stages say what is done."""
    log, main, written = logged
    counts = set()
    for length in range(0, len(written), len(written) // 25):
        warehouse.place.write_bytes(main)
        log.write_bytes(written[:length])
        rows = warehouse.count("e", "problems")
        assert rows == len(warehouse.done("e"))
        counts.add(rows)
    assert {0, 5} <= counts


def test_a_flipped_bit_in_the_log_is_refused_or_takes_whole_transactions(warehouse, logged):
    log, main, written = logged
    refused = 0
    for place in range(0, len(written), len(written) // 25):
        flipped = bytearray(written)
        flipped[place] ^= 4
        log.write_bytes(flipped)
        found = damaged(warehouse, main)
        refused += found is None
        assert found is None or found[0]["problems"].height == len(found[1])
    assert refused > 20


def test_a_file_that_is_removed_while_it_is_open_is_said(filled):
    def remove():
        with filled.opened():
            filled.place.unlink()

    with pytest.raises(WarehouseError, match=r"w\.duckdb was removed or replaced .*; run again"):
        remove()


def test_no_query_reads_another_file_or_fetches_an_extension(filled, tmp_path):
    (tmp_path / "secret.csv").write_text("secret")
    with connect(filled.place) as connection:
        for query in (  # the paths are the test's
            f"SELECT * FROM read_csv('{tmp_path}/secret.csv')",  # noqa: S608
            f"COPY problems TO '{tmp_path}/copy.csv'",
            f"ATTACH '{tmp_path}/other.duckdb'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(query)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "secret.csv"]
