"""From files to marks: which hand-in of each student counts, and what it earned. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from quizzes.classroom.collecting import Collector, Found, Ignored, Problem
from quizzes.classroom.csvs import read_csv
from quizzes.classroom.handin import HandIn, Unfit, read_hand_in, same_name
from quizzes.classroom.rubric import Key, open_questions, read_marked, text_of
from quizzes.classroom.specification import KEEP, Assignment, clean_number, shown
from quizzes.classroom.statistics import total
from quizzes.model import Mark, Question, to_json

CLASS = "class.csv"  # the teacher's own list, if there is one: number,name
COUNTS, EARLIER, SAME, REFUSED, SYSTEM = "counts", "earlier", "the same again", "not graded", "no hand-in (made by an operating system or a mail program)"

NOTHING = "found no hand-in in it; accepted: a folder or a zip of hand-ins, as the learning system or the mail program left it"


@dataclass(frozen=True, kw_only=True)
class Student:
    """What one student's hand-in earned."""

    hand_in: HandIn
    attempts: int
    marks: Mapping[str, Mark]
    waiting: frozenset[str] = frozenset()  # open answers that nobody has marked yet

    @property
    def number(self) -> str:
        return self.hand_in.number

    @property
    def total(self) -> float:
        return total(mark.points for mark in self.marks.values())


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A line of the list of everything that was handed in."""

    file: str
    status: str
    hand_in: HandIn | None = None


@dataclass(kw_only=True)
class Grading:
    """A class, graded. Students are in the order of their numbers, files in that of their names."""

    assignment: Assignment
    students: list[Student]
    problems: list[Problem]
    listed: list[Listed]
    written: dict[Key, tuple[str, str]] = field(default_factory=dict)
    marked: dict[Key, dict[str, bool]] = field(default_factory=dict)

    @cached_property
    def questions(self) -> list[Question]:
        """What is worth points; a survey asks for views, which are nobody's marks."""
        return worth_points(self.assignment)

    @property
    def out_of(self) -> float:
        return total(question.points for question in self.questions)


def worth_points(assignment: Assignment) -> list[Question]:
    return [question for question in assignment.questions if question.points]


def grade(assignment: Assignment, submissions: Path, tell: Callable[[int], None] = lambda number: None) -> Grading:
    """Grade whatever is in a folder, a zip or a file. `tell` is called with the number of files read so far.

    Raises ValueError where the teacher's own files are at fault; what students handed in is never raised but listed.
    """
    hand_ins: list[HandIn] = []
    problems: list[Problem] = []
    listed: list[Listed] = []
    for n, found in enumerate(Collector().walk(submissions), 1):
        tell(n)
        if isinstance(found, Ignored):
            listed.append(Listed(file=found.file, status=SYSTEM))
        elif isinstance(found, Problem):
            problems.append(found)
        else:
            _read(found, assignment, hand_ins, problems)
    by_number: dict[str, list[HandIn]] = {}
    for hand_in in _of_the_class(hand_ins, assignment, problems):
        by_number.setdefault(hand_in.number, []).append(hand_in)
    counting = []
    for number in sorted(by_number, key=in_order):
        if handed := _of_one(by_number[number], problems):
            counting.append((handed[-1], len({_same(hand_in) for hand_in in handed})))
            listed += _listed(handed)
    listed += [Listed(file=problem.file, status=REFUSED) for problem in problems]
    notices = list(_under_two_numbers([one.hand_in for one in listed if one.hand_in]))
    if not hand_ins and not problems:
        notices.append(Problem(file=submissions.as_posix(), reason=NOTHING))
    students, written, marked, old = _mark(assignment, counting)
    return Grading(assignment=assignment, students=students, problems=sorted([*problems, *notices, *old], key=lambda problem: problem.file),
                   listed=sorted(listed, key=lambda one: one.file), written=written, marked=marked)


def in_order(number: str) -> tuple[Any, ...]:
    """A key that sorts numbers as people do: 9 before 10."""
    parts: list[tuple[int, int, str]] = []
    for part in number.split("-"):
        parts.append((0, int(part), part) if part.isascii() and part.isdigit() else (1, 0, part))
    return (*parts, (0, 0, number))


def _read(found: Found, assignment: Assignment, hand_ins: list[HandIn], problems: list[Problem]) -> None:
    try:
        hand_ins.append(read_hand_in(found, assignment))
    except Unfit as error:
        problems.append(Problem(file=found.file, reason=str(error)))
    except Exception as error:  # noqa: BLE001 (a fault of this program must not keep the others of the class from their marks)
        problems.append(Problem(file=found.file, reason=f"found what stopped the reading ({type(error).__name__}: {shown(str(error))}); "
                                                        "accepted: a file of answers as it was saved (please report this)"))


def _of_the_class(hand_ins: list[HandIn], assignment: Assignment, problems: list[Problem]) -> list[HandIn]:
    """Those whose number and name are on the teacher's list, if there is one; the others go to the problems."""
    names = read_class(assignment)
    if names is None:
        return hand_ins
    kept = []
    for hand_in in hand_ins:
        if hand_in.number not in names:
            problems.append(Problem(file=hand_in.file, reason=f"found number {shown(hand_in.as_typed)}; accepted: the numbers of {CLASS}"))
        elif names[hand_in.number] and not same_name(names[hand_in.number], hand_in.name, parts=True):
            problems.append(Problem(file=hand_in.file, reason=f"found name {shown(hand_in.name)} with number {shown(hand_in.as_typed)}; "
                                                              f"accepted: the name that {CLASS} has for it"))
        else:
            kept.append(hand_in)
    return kept


