"""Coded tables that tests make: an event folder with files in `coded/`, read into articles and claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from pipeline.events import load
from pipeline.extract.coded import coded
from pipeline.ingest.coded import Problem, tables
from pipeline.limits import Limits


class Read(NamedTuple):
    """What a folder of coded tables gave."""

    articles: pl.DataFrame
    claims: pl.DataFrame
    problems: tuple[Problem, ...]

    def claim(self, **slots: Any) -> dict[str, Any]:
        """The first claim that has these slots."""
        found = self.claims.filter(**slots) if slots else self.claims
        return found.row(0, named=True)


def folder(root: Path, files: dict[str, str | bytes], config: str | None = None) -> Path:
    """An event's folder with `files` in `coded/`."""
    event = root / "riverton-2023"
    (event / "coded").mkdir(parents=True)
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (event / "coded" / name).write_bytes(raw)
    if config is not None:
        (event / "event.toml").write_text(config, encoding="utf-8")
    return event


def read(event_folder: Path, limits: Limits | None = None) -> Read:
    """The folder, by ingest and extract."""
    event = load(event_folder)
    found = tables(event, limits or Limits())
    return Read(found.articles, coded(found.articles, event.coded), found.problems)


GED = """\
id,type_of_violence,side_a,side_b,source_article,source_office,source_date,source_original,where_coordinates,country,\
date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low
501,1,Government of Riverland,Harbor Front,"""  # one row follows
GED_ROW = (
    '"Riverton Post,2023-05-06,Clash",Riverton Post;Harbor Radio,2023-05-06;2023-05-08,police;doctors,'
    "Harborport town,Ivory Coast,2023-05-04 00:00:00.000,2023-05-05 00:00:00.000,1,4,7,0,12,15,9\n"
)
ACLED = """\
event_id_cnty,event_date,year,time_precision,event_type,actor1,country,admin1,location,source,notes,fatalities
RVL7,04 May 2023,2023,1,Battles,Harbor Front,Kenya,Riverton,Harborport,Riverton Post,Dozens died.,12
"""
HXL = """\
Where,When,Dead,Hurt,Told by
#adm1 +name,#date,#affected +killed,#affected+injured,#meta+source
Riverton,2023-05-04,3,40,Riverton clinic
"""
