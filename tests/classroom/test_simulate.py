"""The sample class: every question type, the same files again, and the grading reads them all."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from bare_page import ROOT
from test_answers import guide_bank

from quizzes.classroom.grading import grade
from quizzes.classroom.simulate import right_answer, simulate, wrong_answer
from quizzes.types import TYPES


def test_the_guide_has_every_type():
    assert {question.type for question in guide_bank()} == set(TYPES)


@pytest.mark.parametrize("question", list(guide_bank()), ids=lambda question: question.id)
def test_right_is_right_and_wrong_is_not(question):
    chance = random.Random(1)
    right, wrong = (question.mark(make(question, chance)) for make in (right_answer, wrong_answer))
    if question.type not in ("open-answer", "survey"):
        assert right.state == "right" and wrong.state in ("wrong", "partly")


@pytest.mark.parametrize("number", [85.372, 1e-07, 12])
def test_a_right_number_is_right_in_a_language_with_a_decimal_comma(number):
    question, cloze = (next(one for one in guide_bank() if one.type == type_) for type_ in ("number", "cloze"))
    in_turkish = {"language": "tr", "answer": number, "tolerance": 0}
    question = type(question).model_validate(question.model_dump() | in_turkish)
    gaps = [gap.model_dump() | (in_turkish if gap.type == "number" else {}) for gap in cloze.gaps]
    cloze = type(cloze).model_validate(cloze.model_dump() | {"gaps": gaps})
    assert "number" in {gap.type for gap in cloze.gaps}
    for one in (question, cloze):
        assert one.mark(right_answer(one, random.Random(1))).state == "right"


def test_a_class_is_marked_as_simulated_graded_without_a_problem_and_the_same_again(monday, tmp_path):
    written = simulate(monday, tmp_path / "a")
    again = simulate(monday, tmp_path / "b")
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]
    assert [path.stat().st_mtime for path in written] == [path.stat().st_mtime for path in again]
    assert all(json.loads(path.read_text(encoding="utf-8"))["name"].startswith("Simulated") for path in written)
    graded = grade(monday, tmp_path / "a")
    assert (len(graded.students), graded.problems) == (40, [])
    totals = [student.total for student in graded.students]
    assert max(totals) > 2 * min(totals)
    other = simulate(monday, tmp_path / "c", seed=2)
    assert [path.read_bytes() for path in other] != [path.read_bytes() for path in written]


def test_the_command(own_monday, tmp_path):
    def run(*more: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-m", "quizzes", "simulate", str(own_monday.keep.parent), "--out", str(tmp_path / "class"), *more],
                              cwd=ROOT, capture_output=True, text=True)

    (tmp_path / "class").mkdir()
    (tmp_path / "class" / ".DS_Store").write_bytes(b"made by looking at the folder")
    done = run("--students", "3")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"3 simulated hand-ins: {(tmp_path / 'class').as_posix()}\n", "")
    assert "found other files" in run().stderr
    assert run("--students", "1", "--out", str(tmp_path / "one")).stdout == f"1 simulated hand-in: {(tmp_path / 'one').as_posix()}\n"
    (tmp_path / "class").rename(tmp_path / "elsewhere")
    assert "found 0; accepted: a number from 1 to 999" in run("--students", "0").stderr
