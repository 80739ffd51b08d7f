from __future__ import annotations

import polars as pl


def coded(tables, codebook: str) -> tuple[int | None, int | None, int | None]:
    (row,) = tables["estimates"].filter(pl.col("codebook") == codebook).iter_rows(named=True)
    return row["low"], row["best"], row["high"]


def test_each_codebook_codes_the_same_evidence_by_its_own_rule(compared):
    tables = compared(
        ("Post", 8, "Riverland police said 20 people were killed."),
        ("News", 9, "The Health Ministry said 12 people were killed."),
    )
    assert coded(tables, "acled") == (None, 12, None)
    assert coded(tables, "ucdp") == (12, 12, 20)
    assert coded(tables, "latest_standing") == (None, 12, None)


def test_a_codebook_uses_only_what_stands(compared):
    tables = compared(
        ("Post", 8, "The Health Ministry said 164 people were killed."),
        ("News", 9, "The Health Ministry withdrew its report that 164 people had been killed."),
        ("Late", 10, "Riverland police said 40 people were killed."),
    )
    assert coded(tables, "ucdp") == (40, 40, 40)
    assert all("passed over" in trace for trace in tables["estimates"]["trace"])


def test_a_vague_word_has_a_number_only_where_the_codebook_gives_one(compared):
    tables = compared(("Post", 9, "Riverland police said dozens of people were killed."))
    given = set(tables["estimates"]["codebook"])
    assert "acled" in given
    assert "latest_standing" not in given


def test_copies_count_once(compared):
    one = "The Health Ministry said 26 people were killed."
    tables = compared(
        *((f"Outlet {n}", 9, one) for n in range(5)),
        ("News", 9, "Riverland police said 30 people were killed."),
    )
    (trace,) = tables["estimates"].filter(pl.col("codebook") == "ucdp")["trace"]
    assert "2 reports" in trace
