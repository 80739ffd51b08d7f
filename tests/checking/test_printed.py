from __future__ import annotations

from pipeline.checking.printed import check, unreadable
from pipeline.verifying import Unresolved, VerifyError


def test_a_report_whose_numbers_resolve_passes():
    assert check([]).severity is None


def test_a_number_of_nobody_is_an_error_that_names_file_place_and_number():
    found = check([Unresolved("report.html", "claim-c0123456789ab", "9164", "9164 people\x1b")])
    assert found.severity == "error"
    assert "claim-c0123456789ab in report.html: 9164, in '9164 people\\x1b'" in found.message
    assert found.counts == {"numbers unresolved": 1}


def test_a_report_that_is_not_whole_is_an_error():
    found = unreadable(VerifyError("report.pdf is not there"))
    assert (found.severity, "report.pdf is not there" in found.message) == ("error", True)
