"""How assets describe themselves in the Dagster UI, from pipeline/schema/."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import dagster as dg
import polars as pl
from PIL import Image

from pipeline.assets.automation import WHEN_INPUTS_CHANGE
from pipeline.assets.workspace import EVENTS
from pipeline.compare.findings.registry import KIND_NAMES
from pipeline.schema import TABLES, WORKING
from pipeline.schema.extract import CONFIDENCES
from pipeline.table import Table
from pipeline.versions import Maker
from pipeline.words import one_line, plain

Result = dg.MaterializeResult[None]

OWNERS: Final = ["team:counterclaim"]
PREVIEW_ROWS: Final = 5
CELL_LENGTH: Final = 60
IMAGE_WIDTH: Final = 1_000  # pixels: what a page of the UI shows


def event_asset(
    group: str,
    table: Table | None = None,
    *,
    kinds: Sequence[str] = ("duckdb",),
    deps: Sequence[dg.AssetsDefinition] = (),
    maker: Maker,
) -> Callable[[Callable[..., Result]], dg.AssetsDefinition]:
    """`dagster.asset` with what every asset of this project says of itself: one partition an event."""
    return dg.asset(
        partitions_def=EVENTS,
        group_name=group,
        kinds={"polars", *kinds},
        owners=OWNERS,
        metadata=columns(table) if table else {},
        deps=deps,
        code_version=maker.version,
        automation_condition=WHEN_INPUTS_CHANGE,
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


def declared(name: str) -> Table:
    """The table called `name`."""
    return TABLES.get(name) or WORKING[name]


def tables(frames: Mapping[str, pl.DataFrame]) -> dict[str, dg.MetadataValue[Any]]:
    """Materialisation metadata: how many rows each table got, numbers that plot over time, and a glance at
    the first of the frames.
    """
    first = next(iter(frames.values()))
    counts = {f"{name} rows": dg.MetadataValue.int(frame.height) for name, frame in frames.items()}
    return {
        "dagster/row_count": dg.MetadataValue.int(first.height),
        "preview": dg.MetadataValue.md(preview(first)),
        **counts,
        **{name: _number(value) for name, value in numbers(frames).items()},
    }


def numbers(frames: Mapping[str, pl.DataFrame]) -> dict[str, int | float]:
    """What a person watches from run to run, by name: each is told at every materialisation, zero or not."""
    told: dict[str, int | float] = {}
    if "problems" in frames:
        severities = frames["problems"]["severity"]
        told |= {f"problems: {one}": int((severities == one).sum()) for one in ("error", "warning")}
    if {"extracted", "rejected"} <= frames.keys():
        all_numbers = frames["extracted"].height + frames["rejected"].height
        told["share of numbers rejected"] = frames["rejected"].height / all_numbers if all_numbers else 0.0
        confidences = frames["extracted"]["confidence"]
        told |= {f"confidence: {one}": int((confidences == one).sum()) for one in CONFIDENCES}
    if "findings" in frames:
        kinds = frames["findings"]["kind"]
        told |= {f"findings: {plain(one)}": int((kinds == one).sum()) for one in KIND_NAMES}
    return told


def pictures(folder: Path, standing: Path) -> dict[str, dg.MetadataValue[Any]]:
    """Each figure in `folder` as an image, small enough for the record of runs; where they are `standing`
    when the report is published.
    """
    images = {path.stem: path for path in sorted(folder.glob("*.png"))}
    return {
        "figures": dg.MetadataValue.int(len(images)),
        "folder": dg.MetadataValue.path(str(standing.resolve())),
        **{name: _image(name, path) for name, path in images.items()},
    }


def pages(folder: Path, standing: Path) -> dict[str, dg.MetadataValue[Any]]:
    """The report's first page in `folder` as an image; where the report is `standing` when published."""
    pdf, html = ((standing / name).resolve() for name in ("report.pdf", "report.html"))
    return {
        "PDF": dg.MetadataValue.path(str(pdf)),
        "web page": dg.MetadataValue.path(str(html)),
        "open the PDF": dg.MetadataValue.url(pdf.as_uri()),
        "open the web page": dg.MetadataValue.url(html.as_uri()),
        "page one": _image("page one", folder / "page-one.png"),
    }


def files(folder: Path, standing: Path) -> dict[str, dg.MetadataValue[Any]]:
    """How many files there are in `folder`, and where they are `standing` when the report is published."""
    return {
        "files": dg.MetadataValue.int(sum(path.is_file() for path in folder.glob("*"))),
        "folder": dg.MetadataValue.path(str(standing.resolve())),
    }


def _image(name: str, path: Path) -> dg.MetadataValue[Any]:
    with Image.open(path) as picture:
        small = picture.convert("RGB")
        small.thumbnail((IMAGE_WIDTH, 2 * IMAGE_WIDTH))
        written = io.BytesIO()
        small.quantize(64).save(written, "PNG", optimize=True)
    encoded = base64.b64encode(written.getvalue()).decode()
    return dg.MetadataValue.md(f"![{name}](data:image/png;base64,{encoded})")


def _number(value: float) -> dg.MetadataValue[Any]:
    return dg.MetadataValue.int(value) if isinstance(value, int) else dg.MetadataValue.float(value)


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
    text = one_line(" ".join(str(value).split()))
    text = text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"
    return "".join(char if char.isalnum() or char in " .,:;–—…%" else f"&#{ord(char)};" for char in text)
