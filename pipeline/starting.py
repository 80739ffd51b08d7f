"""A new event: a folder with an event.toml that explains itself, and a place for its articles."""

from __future__ import annotations

import json
import shlex
import shutil
import unicodedata
from pathlib import Path
from typing import Final

from pipeline.events import EventError, discover
from pipeline.folders import ARTICLES, CONFIG, is_event, slug

LONGEST: Final = 100  # characters of a name
_TEMPLATE: Final = Path(__file__).with_suffix(".toml")
_NO_TEXT: Final = ("Cc", "Cs", "Zl", "Zp")  # controls, halves of characters, ends of lines
_TITLE: Final = 'title = "Riverton, May 2023"\n'


def template(title: str) -> str:
    """The text of a new event.toml. Raises EventError if `title` cannot be one."""
    title = title.strip()
    if not title or any(unicodedata.category(char) in _NO_TEXT for char in title):
        raise EventError(f"{title!a} is no title: give some words on one line")
    # What JSON escapes in such a text, TOML reads.
    own = f"title = {json.dumps(title, ensure_ascii=False)}\n"
    return _TEMPLATE.read_text(encoding="utf-8").replace(_TITLE, own, 1)


def start(data: Path, event: str, title: str | None = None) -> Path:
    """Make the folder of `event` in `data`, which need not exist, and give it.

    Raises EventError if the name or title cannot be one or the event is there, OSError if it cannot be
    written; nothing is left then.
    """
    folder = _free(data, event)
    text = template(title if title is not None else event.replace("-", " ").capitalize())
    data.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        raise EventError(
            f"{folder} exists already and is no event; choose another name, or remove it"
        ) from None
    try:
        (folder / ARTICLES).mkdir()
        (folder / CONFIG).write_text(text, encoding="utf-8")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def next_steps(folder: Path, data: Path | None) -> tuple[str, ...]:
    """The commands that make a report of a new event; `data`: the folder of events, if it was given."""
    where = ("--data", str(data)) if data else ()
    return tuple(
        shlex.join(("counterclaim", *words, *where))
        for words in (("add", folder.name, "page1.html", "page2.html"), ("run", folder.name))
    )


def _free(data: Path, event: str) -> Path:
    """Where the folder of `event` goes. Raises EventError if it cannot be there."""
    if len(event) > LONGEST or event != slug(event):
        safe = slug(event)[:LONGEST].strip("-")
        rule = "use small letters from a to z, digits and single hyphens"
        raise EventError(f"{event[:LONGEST]!a} is no name for an event: {rule}, for example {safe}")
    if is_event(data):
        raise EventError(f"{data} is an event itself; give the folder that holds events with --data")
    if (there := _there(data, event)) is None:
        return data / event
    config = there / CONFIG
    if config.exists():
        raise EventError(f"{there} exists already; edit {config}, or choose another name")
    remedy = f"start one under another name and move its {CONFIG} into {there}"
    raise EventError(f"{there} exists already, without {CONFIG}; {remedy}")


def _there(data: Path, event: str) -> Path | None:
    """The folder of the event that goes by this name: "Riverton 2023" is riverton-2023 too."""
    try:
        return next((one.root for one in discover(data) if one.event_id == event), None)
    except EventError:
        return None
