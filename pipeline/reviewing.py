"""A person at a terminal who goes through claims and decides: `counterclaim review`.

reviews.csv is read again before each decision is added and written whole, so that leaving at any moment loses
nothing, and what others wrote meanwhile stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl
from rich.console import Console
from rich.text import Text

from pipeline import words
from pipeline.events import Actor, Event
from pipeline.files import write_atomic
from pipeline.review import sheet as sheets
from pipeline.review.amending import FIELDS, Known, allowed, amend, known, typed_value
from pipeline.review.anchoring import Row
from pipeline.review.applying import APPLIED, GONE, OVERRULED, apply
from pipeline.review.decisions import ACCEPT, AMEND, REJECT, Anchor, Decision, one_line
from pipeline.review.figures import AmendError
from pipeline.review.frames import among
from pipeline.review.queueing import Item, queue
from pipeline.review.reading import content, decided
from pipeline.review.setting import Desk
from pipeline.review.sheet import Sheet, SheetError
from pipeline.review.writing import anchors, completed, row
from pipeline.terminal import say

TABLES: Final = ("extracted", "articles", "findings")
EMPTY: Final = "-"  # a value that empties a field
_KEYS: Final = "[a]ccept  [r]eject  a[m]end  [s]kip  [b]ack  [q]uit  [?]"
_HELP: Final = (
    "a  the claim stands as it is shown",
    "r  it is no claim, or wrong beyond mending: it is left out of every comparison",
    "m  one or more of its fields are wrong: give them anew",
    "s  decide later",
    "b  back to the claim before, and take back what was decided on it",
    "q  leave; every decision is in reviews.csv already",
)
_BESIDE: Final = 400  # characters of a sentence on each side of its claim
_LISTED: Final = 40  # words that a field may hold

Ask = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be reviewed, by whom, on which day. `tables` has those of TABLES."""

    event: Event
    actors: Sequence[Actor]
    tables: dict[str, pl.DataFrame]
    reviewer: str
    today: date


def review(console: Console, ask: Ask, task: Task, *, again: bool = False) -> None:
    """Walk a person through the claims. `ask` gives what is typed, a line at a time.

    Raises SheetError if reviews.csv must be mended first, and OSError if it cannot be written.
    """
    extracted, articles = task.tables["extracted"], task.tables["articles"]
    opened = load(task.event)
    if opened.faults:
        first = opened.faults[0]
        raise SheetError(f"line {first.line}: {first.fault}", "mend it first")
    whole, filled = completed(opened, extracted, articles)
    if filled:
        _write(task.event, whole)
        say(
            console, f"  {task.event.reviews}: quotes were added to {filled} rows, to find their claims again"
        )
    before = apply(extracted, articles, decided(whole), task.event, task.actors)
    _told_before(console, before.reviews, before.problems)
    on_claims = before.reviews.filter(pl.col("outcome").is_in([APPLIED, OVERRULED]))
    items = queue(extracted, task.tables["findings"], set(on_claims["claim_id"]), again=again)
    if not items:
        say(console, "  nothing is left to review; --again shows what was decided before")
        return
    _Session(console, ask, task, items, on_claims).walk()


def load(event: Event) -> Sheet:
    """The event's reviews.csv; a new one if there is none. Raises SheetError."""
    path = event.reviews
    there = path.exists() or path.is_symlink()
    return sheets.parse(content(event.root, path)) if there else sheets.empty()


def _write(event: Event, sheet: Sheet) -> None:
    write_atomic(event.reviews.resolve(), sheet.encoded())


def _told_before(console: Console, reviews: pl.DataFrame, problems: pl.DataFrame) -> None:
    for problem in problems.iter_rows(named=True):
        say(console, f"  reviews.csv, {problem['message']}; {problem['remedy']}")
    for one in reviews.filter(outcome=GONE).iter_rows(named=True):
        say(console, f"  reviews.csv, line {one['line']}: {one['note']}")


