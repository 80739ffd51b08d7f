"""The view-model: one event's tables, arranged for reading.

PDF, HTML and figures are all made from a View and from nothing else, so that a number reads the same
wherever it stands. Whatever needs a sum, a choice or a comparison was done before, in a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from pipeline import words
from pipeline.events import Actor, Event, people
from pipeline.report.decisions import DecisionView, decisions
from pipeline.report.safe import display_safe, safe_url

COUNTED: Final = ("articles", "claims", "rejected", "findings", "problems", "series")


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article as a source line. `label` is the outlet, else the file's name; `url` is http(s) or None."""

    article_id: str
    label: str
    title: str | None
    url: str | None
    published: date | None
    publisher: str | None
    wire: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim. `figure` is the number as it should be printed ("at least 164", "dozens", "10 to 15").

    `before` + `quote` + `after` is the sentence that holds the claim. `stated_on` is the day the source
    said it, else the day of publication. `source` is the actor's name, else the words that name the
    source, else None. `withdrawn_on` is the day the statement behind it was withdrawn, if it was. `reviewed`
    is what a person decided: accept or amend.
    """

    claim_id: str
    article: ArticleView
    before: str
    quote: str
    after: str
    metric: str
    figure: str
    value: int | None
    low: int | None
    high: int | None
    modifier: str
    vague_word: str | None
    population: str
    place: str
    stated_on: date | None
    as_of: str | None
    scope: str
    part_of: str | None
    source: str | None
    side: str | None
    stance: str
    status: str
    withdrawn_on: date | None
    group_id: str
    rule: str
    confidence: str
    reviewed: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """One evidence group of one series: `first` speaks for it, `carried_by` names the outlets; `links` says
    why its claims are one piece of evidence, each reason with the first characters that show it.
    """

    group_id: str
    originator: str
    first: ClaimView
    claims: tuple[ClaimView, ...]
    carried_by: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EstimateView:
    """What one codebook would code for a series, and how it got there."""

    codebook: str
    side: str
    grade: str | None
    as_of: date
    low: int | None
    best: int | None
    high: int | None
    trace: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One question: a metric, whose, where, of which scope; its evidence groups by day of statement.

    `estimates` are those of the last day, `contested` those of the day on which most different figures stood.
    """

    series_id: str
    metric: str
    population: str
    place: str
    scope: str
    definition: str | None
    claims: int
    articles: int
    originators: int
    groups: tuple[GroupView, ...]
    estimates: tuple[EstimateView, ...]
    contested: tuple[EstimateView, ...]

    @property
    def of_whom(self) -> str:
        """Whose it is and where, to stand after what is counted: " (children), Almaty"."""
        people = "" if self.population == "all" else f" ({self.population})"
        return people + (f", {self.place}" if self.place else "")


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with the claims it rests on, the most telling first."""

    finding_id: str
    kind: str
    severity: str
    headline: str
    detail: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One thing that could not be read or understood."""

    path: str
    stage: str
    severity: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class View:
    """One event, ready to be printed. `counts` holds every total the pages print, by name."""

    event_id: str
    title: str
    question: str | None
    notice: str | None
    period: tuple[date, date] | None
    articles: tuple[ArticleView, ...]
    claims: tuple[ClaimView, ...]
    series: tuple[SeriesView, ...]
    findings: tuple[FindingView, ...]
    problems: tuple[ProblemView, ...]
    decisions: tuple[DecisionView, ...]
    counts: Mapping[str, int]
    rejected: Mapping[str, int]
    run_id: str
    inputs_sha256: str
    versions: str


def build(event: Event, tables: Mapping[str, pl.DataFrame], actors: Sequence[Actor]) -> View:
    """The view of one event from its tables (name → frame, as declared in pipeline/schema/)."""
    articles = {row["article_id"]: _article(row) for row in tables["articles"].iter_rows(named=True)}
    claims = _claims(event, tables, articles, actors)
    (run,) = tables["runs"].to_dicts()
    reasons = tables["rejected"]["reason"].value_counts().sort("count", "reason", descending=[True, False])
    return View(
        event_id=event.event_id,
        title=display_safe(event.title),
        question=display_safe(event.question) or None,
        notice=display_safe(event.notice) or None,
        period=_period(articles.values()),
        articles=tuple(
            sorted(articles.values(), key=lambda one: (one.published or date.max, one.label, one.article_id))
        ),
        claims=tuple(claims.values()),
        series=_series(event, tables, claims, _names(articles.values(), actors)),
        findings=_findings(tables["findings"], claims),
        problems=tuple(_problem(row) for row in tables["problems"].iter_rows(named=True)),
        decisions=decisions(tables["reviews"], tables["articles"]),
        counts={**{name: tables[name].height for name in COUNTED}, **_distinct(tables, articles.values())},
        rejected={display_safe(reason): count for reason, count in reasons.rows()},
        run_id=run["run_id"],
        inputs_sha256=run["inputs_sha256"],
        versions=run["versions"],
    )


