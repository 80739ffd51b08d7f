"""One asset of one event: whether it need be done, and what is recorded when it is.

An asset is done if all that shapes it is as it was: its code, what it knows, the event, and what the assets
before it gave. Dagster does not skip by itself; here it is told by the data version that nothing changed.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

import dagster as dg
import polars as pl

from pipeline.assets import describe
from pipeline.assets.workspace import Workspace
from pipeline.events import Event
from pipeline.files import hash_of
from pipeline.fingerprint import content, fingerprint
from pipeline.publishing import Publication
from pipeline.schema import PROBLEMS
from pipeline.table import Table
from pipeline.versions import Maker
from pipeline.warehouse import Done, Warehouse

Result = dg.MaterializeResult[None]
Tables = Mapping[str, pl.DataFrame]

_UNREAD: Final = frozenset({"text"})  # what a description of a table need not load


@dataclass(frozen=True, slots=True)
class Step:
    """An asset that begins: `inputs` is a hash of all that shapes it."""

    workspace: Workspace
    event: Event
    stage: str
    inputs: str
    before: Done | None
    started: float = field(default_factory=time.perf_counter)

    @classmethod
    def begin(
        cls,
        context: dg.AssetExecutionContext,
        workspace: Workspace,
        maker: Maker,
        after: Sequence[dg.AssetsDefinition] = (),
        *facts: object,
    ) -> Self:
        """The asset of `context`, made by `maker` from what the assets `after` which it comes gave, and from
        `facts` of its event. Raises dagster.Failure if one of those is not done.
        """
        event, stage = workspace.event(context.partition_key), context.asset_key.to_user_string()
        done = workspace.warehouse.done(event.event_id)
        names = [asset.key.to_user_string() for asset in after]
        if missing := [name for name in names if name not in done]:
            raise dg.Failure(
                f"{stage} is made from {', '.join(missing)}, which {event.event_id} does not have yet: "
                f"materialize {', '.join(missing)} first"
            )
        inputs = fingerprint(maker.version, facts, [done[name].version for name in names])
        return cls(workspace, event, stage, inputs, done.get(stage))

    @property
    def warehouse(self) -> Warehouse:
        """The tables."""
        return self.workspace.warehouse

    @property
    def is_done(self) -> bool:
        """Whether it was made from the same before."""
        return self.before is not None and self.before.inputs == self.inputs

    def unchanged(self, *names: str) -> Result:
        """What is told of an asset that need not be made again: its tables are as they were."""
        return self._result(self._described(names), self._version, made=False)

    def finish(
        self, tables: Tables, problems_of: str | None = None, beside: Tables = MappingProxyType({})
    ) -> Result:
        """Put the asset's tables in place of the event's rows; of `problems` those of the stage alone. With
        them, all or nothing, working tables `beside`, of which nobody is told.
        """
        version = content(tables)
        done = Done(self.stage, self.inputs, version)
        self.warehouse.replace(self.event.event_id, {**tables, **beside}, done, problems_of)
        return self._result(describe.tables(tables), version, made=done != self.before)

    def finish_parts(self, names: Iterable[str], problems: pl.DataFrame, problems_of: str) -> Result:
        """Record that the tables `names`, which were changed part by part, are done, and put `problems` in
        place of those of the stage `problems_of`.
        """
        frames = {name: self._without_text(name) for name in names}
        version = content({**frames, PROBLEMS.name: problems})
        done = Done(self.stage, self.inputs, version)
        self.warehouse.replace(self.event.event_id, {PROBLEMS.name: problems}, done, problems_of)
        return self._result(describe.tables(frames), version)

    @property
    def publication(self) -> Publication:
        """The event's report."""
        return self.workspace.publication(self.event.event_id)

    def stands(self, folder: Path, names: Iterable[str]) -> bool:
        """Whether the files in `folder` whose names match one of the patterns `names` were made from the same
        before, and nobody touched them since.
        """
        return self.is_done and version_of(folder, names) == self._version

    def finish_files(self, folder: Path, names: Iterable[str], metadata: Mapping[str, Any]) -> Result:
        """Record that the files in `folder` whose names match one of the patterns `names` are written."""
        version = version_of(folder, names)
        made = not (self.is_done and version == self._version)
        if made:
            self.warehouse.replace(self.event.event_id, {}, Done(self.stage, self.inputs, version))
        return self._result(metadata, version, made=made)

    @property
    def _version(self) -> str:
        return self.before.version if self.before else ""

    def _described(self, names: Sequence[str]) -> Mapping[str, Any]:
        return describe.tables({name: self._without_text(name) for name in names})

    def _without_text(self, name: str) -> pl.DataFrame:
        columns = (one for one in describe.declared(name).names if one not in _UNREAD)
        return self.warehouse.columns(self.event.event_id, name, *columns)

    def _result(self, metadata: Mapping[str, Any], version: str, *, made: bool = True) -> Result:
        told = {
            "made anew": dg.MetadataValue.bool(made),
            "seconds": dg.MetadataValue.float(round(time.perf_counter() - self.started, 3)),
        }
        return Result(metadata={**told, **metadata}, data_version=dg.DataVersion(version))


def version_of(folder: Path, names: Iterable[str]) -> str:
    """A hash of the files in `folder` whose names match one of the patterns `names`."""
    return hash_of(folder, (path for name in names for path in folder.glob(name)))


def table_asset(
    group: str,
    gives: Sequence[Table],
    maker: Maker,
    deps: Sequence[dg.AssetsDefinition],
    reads: Sequence[str],
) -> Callable[[Callable[[Event, Tables], Tables]], dg.AssetsDefinition]:
    """An asset that is a pure function of its event and of the tables it `reads`. It `gives` tables, the
    first of which it is called after. What the assets in `deps` gave decides whether it is made again, so
    each table that is read must be of one of them.
    """

    def define(make: Callable[[Event, Tables], Tables]) -> dg.AssetsDefinition:
        def asset(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> Result:
            event = workspace.event(context.partition_key)
            step = Step.begin(context, workspace, maker, deps, compared(event))
            with workspace.progress.stage(step.stage, 1) as progress:
                if step.is_done:
                    result = step.unchanged(*(table.name for table in gives))
                else:
                    result = step.finish(make(event, step.warehouse.read(event.event_id, *reads)))
                progress()
            return result

        asset.__name__, asset.__doc__ = make.__name__, make.__doc__
        return describe.event_asset(group, gives[0], maker=maker, deps=deps)(asset)

    return define


def printed(event: Event) -> Event:
    """What pages print of an event: all but where it lies."""
    return replace(event, root=Path(), files=(), feeds=(), mistakes=())


def compared(event: Event) -> Event:
    """What comparison knows of an event: not where it lies, nor the words that only pages print."""
    return replace(printed(event), title="", question=None, notice=None)
