"""Moodle XML: what is written is what Moodle takes, marks as Python does, and comes back."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import moodle_marks
import pytest
import yaml
from answering import answers

from quizzes import Bank, Question, load_bank
from quizzes.exchange import Asked
from quizzes.exchange.moodle import make
from quizzes.exchange.moodle.fractions import GRADES, grade, share
from quizzes.exchange.moving import export, take_in
from quizzes.exchange.simpler import Gap, as_choices, as_gaps, as_pairs
from quizzes.text import block
from quizzes.types import classify, cloze, match, number, order, short_text, true_false
from quizzes.words import words

ROOT = Path(__file__).parent.parent.parent
BANKS = [*sorted((ROOT / "quizzes" / "bank").glob("*.yml")), ROOT / "tests" / "banks" / "every-type.yml"]
MOODLES = {"100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667", "14.28571", "12.5", "11.11111",
           "10", "5", "0"}  # as a list of grades in Moodle shows them


def whole(bank: Bank) -> Asked:
    return Asked(bank=bank, questions=tuple(bank))


def elements(bank: Bank) -> dict[str, Element]:
    """The questions of a bank's export by id."""
    (content,) = make(whole(bank), Path("x.xml")).files.values()
    return {one.findtext("idnumber"): one for one in fromstring(content) if one.get("type") != "category"}


def bank_of(folder: Path, **question: Any) -> Bank:
    """A bank of one question, with what every question has."""
    general = {"id": "one", "group": "all", "objective": "ask", "level": "apply", "prompt": "What?", "explanation": "So.", "sources": ["atlas"]}
    path = folder / "one.yml"
    path.write_text(yaml.safe_dump({"title": "One", "objectives": {"ask": "Ask"}, "questions": [general | question]}, allow_unicode=True), encoding="utf-8")
    return load_bank(path)


def lost(bank: Bank) -> set[tuple[str, str]]:
    return {(loss.lost, loss.instead) for loss in make(whole(bank), Path("x.xml")).losses if loss.question}


def moodle(question: Question, element: Element, answer: Any) -> float:
    """What Moodle gives to an answer of ours."""
    if isinstance(question, true_false.QuestionType):
        return moodle_marks.one_of(element, [text(one) for one in element.findall("answer")].index(str(answer).lower()))
    if choices := as_choices(question):
        ids = [option.id for option in choices.options]
        picked = answer if isinstance(answer, list) else [answer]
        return moodle_marks.some_of(element, [ids.index(one) for one in picked]) if choices.several else moodle_marks.one_of(element, ids.index(picked[0]))
    if isinstance(question, match.QuestionType | classify.QuestionType):
        pairs = as_pairs(question)
        return moodle_marks.matched(element, [pairs.rights[answer[left.id]].striptags() if left.id in answer else None for left in pairs.lefts])
    if isinstance(question, order.QuestionType):
        names = dict(zip((item.id for item in question.items), (text(one) for one in element.findall("answer")), strict=True))
        return moodle_marks.ordered(element, [names[id_] for id_ in answer])
    if isinstance(question, number.QuestionType):
        return moodle_marks.numerical(element, float(answer))
    if isinstance(question, short_text.QuestionType):
        return moodle_marks.shortanswer(element, answer)
    return moodle_marks.gaps(element, [gap_answer(gap, answer.get(gap.id)) for gap in as_gaps(question) if isinstance(gap, Gap)])


def gap_answer(gap: Gap, answer: Any) -> Any:
    if gap.choices and answer is not None:
        return [option.id for option in gap.choices.options].index(answer)
    return float(answer) if gap.intervals and answer is not None else answer


def text(element: Element) -> str:
    return element.findtext("text")


