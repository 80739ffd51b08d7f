"""Real workers of dask on this machine: what they give, and what is lost when they die."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from distributed import Client
from riverland import EVENT, PUBLISHED

from pipeline.extract.claims import Article, Extraction, Extractors, Group
from pipeline.extract.cluster import Cluster, _extracted
from pipeline.extract.engines import Batch, EngineError, Known
from pipeline.extract.lexicon import load_lexicon
from pipeline.limits import Limits
from pipeline.schema import ARTICLES, FURNITURE

LEXICON, NOBODY = load_lexicon(EVENT), "tcp://127.0.0.1:9"
BATCH = Batch((Article("a1", EVENT.event_id, None, "7 were killed.", PUBLISHED, ()),) * 2)
# Loaded by each worker: a word that kills it, a word that takes time.
TRICKS = """
import os, signal, time
from pipeline.extract import cascade
def tricked(article, *given, rows=cascade.rows):
    if "Kraken" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "slowly" in article.text:
        time.sleep(0.02)
    return rows(article, *given)
cascade.rows = tricked
"""
OLDER = "from pipeline.extract import cluster; cluster._version = lambda: 'an older one'"


class Machines:
    """A scheduler, which lets a batch kill two workers, and the workers that a test asks for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []
        (folder / "tricks.py").write_text(TRICKS, encoding="utf-8")
        (folder / "older.py").write_text(OLDER, encoding="utf-8")
        file = str(folder / "scheduler.json")
        self._scheduler = self._started("scheduler", "--port", "0", "--no-show", "--scheduler-file", file)
        with Client(scheduler_file=file, timeout=30, set_as_default=False) as client:
            self.address = client.scheduler.address

    def _started(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{kind}",
            "--host",
            "127.0.0.1",
            "--no-dashboard",
        ]
        allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen([*command, *options], env=os.environ | allowed, stdout=log, stderr=log)

    def have(self, count: int, preload: str = "tricks.py") -> None:
        """See to it that so many workers live."""
        self._workers = [worker for worker in self._workers if worker.poll() is None]
        while len(self._workers) > count:
            self.kill()
        options = ("--nthreads", "1", "--no-nanny", "--preload", str(self._folder / preload))
        while len(self._workers) < count:
            self._workers.append(self._started("worker", self.address, *options))
        with Client(self.address, set_as_default=False) as client:
            while len(client.nthreads()) != count:
                if count:
                    client.wait_for_workers(count, timeout=30)

    def kill(self) -> None:
        """One worker, as if its machine had lost its power."""
        worker = self._workers.pop()
        worker.kill()
        worker.wait()

    def end(self) -> None:
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory) -> Iterator[Machines]:
    started = Machines(tmp_path_factory.mktemp("machines"))
    yield started
    started.end()


def group(key: int, texts: list[str]) -> Group[int]:
    """Articles of 20,000 characters, of which ten are a batch."""
    common = {"event_id": EVENT.event_id, "raw_path": "", "published_at": PUBLISHED}
    rows = [
        dict.fromkeys(ARTICLES.names) | common | {"article_id": f"a{key}-{place}", "text": text.ljust(20_000)}
        for place, text in enumerate(texts)
    ]
    return Group(key, pl.DataFrame(rows, schema=ARTICLES.polars_schema), FURNITURE.frame())


def groups(count: int, sentence: str = "Police said {} people were killed.") -> list[Group[int]]:
    return [
        group(key, [sentence.format(100 * key + place) for place in range(1, 31)]) for key in range(count)
    ]


def extracted(
    given: list[Group[int]],
    cluster: str | None,
    limits: Limits,
    on_group: Callable[[int], None] = lambda _: None,
) -> list[Extraction]:
    found = []
    with Extractors(LEXICON, limits, 1, cluster=cluster) as extractors:
        for key, extraction in extractors.extract(given):
            on_group(key)
            found.append(extraction)
    return found


def same(ours: list[Extraction], theirs: list[Extraction]) -> bool:
    """Whether every table of every group is the same."""
    return len(ours) == len(theirs) and all(
        one.claims.equals(other.claims)
        and one.rejected.equals(other.rejected)
        and one.refused.equals(other.refused)
        for one, other in zip(ours, theirs, strict=True)
    )


def test_an_article_that_kills_its_workers_is_done_by_the_run_itself(machines):
    machines.have(3)
    given = [
        *groups(2),
        group(2, ["Police said 7 were killed."] * 15 + ["Kraken: 8 killed."] + ["9 were killed."]),
    ]
    assert same(extracted(given, machines.address, Limits()), extracted(given, None, Limits()))


