"""What extraction gives: claims, and the numbers that are none."""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import EVENT, day, integer, key, offset, text
from pipeline.table import NUMBER, Column, Table

MODIFIERS: Final = ("exact", "at_least", "more_than", "up_to", "less_than", "about", "range", "vague")
SCOPES: Final = ("cumulative", "incident", "subset", "change")
STANCES: Final = ("asserted", "hedged", "denied", "retracted", "superseded", "hypothetical")
CONFIDENCES: Final = ("high", "medium", "low")

EXTRACTED: Final = Table(
    "extracted",
    "Claims as extraction gave them, before any review: the columns of claims but reviewed.",
    ("event_id", "article_id", "start", "claim_id"),
    (
        key("claim_id", "hash of article_id, quote, its occurrence in the article, and metric"),
        key("article_id", "the article that prints it"),
        EVENT,
        offset("start", "first character of the quote"),
        offset("end", "one past the quote's last character"),
        key("quote", "text[start:end]: the words that make the claim"),
        offset("sentence_start", "first character of its sentence"),
        offset("sentence_end", "one past the sentence's last character"),
        text("metric", "what is counted: a name from lexicon/metrics.toml", required=True),
        integer("value", "the number as stated; empty for ranges and vague words", "people or cases"),
        integer("low", "lower end; empty if the text leaves it open", "people or cases"),
        integer("high", "upper end; empty if the text leaves it open", "people or cases"),
        text("modifier", "how the text bounds the number", allowed=MODIFIERS, required=True),
        text("vague_word", "the word, where there is no number: dozens, hundreds …"),
        text(
            "population",
            "whose: a name of lexicon/populations.toml, as the article words it; or side_a, side_b",
            required=True,
        ),
        text("population_text", "the words that name the population"),
        text("place_text", "the words that name the place"),
        text("place_id", "the gazetteer row that place_text resolves to"),
        text("country", "ISO 3166-1 alpha-2 code of the place"),
        day("as_of_start", "first day the figure holds for"),
        day("as_of_end", "last day the figure holds for"),
        day("said_on", "the day the source said it"),
        text(
            "scope", "cumulative, one incident, a part of a total, or a change", allowed=SCOPES, required=True
        ),
        text("incident", "the incident that a table of coded figures names; empty for claims from text"),
        text("part_of", "claim_id of the whole of which this is a part"),
        text("attribution", "the phrase that names the source"),
        offset("attribution_start", "first character of the attribution", required=False),
        offset("attribution_end", "one past the attribution's last character", required=False),
        text(
            "actor_id",
            "the real-world source the attribution resolves to (codebooks/actors.toml, event.toml)",
        ),
        text("stance", "what the article does with the claim", allowed=STANCES, required=True),
        text("stance_by", "the sentence that made the stance something other than asserted"),
        key("extractor", "name and version of the extractor"),
        key("rule", "names of the rules that made the claim, in order, joined by ' > '"),
        text(
            "confidence", "how direct the binding of number and metric is", allowed=CONFIDENCES, required=True
        ),
    ),
)

REJECTED: Final = Table(
    "rejected",
    "Numbers in the text that are not claims, each with the reason.",
    ("event_id", "article_id", "start"),
    (
        key("article_id", "the article"),
        EVENT,
        offset("start", "first character of the number"),
        offset("end", "one past its last character"),
        key("text", "text[start:end]"),
        text("reason", "why it is no claim: a name from lexicon/rejections.toml", required=True),
        Column("value", NUMBER, "how the number was read, its unit apart; empty for vague words and ranges"),
        Column("low", NUMBER, "lower end, empty where the text leaves it open"),
        Column("high", NUMBER, "upper end, empty where the text leaves it open"),
        text("modifier", "how the text bounds the number", allowed=MODIFIERS, required=True),
        text("attribution", "the phrase that names who gives the number"),
        offset("attribution_start", "first character of the attribution", required=False),
        offset("attribution_end", "one past the attribution's last character", required=False),
    ),
)
