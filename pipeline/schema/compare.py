"""What comparison gives: evidence groups, series, statements, pairs, estimates and findings."""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import EVENT, day, integer, key, text, texts
from pipeline.schema.extract import SCOPES
from pipeline.table import DATE, NUMBER, Column, Table

SEVERITIES: Final = ("high", "medium", "low")
LINKS: Final = ("own", "same article", "same wire", "same statement", "near-duplicate text", "other words")
STATUSES: Final = ("standing", "superseded", "withdrawn", "not stated as fact")
PHASES: Final = ("announced", "sent", "arrived", "present", "leaving", "left")
REVISIONS: Final = ("up", "down")
RELATIONS: Final = ("compatible", "conflict", "different question")

EVIDENCE: Final = Table(
    "evidence",
    "Which claims go back to one statement. Claims of one group are one piece of evidence.",
    ("event_id", "group_id", "claim_id"),
    (
        key("claim_id", "the claim"),
        EVENT,
        key("group_id", "the evidence group: smallest claim_id in it"),
        text("link", "why it is in the group", allowed=LINKS, required=True),
        text("originator", "the actor, wire or outlet that the group goes back to", required=True),
        text("evidence_text", "the characters that show the link"),
    ),
)

SERIES: Final = Table(
    "series",
    "Claims that answer the same question. Only claims of one series are compared.",
    ("event_id", "series_id"),
    (
        key("series_id", "hash of event, metric, population, place, scope, definition and incident"),
        EVENT,
        key("metric", "what is counted"),
        key("population", "whose"),
        text("place", "where: gazetteer row, else the text's words, else the event's own place"),
        text("scope", "cumulative, incident, subset or change", allowed=SCOPES, required=True),
        text("definition", "what else is counted: a name from codebooks/definitions.toml; empty: the metric"),
        text("incident", "the incident, for figures that a table gives by incident"),
        integer("claims", "claims in the series", "claims", required=True),
        integer("articles", "articles that print them", "articles", required=True),
        integer(
            "outlets",
            "outlets, or owners of outlets where they are known, that print them",
            "outlets",
            required=True,
        ),
        integer("wires", "wire agencies whose copy they are", "agencies", required=True),
        integer("originators", "actors, wires or outlets they go back to", "originators", required=True),
        integer("groups", "evidence groups behind them", "evidence groups", required=True),
        Column(
            "disagreement",
            NUMBER,
            "share of reports that do not give the most frequent figure; one report an article",
        ),
        integer("discrepancy", "how many different figures reports give, less one", "figures"),
    ),
)

STATEMENTS: Final = Table(
    "statements",
    "One row a claim: its series, and from when to when it stood.",
    ("event_id", "series_id", "claim_id"),
    (
        key("claim_id", "the claim"),
        EVENT,
        key("series_id", "the series it answers"),
        key("group_id", "its evidence group"),
        text("originator", "who made the statement"),
        day("holds_from", "first day the figure holds for; stated_on if the text names none"),
        day("holds_until", "last day the figure holds for; stated_on if the text names none"),
        day("stated_on", "said_on, else the day of publication"),
        day("published_on", "the day from which a reader could know it"),
        text("status", "what became of it", allowed=STATUSES, required=True),
        text("revised", "which way its source went from it, if it was replaced", allowed=REVISIONS),
        day("stood_until", "the day it was superseded or withdrawn; empty while it stands"),
        text("ended_by", "claim_id of the statement that ended it"),
    ),
)

PAIRS: Final = Table(
    "pairs",
    "Statements of one series, compared two by two, one pair for each two evidence groups.",
    ("event_id", "series_id", "claim_a", "claim_b"),
    (
        EVENT,
        key("series_id", "the series"),
        key("claim_a", "first claim of the first group"),
        key("claim_b", "first claim of the second group"),
        text("relation", "what the two are to each other", allowed=RELATIONS, required=True),
        key("reason", "why, in a sentence"),
    ),
)

TROOPS: Final = Table(
    "troops",
    "Where on their way the troops of a claim are, and the days that its sentence plans for them.",
    ("event_id", "claim_id"),
    (
        key("claim_id", "the claim"),
        EVENT,
        text("phase", "how far they are", allowed=PHASES, required=True),
        day("stated_on", "said_on, else the day of publication"),
        day("starts_on", "first day of what is planned: ours, from stated_on and the words of the plan"),
        day("ends_by", "last day of what is planned: ours, from starts_on and the words of the plan"),
    ),
)

ESTIMATES: Final = Table(
    "estimates",
    "What a named codebook would code for a series from the evidence up to a day. None of them is ours.",
    ("event_id", "series_id", "codebook", "as_of", "side"),
    (
        EVENT,
        key("series_id", "the series"),
        key("codebook", "a rule of codebooks/*.toml"),
        Column(
            "as_of",
            DATE,
            "evidence up to and including this day: the last, and of a running total its most contested",
            unit="day",
            required=True,
        ),
        text("side", "whose figures are coded apart; any: those of all sides", required=True),
        integer("low", "lower figure the rule gives; empty if it gives none", "people or cases"),
        integer("best", "the figure the rule would code; empty if it gives none", "people or cases"),
        integer("high", "upper figure the rule gives; empty if it gives none", "people or cases"),
        text("grade", "the grade or the words that the codebook gives beside its figures, if it gives any"),
        texts("claims_used", "claim_ids the figure rests on"),
        texts("claims_passed", "the series' other claims: claim_id, and why the rule passed over it"),
        key("trace", "the rule's steps, in words"),
    ),
)

FINDINGS: Final = Table(
    "findings",
    "What a reader must be told.",
    ("event_id", "finding_id"),
    (
        key("finding_id", "hash of kind and claims, or of what it is about where it rests on none"),
        EVENT,
        integer("rank", "place in the order of telling: severity, kind, number of claims", required=True),
        key("kind", "a kind of finding: one file each in compare/findings/"),
        text("severity", "how much it bends what a reader believes", allowed=SEVERITIES, required=True),
        key("headline", "one sentence a journalist could print"),
        key("detail", "what it rests on, in a few sentences"),
        texts("claims", "claim_ids it rests on, the most telling first"),
        texts("numbers", "every number the headline and the detail print, as printed"),
    ),
)
