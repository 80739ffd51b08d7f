from __future__ import annotations

import polars as pl

from pipeline.fingerprint import content, fingerprint


def test_parts_do_not_run_into_one_another():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("1") != fingerprint(1)


def test_content_is_of_names_and_rows_and_not_of_how_a_frame_was_put_together():
    whole = pl.DataFrame({"claim_id": ["a", None], "claims": [["x"], []]})
    parts = pl.concat([whole.head(1), whole.tail(1)], rechunk=False)
    assert content({"findings": whole}) == content({"findings": parts})
    assert content({"findings": whole}) != content({"pairs": whole})
    assert content({"findings": whole}) != content({"findings": whole.reverse()})


def test_of_a_text_with_its_hash_the_hash_is_enough():
    one = pl.DataFrame({"text": ["long"], "text_sha256": ["1"]})
    other = one.with_columns(text_sha256=pl.lit("2"))
    assert content({"articles": one}) == content({"articles": one.with_columns(text=pl.lit(""))})
    assert content({"articles": one}) != content({"articles": other})
