"""What writers of a lake write, here and in processes of their own."""

from __future__ import annotations

import sys

from pipeline.schema import PROBLEMS
from pipeline.warehouse import Done, Warehouse
from pipeline.whereabouts import Lake

__all__ = ["Done", "Lake", "Warehouse", "rows", "sys"]
_COLUMNS = ("event_id", "path", "stage", "severity", "message", "remedy")


def rows(number, message="empty", event_id="e"):
    """So many problems."""
    given = (
        (event_id, f"articles/{one}.txt", "ingest", "error", message, "fill it") for one in range(number)
    )
    return PROBLEMS.frame([dict(zip(_COLUMNS, row, strict=True)) for row in given])
