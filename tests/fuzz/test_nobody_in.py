"""All hostile inputs at once, through the whole road: no other file is opened, no address, and no code run.

The articles that stand beside them are read as if they were alone.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from saved import page, response
from targets import CORPUS, GOOD, MANY, TARGETS

ROOT = Path(__file__).parents[2]
WORD = "zwitterhorn"  # stands in no file but the one that nobody may open
EVENT = 'title = "Riverton, May 2023"\nplace = "Riverton"\n'
NEIGHBOURS = {
    "articles/good.md": GOOD,
    "articles/good.html": page(head='<meta name="date" content="2023-05-04">'),
    "articles/good.jsonl": b'{"text": "The mayor said 15 people were killed, 3 of them children."}\n',
}


def reaching(secret: Path, marker: Path, port: int) -> dict[str, bytes]:
    """Files that ask for a file, for an address, or to run something."""
    file, web = secret.as_uri(), f"http://127.0.0.1:{port}"
    dtd = (
        f'<!DOCTYPE html [<!ENTITY s SYSTEM "{file}"><!ENTITY w SYSTEM "{web}/w">'
        f'<!ENTITY % p SYSTEM "{web}/p.dtd"> %p;]>'
    )
    outer = f'<!DOCTYPE html SYSTEM "{web}/outer.dtd">'
    body = "&s; &w; 12 people were killed in Riverton, the mayor said on Tuesday after a night of rain."
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'
    linked = "".join(
        f'<{tag} src="{url}" href="{url}" data="{url}"></{tag}>'
        for tag in ("iframe", "link", "object", "script", "img", "a", "base")
        for url in (file, f"{web}/{tag}", f"../../../{secret.name}")
    )
    html = f"{dtd}<html><head>{linked}</head><body><p>{body}</p>{include}</body></html>"
    xml = f"<?xml version='1.0'?><?xml-stylesheet href='{web}/x.xsl' type='text/xsl'?>"
    item = f"<title>Flood &s;</title><link>{file}</link><description>12 died &w;</description>"
    item = f"<item xml:base='{file}'>{item}<enclosure url='{web}/e'/>{include}</item>"
    rss = f"<rss version='2.0'><channel>{item}</channel></rss>"
    shell = f"touch {marker}"
    external = (
        'Content-Type: multipart/related; boundary="b"\n\n--b\n'
        f"Content-Type: text/html\nContent-Location: {file}\n\n<p>{body}</p><img src='cid:x'>\n--b\n"
        f'Content-Type: message/external-body; access-type=local-file; name="{secret}"\n\n'
        f'Content-ID: <x>\n\n--b\nContent-Type: message/external-body; access-type=URL; URL="{web}/m"\n\n'
        "\n--b--\n"
    )
    front = {
        "apply": f'title: !!python/object/apply:os.system ["{shell}"]',
        "new": f"title: !!python/object/new:subprocess.Popen [[touch, {marker}]]",
        "name": "title: !!python/name:os.system",
        "module": "title: !!python/module:antigravity",
        "include": f"title: !include {secret}\nurl: {file}",
    }
    texts = {
        **{
            f"articles/{name}.md": f"---\n{line}\n---\n12 people were killed.\n"
            for name, line in front.items()
        },
        "articles/toml.md": f'+++\ninclude = "{secret}"\n+++\n12 people were killed.\n',
        "articles/file.html": html,
        "articles/outer.xhtml": f"{xml}{outer}<html><body><p>{body}</p>{include}</body></html>",
        "articles/feed.rss": f"{xml}{dtd.replace('html', 'rss')}{rss}",
        "articles/path.rss": str(secret),
        "articles/address.rss": f"{web}/feed",
        "articles/address.atom": f"feed:{web}/feed",
        "articles/name.html": str(secret),
        "articles/address.html": f"{web}/page",
        "articles/part.mhtml": external,
        "articles/a.jsonl": json.dumps({"text": f"12 died. {secret}", "url": file, "include": file}) + "\n",
        "articles/text.txt": f"12 people were killed. {{{{ {secret} }}}} $({shell}) `{shell}`\n",
        "failed.txt": f"# timed out; add it again\n{file}\n{web}/failed\n",
        "coded/a.csv": f'#date,#meta+source,#affected+killed\n2023-05-04,"=WEBSERVICE(""{web}/csv"")",12\n',
    }
    records = [
        response(html.encode(), url=file),
        response(html.encode(), url=f"{web}/x", headers={"Content-Type": "text/html", "Location": file}),
        response(page(), url=str(secret), status="301 Moved", headers={"Location": f"{web}/moved"}),
        response(page(), about=f"WARC-Refers-To-Target-URI: {file}\r\nWARC-Profile: {web}/profile\r\n"),
    ]
    return {**{name: text.encode() for name, text in texts.items()}, "articles/a.warc": b"".join(records)}


def kept() -> dict[str, bytes]:
    """What the corpus holds of articles and tables."""
    return {
        f"{Path(target.file).parent}/{name}-{path.name}-{Path(target.file).name}": path.read_bytes()
        for name, target in TARGETS.items()
        if "/" in target.file
        for path in sorted((CORPUS / name).iterdir())
    }


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, raw in {"event.toml": EVENT.encode(), **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


class Walked:
    """A folder that was walked: its tables, and what was asked for on the way."""

    def __init__(self, folder: Path, watch: Path) -> None:
        watch.mkdir()
        # Python runs a module of that name as it starts, in the processes that read pages too.
        shutil.copy(Path(__file__).with_name("hook.py"), watch / "sitecustomize.py")
        paths = os.pathsep.join(map(str, (watch, ROOT, ROOT / "tests", Path(__file__).parent)))
        own = {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(watch)}
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("watched.py")), str(folder)],
            env={**os.environ, **own, "WATCHED": str(watch / "log")},
            capture_output=True,
            text=True,
            cwd=watch,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        self.printed = done.stdout
        self.tables: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
        lines = (watch / "log").read_text().splitlines()
        self.asked = {tuple(line.split("\t", 1)) for line in lines}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("place")


@pytest.fixture(scope="module")
def server():
    """A server that hears whoever knocks."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