def _article(row: Mapping[str, Any]) -> ArticleView:
    return ArticleView(
        article_id=row["article_id"],
        label=display_safe(row["outlet"] or row["raw_path"]),
        title=display_safe(row["title"]) or None,
        url=safe_url(row["url"]),
        published=row["published_at"].date() if row["published_at"] else None,
        publisher=display_safe(row["publisher"]) or None,
        wire=display_safe(row["wire"]) or None,
        kind=row["kind"],
    )


def _claims(
    event: Event,
    tables: Mapping[str, pl.DataFrame],
    articles: Mapping[str, ArticleView],
    actors: Sequence[Actor],
) -> dict[str, ClaimView]:
    """Claims by id, in order of the day they were stated."""
    joined = (
        tables["claims"]
        .join(tables["articles"].select("article_id", "text"), on="article_id")
        .join(tables["statements"].drop("event_id"), on="claim_id")
        .join(tables["series"].select("series_id", "place"), on="series_id")
        .sort("stated_on", "metric", "value", "claim_id", nulls_last=True)
    )
    known = {actor.actor_id: actor for actor in reversed(actors)}
    return {
        row["claim_id"]: _claim(row, articles[row["article_id"]], known.get(row["actor_id"]), event)
        for row in joined.iter_rows(named=True)
    }


def _claim(row: Mapping[str, Any], article: ArticleView, actor: Actor | None, event: Event) -> ClaimView:
    text = row["text"]
    return ClaimView(
        claim_id=row["claim_id"],
        article=article,
        before=_context(text[row["sentence_start"] : row["start"]]),
        quote=display_safe(row["quote"]),
        after=_context(text[row["end"] : row["sentence_end"]]),
        metric=display_safe(words.plain(row["metric"])),
        figure=words.figure(row["modifier"], row["value"], row["low"], row["high"], row["vague_word"]),
        value=row["value"],
        low=row["low"],
        high=row["high"],
        modifier=row["modifier"],
        vague_word=row["vague_word"],
        population=display_safe(people(event.populations, row["population"])),
        place=display_safe(row["place"] or event.place or ""),
        stated_on=row["stated_on"],
        as_of=words.day(row["as_of_end"]) if row["as_of_end"] else None,
        scope=row["scope"],
        part_of=row["part_of"],
        source=display_safe(actor.name) if actor else row["attribution"] and _originator(row["attribution"]),
        side=actor.side if actor else None,
        stance=row["stance"],
        status=row["status"],
        withdrawn_on=row["stood_until"] if row["status"] == "withdrawn" else None,
        group_id=row["group_id"],
        rule=row["rule"],
        confidence=row["confidence"],
        reviewed=row["reviewed"],
    )


def _context(text: str) -> str:
    """The part of a sentence beside a quote, with the space between the two kept."""
    return (
        (" " if text[:1].isspace() else "")
        + display_safe(text)
        + (" " if text[-1:].isspace() and text.strip() else "")
    )


def _names(articles: Iterable[ArticleView], actors: Sequence[Actor]) -> frozenset[str]:
    """Names of those a statement may go back to; any other originator is words of an article."""
    told = [(article.label, article.wire) for article in articles]
    return frozenset({actor.name for actor in actors} | {name for pair in told for name in pair if name})