@dataclass(slots=True)
class _Session:
    """One sitting. `made` holds the steps taken: which item, and the rows that were written for it."""

    console: Console
    ask: Ask
    task: Task
    items: Sequence[Item]
    before: pl.DataFrame
    made: list[tuple[int, list[dict[str, str]]]] = field(default_factory=list)
    desk: Desk = field(init=False)
    articles: dict[str, Row] = field(init=False)
    anchors: dict[str, Anchor] = field(init=False)
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        extracted, articles = self.task.tables["extracted"], self.task.tables["articles"]
        claims = extracted.filter(among("claim_id", (item.claim_id for item in self.items))).to_dicts()
        rejected = self.before.filter(outcome=APPLIED, verdict=REJECT)["claim_id"]
        self.desk = Desk.of(claims, extracted, articles).without(frozenset(rejected))
        used = articles.filter(among("article_id", self.desk.texts))
        self.articles = {one["article_id"]: one for one in used.drop("text").iter_rows(named=True)}
        self.anchors = anchors(self.desk.claims, articles)
        self.known = known(self.task.event, self.task.actors)

    def walk(self) -> None:
        """Show one claim after the other until there is none, or the person leaves."""
        at = 0
        try:
            while at < len(self.items):
                self._show(at)
                at = self._step(at)
        except (EOFError, KeyboardInterrupt):
            say(self.console)
        rows = [one for _, written in self.made for one in written[:1]]
        counted = ", ".join(
            f"{sum(one['verdict'] == verdict for one in rows)} {word}"
            for verdict, word in ((ACCEPT, "accepted"), (REJECT, "rejected"), (AMEND, "amended"))
        )
        say(self.console, f"  {counted}; {len(self.items) - at} of {len(self.items)} claims are left")
        if rows:
            event = self.task.event
            say(self.console, f"  in {event.reviews}; `counterclaim run {event.event_id}` applies it")

    def _step(self, at: int) -> int:
        """What the person does with the item at `at`; gives the item that comes next."""
        key = self._asked(_KEYS).lower()[:1]
        if key in ("a", "r", "m"):
            return self._decide(at, {"a": ACCEPT, "r": REJECT, "m": AMEND}[key])
        if key == "s":
            self.made.append((at, []))
            return at + 1
        if key == "b":
            return self._back(at)
        if key == "q":
            raise EOFError
        for line in _HELP:
            say(self.console, f"  {line}")
        return at

    def _decide(self, at: int, verdict: str) -> int:
        claim_id = self.items[at].claim_id
        given = self._amendments(claim_id) if verdict == AMEND else {"": ""}
        if not given:
            return at
        reason = "" if verdict == ACCEPT else self._asked("why? (Enter: no reason)")
        rows = [
            row(
                Decision(
                    0, claim_id, verdict, name, value, self.task.reviewer, self.task.today, reason,
                    self.anchors[claim_id],
                )
            )
            for name, value in given.items()
        ]  # fmt: skip
        _write(self.task.event, load(self.task.event).with_every_column().appended(rows))
        self.made.append((at, rows))
        return at + 1

    def _back(self, at: int) -> int:
        if not self.made:
            say(self.console, "  this is the first")
            return at
        before, rows = self.made.pop()
        if rows:
            sheet = load(self.task.event)
            shorter = sheet.without(rows)
            _write(self.task.event, shorter)
            taken = len(sheet.records) - len(shorter.records) == len(rows)
            say(
                self.console,
                "  taken back"
                if taken
                else f"  somebody changed it in {self.task.event.reviews}: look there",
            )
        return before

    def _amendments(self, claim_id: str) -> dict[str, str]:
        """Fields with their new values, as they will be written; none if the person thought better of it."""
        setting = self.desk.setting(claim_id)
        given: dict[str, str] = {}
        say(self.console, f"  fields: {', '.join(FIELDS)}")
        while True:
            name = self._asked("which field? (Enter: done)").lower()
            if name:
                given |= self._value(claim_id, name)
                continue
            made = amend(setting, given, self.known)
            if not made.faults:
                break
            for wrong, fault in made.faults.items():
                say(self.console, f"  {wrong}: {fault}")
        for name, value in made.columns.items():
            if setting.claim[name] != value:
                say(self.console, f"  {name}: {_told(setting.claim[name])} → {_told(value)}")
        return given

    def _value(self, claim_id: str, name: str) -> dict[str, str]:
        setting = self.desk.setting(claim_id)
        if name not in FIELDS:
            say(self.console, f"  {name} cannot be amended")
            return {}
        choices = allowed(name, self.known)
        if choices:
            more = ", …" if len(choices) > _LISTED else ""
            say(self.console, f"  one of {', '.join(choices[:_LISTED])}{more}")
        now = _told(setting.claim[name])
        word = self._asked(f"{name} is {now}; what is it? (Enter: leave it, {EMPTY}: nothing)")
        if not word:
            return {}
        word = "" if word == EMPTY else word
        try:
            typed_value(setting, name, word, self.known)
        except AmendError as error:
            say(self.console, f"  {error}")
            return {}
        return {name: word}

    def _asked(self, question: str) -> str:
        """What is typed, on one line and no longer than a cell."""
        say(self.console, f"  {question}")
        return one_line(self.ask())[: sheets.CELL]

    def _show(self, at: int) -> None:
        item = self.items[at]
        claim = self.desk.claims[item.claim_id]
        article = self.articles[claim["article_id"]]
        say(self.console)
        say(self.console, f"[{at + 1} of {len(self.items)}]  {item.claim_id}")
        for reason in item.why:
            say(self.console, f"  {reason}")
        for one in self.before.filter(claim_id=item.claim_id).iter_rows(named=True):
            who = one["reviewer"] or "a person"
            say(self.console, f"  line {one['line']}, {who}: {one['verdict']}: {one['note']}")
        say(self.console)
        self.console.print(self._sentence(claim), soft_wrap=True, highlight=False)
        say(self.console)
        published = article["published_at"]
        where = (
            article["outlet"] or article["raw_path"],
            words.day(published.date() if published else None),
            article["url"],
        )
        say(self.console, f"  {', '.join(part for part in where if part)}")
        filled = [name for name in (*FIELDS, "confidence") if claim[name] is not None]
        for name in filled:
            say(self.console, f"  {name:<13} {claim[name]}")
        say(self.console)

    def _sentence(self, claim: Row) -> Text:
        """The sentence with the claim marked: in reverse on a terminal, by brackets elsewhere."""
        text = self.desk.texts[claim["article_id"]]
        start, end = claim["start"], claim["end"]
        first, last = max(claim["sentence_start"], start - _BESIDE), min(claim["sentence_end"], end + _BESIDE)
        opening, closing = ("", "") if self.console.is_terminal else ("⟦", "⟧")
        return Text.assemble(
            "  " + ("… " if first > claim["sentence_start"] else "") + _line(text[first:start]),
            (opening + _line(text[start:end]) + closing, "bold reverse"),
            _line(text[end:last]) + (" …" if last < claim["sentence_end"] else ""),
        )


def _line(text: str) -> str:
    return words.printable(re.sub(r"\s+", " ", text))


def _told(value: object) -> str:
    return "nothing" if value is None else str(value)
