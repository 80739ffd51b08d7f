"""An event's folder through the whole road, in a process whose doors hook.py watches: `watched.py FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from road import walk

from pipeline.checking import labelled
from pipeline.events import load
from pipeline.ingest.changes import beside, changes
from pipeline.labels import LabelError
from pipeline.limits import Limits
from pipeline.schema import FILES


def main(folder: str) -> None:
    """Print every table of the event in `folder`."""

    event, known = load(Path(folder)), FILES.frame()
    changes(event, known, "", Limits()), beside(event, Limits())
    tables = {name: frame.rows(named=True) for name, frame in walk(Path(folder)).items()}
    try:
        tables["labels"] = [{"read": repr(labelled.read(Path(folder)))}]
    except LabelError as error:
        tables["labels"] = [{"error": str(error)}]
    sys.stdout.write(json.dumps(tables, default=str))


if __name__ == "__main__":
    main(sys.argv[1])
