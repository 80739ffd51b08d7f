"""Findings: what a reader must be told, one module a kind. A finding says only what its claims support."""
