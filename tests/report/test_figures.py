"""Figures as pictures: nothing overlaps, nothing leaves the canvas, and the bytes are the same everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from math import dist

import pytest
from matplotlib.colors import to_rgb

from pipeline.report.figures import (
    afterlife,
    claims_by_source,
    gallery,
    outlets_to_originators,
    picture,
    standing_statement,
    style,
)
from pipeline.report.figures.labels import texts
from pipeline.report.figures.picture import Caption


@pytest.fixture
def pictures(view):
    return gallery.hang(view)


def drawn(view, module):
    drawing = module.compose(view)
    canvas = style.canvas(drawing.body)
    drawing.draw(drawing.data, canvas)
    return canvas


def test_this_event_has_every_figure(pictures):
    assert [one.caption.name for one in pictures.pictures] == [one.NAME for one in gallery.COMPOSERS]
    assert pictures.left_out == ()


def test_a_name_of_any_length_is_cut_to_its_place():
    with style.applied():
        canvas = style.canvas(20)
        name = canvas.text(0, 5, "Riverton Post " * 20_000)
        assert canvas.fit(name, 40)
        cut = name.get_text()
        assert canvas.width_of(name) <= 40
        name.set_text(f"{('Riverton Post ' * 9)[: len(cut)]}…")
        assert canvas.width_of(name) > 40, "one more letter would not fit"
    assert cut.startswith("Riverton Post Riv")
    assert cut.endswith("…")


def assert_readable(figure) -> None:
    """Nothing overlaps and nothing leaves the canvas."""
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


@pytest.mark.parametrize("module", gallery.COMPOSERS, ids=lambda one: one.NAME)
def test_no_text_overlaps_another_or_leaves_the_canvas(view, module):
    with style.applied():
        assert_readable(drawn(view, module).figure)


def test_the_figures_of_the_sample_can_be_read_too(sample):
    with style.applied():
        for module in gallery.COMPOSERS:
            if module.compose(sample) is not None:
                assert_readable(drawn(sample, module).figure)


def test_sources_in_other_scripts_are_drawn(view):
    names = ("Қасым-Жомарт Тоқаев", "وزارة الصحة", "哈萨克斯坦卫生部")
    numbered = [group for group in view.series[0].groups if group.first.value]
    groups = [replace(group, originator=name) for group, name in zip(numbered, names, strict=False)]
    series = replace(view.series[0], metric="detained", groups=tuple(groups))
    drawing = claims_by_source.compose(replace(view, series=(series,)))
    svg = picture.render(drawing).svg.decode()
    for name in names:
        assert name in svg


def test_headlines_are_findings_that_the_data_support(pictures):
    said = {one.caption.name: one.caption.headline for one in pictures.pictures}
    assert said["standing-statement"].startswith("A toll of 164 was announced and withdrawn")
    assert said["parts-of-a-whole"] == "40 of 164 killed are in no part that was stated"
    assert said["afterlife"].startswith("164 was withdrawn on 9 May 2023; 1 article here printed it later")
    assert (
        "2,000 to 2,500 according to authorities, 5,200 according to opposition"
        in (said["claim-against-claim"])
    )
    assert said["outlets-to-originators"].startswith("3 outlets print 164; ")
    assert said["by-quantity"] == "Numbers stated of killed and detained"  # neither has more than the other


@pytest.mark.parametrize("module", [afterlife, outlets_to_originators], ids=lambda one: one.NAME)
def test_headlines_count_what_there_is_and_not_what_is_drawn(sample, module, monkeypatch):
    headline = module.compose(sample).caption.headline
    monkeypatch.setattr(module, "MOST", 3)
    assert module.compose(sample).caption.headline == headline
    with style.applied():
        assert_readable(drawn(sample, module).figure)


def shown_numbers(figure) -> set[str]:
    """The numbers that stand in a figure's own texts, those of its axes apart."""
    axes = {tick for one in figure.axes for tick in (*one.get_xticklabels(), *one.get_yticklabels())}
    own = [text.get_text() for text, _ in texts(figure) if text not in axes]
    return {number for text in own for number in re.findall(r"\d[\d,.]*\d|\d", text)}


