"""An assignment inside otter-grader itself: assigned, answered, exported by the student's notebook, and graded without a container."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from every_type import make_bank, partly_answer
from nbclient import NotebookClient
from sealed_pages import GUIDE
from test_no_key_leaves import given_away

from quizzes.classroom.assign import assign
from quizzes.classroom.tools import by_machine

ASKED = tuple(filter(by_machine, GUIDE))
NONSENSE, WRITTEN, LEFT = ASKED[0], ASKED[1], ASKED[2]  # answered by something that is no answer, in code after the form, not at all


@pytest.fixture(scope="module")
def assigned(tmp_path_factory) -> Path:
    """What `otter assign` makes; it grades the solution, and fails where that does not earn all points."""
    folder = tmp_path_factory.mktemp("otter")
    assign(make_bank(folder), folder / "monday", tool="otter")
    otter(folder / "monday" / "keep" / "otter", "assign", "monday.ipynb", "dist")
    return folder / "monday" / "keep" / "otter" / "dist"


def otter(folder: Path, *arguments: str | Path) -> None:
    done = subprocess.run([Path(sys.executable).with_name("otter"), *arguments], cwd=folder, env=os.environ | {"HOME": str(folder)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def scores(assigned: Path, handed_in: Path) -> dict[str, float]:
    otter(handed_in.parent, "run", "-a", next((assigned / "autograder").glob("*.zip")), "-o", handed_in.parent, handed_in)
    tests = json.loads((handed_in.parent / "results.json").read_text(encoding="utf-8"))["tests"]
    assert {test["name"]: test["max_score"] for test in tests if "score" in test} == {question.id: question.points for question in ASKED}
    return {test["name"]: test["score"] for test in tests if "score" in test}


@pytest.fixture(scope="module")
def exported(assigned, tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    """The zip that a student's notebook exports, and the answers given in the form and as code."""
    folder = tmp_path_factory.mktemp("student")
    shutil.copy(assigned / "student" / "monday.ipynb", folder)
    answers = {question.id: partly_answer(question) for question in ASKED if question is not LEFT}
    kept = {id_: {"answer": answer} for id_, answer in answers.items() if id_ != WRITTEN.id}
    (folder / "monday-answers.json").write_text(json.dumps({"format": "quizzes-draft", "version": 1, "kept": kept, "handed_in": {}}), encoding="utf-8")
    notebook = nbformat.read(folder / "monday.ipynb", as_version=4)
    written = next(cell for cell in notebook.cells if "An answer can be written here" in cell.source)
    written.source += f'\nanswers["{NONSENSE.id}"] = "nonsense"\nanswers["{WRITTEN.id}"] = {answers[WRITTEN.id]!r}'
    nbformat.write(notebook, folder / "monday.ipynb")
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, timeout=120).execute()
    return next(folder.glob("*.zip")), answers | {NONSENSE.id: None}


def test_the_students_notebook_holds_nothing_of_the_key(assigned):
    assert [path.name for path in (assigned / "student").iterdir()] == ["monday.ipynb"]
    text = (assigned / "student" / "monday.ipynb").read_text(encoding="utf-8")
    assert given_away(tuple(question for question in GUIDE if question.points), text) == []
    assert "SOLUTION" not in text and "autograding" not in text and "PartialCredit" not in text


def test_partial_credit_is_ours_and_what_is_written_as_code_counts_before_the_form(assigned, exported):
    handed_in, answers = exported
    wanted = {question.id: question.mark(answers.get(question.id)).points for question in ASKED}
    assert sum(0 < wanted[question.id] < question.points for question in ASKED) >= 5
    assert scores(assigned, handed_in) == wanted


def test_nothing_answered_earns_nothing(assigned, tmp_path):
    shutil.copy(assigned / "student" / "monday.ipynb", tmp_path)
    assert set(scores(assigned, tmp_path / "monday.ipynb").values()) == {0}
