"""The Dagster UI in a real browser: one event is materialised, and its assets say what they are."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser import CHROMIUM, PATIENCE, browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine; install one to run this"
)
HOME = Path(__file__).parents[2] / ".dagster" / "dagster.yaml"
CONFIG = 'title = "Riverton"\nplace = "Riverton"\n[[places]]\nid = "rv"\nname = "Riverton"\nkind = "city"\n'
TEXT = "The mayor said {} people were killed in Riverton, and police detained at least 40 protesters."


@pytest.fixture(scope="module")
def ui(tmp_path_factory):
    """The address of a Dagster UI that knows one event, made by `counterclaim run`."""
    root = tmp_path_factory.mktemp("ui")
    articles = root / "data" / "riverton-2023" / "articles"
    articles.mkdir(parents=True)
    (articles.parent / "event.toml").write_text(CONFIG)
    for day in range(1, 7):
        front = f"---\noutlet: Post {day}\npublished: 2023-05-0{day}\n---\n"
        (articles / f"{day}.md").write_text(front + TEXT.format(10 * day))
    (root / "home").mkdir()
    shutil.copy(HOME, root / "home")
    environment = {**os.environ, "DAGSTER_HOME": str(root / "home")}
    subprocess.run([sys.executable, "-m", "pipeline", "run"], cwd=root, env=environment, check=True)
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = line.getsockname()[1]
    command = [sys.executable, "-m", "dagster_webserver", "-h", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen([*command, "-m", "pipeline.definitions"], cwd=root, env=environment) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/server_info")
            yield address
        finally:
            server.terminate()


def _wait(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(url):  # noqa: S310 our own server
                return
        except URLError:
            time.sleep(0.3)
    raise AssertionError(f"{url} did not answer")


@pytest.fixture
def tab(tmp_path):
    with browser(tmp_path / "profile") as found:
        yield found


def look(tab, address: str, asset: str) -> None:
    """Open the page of an asset, and wait until its metadata are there."""
    tab.open(f"{address}/assets/{asset}?view=overview&partition=riverton-2023")
    tab.wait_for('document.body.innerText.includes("made anew")')


def press(tab, words: str) -> None:
    """Click on the last thing that says just that."""
    tab.wait_for(f"""(() => {{
      const found = [...document.querySelectorAll("*")].filter((one) => one.innerText === "{words}");
      found.at(-1)?.click();
      return found.length;
    }})()""")


EXPLAINED = (
    "What a reader must be told, most serious first.",  # description
    "counterclaim",  # owner
    "DuckDB",  # kind
    "compare",  # group
    "one sentence a journalist could print",  # meaning of a column
    "one of: high, medium, low",
    "Row count",
    "seconds",
    "findings: repeated after withdrawal",  # a number that plots
    "what it reads, or its code, changed",  # automation
    "Code version",
)


def test_the_page_of_an_asset_explains_it(tab, ui, request):
    look(tab, ui, "findings")
    press(tab, "Compute details")
    for words in EXPLAINED:
        tab.wait_for(f"document.body.innerText.includes({words!r})")
    if folder := request.config.getoption("--pictures"):
        tab.picture(Path(folder) / "dagster-asset.png")


def test_a_glance_at_the_table_is_a_click_away(tab, ui):
    look(tab, ui, "extracted")
    press(tab, "[Show Markdown]")
    cells = """[...document.querySelectorAll("td")].map((cell) => cell.innerText)"""
    tab.wait_for(f"""{cells}.includes("killed") && {cells}.includes("60")""")


def test_a_figure_is_seen_in_the_page(tab, ui):
    look(tab, ui, "figures")
    press(tab, "[Show Markdown]")
    width = tab.wait_for("""[...document.images].filter((one) => one.src.startsWith("data:image/png"))
      .map((one) => one.naturalWidth)[0]""")
    assert width > 300


def test_the_report_is_linked(tab, ui):
    look(tab, ui, "report")
    said = str(tab.run("document.body.innerText"))
    assert "reports/riverton-2023/report.pdf" in said
    assert "file:///" in said


def test_numbers_plot_over_time(tab, ui):
    look(tab, ui, "findings")
    press(tab, "Plots")
    assert tab.wait_for("""document.querySelectorAll("canvas").length""") > 5
