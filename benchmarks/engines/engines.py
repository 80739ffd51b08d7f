"""One engine over the same batches, with two workers on this machine. Prints seconds and memory as JSON.

python engines.py ENGINE FOLDER [kill | nobody]

Run in an environment that has the engine (benchmarks/engines/compare.py makes them). `kill`: a worker is
killed after five seconds, or ENGINES_KILL_AFTER. `nobody`: there is no worker at all.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
from unit import digest, extracted


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


HERE, BIN = Path(__file__).parent, Path(sys.executable).parent
PORT = free_port()
Batches = Sequence[tuple[object, ...]]
Mapped = Callable[[Batches], Iterator[list]]
# What does the batches, and what kills one of its workers.
Engine = tuple[Mapped, Callable[[], None]]


def service(*command: str) -> subprocess.Popen:
    """A process of its own group, with our modules on its path."""
    path = {"PYTHONPATH": str(HERE), "PATH": f"{BIN}:{os.environ['PATH']}"}
    with Path(os.environ["ENGINES_FOLDER"], "log").open("ab") as log:
        return subprocess.Popen(
            command, env=os.environ | path, stdout=log, stderr=log, start_new_session=True
        )


@contextlib.contextmanager
def services(*commands: Sequence[str]) -> Iterator[list[subprocess.Popen]]:
    """Services that end with the block."""
    started = [service(*command) for command in commands]
    try:
        yield started
    finally:
        for one in reversed(started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


@contextlib.contextmanager
def one(_: int) -> Iterator[Engine]:
    """The process that asks, alone."""
    yield lambda batches: map(extracted, batches), lambda: None


@contextlib.contextmanager
def pool(workers: int) -> Iterator[Engine]:
    """Processes of this machine."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers, multiprocessing.get_context("forkserver")) as executor:
        list(executor.map(time.sleep, [0.2] * workers))
        yield lambda batches: executor.map(extracted, batches), lambda: kill_task("forkserver")


@contextlib.contextmanager
def dask(workers: int) -> Iterator[Engine]:
    """dask.distributed, from within one step."""
    from distributed import Client

    with (
        dask_cluster(workers) as started,
        Client(f"tcp://127.0.0.1:{PORT}", timeout=60) as client,
    ):
        if workers:
            client.wait_for_workers(workers, timeout=60)
            client.run(extracted, ())
        yield (
            lambda batches: (one.result() for one in client.map(extracted, batches, pure=False)),
            lambda: kill(started[-1]),
        )


