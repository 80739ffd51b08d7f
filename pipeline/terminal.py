"""What a person at a terminal sees of a run: stages as they go, then what came out and where it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.progress import Step
from pipeline.words import one_line, printable

PROBLEMS_SHOWN: Final = 5
FINDINGS_SHOWN: Final = 3


def say(console: Console, text: str = "") -> None:
    """Print a line as it is: no markup, no colours, nothing a file name or an article could trigger."""
    console.print(printable(text), markup=False, emoji=False, highlight=False, soft_wrap=True)


class TerminalProgress:
    """A bar a stage on a terminal, a line a stage elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        """Show the stage while the `with` block runs."""
        started = time.perf_counter()
        with self._steps(name, total) as step:
            yield step
        say(self._console, f"  {name:<10} {time.perf_counter() - started:5.1f} s")

    @contextmanager
    def _steps(self, name: str, total: int) -> Iterator[Step]:
        if not self._console.is_terminal:
            yield lambda: None
            return
        columns = (
            TextColumn("  {task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(name, total=total)
            yield lambda: progress.advance(task)


def summary(console: Console, tables: dict[str, pl.DataFrame], folder: Path) -> None:
    """What a run found and where its files are, in a few lines."""
    (count,) = tables["runs"].to_dicts()
    groups = tables["evidence"]["group_id"].n_unique()
    say(console)
    say(
        console,
        f"  {count['articles']} articles, {count['claims']} claims from {groups} independent statements, "
        f"{count['rejected']} numbers rejected, {count['findings']} findings",
    )
    for headline in tables["findings"].sort("rank")["headline"].head(FINDINGS_SHOWN):
        say(console, one_line(f"  • {headline}"))
    _problems(console, tables["problems"])
    say(console)
    for label, path in (
        ("report", folder / "report.pdf"),
        ("web page", folder / "report.html"),
        ("figures", folder / "figures"),
        ("tables", folder / "tables"),
    ):
        say(console, f"  {label:<10} {path}")


def _problems(console: Console, problems: pl.DataFrame) -> None:
    if problems.is_empty():
        return
    say(
        console,
        f"  {problems.height} problem{'s' if problems.height > 1 else ''}, none of which stopped the rest:",
    )
    for row in problems.head(PROBLEMS_SHOWN).iter_rows(named=True):
        say(console, f"    {row['path']}: {row['message']}; {row['remedy']}")
    if problems.height > PROBLEMS_SHOWN:
        say(console, f"    … and {problems.height - PROBLEMS_SHOWN} more in tables/problems.csv")
