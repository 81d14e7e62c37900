"""The item report says in plain words which questions did not work, and its figures are those of `statistics`."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from a_class import answer_of, hand_in
from bare_page import guide_bank
from lsat6 import PATTERNS

from quizzes.classroom import statistics
from quizzes.classroom.analysis import analyse, flags
from quizzes.classroom.grading import Grading, Student
from quizzes.classroom.handin import HandIn
from quizzes.classroom.report import figures_csv, items_csv, options_csv, report_page
from quizzes.classroom.specification import Assignment

AT = datetime(2026, 5, 8, tzinfo=UTC)


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def graded(assignment: Assignment, answers: list[dict], seconds: dict | None = None) -> Grading:
    """A class that gave these answers."""
    students = []
    for n, given in enumerate(answers):
        whole = {question.id: given.get(question.id) for question in assignment.questions}
        hand_in = HandIn(file=f"{n}", name="Ana", number=f"{n}", as_typed=f"{n}", started=AT, saved=AT, late=False, answers=whole, seconds=seconds or {})
        students.append(Student(hand_in=hand_in, attempts=1, marks={question.id: question.mark(whole[question.id]) for question in assignment.questions}))
    return Grading(assignment=assignment, students=students, problems=[], listed=[])


@pytest.fixture(scope="module")
def simulated(monday) -> Grading:
    return graded(monday, [hand_in(monday, n)["answers"] for n in range(200)])


def test_the_figures_are_those_of_the_marks(simulated, monday):
    rows = [[student.marks[question.id].points for question in monday.questions] for student in simulated.students]
    found = table(items_csv(analyse(simulated)))
    for n, row in enumerate(found):
        assert float(row["facility"]) == pytest.approx(statistics.facility(rows, n, 1), abs=1e-6)
        assert float(row["item_rest_r"]) == pytest.approx(statistics.item_rest(rows, n), abs=1e-6)
        assert float(row["moodle_discrimination_index"]) == pytest.approx(100 * float(row["item_rest_r"]), abs=1e-3)
        assert float(row["moodle_discriminative_efficiency"]) == pytest.approx(100 * statistics.efficiency(rows, n), abs=1e-6)
    whole = {row["figure"]: row["value"] for row in table(figures_csv(analyse(simulated)))}
    assert float(whole["Cronbach's alpha"]) == pytest.approx(statistics.alpha(rows), abs=1e-6)


def test_lsat6_through_the_whole_report(monday):
    five = [question for question in monday.questions if question.type == "true-false" or question.type == "one-choice"][:5]
    chance = random.Random(1)
    specification = monday.specification.model_copy(update={"questions": tuple(question.id for question in five)})
    assignment = Assignment(specification=specification, bank=monday.bank, keep=monday.keep)
    answers = [{question.id: answer_of(question, right == "1", chance) for question, right in zip(five, pattern, strict=True)}
               for pattern, count in PATTERNS.items() for _ in range(count)]
    analysis = analyse(graded(assignment, answers))
    found = table(items_csv(analysis))
    assert [row["facility"] for row in found] == ["0.924", "0.709", "0.553", "0.763", "0.87"]
    assert [round(float(row["item_rest_r"]), 4) for row in found] == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
    assert [round(analysis.figures[name], 4) for name in ("alpha", "alpha_error", "deviation")] == [0.295, 0.0342, 1.035]


def test_thirds_of_an_option_add_up_and_the_key_is_marked(simulated, monday):
    options = [row for row in table(options_csv(analyse(simulated))) if row["question"] == "q0"]
    assert [row["key"] for row in options].count("yes") == 1
    for name in ("all", "top_third", "middle_third", "bottom_third"):
        assert 90 < sum(float(row[f"{name}_percent"]) for row in options) <= 100 + 1e-6


def test_the_rarer_typed_answers_stand_in_one_row_and_the_shares_add_up(monday):
    text = next(question for question in monday.questions if question.type == "short-text")
    classes = [hand_in(monday, n)["answers"] | {text.id: f"no idea {n if n < 12 else 12}"} for n in range(40)]
    typed = [row for row in table(options_csv(analyse(graded(monday, classes)))) if row["question"] == text.id]
    assert len(typed) == 9 and typed[-1]["answer"] == "all other answers (different ones: 5)" and typed[-1]["key"] == ""
    assert float(typed[-1]["all_percent"]) == 100 * 5 / 40
    for name in ("all", "top_third", "middle_third", "bottom_third"):
        assert sum(float(row[f"{name}_percent"]) for row in typed) == pytest.approx(100, abs=1e-4)
    assert [len([row for row in table(options_csv(analyse(graded(monday, classes[:n])))) if row["question"] == text.id]) for n in (7, 8, 9)] == [7, 8, 9]


def said_of(monday, **changes) -> list[str]:
    """The flags of the first question when the class answered it in another way; the key of others is kept."""
    first = monday.questions[0]
    classes = [hand_in(monday, n)["answers"] for n in range(200)]
    totals = [sum(question.mark(given.get(question.id)).points for question in monday.questions[1:]) for given in classes]
    strong = sorted(totals)[130]
    wrong = sorted(set(first.ids) - first.key)
    for given, total in zip(classes, totals, strict=True):
        given[first.id] = changes["strong"](first, wrong) if total >= strong else changes["weak"](first, wrong)
    return flags(analyse(graded(monday, classes))).get(first.id, [])


def test_a_wrong_key_is_asked_about(monday):
    said = said_of(monday, strong=lambda question, wrong: wrong[0], weak=lambda question, wrong: min(question.key))
    name = next(choice.text for choice in monday.questions[0].choices if choice.id == sorted(set(monday.questions[0].ids) - monday.questions[0].key)[0])
    assert any(re.fullmatch("Weak students do better here than strong ones \\(r = -0\\.\\d\\d\\): is the key right, .*", line) for line in said)
    assert any(line.startswith(f"The strong students chose “{name}” (") and line.endswith(" more often than the key: is the key right?") for line in said)


def with_r(item, r: float):
    """A question's figures with another correlation, and middling in all else."""
    return replace(item, item_rest=r, facility=0.5, unanswered=0.0, seconds=None, answers=(), single=False)


