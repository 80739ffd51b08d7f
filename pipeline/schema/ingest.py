"""What ingest gives: articles, what in them is not the article, copies of one another, and problems."""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import EVENT, integer, key, offset, text
from pipeline.table import NUMBER, TIME, Column, Table

KINDS: Final = ("article", "digest", "coded")
PRECISIONS: Final = ("second", "minute", "day")
WIRE_MARKS: Final = ("declared", "dateline", "byline", "copyright", "sign-off", "own page")

ARTICLES: Final = Table(
    "articles",
    "One published page by one outlet at one time.",
    ("event_id", "article_id"),
    (
        key("article_id", "hash of the raw bytes and the URL"),
        EVENT,
        text("url", "where the page was published; empty if not known"),
        text("outlet", "who printed it, as the page or its front matter says"),
        text("publisher", "who owns the outlet; empty where the table of publishers does not have it"),
        text("byline", "the author line of the page"),
        text("dateline", "where and when the story was filed, in the page's words"),
        text("title", "the page's title"),
        Column("published_at", TIME, "when the page says it was published", unit="UTC"),
        text("published_precision", "how exactly published_at is known", allowed=PRECISIONS),
        Column("updated_at", TIME, "when the page says it was last changed", unit="UTC"),
        text("updated_precision", "how exactly updated_at is known", allowed=PRECISIONS),
        Column("retrieved_at", TIME, "when the page was fetched; empty for files given by hand", unit="UTC"),
        text("language", "ISO 639-1 code, by the words of the text, else as declared"),
        text(
            "kind",
            "article: the page's own words; digest: a rewording; coded: a row of a table",
            allowed=KINDS,
            required=True,
        ),
        text("wire", "the agency whose copy this is (AP, Reuters …), if the page shows it"),
        text("wire_mark", "what shows the wire", allowed=WIRE_MARKS),
        text("wire_evidence", "the characters of the page, or its address, that show the wire"),
        key("text", "the body that offsets count in: of a page its main text with the headline first"),
        key("text_sha256", "SHA-256 of text in UTF-8"),
        key("raw_path", "the file, relative to the event's folder, with #place if it holds many"),
        key("raw_sha256", "SHA-256 of the bytes it was read from"),
        text("version_of", "article_id of the version of the same page before this one"),
    ),
)

FURNITURE: Final = Table(
    "furniture",
    "Stretches of articles.text that are page furniture (captions, donation appeals, related links): "
    "they stay in the text, so that offsets stay true, and make no claims.",
    ("event_id", "article_id", "start"),
    (
        key("article_id", "the article"),
        EVENT,
        offset("start", "first character of the stretch"),
        offset("end", "one past its last character"),
        text(
            "pattern",
            "name of the entry in lexicon/furniture.toml, or: repeated line, byline, date line, dateline",
            required=True,
        ),
    ),
)

PROBLEMS: Final = Table(
    "problems",
    "What could not be read or understood, and what to do about it. A problem stops nothing else.",
    ("event_id", "path", "stage", "message"),
    (
        EVENT,
        key("path", "the file or URL, relative to the event's folder"),
        text(
            "stage",
            "where it happened",
            allowed=("ingest", "extract", "review", "compare", "report"),
            required=True,
        ),
        text(
            "severity",
            "error: skipped; warning: used, with something missing",
            allowed=("error", "warning"),
            required=True,
        ),
        key("message", "what is wrong"),
        key("remedy", "what to do about it"),
    ),
)

COPIES: Final = Table(
    "copies",
    "Articles whose text is largely that of another, by the runs of five words that stand in both.",
    ("event_id", "article_id"),
    (
        key("article_id", "the article"),
        EVENT,
        key("copy_group", "article_id of the first to print of those that the copies connect"),
        key("twin", "article_id of the article that shares the most with it"),
        integer("runs", "how many runs of five words stand in both", "runs", required=True),
        Column("share", NUMBER, "the part of the shorter text's runs that stand in both", required=True),
        offset("start", "first character of the longest passage that both have; holes in it do not count"),
        offset("end", "one past its last character"),
        offset("twin_start", "where that passage begins in the text of twin"),
        offset("twin_end", "one past its last character there"),
    ),
)
