"""How assets describe themselves in the Dagster UI, from pipeline/schema.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import dagster as dg
import polars as pl

from pipeline.assets.workspace import EVENTS
from pipeline.table import Table

Result = dg.MaterializeResult[None]

OWNERS: Final = ["team:counterclaim"]
PREVIEW_ROWS: Final = 5
CELL_LENGTH: Final = 60


def event_asset(
    group: str,
    table: Table | None = None,
    *,
    kinds: Sequence[str] = ("duckdb",),
    deps: Sequence[dg.AssetsDefinition] = (),
    code_version: str | None = None,
) -> Callable[[Callable[..., Result]], dg.AssetsDefinition]:
    """`dagster.asset` with what every asset of this project says of itself: one partition an event."""
    return dg.asset(
        partitions_def=EVENTS,
        group_name=group,
        kinds={"polars", *kinds},
        owners=OWNERS,
        metadata=columns(table) if table else {},
        deps=deps,
        code_version=code_version,
    )


def columns(table: Table) -> dict[str, Any]:
    """Definition metadata: the table's name and its columns with types and meanings."""
    schema = dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=str(column.dtype),
                description=f"{column.meaning} ({column.unit})" if column.unit else column.meaning,
                constraints=dg.TableColumnConstraints(
                    nullable=not column.required,
                    other=[f"one of: {', '.join(column.allowed)}"] if column.allowed else [],
                ),
            )
            for column in table.columns
        ]
    )
    return {"dagster/column_schema": schema, "dagster/table_name": table.name}


def rows(frames: Mapping[str, pl.DataFrame]) -> dict[str, dg.MetadataValue[Any]]:
    """Materialisation metadata: how many rows each table got, and a glance at the first of the frames."""
    first = next(iter(frames.values()))
    counts = {f"{name} rows": dg.MetadataValue.int(frame.height) for name, frame in frames.items()}
    return {
        "dagster/row_count": dg.MetadataValue.int(first.height),
        **counts,
        "preview": dg.MetadataValue.md(preview(first)),
    }


def preview(frame: pl.DataFrame) -> str:
    """The first rows as a Markdown table in which no cell can act as markup."""
    if frame.is_empty():
        return "*no rows*"
    names = frame.columns
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += [
        "| " + " | ".join(_cell(value) for value in row) + " |" for row in frame.head(PREVIEW_ROWS).rows()
    ]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = " ".join(str(value).split())
    text = text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"
    return "".join(char if char.isalnum() or char in " .,:;–—…%" else f"&#{ord(char)};" for char in text)
