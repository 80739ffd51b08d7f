"""What is installed is what the lock files name, under licences that are allowed; a run fetches nothing."""

from __future__ import annotations

import json
import re
from email.message import Message
from importlib.metadata import Distribution
from types import SimpleNamespace

import audit
import licences
import pytest
from documented import ROOT
from elsewhere import ALONE, python
from reported import EVENT, write_event

from pipeline.warehouse import opening

LOCKS = ("requirements.lock", "tools/requirements.lock")
REQUIREMENT = re.compile(
    r"[A-Za-z0-9._-]+(\[[a-z-]+\])?==[A-Za-z0-9.!+]+( ; [^\\]+)? \\\n"
    r"( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n)+"
)

# --- the lock files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_each_requirement_has_its_hashes_and_no_address(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    found = [one[0] for one in REQUIREMENT.finditer(lock)]
    assert "".join(found) == lock
    assert "//" not in lock
    assert len(found) > 20


def test_whatever_is_installed_from_a_lock_file_is_held_against_its_hashes():
    places = (
        "Makefile",
        "README.md",
        ".github/workflows/report.yml",
        "docs/how-to/continuous-integration.md",
    )
    lines = [line for name in places for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    installs = [line for line in lines if re.search(r"pip install.* -r ", line)]
    assert len(installs) >= 4
    assert [line for line in installs if not {"--require-hashes", "--no-deps"} <= set(line.split())] == []
    assert [
        line for line in lines if "pip install" in line and not re.search(r" -r |--no-build-isolation", line)
    ] == []


# --- known vulnerabilities -------------------------------------------------------------------------------

LOCK = """abacus==1 ; python_full_version < '3.12' \\
    --hash=sha256:aa
abacus==2 ; python_full_version >= '3.12' \\
    --hash=sha256:bb
beads[wood]==3 \\
    --hash=sha256:cc
"""
FINE = {"name": "beads", "version": "3", "vulns": []}
RISK = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["4"], "description": "It counts wrong."}


def answer(*dependencies: dict) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_versions_for_other_systems_are_asked_for_too():
    first, second = audit.rounds(LOCK)
    assert first == "abacus==1 \\\n    --hash=sha256:aa\nbeads[wood]==3 \\\n    --hash=sha256:cc\n"
    assert second == "abacus==2 \\\n    --hash=sha256:bb\n"


@pytest.mark.parametrize(
    ("answers", "status", "says"),
    [
        ([answer(FINE)], 0, "no vulnerability is known of 1 packages"),
        ([answer(FINE | {"vulns": [RISK]})], 1, "beads 3: PYSEC-1, CVE-1; fixed in 4"),
        ([answer({"name": "beads", "skip_reason": "not found"})], 2, "answered for 0 of 1 packages"),
        ([answer()], 2, "answered for 0 of 1 packages"),
        ([""], 2, "could not be asked, so nothing is known"),
        (["{}"], 2, "could not be asked, so nothing is known"),
        ([answer(FINE), ""], 2, "could not be asked, so nothing is known"),
    ],
)
def test_no_answer_is_not_taken_for_a_good_one(answers, status, says):
    found, (told,) = audit.verdict(answers, asked=1)
    assert found == status
    assert says in told


# --- licences --------------------------------------------------------------------------------------------


def test_everything_installed_may_be_used(capsys):
    assert licences.main() == 0, capsys.readouterr().err
    table = capsys.readouterr().out
    assert re.search(r"^duckdb +\S+ +MIT$", table, re.MULTILINE)
    assert len(table.splitlines()) > 100


RULES = licences.rules(
    {
        "allowed": [{"licences": ["MIT", "BSD-3-Clause"], "why": "permissive"}],
        "words": [{"licence": "MIT", "words": ["MIT License"]}],
        "read": [{"name": "read-by-us", "licence": "MIT", "source": "its LICENSE"}],
    }
)


def distribution(name: str = "abacus", **metadata: str) -> Distribution:
    told = Message()
    for key, value in {"Name": name, "Version": "1"}.items() | metadata.items():
        told[key.replace("_", "-")] = value
    return SimpleNamespace(metadata=told, version="1")


