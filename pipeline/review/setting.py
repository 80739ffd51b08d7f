"""The claims that people decided on, with their articles' texts and the claims beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from pipeline.review.amending import Setting
from pipeline.review.anchoring import Row
from pipeline.review.frames import among


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a reviewer. Claims are as extraction gave them; `wholes` has each claim of an article
    with that of which it is a part.
    """

    claims: Mapping[str, Row]
    texts: Mapping[str, str]
    paths: Mapping[str, str]
    wholes: Mapping[str, Mapping[str, str | None]]
    rejected: frozenset[str] = frozenset()

    @classmethod
    def of(cls, claims: Iterable[Row], extracted: pl.DataFrame, articles: pl.DataFrame) -> Desk:
        """The desk for some rows of `extracted`. Of articles article_id, raw_path and text are read."""
        by_id = {claim["claim_id"]: claim for claim in claims}
        here = among("article_id", (claim["article_id"] for claim in by_id.values()))
        read = articles.filter(here).select("article_id", "text", "raw_path").rows()
        wholes: dict[str, dict[str, str | None]] = {}
        links = extracted.filter(here).select("article_id", "claim_id", "part_of")
        for article_id, claim_id, whole in links.rows():
            wholes.setdefault(article_id, {})[claim_id] = whole
        return cls(
            by_id,
            {article_id: text for article_id, text, _ in read},
            {article_id: path for article_id, _, path in read},
            wholes,
        )

    def setting(self, claim_id: str) -> Setting:
        """One claim in its surroundings."""
        claim = self.claims[claim_id]
        article = claim["article_id"]
        return Setting(claim, self.texts[article], self.wholes[article], self.rejected)

    def parts_of(self, claim_id: str) -> list[str]:
        """The claims that are parts of one, in order of place."""
        wholes = self.wholes[self.claims[claim_id]["article_id"]]
        return [part for part, whole in wholes.items() if whole == claim_id and part not in self.rejected]

    def without(self, rejected: frozenset[str]) -> Desk:
        """The desk once claims are rejected."""
        return replace(self, rejected=rejected)

    def amended(self, claim_id: str, columns: Mapping[str, Any]) -> Desk:
        """The desk once columns of a claim are amended: its link to its whole counts for others."""
        if "part_of" not in columns:
            return self
        article = self.claims[claim_id]["article_id"]
        links = {**self.wholes[article], claim_id: columns["part_of"]}
        return replace(self, wholes={**self.wholes, article: links})
