"""Figures are drawn again if what is drawn changed, and else taken over, byte for byte."""

from __future__ import annotations

import io

import dagster as dg
import pytest
from materialized import TABLES, desk, made
from PIL import Image
from reported import CONFIG, EVENT

from pipeline.report.figures import gallery
from pipeline.report.figures.picture import Picture
from pipeline.versions import REPORT, Maker

SAYS = "The {who} said on day {day} that {count} people had been killed in Riverton."
QUIET = "The council met and talked about the road."
FIGURES = TABLES | dg.AssetSelection.assets("figures")


@pytest.fixture
def folder(make_event, article):
    """Deaths by five sources on five days: the figures of deaths have enough statements."""
    told = [("mayor", 12), ("governor", 14), ("police", 17), ("ministry of health", 19), ("prosecutor", 21)]
    texts = {
        f"day{day}": article(SAYS.format(who=who, day=day, count=count), published=f"2023-05-0{day}")
        for day, (who, count) in enumerate(told, 1)
    }
    return make_event(config=CONFIG, **texts)


def sketched(drawing):
    """A picture that takes no time to draw and is another one if anything else is drawn."""
    png = io.BytesIO()
    Image.new("RGB", (1, 1), f"#{drawing.fingerprint[:6]}").save(png, "PNG")
    return Picture(drawing.caption, f"<svg>{drawing.fingerprint}</svg>".encode(), png.getvalue())


@pytest.fixture
def drawn(monkeypatch):
    """The names of figures that are drawn from now on."""
    names = []

    def noted(drawing):
        names.append(drawing.caption.name)
        return sketched(drawing)

    monkeypatch.setattr(gallery, "render", noted)
    return names


@pytest.fixture
def desk_of(folder, drawn):
    with desk(folder.parent, checks=False) as found:
        found.make(EVENT, FIGURES)
        assert len(drawn) > 2
        yield found


def files(found):
    folder = found.workspace.publication(EVENT).making / "figures"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def afresh(folder):
    """The figures from nothing."""
    with desk(folder.parent, checks=False) as found:
        found.warehouse.forget(EVENT)
        found.make(EVENT, FIGURES)
        return files(found), found.tables(EVENT, "drawings")["drawings"]


def test_an_article_without_claims_leaves_figures_of_claims_as_they_were(desk_of, folder, article, drawn):
    all_of_them, before = set(drawn), files(desk_of)
    drawn.clear()
    (folder / "articles" / "quiet.md").write_text(article(QUIET, published="2023-05-03"))
    assert "figures" in made(desk_of.make(EVENT, FIGURES))
    assert drawn == ["what-we-could-not-see"]
    now = files(desk_of)
    changed = {name for name in before if before[name] != now[name]}
    assert changed == {"what-we-could-not-see.svg", "what-we-could-not-see.png", "figures.json"}
    fresh, rows = afresh(folder)
    assert set(drawn) == all_of_them
    assert now == fresh
    assert desk_of.tables(EVENT, "drawings")["drawings"].equals(rows)


def test_a_figure_whose_files_are_not_as_they_were_is_drawn_again(desk_of, drawn):
    before, (changed, removed, *_) = files(desk_of), list(drawn)
    folder = desk_of.workspace.publication(EVENT).making / "figures"
    drawn.clear()
    (folder / f"{changed}.png").write_bytes(b"no picture")
    (folder / f"{removed}.svg").unlink()
    desk_of.make(EVENT, FIGURES)
    assert drawn == [changed, removed]
    assert files(desk_of) == before


def test_other_code_draws_everything_again(desk_of, drawn, monkeypatch):
    all_of_them = list(drawn)
    drawn.clear()
    version = Maker.version.fget
    changed = property(lambda maker: version(maker) + "changed" * (maker is REPORT))
    monkeypatch.setattr(Maker, "version", changed)
    desk_of.make(EVENT, FIGURES)
    assert drawn == all_of_them
