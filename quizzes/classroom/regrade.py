"""Grading again: whose mark changes and why, the log of it, and the way back.

The record in the folder of results remembers every mark and the version of every question's key. A grading that changes marks keeps
what was there before as `record/before-<n>.zip` and adds to `changes.csv`; `undo` puts the last of these back, with the key and the
marked sheet that belonged to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from quizzes.classroom.csvs import to_csv
from quizzes.classroom.grading import Grading, Student, grade
from quizzes.classroom.results import GRADING, RECORD, Files, check_untouched, digests, files_of, pack, read_files, read_record, unpack, write_whole
from quizzes.classroom.rubric import MARKED, open_questions
from quizzes.classroom.specification import KEY, Assignment, read_assignment
from quizzes.classroom.statistics import total
from quizzes.model import plain, to_json

LOG = "changes.csv"
HEAD = ("change", "when", "number", "name", "question", "points before", "points after", "why")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One mark that is another than before; without a question, a student who came or went."""

    number: str
    name: str
    question: str
    before: float | None
    after: float | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run came to."""

    grading: Grading
    changes: tuple[Change, ...]
    first: bool


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def run(assignment: Assignment, submissions: Path, folder: Path, *, dry: bool = False, when: Callable[[], str] = now,
        tell: Callable[[int], None] = lambda number: None) -> Outcome:
    """Grade a class into a folder. `dry` writes nothing, and refuses what is refused without it. Raises ValueError where the teacher's own files are at fault."""
    record = read_record(folder)
    if record and record["assignment"] != assignment.specification.id:
        raise ValueError(f"{folder.as_posix()}: found the results of another assignment; accepted: those of '{assignment.specification.title}', or a new folder")
    grading = grade(assignment, submissions, tell)
    changes = tuple(_changes(record, grading)) if record else ()
    if record:
        check_untouched(folder, record)
    if not dry:
        _write(folder, grading, record, changes, when)
    return Outcome(grading=grading, changes=changes, first=record is None)


def _write(folder: Path, grading: Grading, record: dict[str, Any] | None, changes: tuple[Change, ...], when: Callable[[], str]) -> None:
    files, log = files_of(grading), list(record["log"]) if record else []
    before = read_files(folder) if record else {}
    kept = {name: content for name, content in before.items() if _is_before(name)}
    if changes:
        number = 1 + max((line[0] for line in log), default=0)
        kept[f"record/before-{number}.zip"] = pack({name: content for name, content in before.items() if not _is_before(name)})
        log += [[number, time, change.number, change.name, change.question, change.before, change.after, change.why] for time in [when()] for change in changes]
    write_whole(folder, _with_record(files | kept, _record(grading), log))


def _is_before(name: str) -> bool:
    return name.startswith("record/before-")


def _with_record(files: Files, record: dict[str, Any], log: list[list[Any]]) -> Files:
    """The files with the log and the record of them all."""
    files = {name: content for name, content in files.items() if name not in (LOG, RECORD)}
    if log:
        files[LOG] = to_csv(HEAD, log)
    record = record | {"log": log, "files": digests(files)}
    return files | {RECORD: (json.dumps(record, ensure_ascii=True, indent=1) + "\n").encode()}


def _record(grading: Grading) -> dict[str, Any]:
    return {"format": GRADING, "version": 1, "assignment": grading.assignment.specification.id,
            "keys": {question.id: question.version for question in grading.questions},
            "students": {student.number: _recorded(student) for student in grading.students}}


def _recorded(student: Student) -> dict[str, Any]:
    hand_in = student.hand_in
    return {"name": hand_in.name, "file": hand_in.file, "answers": {id_: _short(answer) for id_, answer in hand_in.answers.items()},
            "points": {id_: mark.points for id_, mark in student.marks.items()}, "waiting": sorted(student.waiting)}