def is_number(answer: Any) -> bool:
    """Whether an answer to a number is one as Moodle's English reads it; other ways of writing are reported as lost."""
    return isinstance(answer, int | float) or (isinstance(answer, str) and answer.replace(".", "", 1).removeprefix("-").isdigit())


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_an_answer_earns_what_it_earns_in_python(path):
    bank = load_bank(path)
    made, compared = elements(bank), 0
    rules = {loss.question for loss in make(whole(bank), Path("x.xml")).losses if "for several picks" in loss.lost or "all or nothing" in loss.lost}
    for question in bank:
        if question.type in ("open-answer", "survey") or question.id in rules:
            continue
        for answer in answers(question):
            if question.type == "number" and not is_number(answer):
                continue
            if question.type == "cloze" and not all(is_number(answer[gap.id]) for gap in question.gaps if gap.type == "number" and gap.id in answer):
                continue
            mark = question.mark(answer)
            assert moodle(question, made[question.id], answer) == pytest.approx(mark.points / mark.out_of, abs=2e-5), (question.id, answer)
            compared += 1
    assert compared or {question.type for question in bank} <= {"open-answer", "survey"}


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_export_import_and_export_give_the_same_bytes(path, tmp_path):
    shutil.copy((ROOT if path.parent.name == "bank" else path.parent) / "references.bib", tmp_path)
    export(whole(load_bank(path)), "moodle", tmp_path / "first.xml")
    read_, _ = take_in(tmp_path / "first.xml", "moodle", tmp_path / path.name)
    export(whole(load_bank(tmp_path / path.name)), "moodle", tmp_path / "second.xml")
    assert (tmp_path / "second.xml").read_bytes() == (tmp_path / "first.xml").read_bytes()
    assert {loss.instead for loss in read_.losses} <= {"asked as passages to be marked", "asked as cards to be sorted into groups"}


def test_what_moodle_can_say_comes_back_as_it_was(tmp_path):
    same = {"one-choice", "many-choices", "true-false", "number", "short-text", "match", "order", "open-answer", "cloze", "survey"}
    shutil.copy(ROOT / "references.bib", tmp_path)
    for name in same:
        bank = load_bank(ROOT / "quizzes" / "bank" / f"guide-{name}.yml")
        export(whole(bank), "moodle", tmp_path / "one.xml")
        take_in(tmp_path / "one.xml", "moodle", tmp_path / f"guide-{name}.yml")
        back = load_bank(tmp_path / f"guide-{name}.yml")
        assert (back.title, back.language) == (bank.title, bank.language)
        assert [question.id for question in back] == [question.id for question in bank]
        for before, after in zip(bank, back, strict=True):
            assert (after.type, after.points, after.penalty, after.hints) == (before.type, before.points, before.penalty, before.hints)
            for key in ("group", "objective", "level", "sources", "claims", "language"):
                assert getattr(after, key) == getattr(before, key)
            assert (block(after.prompt), block(after.explanation)) == (block(before.prompt), block(before.explanation))
            assert after.solution(words("en")) == before.solution(words("en"))


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_file_keeps_to_what_moodle_takes(path):
    for element in elements(load_bank(path)).values():
        kind = element.get("type")
        if kind != "ordering":
            assert {one.get("fraction").removeprefix("-") for one in element.findall("answer")} <= MOODLES
        if kind in ("multichoice", "matching", "ordering"):
            assert element.find("shownumcorrect") is not None
        if kind == "truefalse":
            assert [text(one) for one in element.findall("answer")] == ["true", "false"]
        if kind == "matching":
            assert len(element.findall("subquestion")) >= 3
        if kind == "multichoice" and element.findtext("single") == "false":
            right = sum(Fraction(one.get("fraction")) for one in element.findall("answer") if not one.get("fraction").startswith("-"))
            assert round(right / 100, 2) == 1
        assert all(len(text(tag)) <= 50 for tag in element.find("tags"))


def test_every_kind_of_feedback_is_in_the_file():
    bank = load_bank(ROOT / "quizzes" / "bank" / "energy.yml")
    made = elements(bank)
    for question in bank:
        said = "".join(made[question.id].itertext())
        assert block(question.explanation) in said
        for hint in question.hints:
            assert block(hint) in said


def test_shares_are_those_of_moodles_list_or_the_nearest_and_that_is_said(tmp_path):
    assert set(GRADES) == MOODLES
    assert [grade(Fraction(n, 7)) for n in (1, -1, 3)] == [("14.28571", True), ("-14.28571", True), ("40", False)]
    assert [share(text) for text in ("33.33333", "33.333", "-16.66667", "42", "12,5")] == [Fraction(1, 3), Fraction(1, 3), Fraction(-1, 6), Fraction(42, 100), Fraction(1, 8)]
    bank = bank_of(tmp_path, type="one-choice", choices=[{"id": "a", "text": "A", "correct": True, "feedback": "Yes."},
                                                         {"id": "b", "text": "B", "grade": 42, "feedback": "Partly."}])
    assert [one.get("fraction") for one in elements(bank)["one"].findall("answer")] == ["100", "40"]
    assert lost(bank) == {("42 % of the points", "40 %, the nearest that Moodle has")}


