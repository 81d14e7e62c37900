"""An assignment is whole or not at all, and the same from the same bank."""

from __future__ import annotations

import html
import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from bare_page import ROOT, guide_bank
from sealed_pages import ALL_BANKS, BANKS, sealed_of

from quizzes import Bank, Question, load_bank
from quizzes.classroom.assign import assign, pick, read_due
from quizzes.classroom.handout import page
from quizzes.classroom.notebook import notebook, unpack
from quizzes.classroom.sealing import telling_ids
from quizzes.classroom.specification import read_assignment
from quizzes.words import words

EVERY = ROOT / "tests" / "banks" / "every-type.yml"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_an_open_question_says_only_to_write_as_no_model_answer_is_handed_out(language):
    question = next(question for question in guide_bank() if question.type == "open-answer").model_copy(update={"language": language})
    said = words(language)
    for drawn in (page(sealed_of((question,))), sealed_of((question,)).draw(how="assignment-how-notebook")):
        assert f'<span class="quiz-how">{said["sheet-write"]} · ' in drawn
        assert said["write-text"] not in drawn


# The folder

def made(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_an_assignment_is_two_files_to_hand_out_and_a_key_that_marks_as_the_bank_does(tmp_path):
    path = BANKS / "diplomacy.yml"
    done = assign(path, tmp_path / "out", questions=["12"], due="2026-05-08T18:00+02:00", title="  Week   1 ")
    assert set(made(tmp_path / "out")) == {"hand-out/assignment.html", "hand-out/assignment.ipynb", "keep/key.yml", "keep/specification.json",
                                           "keep/references.bib"} | ({"keep/outlines.json"} if any(q.files for q in done.sealed.questions) else set())
    kept = read_assignment(tmp_path / "out")
    about = kept.specification
    assert (about.title, about.bank, about.language, about.seed, about.due) == ("Week 1", "diplomacy", "en", 1, "2026-05-08T18:00:00+02:00")
    assert len(kept.questions) == 12 and kept.questions == tuple(kept.bank)
    bank = load_bank(path)
    for question in kept.questions:
        assert question.marking_part() == bank[question.id].marking_part()
        assert kept.bank.section_of(question) == bank.section_of(bank[question.id])
    nbformat.validate(nbformat.reads((tmp_path / "out/hand-out/assignment.ipynb").read_text(encoding="utf-8"), 4))
    assert [name for name in (tmp_path).iterdir() if name.name != "out"] == []


@pytest.mark.parametrize("path", ALL_BANKS, ids=lambda path: path.stem)
def test_the_key_of_every_bank_is_read_back_as_it_was(tmp_path, path):
    bank = load_bank(path)
    assign(path, tmp_path / "out", questions=[question.id for question in bank])
    kept = read_assignment(tmp_path / "out")
    for question in bank:
        assert kept.bank[question.id].marking_part() == question.marking_part()


def test_the_same_again_is_the_same_bytes_and_leaves_a_mended_key_alone(tmp_path):
    for name in ("one", "two"):
        assign(EVERY, tmp_path / name)
    assert made(tmp_path / "one") == made(tmp_path / "two")
    key = tmp_path / "one" / "keep" / "key.yml"
    key.write_text(key.read_text(encoding="utf-8").replace("points: 2", "points: 3"), encoding="utf-8")
    mended = made(tmp_path / "one")
    (tmp_path / "one" / "hand-out" / "assignment.html").unlink()
    assign(EVERY, tmp_path / "one")
    assert made(tmp_path / "one") == mended


def test_another_assignment_or_other_files_in_the_folder_stay(tmp_path):
    assign(EVERY, tmp_path / "out")
    before = made(tmp_path / "out")
    for more in ({"title": "Other"}, {"seed": 2, "questions": ["3"]}):
        with pytest.raises(ValueError, match="found another assignment .'Every type', [0-9a-f]{16}.; accepted: a new folder or an empty one"):
            assign(EVERY, tmp_path / "out", **more)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine")
    with pytest.raises(ValueError, match="notes: found other files; accepted: a new folder or an empty one"):
        assign(EVERY, tmp_path / "notes")
    with pytest.raises(ValueError, match="a.txt: found a file; accepted: a new folder or an empty one"):
        assign(EVERY, tmp_path / "notes" / "a.txt")
    assert (made(tmp_path / "out"), made(tmp_path / "notes")) == (before, {"a.txt": b"mine"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "out"]


def test_where_only_the_due_time_differs_it_says_so_and_what_to_do(tmp_path):
    out, first, later = tmp_path / "out", "2026-05-08T18:00:00+02:00", "2026-05-10T18:00:00+02:00"
    assign(EVERY, out, due=first)
    before = made(out)
    with pytest.raises(ValueError) as error:
        assign(EVERY, out, due=later)
    file = out / "keep" / "specification.json"
    assert str(error.value) == (f'{out.as_posix()}: found this assignment, due {first}; accepted: the same --due, or "{later}" written as `due` '
                                f"into {file.as_posix()} and then this command again")
    assert made(out) == before
    file.write_text(file.read_text(encoding="utf-8").replace(first, later), encoding="utf-8")
    assert read_assignment(out).specification.due == later
    assert assign(EVERY, out, due=later).sealed.specification.due == later
    assert later in (out / "hand-out" / "assignment.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("out", [".", "../out", "../link"])
def test_an_empty_folder_is_filled_the_one_that_one_is_in_too(tmp_path, monkeypatch, out):
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    assign(EVERY, Path(out))
    assert "keep/key.yml" in made(Path()) and made(Path()) == made(tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "out"]
    with pytest.raises(ValueError) as error:
        assign(EVERY, Path(".."))
    assert str(error.value) == "..: found other files; accepted: a new folder or an empty one"


@pytest.mark.parametrize(("about", "message"), [
    pytest.param({"questions": ["7"]}, "--questions: found 7; accepted: a number from 1 to 6, as many as there are", id="more than there are"),
    pytest.param({"questions": ["0"]}, "--questions: found 0; accepted: a number from 1 to 6, as many as there are", id="none"),
    pytest.param({"draw": 3, "group": "first"}, "--draw: found 3; accepted: a number from 1 to 2, as many as there are", id="more than the group has"),
    pytest.param({"questions": ["3", "of", "9"]}, "--questions: found 3 of 9; accepted: 3 of 6, as many as earn points", id="of another number"),
    pytest.param({"questions": ["won"]}, "bank 'every-type': found question 'won'; accepted: one, many, worst, strict, statement, people", id="unknown id"),
    pytest.param({"questions": ["one", "one"]}, "bank 'every-type': found question 'one' twice; accepted: each question once", id="an id twice"),
    pytest.param({"questions": ["one"], "group": "first"}, "--group: found it beside ids of --questions; accepted: one of the two", id="ids and a group"),
    pytest.param({"questions": ["2"], "draw": 2}, "--draw: found it beside --questions 2; accepted: one of the two", id="two numbers"),
    pytest.param({"due": "Friday"}, "--due: found 'Friday'; accepted: a day, like 2026-05-08, or a time, like 2026-05-08T18:00 or 2026-05-08T18:00+02:00", id="no date"),
    pytest.param({"due": "2026-02-30"}, "--due: found '2026-02-30'; accepted: a day, like 2026-05-08, or a time, like 2026-05-08T18:00 or 2026-05-08T18:00+02:00",
                 id="no day of the calendar"),
    pytest.param({"seed": -1}, "--seed: found -1; accepted: a whole number from 0 to 4294967295", id="negative seed"),
    pytest.param({"title": "a\u0007b"}, "--title: found 'a\\u0007b'; accepted: 1 to 200 characters that can be printed", id="a title that rings"),
])
def test_what_is_at_fault_is_said_in_one_line_and_nothing_is_written(tmp_path, about, message):
    with pytest.raises((ValueError, KeyError)) as error:
        assign(EVERY, tmp_path / "out", **about)
    assert error.value.args[0] == message
    assert list(tmp_path.iterdir()) == []


def test_questions_are_drawn_by_the_seed_in_the_order_of_the_bank():
    bank = load_bank(BANKS / "diplomacy.yml")
    ids = [question.id for question in bank]
    drawn = {seed: [question.id for question in pick(bank, ["10", "of", str(len(ids))], None, None, seed)] for seed in range(6)}
    assert all(len(set(one)) == 10 and one == sorted(one, key=ids.index) for one in drawn.values())
    assert len({tuple(one) for one in drawn.values()}) == 6
    assert [question.id for question in pick(bank, [f"{ids[3]},{ids[0]}"], None, None, 1)] == [ids[3], ids[0]]
    assert len(pick(bank, [*ids[:5]], None, 2, 1)) == 2


def test_verdicts_are_left_out_and_taken_with_a_warning_where_they_are_named(tmp_path):
    bank = load_bank(BANKS / "economy.yml")
    verdicts = [question.id for question in bank if question.type == "survey"]
    assert len(verdicts) == 2 and not {question.id for question in pick(bank, [], None, None, 1)} & set(verdicts)
    assert [question.id for question in pick(bank, verdicts, None, None, 1)] == verdicts
    done = assign(BANKS / "economy.yml", tmp_path / "out", questions=["road-symbol", verdicts[0]])
    assert done.warnings == (f"question '{verdicts[0]}': found a verdict, which earns no points and is in no result; better: ask for views without names",)
    with pytest.raises(ValueError) as error:
        assign(BANKS / "guide-survey.yml", tmp_path / "none")
    assert str(error.value) == "bank 'guide-survey': found only verdicts, which earn no points; accepted: questions with points, or ids of --questions"


def test_a_day_means_its_end_and_a_time_without_offset_this_computers():
    assert read_due("2026-05-08").startswith("2026-05-08T23:59:59")
    assert read_due("2026-05-08 18:00+05:30") == "2026-05-08T18:00:00+05:30"


def test_ids_that_could_tell_the_key_are_warned_of():
    bank = load_bank(EVERY)
    assert [told for path in (EVERY, *ALL_BANKS) for told in telling_ids(load_bank(path))] == []
    one = bank["one"]
    told = one.model_copy(update={"choices": (one.choices[0].model_copy(update={"id": "right-one"}), *one.choices[1:])})
    assert list(telling_ids([told])) == ["question 'one': found id 'right-one', which students can see; better: ids that do not tell what is right"]


def of_guide(type_: str, name: str, changes: list[dict[str, Any]]) -> Question:
    """The guide's question of a type with its things changed, one after the other."""
    question = next(question for question in guide_bank() if question.type == type_)
    item = question.model_dump(mode="json")
    return type(question).model_validate(item | {"language": "en", name: [thing | change for thing, change in zip(item[name], changes, strict=True)]})


@pytest.mark.parametrize(("question", "found"), [
    pytest.param(of_guide("order", "items", [{"id": f"item-{n}"} for n in (8, 9, 10, 11)]), "ids in the right order (item-8, item-9, item-10, item-11)", id="order"),
    pytest.param(of_guide("timeline", "events", [{"id": id_, "year": 2022 - n} for n, id_ in enumerate("dcba")]), "ids in the right order (a, b, c, d)", id="timeline"),
    pytest.param(of_guide("match", "pairs", [{"match_id": id_} for id_ in ("council", "assembly", "court")]),
                 "ids of right sides beside the letters of distractors (assembly, council, court)", id="match"),
])
def test_ids_that_sort_into_the_key_or_stand_apart_are_warned_of(question, found):
    assert list(telling_ids([question])) == [f"question '{question.id}': found {found}, which students can see; better: ids that do not tell what is right"]


@pytest.mark.parametrize("question", [
    pytest.param(of_guide("order", "items", [{"id": id_} for id_ in "bacd"]), id="in another order"),
    pytest.param(of_guide("timeline", "events", [{"id": id_, "year": 2018} for id_ in "abcd"]), id="events of one year"),
    pytest.param(of_guide("match", "pairs", [{"match_id": id_} for id_ in "dcb"]), id="letters by the alphabet, as in a key"),
])
def test_ids_that_tell_nothing_are_not_warned_of(question):
    assert list(telling_ids([question])) == []


# As it is typed

def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "quizzes", "assign", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_the_command_says_what_it_made(tmp_path):
    done = run("tests/banks/every-type.yml", "--out", str(tmp_path / "out"), "--questions", "4", "of", "6", "--due", "2126-05-08T18:00+02:00")
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert re.fullmatch(r"4 questions, assignment [0-9a-f]{16}, due 2126-05-08T18:00:00\+02:00", first)
    assert [line.split(" (")[0].removeprefix(f"{tmp_path}/out/") for line in rest] == [
        "hand-out/assignment.html", "hand-out/assignment.ipynb", "keep/key.yml", "keep/references.bib"]


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (("nowhere.yml", "--out", "OUT"), 1, "nowhere.yml: found No such file or directory; accepted: a bank's file"),
    (("tests/banks/every-type.yml", "--out", "OUT", "--questions", "99"), 1, "--questions: found 99; accepted: a number from 1 to 6, as many as there are"),
    (("tests/banks/faulty/tab.yml", "--out", "OUT"), 1, "tests/banks/faulty/tab.yml:10: found a tab; accepted: spaces"),
    (("tests/banks/every-type.yml", "--out", "OUT", "--language", "xx"), 1, "found language 'xx'; accepted: "),
    (("tests/banks/every-type.yml", "--out", "README.md"), 1, "README.md: found a file; accepted: a new folder or an empty one"),
    (("tests/banks/every-type.yml",), 2, "usage: "),
    (("tests/banks/every-type.yml", "--out", "OUT", "--seed", "abc"), 1, "found seed 'abc'; accepted: a whole number from 0 to 4294967295"),
    (("tests/banks/every-type.yml", "--out", "OUT", "--draw", "few"), 1, "found draw 'few'; accepted: a whole number above 0"),
])
def test_the_command_fails_with_one_message(tmp_path, arguments, code, message):
    done = run(*[str(tmp_path / "out") if word == "OUT" else word for word in arguments])
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(message)
    assert code == 2 or done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_due_time_that_has_passed_is_warned_of(tmp_path):
    done = run("tests/banks/every-type.yml", "--out", str(tmp_path / "out"), "--due", "2020-05-08T18:00+02:00")
    assert (done.returncode, done.stderr) == (0, "--due: warning: found 2020-05-08T18:00:00+02:00, which has passed; better: a time to come\n")


def test_a_notebook_that_was_cut_off_says_so():
    sealed = sealed_of(guide_bank().questions)
    source = json.loads(notebook(sealed))["cells"][1]["source"]
    packed = source.split('"""')[1]
    assert unpack(packed)["id"] == sealed.specification.id
    for damaged in (packed[:200], packed[200:], "", "<b>"):
        with pytest.raises(ValueError, match="found questions that were changed or cut off"):
            unpack(damaged)


def test_hostile_titles_stay_text(tmp_path):
    title = '</script><script>alert(1)</script> "x" [a](javascript:b) {0} $x$'
    done = assign(EVERY, tmp_path / "out", title=title)
    text = page(done.sealed)
    assert "<script>alert" not in text and html.escape(title, quote=False).split()[0] in text
    source = json.loads(notebook(done.sealed))["cells"][0]["source"]
    assert "<script>" not in source.replace("\\<script\\>", "") and "[a](" not in source


def test_a_key_that_yaml_could_read_otherwise_is_read_back_as_text(tmp_path):
    text = yaml.safe_load(EVERY.read_text(encoding="utf-8"))
    odd = ["no", "1e5", "0x1F", "1:30", "2008-02-17", "~", "null", "- a", "a: b", "# c", " x", "x ", "'", '"', "|", "true", ".inf", "12.50", "a\nb", "[", "é\u2028f"]
    chance = random.Random(1)
    for question in text["questions"]:
        question["prompt"] = chance.choice(odd)
        question["explanation"] = "\n\n".join(odd)
    text["questions"][0]["choices"] = [{"id": f"c{n}", "text": one, "feedback": one, "correct": n == 0} for n, one in enumerate(chance.sample([o for o in odd if "\n" not in o], 6))]
    (tmp_path / "references.bib").write_bytes((ROOT / "tests" / "banks" / "references.bib").read_bytes())
    (tmp_path / "odd.yml").write_text(json.dumps(text), encoding="utf-8")
    assign(tmp_path / "odd.yml", tmp_path / "out")
    bank: Bank = load_bank(tmp_path / "odd.yml")
    for question, kept in zip(bank, read_assignment(tmp_path / "out").questions, strict=True):
        assert question == kept
