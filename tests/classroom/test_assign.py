"""An assignment is whole or not at all, the same from the same bank, and holds nothing of its key."""

from __future__ import annotations

import base64
import html
import json
import random
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from bare_page import ROOT, guide_bank

from quizzes import Bank, Question, load_bank
from quizzes.classroom.assign import assign, pick, read_due
from quizzes.classroom.handout import page
from quizzes.classroom.notebook import notebook, unpack
from quizzes.classroom.sealing import Sealed, seal, secret_of, telling_ids
from quizzes.classroom.specification import read_assignment
from quizzes.types import TYPES

BANKS = ROOT / "quizzes" / "bank"
EVERY = ROOT / "tests" / "banks" / "every-type.yml"
ALL_BANKS = sorted(BANKS.glob("*.yml"))


def sealed_of(questions: tuple[Question, ...], secret: str | None = None, **about: Any) -> Sealed:
    about = {"title": "Monday", "bank": "test", "language": "en", "seed": 1, "due": None} | about
    return seal(questions, secret_of(questions, 1) if secret is None else secret, **about)


# What must not leave the teacher's machine

PRIVATE = {"feedback", "explanation", "hints", "model", "rubric"}  # keys whose texts only a mark shows


def texts(value: Any, private: bool = False) -> Iterator[str]:
    """Every text below a key that is private."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, private or key in PRIVATE)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, private)
    elif private and isinstance(value, str):
        yield value


def letters(text: str) -> str:
    """A text without whatever differs between two ways to write it down: Markdown, bare tags, spaces, escapes of signs, capitals."""
    return "".join(letter for letter in re.sub(r"</?[a-z]+ ?>", "", html.unescape(text)).casefold() if letter.isalnum())


def unpacked(text: str, depth: int = 0) -> Iterator[str]:
    """A text, and whatever is hidden in it: escaped as JSON, as base64, compressed, in hexadecimal."""
    yield text
    if "\\u" in text or '\\"' in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text).replace('\\"', '"').replace("\\n", " ")
    if depth == 3:
        return
    runs = re.findall(r"[A-Za-z0-9+/_-]{16,}={0,2}", text) + ["".join(run.split()) for run in re.findall(r"(?:[A-Za-z0-9+/]{60,}={0,2}\s+){2,}", text)]
    for run in runs:
        for content in decoded(run):
            yield from unpacked(content, depth + 1)


def decoded(run: str) -> Iterator[str]:
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    tries = [base64.b64decode(body[cut:] + "=" * (-len(body[cut:]) % 4)) for cut in range(4) if len(body[cut:]) % 4 != 1]
    tries += [bytes.fromhex(run)] if re.fullmatch("(?:[0-9a-fA-F]{2})+", run) else []
    for data in tries:
        for way in (lambda data: data, zlib.decompress, lambda data: zlib.decompress(data, -15), lambda data: zlib.decompress(data, 31)):
            try:
                yield way(data).decode("utf-8")
            except (zlib.error, UnicodeDecodeError):
                continue


def haystack(*files: str) -> str:
    """All that two files say, in letters and digits; and the same backwards."""
    whole = " ".join(letters(text) for file in files for text in unpacked(file))
    return whole + " " + whole[::-1]


def given_away(questions: tuple[Question, ...], *files: str) -> list[str]:
    """The private texts of some questions that can be found in files."""
    hay = haystack(*files)
    public = letters(" ".join(str(value) for question in questions for value in public_texts(question.model_dump(mode="json"))))
    secrets = {text for question in questions for text in texts(question.model_dump(mode="json"))}
    telling = {text for text in secrets if len(letters(text)) >= 8 and letters(text) not in public}
    assert len(telling) >= len(questions)
    return [text for text in telling if letters(text) in hay]


def public_texts(value: Any, key: str = "") -> Iterator[str]:
    if key in PRIVATE:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from public_texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from public_texts(inner, key)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", ALL_BANKS, ids=lambda path: path.stem)
def test_no_feedback_explanation_hint_or_rubric_of_any_bank_is_in_what_students_get(path):
    bank = load_bank(path)
    sealed = sealed_of(bank.questions)
    assert given_away(bank.questions, page(sealed), notebook(sealed)) == []


@pytest.mark.parametrize("hide", [
    lambda text: text, lambda text: json.dumps(text), lambda text: html.escape(text), lambda text: text[::-1], lambda text: text.upper(),
    lambda text: base64.b64encode(text.encode()).decode(), lambda text: "xy" + base64.b64encode(text.encode()).decode(),
    lambda text: base64.b64encode(zlib.compress(text.encode())).decode(), lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(), lambda text: text.encode().hex(),
    lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text), lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: base64.b64encode(text[::-1].encode()).decode(), lambda text: "<b>" + text.replace(" ", "</b> <b>") + "</b>",
], ids=range(15))
def test_a_text_that_were_hidden_in_it_would_be_found(hide):
    bank = guide_bank()
    explanation = bank.questions[0].explanation
    sealed = page(sealed_of(bank.questions)).replace("</main>", f"<i data-x='{hide(explanation)}'></i></main>")
    assert given_away(bank.questions, sealed) == [explanation]


# What marks an answer makes no difference to what students get

def turned(things: list) -> list:
    return things[1:] + things[:1]


def with_another_key(item: dict[str, Any]) -> dict[str, Any]:
    """A question of which only what is private differs: another key, other feedback, another explanation."""
    item = json.loads(json.dumps(item))
    kind = item["type"]
    if kind in ("one-choice", "many-choices", "choice"):
        keys = turned([{key: choice.pop(key) for key in ("correct", "grade") if key in choice} for choice in item["choices"]])
        item["choices"] = [choice | key for choice, key in zip(item["choices"], keys, strict=True)]
    if kind == "true-false":
        item["answer"] = not item["answer"]
    if kind == "number":
        item |= {"answer": item["answer"] * 3 + 1, "tolerance": 7, "cases": [{"answer": 5, "feedback": "No."}]}
    if kind in ("short-text", "text"):
        item |= {"answer": "Qwertz", "accept": ["Asdf"], "cases": [{"answer": "Yxcv", "feedback": "No."}], "nearly": 0.5}
    if kind == "order":
        item["items"] = turned(item["items"])
    if kind == "match":
        rights = turned([{key: pair.pop(key) for key in ("match", "match_id") if key in pair} for pair in item["pairs"]])
        item["pairs"] = [pair | right for pair, right in zip(item["pairs"], rights, strict=True)]
    if kind == "classify":
        groups = [group["id"] for group in item["groups"]]
        for card in item["cards"]:
            card["group"] = groups[(groups.index(card["group"]) + 1) % len(groups)]
        item["cards"] = turned(item["cards"])
    if kind == "timeline":
        for event in item["events"]:
            event["year"] = item["from"] + (event["year"] * 7) % (item["to"] - item["from"])
        item |= {"events": turned(item["events"]), "near": 40}
    if kind in ("hotspot", "locate", "mark-text"):
        places = TYPES[kind].model_validate({"language": "en"} | item, context={"folder": BANKS}).places
        count = len(item["answer"]) if isinstance(item["answer"], list) else 1
        answer = [place for place in places if place not in item["answer"]][:count]
        item |= {"answer": answer if len(answer) == count else list(places[-count:]), "feedback": {place: "So." for place in places}}
    if kind == "cloze":
        item["gaps"] = [with_another_key(gap) for gap in item["gaps"]]
    if kind == "open-answer":
        item |= {"model": "Another one.", "rubric": [{"id": "all", "text": "All of it", "points": item.get("points", 1)}]}
    if "prompt" in item:  # no gap
        item |= {"explanation": "Otherwise.", "hints": ["Think."], "sources": ["elsewhere"], "claims": ["S99"], "level": "evaluate", "objective": "another"}
        item["penalty"] = 0.5
    return without_feedback(item)


def without_feedback(value: Any) -> Any:
    """Every feedback says something else."""
    if isinstance(value, dict):
        return {key: ({part: "Else." for part in inner} if isinstance(inner, dict) else "Else.") if key == "feedback" else without_feedback(inner)
                for key, inner in value.items()}
    return [without_feedback(inner) for inner in value] if isinstance(value, list) else value


@cache
def guide_items() -> dict[str, dict[str, Any]]:
    return {question.id: question.model_dump(mode="json", exclude_defaults=True) | {"type": question.type} for question in guide_bank()}


@pytest.mark.parametrize("id_", list(guide_items()))
def test_a_question_with_another_key_looks_the_same_to_students(id_):
    item = guide_items()[id_]
    cls = TYPES[item["type"]]
    one, other = (cls.model_validate({"language": "en"} | made, context={"folder": BANKS}) for made in (item, with_another_key(item)))
    assert one.marking_part() != other.marking_part() or item["type"] == "survey"
    alike = 0
    for secret in "abcdef":
        pages = [sealed_of((question,), secret) for question in (one, other)]
        alike += page(pages[0]) == page(pages[1]) and notebook(pages[0]) == notebook(pages[1])
    assert alike >= 4  # an order is drawn anew where it would be the key's own: this happens to one of the two now and then
    if item["type"] not in ("order", "match", "classify", "timeline"):
        assert alike == 6


def test_students_see_orders_that_hang_on_what_only_the_teacher_has():
    bank = guide_bank()
    shown = {re.findall(r'data-quiz-item="([^"]*)"', str(sealed_of(bank.questions, secret).draw(how="assignment-how"))).__str__() for secret in "abcdef"}
    assert len(shown) == 6
    assert len({secret_of(questions, 1) for questions in (bank.questions, tuple(reversed(bank.questions)))} | {secret_of(bank.questions, 2)}) == 3


def test_the_right_answer_stands_in_no_place_more_often_than_in_another():
    order = next(question for question in guide_bank() if question.type == "order")
    key = [item.id for item in order.items]
    drawn = [order.drawn_by(str(n)).ids for n in range(2000)]
    assert tuple(key) not in drawn  # all the others are as likely
    counts = [drawn.count(one) for one in set(drawn)]
    assert len(counts) == 23 and min(counts) > 50


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
    assign(path, tmp_path / "out")
    kept = read_assignment(tmp_path / "out")
    for question in load_bank(path):
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
    for more in ({"title": "Other"}, {"seed": 2, "questions": ["3"]}, {"due": "2026-05-08"}):
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


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    assign(EVERY, tmp_path / "out")
    assert "keep/key.yml" in made(tmp_path / "out")


@pytest.mark.parametrize(("about", "message"), [
    pytest.param({"questions": ["7"]}, "--questions: found 7; accepted: a number from 1 to 6, as many as there are", id="more than there are"),
    pytest.param({"questions": ["0"]}, "--questions: found 0; accepted: a number from 1 to 6, as many as there are", id="none"),
    pytest.param({"draw": 3, "group": "first"}, "--draw: found 3; accepted: a number from 1 to 2, as many as there are", id="more than the group has"),
    pytest.param({"questions": ["3", "of", "9"]}, "--questions: found 3 of 9; accepted: 3 of 6, as many as there are", id="of another number"),
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


def test_a_day_means_its_end_and_a_time_without_offset_this_computers():
    assert read_due("2026-05-08").startswith("2026-05-08T23:59:59")
    assert read_due("2026-05-08 18:00+05:30") == "2026-05-08T18:00:00+05:30"


def test_ids_that_could_tell_the_key_are_warned_of():
    bank = load_bank(EVERY)
    assert list(telling_ids(bank)) == []
    one = bank["one"]
    told = one.model_copy(update={"choices": (one.choices[0].model_copy(update={"id": "right-one"}), *one.choices[1:])})
    assert list(telling_ids([told])) == ["question 'one': found id 'right-one', which students can see; better: an id that does not tell what is right"]


# As it is typed

def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "quizzes", "assign", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_the_command_says_what_it_made(tmp_path):
    done = run("tests/banks/every-type.yml", "--out", str(tmp_path / "out"), "--questions", "4", "of", "6", "--due", "2026-05-08T18:00+02:00")
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert re.fullmatch(r"4 questions, assignment [0-9a-f]{16}, due 2026-05-08T18:00:00\+02:00", first)
    assert [line.split(" (")[0].removeprefix(f"{tmp_path}/out/") for line in rest] == [
        "hand-out/assignment.html", "hand-out/assignment.ipynb", "keep/key.yml", "keep/references.bib"]


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (("nowhere.yml", "--out", "OUT"), 1, "nowhere.yml: found No such file or directory; accepted: a bank's file"),
    (("tests/banks/every-type.yml", "--out", "OUT", "--questions", "99"), 1, "--questions: found 99; accepted: a number from 1 to 6, as many as there are"),
    (("tests/banks/faulty/tab.yml", "--out", "OUT"), 1, "tests/banks/faulty/tab.yml:10: found a tab; accepted: spaces"),
    (("tests/banks/every-type.yml", "--out", "OUT", "--language", "xx"), 1, "found language 'xx'; accepted: "),
    (("tests/banks/every-type.yml", "--out", "README.md"), 1, "README.md: found a file; accepted: a new folder or an empty one"),
    (("tests/banks/every-type.yml",), 2, "usage: "),
    (("tests/banks/every-type.yml", "--out", "OUT", "--seed", "x"), 2, "usage: "),
])
def test_the_command_fails_with_one_message(tmp_path, arguments, code, message):
    done = run(*[str(tmp_path / "out") if word == "OUT" else word for word in arguments])
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(message)
    assert code == 2 or done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


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
