"""Where events lie, and which files in an event's folder are of it, told without opening any.

A data folder holds one folder an event; an event folder holds `event.toml`, `articles/`, `coded/` and what
people decided about claims, `reviews.csv`. So that any folder can be tried out, a bare folder of article
files, or one article file, is an event too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CONFIG: Final = "event.toml"
ARTICLES: Final = "articles"
CODED: Final = "coded"
REVIEWS: Final = "reviews.csv"
# Files of an event that are no articles.
OWN: Final = (CONFIG, REVIEWS, "labels.jsonl", "labels.toml", "failed.txt")
_PAGES: Final = (".html", ".htm")


def places(path: Path) -> dict[str, Path]:
    """Where each event under `path` lies, by its id: `path` is a data folder, one event's folder, a folder of
    articles, or one article. Empty if there is none.
    """
    if path.is_file():
        return {slug(path.stem): path}
    if not path.is_dir():
        return {}
    if is_event(path):
        return {slug(path.resolve().name): path}
    folders = [folder for folder in sorted(path.iterdir()) if folder.is_dir() and is_event(folder)]
    if not folders and article_files(path):
        folders = [path]
    return {slug(folder.resolve().name): folder for folder in folders}


def is_event(folder: Path) -> bool:
    """Whether the folder is one event's, and not one of events."""
    return (folder / CONFIG).is_file() or (folder / ARTICLES).is_dir() or (folder / CODED).is_dir()


def article_files(folder: Path) -> tuple[Path, ...]:
    """Every visible file under `folder`, in order of path, and what stands there in place of one: links and
    folders that cannot be opened. The event's own files are not articles.
    """
    names: list[str] = []
    for within, entries in visible(folder):
        names += (
            [within] if entries is None else (within + one.name for one in entries if one.name not in OWN)
        )
    return tuple(folder / name for name in sorted(names))


def visible(folder: Path) -> Iterator[tuple[str, list[os.DirEntry[str]] | None]]:
    """Each folder from `folder` on, by its name from there with a slash, and what is in it: all that is no
    folder, not hidden, no README and not saved with a page. None for a folder that cannot be opened.
    """
    left = [""]
    while left:
        within = left.pop()
        try:
            with os.scandir(folder / within) as found:
                entries = [one for one in found if not one.name.startswith(".")]
        except OSError:
            yield within.removesuffix("/"), None
            continue
        folders = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
        if folders:
            pages = {Path(one.name).stem for one in entries if one.name.lower().endswith(_PAGES)}
            left += (f"{within}{name}/" for name in folders if not _saved_with(name, pages))
        yield (
            within,
            [one for one in entries if not (one.is_dir(follow_symlinks=False) or _is_readme(one.name))],
        )


def slug(name: str) -> str:
    """A name that is safe as a folder, a partition and a key: lower case, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "event"


def _is_readme(name: str) -> bool:
    return name[:6].lower() == "readme"


def _saved_with(name: str, pages: set[str]) -> bool:
    """Whether a browser made the folder `name` to hold the pictures and scripts of one of `pages`."""
    return name.endswith(("_files", ".files")) and name[:-6] in pages
