"""Columns as tables declare them: a name, what it means, and for numbers the unit."""

from __future__ import annotations

from typing import Final

from pipeline.table import DATE, FLAG, INT, LIST, TEXT, Column


def text(
    name: str, meaning: str, *, allowed: tuple[str, ...] | None = None, required: bool = False
) -> Column:
    """Words, or one of the words that are `allowed`."""
    return Column(name, TEXT, meaning, allowed=allowed, required=required)


def key(name: str, meaning: str) -> Column:
    """Words that are always there."""
    return Column(name, TEXT, meaning, required=True)


def integer(name: str, meaning: str, unit: str | None = None, *, required: bool = False) -> Column:
    """A whole number, in `unit`."""
    return Column(name, INT, meaning, unit=unit, required=required)


def offset(name: str, meaning: str, *, required: bool = True) -> Column:
    """A place in an article's text."""
    return Column(name, INT, meaning, unit="Unicode code points of articles.text", required=required)


def day(name: str, meaning: str) -> Column:
    """A day of the calendar."""
    return Column(name, DATE, meaning, unit="day")


def flag(name: str, meaning: str) -> Column:
    """Yes or no."""
    return Column(name, FLAG, meaning, required=True)


def texts(name: str, meaning: str) -> Column:
    """A list of words."""
    return Column(name, LIST, meaning)


EVENT: Final = key("event_id", "the event: name of its folder in data/")
