from __future__ import annotations

from collections.abc import Callable

import pytest

CONFIG = """
title = "Riverland, May 2023"
place = "Riverland"

[[places]]
id = "rl"
name = "Riverland"
kind = "country"

[[places]]
id = "rt"
name = "Riverton"
kind = "city"

[[actors]]
id = "rl-health"
name = "Riverland Health Ministry"
side = "authorities"
aliases = ["Health Ministry"]

[[actors]]
id = "rl-police"
name = "Riverland police"
side = "authorities"
aliases = ["Riverland police"]
"""


@pytest.fixture
def compared(make_event, article, tables_of) -> Callable[..., dict]:
    """The tables of (outlet, day of May 2023, text) triples."""

    def tables(*articles: tuple[str, int, str]) -> dict:
        texts = {
            f"a{number:02}": article(
                text, outlet=outlet, published=f"2023-05-{day:02}", url=f"https://example.org/{number}"
            )
            for number, (outlet, day, text) in enumerate(articles)
        }
        return tables_of(make_event(config=CONFIG, **texts))

    return tables
