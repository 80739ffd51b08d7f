"""The workflow that makes reports in CI: its form, and the very shell of its steps, run in a folder here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from documented import DOCS, ROOT, examples
from road import walk

FILE = ROOT / ".github" / "workflows" / "report.yml"
# YAML 1.1 reads the key `on` as true.
WORKFLOW = {str(key).lower(): value for key, value in yaml.safe_load(FILE.read_text()).items()}
JOBS = WORKFLOW["jobs"]
STEPS = {step["name"]: step for step in JOBS["report"]["steps"] if "name" in step}
HOSTILE = "::error::forged <script>x</script> </pre> & more"


class Runner:
    """A runner's folder: steps are run in it as GitHub runs them, with the commands that they call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outputs, self.summary_file = folder / "outputs", folder / "summary.md"
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / "bin").mkdir()
        self.summary_file.touch()
        self.command(".venv/bin/counterclaim", f'exec {sys.executable} -m pipeline "$@"')
        self.command("bin/taskset", 'shift 2; exec "$@"')

    def command(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)

    def run(self, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.shell(STEPS[name]["run"], **environment)

    def shell(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary_file),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env=known | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def status(self) -> str:
        return self.outputs.read_text().strip().rpartition("status=")[2]

    @property
    def summary(self) -> str:
        return self.summary_file.read_text()

    def report(self, event: Path, where: str) -> None:
        """The tables of an event as its report holds them."""
        tables = self.folder / where / event.name / "tables"
        tables.mkdir(parents=True)
        for name, frame in walk(event).items():
            frame.write_parquet(tables / f"{name}.parquet")


@pytest.fixture
def runner(tmp_path) -> Runner:
    folder = tmp_path / "runner with spaces"
    folder.mkdir()
    return Runner(folder)


# --- its form --------------------------------------------------------------------------------------------


def test_it_runs_when_it_should():
    assert WORKFLOW["true"].keys() == {"push", "pull_request", "schedule", "workflow_dispatch"}
    (when,) = WORKFLOW["true"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", when["cron"]), "once a week"
    assert WORKFLOW["concurrency"]["group"]


def test_it_may_write_nothing():
    assert set(WORKFLOW["permissions"].values()) == {"read"}
    assert all("permissions" not in job for job in JOBS.values())


def test_actions_are_of_a_major_version_and_pip_is_cached_by_the_lock_file():
    used = [step for job in JOBS.values() for step in job["steps"] if "uses" in step]
    assert {step["uses"].partition("@")[0] for step in used} == {
        "actions/checkout",
        "actions/setup-python",
        "actions/upload-artifact",
    }
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in used)
    python = [step["with"] for step in used if "setup-python" in step["uses"]]
    assert python
    assert all((one["cache"], one["cache-dependency-path"]) == ("pip", "requirements.lock") for one in python)


def test_no_step_has_words_of_others_in_its_shell():
    for job in JOBS.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), step["name"]


def test_the_whole_folder_of_a_report_is_kept_and_under_the_name_that_is_fetched():
    kept = STEPS["Keep the reports"]["with"]
    assert (kept["name"], kept["path"]) == ("reports", "reports/*/")
    assert "--name reports" in STEPS["Fetch the last reports"]["run"]
    assert "cancelled()" in STEPS["Keep the reports"]["if"]


def test_it_ends_with_what_the_steps_before_said():
    ended = STEPS["Say how it ended"]
    assert list(STEPS)[-1] == "Say how it ended"
    assert ended["env"] == {
        "MADE": f"${{{{ steps.{STEPS['Make the reports']['id']}.outputs.status }}}}",
        "VERIFIED": f"${{{{ steps.{STEPS['Verify the reports']['id']}.outputs.status }}}}",
    }


# --- copied to a repository that holds only data and a lock file -----------------------------------------


