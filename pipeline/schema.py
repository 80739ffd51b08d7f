"""Every table, declared once.

The DDL, the polars schemas, the column descriptions in the Dagster UI, the asset checks and
`docs/data-dictionary.md` are all made from the declarations below; nothing else names a column's type
or its allowed values.
"""

from __future__ import annotations

from typing import Final

from pipeline.table import DATE, INT, LIST, NUMBER, TEXT, TIME, Column, Table

MODIFIERS: Final = ("exact", "at_least", "more_than", "up_to", "less_than", "about", "range", "vague")
SCOPES: Final = ("cumulative", "incident", "subset", "change")
STANCES: Final = ("asserted", "hedged", "denied", "retracted", "superseded", "hypothetical")
CONFIDENCES: Final = ("high", "medium", "low")
KINDS: Final = ("article", "digest", "coded")
PRECISIONS: Final = ("second", "minute", "day")
WIRE_MARKS: Final = ("declared", "dateline", "byline", "copyright", "sign-off", "own page")
SEVERITIES: Final = ("high", "medium", "low")
LINKS: Final = ("own", "same article", "same wire", "same statement", "near-duplicate text", "other words")
STATUSES: Final = ("standing", "superseded", "withdrawn", "not stated as fact")
PHASES: Final = ("announced", "sent", "arrived", "present", "leaving", "left")
REVISIONS: Final = ("up", "down")
RELATIONS: Final = ("compatible", "conflict", "different question")


def _text(
    name: str, meaning: str, *, allowed: tuple[str, ...] | None = None, required: bool = False
) -> Column:
    return Column(name, TEXT, meaning, allowed=allowed, required=required)


def _key(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, required=True)


def _int(name: str, meaning: str, unit: str | None = None, *, required: bool = False) -> Column:
    return Column(name, INT, meaning, unit=unit, required=required)


def _offset(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, INT, meaning, unit="Unicode code points of articles.text", required=required)


def _day(name: str, meaning: str) -> Column:
    return Column(name, DATE, meaning, unit="day")


def _list(name: str, meaning: str) -> Column:
    return Column(name, LIST, meaning)


_EVENT = _key("event_id", "the event: name of its folder in data/")

ARTICLES: Final = Table(
    "articles",
    "One published page by one outlet at one time.",
    ("event_id", "article_id"),
    (
        _key("article_id", "hash of the raw bytes and the URL"),
        _EVENT,
        _text("url", "where the page was published; empty if not known"),
        _text("outlet", "who printed it, as the page or its front matter says"),
        _text("publisher", "who owns the outlet; empty where the table of publishers does not have it"),
        _text("byline", "the author line of the page"),
        _text("dateline", "where and when the story was filed, in the page's words"),
        _text("title", "the page's title"),
        Column("published_at", TIME, "when the page says it was published", unit="UTC"),
        _text("published_precision", "how exactly published_at is known", allowed=PRECISIONS),
        Column("updated_at", TIME, "when the page says it was last changed", unit="UTC"),
        _text("updated_precision", "how exactly updated_at is known", allowed=PRECISIONS),
        Column("retrieved_at", TIME, "when the page was fetched; empty for files given by hand", unit="UTC"),
        _text("language", "ISO 639-1 code, by the words of the text, else as declared"),
        _text(
            "kind",
            "article: the page's own words; digest: a rewording; coded: a row of a table",
            allowed=KINDS,
            required=True,
        ),
        _text("wire", "the agency whose copy this is (AP, Reuters …), if the page shows it"),
        _text("wire_mark", "what shows the wire", allowed=WIRE_MARKS),
        _text("wire_evidence", "the characters of the page, or its address, that show the wire"),
        _key("text", "the body that offsets count in: of a page its main text with the headline first"),
        _key("text_sha256", "SHA-256 of text in UTF-8"),
        _key("raw_path", "the file, relative to the event's folder, with #place if it holds many"),
        _key("raw_sha256", "SHA-256 of the bytes it was read from"),
        _text("version_of", "article_id of the version of the same page before this one"),
    ),
)

