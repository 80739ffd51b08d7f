"""What a run was made from."""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import EVENT, integer, key, text
from pipeline.table import Table

RUNS: Final = Table(
    "runs",
    "What each event's tables were made from. No clock: the same inputs give the same row.",
    ("event_id", "run_id"),
    (
        EVENT,
        key("title", "what event.toml calls the event"),
        text("question", "what the report asks, in its words"),
        text("notice", "what readers are told first, in its words"),
        key("run_id", "hash of inputs_sha256 and versions"),
        key(
            "inputs_sha256",
            "hash over what is known (lexicons, codebooks) and every file of the event: articles, coded "
            "tables, event.toml, reviews.csv, failed.txt",
        ),
        key("versions", "versions of this project and of the libraries that shape its output"),
        integer("articles", "articles read", "articles", required=True),
        integer("claims", "claims extracted", "claims", required=True),
        integer("rejected", "numbers rejected, with reasons", "numbers", required=True),
        integer("problems", "problems met", "problems", required=True),
        integer("findings", "findings", "findings", required=True),
    ),
)
