"""Commands: the command line as it describes itself."""

from __future__ import annotations

from typing import Any, Final

from pipeline.cli import main
from pipeline.documenting.markup import grid, paragraphs

_NAME: Final = "counterclaim"
_HEAD: Final = """# Commands

`counterclaim COMMAND --help` prints the same in a terminal; `python -m pipeline` is the same program. Where
paths and limits come from if no option gives them: [settings](settings.md). This page is made from
`pipeline/cli/` by `make reference`.
"""


def markdown() -> str:
    """The page, one section a command in the order in which the program registers them."""
    context = main.make_context(_NAME, ["run"], resilient_parsing=True)
    told = [
        (name, command, command.make_context(name, [], parent=context, resilient_parsing=True))
        for name, command in main.commands.items()
    ]
    listed = grid(
        ("command", "what it does"),
        ((f"[`{name}`](#{name})", paragraphs(command.help or "")[0]) for name, command, _ in told),
    )
    sections = (_section(name, command, own) for name, command, own in told)
    return "\n".join(
        [_HEAD, listed, f"{main.epilog} A command that ends otherwise says so below.\n", *sections]
    )


def _section(name: str, command: Any, context: Any) -> str:
    """One command of click with its context. Neither is typed: only pipeline/cli/ knows click."""
    usage = " ".join(command.get_usage(context).removeprefix("Usage:").split())
    options = [one.get_help_record(context) for one in command.get_params(context) if one.opts[0] != "--help"]
    rows = [(f"`{option}`", meaning) for option, meaning in options if option.startswith("-")]
    parts = [f"## {name}\n", f"    {usage}\n", *(f"{one}\n" for one in paragraphs(command.help))]
    return "\n".join([*parts, grid(("option", "meaning"), rows)] if rows else parts)
