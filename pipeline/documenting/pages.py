"""Every reference page by the name of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.documenting import codebooks, commands, findings, lexicon, settings, tables

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands": commands.markdown,
    "tables": tables.markdown,
    "findings": findings.markdown,
    "codebooks": codebooks.markdown,
    "lexicon": lexicon.markdown,
    "settings": settings.markdown,
}
