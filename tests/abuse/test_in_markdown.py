"""Markdown of the hostile event's words: the difference of two reports, and what CI shows of a run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import payloads
import pytest
import yaml
from documented import ROOT
from markdown_it import MarkdownIt
from markdown_it.token import Token

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "report.yml").read_text(encoding="utf-8"))
STEPS = {step.get("name"): step for step in WORKFLOW["jobs"]["report"]["steps"]}
# What our own Markdown is made of: of links, pictures, tables, HTML and fences there is none.
OURS = {
    "heading",
    "bullet_list",
    "list_item",
    "paragraph",
    "inline",
    "text",
    "strong",
    "code_inline",
    "softbreak",
}
OURS |= {"text_special", "entity"}


def tokens(markdown: str) -> Iterator[Token]:
    """Every token of the text as GitHub reads Markdown, which has raw HTML, tables and strikethrough."""
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown):
        yield token
        yield from token.children or ()


def kinds(markdown: str) -> set[str]:
    return {re.sub(r"_(open|close)$", "", token.type) for token in tokens(markdown)}


def words(markdown: str) -> str:
    return "".join(token.content for token in tokens(markdown) if token.type == "text")


@pytest.fixture(scope="module")
def difference(hostile, before) -> str:
    done = hostile.command("diff", before, hostile.report)
    assert done.exit_code == 0
    return done.stdout


def test_the_difference_is_made_of_our_markup_alone(difference):
    assert kinds(difference) <= OURS
    shown = words(difference).replace("\u200b", "")
    for told in (payloads.HTML, payloads.RICH, "[a](javascript:owned=1) ![i](http://evil.example/m) |"):
        assert told in shown


def test_the_difference_names_nobody_and_closes_no_issue(difference):
    shown = words(difference)
    assert "@\u200bsomeone" in shown
    assert not re.search(r"[@#]\w", shown), "GitHub would link it"


def test_the_difference_is_no_command_to_a_runner(difference):
    assert not re.search(r"^\s*(::|##\[)", difference, re.MULTILINE)


@pytest.fixture(scope="module")
def summary(hostile, before) -> str:
    """What the steps of the workflow write of the hostile run, which is taken for one that failed."""
    folder = hostile.root / "runner"
    (folder / ".venv" / "bin").mkdir(parents=True)
    program = folder / ".venv" / "bin" / "counterclaim"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m pipeline "$@"\n')
    program.chmod(0o755)
    (folder / "reports").symlink_to(hostile.report.parent)
    (folder / "last").symlink_to(before.parent)
    (folder / "run.log").write_text(hostile.ran.stdout, encoding="utf-8")
    (folder / "verify.log").write_text(f"{payloads.WRITTEN}\n", encoding="utf-8")
    return "".join(_step(folder, name) for name in ("Say what changed", "Say how it ended"))


def _step(folder: Path, name: str) -> str:
    written = folder / f"{name}.md"
    told = {"GITHUB_STEP_SUMMARY": str(written), "MADE": "1", "VERIFIED": "0"}
    script = ["bash", "-eo", "pipefail", "-c", STEPS[name]["run"]]
    done = subprocess.run(
        script, cwd=folder, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    commands = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert all(line.startswith("::error title=Reports::The pipeline failed") for line in commands)
    return written.read_text(encoding="utf-8")


def test_a_summary_of_ci_is_made_of_our_markup_and_one_text_as_it_is(summary):
    assert kinds(summary) <= OURS | {"html_block"}
    (block,) = [token.content for token in tokens(summary) if token.type == "html_block"]
    assert re.findall(r"<[^>]*>", block.replace("<pre>", "", 1).replace("</pre>", "", 1)) == []
    assert "&lt;img src=http://evil.example/i onerror=owned=1>" in block
    assert "articles printed 12" in summary