def test_the_step_that_a_newsroom_takes_for_ours_installs_what_the_other_steps_call(runner):
    (listing,) = examples(DOCS / "how-to" / "continuous-integration.md")
    (step,) = yaml.safe_load(listing.text)
    assert step["name"] == "Install"
    assert step["name"] in STEPS
    runner.command(".venv/bin/pip", 'echo "$@" >> asked')
    runner.command("bin/python", 'test "$*" = "-m venv .venv"')
    assert runner.shell(step["run"]).returncode == 0
    locked, program = (runner.folder / "asked").read_text().splitlines()
    assert {"--no-deps", "--require-hashes", "requirements.lock"} <= set(locked.split())
    assert program.endswith("/counterclaim@COMMIT")


def test_no_step_but_the_one_that_installs_needs_what_only_this_repository_has():
    text = "\n".join(step["run"] for name, step in STEPS.items() if "run" in step and name != "Install")
    assert re.findall(r"\bmake\b|Makefile|pyproject|pipeline/|tests/", text) == []


# --- make and verify -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_status_of_a_run_is_kept_for_later(runner, status):
    runner.command(".venv/bin/counterclaim", f'echo "  {HOSTILE}"; exit {status}')
    done = runner.run("Make the reports")
    assert done.returncode == 0
    assert runner.status == str(status)
    assert HOSTILE in (runner.folder / "run.log").read_text()


def test_words_of_articles_are_no_commands_to_the_runner(runner):
    runner.command(".venv/bin/counterclaim", f'echo "  {HOSTILE}"')
    (runner.folder / "reports" / "riverton-2023").mkdir(parents=True)
    tokens = set()
    for name in ("Make the reports", "Verify the reports"):
        first, *between, last = runner.run(name).stdout.splitlines()
        token = first.removeprefix("::stop-commands::")
        assert (len(token), last) == (32, f"::{token}::")
        assert any(HOSTILE in line for line in between)
        tokens.add(token)
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("statuses", "worst"), [((), 0), ((0, 0), 0), ((0, 2), 2), ((2, 1), 1), ((1, 2), 1), ((2, 0), 2)]
)
def test_the_worst_of_the_reports_counts(runner, statuses, worst):
    for number, status in enumerate(statuses):
        folder = runner.folder / "reports" / f"event-{number}"
        folder.mkdir(parents=True)
        (folder / "status").write_text(str(status))
    runner.command(".venv/bin/counterclaim", 'exit "$(cat "$2/status")"')
    assert runner.run("Verify the reports").returncode == 0
    assert runner.status == str(worst)


def test_each_report_is_made_anew_as_by_someone_else(runner):
    asked = 'echo "$@"; env | grep -E "^(TZ|LC_ALL|PYTHONHASHSEED)="; exit 2'
    runner.command(".venv/bin/counterclaim", asked)
    runner.command("bin/taskset", 'echo "$1 $2"; shift 2; exec "$@"')
    (runner.folder / "reports" / "riverton-2023").mkdir(parents=True)
    done = runner.run("Verify the reports", **STEPS["Verify the reports"]["env"])
    told = {
        "--cpu-list 0",
        "verify reports/riverton-2023/ --rebuild",
        "TZ=Pacific/Apia",
        "LC_ALL=C",
        "PYTHONHASHSEED=7",
    }
    assert told <= set(done.stdout.splitlines())
    assert runner.status == "2"


# --- the last report -------------------------------------------------------------------------------------

GH = """
echo "$*" >> calls
case "$1 $2" in
  "run list") {list} ;;
  "run download") {download} ;;
esac
"""
BRANCHES = {"BRANCHES": "a-branch main"}


def test_the_last_report_is_fetched_from_the_branch_or_else_from_the_default_branch(runner):
    found = 'if [ "$5 $6" = "--branch main" ] || [ "$6" = main ]; then echo 77; fi'
    runner.command("bin/gh", GH.format(list=found, download="mkdir -p last/riverton-2023"))
    done = runner.run("Fetch the last reports", **BRANCHES)
    assert (done.returncode, done.stdout) == (0, "compared with run 77 of main\n")
    calls = (runner.folder / "calls").read_text()
    assert calls.index("--branch a-branch") < calls.index("--branch main")
    assert "run download 77 --name reports --dir last" in calls
    assert "--status success" in calls


