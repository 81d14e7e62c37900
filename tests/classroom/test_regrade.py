"""A corrected key marks everybody again: announced, logged, and taken back."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from a_class import hand_in, to_bytes
from bare_page import ROOT

from quizzes.classroom.regrade import run, undo
from quizzes.classroom.specification import Assignment, read_assignment

CLOCK = "2026-05-09T10:00:00+00:00"


def at_ten() -> str:
    return CLOCK


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def correct(assignment: Assignment, old: str, new: str) -> Assignment:
    """Change the key as a teacher does, in its file."""
    key = assignment.keep / "key.yml"
    text = key.read_text(encoding="utf-8")
    assert text.count(old) >= 1, text
    key.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_assignment(assignment.keep)


@pytest.fixture
def handed(own_monday, tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.json").write_bytes(to_bytes(hand_in(own_monday, n)))
    return folder


@pytest.fixture
def out(own_monday, handed, tmp_path) -> Path:
    done = run(own_monday, handed, tmp_path / "out")
    assert done.first and not done.changes
    return tmp_path / "out"


def test_a_dry_run_lists_whose_mark_would_change_and_why_and_writes_nothing(own_monday, handed, out):
    before = contents(out)
    corrected = correct(own_monday, "answer: true", "answer: false")
    done = run(corrected, handed, out, dry=True)
    turned = {f"2023-{n:04}" for n in range(12) if hand_in(own_monday, n)["answers"].get("q2") is not None}
    assert {change.number for change in done.changes} == turned
    assert {(change.question, change.why) for change in done.changes} == {("q2", "the key was corrected")}
    assert all({change.before, change.after} == {0, 1} for change in done.changes)
    assert contents(out) == before


def test_the_command_says_it_in_a_line_for_each(own_monday, handed, out):
    correct(own_monday, "answer: true", "answer: false")
    done = subprocess.run([sys.executable, "-m", "quizzes", "grade", own_monday.keep.parent, handed, "--out", out, "--dry-run"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, said, last = done.stdout.splitlines()
    assert first == "2023-0000 Ana Arslan: q2 1 -> 0 (the key was corrected)"
    assert said.startswith("the marks of ") and said.endswith(" students would change; nothing is written")
    assert last == "12 students graded, no problems"


def test_a_change_is_logged_once_and_undone_with_the_key(own_monday, handed, out):
    before, key = contents(out), (own_monday.keep / "key.yml").read_bytes()
    corrected = correct(own_monday, "answer: true", "answer: false")
    new_key = (own_monday.keep / "key.yml").read_bytes()
    done = run(corrected, handed, out, when=at_ten)
    with (out / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        logged = list(csv.DictReader(file))
    assert len(logged) == len(done.changes) and logged[0] == {
        "change": "1", "when": CLOCK, "number": "2023-0000", "name": "Ana Arslan", "question": "q2", "points before": "1", "points after": "0", "why": "the key was corrected"}
    after = contents(out)
    assert not run(corrected, handed, out).changes
    assert contents(out) == after

    assert undo(out, own_monday.keep, when=at_ten) == [
        "change 1 is undone", f"{(own_monday.keep / 'key.yml').as_posix()}: as it was before; what it was until now is key-before-undo.yml"]
    assert (own_monday.keep / "key.yml").read_bytes() == key and (own_monday.keep / "key-before-undo.yml").read_bytes() == new_key
    restored = contents(out)
    assert restored.pop("changes.csv").decode().splitlines()[-1] == f"2,{CLOCK},,,,,,change 1 was undone"
    assert {name: content for name, content in restored.items() if name != "record/grading.json"} == {
        name: content for name, content in before.items() if name != "record/grading.json"}
    assert not run(read_assignment(own_monday.keep), handed, out).changes
    with pytest.raises(ValueError) as said:
        undo(out, own_monday.keep)
    assert str(said.value) == f"{out.as_posix()}: found no change to undo; accepted: results whose marks were changed by a later run"


def test_two_changes_are_undone_one_after_the_other(own_monday, handed, out):
    once = correct(own_monday, "answer: true", "answer: false")
    run(once, handed, out)
    middle = (out / "gradebook.csv").read_bytes()
    run(correct(once, "answer: 10\n", "answer: 11\n"), handed, out)
    assert (out / "gradebook.csv").read_bytes() != middle
    undo(out, own_monday.keep)
    assert (out / "gradebook.csv").read_bytes() == middle
    undo(out, own_monday.keep)
    assert "answer: true" in (own_monday.keep / "key.yml").read_text(encoding="utf-8")


def test_every_key_that_was_undone_is_kept(own_monday, handed, out):
    once = correct(own_monday, "answer: true", "answer: false")
    first = (own_monday.keep / "key.yml").read_bytes()
    run(once, handed, out)
    run(correct(once, "answer: 10\n", "answer: 11  # the newest\n"), handed, out)
    newest = (own_monday.keep / "key.yml").read_bytes()
    undo(out, own_monday.keep)
    assert undo(out, own_monday.keep) == [
        "change 1 is undone", f"{(own_monday.keep / 'key.yml').as_posix()}: as it was before; what it was until now is key-before-undo-2.yml"]
    assert (own_monday.keep / "key-before-undo.yml").read_bytes() == newest and (own_monday.keep / "key-before-undo-2.yml").read_bytes() == first


def test_better_feedback_changes_no_mark_and_logs_nothing(own_monday, handed, out):
    changed = correct(own_monday, "explanation: The register", "explanation: The new register")
    assert not run(changed, handed, out).changes
    assert not (out / "changes.csv").exists() and b"The new register" in contents(out)["feedback/2023-0000.html"]


def test_later_hand_ins_and_students_who_come_and_go_are_changes_with_their_reason(own_monday, handed, out):
    question = own_monday.specification.questions[2]
    old = hand_in(own_monday, 0)
    (handed / "new.json").write_bytes(to_bytes(hand_in(own_monday, 0, answers=old["answers"] | {question: not old["answers"][question]}, saved="2026-05-07T08:00:00+00:00")))
    (handed / "20.json").write_bytes(to_bytes(hand_in(own_monday, 20)))
    (handed / "1.json").unlink()
    changes = run(own_monday, handed, out).changes
    assert [(change.number, change.question, change.why) for change in changes] == [
        ("2023-0001", "", "no hand-in of this number counts any more"), ("2023-0000", question, "another hand-in counts: new.json"), ("2023-0020", "", "handed in since")]


def test_the_points_of_a_student_who_went_are_as_the_gradebook_had_them(own_monday, handed, out):
    record = json.loads((out / "record" / "grading.json").read_bytes())
    record["students"]["2023-0001"]["points"] = {"q0": 0.1, "q1": 0.2}
    (out / "record" / "grading.json").write_text(json.dumps(record), encoding="utf-8")
    (handed / "1.json").unlink()
    (change,) = run(own_monday, handed, out).changes
    assert change.before == 0.3


def test_undo_does_not_touch_what_a_person_changed(own_monday, handed, out):
    run(correct(own_monday, "answer: true", "answer: false"), handed, out)
    (out / "gradebook.csv").write_text("mine")
    with pytest.raises(ValueError, match="found changes made since it was graded"):
        undo(out, own_monday.keep)
    assert "answer: false" in (own_monday.keep / "key.yml").read_text(encoding="utf-8")


def test_a_dry_run_refuses_what_the_run_would_refuse(own_monday, handed, out):
    (out / "gradebook.csv").write_text("mine")
    with pytest.raises(ValueError, match="found changes made since it was graded"):
        run(own_monday, handed, out, dry=True)


@pytest.mark.parametrize("name", [".DS_Store", "feedback/Thumbs.db", "desktop.ini", ".~lock.gradebook.csv#", "~$gradebook.xlsx"])
def test_what_looking_at_the_results_leaves_there_stops_neither_grading_nor_undo(own_monday, handed, out, name):
    before = contents(out)
    (out / name).write_bytes(b"made by looking")
    run(correct(own_monday, "answer: true", "answer: false"), handed, out)
    (out / name).write_bytes(b"made by looking again")
    undo(out, own_monday.keep)
    assert contents(out).keys() == before.keys() | {"changes.csv"}


def test_a_folder_with_nothing_but_what_a_system_makes_is_empty(own_monday, handed, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / ".DS_Store").write_bytes(b"made by looking")
    assert run(own_monday, handed, tmp_path / "new").first and not (tmp_path / "new" / ".DS_Store").exists()


def test_the_results_of_another_assignment_are_refused(own_monday, monday, handed, out):
    with pytest.raises(ValueError) as said:
        run(monday, handed, out)
    assert str(said.value) == f"{out.as_posix()}: found the results of another assignment; accepted: those of 'Monday', or a new folder"
