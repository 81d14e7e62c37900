"""A source notebook for nbgrader or otter-grader, in that tool's own form, from which it makes what students get.

It holds the form that students answer in, one cell in which answers can be written as code (with the solution, which the tool takes
out), and a test for every question, whose hidden part carries the key of that question and is taken out as well. Open answers are left
to the tool's marking by hand. How a test says how much was earned:

- nbgrader: the last line of its cell is a number of points; a cell that raises or prints to stderr earns nothing (nbgrader 0.9,
  `utils.determine_grade`).
- otter-grader: a test passes or fails, and `otter_plugin.PartialCredit` gives what lies between (otter-grader 7, `otter.plugins`).
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizzes.classroom.autograding import pack_key
from quizzes.classroom.notebook import HIDDEN, Cell, code_cell, document, introduction, pack, seen_by_students, text_cell
from quizzes.classroom.sealing import Sealed
from quizzes.classroom.simulate import right_answer
from quizzes.classroom.specification import Assignment, read_assignment
from quizzes.model import Question, plain
from quizzes.words import in_points
from quizzes.words import words as words_of

FORM = '''from quizzes.classroom.answering import assignment

answers = assignment("""
{packed}
""")
{more}
display(answers)'''
NBGRADER_FORM = """### BEGIN HIDDEN TESTS
answers.keep_nothing()  # the folder of this notebook is copied to students, files and all
### END HIDDEN TESTS"""
WRITTEN = """# An answer can be written here as well, and counts before that in the form. Accepted, ids in quotes, an object as {{"id": "id"}}:
{accepted}
{begin}
{solution}
{end}"""
STOPS = "# Write in place of the last line, which stops the cell; leave it where you answer in the form."  # of what nbgrader puts for a solution
ANSWERED = 'assert answers["{id}"] is not None, "not answered yet"'
NBGRADER_TEST = '''# {title}
{answered}
### BEGIN HIDDEN TESTS
from quizzes.classroom.autograding import earned
key = """
{key}
"""
earned(answers, key)
### END HIDDEN TESTS'''
OTTER_HEAD = """# ASSIGNMENT CONFIG
name: {name}
tests: {{ok_format: false}}
strip_solutions_from_all_cells: true
export_cell: {{pdf: false, run_tests: false, files: [{file}]}}
plugins: [quizzes.classroom.otter_plugin.PartialCredit]"""
OTTER_ANSWERED = '''""" # BEGIN TEST CONFIG
points: 0
""" # END TEST CONFIG
def test_answered(answers):
    {answered}'''
OTTER_MARK = '''""" # BEGIN TEST CONFIG
points: {points}
hidden: true
""" # END TEST CONFIG
def test_mark(answers):
    from quizzes.classroom.autograding import check
    key = """
{key}
"""
    check(answers, key)'''


@dataclass(frozen=True)
class Source:
    """What both tools' notebooks are made of. `name` is the assignment's for the tool; `sealed` has what is marked by machine."""

    name: str
    sealed: Sealed
    key: Assignment

    @property
    def file(self) -> str:
        """The file beside the students' notebook that keeps what they answer in the form."""
        return f"{self.name}-answers.json"

    def form(self, more: str) -> str:
        """The cell that shows the form; `more` is what the tool needs in it."""
        packed = pack(seen_by_students(self.sealed, how="assignment-how-tool", file=self.file) | {"file": self.file})
        return FORM.format(packed=packed, more=more)

    def written(self, begin: str, end: str) -> str:
        """The cell for answers in code; `begin` and `end` are how the tool marks the solution in it."""
        accepted = "\n".join(f'# answers["{question.id}"] = {in_python(question.accepts)}' for question in self.sealed.questions)
        solution = "\n".join(f'answers["{question.id}"] = {right_answer(question, random.Random(0))!r}' for question in self.key.questions
                             if by_machine(question))
        return WRITTEN.format(accepted=accepted, begin=begin, solution=solution, end=end)

    def numbered(self) -> Iterator[tuple[int, str, Question]]:
        """The questions that are worth points, those of the form first: number, what it is called, question."""
        words = words_of(self.sealed.specification.language)
        for n, question in enumerate(sorted(filter(lambda question: question.points, self.key.questions), key=by_hand), 1):
            yield n, f"{words['question'].replace('{number}', str(n))}: {in_points(question.points, words)}", question

    def packed(self, question: Question) -> str:
        return pack_key(question, self.key.bank.path.parent)


