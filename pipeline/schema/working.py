"""What the warehouse holds beside the tables that go out: what need not be read or extracted again.

Nothing here is evidence. Delete the warehouse, run again, and the tables are the same.
"""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import EVENT, flag, integer, key, text
from pipeline.schema.ingest import ARTICLES, FURNITURE, PROBLEMS
from pipeline.table import Table

_FILE: Final = key("file", "the file, relative to the event's folder")
_PLACE: Final = integer("place", "which of its pages, from 0", required=True)

FILES: Final = Table(
    "files",
    "Files that were read: as they were then, and by what.",
    ("event_id", "file"),
    (
        EVENT,
        _FILE,
        integer("size", "its size", "bytes", required=True),
        integer("modified_ns", "when its content was last changed, as the file system says", "ns since 1970"),
        integer(
            "changed_ns", "when anything of it was last changed, which no tool sets back", "ns since 1970"
        ),
        integer("inode", "its number in the file system: another file of the same name has another"),
        text("sha256", "SHA-256 of its bytes; empty for what is no plain file"),
        key("reader", "version of what read it"),
        flag("again", "whether a limit of time or memory ended the reading, so that it is tried again"),
    ),
)

PAGES: Final = Table(
    "pages",
    "Every page as its file tells it: articles before those that are there twice are left out. The text of "
    "one that is an article is in articles alone.",
    ("event_id", "file", "place"),
    (
        _FILE,
        _PLACE,
        flag("entry", "whether it is an entry of a feed or list, which shares its file's bytes"),
        flag("whole", "whether it is a file of its own, which a person put there"),
        *ARTICLES.columns,
    ),
)

PAGE_FURNITURE: Final = Table(
    "page_furniture",
    "Furniture of every page.",
    ("event_id", "file", "place", "start"),
    (_FILE, _PLACE, *FURNITURE.columns),
)

PAGE_PROBLEMS: Final = Table(
    "page_problems",
    "Problems of every file, and of every page.",
    ("event_id", "file", "path", "message"),
    (_FILE, integer("place", "which of its pages; empty if it is of the file"), *PROBLEMS.columns),
)

EXTRACTIONS: Final = Table(
    "extractions",
    "Articles whose claims are in extracted, whether there are any or none.",
    ("event_id", "article_id"),
    (
        EVENT,
        key("article_id", "the article"),
        key("extraction", "hash of what was extracted from, and the version of what extracted it"),
        text("message", "why nothing was extracted from an article that asks for too much; else empty"),
        text("remedy", "what to do about it"),
    ),
)

STAGES: Final = Table(
    "stages",
    "Assets of the event that are done.",
    ("event_id", "stage"),
    (
        EVENT,
        key("stage", "name of the asset"),
        key("inputs", "hash of all that shapes it: code, knowledge, the event, versions of what it reads"),
        key("version", "hash of what came out"),
    ),
)

DRAWINGS: Final = Table(
    "drawings",
    "Figures of the report: one that would be drawn from the same is not drawn again.",
    ("event_id", "name"),
    (
        EVENT,
        key("name", "the figure"),
        key("drawn_from", "hash of all that is drawn, and the version of what draws it"),
        key("files", "hash of its files"),
    ),
)

WARNINGS: Final = Table(
    "warnings",
    "What the checks of the last run warned of: told again while nothing changes.",
    ("event_id", "place"),
    (EVENT, integer("place", "its place in the order of telling", required=True), key("warning", "in words")),
)
