"""GIFT: written so that Moodle reads it, read as Moodle does; the shapes are those of its documentation, the words are ours."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from quizzes import Bank, load_bank
from quizzes.exchange import Asked, Read
from quizzes.exchange.gift import make, read
from quizzes.exchange.gift.signs import escape, hold, release
from quizzes.exchange.moving import export, take_in
from quizzes.text import block
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
NOT_IN_GIFT = {"cloze"}


def whole(bank: Bank) -> Asked:
    return Asked(bank=bank, questions=tuple(bank))


def take(folder: Path, text: str) -> Read:
    path = folder / "quiz.gift"
    path.write_text(text, encoding="utf-8")
    return read(path)


def only(read_: Read) -> dict[str, Any]:
    (question,) = read_.bank["questions"]
    return question


def said(read_: Read) -> list[tuple[str, str]]:
    return [(loss.lost, loss.instead) for loss in read_.losses]


def choice(id_: str, text: str, feedback: str = "", **more: Any) -> dict[str, Any]:
    return {"id": id_, "text": text, "feedback": feedback, **more}


def test_the_example_of_every_kind_is_read(tmp_path):
    text = (ROOT / "tests" / "exchange" / "examples.gift").read_text(encoding="utf-8")
    read_ = take(tmp_path, text)
    kinds = {question["id"]: question["type"] for question in read_.bank["questions"]}
    assert kinds == {
        "which-river-flows-through-belgrade": "one-choice", "the-danube-ends-in-the": "one-choice", "the-danube-ends-in-the-black-sea": "true-false",
        "who-wrote-the-bridge-on-the-drina": "short-text", "when-was-it-printed": "number", "the-number-of-its-states-is": "short-text",
        "what-goes-with-what": "match", "the-share-of-a-third-in-per-cent-is": "number", "how-long-is-it-in-kilometres": "number",
        "when-did-the-first-war-begin": "number", "a-name": "short-text", "where-he-was-born": "one-choice", "where-he-was-born-2": "short-text",
        "which-two-are-capitals": "many-choices", "which-two-are-capitals-2": "many-choices", "which-is-five": "one-choice", "signs": "one-choice",
        "say-in-your-own-words-what-a-border-is": "open-answer", "put-the-years-in-order": "order", "who-signed": "short-text"}
    assert [(loss.question, loss.lost, loss.instead) for loss in read_.losses] == [
        ("which-two-are-capitals", "per cent of the points for each choice (0, 50, 50, 0)", "each right pick earns an equal share, each wrong one costs one"),
        ("the-next-questions-are-about-maps", "question", "left out (a description, which asks nothing)")]
    assert read_.places["the-danube-ends-in-the"] == "line 7"
    take_in(tmp_path / "quiz.gift", "gift", tmp_path / "quiz.yml")
    assert len(load_bank(tmp_path / "quiz.yml")) == len(kinds)


@pytest.mark.parametrize(("text", "keys"), [
    pytest.param("Which?{~A ~B#no =C#yes}", {"type": "one-choice", "prompt": "Which?", "choices": [
        choice("a", "A"), choice("b", "B", "no"), {"id": "c", "text": "C", "correct": True, "feedback": "yes"}]}, id="one right choice"),
    pytest.param("It is {~A =B} here.", {"prompt": "It is \\_\\_\\_\\_\\_ here."}, id="a missing word"),
    pytest.param("Which?{~%25%A ~%50%B =C}", {"choices": [choice("a", "A", grade=25), choice("b", "B", grade=50), choice("c", "C", correct=True)]}, id="parts of the points"),
    pytest.param("Which?{\n~%-33.333%A\n~%33.333%B\n~%33.333%C\n~%33.333%D}", {"type": "many-choices", "choices": [
        choice("a", "A"), choice("b", "B", correct=True), choice("c", "C", correct=True), choice("d", "D", correct=True)]}, id="several right choices"),
    pytest.param("So it is.{TRUE#Wrong.#Right.}", {"type": "true-false", "answer": True, "feedback": {"right": "Right.", "wrong": "Wrong."}}, id="true"),
    pytest.param("So it is.{F}", {"type": "true-false", "answer": False, "feedback": {"right": "", "wrong": ""}}, id="false"),
    pytest.param("Who?{=Tito#Yes. =%50%Broz#Half. =%0%*#No.}", {"type": "short-text", "answer": "Tito", "feedback": {"right": "Yes.", "wrong": "No."},
                 "cases": [{"answer": "Broz", "credit": 0.5, "feedback": "Half."}]}, id="texts"),
    pytest.param("When?{#1912:2#Yes.}", {"type": "number", "answer": 1912, "tolerance": 2, "feedback": {"right": "Yes.", "wrong": ""}}, id="a number"),
    pytest.param("When?{#3.1..3.2}", {"answer": 3.15, "tolerance": 0.05}, id="a range"),
    pytest.param("When?{#\n=-5:0#Yes.\n=%50%-5:2#Near.\n~#No.}", {"answer": -5, "feedback": {"right": "Yes.", "wrong": "No."},
                 "cases": [{"answer": -5, "tolerance": 2, "credit": 0.5, "feedback": "Near."}]}, id="several numbers"),
    pytest.param("Match.{\n=A -> x\n=B -> y\n= -> z\n}", {"type": "match", "pairs": [
        {"id": "a", "text": "A", "match": "x", "feedback": ""}, {"id": "b", "text": "B", "match": "y", "feedback": ""}], "distractors": ["z"]}, id="pairs"),
    pytest.param("Say.{}", {"type": "open-answer", "prompt": "Say."}, id="an essay"),
    pytest.param("Say.{####Because.}", {"type": "open-answer", "explanation": "Because."}, id="general feedback alone"),
    pytest.param("Which?{~A#a =B#b####Because \\#1.}", {"explanation": "Because #1."}, id="general feedback"),
    pytest.param("Order.{>3 ALL VERTICAL ALL_OR_NOTHING SHOW\nA\nB\nC\n}", {"type": "order", "credit": "all-or-nothing"}, id="an order"),
    pytest.param("::N::[html]<b>Q</b> &lt;{T}", {"id": "n", "prompt": "**Q** <"}, id="HTML"),
    pytest.param("[markdown]*Q*{T}", {"prompt": "*Q*"}, id="Markdown"),
    pytest.param("[plain]*Q* <b>{T}", {"prompt": "\\*Q\\* \\<b>"}, id="plain text"),
    pytest.param("2 \\= 1 \\+ 1 \\: \\{\\}\\~\\#\\\\ a\\nb{T}", {"prompt": "2 = 1 \\\\+ 1 : {}~#\\ a\\\nb"}, id="signs"),
    pytest.param("// [id:my-id] [tag:level:apply] [tag:claim:S04]\n// note\nSo?{T}", {"id": "my-id", "level": "apply", "claims": ["S04"]}, id="notes"),
])
def test_a_notation_is_read_as_moodle_reads_it(tmp_path, text, keys):
    read_ = take(tmp_path, text)
    assert only(read_) | keys == only(read_)
    assert said(read_) == []


@pytest.mark.parametrize(("text", "why"), [
    ("Which?{~A =B", "a { without a }"), ("Which? ~A =B}", "a } without a {"), ("Words only.", "a description, which asks nothing"),
    ("When?{#soon}", "'soon' is no number"), ("When?{#1:NaN}", "'NaN' is no number"), ("Match.{=A -> x =B}", "'B' has no -> in it"),
    ("Which?{~A ~B}", "no choice is right"), ("{T}", "it asks nothing"), ("Order.{>}", "no items to be put in order"),
])
def test_a_question_that_cannot_be_asked_is_left_out_with_its_text(tmp_path, text, why):
    read_ = take(tmp_path, f"Fine?{{T}}\n\n{text}\n\nFine too?{{F}}")
    assert [question["type"] for question in read_.bank["questions"]] == ["true-false", "true-false"]
    assert said(read_) == [("question", f"left out ({why})")]
    assert read_.losses[0].original == text
    assert read_.places[read_.losses[0].question] == "line 3"


@pytest.mark.parametrize(("text", "key"), [
    pytest.param("Order.{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW\nC\nA\nB\n}", "items", id="an order"), pytest.param("Which?{=C ~A ~B}", "choices", id="choices"),
    pytest.param("Match.{=C -> z =A -> x =B -> y}", "pairs", id="pairs"), pytest.param("Match.{=C -> y =A -> x =B -> x}", "cards", id="cards")])
def test_ids_go_by_the_alphabet_and_tell_nothing_of_the_key(tmp_path, text, key):
    assert [(one["id"], one["text"]) for one in only(take(tmp_path, text))[key]] == [("c", "C"), ("a", "A"), ("b", "B")]


def test_a_name_beside_an_id_is_lost_unless_the_question_begins_with_it(tmp_path):
    assert said(take(tmp_path, "// [id:one]\n::My best::So it is?{T}\n\n// [id:two]\n::So it…::So it is?{T}")) == [("name 'My best'", "left out")]


def test_a_category_is_a_group_until_the_next(tmp_path):
    read_ = take(tmp_path, "$CATEGORY: $course$/top/Rivers//Lakes/The Sava\n\nOne?{T}\n\nTwo?{T}\n\n// note\n$CATEGORY: Rivers//Lakes/Drina\n\nThree?{T}")
    assert (read_.bank["title"], [question["group"] for question in read_.bank["questions"]]) == ("Rivers/Lakes", ["the-sava", "the-sava", "drina"])


def test_other_rules_of_an_order_are_reported(tmp_path):
    read_ = take(tmp_path, "Order.{>3 RANDOM HORIZONTAL LONGEST_ORDERED_SUBSET HIDE\nA\nB\nC\n}")
    assert [item["text"] for item in only(read_)["items"]] == ["A", "B", "C"]
    assert said(read_) == [("a part of the items (RANDOM)", "all of them"), ("the rule LONGEST_ORDERED_SUBSET", "every item in its place earns an equal share")]


def test_a_file_in_windows_1252_gets_one_message_with_its_line(tmp_path):
    path = tmp_path / "quiz.gift"
    path.write_bytes("One?{T}\n\nWho was Abdülhamid?{=Sultan}\n".encode("cp1252"))
    with pytest.raises(ValueError) as error:
        take_in(path, "gift", tmp_path / "quiz.yml")
    assert str(error.value) == f"{path.as_posix()}:3: found a byte that is no UTF-8 (0xfc); accepted: a file saved as UTF-8"
    assert [file.name for file in tmp_path.iterdir()] == ["quiz.gift"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_with_a_mark_of_its_encoding_and_the_lines_of_windows_is_read(tmp_path, encoding):
    path = tmp_path / "quiz.gift"
    path.write_bytes("İznik?{T}\r\n\r\nIğdır?{F}\r\n".encode(encoding))
    assert [question["prompt"] for question in read(path).bank["questions"]] == ["İznik?", "Iğdır?"]


def test_signs_are_letters_after_a_backslash():
    text = "a\\b:c#d=e{f}g~h\ni"
    assert release(hold(escape(text))) == text
    assert not set(hold(escape(text))) & set("\\:#={}~\n")
    assert hold("a\\xb") == "a\\xb"


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_export_import_and_export_give_the_same_bytes(path, tmp_path):
    bank = load_bank(path)
    shutil.copy(ROOT / "references.bib", tmp_path)
    made = export(whole(bank), "gift", tmp_path / "first.gift")
    dropped = {loss.question for loss in made.losses if loss.lost == "question"}
    assert dropped == {question.id for question in bank if question.type in NOT_IN_GIFT}
    if len(dropped) == len(bank):
        return
    take_in(tmp_path / "first.gift", "gift", tmp_path / path.name)
    back = load_bank(tmp_path / path.name)
    export(whole(back), "gift", tmp_path / "second.gift")
    assert (tmp_path / "second.gift").read_bytes() == (tmp_path / "first.gift").read_bytes()
    assert [question.id for question in back] == [question.id for question in bank if question.id not in dropped]


def test_what_gift_can_say_comes_back_as_it_was(tmp_path):
    shutil.copy(ROOT / "references.bib", tmp_path)
    for name in ("one-choice", "many-choices", "true-false", "number", "short-text"):
        bank = load_bank(ROOT / "quizzes" / "bank" / f"guide-{name}.yml")
        export(whole(bank), "gift", tmp_path / "one.gift")
        take_in(tmp_path / "one.gift", "gift", tmp_path / f"guide-{name}.yml")
        for before, after in zip(bank, load_bank(tmp_path / f"guide-{name}.yml"), strict=True):
            assert (after.type, after.level, after.objective, after.sources, after.claims) == (
                before.type, before.level, before.objective, before.sources, before.claims)
            assert (block(after.prompt), block(after.explanation)) == (block(before.prompt), block(before.explanation))
            assert after.feedback == before.feedback if hasattr(before, "feedback") else [one.feedback for one in after.choices] == [one.feedback for one in before.choices]


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_line_of_a_file_is_one_that_moodle_splits_as_meant(name):
    bank = load_bank(ROOT / "quizzes" / "bank" / f"guide-{name}.yml")
    (content,) = make(whole(bank), Path("x.gift")).files.values()
    for part in content.decode().strip().split("\n\n"):
        bare = re.sub(r"\\.", "", "\n".join(line for line in part.split("\n") if not line.startswith("//")))
        assert bare.startswith(("$CATEGORY: ", "::"))
        assert (bare.count("{"), bare.count("}")) == ((0, 0) if bare.startswith("$") else (1, 1))


def test_what_gift_cannot_say_is_reported():
    bank = load_bank(ROOT / "quizzes" / "bank" / "behaviours.yml")
    lost = {loss.lost for loss in make(whole(bank), Path("x.gift")).losses}
    assert {"hints", "the words of the objectives"} <= lost
    assert any(text.startswith("a penalty of ") for text in lost)
    assert any(text.endswith(" points") for text in lost)
