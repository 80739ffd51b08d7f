"""The Dagster side: assets that read tables, call a pure function and write tables. No rule lives here."""