@pytest.mark.parametrize(("question", "losses"), [
    pytest.param({"type": "many-choices", "credit": "all-or-nothing", "choices": [{"id": "a", "text": "A", "correct": True, "feedback": "."},
                                                                                  {"id": "b", "text": "B", "feedback": "."}]},
                 {("the rule 'all-or-nothing' for several picks", "each right one earns an equal share, each wrong one costs one")}, id="a rule"),
    pytest.param({"type": "short-text", "answer": "Sofia", "nearly": 0.5, "feedback": {"right": ".", "wrong": "."}},
                 {("spellings that are forgiven by rule", "the likely ones are listed as answers"), ("points for an answer with one letter wrong", "no points")},
                 id="spelling"),
    pytest.param({"type": "number", "answer": 3, "unit": "km", "feedback": {"right": ".", "wrong": "."}},
                 {("the unit beside the box (km)", "it may be typed")}, id="a unit"),
    pytest.param({"type": "match", "credit": "all-or-nothing", "distractors": ["Z"], "pairs": [
                     {"id": "a", "text": "A", "match": "*X*", "feedback": "."}, {"id": "b", "text": "B", "match": "Y", "feedback": "."}]},
                 {("emphasis and links on the right side", "plain text"), ("all or nothing", "every pair earns an equal share")}, id="pairs"),
    pytest.param({"type": "classify", "groups": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}],
                  "cards": [{"id": "a", "text": "A", "group": "x", "feedback": "."}, {"id": "b", "text": "B", "group": "y", "feedback": "."}]},
                 {("question", "left out, as Moodle matches 3 pairs or more")}, id="too few pairs"),
    pytest.param({"type": "timeline", "credit": "all-or-nothing", "from": 1900, "to": 2000, "points": 3, "events": [
                     {"id": "a", "text": "A", "year": 1912, "feedback": "."}, {"id": "b", "text": "B", "year": 1923, "feedback": "."}]},
                 {("time line", "asked as years to be typed"), ("all or nothing", "every year earns an equal share"),
                  ("3 points for 2 gaps", "4 points, as Moodle counts whole points a gap")}, id="a time line"),
    pytest.param({"type": "true-false", "answer": True, "objective": "ask", "sources": ["a" * 60], "feedback": {"right": ".", "wrong": "."}},
                 {(f"tag 'source:{'a' * 60}'", "left out, as Moodle cuts one longer than 50 characters")}, id="a long tag"),
])
def test_what_moodle_cannot_say_is_reported_with_what_is_done_instead(tmp_path, question, losses):
    assert lost(bank_of(tmp_path, **question)) == losses


def test_turkish_letters_are_told_apart_as_in_python(tmp_path):
    bank = bank_of(tmp_path, type="short-text", answer="Iğdır", feedback={"right": "Yes.", "wrong": "No."})
    element = elements(bank)["one"]
    assert element.findtext("usecase") == "1"
    marks = {typed: moodle_marks.shortanswer(element, typed) for typed in ("Iğdır", "ığdır", "IĞDIR", "Igdir", "igdir", "iğdır", "İğdır", "Kars")}
    assert marks == {typed: bank["one"].mark(typed).points for typed in marks}
    assert marks["ığdır"] == 1 and marks["iğdır"] == 0


def test_stars_and_signs_in_a_text_stand_for_themselves(tmp_path):
    bank = bank_of(tmp_path, type="cloze", text="A {a} and a {b}. {1:MC:=x} is no gap.", gaps=[
        {"id": "a", "type": "text", "answer": "5*3 {#~}=%50%", "feedback": {"right": "R~#}.", "wrong": "W."}},
        {"id": "b", "type": "choice", "choices": [{"id": "x", "text": "=x & <y>", "correct": True, "feedback": "."}, {"id": "y", "text": "%50%~", "feedback": "."}]}])
    (tmp_path / "references.bib").write_text("@misc{atlas, title = {An atlas}}", encoding="utf-8")
    element = elements(bank)["one"]
    assert moodle_marks.gaps(element, ["5*3 {#~}=%50%", 0]) == 1
    assert moodle_marks.gaps(element, ["5xx3 {#~}=%50%", 1]) == 0
    export(whole(bank), "moodle", tmp_path / "one.xml")
    take_in(tmp_path / "one.xml", "moodle", tmp_path / "back.yml")
    back = load_bank(tmp_path / "back.yml")["one"]
    assert isinstance(back, cloze.QuestionType)
    assert back.text == "A {gap-1} and a {gap-2}. {1:MC:=x} is no gap."
    assert (back.gaps[0].answer, back.gaps[1].choices[1].text) == ("5*3 {#~}=%50%", "%50%~")