@pytest.mark.parametrize(
    ("listed", "download"),
    [("true", "true"), ("exit 4", "true"), ("echo 77", "mkdir -p last/half; exit 1")],
    ids=["none", "no answer", "expired"],
)
def test_no_last_report_is_no_failure(runner, listed, download):
    runner.command("bin/gh", GH.format(list=listed, download=download))
    done = runner.run("Fetch the last reports", **BRANCHES)
    assert done.returncode == 0
    assert "no last report" in done.stdout
    assert not (runner.folder / "last").exists()


@pytest.mark.skipif(not shutil.which("jq"), reason="there is no jq, which gh brings")
def test_reports_of_pull_requests_are_not_the_last_report():
    query = re.search(r"ours='(.*)'", STEPS["Fetch the last reports"]["run"])[1]
    runs = '[{"databaseId": 3, "event": "pull_request"}, {"databaseId": 2, "event": "schedule"}]'

    def asked(told: str) -> str:
        return subprocess.run(
            ["jq", "-r", query], input=told, capture_output=True, text=True, check=True
        ).stdout

    assert (asked(runs), asked("[]")) == ("2\n", "")


# --- what changed ----------------------------------------------------------------------------------------

SAID = "Police said {} people were killed in Riverton. <b>*Bold*</b>"


def test_what_changed_since_the_last_report_is_in_the_summary(runner, make_event, article):
    event = make_event(one=article(SAID.format(12)))
    runner.report(event, "last")
    (event / "articles" / "two.md").write_text(article(SAID.format(15), published="2023-05-06"))
    runner.report(event, "reports")
    done = runner.run("Say what changed")
    assert done.returncode == 0, done.stderr
    assert runner.summary.startswith("# riverton-2023\n\n## What a reader must know")
    assert re.search(r"- \*\*new\*\* 15 \\\(killed\\\)", runner.summary)
    assert "<b>" not in runner.summary


def test_without_a_last_report_the_summary_says_so_and_what_a_reader_must_know(runner, make_event, article):
    withdrew = "Police withdrew their report that 12 people had been killed in Riverton."
    event = make_event(
        one=article(SAID.format(12), published="2023-05-04"),
        two=article(withdrew, outlet="Valley News", published="2023-05-05"),
        three=article(SAID.format(12), outlet="Harbor Radio", published="2023-05-07"),
    )
    runner.report(event, "reports")
    done = runner.run("Say what changed")
    assert done.returncode == 0, done.stderr
    assert "There is no last report to compare with." in runner.summary
    assert "## What a reader must know\n\n- 1 article printed 12" in runner.summary
    assert "what changed" not in runner.summary


def test_a_last_report_that_cannot_be_read_stops_nothing(runner, make_event, article):
    event = make_event(one=article(SAID.format(12)))
    runner.report(event, "reports")
    (runner.folder / "last" / event.name).mkdir(parents=True)
    done = runner.run("Say what changed")
    assert done.returncode == 0, done.stderr
    assert "The last report could not be compared with this one:\n\n    counterclaim: last/" in runner.summary


def test_without_reports_there_is_nothing_to_compare(runner):
    assert runner.run("Say what changed").returncode == 0
    assert runner.summary == ""


def test_a_summary_that_is_too_long_is_cut(runner):
    (runner.folder / "reports" / "riverton-2023").mkdir(parents=True)
    (runner.folder / "last" / "riverton-2023").mkdir(parents=True)
    runner.command(".venv/bin/counterclaim", "yes -- '- a line of the difference' | head -n 60000")
    assert runner.run("Say what changed").returncode == 0
    assert 900_000 <= len(runner.summary) < 1_000_000
    assert runner.summary.endswith("Cut here; counterclaim diff OLD NEW says the rest.\n")


