"""Figures as pictures: nothing overlaps, nothing leaves the canvas, and the bytes are the same everywhere."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from matplotlib.colors import to_rgb

from pipeline.report.figures import claims_by_source, gallery, picture, standing_statement, style
from pipeline.report.figures.labels import texts


@pytest.fixture
def pictures(view):
    return gallery.hang(view)


def drawn(view, module):
    data = module.select(view)
    body = module.BODY if module is standing_statement else module.body(data)
    canvas = style.canvas(body)
    module.draw(data, canvas)
    return canvas


def test_this_event_has_every_figure(pictures):
    assert tuple(one.caption.name for one in pictures.pictures) == gallery.FIGURES
    assert pictures.left_out == ()


@pytest.mark.parametrize("module", [standing_statement, claims_by_source])
def test_no_text_overlaps_another_or_leaves_the_canvas(view, module):
    with style.applied():
        figure = drawn(view, module).figure
        found = texts(figure)
    assert len(found) > 5
    # A line's box has room for accents above and below; letters fill the middle of it.
    letters = [(one.get_text(), box.padded(0, -0.15 * box.height)) for one, box in found]
    for (one, first), (other, second) in combinations(letters, 2):
        assert not first.overlaps(second), (one, other)
    for one, box in found:
        assert figure.bbox.x0 - 0.5 <= box.x0, one.get_text()
        assert box.x1 <= figure.bbox.x1 + 0.5, one.get_text()
        assert figure.bbox.y0 - 0.5 <= box.y0, one.get_text()
        assert box.y1 <= figure.bbox.y1 + 0.5, one.get_text()


def test_captions_say_what_is_shown(pictures):
    standing = pictures.pictures[0].caption
    assert standing.headline.startswith("A toll of 164 was announced and withdrawn")
    for number in ("164", "120", "dozens"):
        assert number in standing.alt
    by_source = pictures.pictures[1].caption
    for number in ("2,000", "about 2,500", "more than 3,000"):
        assert number in by_source.alt


def test_a_figure_without_data_is_left_out_and_named(view_of, make_event, article):
    view = view_of(make_event(one=article("Twelve people were killed.")))
    assert gallery.hang(view).left_out == gallery.FIGURES


def test_svg_keeps_text_as_text_and_hostile_words_as_words(pictures):
    for one in pictures.pictures:
        svg = one.svg.decode()
        assert "<text" in svg
        assert "<b>" not in svg
        assert "<script" not in svg
        assert not re.search(r"\d{4}-\d\d-\d\dT", svg)


def test_what_is_saved_is_loaded_and_what_others_left_is_removed(pictures, tmp_path):
    (tmp_path / "old.svg").write_text("old")
    gallery.save(tmp_path, pictures)
    assert gallery.load(tmp_path) == pictures
    assert not (tmp_path / "old.svg").exists()


def luminance(tint: str) -> float:
    linear = [(part / 12.92) if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(tint)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("tint", [style.INK, style.QUIET, style.WITHDRAWN, *style.SIDES.values()])
def test_every_tint_can_be_read_on_white(tint):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert 1.05 / (luminance(tint) + 0.05) >= 4.5


def test_wrapped_lines_lose_no_word():
    words = "a figure that rests on many claims " * 9
    lines = picture._wrapped(words, 40)
    assert " ".join(lines) == words.strip()
    assert all(len(line) <= 40 for line in lines)
    assert all(len(first) + 1 + len(second.split()[0]) > 40 for first, second in pairwise(lines))
