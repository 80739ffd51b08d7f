"""A manifest says what a report was made from, the same each time, and whatever is changed later is found."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from reported import EVENT, INPUTS, report, write_event

from pipeline import provenance, rebuilding
from pipeline.assets.run import Outcome
from pipeline.assets.workspace import Workspace
from pipeline.cli import main
from pipeline.events import Event, discover, load
from pipeline.limits import Limits
from pipeline.manifest import comparing, form, making, reading, sums
from pipeline.manifest.form import ManifestError
from pipeline.provenance import File, inputs

OUTPUTS = (
    "report.pdf",
    "report.html",
    "page-one.png",
    "figures/figures.json",
    "figures/what-we-could-not-see.svg",
    "figures/what-we-could-not-see.png",
    "tables/claims.parquet",
    "tables/claims.csv",
    "tables/claims.hxl.csv",
    "tables/claims.jsonld",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> SimpleNamespace:
    """The event and its report, made once, and what Dagster was told."""
    event = write_event(tmp_path_factory.mktemp("manifest") / "data")
    folder, told = report(event)
    return SimpleNamespace(event=event, folder=folder, told=told)


@pytest.fixture
def copy(made, tmp_path) -> SimpleNamespace:
    """A copy of both, to be changed."""
    event = shutil.copytree(made.event, tmp_path / "data" / EVENT)
    folder = shutil.copytree(made.folder, tmp_path / "reports" / EVENT)
    return SimpleNamespace(event=event, folder=folder)


def verify(place: SimpleNamespace, *options: str) -> Result:
    given = options or ("--data", str(place.event.parent))
    done = CliRunner().invoke(main, ["verify", str(place.folder), *given])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def flip(path: Path, at: int | None = None) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    path.write_bytes(content)


def told(folder: Path) -> dict:
    return json.loads((folder / form.NAME).read_bytes())


def rewrite(folder: Path, **changed) -> None:
    """Put a manifest in place that says something else, with the SHA256SUMS that it needs."""
    content = json.dumps(told(folder) | changed).encode()
    (folder / form.NAME).write_bytes(content)
    manifest, _ = reading.read(folder)
    (folder / sums.NAME).write_bytes(sums.written((*manifest.outputs, making.own(content))))


def test_a_run_leaves_a_manifest_that_holds(made):
    done = verify(made)
    assert done.exit_code == 0, done.output
    files, inputs_read = len(told(made.folder)["outputs"]), len(INPUTS)
    assert f"{files} files and {inputs_read} inputs as recorded" in done.output
    seal = hashlib.sha256((made.folder / sums.NAME).read_bytes()).hexdigest()
    assert f"SHA-256 of SHA256SUMS: {seal}" in done.output
    assert made.told.metadata["SHA-256 of SHA256SUMS"].value == seal


def test_it_names_every_file_of_the_report_and_every_input(made):
    manifest = told(made.folder)
    there = {
        path.relative_to(made.folder).as_posix(): path for path in made.folder.rglob("*") if path.is_file()
    }
    assert {one["path"] for one in manifest["outputs"]} == there.keys() - {form.NAME, sums.NAME}
    assert {one["path"] for one in manifest["inputs"]} == INPUTS.keys()
    for one in manifest["outputs"]:
        content = there[one["path"]].read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    rows = {one["path"]: one["rows"] for one in manifest["outputs"] if "rows" in one}
    claims = pl.read_parquet(made.folder / "tables" / "claims.parquet").height
    assert (
        rows["tables/claims.parquet"]
        == rows["tables/claims.csv"]
        == manifest["counts"]["claims"]
        == claims
        > 0
    )


def test_it_says_what_made_the_report(made):
    manifest = told(made.folder)
    (run,) = pl.read_parquet(made.folder / "tables" / "runs.parquet").to_dicts()
    assert (manifest["run_id"], manifest["inputs_sha256"]) == (run["run_id"], run["inputs_sha256"])
    made_by = manifest["made_by"]
    assert {"counterclaim", "duckdb", "polars", "typst"} <= made_by["versions"].keys()
    assert "lexicon/metrics.toml" in {one["path"] for one in made_by["knowledge"]}
    assert made_by["limits"]["page_bytes"] == Limits().page_bytes


def test_the_same_inputs_give_the_same_manifest_elsewhere(made, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Almaty")
    monkeypatch.setenv("USER", "someone-else")
    again, _ = report(write_event(tmp_path / "elsewhere" / "data"), "other")
    for name in (form.NAME, sums.NAME):
        assert (again / name).read_bytes() == (made.folder / name).read_bytes()
    assert str(tmp_path.parents[1]).encode() not in (again / form.NAME).read_bytes()


def test_sha256sum_agrees(copy):
    check = ["sha256sum", "--check", "--strict", "--quiet", sums.NAME]
    assert subprocess.run(check, cwd=copy.folder, check=False).returncode == 0
    flip(copy.folder / form.NAME)
    done = subprocess.run(check, cwd=copy.folder, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "manifest.json: FAILED\n")


@pytest.mark.parametrize("name", [*OUTPUTS, sums.NAME, form.NAME])
def test_one_bit_of_an_output_is_found(copy, name):
    flip(copy.folder / name)
    done = verify(copy)
    assert done.exit_code in ((1, 2) if name == form.NAME else (2,)), done.output
    assert name in done.output


def test_any_byte_of_any_file_is_found(copy):
    manifest, bytes_read = reading.read(copy.folder)
    chance = random.Random(7)  # noqa: S311 no secret
    for file in manifest.outputs:
        path = copy.folder / file.path
        good = path.read_bytes()
        for at in (0, chance.randrange(len(good)), len(good) - 1):
            damaged = bytearray(good)
            damaged[at] ^= chance.randrange(1, 256)
            path.write_bytes(damaged)
            assert [one.path for one in comparing.outputs(manifest, copy.folder)] == [file.path], at
        path.write_bytes(good)
    assert {Path(name).suffix for name in OUTPUTS} == {Path(file.path).suffix for file in manifest.outputs}
    assert comparing.outputs(manifest, copy.folder) == []
    assert comparing.agreement(manifest, bytes_read, copy.folder) == []


@pytest.mark.parametrize("name", INPUTS)
def test_one_bit_of_an_input_is_found(copy, name):
    flip(copy.event / name)
    done = verify(copy)
    assert done.exit_code == 2, done.output
    line = f"{copy.event / name}: has changed since the report was made; bring it back as it was, or make"
    assert line in done.output


def test_what_is_missing_new_and_added_is_named_with_its_remedy(copy):
    (copy.folder / "tables" / "claims.csv").unlink()
    (copy.folder / "tables" / "notes.csv").write_text("mine")
    (copy.event / "articles" / "one.md").unlink()
    (copy.event / "articles" / "four.txt").write_text("Two people died.")
    done = verify(copy)
    assert done.exit_code == 2
    assert "tables/claims.csv: is not there; get it again from where you got the report, or" in done.output
    assert "tables/notes.csv: is no part of the report; remove it before you pass it on" in done.output
    assert "articles/one.md: is not there; bring it back as it was, or make the report again" in done.output
    assert "articles/four.txt: is new since then; make the report again" in done.output
    assert "4 things not as recorded" in done.output


def test_a_number_of_nobody_is_found_though_the_hashes_were_made_to_fit(copy):
    page = copy.folder / "report.html"
    page.write_text(page.read_text(encoding="utf-8").replace("12 people", "9,712 people"), encoding="utf-8")
    changed = provenance.hashed(page, "report.html")
    others = [one for one in told(copy.folder)["outputs"] if one["path"] != "report.html"]
    forged = {"path": "report.html", "bytes": changed.bytes, "sha256": changed.sha256}
    rewrite(copy.folder, outputs=[*others, forged])
    done = verify(copy)
    assert done.exit_code == 2
    assert "9712 goes back to no claim" in done.output


def test_without_the_event_its_inputs_are_not_checked_and_that_is_said(copy, tmp_path, monkeypatch):
    shutil.rmtree(copy.event)
    monkeypatch.chdir(tmp_path / "reports")
    done = CliRunner().invoke(main, ["verify", EVENT])
    assert done.exit_code == 0, done.output
    assert f"note: inputs were not checked: there is no event {EVENT} in data" in done.output


def test_data_that_was_named_and_is_not_there_cannot_be_read(copy, tmp_path):
    assert verify(copy, "--data", str(tmp_path / "nowhere")).exit_code == 1
    write_event(tmp_path / "other").rename(tmp_path / "other" / "harborport-2023")
    done = verify(copy, "--data", str(tmp_path / "other"))
    assert done.exit_code == 1
    assert f"no event {EVENT} in" in done.output


def test_other_versions_are_notes(copy):
    made_by = told(copy.folder)["made_by"]
    made_by["python"] = "3.99"
    made_by["versions"] |= {"polars": "0.1", "abacus": "7"}
    made_by["limits"]["page_bytes"] += 1
    made_by["code"]["sha256"] = "0" * 64
    made_by["knowledge"][0]["sha256"] = "0" * 64
    rewrite(copy.folder, made_by=made_by)
    done = verify(copy)
    assert done.exit_code == 0, done.output
    notes = [line for line in done.output.splitlines() if line.startswith("note: the report was made ")]
    assert len(notes) == 6
    for one in ("Python 3.99", "polars 0.1", "abacus 7; installed here is none", "page_bytes", "other code"):
        assert one in "\n".join(notes)
    assert "other knowledge: codebooks/acled.toml" in "\n".join(notes)


def test_inputs_that_changed_while_the_report_was_made_give_no_manifest(copy):
    (copy.event / "articles" / "late.txt").write_text("Two people died.")
    with pytest.raises(ManifestError, match="changed while its report was made"):
        making.make(load(copy.event), copy.folder)


# --- made anew -------------------------------------------------------------------------------------------


@pytest.fixture
def anew(made, monkeypatch, tmp_path):
    """Stands in for the graph: the run of a rebuild leaves a copy of the report, changed as a test says."""
    seen = SimpleNamespace(change=lambda _: None, outcome=Outcome(None, (), ()), runs=0)
    seen.temporary = tmp_path / "temporary"
    seen.temporary.mkdir()

    def run(workspace: Workspace, event: Event) -> Outcome:
        seen.runs += 1
        assert "DAGSTER_HOME" not in os.environ
        assert workspace.settings.warehouse.is_relative_to(seen.temporary)
        seen.change(Path(shutil.copytree(made.folder, workspace.report_folder(event.event_id))))
        return seen.outcome

    monkeypatch.setattr(tempfile, "tempdir", str(seen.temporary))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.setattr(rebuilding, "run", run)
    yield seen
    assert list(seen.temporary.iterdir()) == []
    assert os.environ["DAGSTER_HOME"] == str(tmp_path)


def rebuild(place: SimpleNamespace) -> Result:
    return verify(place, "--rebuild", "--data", str(place.event.parent))


def test_a_report_can_be_made_anew_to_the_same_bytes(made, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = rebuild(made)
    assert done.exit_code == 0, done.output
    assert "made anew from the event's files, every file has the same bytes" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("anew")
def test_a_forger_who_makes_the_hashes_fit_is_found_by_making_the_report_anew(copy):
    table = copy.folder / "tables" / "claims.csv"
    table.write_bytes(table.read_bytes().replace(b"12", b"13", 1))
    others = [one for one in told(copy.folder)["outputs"] if one["path"] != "tables/claims.csv"]
    forged = asdict(provenance.hashed(table, "tables/claims.csv"))
    rewrite(copy.folder, outputs=[*others, {name: forged[name] for name in ("path", "bytes", "sha256")}])
    assert verify(copy).exit_code == 0
    done = rebuild(copy)
    assert done.exit_code == 2
    assert (
        f"{table}: comes out otherwise when it is made anew; the same files and versions give" in done.output
    )
    assert "1 thing not as recorded" in done.output


def test_what_comes_out_otherwise_is_named_with_the_versions_that_differ(copy, anew):
    def change(folder: Path) -> None:
        flip(folder / "report.pdf")
        (folder / "page-one.png").unlink()
        (folder / "figures" / "more.svg").write_text("<svg/>")

    anew.change = change
    made_by = told(copy.folder)["made_by"]
    made_by["versions"]["typst"] = "0.1"
    rewrite(copy.folder, made_by=made_by)
    done = rebuild(copy)
    assert done.exit_code == 2
    assert (
        "report.pdf: comes out otherwise when it is made anew; to make the same bytes, install" in done.output
    )
    assert "page-one.png: is not made anew, and was part of the report" in done.output
    assert "figures/more.svg: is made anew, and was no part of the report" in done.output
    assert "note: the report was made with typst 0.1; installed here is" in done.output


def test_from_other_inputs_nothing_is_made_anew(copy, anew):
    flip(copy.event / "articles" / "one.md")
    done = rebuild(copy)
    assert (done.exit_code, anew.runs) == (2, 0)
    assert (
        "note: the report was not made anew: its inputs are no longer those it was made from" in done.output
    )


@pytest.mark.parametrize(
    "outcome", [Outcome("report: no such font", (), ()), Outcome(None, ("report: no such font",), ())]
)
def test_a_report_that_cannot_be_made_anew_says_why(copy, anew, outcome):
    anew.outcome = outcome
    done = rebuild(copy)
    assert done.exit_code == 1
    assert "the report cannot be made anew: report: no such font" in done.output


def test_without_its_event_a_report_cannot_be_made_anew(copy, anew):
    shutil.rmtree(copy.event)
    done = verify(copy, "--rebuild")
    assert (done.exit_code, anew.runs) == (1, 0)
    assert f"no event {EVENT} in data" in done.output


# --- files that are not what they seem -------------------------------------------------------------------


def test_links_in_the_report_are_not_followed(copy, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the password is 4,711")
    for name in ("report.html", "figures/figures.json", "tables/claims.csv"):
        (copy.folder / name).unlink()
        (copy.folder / name).symlink_to(secret)
    (copy.folder / "more").symlink_to(tmp_path)
    done = verify(copy)
    assert done.exit_code == 2
    assert "report.html: is no plain file, and was a file that was read" in done.output
    assert "more: is no part of the report" in done.output
    assert "4711" not in done.output
    assert "4,711" not in done.output


@pytest.mark.parametrize("name", [form.NAME, sums.NAME])
def test_a_manifest_that_is_a_link_or_a_pipe_is_not_used(copy, name):
    real = (copy.folder / name).rename(copy.folder.parent / name)
    (copy.folder / name).symlink_to(real)
    assert verify(copy).exit_code == (1 if name == form.NAME else 2)
    (copy.folder / name).unlink()
    os.mkfifo(copy.folder / name)
    assert verify(copy).exit_code == (1 if name == form.NAME else 2)


def test_a_path_out_of_the_report_is_never_opened(copy, tmp_path):
    secret = tmp_path / "reports" / "secret"
    secret.write_text("4711")
    row = {"path": "../secret", "bytes": 4, "sha256": hashlib.sha256(b"4711").hexdigest()}
    manifest = told(copy.folder)
    for path in ("../secret", str(secret), "tables/../../secret", "./x", "a//b", "", "/", "a\0b", "\ud800"):
        rows = [*manifest["outputs"], row | {"path": path}]
        (copy.folder / form.NAME).write_text(json.dumps(manifest | {"outputs": rows}))
        done = verify(copy)
        assert done.exit_code == 1, path
        assert "outputs names a file outside of its folder" in done.output


DAMAGE = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 200_000,
    b'{"format": 1}',
    b'{"format": "counterclaim manifest 2"}',
    b'{"format": "counterclaim manifest 1", "format": "counterclaim manifest 1"}',
    b'{"format": "counterclaim manifest 1", "event": NaN}',
    b'{"format": "counterclaim manifest 1", "event": 1' + b"0" * 10_000 + b"}",
    b'{"format": "counterclaim manifest 1", "event": 1e999}',
)


@pytest.mark.parametrize("content", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_manifest_is_told_in_a_sentence(copy, content):
    (copy.folder / form.NAME).write_bytes(content)
    done = verify(copy)
    assert done.exit_code == 1
    assert "manifest.json cannot be used: " in done.output
    assert "get the report again" in done.output


def test_a_report_without_a_manifest_is_to_be_made_again(copy):
    (copy.folder / form.NAME).unlink()
    done = verify(copy)
    assert done.exit_code == 1
    assert "manifest.json is not there; make the report again" in done.output
    assert CliRunner().invoke(main, ["verify", str(copy.folder / "nowhere")]).exit_code == 1


def test_no_damage_gets_through(made, tmp_path):
    """Bits flipped, and every value replaced by one of another kind: an error or a disagreement."""
    content, chance = (made.folder / form.NAME).read_bytes(), random.Random(7)  # noqa: S311 no secret
    (tmp_path / sums.NAME).write_bytes((made.folder / sums.NAME).read_bytes())
    for at in chance.sample(range(len(content)), 500):
        damaged = bytearray(content)
        damaged[at] ^= 1 << chance.randrange(8)
        (tmp_path / form.NAME).write_bytes(damaged)
        try:
            manifest, bytes_read = reading.read(tmp_path)
        except ManifestError:
            continue
        assert comparing.agreement(manifest, bytes_read, tmp_path), at
    odd = (None, True, -1, 2**70, 1.5, "", "x", [], {}, [None], {"path": 1}, float("inf"))
    for damaged in replaced(json.loads(content), odd):
        (tmp_path / form.NAME).write_text(json.dumps(damaged))
        try:
            manifest, bytes_read = reading.read(tmp_path)
        except ManifestError:
            continue
        assert comparing.agreement(manifest, bytes_read, tmp_path)
        comparing.notes(manifest, Limits())
        comparing.outputs(manifest, tmp_path)


def replaced(value, odd, most=2):
    """`value` with each of its parts in turn replaced; of a list the first parts."""
    yield from odd
    if isinstance(value, dict):
        for name in value:
            yield from ({**value, name: other} for other in replaced(value[name], odd))
    elif isinstance(value, list):
        for number in range(min(most, len(value))):
            parts = replaced(value[number], odd)
            yield from ([*value[:number], other, *value[number + 1 :]] for other in parts)


NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20
) | st.binary(min_size=1, max_size=20).map(
    lambda raw: os.fsdecode(raw.replace(b"/", b"_").replace(b"\0", b"_"))
)
HOSTILE = (
    "line\nbreak",
    "\\",
    "\\n",
    "carriage\rreturn",
    " ",
    "-rf",
    "*",
    os.fsdecode(b"caf\xe9"),
    "\u202egnp.x",
)


def test_sha256sum_reads_hostile_names(tmp_path):
    for number, name in enumerate(HOSTILE):
        (tmp_path / name).write_text(str(number))
    files = [provenance.hashed(tmp_path / name, name) for name in HOSTILE]
    (tmp_path / "sums").write_bytes(sums.written(files))
    check = ["sha256sum", "--check", "--strict", "--quiet", "sums"]
    done = subprocess.run(check, cwd=tmp_path, check=False, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b""), done
    flip(tmp_path / HOSTILE[0])
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1


@given(st.lists(NAMES, unique=True, max_size=8))
def test_a_name_is_one_line_and_no_other_name(names):
    files = [File(name, 0, "0" * 64) for name in names]
    lines = sums.written(files).split(b"\n")[:-1]
    assert len(set(lines)) == len(lines) == len(names)
    assert not any(b"\r" in line for line in lines)


def test_hostile_names_of_inputs_come_back_as_they_were(tmp_path):
    event = write_event(tmp_path / "data")
    for number, name in enumerate(HOSTILE):
        (event / "articles" / f"{name}.txt").write_text(str(number))
    read = inputs(load(event))
    makers = making.makers(Limits())
    manifest = form.Manifest(EVENT, 'a "title"\n', "r0", "0" * 64, makers, read, (), {})
    (tmp_path / form.NAME).write_bytes(form.written(manifest))
    assert (tmp_path / form.NAME).read_bytes().isascii()
    again, _ = reading.read(tmp_path)
    assert again == manifest
    assert {f"articles/{name}.txt" for name in HOSTILE} <= {file.path for file in again.inputs}
    assert comparing.inputs(again, load(event), Limits()) == []


# --- inputs ----------------------------------------------------------------------------------------------


def test_an_input_that_is_not_read_says_why(tmp_path):
    event = write_event(tmp_path / "data")
    (tmp_path / "outside.txt").write_text("not for us")
    (event / "articles" / "link.txt").symlink_to(tmp_path / "outside.txt")
    (event / "articles" / "within.txt").symlink_to("one.md")
    os.mkfifo(event / "articles" / "pipe.txt")
    found = {file.path: file for file in inputs(load(event), Limits(archive_bytes=800))}
    no_file = "a link that leads to no file of the event"
    assert found["articles/link.txt"] == File("articles/link.txt", 0, None, no_file)
    assert found["articles/pipe.txt"].unread == "no plain file"
    assert found["articles/within.txt"].sha256 == found["articles/one.md"].sha256
    assert found["articles/two.html"].unread == provenance.TOO_LARGE
    assert found["articles/two.html"].bytes > 800


def test_what_was_read_counts_and_not_what_stands_there_later(tmp_path):
    event = write_event(tmp_path / "data")
    size = (event / "articles" / "one.md").stat().st_size
    rows = pl.DataFrame(
        {"file": ["articles/one.md", "a\\b"], "size": [size, 1], "sha256": ["f" * 64, "e" * 64]}
    )
    known = provenance.as_read(rows)
    assert known == {("articles/one.md", size): "f" * 64}
    found = {file.path: file for file in inputs(load(event), Limits(), known)}
    assert found["articles/one.md"].sha256 == "f" * 64
    assert found["articles/two.html"].sha256 == hashlib.sha256(INPUTS["articles/two.html"]).hexdigest()


def test_a_folder_of_articles_alone_has_the_event_toml_beside_it(tmp_path):
    event = write_event(tmp_path / "data")
    (alone,) = discover(event / "articles")
    assert {"event.toml", "one.md"} <= {file.path for file in inputs(alone)}
