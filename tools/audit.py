"""Ask for known vulnerabilities of all that lock files name: `python tools/audit.py LOCK_FILE...`.

pip-audit is asked, which asks the advisory database of PyPI. By itself it passes over packages of other
systems, ends well if the database answers for none, and with a traceback if it is not reached. Here every
package must be answered for.

Exit status: 0 none is known; 1 one is known; 2 it was not possible to ask.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

VULNERABLE, UNASKED = 1, 2
_ASK = ("-m", "pip_audit", "--disable-pip", "--progress-spinner", "off", "--format", "json", "--requirement")
_BEGIN = re.compile(r"(?m)^(?=[A-Za-z0-9])")


def rounds(lock: str) -> list[str]:
    """A lock file's requirements for every system, as files that name each package once."""
    files: list[dict[str, str]] = []
    for block in _BEGIN.split(lock)[1:]:
        name = block.partition("==")[0]
        # A condition would be met here or not; the version is a risk to whoever meets it.
        whole = re.sub(r" ;.*?(?= \\$)", "", block, count=1, flags=re.MULTILINE)
        place = next((file for file in files if name not in file), None)
        if place is None:
            files.append(place := {})
        place[name] = whole
    return ["".join(file.values()) for file in files]


def verdict(answers: Sequence[str], asked: int) -> tuple[int, list[str]]:
    """An exit status and what to say, from what pip-audit printed; `asked` is the number of requirements."""
    try:
        told = [one for answer in answers for one in json.loads(answer)["dependencies"]]
        known = [
            f"{one['name']} {one['version']}: {', '.join((risk['id'], *risk['aliases']))}; "
            f"fixed in {', '.join(risk['fix_versions']) or 'no version yet'}"
            for one in told
            for risk in one.get("vulns", ())
        ]
        answered = sum("skip_reason" not in one for one in told)
    except (ValueError, LookupError, TypeError):
        return UNASKED, [
            "the advisory database could not be asked, so nothing is known; look at the message above"
        ]
    if known:
        return VULNERABLE, known
    if answered < asked:
        remedy = "is this address the real PyPI, and are all versions on it?"
        return UNASKED, [f"the advisory database answered for {answered} of {asked} packages; {remedy}"]
    return 0, [f"no vulnerability is known of {asked} packages"]


def main(paths: Sequence[str]) -> int:
    """Ask, and print what was answered."""
    files = [one for path in paths for one in rounds(Path(path).read_text(encoding="utf-8"))]
    answers = []
    for requirements in files:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "requirements.txt"
            path.write_text(requirements, encoding="utf-8")
            command = [sys.executable, *_ASK, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not done.stdout.startswith("{"):
            print(done.stderr.strip().rpartition("\n")[2], file=sys.stderr)
        answers.append(done.stdout)
    status, told = verdict(answers, sum(len(_BEGIN.findall(one)) for one in files))
    print("\n".join(told), file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
