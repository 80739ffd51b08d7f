"""reviews.csv as people save it: what can be read is read, what cannot is told, and all of it is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review import reading, sheet
from pipeline.review.decisions import ANCHORS, COLUMNS
from pipeline.review.sheet import Sheet, SheetError, parse

HEADER = "claim_id,verdict,field,value,reviewer,date,reason\n"


def decisions(text: str | bytes) -> list[tuple[int, str, str]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [(one.line, one.claim_id, one.verdict) for one in reading.decided(parse(raw)).decisions]


def problems(text: str) -> list[str]:
    return [one.message for one in reading.decided(parse(text.encode())).problems]


@pytest.mark.parametrize(
    "text",
    [
        "claim_id,verdict\nc1,accept\n",
        "\ufeffclaim_id,verdict\r\nc1,accept\r\n",
        "verdict;Reason;Claim ID\nAccept;so;c1\n",
        "claim_id\tverdict\nc1\tACCEPT",
        "claim_id,verdict\rc1,accept\r",
        'claim_id,verdict,mood\nc1,accept,"glad, or not"\n',
    ],
)
def test_the_form_in_which_a_spreadsheet_saves_it_is_read(text):
    assert decisions(text) == [(2, "c1", "accept")]


def test_comments_and_empty_rows_are_no_decisions():
    text = f'# ours\n\n{HEADER}# Ann says "no\nc1,accept,,,,,\n,,,,,,\n\nc2,reject,,,,,\n'
    assert decisions(text) == [(5, "c1", "accept"), (8, "c2", "reject")]


def test_a_reason_may_have_several_lines():
    text = HEADER + 'c1,reject,,,Ann,2023-05-11,"first\nsecond, and ""third"""\nc2,accept,,,Ann,2023-05-11,\n'
    found = reading.decided(parse(text.encode())).decisions
    assert [one.line for one in found] == [2, 4]
    assert found[0].reason == 'first second, and "third"'


def test_a_quotation_mark_that_is_not_closed_takes_no_other_decision_with_it():
    text = (
        HEADER
        + 'c1,reject,,,Ann,2023-05-11,"never closed\n'
        + 'c2,accept,,,Ben,2023-05-11,", and so on"\nc3,accept,,,Ben,2023-05-11,\n'
    )
    assert decisions(text) == [(3, "c2", "accept"), (4, "c3", "accept")]
    (problem,) = problems(text)
    assert problem.startswith("line 2: ")