FURNITURE: Final = Table(
    "furniture",
    "Stretches of articles.text that are page furniture (captions, donation appeals, related links): "
    "they stay in the text, so that offsets stay true, and make no claims.",
    ("event_id", "article_id", "start"),
    (
        _key("article_id", "the article"),
        _EVENT,
        _offset("start", "first character of the stretch"),
        _offset("end", "one past its last character"),
        _text(
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
        _EVENT,
        _key("path", "the file or URL, relative to the event's folder"),
        _text(
            "stage", "where it happened", allowed=("ingest", "extract", "compare", "report"), required=True
        ),
        _text(
            "severity",
            "error: skipped; warning: used, with something missing",
            allowed=("error", "warning"),
            required=True,
        ),
        _key("message", "what is wrong"),
        _key("remedy", "what to do about it"),
    ),
)

CLAIMS: Final = Table(
    "claims",
    "Who said that how many of which people, where, as of when, and the exact characters that say so.",
    ("event_id", "article_id", "start", "claim_id"),
    (
        _key("claim_id", "hash of article_id, quote, its occurrence in the article, and metric"),
        _key("article_id", "the article that prints it"),
        _EVENT,
        _offset("start", "first character of the quote"),
        _offset("end", "one past the quote's last character"),
        _key("quote", "text[start:end]: the words that make the claim"),
        _offset("sentence_start", "first character of its sentence"),
        _offset("sentence_end", "one past the sentence's last character"),
        _text("metric", "what is counted: a name from lexicon/metrics.toml", required=True),
        _int("value", "the number as stated; empty for ranges and vague words", "people or cases"),
        _int("low", "lower end; empty if the text leaves it open", "people or cases"),
        _int("high", "upper end; empty if the text leaves it open", "people or cases"),
        _text("modifier", "how the text bounds the number", allowed=MODIFIERS, required=True),
        _text("vague_word", "the word, where there is no number: dozens, hundreds …"),
        _text(
            "population",
            "whose: a name of lexicon/populations.toml, as the article words it; or side_a, side_b",
            required=True,
        ),
        _text("population_text", "the words that name the population"),
        _text("place_text", "the words that name the place"),
        _text("place_id", "the gazetteer row that place_text resolves to"),
        _text("country", "ISO 3166-1 alpha-2 code of the place"),
        _day("as_of_start", "first day the figure holds for"),
        _day("as_of_end", "last day the figure holds for"),
        _day("said_on", "the day the source said it"),
        _text(
            "scope", "cumulative, one incident, a part of a total, or a change", allowed=SCOPES, required=True
        ),
        _text("incident", "the incident that a table of coded figures names; empty for claims from text"),
        _text("part_of", "claim_id of the whole of which this is a part"),
        _text("attribution", "the phrase that names the source"),
        _offset("attribution_start", "first character of the attribution", required=False),
        _offset("attribution_end", "one past the attribution's last character", required=False),
        _text(
            "actor_id",
            "the real-world source the attribution resolves to (codebooks/actors.toml, event.toml)",
        ),
        _text("stance", "what the article does with the claim", allowed=STANCES, required=True),
        _text("stance_by", "the sentence that made the stance something other than asserted"),
        _key("extractor", "name and version of the extractor"),
        _key("rule", "names of the rules that made the claim, in order, joined by ' > '"),
        _text(
            "confidence", "how direct the binding of number and metric is", allowed=CONFIDENCES, required=True
        ),
    ),
)

REJECTED: Final = Table(
    "rejected",
    "Numbers in the text that are not claims, each with the reason.",
    ("event_id", "article_id", "start"),
    (
        _key("article_id", "the article"),
        _EVENT,
        _offset("start", "first character of the number"),
        _offset("end", "one past its last character"),
        _key("text", "text[start:end]"),
        _text("reason", "why it is no claim: a name from lexicon/rejections.toml", required=True),
        Column("value", NUMBER, "how the number was read, its unit apart; empty for vague words and ranges"),
        Column("low", NUMBER, "lower end, empty where the text leaves it open"),
        Column("high", NUMBER, "upper end, empty where the text leaves it open"),
        _text("modifier", "how the text bounds the number", allowed=MODIFIERS, required=True),
        _text("attribution", "the phrase that names who gives the number"),
        _offset("attribution_start", "first character of the attribution", required=False),
        _offset("attribution_end", "one past the attribution's last character", required=False),
    ),
)

COPIES: Final = Table(
    "copies",
    "Articles whose text is largely that of another, by the runs of five words that stand in both.",
    ("event_id", "article_id"),
    (
        _key("article_id", "the article"),
        _EVENT,
        _key("copy_group", "article_id of the first to print of those that the copies connect"),
        _key("twin", "article_id of the article that shares the most with it"),
        _int("runs", "how many runs of five words stand in both", "runs", required=True),
        Column("share", NUMBER, "the part of the shorter text's runs that stand in both", required=True),
        _offset("start", "first character of the longest passage that both have; holes in it do not count"),
        _offset("end", "one past its last character"),
        _offset("twin_start", "where that passage begins in the text of twin"),
        _offset("twin_end", "one past its last character there"),
    ),
)

EVIDENCE: Final = Table(
    "evidence",
    "Which claims go back to one statement. Claims of one group are one piece of evidence.",
    ("event_id", "group_id", "claim_id"),
    (
        _key("claim_id", "the claim"),
        _EVENT,
        _key("group_id", "the evidence group: smallest claim_id in it"),
        _text("link", "why it is in the group", allowed=LINKS, required=True),
        _text("originator", "the actor, wire or outlet that the group goes back to", required=True),
        _text("evidence_text", "the characters that show the link"),
    ),
)

SERIES: Final = Table(
    "series",
    "Claims that answer the same question. Only claims of one series are compared.",
    ("event_id", "series_id"),
    (
        _key("series_id", "hash of event, metric, population, place, scope, definition and incident"),
        _EVENT,
        _key("metric", "what is counted"),
        _key("population", "whose"),
        _text("place", "where: gazetteer row, else the text's words, else the event's own place"),
        _text("scope", "cumulative, incident, subset or change", allowed=SCOPES, required=True),
        _text(
            "definition", "what else is counted: a name from codebooks/definitions.toml; empty: the metric"
        ),
        _text("incident", "the incident, for figures that a table gives by incident"),
        _int("claims", "claims in the series", "claims", required=True),
        _int("articles", "articles that print them", "articles", required=True),
        _int(
            "outlets",
            "outlets, or owners of outlets where they are known, that print them",
            "outlets",
            required=True,
        ),
        _int("wires", "wire agencies whose copy they are", "agencies", required=True),
        _int("originators", "actors, wires or outlets they go back to", "originators", required=True),
        _int("groups", "evidence groups behind them", "evidence groups", required=True),
        Column(
            "disagreement",
            NUMBER,
            "share of reports that do not give the most frequent figure; one report an article",
        ),
        _int("discrepancy", "how many different figures reports give, less one", "figures"),
    ),
)

STATEMENTS: Final = Table(
    "statements",
    "One row a claim: its series, and from when to when it stood.",
    ("event_id", "series_id", "claim_id"),
    (
        _key("claim_id", "the claim"),
        _EVENT,
        _key("series_id", "the series it answers"),
        _key("group_id", "its evidence group"),
        _text("originator", "who made the statement"),
        _day("holds_from", "first day the figure holds for; stated_on if the text names none"),
        _day("holds_until", "last day the figure holds for; stated_on if the text names none"),
        _day("stated_on", "said_on, else the day of publication"),
        _day("published_on", "the day from which a reader could know it"),
        _text("status", "what became of it", allowed=STATUSES, required=True),
        _text("revised", "which way its source went from it, if it was replaced", allowed=REVISIONS),
        _day("stood_until", "the day it was superseded or withdrawn; empty while it stands"),
        _text("ended_by", "claim_id of the statement that ended it"),
    ),
)

PAIRS: Final = Table(
    "pairs",
    "Statements of one series, compared two by two, one pair for each two evidence groups.",
    ("event_id", "series_id", "claim_a", "claim_b"),
    (
        _EVENT,
        _key("series_id", "the series"),
        _key("claim_a", "first claim of the first group"),
        _key("claim_b", "first claim of the second group"),
        _text("relation", "what the two are to each other", allowed=RELATIONS, required=True),
        _key("reason", "why, in a sentence"),
    ),
)

TROOPS: Final = Table(
    "troops",
    "Where on their way the troops of a claim are, and the days that its sentence plans for them.",
    ("event_id", "claim_id"),
    (
        _key("claim_id", "the claim"),
        _EVENT,
        _text("phase", "how far they are", allowed=PHASES, required=True),
        _day("stated_on", "said_on, else the day of publication"),
        _day("starts_on", "first day of what is planned: ours, from stated_on and the words of the plan"),
        _day("ends_by", "last day of what is planned: ours, from starts_on and the words of the plan"),
    ),
)

ESTIMATES: Final = Table(
    "estimates",
    "What a named codebook would code for a series from the evidence up to a day. None of them is ours.",
    ("event_id", "series_id", "codebook", "as_of", "side"),
    (
        _EVENT,
        _key("series_id", "the series"),
        _key("codebook", "a rule of codebooks/*.toml"),
        Column(
            "as_of",
            DATE,
            "evidence up to and including this day: the last, and of a running total its most contested",
            unit="day",
            required=True,
        ),
        _text("side", "whose figures are coded apart; any: those of all sides", required=True),
        _int("low", "lower figure the rule gives; empty if it gives none", "people or cases"),
        _int("best", "the figure the rule would code; empty if it gives none", "people or cases"),
        _int("high", "upper figure the rule gives; empty if it gives none", "people or cases"),
        _text("grade", "the grade or the words that the codebook gives beside its figures, if it gives any"),
        _list("claims_used", "claim_ids the figure rests on"),
        _list("claims_passed", "the series' other claims: claim_id, and why the rule passed over it"),
        _key("trace", "the rule's steps, in words"),
    ),
)

FINDINGS: Final = Table(
    "findings",
    "What a reader must be told.",
    ("event_id", "finding_id"),
    (
        _key("finding_id", "hash of kind and claims"),
        _EVENT,
        _int("rank", "place in the order of telling: severity, kind, number of claims", required=True),
        _key("kind", "a kind of finding: one file each in compare/findings/"),
        _text("severity", "how much it bends what a reader believes", allowed=SEVERITIES, required=True),
        _key("headline", "one sentence a journalist could print"),
        _key("detail", "what it rests on, in a few sentences"),
        _list("claims", "claim_ids it rests on, the most telling first"),
        _list("numbers", "every number the headline and the detail print, as printed"),
    ),
)

RUNS: Final = Table(
    "runs",
    "What each event's tables were made from. No clock: the same inputs give the same row.",
    ("event_id", "run_id"),
    (
        _EVENT,
        _key("run_id", "hash of inputs_sha256 and versions"),
        _key("inputs_sha256", "hash over lexicons, codebooks, event.toml and every article file"),
        _key("versions", "versions of this project and of the libraries that shape its output"),
        _int("articles", "articles read", "articles", required=True),
        _int("claims", "claims extracted", "claims", required=True),
        _int("rejected", "numbers rejected, with reasons", "numbers", required=True),
        _int("problems", "problems met", "problems", required=True),
        _int("findings", "findings", "findings", required=True),
    ),
)

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        ARTICLES,
        FURNITURE,
        PROBLEMS,
        COPIES,
        CLAIMS,
        REJECTED,
        EVIDENCE,
        SERIES,
        STATEMENTS,
        PAIRS,
        TROOPS,
        ESTIMATES,
        FINDINGS,
        RUNS,
    )
}
