from __future__ import annotations

import pytest
from riverland import claims_in


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Twelve people were killed.", "asserted"),
        ("The ministry withdrew its report that 164 people had been killed.", "retracted"),
        ("A statement that 164 people had died was retracted as a technical error.", "retracted"),
        ("The alliance withdrew 164 of its soldiers.", "asserted"),
        ("The Health Ministry said on 7 May that 12 people were killed.", "asserted"),
        ("Twelve people may have been killed.", "hypothetical"),
        ("The police denied that 12 people had been killed.", "denied"),
    ],
)
def test_what_the_article_does_with_a_claim(text, stance):
    assert [claim["stance"] for claim in claims_in(text)] == [stance]


def test_a_stance_points_at_the_words_that_make_it():
    text = "The ministry withdrew its report that 164 people had been killed."
    (claim,) = claims_in(text)
    assert claim["stance_by"] in text