def in_python(accepts: str) -> str:
    """What a question accepts, as it is written in Python: `True, False or None`. An id like `true` stays one."""
    return re.sub("^true, false|null$", lambda found: found[0].title().replace("Null", "None"), accepts)


def by_machine(question: Question) -> bool:
    """Whether a program can mark it: open answers are a person's to mark, and verdicts nobody's."""
    return bool(question.points) and not by_hand(question)


def by_hand(question: Question) -> bool:
    return hasattr(question, "rubric")


def for_nbgrader(source: Source) -> Iterator[Cell]:
    yield text_cell("about", introduction(source.sealed))
    yield code_cell("form", source.form(NBGRADER_FORM), HIDDEN | _nbgrader("_form", grade=True, locked=True, points=0))
    yield code_cell("written", source.written(f"{STOPS}\n### BEGIN SOLUTION", "### END SOLUTION"), _nbgrader("_written", solution=True))
    for n, title, question in source.numbered():
        points = plain(question.points)
        if by_hand(question):
            yield text_cell(f"ask-{n}", f"### {title}\n\n{question.prompt}", _nbgrader(f"_ask-{question.id}", locked=True))
            yield text_cell(f"text-{n}", question.model, _nbgrader(question.id, grade=True, solution=True, points=points))
        else:
            test = NBGRADER_TEST.format(title=title, answered=ANSWERED.format(id=question.id), key=source.packed(question))
            yield code_cell(f"test-{n}", test, _nbgrader(question.id, grade=True, locked=True, points=points))


def _nbgrader(name: str, **about: Any) -> dict[str, Any]:
    return {"nbgrader": {"grade": False, "solution": False, "locked": False, "task": False, "grade_id": name, "schema_version": 3} | about}


def for_otter(source: Source) -> Iterator[Cell]:
    yield _raw("config", OTTER_HEAD.format(name=source.name, file=source.file))
    yield text_cell("about", introduction(source.sealed))
    yield code_cell("form", source.form("answers.begin_file()"), HIDDEN)
    yield code_cell("written", source.written("# BEGIN SOLUTION NO PROMPT", "# END SOLUTION"))
    for n, title, question in source.numbered():
        points, hand = plain(question.points), by_hand(question)
        yield _raw(f"begin-{n}", f"# BEGIN QUESTION\nname: {question.id}" + (f"\nmanual: true\npoints: {points}" if hand else ""))
        yield text_cell(f"ask-{n}", f"### {title}" + (f"\n\n{question.prompt}" if hand else ""))
        yield _raw(f"begin-part-{n}", "# BEGIN SOLUTION" if hand else "# BEGIN TESTS")
        if hand:
            yield text_cell(f"text-{n}", question.model)
        else:
            yield code_cell(f"answered-{n}", OTTER_ANSWERED.format(answered=ANSWERED.format(id=question.id)))
            yield code_cell(f"mark-{n}", OTTER_MARK.format(points=points, key=source.packed(question)))
        yield _raw(f"end-part-{n}", "# END SOLUTION" if hand else "# END TESTS")
        yield _raw(f"end-{n}", "# END QUESTION")


def _raw(id_: str, source: str) -> Cell:
    return text_cell(id_, source, kind="raw")


FORMS = {"nbgrader": ("nbgrader/source/{name}/{name}.ipynb", for_nbgrader), "otter": ("otter/{name}.ipynb", for_otter)}


def write_source(tool: str, out: Path, sealed: Sealed) -> dict[str, bytes]:
    """Put a tool's source notebook into the folder that stays, made from the key that is there; its path in that folder, and what it is."""
    key = read_assignment(out)
    name = re.sub("[^A-Za-z0-9_-]+", "-", out.resolve().name).strip("-") or "assignment"
    asked = tuple(filter(by_machine, sealed.questions))
    about = sealed.specification.model_copy(update={"questions": tuple(question.id for question in asked)})
    place, cells = FORMS[tool]
    place, sealed = place.format(name=name), Sealed(specification=about, questions=asked)
    content = document(cells(Source(name, sealed, key)), sealed).encode()
    path = key.keep / place
    making = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        making.write_bytes(content)
        os.replace(making, path)
    except OSError as error:
        raise ValueError(f"{path.as_posix()}: found {error.strerror or error}; accepted: a file that can be written") from None
    return {place: content}
