"""`make ui`: nobody reaches it from another machine unless a person says so."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess

import pytest
from dagster_webserver.cli import dagster_webserver
from documented import DOCS, ROOT, examples

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


def started(*given: str, **environment: str) -> list[str]:
    """The command by which `make ui` starts the UI."""
    known = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    done = subprocess.run(
        ["make", "-n", "ui", *given],
        cwd=ROOT, env=known | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (line,) = (line for line in done.stdout.splitlines() if "-m dagster dev" in line)
    return shlex.split(line)[-4:]


def test_the_ui_listens_on_this_machine_alone():
    assert started() == ["--host", "127.0.0.1", "--port", "3000"]


def test_a_variable_of_the_shell_does_not_open_it():
    assert started(HOST="0.0.0.0", PORT="80") == ["--host", "127.0.0.1", "--port", "3000"]  # noqa: S104 not bound


def test_a_person_can_open_it_by_saying_so():
    opened = started("HOST=0.0.0.0", "PORT=8080")
    assert opened == ["--host", "0.0.0.0", "--port", "8080"]  # noqa: S104 not bound


def test_no_server_that_the_pages_tell_to_start_is_open_to_others():
    (asked,) = (option for option in dagster_webserver.params if option.name == "host")
    assert asked.default == "127.0.0.1"
    for page in sorted(DOCS.rglob("*.md")):
        for line in (line for one in examples(page) for line in one.text.splitlines()):
            if re.search(r"dagster[- ](dev|webserver)", line):
                assert "--host 127.0.0.1" in line, page


def test_a_server_to_look_at_changes_nothing():
    (line,) = (
        line
        for one in examples(DOCS / "how-to" / "serve-the-ui.md")
        for line in one.text.splitlines()
        if "dagster-webserver" in line
    )
    options = {name for option in dagster_webserver.params for name in option.opts}
    assert set(re.findall(r" (-[\w-]+)", line)) <= options
    assert "--read-only" in line