# --- how it ended ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "verified", "status", "told"),
    [
        ("0", "0", 0, "Every report is made and holds"),
        ("0", "2", 2, "A data check failed"),
        ("0", "1", 1, "The pipeline failed"),
        ("1", "0", 1, "The pipeline failed"),
        ("2", "1", 2, "A data check failed"),
        ("137", "0", 137, "The pipeline failed"),
        ("", "", 1, "The pipeline failed"),
        ("0", "", 1, "The pipeline failed"),
    ],
)
def test_the_exit_status_says_what_went_wrong(runner, made, verified, status, told):
    done = runner.run("Say how it ended", MADE=made, VERIFIED=verified)
    assert done.returncode == status
    assert told in runner.summary
    assert done.stdout.startswith("::error title=Reports::" + told) is (status != 0)


TWO_EVENTS = """harborport-2023
  articles     0.1 s
  warning: extracted: Numbers left over (1): c1 in one.md: 12. Look.

  1 articles, 1 claims from 1 independent statements
riverton-2023
  findings     0.1 s
  check failed: claims: Quotes that differ (1): c2 in two.md: 15. Look.
  Offsets outside of the text (1): c3 in two.md: 16. Look.
  nothing changed since the last run: reports/riverton-2023/report.pdf
calm-2023
  nothing changed since the last run: reports/calm-2023/report.pdf
"""


def test_what_is_told_of_each_event_is_in_the_summary_whole(runner):
    (runner.folder / "run.log").write_text(TWO_EVENTS)
    assert runner.run("Say how it ended", MADE="2", VERIFIED="0").returncode == 2
    assert runner.summary.partition("<pre>\n")[2].splitlines()[:-1] == [
        "harborport-2023",
        "  warning: extracted: Numbers left over (1): c1 in one.md: 12. Look.",
        "riverton-2023",
        "  check failed: claims: Quotes that differ (1): c2 in two.md: 15. Look.",
        "  Offsets outside of the text (1): c3 in two.md: 16. Look.",
        "",
    ]


MAYOR = """
title = "Riverton, May 2023"

[[actors]]
id = "rv-mayor"
name = "Mayor of Riverton"
side = "authorities"
aliases = ["mayor"]
"""


def test_a_real_warning_is_told_with_its_remedy_and_fails_nothing(runner, make_event, article):
    said = "The mayor said on {} that {} people had been killed."
    make_event(
        config=MAYOR,
        one=article(said.format("Thursday", 15), published="2023-05-04"),
        two=article(said.format("Friday", 11), published="2023-05-05"),
    )
    (runner.folder / "data").symlink_to(runner.folder.parent / "data")
    runner.run("Make the reports")
    runner.run("Verify the reports")
    done = runner.run("Say how it ended", MADE=runner.status, VERIFIED=runner.status)
    assert done.returncode == 0, done.stdout + runner.summary
    assert done.stdout == "::warning title=Reports::Every report is made and holds; warnings: 1.\n"
    assert re.search(r"riverton-2023\n  warning: findings: Running totals that fall \(1\)", runner.summary)
    assert "[[accepted_falls]]" in runner.summary
    assert "every number goes back to its claims" in runner.summary
    assert "web page" not in runner.summary


def test_a_run_that_broke_without_a_word_leaves_its_last_lines(runner):
    (runner.folder / "run.log").write_text("riverton-2023\n  articles     0.1 s\nKilled\n")
    assert runner.run("Say how it ended", MADE="137", VERIFIED="0").returncode == 137
    assert runner.summary.endswith("riverton-2023\n  articles     0.1 s\nKilled\n\n</pre>\n")


def test_what_failed_is_in_the_summary_and_is_no_markup(runner):
    (runner.folder / "run.log").write_text(f"  check failed: claims: {HOSTILE}\n")
    (runner.folder / "verify.log").write_text(f"reports/riverton-2023/report.pdf: {HOSTILE}\n" * 5_000)
    done = runner.run("Say how it ended", MADE="2", VERIFIED="2")
    assert done.returncode == 2
    assert HOSTILE not in done.stdout
    assert runner.summary.count("</pre>") == 1
    assert (
        "check failed: claims: ::error::forged &lt;script>x&lt;/script> &lt;/pre> &amp; more"
        in runner.summary
    )
    assert len(runner.summary) < 60_000
