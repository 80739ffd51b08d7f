"""Where the tables are: in a file of DuckDB, or in a lake, which several machines write."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ANY: Final = "ducklake:"
_SCHEME: Final = "ducklake:postgres:"
_FORM: Final = f"{_SCHEME}host=… dbname=…"
_PASSWORD: Final = re.compile(r"password\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lake:
    """Tables as Parquet files, and a database of PostgreSQL that says which file holds what.

    `catalogue` tells libpq where that database is, without a password. `files` is the folder of the files,
    or the address of a bucket; it ends with a slash.
    """

    catalogue: str
    files: str

    def __str__(self) -> str:
        return f"{_SCHEME}{self.catalogue}"


def place(text: str, files: str | None, setting: str) -> Path | Lake:
    """The warehouse that `text` names: a path, or `ducklake:postgres:` and where the catalogue is. A lake has
    its files in `files`, the value of `setting`. Raises ValueError.
    """
    if not text.startswith(_ANY):
        return Path(text)
    catalogue = text.removeprefix(_SCHEME)
    if _PASSWORD.search(text) or "://" in text:
        # Not printed: where a password stands, others read it.
        raise ValueError(f"give the warehouse as {_FORM}, and its password in PGPASSWORD or in ~/.pgpass")
    if catalogue == text:
        raise ValueError(f"{text!a} is no warehouse that several machines can write: give {_FORM}")
    if not files:
        raise ValueError(
            f"{setting} is not set: a warehouse in PostgreSQL needs a folder for its files, or s3://…"
        )
    whole = files if "://" in files else os.path.abspath(files)  # noqa: PTH100 (links differ between machines)
    return Lake(catalogue.strip(), f"{whole.rstrip('/')}/")
