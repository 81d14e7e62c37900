"""`python -m quizzes grade` and `simulate`: their words, and what they print. What they do is loaded only when they are called."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzes.classroom.words import counted

if TYPE_CHECKING:
    from quizzes.classroom.grading import Grading
    from quizzes.classroom.regrade import Change, Outcome

EVERY = 25  # files between two signs of life


def add_grade(commands: Any, example: str) -> None:
    """Add the command to those of the command line."""
    grade = commands.add_parser("grade", help="grade what a class handed in", epilog=example, description=(
        "Grade what a class handed in. DIR gets gradebook.csv and gradebook.xlsx, feedback for each student, item-report.html, problems.csv with every "
        "file that could not be graded and why, and hand-ins.csv with all of them. Ends with 1 where there is a problem; the rest is graded all the same. "
        "Grade again whenever files arrive, a key is corrected (keep/key.yml) or open answers are marked (keep/marked-open-answers.csv): "
        "what changes is logged in changes.csv. With a list of the class (keep/class.csv: number,name) a hand-in under another number or name is a problem."))
    grade.add_argument("assignment", type=Path, metavar="ASSIGNMENT", help="the folder that assign made")
    grade.add_argument("submissions", type=Path, nargs="?", metavar="SUBMISSIONS", help="a folder or a zip, as the learning system or the mail program left it")
    grade.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the results go: a new folder, or that of an earlier grading")
    how = grade.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="write nothing; list every student whose mark would change, and why")
    how.add_argument("--undo", action="store_true", help="put back the marks, the key and the marked sheet from before the last change")
    grade.set_defaults(run=_grade, usage=grade.error)


def add_simulate(commands: Any, example: str) -> None:
    """Add the command to those of the command line."""
    simulate = commands.add_parser("simulate", help="make a sample class, to try the grading with", epilog=example, description=(
        "Write the hand-ins of simulated students, so that the grading can be tried before there is a class. They follow the two-parameter logistic "
        "model (Birnbaum 1968); their names say that they are simulated. They say nothing about real students."))
    simulate.add_argument("assignment", type=Path, metavar="ASSIGNMENT", help="the folder that assign made")
    simulate.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder or an empty one")
    simulate.add_argument("--students", type=int, default=40, metavar="N", help="how many; 40 without it")
    simulate.add_argument("--seed", type=int, default=1, metavar="N", help="another number makes another class; 1 without it")
    simulate.set_defaults(run=_simulate)


def _simulate(options: argparse.Namespace) -> int:
    from quizzes.classroom.simulate import simulate
    from quizzes.classroom.specification import read_assignment

    assignment = read_assignment(options.assignment)
    try:
        written = simulate(assignment, options.out, students=options.students, seed=options.seed)
    except OSError as error:
        raise ValueError(f"{options.out.as_posix()}: found {error.strerror or error}; accepted: a folder that can be written") from None
    print(f"{counted(len(written), 'simulated hand-in', 'simulated hand-ins')}: {options.out.as_posix()}")
    return 0


def _grade(options: argparse.Namespace) -> int:
    from quizzes.classroom.regrade import run, undo
    from quizzes.classroom.specification import read_assignment

    if not options.undo and options.submissions is None:
        options.usage("the following arguments are required: SUBMISSIONS")
    assignment = read_assignment(options.assignment)
    try:
        if options.undo:
            print("\n".join(undo(options.out, assignment.keep)))
            return 0
        _check_apart(options.out, options.submissions, options.assignment)
        done = run(assignment, options.submissions, options.out, dry=options.dry_run, tell=_tell)
    except OSError as error:
        raise ValueError(f"{error.filename or options.out}: found {error.strerror or error}; accepted: a place that can be read and written") from None
    return _say(done, options)


def _check_apart(out: Path, submissions: Path, assignment: Path) -> None:
    """That results are not put among hand-ins, which would be read with them the next time, or over the assignment."""
    whole, given = out.resolve(), submissions.resolve()
    if whole == given or given in whole.parents or whole in given.parents:
        raise ValueError(f"{out.as_posix()}: found a place inside the hand-ins, or around them; accepted: a folder of its own")
    if whole == assignment.resolve() or whole in assignment.resolve().parents or whole in (assignment.resolve() / "keep", assignment.resolve() / "hand-out"):
        raise ValueError(f"{out.as_posix()}: found the assignment's own folder; accepted: a folder of its own")


def _tell(number: int) -> None:
    if number % EVERY == 0 and sys.stderr.isatty():
        print(f"\r{number} files read ...", end="", file=sys.stderr, flush=True)


def _say(done: Outcome, options: argparse.Namespace) -> int:
    grading, problems = done.grading, len(done.grading.problems)
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    for change in done.changes:
        print(_line(change))
    if options.dry_run:
        would = "nobody's mark would change" if not done.changes else f"the marks of {counted(len({change.number for change in done.changes}), 'student', 'students')} would change"
        print(f"{'nothing was graded here before' if done.first else would}; nothing is written")
    print(f"{counted(len(grading.students), 'student', 'students')} graded, {problems or 'no'} problem{'' if problems == 1 else 's'}"
          + (f": {(options.out / 'problems.csv').as_posix()}" if problems and not options.dry_run else ""))
    for problem in grading.problems if options.dry_run else grading.problems[:not grading.students]:
        print(f"{_plain(problem.file)}: {_plain(problem.reason)}", file=sys.stderr)
    _say_of_the_class(grading)
    if waiting := sum(len(student.waiting) for student in grading.students):
        print(f"{counted(waiting, 'open answer is', 'open answers are')} not marked yet: fill in open-answers.csv, save it as {(grading.assignment.keep / 'marked-open-answers.csv').as_posix()}, grade again")
    return int(bool(problems))


def _say_of_the_class(grading: Grading) -> None:
    """How many of the teacher's list have no hand-in, if there is a list, or where it belongs."""
    from quizzes.classroom.grading import CLASS, read_class, stray_class

    if names := read_class(grading.assignment):
        missing = names.keys() - {student.number for student in grading.students}
        print(f"Without a hand-in that counts: {len(missing)} of the {len(names)} in {CLASS}")
    elif stray := stray_class(grading.assignment):
        print(f"{stray.as_posix()}: found a list of the class that is not read here; accepted: {(grading.assignment.keep / CLASS).as_posix()}", file=sys.stderr)


def _line(change: Change) -> str:
    before, after = ("nothing" if points is None else f"{points:g}" for points in (change.before, change.after))
    return f"{change.number} {_plain(change.name)}: {change.question or 'total'} {before} -> {after} ({_plain(change.why)})"


def _plain(text: str) -> str:
    """Text from outside without anything that a terminal obeys."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
