"""An assignment inside nbgrader itself: made, released, answered in JupyterLab or in code, validated, autograded, and read back from its gradebook."""

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
from a_lab import jupyterlab, open_notebook, wait_for
from every_type import make_bank, partly_answer
from nbgrader.api import Gradebook
from sealed_pages import GUIDE, answer_all
from test_no_key_leaves import given_away

from quizzes.classroom.assign import assign
from quizzes.classroom.tools import by_machine

ASKED = tuple(filter(by_machine, GUIDE))
BY_HAND = [question for question in GUIDE if question.type == "open-answer"]
NONSENSE, WRITTEN, LEFT = ASKED[0], ASKED[1], ASKED[2]  # answered by something that is no answer, in code after the form, not at all


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The folder of a course, with an assignment that nbgrader released."""
    folder = tmp_path_factory.mktemp("nbgrader")
    assign(make_bank(folder), folder / "monday", tool="nbgrader")
    course = folder / "monday" / "keep" / "nbgrader"
    nbgrader(course, "generate_assignment", "monday")
    return course


def nbgrader(course: Path, *arguments: str) -> str:
    programs = Path(sys.executable).parent  # nbgrader starts alembic by its name
    own = {"HOME": str(course), "PATH": os.pathsep.join([str(programs), os.environ["PATH"]])}
    done = subprocess.run([programs / "nbgrader", *arguments], cwd=course, env=os.environ | own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def students_copy(course: Path, student: str, answers: dict[str, Any] | None = None, code: str = "") -> Path:
    """The released folder as a student has it, with answers given in the form and written as code."""
    folder = course / "submitted" / student / "monday"
    shutil.copytree(course / "release" / "monday", folder)
    if answers is not None:
        kept = {id_: {"answer": answer, "checked": False} for id_, answer in answers.items()}
        (folder / "monday-answers.json").write_text(json.dumps({"format": "quizzes-draft", "version": 1, "kept": kept, "handed_in": {}}), encoding="utf-8")
    notebook = nbformat.read(folder / "monday.ipynb", as_version=4)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    cells["_written"].source = cells["_written"].source.replace("raise NotImplementedError()", code or "raise NotImplementedError()")
    for question in BY_HAND if student != "nothing" else ():
        assert cells[question.id].source == "YOUR ANSWER HERE"
        cells[question.id].source = "An answer that only a person can mark."
    nbformat.write(notebook, folder / "monday.ipynb")
    return folder


@pytest.fixture(scope="module")
def in_the_form(course, chromium, tmp_path_factory) -> dict[str, Any]:
    """The answers that a student gave in the form, in JupyterLab."""
    folder = students_copy(course, "form")
    with jupyterlab(folder, tmp_path_factory.mktemp("lab")) as address:
        page = open_notebook(chromium, address, "monday.ipynb")
        assert page.locator(".sealed-intro").inner_text().endswith("in the file monday-answers.json beside this notebook. When you are done, "
                                                                   "save the notebook and hand it in as you always do, together with that file.")
        assert [page.locator(name).is_visible() for name in (".sealed-who", "[data-sealed-do=hand-in]", ".sealed-count")] == [False, False, True]
        answer_all(page)
        assert page.locator(".sealed-count").inner_text() == f"{len(ASKED)} of {len(ASKED)} answered"
        file = folder / "monday-answers.json"
        wait_for(file, lambda file: file.exists() and len(json.loads(file.read_text())["kept"]) > len(ASKED))  # with the time beside them
        page.wait_for_timeout(500)
        page.context.close()
    return {id_: one["answer"] for id_, one in json.loads(file.read_text(encoding="utf-8"))["kept"].items() if "answer" in one}


@pytest.fixture(scope="module")
def partly() -> dict[str, Any]:
    return {question.id: partly_answer(question) for question in ASKED if question is not LEFT}


@pytest.fixture(scope="module")
def points(course, in_the_form, partly) -> dict[str, dict[str, float]]:
    """What nbgrader's gradebook has for every student after autograding."""
    given = partly | {WRITTEN.id: None}
    students_copy(course, "code", given, f'answers["{NONSENSE.id}"] = "nonsense"\nanswers["{WRITTEN.id}"] = {partly[WRITTEN.id]!r}')
    students_copy(course, "nothing")
    nbgrader(course, "autograde", "monday")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {student: {grade.name: grade.auto_score for notebook in book.find_submission("monday", student).notebooks for grade in notebook.grades}
                for student in ("form", "code", "nothing")}


def marks(answers: dict[str, Any]) -> dict[str, float]:
    return {question.id: question.mark(answers.get(question.id)).points for question in ASKED}


def of_machine(points: dict[str, float]) -> dict[str, float]:
    return {question.id: points[question.id] for question in ASKED}


def test_what_is_released_is_one_notebook_that_holds_nothing_of_the_key(course):
    assert [path.name for path in (course / "release" / "monday").iterdir()] == ["monday.ipynb"]
    text = (course / "release" / "monday" / "monday.ipynb").read_text(encoding="utf-8")
    assert given_away((*ASKED, *BY_HAND), text) == []
    assert "HIDDEN" not in text and "SOLUTION" not in text and "autograding" not in text


def test_answers_given_in_the_form_earn_our_marks(points, in_the_form):
    assert set(in_the_form) == {question.id for question in ASKED}
    assert of_machine(points["form"]) == marks(in_the_form)


def test_partial_credit_is_ours_and_what_is_written_as_code_counts_before_the_form(points, partly):
    wanted = marks(partly | {NONSENSE.id: None})
    assert sum(0 < wanted[question.id] < question.points for question in ASKED) >= 5
    assert of_machine(points["code"]) == wanted


def test_nothing_answered_earns_nothing(points):
    assert set(of_machine(points["nothing"]).values()) == {0.0}


def test_the_gradebook_knows_what_there_is_to_earn_and_leaves_open_answers_to_a_person(course, points):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grades = {grade.name: grade for notebook in book.find_submission("monday", "form").notebooks for grade in notebook.grades}
        assert {question.id: grades[question.id].max_score for question in (*ASKED, *BY_HAND)} == {question.id: question.points for question in (*ASKED, *BY_HAND)}
        assert [name for name, grade in grades.items() if grade.needs_manual_grade] == [question.id for question in BY_HAND]


def test_the_solution_validates_and_so_does_a_notebook_where_all_is_answered(course, points):
    done = "Success! Your notebook passes all the tests.\n"
    assert nbgrader(course, "validate", "source/monday/monday.ipynb") == done
    assert [path.name for path in (course / "source" / "monday").iterdir()] == ["monday.ipynb"]  # or students would get the solution with it
    assert nbgrader(course, "validate", "submitted/form/monday/monday.ipynb") == done
