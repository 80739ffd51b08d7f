"""The marks of reports that were made, read from the warehouse's file without the warehouse.

The warehouse needs polars and the declaration of every table: to import those takes longer than all else
that a run does which finds nothing to do. Here DuckDB is asked for two tables, and nothing is kept open.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from pipeline.standing import WHOLE, Mark

_CONFIG: Final = {"enable_external_access": False}  # nor is an extension loaded


def read(place: object) -> dict[str, Mark]:
    """The mark of every event in the warehouse at `place`, by the event's id. Empty if that is no path of a
    file, or the file cannot be read or is in use: the warehouse itself will say what is wrong.
    """
    if not (isinstance(place, Path) and place.is_file()):
        return {}
    try:
        with duckdb.connect(str(place), read_only=True, config=dict(_CONFIG)) as connection:
            ask = connection.execute
            done = ask("SELECT event_id, inputs, version FROM stages WHERE stage = ?", [WHOLE]).fetchall()
            told = ask("SELECT event_id, warning FROM warnings ORDER BY event_id, place").fetchall()
    except duckdb.Error:
        return {}
    warnings: dict[str, list[str]] = {}
    for event_id, warning in told:
        warnings.setdefault(event_id, []).append(warning)
    return {one: Mark(inputs, outputs, tuple(warnings.get(one, ()))) for one, inputs, outputs in done}
