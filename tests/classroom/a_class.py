"""A class made up by a rule: hand-ins as students of different ability would leave them, and hand-ins broken in every way.

The students follow the two-parameter logistic model: one of ability t answers a question of difficulty b and discrimination a rightly
with probability 1 / (1 + exp(-a (t - b))) (Birnbaum 1968).
"""

from __future__ import annotations

import io
import json
import math
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from generated import flawless

from quizzes.classroom.assign import assign
from quizzes.classroom.specification import HAND_IN, Assignment, read_assignment
from quizzes.model import Question

MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
DUE = "2026-05-08T18:00:00+00:00"
BIBLIOGRAPHY = Path(__file__).parents[1] / "banks" / "references.bib"
FIRST = ("Ana", "Çağlar", "Đorđe", "Ilir", "İpek", "Jelena", "Marko", "Nermin", "Özge", "Petra")
LAST = ("Arslan", "Berisha", "Ćosić", "Dimitrov", "Hoxha", "Iliev", "Jovanović", "Kaya", "Šarić", "Yılmaz")


def make_assignment(folder: Path, questions: int = 20, language: str = "en") -> Assignment:
    """An assignment of a generated bank, made as a teacher makes one."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(BIBLIOGRAPHY, folder / "references.bib")
    bank = folder / "generated.yml"
    bank.write_text(yaml.safe_dump(flawless(questions) | {"language": language}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assign(bank, folder / "monday", due=DUE, title="Monday")
    return read_assignment(folder / "monday")


def answer_of(question: Question, right: bool, chance: random.Random) -> Any:
    """A right answer, or one of the wrong ones."""
    if question.type == "true-false":
        return question.answer == right
    if question.type == "number":
        return str(question.answer if right else chance.randrange(1000, 2000))
    if question.type == "short-text":
        return question.answer if right else chance.choice(["no idea", "somebody else"])
    if question.type == "order":
        ids = [item.id for item in question.items]
        return ids if right else ids[1:] + ids[:1]
    if question.type == "cloze":
        return {gap.id: next(choice.id for choice in gap.choices if bool(choice.correct) == right) for gap in question.gaps}
    if question.type == "many-choices":
        return sorted(question.key) if right else [chance.choice(sorted(set(question.ids) - question.key))]
    return min(question.key) if right else chance.choice(sorted(set(question.ids) - question.key))


def hand_in(assignment: Assignment, n: int, /, **instead: Any) -> dict[str, Any]:
    """What student n hands in."""
    chance = random.Random(n)
    ability = chance.gauss(0, 1)
    answers, seconds = {}, {}
    for place, question in enumerate(assignment.questions):
        likely = 1 / (1 + math.exp(-1.3 * (ability - (place / len(assignment.questions) * 3 - 1.5))))
        if chance.random() > 0.02:
            answers[question.id] = answer_of(question, chance.random() < likely, chance)
            seconds[question.id] = round(chance.lognormvariate(3, 0.5), 1)
    started = MONDAY + timedelta(minutes=n)
    name = f"{FIRST[n % 10]} {LAST[n // 10 % 10]}"
    return {"format": HAND_IN, "version": 1, "assignment": assignment.specification.id, "name": name, "number": f"2023/{n:04}",
            "started": started.isoformat(), "saved": (started + timedelta(minutes=40)).isoformat(), "answers": answers, "seconds": seconds} | instead


def to_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def as_notebook(value: Any) -> bytes:
    """A notebook with a hand-in in the output of its cell, or with none."""
    outputs = [{"output_type": "display_data", "data": {"text/plain": "handed in"}, "metadata": {HAND_IN: value}}] if value else []
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "raise SystemExit('this must never run')", "outputs": outputs, "execution_count": 1}
    return to_bytes({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def zip_of(files: dict[str, bytes], mode: int | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 5, 8, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            if mode:
                entry.external_attr = mode << 16
            opened.writestr(entry, content)
    return made.getvalue()


def _write(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def broken(assignment: Assignment) -> dict[str, Callable[[Path], None]]:
    """Twenty hand-ins that cannot be graded: name of the file -> what makes it."""
    def changed(n: int, **instead: Any) -> Callable[[Path], None]:
        return _write(to_bytes(hand_in(assignment, n, **instead)))

    whole = hand_in(assignment, 900)
    question = assignment.specification.questions[0]
    text = to_bytes(whole)
    return {
        "truncated.json": _write(text[:-200]), "huge.json": _huge, "bomb.zip": _write(zip_of({"answers.json": bytes(50_000_000)})),
        "traversal.zip": _write(zip_of({"../../answers.json": text})), "link.json": lambda path: path.symlink_to("/etc/passwd"),
        "other assignment.json": changed(901, assignment="0" * 16), "other version.json": changed(902, version=2),
        "nothing.ipynb": _write(as_notebook(None)), "one number a.json": changed(903, number="2023/9999", name="Ana Arslan"),
        "one number b.json": changed(904, number="2023-9999", name="Marko Kaya"),
        "backwards.json": changed(905, saved=(MONDAY - timedelta(days=1)).isoformat()), "future.json": changed(906, saved="2126-05-04T09:00:00+00:00"),
        "nan.json": _write(to_bytes(whole).replace(b'"seconds": {', b'"seconds": {"x": NaN, ', 1)), "deep.json": _write(b'{"a":' * 200_000),
        "empty.json": _write(b""), "essay.pdf": _write(b"%PDF-1.7 my answers"), "shape.json": changed(907, answers={question: {"a": [1]}}),
        "unknown question.json": changed(908, answers={"no-such-question": 1}), "formula.json": changed(909, number='=HYPERLINK("https://example.org")'),
        "Ana Arslan_12345_assignsubmission_file_": lambda path: (path.mkdir(), (path / "answers.json").write_bytes(to_bytes(hand_in(assignment, 910, name="Marko Kaya"))))[0],
    }


def make_class(assignment: Assignment, folder: Path, students: int = 180) -> None:
    """A folder as a learning system leaves it: plain files, folders, zips, zips in zips, notebooks, and the broken ones."""
    folder.mkdir(parents=True)
    inner: dict[str, bytes] = {}
    for n in range(students):
        given = hand_in(assignment, n)
        if n == 7:
            given["name"] = "<script>alert('name')</script> Ana"
        if n == 8:
            given["name"] = "=HYPERLINK(\"https://example.org\";\"Ana\")"
        if n % 5 == 0:
            inner[f"{given['name'].replace('<', '').replace('/', '')}_{10000 + n}_assignsubmission_file_/hand-in.txt"] = to_bytes(given)
        elif n % 5 == 1:
            (folder / f"student {n}").mkdir()
            (folder / f"student {n}" / "assignment (1).ipynb").write_bytes(as_notebook(given))
        else:
            (folder / f"monday-{n}.json").write_bytes(to_bytes(given))
    (folder / "all of group A.zip").write_bytes(zip_of({"deeper/group.zip": zip_of(inner), "__MACOSX/._group.zip": b"x"}))
    for name, make in broken(assignment).items():
        make(folder / name)
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink():
            os.utime(path, (datetime(2026, 5, 8, 20, 0, tzinfo=UTC).timestamp(),) * 2)