@pytest.mark.parametrize(
    ("metadata", "expression", "fault"),
    [
        ({"License_Expression": "MIT"}, "MIT", ""),
        ({"License": "mit license"}, "MIT", ""),
        ({"Classifier": "License :: OSI Approved :: MIT License"}, "MIT", ""),
        ({"License_Expression": "GPL-3.0-only OR MIT"}, "GPL-3.0-only OR MIT", ""),
        ({"License_Expression": "GPL-3.0-only AND MIT"}, "GPL-3.0-only AND MIT", "not among the allowed"),
        ({"License_Expression": "AGPL-3.0-only"}, "AGPL-3.0-only", "not among the allowed"),
        ({"License_Expression": "(MIT OR X11) AND MIT"}, "(MIT OR X11) AND MIT", "too involved"),
        ({"License": "Copyright 2023. All rights reserved."}, "", "no licence that can be read"),
        ({"Classifier": "License :: Free for non-commercial use"}, "", "no licence that can be read"),
        ({}, "", "no licence that can be read"),
        ({"name": "Read.by_us", "License": "see LICENSE"}, "MIT", ""),
    ],
)
def test_a_licence_that_is_unknown_or_not_allowed_is_a_fault(metadata, expression, fault):
    found = licences.licence(distribution(**metadata), RULES)
    assert found.expression == expression
    assert fault in found.fault
    assert bool(found.fault) is bool(fault)


def test_what_is_allowed_is_allowed_for_a_reason_and_used():
    told = licences.tomllib.loads((ROOT / "tools" / "licences.toml").read_text(encoding="utf-8"))
    assert all(one["why"] for one in told["allowed"])
    assert all(one["source"] for one in told["read"])
    by = licences.rules(told)
    used = {
        one for found in licences.distributions() for one in licences.licence(found, by).expression.split()
    }
    assert by.allowed - used == set()


def test_what_the_lock_file_names_for_other_systems_is_said():
    assert licences.unseen(LOCK, ["Beads"]) == ["abacus"]


# --- no code and no words from elsewhere, while it runs --------------------------------------------------

# Put before every Python that a run starts: what asks for an address is written down and refused. Not `bind`:
# urllib3, which Dagster brings, binds to a port of its own on import to see whether there is IPv6.
WATCH = """
import os, socket, sys
def watch(event, told):
    asks = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
    speaks = event in ("socket.connect", "socket.sendto", "socket.sendmsg")
    if asks or (speaks and told[0].family != socket.AF_UNIX):
        with open(os.environ["WATCHED"], "a") as file:
            file.write(f"{event} {told[1:]}\\n")
        raise PermissionError(f"{event} {told[1:]}")
sys.addaudithook(watch)
"""


@pytest.fixture
def cut_off(tmp_path):
    """Runs Python without a network and with an empty home; gives how it ended and what it asked for."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    (tmp_path / "home").mkdir()
    watched = tmp_path / "watched"

    def run(*arguments: str) -> SimpleNamespace:
        environment = {
            "PYTHONPATH": str(tmp_path / "watch"),
            "WATCHED": str(watched),
            "HOME": str(tmp_path / "home"),
        }
        done = python(*arguments, cwd=tmp_path, prefix=ALONE, **environment)
        return SimpleNamespace(done=done, asked=watched.read_text() if watched.exists() else "")

    return run


def test_the_whole_road_asks_nobody_for_anything(cut_off, tmp_path):
    write_event(tmp_path / "data")
    for command in (["run"], ["verify", f"reports/{EVENT}"]):
        found = cut_off("-m", "pipeline", *command)
        assert found.done.returncode == 0, found.done.stdout + found.done.stderr
        assert found.asked == ""
    assert (tmp_path / "reports" / EVENT / "report.pdf").is_file()


def test_who_asks_is_seen(cut_off):
    found = cut_off("-c", "from urllib.request import urlopen; urlopen('http://riverton.example/')")
    assert found.done.returncode == 1
    assert "socket.getaddrinfo" in found.asked


@pytest.mark.skipif(
    not ALONE, reason="this system lets nobody make a network of his own: only Python was watched"
)
def test_who_is_not_seen_reaches_nobody(cut_off):
    found = cut_off("-S", "-c", "import socket; socket.create_connection(('127.0.0.1', 9))")
    assert "Network is unreachable" in found.done.stderr
    assert found.asked == ""


def test_duckdb_fetches_no_extension(tmp_path):
    with opening.connect(tmp_path / "w.duckdb") as connection:
        told = dict(connection.sql("SELECT name, value FROM duckdb_settings()").fetchall())
    off = ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access")
    assert {name: told[name] for name in off} == dict.fromkeys(off, "false")


def test_typst_is_asked_for_no_package():
    sources = list((ROOT / "pipeline").rglob("*.typ"))
    assert sources
    assert [path.name for path in sources if re.search(r'"@\w+/', path.read_text(encoding="utf-8"))] == []
