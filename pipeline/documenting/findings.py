"""Findings: what each kind tells, by which rule, and what to do about it, from the module of each kind."""

from __future__ import annotations

import ast
import inspect
import sys
from types import ModuleType
from typing import Final

from pipeline.compare.findings.registry import KINDS
from pipeline.documenting.markup import code, explained, grid, paragraphs
from pipeline.schema import SEVERITIES

_HEAD: Final = """# Findings

What a report tells its reader, in the order in which it tells it: by severity, then by kind. A finding says
only what its claims support, and names them. Words in capitals are constants of the rule, with their value;
they are ours where no codebook has one. This page is made from `pipeline/compare/findings/`, a module each
kind, by `make reference`.
"""


def markdown() -> str:
    """The page, one section a kind in the order of the registry."""
    modules = [sys.modules[find.__module__] for find in KINDS]
    listed = grid(
        ("kind", "severity", "what a reader is told"),
        ((f"[`{_name(one)}`](#{_name(one)})", ", ".join(severities(one)), told(one)[0]) for one in modules),
    )
    return "\n".join([_HEAD, listed, *(_section(one) for one in modules)])


def told(module: ModuleType) -> list[str]:
    """What a kind tells; its rule; what to do. Paragraphs of the module's docstring."""
    return [explained(one, vars(module)) for one in paragraphs(module.__doc__ or "")]


def severities(module: ModuleType) -> list[str]:
    """How grave findings of the kind are: the words that its calls of `Finding` give, gravest first."""
    calls = (one for one in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(one, ast.Call))
    given = {
        one.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Finding"
        for one in ast.walk(call.args[1])
        if isinstance(one, ast.Constant)
    }
    return [one for one in SEVERITIES if one in given]


def _section(module: ModuleType) -> str:
    return "\n".join(
        [
            f"## {_name(module)}\n",
            f"Severity: {code(*severities(module))}.\n",
            *(f"{paragraph}\n" for paragraph in told(module)),
        ]
    )


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]
