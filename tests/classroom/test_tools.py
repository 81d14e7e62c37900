"""Source notebooks for other tools, and what runs in them: tried without the tools themselves."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from every_type import make_bank, partly_answer
from sealed_pages import BANKS, GUIDE, sealed_of
from test_assign import run

from quizzes.classroom.answering import AssignmentWidget
from quizzes.classroom.assign import assign
from quizzes.classroom.autograding import Partly, check, earned, pack_key, unpack_key
from quizzes.classroom.notebook import seen_by_students
from quizzes.classroom.simulate import right_answer
from quizzes.classroom.tools import FORMS, by_machine, in_python
from quizzes.model import Refused

ASKED = tuple(filter(by_machine, GUIDE))


def form(folder: Path) -> AssignmentWidget:
    """The form of a notebook in a folder, as a student's kernel has it."""
    sealed = seen_by_students(sealed_of(ASKED), how="assignment-how-tool", file="monday-answers.json") | {"file": "monday-answers.json"}
    return AssignmentWidget(json.loads(json.dumps(sealed)), folder)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_a_hidden_test_marks_as_the_book_does(question, capsys):
    key = pack_key(question, BANKS)
    assert unpack_key(key).marking_part() == question.marking_part()
    for answer in (right_answer(question, random.Random(1)), partly_answer(question), None):
        mark = question.mark(answer)
        assert earned({question.id: answer}, key) == mark.points
        assert capsys.readouterr().out.startswith({"right": "Right", "partly": "Partly", "wrong": "Not right", "unanswered": "Not answered"}[mark.state])
        if mark.state == "right":
            check({question.id: answer}, key)
        else:
            with pytest.raises(Partly, match=rf"^{re.escape(repr(mark.points))} of "):
                check({question.id: answer}, key)
    for mistaken, error in (({question.id: object()}, Refused), ({}, KeyError)):
        with pytest.raises(error):
            earned(mistaken, key)


@pytest.mark.parametrize("tool", FORMS)
def test_a_source_notebook_is_a_valid_one_for_the_longest_ids_there_can_be(tmp_path, tool):
    bank = make_bank(tmp_path)
    text = bank.with_name("guide-true-false.yml").read_text(encoding="utf-8").replace("id: court-and-statehood", f"id: {'x' * 60}")
    bank.with_name("long.yml").write_text(text, encoding="utf-8")
    assign(bank.with_name("long.yml"), tmp_path / "monday", tool=tool)
    path = tmp_path / "monday" / "keep" / FORMS[tool][0].format(name="monday")
    nbformat.validate(nbformat.read(path, as_version=4))


@pytest.mark.parametrize("tool", FORMS)
def test_given_again_the_source_has_the_key_as_it_was_corrected_and_the_same_form(tmp_path, tool):
    bank = make_bank(tmp_path).with_name("guide-true-false.yml")
    assign(bank, tmp_path / "monday", tool=tool)
    key, path = tmp_path / "monday" / "keep" / "key.yml", tmp_path / "monday" / "keep" / FORMS[tool][0].format(name="monday")
    before = code_of(path)
    (path.parent / "gradebook.db").write_text("the teacher's own")
    key.write_text(key.read_text(encoding="utf-8").replace("answer: false", "answer: true"), encoding="utf-8")
    assign(bank, tmp_path / "monday", tool=tool)
    after = code_of(path)
    assert [unpack_key(cells[-1].split('"""')[-2]).answer for cells in (before, after)] == [False, True]
    assert (before[0], [cell for cell in after if "court-and-statehood\"] = True" in cell]) == (after[0], after[1:2])
    assert (path.parent / "gradebook.db").read_text() == "the teacher's own"


@pytest.mark.parametrize("tool", FORMS)
def test_what_can_be_written_as_code_is_said_in_python(tmp_path, tool):
    assign(make_bank(tmp_path).with_name("guide-true-false.yml"), tmp_path / "monday", tool=tool)
    written = code_of(tmp_path / "monday" / "keep" / FORMS[tool][0].format(name="monday"))[1]
    assert '# answers["court-and-statehood"] = True, False or None' in written.splitlines()
    assert "JSON" not in written and ("which stops the cell" in written) == (tool == "nbgrader")
    assert in_python("one of true, false, null, or null") == "one of true, false, null, or None"


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_the_command_says_where_the_source_is_and_what_a_program_cannot_mark(tmp_path):
    done = run("tests/banks/every-type.yml", "--out", str(tmp_path / "mon day!"), "--for", "nbgrader")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r".*/mon day!/keep/nbgrader/source/mon-day/mon-day\.ipynb \(\d+ kB\): never hand this out", done.stdout.splitlines()[-1])
    done = run("quizzes/bank/guide-open-answer.yml", "--out", str(tmp_path / "none"), "--for", "otter")
    assert (done.returncode, done.stderr) == (1, "--for otter: found no question that a program can mark; accepted: one or more\n")
    assert not (tmp_path / "none").exists()


def test_what_is_written_as_code_shows_in_the_form_and_is_kept(tmp_path):
    answers, one = form(tmp_path), next(question for question in ASKED if question.type == "one-choice")
    assert answers[one.id] is None
    answers[one.id] = one.ids[0]
    assert answers.kept[one.id] == {"answer": one.ids[0]}
    answers[one.id] = ...  # as a template has it
    assert form(tmp_path)[one.id] == one.ids[0]
    with pytest.raises(KeyError) as error:
        answers["typo"] = 1
    assert error.value.args[0] == f"found question 'typo'; accepted: {', '.join(question.id for question in ASKED)}"
    with pytest.raises(TypeError):
        answers[one.id] = {1, 2}


def test_a_form_that_keeps_nothing_writes_no_file(tmp_path):
    answers: Any = form(tmp_path)
    answers.keep_nothing()
    answers[ASKED[0].id] = "x"
    answers.begin_file()
    assert list(tmp_path.iterdir()) == [] and answers[ASKED[0].id] == "x"
