"""Questions of jupyterquiz: the shapes are those of its documentation and schema, the words are ours."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from quizzes import load_bank
from quizzes.exchange import Read
from quizzes.exchange.jupyterquiz import read
from quizzes.exchange.moving import take_in

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "tests" / "exchange" / "examples.jupyterquiz.json"


def take(folder: Path, text: str) -> Read:
    path = folder / "quiz.json"
    path.write_text(text, encoding="utf-8")
    return read(path)


def ask(folder: Path, **question: Any) -> Read:
    return take(folder, json.dumps([{"question": "What?"} | question]))


def only(read_: Read) -> dict[str, Any]:
    (question,) = read_.bank["questions"]
    return question


def said(read_: Read) -> list[tuple[str, str]]:
    return [(loss.lost, loss.instead) for loss in read_.losses if loss.question]


def test_the_documented_examples_are_read_with_their_losses(tmp_path):
    read_, _ = take_in(EXAMPLES, "jupyterquiz", tmp_path / "quiz.yml")
    bank = load_bank(tmp_path / "quiz.yml")
    assert {question.id: question.type for question in bank} == {
        "which-of-these-can-stand-in-a-notebook": "many-choices", "which-of-these-is-a-language-for-text": "one-choice",
        "give-the-share-to-two-digits": "number", "give-the-share-sigma": "number", "what-does-this-print": "one-choice",
        "which-line-adds-3-to-the-list": "one-choice", "who-was-president-from-1923-to-1938": "short-text"}
    assert [(loss.place, loss.lost) for loss in read_.losses if loss.question] == [
        ("line 18", "rounding to 2 significant digits"), ("line 18", "the upper end of a range, 4, which does not count"),
        ("line 18", "the upper end of a range, 0, which does not count"), ("line 29", "formulas in the question"),
        ("line 52", "answers that are alike by 0.8 or more")]
    assert bank["give-the-share-to-two-digits"].mark(3.14).points == 1
    assert bank["give-the-share-to-two-digits"].mark(-5).feedback == ("A share is never below zero.",)
    assert bank["give-the-share-to-two-digits"].mark(50).feedback == ("That is another number.",)
    assert "```\na = \"1\"\nb = \"2\"" in bank["what-does-this-print"].prompt


@pytest.mark.parametrize("form", ["list", "one", "base64", "base64 in lines", "notebook", "notebook with base64"])
def test_every_way_to_keep_questions_is_read(tmp_path, form):
    questions = [{"question": "So?", "type": "multiple_choice", "answers": [{"answer": "A", "correct": True}, {"answer": "B", "correct": False}]}]
    text = json.dumps(questions)
    hidden = b64encode(text.encode()).decode()
    cell = {"cell_type": "markdown", "source": ["Read this.\n", f'<span style="display:none" id="q">{text if form == "notebook" else hidden}</span>\n']}
    written = {"list": text, "one": json.dumps(questions[0]), "base64": hidden, "base64 in lines": "\n".join(hidden[n:n + 60] for n in range(0, len(hidden), 60))}
    read_ = take(tmp_path, written.get(form) or json.dumps({"cells": [{"cell_type": "code", "source": "1"}, cell]}))
    assert only(read_)["prompt"] == "So?"
    assert read_.places == {"so": "cell 2" if form.startswith("notebook") else "line 1"}


def test_blanks_before_a_fault_are_not_searched_for_long(tmp_path):
    start = time.perf_counter()
    with pytest.raises(ValueError, match="found JSON with a fault"):
        take(tmp_path, " " * 1_000_000 + "{")
    cells = [{"cell_type": "markdown", "source": source} for source in ("<p>" + " " * 1_000_000, "<p>[{" * 200_000, "<p " * 300_000)]
    assert take(tmp_path, json.dumps({"cells": cells})).bank["questions"] == []
    assert time.perf_counter() - start < 20


def test_a_fault_in_one_cell_leaves_the_questions_of_the_others(tmp_path):
    sound = '<p>[{"question": "So?", "type": "multiple_choice", "answers": [{"answer": "A", "correct": true}, {"answer": "B"}]}]</p>'
    sources = ([1], "<p>These are words and nothing else</p>", '<div>[{"question": "Cut off?", </div> <b>later</b>', [1, sound])
    read_ = take(tmp_path, json.dumps({"cells": [{"cell_type": "markdown", "source": source} for source in sources]}))
    assert only(read_)["prompt"] == "So?"
    assert [(read_.places[loss.question], loss.instead, loss.original) for loss in read_.losses] == [
        ("cell 3", "left out (it is no object)", json.dumps('[{"question": "Cut off?", '))]


def test_what_is_no_text_is_kept_in_the_report_as_it_was_written(tmp_path):
    path = tmp_path / "quiz.json"
    path.write_text('[{"question": "Odd \\ud800?", "type": "string"}, {"question": "So?", "type": "string", "answers": [{"answer": "A", "correct": true}]}]',
                    encoding="utf-8")
    _, files = take_in(path, "jupyterquiz", tmp_path / "quiz.yml")
    assert len(load_bank(tmp_path / "quiz.yml")) == 1
    assert "Odd \\ud800?" in files[2].read_text(encoding="utf-8")


def test_choices_may_hold_code_and_html(tmp_path):
    read_ = ask(tmp_path, type="multiple_choice", code="if a < b:\n    pass", answers=[
        {"answer": "The <b>first</b>", "code": "a += [3]", "correct": True}, {"code": "a\nb", "correct": False}])
    assert only(read_)["prompt"] == "What?\n\n```\nif a < b:\n    pass\n```"
    assert [choice["text"] for choice in only(read_)["choices"]] == ["The **first** `a += [3]`", "`a b`"]
    assert said(read_) == [("lines of code in a choice", "one line")]


@pytest.mark.parametrize(("precision", "value", "answer", "tolerance"), [(2, 3.14, 3.1, 0.05), (3, 1250, 1250, 5), (1, 0.04, 0.04, 0.005), (None, 3.14, 3.14, None), (2, 0, 0, None),
                                                                      (30, 3.14, 3.14, 5e-15), (10**8, 2, 2, 5e-15)])
def test_a_value_is_rounded_where_there_is_a_precision(tmp_path, precision, value, answer, tolerance):
    read_ = ask(tmp_path, type="numeric", precision=precision, answers=[{"type": "value", "value": value, "correct": True}])
    assert (only(read_)["answer"], only(read_).get("tolerance")) == (answer, tolerance)


def test_a_range_counts_with_its_lower_end(tmp_path):
    read_ = ask(tmp_path, type="numeric", answers=[{"type": "range", "range": [10, 20], "correct": True, "feedback": "Yes."},
                                                   {"type": "range", "range": [20, 30], "correct": False, "feedback": "No."}])
    assert only(read_) | {"answer": 15, "tolerance": 5, "cases": [{"answer": 25, "tolerance": 5, "feedback": "No."}]} == only(read_)
    assert said(read_) == [("the upper end of a range, 20, which does not count", "it counts"), ("the upper end of a range, 30, which does not count", "it counts")]


def test_a_text_with_its_own_words_is_a_case(tmp_path):
    read_ = ask(tmp_path, type="string", answers=[
        {"answer": "Atatürk", "correct": True, "feedback": "Yes.", "match_case": True, "fuzzy_threshold": 0.9},
        {"answer": "Mustafa Kemal", "correct": True, "feedback": "Yes, later called Atatürk."}, {"answer": "İnönü", "correct": False, "feedback": "He came next."},
        {"type": "default", "feedback": "No."}])
    assert only(read_) | {"answer": "Atatürk", "nearly": 1, "feedback": {"right": "Yes.", "wrong": "No."}, "cases": [
        {"answer": "Mustafa Kemal", "credit": 1, "feedback": "Yes, later called Atatürk."}, {"answer": "İnönü", "feedback": "He came next."}]} == only(read_)
    assert said(read_) == [("capitals and small letters told apart", "taken for the same"),
                           ("answers that are alike by 0.9 or more", "one wrong letter in a word of five or more is forgiven")]


@pytest.mark.parametrize(("question", "why"), [
    ({"type": "matching"}, "a question of type 'matching', of which there is none here"), ({}, "a question of type 'None', of which there is none here"),
    ({"type": "numeric", "answers": 5}, "its answers are no list of objects"), ({"type": "numeric", "answers": [{"value": "3", "correct": True}]}, "'3' is no number"),
    ({"type": []}, "a question of type '[]', of which there is none here"),
    ({"type": "string", "answers": [{"answer": "a\ud800", "correct": True}]}, "the character U+D800 in its 'answer'"),
    ({"type": "string", "code": "\a", "answers": []}, "the character U+0007 in its 'code'"),
    ({"type": "numeric", "answers": [{"range": [1], "correct": True}]}, "an answer with neither a value nor a range of two numbers"),
    ({"type": "string", "answers": [{"answer": 5, "correct": True}]}, "its 'answer' is no text"), ({"type": "string", "answers": []}, "no answer is right"),
    ({"question": "", "type": "multiple_choice", "answers": [{"answer": "A", "correct": True}, {"answer": "B"}]}, "it asks nothing"),
])
def test_a_question_that_cannot_be_asked_is_left_out_with_its_text(tmp_path, question, why):
    read_ = ask(tmp_path, **question)
    assert read_.bank["questions"] == []
    assert said(read_) == [("question", f"left out ({why})")]
    assert json.loads(read_.losses[0].original) == {"question": "What?"} | question


@pytest.mark.parametrize(("text", "message"), [
    pytest.param("", ":1: found JSON with a fault (Expecting value); accepted: a list of questions in JSON", id="empty"),
    pytest.param('[\n{"question": "So?",\n}]', ":3: found JSON with a fault (Expecting property name enclosed in double quotes); accepted: a list of questions in JSON",
                 id="a comma too many"),
    pytest.param("[" * 100_000, ":1: found JSON nested too deep or with a number too long; accepted: a list of questions in JSON", id="deep"),
    pytest.param('"text"', ":1: found JSON that is no list; accepted: a list of questions", id="no list"),
    pytest.param("these are words", ":1: found neither JSON nor base64; accepted: a list of questions in JSON", id="words"),
    pytest.param("[]", ": found no question that a bank can hold; accepted: one or more", id="no question"),
])
def test_a_hostile_file_gets_one_message_and_nothing_is_written(tmp_path, text, message):
    path = tmp_path / "quiz.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as error:
        take_in(path, "jupyterquiz", tmp_path / "quiz.yml")
    assert str(error.value) == f"{path.as_posix()}{message}"
    assert [file.name for file in tmp_path.iterdir()] == ["quiz.json"]
