"""The warehouse: one DuckDB file, or a lake, that holds every table. Nothing else opens DuckDB."""

from __future__ import annotations

from pipeline.warehouse.opening import InUseError, OtherVersionError, WarehouseError
from pipeline.warehouse.tables import Done, Warehouse

__all__ = ["Done", "InUseError", "OtherVersionError", "Warehouse", "WarehouseError"]