@pytest.fixture(scope="module")
def hostile(place, server):
    secret, marker = place / "secret.txt", place / "marker"
    secret.write_text(f"99 people were killed, the {WORD} said.\n")
    files = {**NEIGHBOURS, **kept(), **reaching(secret, marker, server.getsockname()[1])}
    folder = put(place / "hostile" / "riverton-2023", files)
    for link in ("articles/link.txt", "articles/link.html", "coded/link.csv", "reviews.csv", "labels.jsonl"):
        (folder / link).symlink_to(secret)
    outside = place / "outside"
    outside.mkdir()
    shutil.copy(secret, outside / "inner.txt")
    (folder / "articles" / "folder").symlink_to(outside)
    return Walked(folder, place / "watch-hostile")


def test_what_stands_beside_hostile_files_is_read_as_if_it_stood_alone(place, hostile):
    alone = Walked(put(place / "alone" / "riverton-2023", NEIGHBOURS), place / "watch-alone")
    ids = {row["article_id"] for row in alone.tables["articles"]}
    assert len(ids) == len(NEIGHBOURS)
    for name in ("articles", "furniture", "extracted", "rejected"):
        beside = [row for row in hostile.tables[name] if row["article_id"] in ids]
        assert beside == alone.tables[name], name
    assert len(alone.tables["extracted"]) > len(NEIGHBOURS)


def test_every_file_gives_pages_or_a_row_of_problems(place, hostile):
    folder = place / "hostile" / "riverton-2023"
    told = {row["raw_path"] for row in hostile.tables["articles"]}
    told |= {row["path"] for row in hostile.tables["problems"]}
    told = {path.partition("#")[0] for path in told}
    files = {path.relative_to(folder).as_posix() for path in folder.glob("[ac]*/*")}
    # What an archive holds may stand in another archive of the folder too, and then it is read once.
    assert {name for name in files - told if not name.endswith(MANY)} == set()


def test_the_file_that_nobody_may_open_stands_in_no_table(hostile):
    assert WORD not in hostile.printed


@pytest.mark.usefixtures("hostile")  # makes what the links lead to
def test_an_event_that_is_links_reads_nothing_behind_them(place):
    folder = place / "links" / "riverton-2023"
    folder.mkdir(parents=True)
    (folder / "articles").symlink_to(place / "outside")
    (folder / "event.toml").symlink_to(place / "secret.txt")
    walked = Walked(folder, place / "watch-links")
    assert WORD not in walked.printed
    assert walked.tables["articles"] == []
    assert len([row for row in walked.tables["problems"] if "outside of" in row["message"]]) == 2


def test_nobody_knocks_at_the_server(server, place, hostile):
    server.settimeout(0)
    with pytest.raises(BlockingIOError):
        server.accept()
    asked = {ast.literal_eval(what) for door, what in hostile.asked if door.startswith("socket.")}
    own = place / "watch-hostile"  # where its own processes speak to one another
    assert asked
    assert all(isinstance(one, str) and Path(one).is_relative_to(own) for one in asked), asked


def test_nothing_is_run(place, hostile):
    assert not (place / "marker").exists()
    doors = ("subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "webbrowser.")
    assert {one for one in hostile.asked if one[0].startswith(doors)} == set()


def test_no_file_is_opened_but_the_event_and_the_program(place, hostile):
    folder, watch = place / "hostile" / "riverton-2023", place / "watch-hostile"
    program = {ROOT, *(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "data"))}
    system = {Path("/proc"), Path("/etc"), Path("/dev"), Path("/usr/share/zoneinfo"), Path("/sys/fs/cgroup")}
    allowed = {*program, *system, Path(sys.base_prefix), folder, watch}
    for door, what in hostile.asked:
        if door in ("open", "write"):
            path = Path(os.fsdecode(ast.literal_eval(what)))
            assert any(path.is_relative_to(one) for one in allowed), (door, path)
            assert path.resolve().name != "secret.txt", path
            assert door == "open" or path.is_relative_to(watch) or path == Path("/dev/null"), (door, path)
