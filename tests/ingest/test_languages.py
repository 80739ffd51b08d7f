from __future__ import annotations

import pytest

from pipeline.ingest.languages import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("At least 12 people were killed in Riverton on Tuesday, the mayor said.", "en"),
        ("Au moins douze personnes ont été tuées mardi à Riverton, a déclaré le maire.", "fr"),
        ("Не менее двенадцати человек погибли во вторник в Ривертоне, сообщил мэр.", "ru"),
        ("市长说，里弗顿有十二人死亡，二十七人失踪。", "zh"),
    ],
)
def test_the_words_tell_the_language_whatever_is_declared(text, code):
    assert language(text) == code
    assert language(text, "de") == code


def test_of_a_few_words_only_what_is_declared_is_known():
    assert language("Riverton: 12 dead") is None
    assert language("Riverton: 12 dead", "en") == "en"