def _series(
    event: Event,
    tables: Mapping[str, pl.DataFrame],
    claims: Mapping[str, ClaimView],
    names: frozenset[str],
) -> tuple[SeriesView, ...]:
    """Series with the most evidence groups first."""
    members: dict[str, dict[str, list[ClaimView]]] = {}
    ordered = tables["statements"].sort("stated_on", "claim_id", nulls_last=True)
    for series_id, group_id, claim_id in ordered.select("series_id", "group_id", "claim_id").rows():
        members.setdefault(series_id, {}).setdefault(group_id, []).append(claims[claim_id])
    originators = dict(tables["evidence"].select("group_id", "originator").unique().rows())
    links = _links(tables["evidence"])
    coded: dict[str, list[EstimateView]] = {}
    contested: dict[str, list[EstimateView]] = {}
    last = tables["estimates"]["as_of"].max()
    for row in tables["estimates"].iter_rows(named=True):
        of_day = coded if row["as_of"] == last else contested
        of_day.setdefault(row["series_id"], []).append(_estimate(row))
    ranked = tables["series"].sort(["groups", "claims", "series_id"], descending=[True, True, False])
    return tuple(
        SeriesView(
            series_id=row["series_id"],
            metric=display_safe(words.plain(row["metric"])),
            population=display_safe(people(event.populations, row["population"])),
            place=display_safe(row["place"] or ""),
            scope=row["scope"],
            definition=display_safe(words.plain(row["definition"] or "")) or None,
            claims=row["claims"],
            articles=row["articles"],
            originators=row["originators"],
            groups=tuple(
                _group(group_id, _originator(originators[group_id], names), group, links.get(group_id, ()))
                for group_id, group in members[row["series_id"]].items()
            ),
            estimates=tuple(coded.get(row["series_id"], ())),
            contested=tuple(contested.get(row["series_id"], ())),
        )
        for row in ranked.iter_rows(named=True)
    )


def _originator(words_or_name: str, names: frozenset[str] = frozenset()) -> str:
    """A name as it is; words by which an article names its source, in quotation marks."""
    shown = display_safe(words_or_name)
    return shown if {shown, words_or_name} & names else f"“{shown}”"


def _links(evidence: pl.DataFrame) -> dict[str, tuple[tuple[str, str], ...]]:
    """By group, each reason why claims are in it with the first characters that show it."""
    told: dict[str, dict[str, str]] = {}
    joined = evidence.filter(pl.col("link") != "own").sort("claim_id")
    for group_id, link, text in joined.select("group_id", "link", "evidence_text").rows():
        told.setdefault(group_id, {}).setdefault(link, display_safe(text))
    return {group_id: tuple(reasons.items()) for group_id, reasons in told.items()}


def _group(
    group_id: str, originator: str, claims: Sequence[ClaimView], links: tuple[tuple[str, str], ...]
) -> GroupView:
    return GroupView(
        group_id,
        originator,
        claims[0],
        tuple(claims),
        tuple(dict.fromkeys(claim.article.label for claim in claims)),
        links if len(claims) > 1 else (),
    )


def _estimate(row: Mapping[str, Any]) -> EstimateView:
    grade = display_safe(row["grade"]) or None
    figures = (row["low"], row["best"], row["high"])
    return EstimateView(row["codebook"], row["side"], grade, row["as_of"], *figures, row["trace"])


def _findings(frame: pl.DataFrame, claims: Mapping[str, ClaimView]) -> tuple[FindingView, ...]:
    return tuple(
        FindingView(
            row["finding_id"],
            words.plain(row["kind"]),
            row["severity"],
            display_safe(row["headline"]),
            display_safe(row["detail"]),
            tuple(claims[claim_id] for claim_id in row["claims"]),
        )
        for row in frame.sort("rank").iter_rows(named=True)
    )


def _problem(row: Mapping[str, Any]) -> ProblemView:
    path, message, remedy = (display_safe(row[name]) for name in ("path", "message", "remedy"))
    return ProblemView(path, row["stage"], row["severity"], message, remedy)


def _period(articles: Iterable[ArticleView]) -> tuple[date, date] | None:
    days = sorted(article.published for article in articles if article.published)
    return (days[0], days[-1]) if days else None


def _distinct(tables: Mapping[str, pl.DataFrame], articles: Iterable[ArticleView]) -> dict[str, int]:
    return {
        "outlets": len({article.label for article in articles}),
        "reviewed": tables["claims"]["reviewed"].count(),
        "evidence groups": tables["evidence"]["group_id"].n_unique(),
        "claims without a source": tables["claims"]["attribution"].null_count(),
        "claims withdrawn": tables["statements"].filter(pl.col("status") == "withdrawn").height,
    }
