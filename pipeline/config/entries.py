"""An entry of event.toml, and a mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pipeline.config.keys import FIGURES
from pipeline.config.lines import Lines
from pipeline.words import shortened

Values = Mapping[str, Any]
_NAMES: Final = (
    "id",
    "name",
    "file",
    "reason",
    "metric",
)  # what an entry is called by, the first that it has


@dataclass(frozen=True, slots=True)
class Mistake:
    """An `error` makes the file useless; a `warning` is of something that was passed over."""

    severity: Literal["error", "warning"]
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file: the `index`-th under its heading."""

    heading: str
    index: int
    values: Values
    lines: Lines

    def error(self, key: str | None, message: str, remedy: str) -> Mistake:
        """An error in the entry, or in one of its keys."""
        return Mistake("error", f"{self._place(key)}{message}", remedy)

    def warning(self, key: str | None, message: str, remedy: str) -> Mistake:
        """A warning about the entry, or one of its keys."""
        return Mistake("warning", f"{self._place(key)}{message}", remedy)

    def _place(self, key: str | None) -> str:
        """Where it is, as far as that can be told: "line 12, [[actors]] rv-police: "."""
        line = self.lines.of(self.heading, self.index, key)
        named = next((self.values[name] for name in _NAMES if isinstance(self.values.get(name), str)), "")
        called = shortened(named, 40) or f"number {self.index + 1}"
        heading = self.heading if self.heading == FIGURES else f"[[{self.heading}]]"
        entry = f"{heading} {called}" if self.heading else ""
        where = ", ".join(part for part in (f"line {line}" if line else "", entry) if part)
        return f"{where}: " if where else ""