def test_a_row_with_commas_outside_quotation_marks_is_told_and_the_rest_is_used():
    text = HEADER + "c1,reject,,,Ann,2023-05-11,wrong, and late\nc2,accept,,,Ann,2023-05-11,\n"
    assert decisions(text) == [(3, "c2", "accept")]
    assert problems(text) == ["line 2: it has more cells than the header names"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "has no header"),
        (b"# only a comment\n", "has no header"),
        (b"who,what\nAnn,accept\n", "has no columns claim_id and verdict"),
        (b"claim_id,verdict,verdict\n", "has the column verdict twice"),
        ("claim_id,verdict,reviewer\nc1,accept,Renée\n".encode("cp1252"), "is not UTF-8: see line 2"),
        ("claim_id,verdict\n".encode("utf-16"), "is not UTF-8"),
        (b"\x00" * 100, "has no columns"),
        (b"claim_id,verdict\n" + b"c1,accept\n" * (sheet.ROWS + 1), "has more than 100,000 rows"),
        (b"x" * (sheet.FILE_BYTES + 1), "is larger than"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(raw, message):
    with pytest.raises(SheetError, match=message) as raised:
        parse(raw)
    assert raised.value.remedy


def test_a_giant_cell_is_told_and_the_rest_is_used():
    text = HEADER + f"c1,accept,,,,,{'x' * 5_000}\nc2,accept,,,,,{'y' * 200_000}\nc3,accept,,,,,\n"
    assert decisions(text) == [(4, "c3", "accept")]
    assert [one.split(":")[0] for one in problems(text)[:2]] == ["line 2", "line 3"]


def test_control_characters_are_no_part_of_a_decision():
    (one,) = reading.decided(
        parse((HEADER + "c1\x00,accept,,,A\x1b[31mnn,2023-05-11,\x07so\n").encode())
    ).decisions
    assert (one.claim_id, one.reviewer, one.reason) == ("c1", "A [31mnn", "so")


def test_who_did_not_say_who_or_when_is_told_once():
    rows = "".join(f"c{number},accept,,,,04/05/2023,\n" for number in range(9))
    assert problems(HEADER + rows) == [
        "lines 2, 3, 4, 5, 6 and 4 more do not say who decided",
        "lines 2, 3, 4, 5, 6 and 4 more do not say the day (any decision that does is later)",
    ]


def test_of_a_million_broken_rows_only_some_are_told():
    text = HEADER + 'c1,"x"y\n' * 50_000
    assert len(problems(text)) == 51


def test_no_file_is_no_decision_and_a_folder_or_a_way_out_is_a_problem(tmp_path):
    root = tmp_path / "event"
    root.mkdir()
    path = root / "reviews.csv"
    assert reading.read(root, path) == reading.Decided()
    (tmp_path / "outside.csv").write_text(HEADER)
    path.symlink_to(tmp_path / "outside.csv")
    assert "no file of the event" in reading.read(root, path).problems[0].message
    path.unlink()
    path.mkdir()
    assert "no file of the event" in reading.read(root, path).problems[0].message


def row(**cells: str) -> dict[str, str]:
    return {"claim_id": "c9", "verdict": "accept", "reviewer": "Ann", "date": "2023-05-11", **cells}


WRITTEN = (
    "\ufeff# by hand\r\nmood,verdict,claim_id,reason\r\n"
    '"glad, so",accept,c1,"two\nlines"\r\n\r\n# end\r\nsad,reject,c2'
)


def test_what_people_wrote_is_kept_to_the_letter_when_a_row_is_added():
    widened = parse(WRITTEN.encode()).with_every_column().appended([row()])
    text = widened.encoded().decode()
    before, after = WRITTEN.split("mood,verdict,claim_id,reason")
    assert text.startswith(before + "mood,verdict,claim_id,reason,field,value,reviewer,date,article")
    assert after + "\r\n" in text
    assert decisions(text) == [(3, "c1", "accept"), (7, "c2", "reject"), (8, "c9", "accept")]
    assert parse(text.encode()).encoded().decode() == text


def test_a_row_that_is_taken_back_leaves_the_file_as_it_was():
    before = parse(WRITTEN.encode()).with_every_column()
    after = before.appended([row(), row(reason="x")])
    assert parse(after.encoded()).without([row(), row(reason="x")]).encoded() == before.encoded() + b"\r\n"


def test_an_anchor_fills_empty_cells_of_its_own_row_and_no_other():
    text = HEADER.strip() + ",quote,prefix\nc1,accept,,,Ann,,,,\nc2,accept,,,Ann,,,mine,\n"
    filled = parse(text.encode()).filled({2: {"quote": "12 killed"}, 3: {"quote": "x", "prefix": "said "}})
    assert filled.encoded().decode().splitlines()[1:] == [
        "c1,accept,,,Ann,,,12 killed,",
        "c2,accept,,,Ann,,,mine,said ",
    ]


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys((*COLUMNS, *ANCHORS), CELL)), max_size=4))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_is_read_back(rows):
    first = Sheet.with_every_column(parse(WRITTEN.encode()))
    again = parse(first.appended(rows).encoded())
    filled = [one for one in rows if any(cell.strip() for cell in one.values())]
    read = [again.cells(record) for record in again.rows[2:]]
    assert [{name: one[name] for name in (*COLUMNS, *ANCHORS)} for one in read] == filled
    assert not again.faults
    for record in again.rows[2:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in record.cells)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_do_anything_but_be_read_or_refused(raw):
    for content in (raw, HEADER.encode() + raw):
        try:
            found = parse(content)
        except SheetError:
            continue
        reading.decided(found)
        end = b"" if content.endswith((b"\n", b"\r")) or found.records else b"\n"
        assert found.encoded() in (content, content + end)
