"""A server of PostgreSQL for tests: in a temporary folder, on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

USER: Final = "counterclaim"
PASSWORD: Final = "river: 'fell' by\\night"  # noqa: S105 (of a server that lives for a test)
_OTHER_USER: Final = "postgres"  # Debian's package makes it; the server does not run as root
_PATIENCE: Final = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs; `programs` is the folder of its programs."""

    port: int
    programs: Path

    def database(self, name: str) -> str:
        """A new database, as libpq is told of it."""
        self._program("createdb", name)
        return self.named(name)

    def named(self, name: str) -> str:
        """How libpq is told of a database."""
        return f"host=127.0.0.1 port={self.port} user={USER} dbname={name}"

    def ask(self, name: str, query: str) -> str:
        """What the server answers, as `psql` prints it."""
        return self._program("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", query, name)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to be let in."""
        return {"PGPASSWORD": PASSWORD}

    def _program(self, name: str, *arguments: str) -> str:
        given = ["--host=127.0.0.1", f"--port={self.port}", f"--username={USER}", *arguments]
        done = subprocess.run(
            [self.programs / name, *given],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


def programs() -> Path | None:
    """The folder of the newest server's programs; None if none is installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = max(debian, key=lambda path: float(path.parent.parent.name), default=None)
    found = found or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server with the programs in `folder`, for the `with` block."""
    prefix = []
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as root:
        if os.geteuid() == 0:
            shutil.chown(root, _OTHER_USER, _OTHER_USER)
            prefix = [
                "setpriv",
                f"--reuid={_OTHER_USER}",
                f"--regid={_OTHER_USER}",
                "--clear-groups",
                "--pdeathsig=KILL",
            ]
        secret = Path(root) / "password"
        secret.write_text(PASSWORD)
        data = f"--pgdata={root}/data"
        how = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={secret}", "--no-sync"]
        subprocess.run([*prefix, folder / "initdb", data, *how], cwd=root, capture_output=True, check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings = [
            "fsync=off",
            "listen_addresses=127.0.0.1",
            f"port={port}",
            f"unix_socket_directories={root}",
        ]
        options = [part for one in settings for part in ("-c", one)]
        with (
            Path(root, "log").open("wb") as log,
            subprocess.Popen(
                [*prefix, folder / "postgres", "-D", f"{root}/data", *options],
                cwd=root,
                stdout=log,
                stderr=log,
            ) as process,
        ):
            server = Server(port, folder)
            try:
                _wait(server, process)
                yield server
            finally:
                process.send_signal(signal.SIGINT)  # it ends at once, clients or not


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    ready = [server.programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={server.port}"]
    while subprocess.run(ready, check=False).returncode != 0:
        assert process.poll() is None, "the server ended"
        assert time.monotonic() < end, "the server does not answer"
        time.sleep(0.05)
