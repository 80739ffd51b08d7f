from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from road import walk

from pipeline.diffing import Change, Difference, DiffError, as_json, as_markdown, difference

SAID = "The Health Ministry said {} people were killed."
HOSTILE = "<script>x</script> | `rm` [a](javascript:b) *c* ![d](e) $f$ police said 12 people were killed."


def report(folder: Path, event: Path) -> Path:
    """The tables of an event as a report's folder holds them."""
    (folder / "tables").mkdir(parents=True)
    for name, frame in walk(event).items():
        frame.write_parquet(folder / "tables" / f"{name}.parquet")
    return folder


@pytest.fixture
def reports(make_event, article, tmp_path) -> tuple[Path, Path]:
    """The report of one article, and the report after another withdrew its figure and a third came in."""
    event = make_event(one=article(SAID.format(164), outlet="Post", published="2023-05-09"))
    old = report(tmp_path / "old", event)
    withdrew = "The Health Ministry withdrew its report that 164 people had been killed."
    (event / "articles" / "two.md").write_text(article(withdrew, outlet="News", published="2023-05-10"))
    (event / "articles" / "three.md").write_text(article(HOSTILE, outlet="*Late*", published="2023-05-11"))
    return old, report(tmp_path / "new", event)


def test_new_changed_and_gone_claims_are_told_apart(reports):
    old, new = reports
    found = difference(old, new)
    changes = {one.what.split(" (")[0]: one for one in found.claims if one.change == "changed"}
    assert changes["164"].slots["status"] == ("standing", "withdrawn")
    assert sorted(one.change for one in found.claims) == ["changed", "new", "new"]
    assert [one.change for one in difference(new, old).claims].count("gone") == 2


def test_a_report_does_not_differ_from_itself(reports):
    old, _ = reports
    found = difference(old, old)
    assert (found.claims, found.findings) == ((), ())
    assert list(as_markdown(found)).count("Nothing.") == 2


def test_json_holds_what_markdown_tells(reports):
    found = difference(*reports)
    told = json.loads(as_json(found))
    text = "\n".join(as_markdown(found))
    assert [one["id"] for one in told["claims"]]
    assert all(one["id"] in text for one in (*told["claims"], *told["findings"]))


def test_words_of_articles_are_no_markup(reports):
    lines = [line for line in as_markdown(difference(*reports)) if "Late" in line]
    assert lines
    for line in lines:
        assert "<" not in line
        assert r"\*Late\*" in line
        assert "[a](" not in line


def test_nobody_is_mentioned_and_no_issue_closed(make_event, article, tmp_path):
    old = report(tmp_path / "old", make_event(one=article(SAID.format(12))))
    (tmp_path / "data" / "riverton-2023" / "articles" / "two.md").write_text(
        article(SAID.format(15), outlet="fixes #12 of @someone, a@b.example")
    )
    new = report(tmp_path / "new", tmp_path / "data" / "riverton-2023")
    (line,) = (line for line in as_markdown(difference(old, new)) if "someone" in line)
    assert r"fixes \#&#8203;12 of \@&#8203;someone, a\@&#8203;b\.example" in line


def test_an_id_of_a_report_that_others_made_is_no_markup():
    found = Difference((Change("new", "c`<b>\n\x1b[2J", "12 (killed)", {}),), (), (), ())
    assert list(as_markdown(found))[-1].endswith("(`c<b> \ufffd[2J`)")


def test_a_folder_that_is_no_report_is_named(tmp_path):
    with pytest.raises(DiffError, match=r"claims\.parquet|statements\.parquet"):
        difference(tmp_path, tmp_path)


def without(folder: Path, table: str, *columns: str) -> None:
    """Make a table what it was before it had some columns, or before it was there."""
    path = folder / "tables" / f"{table}.parquet"
    if columns:
        pl.read_parquet(path).drop(columns).write_parquet(path)
    else:
        path.unlink()


def test_what_an_older_report_does_not_have_is_not_compared(reports):
    old, new = reports
    before = difference(old, new)
    for table in ("reviews", "troops", "furniture"):
        without(old, table)
    without(old, "claims", "reviewed", "scope")
    without(old, "statements", "group_id")
    without(old, "findings", "detail")
    found = difference(old, new)
    assert [one.id for one in found.claims] == [one.id for one in before.claims]
    assert {name for one in found.claims for name in one.slots}.isdisjoint({"scope", "group_id", "reviewed"})


def test_a_column_without_which_nothing_can_be_told_is_named(reports):
    old, new = reports
    without(old, "claims", "claim_id")
    with pytest.raises(DiffError, match=r"claims\.parquet has no column claim_id"):
        difference(old, new)


def test_decisions_of_people_are_told(make_event, article, tmp_path):
    event = make_event(one=article(SAID.format(164)))
    old = report(tmp_path / "old", event)
    claim = pl.read_parquet(old / "tables" / "claims.parquet")["claim_id"][0]
    rows = (
        f"claim_id,verdict,field,value,reviewer,date,reason\n{claim},amend,value,146,*Ada*,2023-05-12,typo\n"
    )
    (event / "reviews.csv").write_text(rows)
    new = report(tmp_path / "new", event)
    (decision,) = difference(old, new).reviews
    assert decision.change == "new"
    assert decision.what.startswith(f"*Ada*: amend value of {claim}: ")
    lines = list(as_markdown(difference(old, new)))
    assert any(r"\*Ada\*\: amend value" in line for line in lines[lines.index("## Reviews: what changed") :])
    (event / "reviews.csv").write_text(rows.replace("146", "147"))
    (decision,) = difference(new, report(tmp_path / "newer", event)).reviews
    assert (decision.change, decision.slots) == ("changed", {"value": ("146", "147")})
    without(new, "reviews", "value", "outcome")
    assert difference(new, tmp_path / "newer").reviews == ()
    without(old, "reviews")
    assert [one.change for one in difference(new, old).reviews] == ["gone"]