def read_class(assignment: Assignment) -> dict[str, str] | None:
    """The teacher's list, number to name, or None where there is none. Raises ValueError with a line for each fault."""
    path = assignment.keep / CLASS
    if not path.is_file():
        return None
    file = path.as_posix()
    head, rows = read_csv(path.read_bytes(), file, {"number", "name"})
    columns = {name.casefold(): name for name in head}
    if "number" not in columns:
        raise ValueError(f"{file}:1: found no column 'number'; accepted: number, name")
    names: dict[str, str] = {}
    faults = []
    for line, row in rows:
        try:
            number = clean_number(row.get(columns["number"], ""))
        except ValueError as error:
            faults.append(f"{file}:{line}: {error}")
            continue
        if number in names:
            faults.append(f"{file}:{line}: found number '{number}' a second time; accepted: each number once")
        names[number] = row.get(columns.get("name", ""), "")
    if faults:
        raise ValueError("\n".join(faults))
    return names


def stray_class(assignment: Assignment) -> Path | None:
    """A list of the class that is not read: beside the folder `keep` instead of in it, or its name in other capitals. None where one is read."""
    keep = assignment.keep
    if (keep / CLASS).is_file():
        return None
    places = [keep, keep.parent] if keep.name == KEEP else [keep]
    return next((path for place in places for path in sorted(place.iterdir()) if path.name.casefold() == CLASS), None)


def _of_one(handed: list[HandIn], problems: list[Problem]) -> list[HandIn]:
    """A number's hand-ins from the first to the one that counts; none where two students claim the number."""
    handed = sorted(handed, key=lambda hand_in: (hand_in.saved, hand_in.file))
    names = list(dict.fromkeys(hand_in.name for hand_in in handed))
    if all(same_name(names[0], name, parts=True) for name in names):
        return handed
    said = " and ".join(shown(name) for name in sorted(names)[:3])
    problems += [Problem(file=hand_in.file, reason=f"found number {shown(hand_in.as_typed)} under the names {said}; accepted: one student a number "
                                                   f"(a list {CLASS} beside the key would decide)") for hand_in in handed]
    return []


def _under_two_numbers(handed: list[HandIn]) -> Iterator[Problem]:
    """What looks like one student with two numbers: one name, on a page that was opened at one moment. Nothing is decided."""
    seen: dict[datetime, list[HandIn]] = {}
    for hand_in in sorted(handed, key=lambda hand_in: (hand_in.saved, hand_in.file)):
        at_once = seen.setdefault(hand_in.started, [])
        alike = [other for other in at_once if same_name(other.name, hand_in.name)]
        if alike and hand_in.number not in {other.number for other in alike}:
            yield Problem(file=hand_in.file, reason=f"found number {shown(hand_in.as_typed)} where {shown(hand_in.name)} had typed {shown(alike[-1].as_typed)} on the same page "
                                                    "before; accepted: one number a student (both are graded; take the file with the wrong number away)")
        at_once.append(hand_in)


def _same(hand_in: HandIn) -> str:
    return to_json([hand_in.saved.isoformat(), hand_in.name, hand_in.answers])


def _listed(handed: Sequence[HandIn]) -> list[Listed]:
    """The last one counts; of equal ones, the last in the order of their names."""
    last = _same(handed[-1])
    return [Listed(file=hand_in.file, hand_in=hand_in, status=COUNTS if hand_in is handed[-1] else SAME if _same(hand_in) == last else EARLIER)
            for hand_in in handed]


def _mark(assignment: Assignment, counting: list[tuple[HandIn, int]]) -> tuple[list[Student], dict[Key, tuple[str, str]], dict[Key, dict[str, bool]], list[Problem]]:
    """Mark what counts; each different answer to a question once."""
    opened = open_questions(assignment)
    written = {(hand_in.number, question.id): (hand_in.name, text) for hand_in, _ in counting for question in opened
               if (text := text_of(hand_in.answers[question.id]))}
    marked, old = read_marked(assignment, written)
    known: dict[tuple[str, str], Mark] = {}
    students, questions = [], worth_points(assignment)
    for hand_in, attempts in counting:
        marks = {question.id: _mark_of(question, hand_in, marked, known) for question in questions}
        waiting = frozenset(question.id for question in opened if (key := (hand_in.number, question.id)) in written and key not in marked)
        students.append(Student(hand_in=hand_in, attempts=attempts, marks=marks, waiting=waiting))
    return students, written, marked, old


def _mark_of(question: Question, hand_in: HandIn, marked: Mapping[Key, Mapping[str, bool]], known: dict[tuple[str, str], Mark]) -> Mark:
    answer = hand_in.answers[question.id]
    if hasattr(question, "rubric"):
        text = text_of(answer)
        ticks = marked.get((hand_in.number, question.id))
        if not text or ticks is None:
            return question.mark(text or None)
        mark = question.mark({"text": text, "met": [id_ for id_, met in ticks.items() if met]})
        return mark if mark.points else Mark(points=0.0, out_of=question.points, state="wrong", feedback=mark.feedback)
    key = (question.id, to_json(answer))
    if key not in known:
        known[key] = question.mark(answer)
    return known[key]
