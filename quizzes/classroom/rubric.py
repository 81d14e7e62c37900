"""Open answers: a sheet with a column for every criterion goes to the teacher, and comes back with what each text has."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from quizzes.classroom.collecting import Problem
from quizzes.classroom.csvs import read_csv, to_csv
from quizzes.classroom.specification import Assignment, shown
from quizzes.model import Question, plain
from quizzes.text import inline

SHEET, MARKED = "open-answers.csv", "marked-open-answers.csv"
MET, NOT_MET = ("1", "x", "yes", "y", "true", "✓", "✔"), ("0", "no", "n", "false", "-", "'-")
Key = tuple[str, str]  # a student's number and a question's id


def open_questions(assignment: Assignment) -> list[Question]:
    """The questions that a teacher marks."""
    return [question for question in assignment.questions if hasattr(question, "rubric")]


def text_of(answer: Any) -> str:
    """What a student wrote; ticks that came with it are not counted in a class."""
    text = answer.get("text", "") if isinstance(answer, dict) else answer or ""
    return text if text.strip() else ""


def code_of(number: str, question: str, text: str) -> str:
    """A short name of one text, so that a mark is never given to another one. Begins with a letter, or a spreadsheet might read a number."""
    return "t-" + sha256("\0".join((number, question, " ".join(text.split()))).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def sheet(assignment: Assignment, written: Mapping[Key, tuple[str, str]], marked: Mapping[Key, Mapping[str, bool]]) -> bytes:
    """The sheet: a row for every text (number and question -> the student's name, the text), what is marked already filled in."""
    asked = open_questions(assignment)
    columns = [(question.id, criterion) for question in asked for criterion in question.rubric]
    head = ["code", "number", "name", "question", "answer", *(f"{id_}/{criterion.id} ({plain(criterion.points)}): {inline(criterion.text).striptags()}" for id_, criterion in columns)]
    rows = []
    for (number, id_), (name, text) in written.items():
        met = marked.get((number, id_), {})
        rows.append([code_of(number, id_, text), number, name, id_, text,
                     *(int(met[criterion.id]) if of == id_ and criterion.id in met else None for of, criterion in columns)])
    return to_csv(head, rows)


def read_marked(assignment: Assignment, written: Mapping[Key, tuple[str, str]]) -> tuple[dict[Key, dict[str, bool]], list[Problem]]:
    """What the teacher marked: number and question -> criterion -> whether the text has it; and a problem for every row whose text no
    longer counts, since its student handed in another. Raises ValueError with a line for each fault."""
    path = assignment.keep / MARKED
    if not path.is_file():
        return {}, []
    file = path.as_posix()
    head, rows = read_csv(path.read_bytes(), file, {"code", "number", "question"})
    questions = {question.id: question for question in open_questions(assignment)}
    wanted = {f"{question.id}/{criterion.id}" for question in questions.values() for criterion in question.rubric}
    columns = {name.split(" ", 1)[0]: name for name in head}
    if missing := sorted({"code", "question", *wanted} - columns.keys()):
        raise ValueError(f"{file}:1: found no column '{missing[0]}'; accepted: the columns of {SHEET}")
    by_code = {code_of(number, id_, text): (number, id_) for (number, id_), (_, text) in written.items()}
    made: dict[Key, dict[str, bool]] = {}
    old: list[Problem] = []
    faults: list[str] = []
    for line, row in rows:
        filled = {name: row.get(columns[name], "") for name in sorted(wanted) if row.get(columns[name], "")}
        if not filled:
            continue
        key = by_code.get(row.get("code", ""))
        if key is None and row.get("question") in questions:
            old.append(Problem(file=f"{MARKED}:{line}", reason=f"found a mark for a text of {shown(row.get('number', ''))} that is not the one "
                               f"that counts; accepted: the rows of the newest {SHEET}"))
            continue
        found = _faults(row, key, filled, questions, made)
        faults += [f"{file}:{line}: {fault}" for fault in found]
        if not found:
            made[key] = {criterion.id: filled.get(f"{key[1]}/{criterion.id}", "0").lower() in MET for criterion in questions[key[1]].rubric}
    if faults:
        raise ValueError("\n".join(faults))
    return made, old


def _faults(row: Mapping[str, str], key: Key | None, filled: Mapping[str, str], questions: Mapping[str, Question], made: Mapping[Key, Any]) -> list[str]:
    """What is wrong with one row that was filled in."""
    if key is None:
        return [f"found question {shown(row.get('question', ''))}; accepted: {', '.join(questions) or 'no open question'}"]
    if key in made:
        return [f"found the answer of {key[0]} to '{key[1]}' a second time; accepted: each answer once"]
    found = []
    for name, value in filled.items():
        if name.split("/")[0] != key[1]:
            found.append(f"found {shown(value)} under '{name}' beside an answer to '{key[1]}'; accepted: nothing there")
        elif value.lower() not in (*MET, *NOT_MET):
            found.append(f"found {shown(value)} under '{name}'; accepted: 1, x or yes; 0 or no; nothing")
    return found