@contextlib.contextmanager
def dask_cluster(workers: int) -> Iterator[list[subprocess.Popen]]:
    """A scheduler and its workers, one thread each."""
    scheduler = ("--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard")
    worker = (f"tcp://127.0.0.1:{PORT}", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    python, module = str(BIN / "python"), "distributed.cli.dask_"
    with services(
        (python, "-m", f"{module}scheduler", *scheduler),
        *[(python, "-m", f"{module}worker", *worker)] * workers,
    ) as started:
        yield started


@contextlib.contextmanager
def ray(workers: int) -> Iterator[Engine]:
    """Ray tasks, from within one step."""
    import ray as engine

    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0"}
    head = ("start", "--head", "--block", "--num-cpus", str(workers), "--node-ip-address", "127.0.0.1")
    with services((str(BIN / "ray"), *head, "--port", str(PORT), "--include-dashboard", "false")):
        for _ in range(60):
            with contextlib.suppress(ConnectionError):
                engine.init(
                    f"127.0.0.1:{PORT}",
                    _node_ip_address="127.0.0.1",
                    log_to_driver=False,
                    runtime_env={"env_vars": {"PYTHONPATH": str(HERE)}},
                )
                break
            time.sleep(0.5)
        task = engine.remote(max_retries=3)(extracted)
        engine.get([task.remote(()) for _ in range(workers)]) if workers else None
        yield (
            lambda batches: map(engine.get, [task.remote(batch) for batch in batches]),
            lambda: kill_task("ray::extracted"),
        )
        engine.shutdown()


@contextlib.contextmanager
def celery(workers: int) -> Iterator[Engine]:
    """dagster-celery with Redis: each batch is a step of the run."""
    broker = f"redis://127.0.0.1:{PORT}/0"
    address = {"broker": broker, "backend": broker}
    config = Path(os.environ["ENGINES_FOLDER"], "celery.yaml")
    config.write_text(json.dumps({"execution": {"config": address}}), encoding="utf-8")
    worker = (str(BIN / "dagster-celery"), "worker", "start", "-A", "dagster_celery.app", "-y", str(config))
    redis = ("redis-server", "--port", str(PORT), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    with services(redis):
        time.sleep(0.5)
        with services(
            *[(*worker, "-n", f"w{number}", "--", "--concurrency", "1") for number in range(workers)]
        ) as started:
            wait_for_celery(broker, workers)
            yield stepwise(address), lambda: kill(started[-1])


def wait_for_celery(broker: str, workers: int) -> None:
    """Return when the workers answer."""
    from celery import Celery

    app = Celery(broker=broker, backend=broker)
    while workers and len(app.control.ping(timeout=0.5)) < workers:
        pass


@contextlib.contextmanager
def dagster_dask(workers: int) -> Iterator[Engine]:
    """dagster-dask: each batch is a step of the run, sent to the same scheduler and workers."""
    with dask_cluster(workers) as started:
        from distributed import Client

        with Client(f"tcp://127.0.0.1:{PORT}", timeout=60) as client:
            client.wait_for_workers(workers, timeout=60) if workers else None
        address = {"cluster": {"existing": {"address": f"127.0.0.1:{PORT}"}}}
        yield stepwise(address), lambda: kill(started[-1])


def stepwise(address: dict[str, object]) -> Mapped:
    """The job of steps.py, run by the executor that it names; its steps know where the batches are."""

    def mapped(_: Batches) -> Iterator[list]:
        import dagster as dg

        job = dg.reconstructable(__import__("steps").extraction)
        with dg.DagsterInstance.get() as instance:
            result = dg.execute_job(job, instance=instance, run_config={"execution": {"config": address}})
        if not result.success:
            raise SystemExit("the run failed")
        for path in sorted(Path(os.environ["ENGINES_FOLDER"]).glob("*.rows")):
            yield pickle.loads(path.read_bytes())  # noqa: S301 (our own file)
            path.unlink()

    return mapped


def kill(worker: subprocess.Popen) -> None:
    """SIGKILL a worker and all that it started, as if its machine were gone."""
    os.killpg(worker.pid, signal.SIGKILL)


def kill_task(name: str) -> None:
    """SIGKILL a process among our descendants that works on a task."""
    found = [one for one in psutil.Process().children(recursive=True) if name in " ".join(one.cmdline())]
    max(found, key=lambda one: one.create_time()).kill()


class Memory(threading.Thread):
    """The most that this process and all it started hold (RSS, MB), looked at twice a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0

    def run(self) -> None:
        """Look until the process ends."""
        while True:
            held = 0
            for process in [me := psutil.Process(), *me.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    held += process.memory_info().rss
            self.most = max(self.most, held / 1e6)
            time.sleep(0.5)


def processor() -> float:
    """Seconds of processor that this process and all it started have used."""
    used = 0.0
    for process in [me := psutil.Process(), *me.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            used += sum(process.cpu_times()[:4])
    return used


ENGINES = {"one": one, "pool": pool, "dask": dask, "ray": ray, "celery": celery, "dagster-dask": dagster_dask}


def main(name: str, folder: Path, what: str = "run") -> None:
    """Start the engine, run the batches, print what was measured."""
    os.environ |= {"ENGINES_EXECUTOR": name, "ENGINES_FOLDER": str(folder.resolve())}
    batches = [pickle.loads(path.read_bytes()) for path in sorted(folder.glob("batch-*.pickle"))]  # noqa: S301
    memory, begun = Memory(), time.perf_counter()
    memory.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(124))
    with ENGINES[name](0 if what == "nobody" else 2) as (mapped, kill_one):
        started, before = time.perf_counter(), processor()
        if what == "kill":
            killer = threading.Timer(float(os.environ.get("ENGINES_KILL_AFTER", "5")), kill_one)
            killer.daemon = True
            killer.start()
        told = digest(mapped(batches))
        ended, after = time.perf_counter(), processor()
    print(
        json.dumps(
            {
                "engine": name,
                "what": what,
                "batches": len(batches),
                "start": round(started - begun, 2),
                "seconds": round(ended - started, 2),
                "processor": round(after - before, 2),
                "memory": round(memory.most),
                "digest": told,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
