"""A class's answers, autograded by nbgrader: a notebook a student, a cell of tests a question, as its documentation makes an assignment."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from peers import environment, path_of, run

PACKAGES = ["nbgrader==0.9.6"]
Answers = Mapping[str, Any]


def course(cache: Path, folder: Path, key: Answers, handed_in: Sequence[Answers]) -> Path:
    """A course with the assignment released and these hand-ins submitted; returns the program that grades it."""
    program = environment(cache / "nbgrader", sys.executable, PACKAGES) / "nbgrader"
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "course"\n')
    source = folder / "source" / "monday"
    source.mkdir(parents=True)
    (source / "monday.ipynb").write_text(json.dumps(_notebook(key, key)))
    run([program, "generate_assignment", "monday", "--create"], folder=folder, PATH=path_of(program))
    for n, answers in enumerate(handed_in):
        submitted = folder / "submitted" / f"s{n}" / "monday"
        submitted.mkdir(parents=True)
        (submitted / "monday.ipynb").write_text(json.dumps(_notebook(key, answers)))
    return program


def totals(program: Path, folder: Path) -> list[float]:
    """The points of each student in the gradebook, in the order of the hand-ins."""
    run([program, "export", "--to", "grades.csv"], folder=folder, PATH=path_of(program))
    with (folder / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    return [scores[f"s{n}"] for n in range(len(scores))]


def _notebook(key: Answers, answers: Answers) -> dict[str, Any]:
    given = _cell("answers", "\n".join(f"{id_} = {answers.get(id_)!r}" for id_ in key), grade=False)
    tests = [_cell(f"test-{id_}", f"assert {id_} == {right!r}", grade=True) for id_, right in key.items()]
    return {"cells": [given, *tests], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}


def _cell(name: str, source: str, *, grade: bool) -> dict[str, Any]:
    about = {"grade": grade, "solution": not grade, "locked": grade, "task": False, "grade_id": name, "schema_version": 3} | ({"points": 1} if grade else {})
    return {"cell_type": "code", "id": name, "metadata": {"nbgrader": about}, "source": source, "outputs": [], "execution_count": None}
