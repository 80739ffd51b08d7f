"""The site made of these pages: `make site`. They are plain Markdown and read as well without it."""

from __future__ import annotations

import re
from typing import Any

project = "Counterclaim"
author = "Counterclaim"
extensions = ["myst_parser"]
myst_heading_anchors = 4  # the anchors that code hosts give headings
highlight_language = "none"  # what a listing is, its fence says
html_theme = "furo"
html_title = "Counterclaim"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # it fetches pages, which a browser refuses where they are files


def contents(index: str) -> str:
    """The tables of contents of index.md: under each heading, the pages that its section links to."""
    trees = []
    for section in re.split(r"^## ", index, flags=re.MULTILINE)[1:]:
        caption, _, text = section.partition("\n")
        pages = re.findall(r"^- \[[^]]*\]\(([\w/-]+)\.md\)", text, re.MULTILINE)
        trees.append("\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"]))
    return "\n\n".join(trees)


def outward(text: str, depth: int) -> str:
    """A page `depth` folders below docs/ whose links to files outside of docs/ lead to copies on the site."""
    out = re.escape("../" * (depth + 1))
    return re.sub(rf"\]\(({out}[^)#]+)(?:#[^)]*)?\)", r"](path:\1)", text)


def _adapted(_app: Any, name: str, source: list[str]) -> None:
    source[0] = outward(source[0], name.count("/"))
    if name == "index":
        source[0] += f"\n\n{contents(source[0])}\n"


def setup(app: Any) -> dict[str, bool]:
    """What a code host shows as it is: the index as contents, and files beside docs/."""
    app.connect("source-read", _adapted)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
