"""Boxes that trafilatura takes in, and the article's own box, which may be named like one."""

from __future__ import annotations

import pytest
from saved import LEAD, MORE, page

from pipeline.ingest import html

COMMENT = (
    "<div><b>Reader</b><p>I heard that 400 people were killed there, said the radio last night.</p></div>"
)


def text(body: str, head: str = "<h1>Flood in Riverton</h1>") -> str:
    raw = f'<html lang="en"><head><title>Flood</title></head><body>{head}{body}</body></html>'
    return html.read(raw.encode())[0].text


@pytest.mark.parametrize(
    "name", ["story-body comments-open", "post-content has-related", "article__body js-comments"]
)
def test_the_box_that_holds_the_prose_is_the_article_whatever_its_name(name):
    found = text(f'<div class="{name}"><p>{LEAD}</p><p>{MORE}</p></div>')
    assert LEAD in found
    assert MORE in found


@pytest.mark.parametrize("name", ["related-stories", "comments-list", "recommended"])
def test_a_box_of_other_stories_or_comments_is_left_out(name):
    box = f'<div class="{name}"><p>A fire in Westmark killed 85 people on Monday.</p></div>'
    assert "85" not in text(f"<div><p>{LEAD}</p><p>{MORE}</p>{box}</div>")


def test_a_box_of_many_links_is_left_out_though_it_is_longer_than_the_article():
    links = '<li><a href="/a">A fire in Westmark killed 85 people on Monday</a></li>' * 40
    assert "85" not in text(f'<div><p>{LEAD}</p><p>{MORE}</p><ul class="related">{links}</ul></div>')


def test_what_stands_below_the_heading_of_comments_is_left_out():
    found = text(f"<div><p>{LEAD}</p><p>{MORE}</p></div><div><h4>Comments (3)</h4>{COMMENT * 3}</div>")
    assert LEAD in found
    assert "400" not in found


def test_a_section_called_comment_is_no_heading_of_comments():
    assert LEAD in text(f"<h2>Comment</h2><div><p>{LEAD}</p><p>{MORE}</p></div>")


def test_text_after_a_comment_in_the_markup_is_kept():
    assert MORE in html.read(page(LEAD, f"<!-- advertisement -->{MORE}"))[0].text


def test_the_mark_of_a_footnote_is_no_number():
    assert "27 missing, the mayor said" in text(
        f"<p>{LEAD}</p><p>{MORE}</p><p>27 missing<sup>1</sup>, the mayor said.</p>"
    )


def test_the_caption_of_a_table_is_not_its_header():
    rows = "<tr><th>Town</th><th>Dead</th></tr><tr><td>Riverton</td><td>98</td></tr>"
    found = html.read(page(LEAD, f"<table><caption>Dead by town</caption>{rows}</table>", MORE))[0].text
    assert "Dead by town\n| Town | Dead |" in found
    assert "| Riverton | 98 |" in found


def test_dates_of_other_stories_are_not_the_pages_own():
    listed = (
        '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2020-02-02"}]}'
    )
    site = '{"@type": "WebSite", "datePublished": "2019-01-01"}'
    own = '{"@type": "NewsArticle", "datePublished": "2023-05-04"}'
    head = "".join(f'<script type="application/ld+json">{one}</script>' for one in (listed, site, own))
    (found,) = html.read(page(head=head))
    assert found.published is not None
    assert found.published[0].year == 2023


def test_a_page_says_where_it_was_saved_from():
    raw = b"<!DOCTYPE html><!-- saved from url=(0026)https://example.org/flood -->" + page()
    assert html.read(raw)[0].url == "https://example.org/flood"


def test_a_box_of_figures_beside_the_article_is_the_articles_and_one_of_links_is_not():
    facts = '<aside class="factbox"><p>Killed: 54</p></aside>'
    links = '<aside><p><a href="/x">Fire kills 85</a></p></aside>'
    found = html.read(page(LEAD, facts, links, MORE))[0].text
    assert "Killed: 54" in found
    assert "85" not in found
