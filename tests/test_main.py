"""The command lines, run as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
import make  # noqa: E402

BANK = "tests/banks/every-type.yml"


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "quizzes", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_check_says_how_much_it_read():
    done = run("check", BANK)
    assert (done.returncode, done.stdout) == (0, "6 questions in 1 bank: no fault, 11 warnings\n")
    assert done.stderr.count(f"{BANK}:") == done.stderr.count(": warning: found ") == 11


def test_check_without_a_file_reads_the_books_banks():
    done = run("check")
    assert done.returncode == 0, done.stderr
    assert ": no fault, " in done.stdout


def test_check_reports_the_faults_of_every_file():
    done = run("check", "tests/banks/faulty/tab.yml", "tests/banks/flawed/not.yml", "tests/banks/faulty/no-key.yml")
    assert (done.returncode, done.stdout) == (1, "3 banks: 2 faults, 1 warning\n")
    assert done.stderr == ("tests/banks/faulty/no-key.yml:11: found no choice with 'correct: true'; accepted: exactly one\n"
                           "tests/banks/faulty/tab.yml:10: found a tab; accepted: spaces\n"
                           "tests/banks/flawed/not.yml:10: warning: found 'not' in the stem without emphasis; "
                           "better: a positive stem, or the word emphasised, like *not* (guideline 17)\n")


def test_mark_prints_a_mark():
    done = run("mark", BANK, "many", '["alb", "mne"]')
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"points": 2, "out_of": 3, "state": "partly", "feedback": ["Yes.", "Yes."]}


@pytest.mark.parametrize(("arguments", "message"), [
    pytest.param((BANK, "peeple", "1"),
                 "bank 'every-type': found question 'peeple'; accepted: one, many, worst, strict, statement, people", id="no such question"),
    pytest.param((BANK, "one", "ankara"), 'answer: found ankara; accepted: JSON, like "id" or 12.5', id="no JSON"),
    pytest.param((BANK, "one", "[" * 100_000), 'answer: found ' + "[" * 60 + '; accepted: JSON, like "id" or 12.5', id="deep JSON"),
    pytest.param((BANK, "people", "NaN"), "question 'people': found a number without end; "
                 "accepted: a number, text of at most 100 characters that holds one, or null", id="NaN"),
    pytest.param((BANK, "one", r'"\ud800"'), "question 'one': found an id that is no choice ('\\ud800'); "
                 "accepted: one of ankara, istanbul, izmir, or null", id="lone surrogate"),
    pytest.param(("nowhere.yml", "one", "1"), "nowhere.yml: found No such file or directory; accepted: a bank's file", id="no such file"),
    pytest.param(("tests", "one", "1"), "tests: found Is a directory; accepted: a bank's file", id="a folder"),
])
def test_mark_says_what_is_wrong_in_one_line(arguments, message):
    done = run("mark", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message + "\n")


@pytest.mark.parametrize("arguments", [(), ("grumble",), ("mark", BANK)])
def test_wrong_usage_exits_with_2(arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m quizzes")


@pytest.mark.parametrize("command", ["check", "mark", "export", "import", "assign", "schema"])
def test_help_has_an_example(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"example: python -m quizzes {command}" in done.stdout.replace("\n", " ")


@pytest.fixture
def given_to_pytest(monkeypatch) -> Callable[..., list[str]]:
    """What `python make.py test` runs pytest with, without running it."""
    monkeypatch.setattr(make.os, "cpu_count", lambda: 2)
    for name in ("set_up", "find_npm", "find_driver", "find_chromium"):
        monkeypatch.setattr(make, name, lambda *_: "")
    ran = []
    monkeypatch.setattr(make, "run", lambda *command, **_: ran.append(command) or subprocess.CompletedProcess(command, 0))

    def given(*more: str) -> list[str]:
        assert make.main(["test", *more]) == 0
        return [*ran.pop()[3:]]

    return given


@pytest.mark.parametrize(("more", "given"), [
    pytest.param([], ["-n", "2", "--dist", "loadfile"], id="nothing"),
    pytest.param(["-k", "NAME", "-x", "tests/test_page.py"], ["-n", "2", "--dist", "loadfile", "-k", "NAME", "-x", "tests/test_page.py"], id="in its order"),
    pytest.param(["-n", "4"], ["--dist", "loadfile", "-n", "4"], id="processes"),
    pytest.param(["-n4"], ["--dist", "loadfile", "-n4"], id="processes, glued"),
    pytest.param(["--dist=load"], ["-n", "2", "--dist=load"], id="how they share the tests"),
])
def test_make_test_hands_on_what_is_typed_and_keeps_a_notebook_in_one_process(given_to_pytest, more, given):
    assert given_to_pytest(*more) == given


@pytest.mark.parametrize(("command", "message"), [
    pytest.param(["make.py", "serve", "8001"], "make.py: error: found '8001'; accepted after serve: nothing", id="a port after serve"),
    pytest.param(["make.py", "site", "--quiet"], "make.py: error: found '--quiet'; accepted after site: nothing", id="an option after site"),
    pytest.param(["preview.py", "99999"], "preview.py: error: argument PORT: found '99999'; accepted: a number from 0 to 65535", id="a port too high"),
    pytest.param(["preview.py", "-1"], "preview.py: error: argument PORT: found '-1'; accepted: a number from 0 to 65535", id="a port below zero"),
])
def test_an_argument_that_nothing_is_done_with_is_refused(command, message):
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (2, "", message)


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["test", "-h"]])
def test_make_has_help_before_and_after_a_command(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        make.main(arguments)
    assert ended.value.code == 0
    assert "example: python make.py serve" in capsys.readouterr().out