def test_the_claims_are_those_of_one_process_in_the_order_given(machines):
    machines.have(2)
    given = [
        *groups(3),
        group(3, ["Nothing."]),
        group(4, ["Police said 7 people were killed." + " " * 60_000]),
    ]
    found = extracted(given, machines.address, Limits())
    assert [one.claims.height for one in found] == [30, 30, 30, 0, 1]
    assert same(found, extracted(given, None, Limits()))


def test_a_worker_that_is_killed_takes_nothing_with_it(machines):
    machines.have(2)
    given = groups(3, "{} people were killed, slowly.")
    found = extracted(given, machines.address, Limits(), lambda key: machines.kill() if key == 0 else None)
    assert same(found, extracted(given, None, Limits()))


def test_an_article_that_cannot_be_done_anywhere_is_refused(machines):
    machines.have(1)
    given = [group(0, ["Police said 7 people were killed.", "1 was killed. 2 were killed."])]
    limits = Limits(article_numbers=1)
    found = extracted(given, machines.address, limits)
    assert found[0].refused["article_id"].to_list() == ["a0-1"]
    assert same(found, extracted(given, None, limits))


def test_batches_are_taken_as_the_workers_need_them(machines):
    machines.have(1)
    taken = []
    with Cluster(machines.address, Known(LEXICON, Limits())) as cluster:
        next(cluster.results(taken.append(number) or BATCH for number in range(20)))
    assert len(taken) == 4  # three for the one core, and the one that is given back


def test_workers_that_all_die_end_the_work_with_a_sentence(machines):
    machines.have(1)
    with Cluster(machines.address, Known(LEXICON, Limits()), patience=1) as cluster:
        work = cluster.results([Batch(()), BATCH])
        next(work)
        machines.kill()
        with pytest.raises(EngineError, match=f"every worker of {machines.address} is gone"):
            next(work)


def test_a_scheduler_without_workers_is_told(machines):
    machines.have(0)
    with pytest.raises(EngineError, match="has no worker; start some with `dask worker`"):
        Cluster(machines.address, Known(LEXICON, Limits()), answer=0.5).__enter__()


def test_a_worker_with_other_code_is_refused(machines):
    machines.have(0)
    machines.have(1, preload="older.py")
    with pytest.raises(
        EngineError, match=r"has Counterclaim an older one, this run has .*; install the same"
    ):
        Cluster(machines.address, Known(LEXICON, Limits())).__enter__()
    machines.have(0)


def test_a_worker_that_comes_later_with_other_code_does_nothing():
    with pytest.raises(EngineError, match=r"has Counterclaim .*, this run has another one"):
        _extracted(b"", Known(LEXICON, Limits()), "another one")


def test_a_scheduler_that_dies_ends_the_work_with_a_sentence(tmp_path):
    alone = Machines(tmp_path)
    alone.have(1)
    with Cluster(alone.address, Known(LEXICON, Limits()), answer=3) as cluster:
        alone.end()
        with pytest.raises(EngineError, match="went away; start it and its workers, and run again"):
            list(cluster.results([BATCH]))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (NOBODY, f"no scheduler answers at {NOBODY}; start one"),
        ("tls://127.0.0.1:9", "wants certificates"),
        ("machine-7", "give an address, as in tcp://127.0.0.1:8786"),
    ],
)
def test_an_address_where_nobody_can_be_asked_is_told(address, told):
    with pytest.raises(EngineError, match=told):
        Cluster(address, Known(LEXICON, Limits()), answer=0.5).__enter__()


def test_without_the_extra_a_run_on_several_machines_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "pipeline.extract.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineError, match=r"pip install counterclaim\[cluster\]"):
        Extractors(LEXICON, Limits(), 1, cluster=NOBODY)
    assert Extractors(LEXICON, Limits(), 0, cluster=NOBODY)  # nothing to extract: nobody is asked


def test_a_run_asks_where_its_setting_says(make_event, article, tmp_path):
    data = make_event(one=article("Police said 12 people were killed.", published="2023-05-03")).parent
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "--data", str(data)],
        cwd=tmp_path,
        env=os.environ | {"COUNTERCLAIM_CLUSTER": "machine-7"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "extracted: COUNTERCLAIM_CLUSTER is 'machine-7': give an address" in done.stdout + done.stderr