@pytest.mark.parametrize(("students", "r", "begins"), [
    pytest.param(40, -0.05, "The question hardly tells strong students from weak ones (r = -0.05).", id="chance explains it"),
    pytest.param(40, -0.31, "The question hardly tells strong students from weak ones (r = -0.31).", id="two standard errors below 0 are 0.32"),
    pytest.param(40, -0.33, "Weak students do better here than strong ones (r = -0.33): is the key right, ", id="more than chance"),
    pytest.param(400, -0.11, "Weak students do better here than strong ones (r = -0.11): is the key right, ", id="a large class shows more"),
])
def test_weak_students_do_better_only_where_chance_does_not_explain_it(simulated, students, r, begins):
    item = with_r(analyse(simulated).items[0], r)
    (said,) = flags(replace(analyse(simulated), items=(item,), students=students))[item.question.id]
    assert said.startswith(begins)


def test_an_open_answer_has_no_key_that_could_be_wrong(simulated):
    question = next(question for question in guide_bank() if question.type == "open-answer")
    item = replace(with_r(analyse(simulated).items[0], -0.5), question=question)
    assert flags(replace(analyse(simulated), items=(item,)))[question.id] == [
        "Weak students do better here than strong ones (r = -0.50): do the criteria, and how they were marked, reward what they should?"]


def test_nine_students_are_not_sorted_into_strong_and_weak(monday):
    grading = graded(monday, [hand_in(monday, n)["answers"] for n in range(9)])
    analysis = analyse(grading)
    assert not [line for lines in flags(analysis).values() for line in lines if re.search("strong|weak", line, re.IGNORECASE)]
    assert report_page(grading, analysis).decode().count("With fewer than 10 students nothing is asked below that compares strong students with weak ones.") == 1
    assert [line for lines in flags(analyse(graded(monday, [hand_in(monday, n)["answers"] for n in range(10)]))).values() for line in lines if "strong" in line]


def test_a_question_that_everybody_knows_tells_nothing(monday):
    said = said_of(monday, strong=lambda question, wrong: min(question.key), weak=lambda question, wrong: min(question.key))
    assert said == ["Nearly everybody has it (100 %): good for courage, useless for telling students apart."]


def test_a_question_that_nobody_answers_is_asked_about(monday):
    said = said_of(monday, strong=lambda question, wrong: min(question.key), weak=lambda question, wrong: None)
    assert any("% gave no answer: was it understood, was there time?" in line for line in said)


def test_a_slow_question_is_named(monday):
    ids = [question.id for question in monday.questions]
    analysis = analyse(graded(monday, [hand_in(monday, n)["answers"] for n in range(40)], {id_: 10.0 for id_ in ids} | {ids[0]: 100.0}))
    assert any(line.startswith("It took a median of 100 s, 10.0 times") for line in flags(analysis)[ids[0]])


def test_a_small_class_is_told_that_figures_are_rough(monday):
    page = report_page(*[(grading := graded(monday, [hand_in(monday, n)["answers"] for n in range(5)])), analyse(grading)]).decode()
    assert "With fewer than 30 students every figure here is a rough one" in page


def test_one_student_is_one_student(monday):
    grading = graded(monday, [hand_in(monday, 1)["answers"]])
    assert "<p>1 student</p>" in report_page(grading, analyse(grading)).decode()


def test_the_page_stands_alone_and_escapes_what_was_typed(monday):
    text = next(question for question in monday.questions if question.type == "short-text")
    grading = graded(monday, [hand_in(monday, n)["answers"] | {text.id: "<img src=x onerror=alert(1)>"} for n in range(40)])
    page = report_page(grading, analyse(grading)).decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page and not re.search(r"<script|<link|<img|<iframe|@import|url\(", page)
    assert page.count("<svg") == 2 and page.count("<article") == len(monday.questions)
