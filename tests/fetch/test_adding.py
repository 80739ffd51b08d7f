from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile import LIFE, answer, moved, page, resolve

from pipeline.events import EventError, discover, load
from pipeline.fetch.adding import Adding, event_folder
from pipeline.fetch.limits import FetchLimits
from pipeline.ingest.articles import ingest
from pipeline.limits import Limits
from pipeline.progress import LoggedProgress

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Riverton Post</title>
<item><title>One</title><link>{one}</link></item>
<item><title>Two</title><link>{two}</link></item>
<item><title>Again</title><link>{one}#comments</link></item>
<item><title>Local</title><link>file:///etc/passwd</link></item>
</channel></rss>"""


@pytest.fixture
def event(tmp_path):
    return tmp_path / "data" / "riverton-2023"


@pytest.fixture
def adding(event, client):
    """Adds to the event; gives the outcomes."""

    def add(*given: str | Path, tables: tuple[Path, ...] = (), **limits):
        job = Adding(
            event,
            client(**limits),
            Limits(),
            FetchLimits(**{name: value for name, value in limits.items() if name == "feed_entries"}),
            LoggedProgress(lambda _: None),
            lambda _: None,
        )
        return job.add([str(one) for one in given], tables)

    return add


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def reasons(outcomes) -> list[str]:
    return [outcome.failure.message for outcome in outcomes if outcome.failure]


def test_a_page_becomes_an_article_of_the_next_run(server, adding, event):
    server.answers["/"] = page("The mayor of Riverton said 12 people were killed.")
    (outcome,) = adding(server.url())
    assert names(event / "articles") == [outcome.kept.name]
    found = ingest(load(event))
    assert found.articles["url"].to_list() == [server.url()]
    assert "12 people were killed" in found.articles["text"][0]


def test_an_address_that_is_added_again_is_another_version(server, adding, event):
    server.answers["/"] = [page("164 people were killed."), page("44 people were killed.")]
    adding(server.url())
    adding(server.url())
    assert len(names(event / "articles")) == 2
    texts = ingest(load(event)).articles["text"].to_list()
    assert sorted("164" in text for text in texts) == [False, True]


def test_one_failure_stops_nothing_and_is_remembered(server, adding, event):
    server.answers |= {"/": page(), "/image": answer(b"\x89PNG", kind="image/png")}
    outcomes = adding(server.url("/gone"), server.url("/image"), server.url())
    assert reasons(outcomes) == ["127.0.0.1 answers 404", "is 'image/png': no page and no feed"]
    assert len(names(event / "articles")) == 1
    listed = event / "failed.txt"
    assert server.url("/gone") in listed.read_text()
    server.answers["/gone"] = page()
    adding(listed)
    assert server.url("/gone") not in listed.read_text()
    assert server.url("/image") in listed.read_text()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image/jpeg", page()),  # a page that says it is a picture
        ("application/pdf", b"%PDF-1.7"),
        ("application/octet-stream", page()),
        ("application/x-msdownload", b"MZ"),
        ("text/plain", b"12 people were killed."),
        ("", page()),
    ],
)
def test_what_is_no_page_by_its_type_is_no_article(server, adding, event, kind, body):
    server.answers["/"] = answer(body, kind=kind)
    (reason,) = reasons(adding(server.url()))
    assert reason.endswith("no page and no feed")
    assert names(event / "articles") == []


def test_a_picture_that_says_it_is_a_page_is_told_by_the_next_run(server, adding, event):
    server.answers |= {"/": answer(b"\x89PNG\r\n\x1a\n" + bytes(2000)), "/page": page()}
    assert reasons(adding(server.url(), server.url("/page"))) == []
    found = ingest(load(event))
    assert found.articles["url"].to_list() == [server.url("/page")]
    assert (found.problems["severity"] == "error").sum() == 1


def test_the_entries_of_a_feed_lead_into_no_network_of_ones_own(server, adding, led):
    body = FEED.format(one="http://169.254.169.254/", two="http://[::ffff:7f00:1]/").encode()
    server.answers["/feed"] = answer(body, kind="text/xml")
    said = reasons(adding("http://news.example/feed", private=False, resolve=resolve))
    assert len(said) == 2
    assert all("is not spoken to" in one for one in said)
    assert led == [LIFE, LIFE]


def test_answers_that_are_no_articles_are_kept_apart(server, adding, event):
    server.answers |= {"/robots.txt": answer(b"<p>99 people were killed.</p>"), "/": page()}
    adding(server.url(), server.url("/gone"))
    assert len(names(event / "fetched")) == 2
    assert ingest(load(event)).articles.height == 1


def test_a_feed_gives_its_entries_and_is_no_article_itself(server, adding, event):
    body = FEED.format(one="/1", two=server.url("/2")).encode()
    server.answers |= {
        "/feed": answer(body, kind="application/rss+xml"),
        "/1": page("One."),
        "/2": page("Two."),
    }
    outcomes = adding(server.url("/feed"))
    assert reasons(outcomes) == []
    assert server.asked == ["/robots.txt", "/feed", "/1", "/2"]
    assert len(names(event / "articles")) == 2
    assert outcomes[0].kept.parent == event / "fetched"


def test_a_feed_of_too_many_entries_says_so(server, adding):
    body = FEED.format(one="/1", two="/2").encode()
    server.answers |= {"/feed": answer(body, kind="text/xml"), "/1": page()}
    outcomes = adding(server.url("/feed"), feed_entries=1)
    assert reasons(outcomes) == ["has 2 entries, of which the first 1 are fetched"]
    assert "/2" not in server.asked


def test_a_feed_within_a_feed_and_xml_that_is_none_are_refused(server, adding):
    body = FEED.format(one="/feed2", two="/map").encode()
    server.answers |= {"/feed": answer(body, kind="text/xml"), "/feed2": answer(body, kind="text/xml")}
    server.answers["/map"] = answer(b"<urlset/>", kind="application/xml")
    assert reasons(adding(server.url("/feed"))) == [
        "is a feed in a feed, which is not followed",
        "is 'application/xml': no page and no feed",
    ]


def test_a_list_is_fetched_line_by_line_each_address_once(server, adding, tmp_path):
    server.answers |= {"/1": page("One."), "/2": page("Two.")}
    lines = ["# of the first day", server.url("/1"), "", server.url("/2"), server.url("/1#top"), "htp:/typo"]
    listed = tmp_path / "addresses.txt"
    listed.write_text("\r\n".join(lines))
    assert reasons(adding(listed)) == ["'htp:/typo' is not fetched: only http and https are"]
    assert server.asked == ["/robots.txt", "/1", "/2"]


def test_files_are_copied_and_never_over_others(adding, event, tmp_path):
    one = tmp_path / "The day.html"
    one.write_bytes(b"<p>One.</p>")
    text = tmp_path / "note.txt"
    text.write_text("https://example.org/story\n\nAt least 12 people were killed.\nThe mayor said so.")
    assert reasons(adding(one, text)) == []
    one.write_bytes(b"<p>Two.</p>")
    adding(one, one)
    assert names(event / "articles") == ["The-day-2.html", "The-day.html", "note.txt"]
    assert (event / "articles" / "The-day.html").read_bytes() == b"<p>One.</p>"


def test_what_is_no_plain_file_or_not_read_is_refused(adding, event, tmp_path):
    (tmp_path / "link.html").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    given = ["link.html", "pipe.html", "picture.png", "table.csv", "absent.html"]
    outcomes = adding(*(tmp_path / name for name in given))
    assert reasons(outcomes) == [
        "cannot be opened: it is a link",
        "is no plain file",
        "files of the kind '.png' are not read",
        "files of the kind '.csv' are not read",
        "there is no such file",
    ]
    assert not (event / "articles").exists()


def test_a_folder_gives_its_files_without_what_a_browser_saved_beside_them(adding, event, tmp_path):
    saved = tmp_path / "saved"
    (saved / "flood_files").mkdir(parents=True)
    (saved / "flood.html").write_text("<p>12 people died.</p>")
    (saved / "flood_files" / "script.js").write_text("1")
    assert reasons(adding(saved)) == []
    assert [path.name for path in (event / "articles").iterdir()] == ["flood.html"]


def test_a_coded_table_is_copied_once_and_never_over_another(adding, event, tmp_path):
    table = tmp_path / "reports.csv"
    table.write_text("date,killed\n2023-05-04,12\n")
    assert reasons(adding(tables=(table, table))) == []
    assert [one.event_id for one in discover(event.parent)] == ["riverton-2023"]
    table.write_text("date,killed\n2023-05-04,13\n")
    assert reasons(adding(tables=(table,))) == ["another table called reports.csv is there already"]
    assert (event / "coded" / "reports.csv").read_text().endswith("12\n")


@pytest.mark.parametrize("content", [b"", b"date,killed\n", b"1,2\n3,4\n", b"\0\1\2", b"one\ntwo\n"])
def test_what_is_no_table_is_refused(adding, tmp_path, content):
    table = tmp_path / "reports.csv"
    table.write_bytes(content)
    (outcome,) = adding(tables=(table,))
    assert "is a table without" in outcome.failure.message or "is no table" in outcome.failure.message


@pytest.mark.parametrize(
    "name", ["..", "../x", "a/b", "/etc", "", "Riverton", "a b", "-a", "a--b", "a\n", "x" * 101]
)
def test_an_event_has_a_name_that_is_safe_as_a_folder(tmp_path, name):
    with pytest.raises(EventError):
        event_folder(tmp_path, name)


def test_an_event_that_is_there_is_added_to_where_it_is(make_event, tmp_path):
    folder = make_event("Riverton 2023", one="12 people were killed.")
    assert event_folder(tmp_path / "data", "riverton-2023") == folder
    assert event_folder(tmp_path / "data", "harborport") == tmp_path / "data" / "harborport"
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "one.txt").write_text("12 people were killed.")
    with pytest.raises(EventError, match="move the files"):
        event_folder(tmp_path / "bare", "bare")


def counterclaim(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    own = {"COUNTERCLAIM_ALLOW_PRIVATE": "1", "COUNTERCLAIM_FETCH_DELAY": "0.01"}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "add", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | own | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # What runs in the background of a shell inherits that an interrupt is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def test_the_command_says_what_it_kept_and_what_failed(server, tmp_path):
    server.answers |= {"/": page(), "/away": moved("http://127.0.0.1:1/\x1b[31m")}
    done = counterclaim("riverton", server.url(), server.url("/away"), cwd=tmp_path)
    said = done.communicate()[0]
    assert done.returncode == 1, said
    assert "articles/127.0.0.1" in said
    assert f"failed: {server.url('/away')}: " in said
    assert "1 added to data/riverton, 1 failed" in said
    assert "\x1b" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("riverton",), "nothing to add"),
        (("../riverton", "https://news.example/"), "'../riverton' is no name for an event"),
    ],
)
def test_nothing_to_do_is_said(tmp_path, arguments, said):
    done = counterclaim(*arguments, cwd=tmp_path)
    assert said in done.communicate()[0]
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_limit_that_is_no_number_is_said(tmp_path):
    done = counterclaim("riverton", "a.html", cwd=tmp_path, COUNTERCLAIM_FETCH_BYTES="many")
    assert "COUNTERCLAIM_FETCH_BYTES is 'many': give a whole number above 0" in done.communicate()[0]
    assert done.returncode == 2


def test_private_addresses_need_the_setting(server, tmp_path):
    done = counterclaim("riverton", server.url(), cwd=tmp_path, COUNTERCLAIM_ALLOW_PRIVATE="0")
    assert "is not spoken to" in done.communicate()[0]
    assert done.returncode == 1
    assert server.asked == []


def test_what_was_fetched_stays_when_it_is_stopped(server, tmp_path):
    server.answers |= {"/1": page(), "/2": lambda _: time.sleep(3)}
    running = counterclaim("riverton", server.url("/1"), server.url("/2"), server.url("/3"), cwd=tmp_path)
    until = time.monotonic() + 8
    while "/2" not in server.asked and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[0]
    assert running.returncode == 1
    assert "stopped; what was added stays" in said
    assert len(names(tmp_path / "data" / "riverton" / "articles")) == 1
    left = (tmp_path / "data" / "riverton" / "failed.txt").read_text()
    assert server.url("/1") not in left
    assert server.url("/2") in left
    assert server.url("/3") in left
