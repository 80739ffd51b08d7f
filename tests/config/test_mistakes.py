"""Every slip of a hand in event.toml is told with its line, its entry and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config.mistakes import LARGEST, read
from pipeline.events import load

ROOT = Path(__file__).parents[2]
PLACE = '[[places]]\nid = "rv"\nname = "Riverton"\nkind = "city"\n'
POLICE = '[[actors]]\nid = "rv-police"\nname = "Riverton police"\nside = "authorities"\n'


def told(folder: Path, text: str | bytes) -> list[tuple[str, str, str]]:
    path = folder / "event.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(one.severity, one.message, one.remedy) for one in read(path)[1]]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("title = Riverton", "line 1: is no TOML: invalid value", "texts stand in quotation marks"),
        ("\ntitle = “Riverton”", "line 2: is no TOML", "must be straight ones"),
        (
            'title = "Riverton\nplace = "x"',
            "line 1: is no TOML: illegal character",
            "close the quotation mark",
        ),
        ('title = "The "big" flood"', "line 1: is no TOML: expected newline", 'write \\" for one'),
        ('title = "a"\ntitle = "b"\n#', "line 2: is no TOML: cannot overwrite", "is there twice"),
        ('title = "C:\\pages"', "line 1: is no TOML: unescaped", "write \\\\"),
        ('title: "a"', "line 1: is no TOML: expected '='", 'key = "value"'),
        ('title = "a"\nfeeds = ["b" "c"]', "line 2: is no TOML: unclosed array", "by commas"),
        ('title = "a"\n[[places]\n', "line 2: is no TOML", "as many brackets"),
        ("title = ", "is no TOML: invalid value", "quotation marks"),
        (b'title = "a"\nplace = "\xe9"', "line 2: is not UTF-8", "save the file as UTF-8"),
        ("title = " + "[" * 3000, "too deep", "remove them"),
        ("#" * (LARGEST + 1), "more than 1,000,000 bytes", "coded/"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_line_and_a_remedy(tmp_path, text, message, remedy):
    ((severity, said, todo),) = told(tmp_path, text)
    assert severity == "error"
    assert message in said
    assert remedy in todo


@pytest.mark.parametrize(
    ("entry", "message", "remedy"),
    [
        (
            POLICE.replace("authorities", "them"),
            "line 5, [[actors]] rv-police: side is 'them'",
            "one of authorities",
        ),
        (
            PLACE.replace("city", "town"),
            "line 5, [[places]] rv: kind is 'town'",
            "one of country, region, city",
        ),
        (PLACE.replace('id = "rv"\n', ""), "line 2, [[places]] Riverton: has no id", "give it"),
        (POLICE + 'aliases = "police"', "line 6, [[actors]] rv-police: aliases is 'police'", '["…", "…"]'),
        ("tolerance = 5", "line 2: tolerance is 5", "a share below 1"),
        ("window = { start = 2023-05-09, end = 2023-05-01 }", "line 2: window is", "in this order"),
        (
            'window = { start = "2023-05-01", end = "2023-05-09" }',
            "line 2: window is",
            "without quotation marks",
        ),
        ('place = ""', "line 2: place is ''", "a text"),
        ("[actors]", "actors is no list of entries", "[[actors]], in double brackets"),
        ('lexicon = "words"', "line 2: lexicon is no list of entries", "[[lexicon.metric]]"),
        (
            '[[lexicon.verb]]\nname = "x"',
            "lexicon.verb: there is no such kind",
            "metric, population, rejection",
        ),
        (
            '[[accepted_falls]]\nmetric = "killed"\nfrom = "23"\nto = 21\nreason = "r"',
            "from is '23'",
            "whole number",
        ),
        ('[[coded]]\nfile = "own.csv"', "line 2, [[coded]] own.csv: has no figures", "a list of tables"),
        (
            '[[coded]]\nfile = "own.csv"\nfigures = [{ best = "dead" }]',
            "line 4, [[coded]] own.csv: figures",
            "metric",
        ),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_with_what_it_must_be(tmp_path, entry, message, remedy):
    ((severity, said, todo),) = told(tmp_path, f'title = "Riverton"\n{entry}')
    assert severity == "error"
    assert message in said
    assert remedy in todo


@pytest.mark.parametrize(
    ("entry", "message", "remedy"),
    [
        (
            '[[populations]]\nname = "p"\nmetrics = ["kiled"]\nwords = ["w"]',
            "no metric 'kiled'",
            "did you mean 'killed'?",
        ),
        (
            '[[populations]]\nname = "p"\nmetrics = []\nwords = []\nwithin = "q"',
            "no population 'q'",
            "add it",
        ),
        (
            '[[lexicon.metric]]\nname = "kiled"\nobject = ["smote"]\nsource = "s"',
            "no metric 'kiled'",
            "a meaning",
        ),
        (
            '[[accepted_falls]]\nmetric = "killed"\nfrom = 2\nto = 3\nreason = "r"',
            "nothing fell",
            "the higher figure",
        ),
        (
            '[[coded]]\nfile = "own.csv"\nfigures = [{ metric = "kiled", best = "dead" }]',
            "line 4, [[coded]] own.csv: coded.figures: there is no metric 'kiled'",
            "did you mean 'killed'?",
        ),
    ],
)
def test_names_of_nothing_are_errors(tmp_path, entry, message, remedy):
    ((severity, said, todo),) = told(tmp_path, f'title = "Riverton"\n{entry}')
    assert severity == "error"
    assert message in said
    assert remedy in todo


@pytest.mark.parametrize(
    ("entry", "message", "remedy"),
    [
        ('questoin = "How many?"', "line 2: questoin is no key that is known", "did you mean question?"),
        (POLICE.replace("[[actors]]", "[[actor]]"), "actor is no key that is known", "did you mean actors?"),
        (
            POLICE + 'alias = ["police"]',
            "line 6, [[actors]] rv-police: alias is no key",
            "did you mean aliases?",
        ),
        (PLACE + "tolerance = 0.1", "line 6, [[places]] rv: tolerance is no key", "above the first heading"),
        ('zzz = "?"', "zzz is no key that is known", "the keys are title, question"),
        (f'place = "Rivertown"\n{PLACE}', "line 2: place 'Rivertown' is the name of no entry", "'Riverton'"),
        (PLACE + PLACE, "line 7, [[places]] rv: the id 'rv' is there twice", "one of its own"),
        ('country = "Riverland"', "line 2: country 'Riverland' is no code", "two capital letters"),
    ],
)
def test_what_is_passed_over_is_a_warning_and_the_rest_is_used(tmp_path, entry, message, remedy):
    ((severity, said, todo),) = told(tmp_path, f'title = "Riverton"\n{entry}')
    assert severity == "warning"
    assert message in said
    assert remedy in todo
    event = load(tmp_path)
    assert (event.title, event.config_error) == ("Riverton", None)
    assert [one.message for one in event.mistakes] == [said]


def test_all_mistakes_are_told_at_once(tmp_path):
    found = told(tmp_path, f'tite = "x"\n{POLICE.replace("authorities", "them")}side_of = "y"')
    assert len(found) == 4
    assert {severity for severity, _, _ in found} == {"error", "warning"}


def test_a_byte_order_mark_and_lines_of_windows_are_no_mistakes(tmp_path):
    assert told(tmp_path, '\ufefftitle = "Riverton"\r\nplace = "Riverton"\r\n') == []


def test_a_line_that_cannot_be_told_is_not_guessed(tmp_path):
    text = 'title = "x"\nnotice = """\n[[actors]]\nside = "y"\n"""\n' + POLICE.replace("authorities", "them")
    ((_, message, _),) = told(tmp_path, text)
    assert message.startswith("line 9, [[actors]] rv-police: side")
    ((_, message, _),) = told(tmp_path, 'title = "x"\nactors = [{ id = "a", name = "A", side = "them" }]')
    assert message.startswith("[[actors]] a: side")


def test_the_projects_own_files_have_no_mistakes():
    paths = [*ROOT.glob("data/*/event.toml"), *ROOT.glob("tests/**/event.toml")]
    assert len(paths) > 15
    assert [(path, one) for path in paths for one in read(path)[1] if one.severity == "error"] == []
    assert read(ROOT / "data" / "kazakhstan-2022" / "event.toml")[1] == ()
