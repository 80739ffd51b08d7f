"""Small event folders that tests fill themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

MakeEvent = Callable[..., Path]


@pytest.fixture
def make_event(tmp_path: Path) -> MakeEvent:
    """Writes data/<name>/articles/… under a temporary folder and gives that event's folder."""

    def make(name: str = "riverton-2023", config: str | None = None, **articles: str | bytes) -> Path:
        folder = tmp_path / "data" / name
        (folder / "articles").mkdir(parents=True)
        if config is not None:
            (folder / "event.toml").write_text(config, encoding="utf-8")
        for stem, content in articles.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / "articles" / f"{stem}.md").write_bytes(raw)
        return folder

    return make


@pytest.fixture
def article() -> Callable[..., str]:
    """A Markdown article with front matter."""

    def write(
        text: str, outlet: str = "Riverton Post", published: str | None = "2023-05-04", url: str = ""
    ) -> str:
        front = [f'outlet: "{outlet}"']
        front += [f"published: {published}"] if published else []
        front += [f'url: "{url}"'] if url else []
        return "---\n" + "\n".join(front) + f"\n---\n{text}\n"

    return write