@pytest.mark.parametrize("module", gallery.COMPOSERS, ids=lambda one: one.NAME)
def test_the_figure_in_words_has_every_number_that_is_drawn(view, module):
    with style.applied():
        numbers = shown_numbers(drawn(view, module).figure)
    caption = module.compose(view).caption
    told = f"{caption.alt} {caption.subtitle}"
    assert numbers
    assert not {number for number in numbers if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", told)}


def test_a_figure_without_data_is_left_out_with_a_sentence(view_of, make_event, article):
    view = view_of(make_event(one=article("Twelve people were killed.")))
    hung = gallery.hang(view)
    drawn_names = {one.caption.name for one in hung.pictures}
    absent = [one for one in gallery.COMPOSERS if one.NAME not in drawn_names]
    assert standing_statement in absent
    assert hung.left_out == tuple(one.LACKING for one in absent)


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


def test_a_drawing_is_told_from_another_by_all_of_its_data_and_by_no_address(view):
    drawings = [drawing for one in gallery.COMPOSERS if (drawing := one.compose(view))]
    again = [drawing for one in gallery.COMPOSERS if (drawing := one.compose(view))]
    assert [one.fingerprint for one in drawings] == [one.fingerprint for one in again]
    for one in drawings:
        assert " at 0x" not in repr(one.data)
        assert one.fingerprint != replace(one, data=()).fingerprint


def luminance(tint: str) -> float:
    linear = [(part / 12.92) if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(tint)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("tint", [style.INK, style.QUIET, style.WITHDRAWN, *style.SIDES.values()])
def test_every_tint_can_be_read_on_white(tint):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert 1.05 / (luminance(tint) + 0.05) >= 4.5


# Machado, Oliveira and Fernandes 2009: what each dichromat sees, on linear RGB.
SEEN = {
    "everyone": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def lab(tint: str, seen: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """CIE 1976 L*a*b* of a colour as somebody sees it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(tint)]
    shown = [min(max(sum(w * p for w, p in zip(row, linear, strict=True)), 0), 1) for row in seen]
    xyz = [
        sum(w * p for w, p in zip(row, shown, strict=True)) / white
        for row, white in zip(TO_XYZ, WHITE, strict=True)
    ]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("who", SEEN)
def test_colours_that_mean_something_are_told_apart(who):
    """A difference of 2.3 is just noticeable; marks are small, so we ask for five times that."""
    meanings = {*style.SIDES.values(), style.WITHDRAWN, style.INK}
    for one, other in combinations(sorted(meanings), 2):
        assert dist(lab(one, SEEN[who]), lab(other, SEEN[who])) >= 11.5, (one, other)


def test_wrapped_lines_lose_no_word():
    words = "a figure that rests on many claims " * 9
    lines = picture._wrapped(words, 40)
    assert " ".join(lines) == words.strip()
    assert all(len(line) <= 40 for line in lines)
    assert all(len(first) + 1 + len(second.split()[0]) > 40 for first, second in pairwise(lines))


def test_what_a_figure_is_in_words_fits_into_a_pdf_and_says_how_much_it_leaves_out():
    rows = tuple((f"Outlet {number}", str(number)) for number in range(5_000))
    alt = Caption("reach", "Many outlets", "", "", ("Outlet", "claims"), rows, (), ()).alt
    assert len(alt.encode("utf-16")) < 32_767
    assert alt.startswith("Many outlets. Outlet, claims: Outlet 0, 0; Outlet 1, 1; ")
    left_out = int(alt.removesuffix(" more rows.").rpartition(" ")[2].replace(",", ""))
    last = alt.partition("; and ")[0].rpartition(", ")[2]
    assert int(last) + 1 + left_out == 5_000