def _short(answer: Any) -> str:
    return sha256(to_json(answer).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _changes(record: Mapping[str, Any], grading: Grading) -> Iterator[Change]:
    """Every mark that differs from the record's, and why, in the order of the students and the questions."""
    keys = {question.id: question.version for question in grading.questions}
    opened = {question.id for question in open_questions(grading.assignment)}
    now_there = {student.number: student for student in grading.students}
    for number, old in record["students"].items():
        if number not in now_there:
            yield Change(number=number, name=old["name"], question="", before=plain(total(old["points"].values())), after=None, why="no hand-in of this number counts any more")
    for student in grading.students:
        old = record["students"].get(student.number)
        if old is None:
            yield Change(number=student.number, name=student.hand_in.name, question="", before=None, after=plain(student.total), why="handed in since")
            continue
        for id_ in dict.fromkeys([*old["points"], *keys]):
            before, after = old["points"].get(id_), student.marks[id_].points if id_ in student.marks else None
            if before != after:
                yield Change(number=student.number, name=student.hand_in.name, question=id_, before=before, after=after,
                             why=_why(id_, old, student, (record["keys"], keys), opened))


def _why(id_: str, old: Mapping[str, Any], student: Student, both: tuple[Mapping[str, str], Mapping[str, str]], opened: set[str]) -> str:
    keys_before, keys = both
    if id_ not in keys or id_ not in keys_before:
        return "the question was taken away" if id_ not in keys else "the question was added"
    if old["answers"].get(id_) != _short(student.hand_in.answers[id_]):
        return f"another hand-in counts: {student.hand_in.file}"
    if keys_before[id_] != keys[id_]:
        return "the key was corrected"
    return "the teacher marked the text" if id_ in opened else "marked by another edition of the engine"


def undo(folder: Path, keep: Path, when: Callable[[], str] = now) -> list[str]:
    """Put back what was there before the last change of marks, the key and the marked sheet too; says what was done.

    What is put away is kept: a corrected key as `key-before-undo.yml`, the next one as `key-before-undo-2.yml`.
    Raises ValueError where there is nothing to take back.
    """
    record = read_record(folder)
    if record is None:
        raise ValueError(f"{folder.as_posix()}: found no results; accepted: a folder that grade made")
    if record["assignment"] != read_assignment(keep).specification.id:
        raise ValueError(f"{folder.as_posix()}: found the results of another assignment; accepted: those of this one")
    check_untouched(folder, record)
    files = read_files(folder)
    zips = sorted((name for name in files if _is_before(name)), key=lambda name: int(name.removeprefix("record/before-").removesuffix(".zip")))
    if not zips:
        raise ValueError(f"{folder.as_posix()}: found no change to undo; accepted: results whose marks were changed by a later run")
    restored = unpack(files[zips[-1]])
    number = int(zips[-1].removeprefix("record/before-").removesuffix(".zip"))
    log = [*record["log"], [max(line[0] for line in record["log"]) + 1, when(), "", "", "", None, None, f"change {number} was undone"]]
    said = [f"change {number} is undone"]
    for name in (KEY, MARKED):
        said += _put_back(keep, name, restored.get(f"record/{name}"))
    write_whole(folder, _with_record(restored | {name: files[name] for name in zips[:-1]}, json.loads(restored[RECORD]), log))
    return said


def _put_back(keep: Path, name: str, content: bytes | None) -> list[str]:
    """Bring a file beside the key to what it was; what it is now stays under another name."""
    path = keep / name
    now_there = path.read_bytes() if path.is_file() else None
    if now_there == content:
        return []
    if now_there is not None:
        aside = _free_name(path)
        aside.write_bytes(now_there)
        path.unlink()
    if content is not None:
        path.write_bytes(content)
    return [f"{path.as_posix()}: as it was before" + (f"; what it was until now is {aside.name}" if now_there is not None else "")]


def _free_name(path: Path) -> Path:
    """A name beside a file for what is put away, which no file has yet."""
    aside, number = path.with_name(f"{path.stem}-before-undo{path.suffix}"), 2
    while aside.exists():
        aside, number = path.with_name(f"{path.stem}-before-undo-{number}{path.suffix}"), number + 1
    return aside
