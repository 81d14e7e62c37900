"""Open answers go out to the teacher as a sheet and come back as marks; what the student ticked does not count."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from a_class import BIBLIOGRAPHY, hand_in, to_bytes

from quizzes.classroom.assign import assign
from quizzes.classroom.grading import grade
from quizzes.classroom.results import files_of
from quizzes.classroom.rubric import MARKED, SHEET
from quizzes.classroom.specification import Assignment, read_assignment

BANK = """
title: Open
objectives: {say: Say it}
questions:
  - id: why
    type: open-answer
    group: all
    objective: say
    level: analyse
    prompt: Why?
    points: 3
    model: Since it is so, and *she* says so.
    rubric:
      - {id: fact, text: A fact, points: 2}
      - {id: source, text: "Its source, named"}
    explanation: So it is.
    sources: [constitution-1924]
  - id: statement
    type: true-false
    group: all
    objective: say
    level: remember
    prompt: Ankara lies in Anatolia.
    answer: true
    feedback: {right: "Yes.", wrong: "It does."}
    explanation: So it is.
    sources: [constitution-1924]
"""
TEXT = 'Because, "he" said;\r\n=1+1'


@pytest.fixture
def open_monday(tmp_path: Path) -> Assignment:
    shutil.copy(BIBLIOGRAPHY, tmp_path / "references.bib")
    (tmp_path / "open.yml").write_text(BANK, encoding="utf-8")
    assign(tmp_path / "open.yml", tmp_path / "monday")
    return read_assignment(tmp_path / "monday")


@pytest.fixture
def class_of_two(open_monday, tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n, text in enumerate((TEXT, {"text": "No idea", "met": ["fact", "source"]})):
        (folder / f"{n}.json").write_bytes(to_bytes(hand_in_of(open_monday, n, text)))
    return folder


def hand_in_of(assignment: Assignment, n: int, text, **more):
    return hand_in(assignment, n, answers={"why": text, "statement": True}, seconds={}, **more)


@pytest.fixture(autouse=True)
def _no_simulated_texts(monkeypatch):
    monkeypatch.setattr("a_class.answer_of", lambda question, right, chance: None)


def sheet_of(assignment: Assignment, folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files_of(grade(assignment, folder))[SHEET].decode("utf-8-sig"), newline="")))


def mark(assignment: Assignment, folder: Path, *filled: dict[str, str], separator: str = ",", encoding: str = "utf-8-sig") -> None:
    """Fill in the sheet as a teacher does, and save it beside the key."""
    rows = sheet_of(assignment, folder)
    for row, values in zip(rows, filled, strict=False):
        row |= {next(name for name in row if name.startswith(begin)): value for begin, value in values.items()}
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    (assignment.keep / MARKED).write_bytes(file.getvalue().encode(encoding))


def test_the_sheet_has_a_row_for_every_text_and_a_column_for_every_criterion(open_monday, class_of_two):
    first, second = sheet_of(open_monday, class_of_two)
    assert list(first) == ["code", "number", "name", "question", "answer", "why/fact (2): A fact", "why/source (1): Its source, named"]
    assert (first["number"], first["answer"], first["why/fact (2): A fact"]) == ("2023-0000", 'Because, "he" said;\n=1+1', "")
    assert second["answer"] == "No idea"


def test_a_text_waits_for_the_teacher_and_the_students_own_ticks_count_nothing(open_monday, class_of_two):
    done = grade(open_monday, class_of_two)
    assert [(student.total, student.waiting) for student in done.students] == [(1, {"why"}), (1, {"why"})]
    files = files_of(done)
    assert b"Left out until they are marked: why." in files["item-report.html"]
    assert "Your teacher has not marked every answer yet" in files["feedback/2023-0000.html"].decode()


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16")])
def test_what_the_teacher_filled_in_is_merged_however_the_spreadsheet_saved_it(open_monday, class_of_two, separator, encoding):
    mark(open_monday, class_of_two, {"why/fact": "x", "why/source": "no"}, {"why/source": "0"}, separator=separator, encoding=encoding)
    done = grade(open_monday, class_of_two)
    assert [(student.total, student.marks["why"].state, student.waiting) for student in done.students] == [(3, "partly", frozenset()), (1, "wrong", frozenset())]
    page = files_of(done)["feedback/2023-0000.html"].decode()
    assert "A fact: has it" in page and "Its source, named: has it not" in page and "not marked every answer" not in page
    assert [row["why/fact (2): A fact"] for row in sheet_of(open_monday, class_of_two)] == ["1", "0"]


def test_signs_in_the_texts_of_criteria_separate_nothing(open_monday, class_of_two):
    key = open_monday.keep / "key.yml"
    key.write_text(key.read_text(encoding="utf-8").replace("A fact", "A fact, dated, placed, named, told, weighed, sourced"), encoding="utf-8")
    told = read_assignment(open_monday.keep)
    mark(told, class_of_two, {"why/fact": "x"}, {"why/source": "0"}, separator=";")
    assert [student.total for student in grade(told, class_of_two).students] == [3, 1]


def test_a_mark_is_not_given_to_a_newer_text(open_monday, class_of_two):
    mark(open_monday, class_of_two, {"why/fact": "1", "why/source": "1"}, {"why/fact": "1"})
    (class_of_two / "2.json").write_bytes(to_bytes(hand_in_of(open_monday, 0, "Better", saved="2026-05-06T10:00:00+00:00")))
    done = grade(open_monday, class_of_two)
    assert [student.total for student in done.students] == [1, 3]
    assert [(problem.file, problem.reason) for problem in done.problems] == [
        (f"{MARKED}:2", f"found a mark for a text of '2023-0000' that is not the one that counts; accepted: the rows of the newest {SHEET}")]


def test_faults_of_the_sheet_have_their_lines(open_monday, class_of_two):
    mark(open_monday, class_of_two, {"why/fact": "perhaps"}, {"why/source": "2", "question": "gone"})
    file = (open_monday.keep / MARKED).as_posix()
    with pytest.raises(ValueError) as said:
        grade(open_monday, class_of_two)
    assert str(said.value) == (f"{file}:2: found 'perhaps' under 'why/fact'; accepted: 1, x or yes; 0 or no; nothing\n"
                               f"{file}:4: found '2' under 'why/source'; accepted: 1, x or yes; 0 or no; nothing")


@pytest.mark.parametrize(("content", "message"), [
    (b"code,question,why/fact\n", ":1: found no column 'why/source'; accepted: the columns of open-answers.csv"),
    (b"code,code\n", ":1: found column 'code' twice; accepted: each column once"),
    (b"code,\xe7\n", ': found bytes that are no UTF-8; accepted: a table saved as "CSV UTF-8"'),
])
def test_a_table_that_is_not_the_sheet_is_refused(open_monday, class_of_two, content, message):
    (open_monday.keep / MARKED).write_bytes(content)
    with pytest.raises(ValueError) as said:
        grade(open_monday, class_of_two)
    assert str(said.value) == (open_monday.keep / MARKED).as_posix() + message
