"""A class's answers, graded by otter-grader without a container (`otter run`): a notebook a student, a test file a question."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from peers import environment, path_of, run

PACKAGES = ["otter-grader==7.0.0", "ipykernel"]
Answers = Mapping[str, Any]
TEST = """OK_FORMAT = True

test = {{"name": {id!r}, "points": 1, "suites": [{{"type": "doctest", "scored": True, "setup": "", "teardown": "",
         "cases": [{{"code": {code!r}, "hidden": False, "locked": False}}]}}]}}
"""


def course(cache: Path, folder: Path, key: Answers, handed_in: Sequence[Answers]) -> list[list[Path | str]]:
    """An autograder and the hand-ins; returns the command that grades each of them."""
    program = environment(cache / "otter", sys.executable, PACKAGES) / "otter"
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for id_, right in key.items():
        (tests / f"{id_}.py").write_text(TEST.format(id=id_, code=f">>> {id_} == {right!r}\nTrue"))
    (folder / "otter_config.json").write_text("{}")
    run([program, "generate", "-t", tests, "-o", folder / "autograder.zip", "-c", folder / "otter_config.json", "--no-environment"], folder=folder, PATH=path_of(program))
    commands: list[list[Path | str]] = []
    for n, answers in enumerate(handed_in):
        (folder / f"s{n}").mkdir()
        (folder / f"s{n}" / "monday.ipynb").write_text(json.dumps(_notebook(key, answers)))
        commands.append([program, "run", "--no-logo", "-a", folder / "autograder.zip", "-o", folder / f"s{n}", folder / f"s{n}" / "monday.ipynb"])
    return commands


def totals(folder: Path, students: int) -> list[float]:
    """The points of each student, in the order of the hand-ins."""
    found = []
    for n in range(students):
        results = json.loads((folder / f"s{n}" / "results.json").read_text())
        found.append(sum(test.get("score", 0.0) for test in results["tests"]))
    return found


def _notebook(key: Answers, answers: Answers) -> dict[str, Any]:
    source = "\n".join(f"{id_} = {answers.get(id_)!r}" for id_ in key)
    cell = {"cell_type": "code", "id": "answers", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    return {"cells": [cell], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}
