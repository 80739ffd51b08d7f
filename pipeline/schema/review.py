"""What people decided about claims: reviews.csv applied to what extraction gave."""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import EVENT, day, integer, key, text
from pipeline.schema.extract import EXTRACTED
from pipeline.table import Table

VERDICTS: Final = ("accept", "reject", "amend")
OUTCOMES: Final = ("applied", "overruled", "claim gone", "not usable")

CLAIMS: Final = Table(
    "claims",
    "Who said that how many of which people, where, as of when, and the exact characters that say so. "
    "Claims that a person rejected are left out, slots that a person amended hold the amended value: "
    "reviews says what was changed.",
    EXTRACTED.key,
    (
        *EXTRACTED.columns,
        text("reviewed", "what a person decided; empty if no person looked", allowed=("accept", "amend")),
    ),
)

REVIEWS: Final = Table(
    "reviews",
    "Decisions of people on claims, each a row of reviews.csv that can be read, and what became of it.",
    ("event_id", "line"),
    (
        EVENT,
        integer("line", "the line of reviews.csv on which the decision begins", required=True),
        text("given_id", "claim_id as reviews.csv gives it"),
        text("claim_id", "the claim it was applied to, found again by its words if its id changed"),
        text("verdict", "what the person decided", allowed=VERDICTS),
        text("field", "the column of claims that is amended"),
        text("was", "what that column held by extraction, if it was amended"),
        text("value", "what it holds now; if the decision was not applied, as reviews.csv gives it"),
        text("reviewer", "who decided"),
        day("decided_on", "when"),
        text("reason", "why, in the person's words"),
        text("article", "the claim's article, by its file; if the claim is gone, as reviews.csv gives it"),
        text("metric", "what the claim counts by extraction; if it is gone, as reviews.csv gives it"),
        text("figure", "its number in words by extraction; if it is gone, as reviews.csv gives it"),
        text("quote", "the words that make it; if it is gone, as reviews.csv gives them"),
        text("outcome", "what became of the decision", allowed=OUTCOMES, required=True),
        key("note", "what became of it, in a sentence"),
    ),
)
