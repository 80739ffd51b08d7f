from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.safe import breakable, display_safe, safe_url


@given(st.text())
def test_what_is_shown_is_one_line_without_controls(text):
    shown = display_safe(text)
    assert "\n" not in shown
    assert all(char.isprintable() for char in shown)
    assert display_safe(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\ufffdb"),
        ("a\x1b[31m", "a\ufffd[31m"),
        ("a\u00adb\ufeff", "ab"),
        ("a \n\t b", "a b"),
        ("Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаев"),
        ("وزارة الصحة", "وزارة الصحة"),
        ("哈萨克斯坦卫生部", "哈萨克斯坦卫生部"),
        ("🙂", "[U+1F642]"),
        (None, ""),
    ],
)
def test_what_is_changed_stays_visible(text, shown):
    assert display_safe(text) == shown


@given(st.text(alphabet="ab /", max_size=200))
def test_breaks_change_no_character_that_is_read(text):
    assert breakable(text).replace("\u200b", "") == text
    assert all(len(piece) <= 24 for piece in breakable(text).replace("\u200b", " ").split())


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//host",
        "https:///x",
        "https://[",
        "https://a b",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url):
    assert safe_url(url) is None


def test_a_web_address_stays_as_it_is():
    assert safe_url("https://example.org/a?b=<c>") == "https://example.org/a?b=<c>"
