"""Moodle XML that others wrote: what is read of it, and what is reported."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from quizzes import load_bank
from quizzes.exchange import Loss, Read
from quizzes.exchange.moodle import read
from quizzes.exchange.moodle.kinds import KINDS
from quizzes.exchange.moving import take_in
from quizzes.exchange.simpler import as_choices
from quizzes.text import block

HEAD = '<name><text>{name}</text></name><questiontext format="html"><text><![CDATA[{asked}]]></text></questiontext>'


def take(folder: Path, kind: str, inside: str, asked: str = "<p>Which?</p>", name: str = "One") -> Read:
    """One question as a file of Moodle holds it, read."""
    path = folder / "quiz.xml"
    path.write_text(f'<?xml version="1.0"?>\n<quiz>\n<question type="{kind}">{HEAD.format(name=name, asked=asked)}\n{inside}</question></quiz>', encoding="utf-8")
    return read(path)


def answer(text: str, fraction: float, feedback: str = "", more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text><feedback><text>{feedback}</text></feedback>{more}</answer>'


def only(read_: Read) -> dict[str, Any]:
    (question,) = read_.bank["questions"]
    return question


def said(read_: Read) -> list[tuple[str, str]]:
    return [(loss.lost, loss.instead) for loss in read_.losses]


def test_a_choice_with_parts_of_the_points_is_read(tmp_path):
    read_ = take(tmp_path, "multichoice", "<single>true</single><shuffleanswers>1</shuffleanswers><defaultgrade>2.0000000</defaultgrade><penalty>0.5</penalty>"
                 + answer("Sofia", 100, "Yes") + answer("&lt;b&gt;Plovdiv&lt;/b&gt;", 33.333) + answer("Varna", -25))
    assert only(read_) | {"prompt": "Which?", "points": 2, "penalty": 0.5, "choices": [
        {"id": "b", "text": "Sofia", "correct": True, "feedback": "Yes"}, {"id": "a", "text": "**Plovdiv**", "feedback": "", "grade": 33.33333},
        {"id": "c", "text": "Varna", "feedback": ""}]} == only(read_)
    assert said(read_) == [("a choice that costs 25 % of the points", "costs nothing")]


def test_several_choices_are_read_and_other_shares_reported(tmp_path):
    right = take(tmp_path, "multichoice", "<single>false</single><shuffleanswers>true</shuffleanswers>"
                 + answer("A", 50) + answer("B", 50) + answer("C", -50))
    assert only(right)["type"] == "many-choices" and said(right) == []
    free = take(tmp_path, "multichoice", "<single>false</single>" + answer("A", 60) + answer("B", 40) + answer("C", 0))
    assert (only(free)["type"], only(free)["shuffle"]) == ("many-choices", False)
    assert said(free) == [("per cent of the points for each choice (60, 40, 0)", "each right pick earns an equal share, each wrong one costs one")]


@pytest.mark.parametrize(("kind", "rule"), [("multichoiceset", "all-or-nothing"), ("oumultiresponse", "ou-multiple-response")])
def test_choices_of_plugins_keep_their_rule(tmp_path, kind, rule):
    read_ = take(tmp_path, kind, answer("A", 100) + answer("B", 100) + answer("C", 0))
    assert (only(read_)["type"], only(read_)["credit"], said(read_)) == ("many-choices", rule, [])


def test_more_choices_than_a_list_can_have_are_passages(tmp_path):
    read_ = take(tmp_path, "multichoice", "".join(answer(letter, 100 if letter == "D" else 0, f"It is {letter}") for letter in "ABCDEFGH"))
    assert (only(read_)["type"], only(read_)["answer"], only(read_)["feedback"]["a"]) == ("mark-text", "d", "It is A")
    assert said(read_) == [("8 choices in a list of at most 6", "asked as passages to be marked")]


def test_numbers_with_tolerance_units_and_another_answer_are_read(tmp_path):
    tolerance = "<tolerance>{}</tolerance>"
    read_ = take(tmp_path, "numerical", answer("2,5", 100, "Yes", tolerance.format("0.1")) + answer("25", 50, "Ten times", tolerance.format("1"))
                 + answer("*", 0, "No", tolerance.format("0"))
                 + "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit><unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units>"
                 + "<unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty>")
    assert only(read_) | {"type": "number", "answer": 2.5, "tolerance": 0.1, "unit": "km", "feedback": {"right": "Yes", "wrong": "No"},
                          "cases": [{"answer": 25, "tolerance": 1, "credit": 0.5, "feedback": "Ten times"}]} == only(read_)
    assert said(read_) == [("unit 'm', 1000 times the first", "left out"), ("points for the unit", "the unit may be left out")]


def test_texts_are_read_and_what_stands_for_any_text_is_reported(tmp_path):
    read_ = take(tmp_path, "shortanswer", "<usecase>1</usecase>" + answer("Tito", 100, "Yes") + answer("Josip Broz*", 100) + answer("Ranković", 25, "Partly")
                 + answer("*", 0, "No"))
    assert only(read_) | {"type": "short-text", "answer": "Tito", "accept": ["Josip Broz"], "feedback": {"right": "Yes", "wrong": "No"},
                          "cases": [{"answer": "Ranković", "credit": 0.25, "feedback": "Partly"}]} == only(read_)
    assert said(read_) == [("* for any text in 'Josip Broz*'", "'Josip Broz' alone"), ("capitals and small letters told apart", "taken for the same")]


def test_pairs_are_read_as_matching_or_as_groups(tmp_path):
    def sub(left: str, right: str) -> str:
        return f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"

    three = take(tmp_path, "matching", sub("Albania", "Tirana") + sub("Kosovo", "Prishtina") + sub("", "Skopje"))
    assert [(pair["text"], pair["match"]) for pair in only(three)["pairs"]] == [("Albania", "Tirana"), ("Kosovo", "Prishtina")]
    assert (only(three)["distractors"], said(three)) == (["Skopje"], [])
    two = take(tmp_path, "match", sub("Bulgaria", "in") + sub("Serbia", "out") + sub("Romania", "in"))
    assert (only(two)["type"], [card["group"] for card in only(two)["cards"]]) == ("classify", ["a", "b", "a"])
    assert said(two) == [("matching", "asked as cards to be sorted into groups")]


@pytest.mark.parametrize(("rule", "credit", "losses"), [
    ("RELATIVE_NEXT_EXCLUDE_LAST", "relative-to-next", []), ("ALL_OR_NOTHING", "all-or-nothing", []),
    ("LONGEST_ORDERED_SUBSET", "absolute-position", [("the rule LONGEST_ORDERED_SUBSET", "every item in its place earns an equal share")])])
def test_an_order_keeps_its_rule_or_reports_it(tmp_path, rule, credit, losses):
    read_ = take(tmp_path, "ordering", f"<selecttype>ALL</selecttype><gradingtype>{rule}</gradingtype>" + answer("1912", 1) + answer("1913", 2) + answer("1923", 3))
    assert ([item["text"] for item in only(read_)["items"]], only(read_)["credit"], said(read_)) == (["1912", "1913", "1923"], credit, losses)


def test_ids_go_by_the_alphabet_and_tell_nothing_of_the_key(tmp_path):
    order = only(take(tmp_path, "ordering", answer("Sofia", 1) + answer("Plovdiv", 2) + answer("Varna", 3)))
    assert {item["text"]: item["id"] for item in order["items"]} == {"Plovdiv": "a", "Sofia": "b", "Varna": "c"}
    choice = only(take(tmp_path, "multichoice", answer("Varna", 100) + answer("Plovdiv", 0) + answer("Sofia", 0)))
    assert {one["text"]: one["id"] for one in choice["choices"]} == {"Plovdiv": "a", "Sofia": "b", "Varna": "c"}


def test_embedded_answers_are_read_as_moodle_shows_them(tmp_path):
    asked = ("<p>The wall of {1:SHORTANSWER:=Berlin#Yes~%50%Bonn#Half~*#No} stood for {2:NUMERICAL:=28:0.5#Yes~%50%30:2} years, "
             "in the {:MULTICHOICE_S:West~=East#Right \\} here}.</p>")
    read_ = take(tmp_path, "cloze", "", asked)
    assert only(read_)["text"] == "The wall of {gap-1} stood for {gap-2} years, in the {gap-3}."
    assert only(read_)["gaps"] == [
        {"id": "gap-1", "type": "text", "answer": "Berlin", "feedback": {"right": "Yes", "wrong": "No"}, "cases": [{"answer": "Bonn", "credit": 0.5, "feedback": "Half"}]},
        {"id": "gap-2", "type": "number", "answer": 28, "tolerance": 0.5, "feedback": {"right": "Yes", "wrong": ""},
         "cases": [{"answer": 30, "tolerance": 2, "credit": 0.5, "feedback": ""}]},
        {"id": "gap-3", "type": "choice", "choices": [{"id": "b", "text": "West", "feedback": ""}, {"id": "a", "text": "East", "correct": True, "feedback": "Right } here"}]}]
    assert only(read_)["points"] == 4
    assert said(read_) == [("weights of the gaps (1, 2, 1)", "every gap earns an equal share")]


def test_braces_that_would_be_a_gap_are_reported(tmp_path):
    read_ = take(tmp_path, "cloze", "", "<p>Of {1, 2} and {y} it is {1:SA:=Ankara}.</p>")
    assert only(read_)["text"] == "Of {1, 2} and (y) it is {gap-1}."
    assert said(read_) == [("braces around a word ({y})", "round brackets, as a gap stands in braces")]


@pytest.mark.parametrize(("kind", "element"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_missing_words_are_gaps_to_choose_for(tmp_path, kind, element):
    words = "".join(f"<{element}><text>{word}</text><group>{group}</group></{element}>" for word, group in (("north", 1), ("south", 1), ("Sava", 2), ("Drina", 2)))
    read_ = take(tmp_path, kind, words + "<correctfeedback><text>Well done.</text></correctfeedback>", "It lies [[1]] of the [[4]].")
    assert only(read_)["text"] == "It lies {gap-1} of the {gap-2}."
    assert [[(choice["text"], choice.get("correct", False)) for choice in gap["choices"]] for gap in only(read_)["gaps"]] == [
        [("north", True), ("south", False)], [("Sava", False), ("Drina", True)]]
    assert said(read_) == [("feedback to a whole answer (correctfeedback)", "left out")]


def test_an_essay_is_an_open_answer(tmp_path):
    read_ = take(tmp_path, "essay", '<graderinfo format="html"><text>Names two causes.</text></graderinfo><attachments>2</attachments><maxwordlimit>200</maxwordlimit>')
    assert only(read_) | {"type": "open-answer", "model": "Names two causes.", "limit": 200} == only(read_)
    assert said(read_) == [("2 files to be handed in", "left out")]


def test_hints_tags_pictures_and_formulas_are_kept_or_reported(tmp_path):
    inside = (answer("true", 100) + answer("false", 0) + '<hint format="html"><text>Look west.</text><clearwrong/></hint><hint><text></text></hint>'
              "<tags><tag><text>rivers</text></tag><tag><text>level:apply</text></tag></tags><generalfeedback><text>\\(x^2\\)</text></generalfeedback>"
              "<strangething>new</strangething><defaultgrade>0</defaultgrade><idnumber>R 1</idnumber>")
    read_ = take(tmp_path, "truefalse", inside, '<p>See <img src="@@PLUGINFILE@@/a.png" alt="a river">.</p>')
    assert only(read_) | {"id": "r-1", "prompt": "See a river.", "hints": ["Look west."], "level": "apply"} == only(read_)
    assert said(read_) == [("img in the question", "left out"), ("formulas in the explanation", "left out"), ("tag 'rivers'", "left out"),
                           ("name 'One'", "left out"), ("what a hint does beside its text (clearwrong)", "left out"), ("0 points", "1 point"), ("<strangething>", "left out")]
    assert all(loss.original for loss in read_.losses if loss.lost.startswith(("img", "formulas", "<")))


@pytest.mark.parametrize(("kind", "inside", "why"), [
    ("calculated", "", "a question of type 'calculated', of which there is none here"), ("description", "", "a question of type 'description', of which there is none here"),
    ("multichoice", answer("A", 0) + answer("B", 0), "no choice is right"), ("numerical", answer("many", 100), "'many' is no number"),
    ("numerical", answer("NaN", 100), "'NaN' is no number"), ("numerical", answer("1e999999999", 100), "'1e999999999' is no number"),
    ("multichoice", answer("A", "1e999999999"), "fraction '1e999999999' is no number"), ("multichoice", answer("A", "lots"), "fraction 'lots' is no number"),
    ("cloze", "", "0 gaps, of 1 to 20"), ("truefalse", answer("true", 0) + answer("false", 0), "neither true nor false is right"),
    ("essay", '<graderinfo><text>&lt;ul class="quiz-rubric"&gt;&lt;li&gt;&lt;b&gt;1.2.3&lt;/b&gt;: All&lt;/li&gt;&lt;/ul&gt;</text></graderinfo>', "'1.2.3' is no number"),
    ("matching", "", "0 pairs with 0 right sides, of at least two")])
def test_a_question_that_cannot_be_asked_is_left_out_with_its_text(tmp_path, kind, inside, why):
    read_ = take(tmp_path, kind, inside)
    assert read_.bank["questions"] == []
    assert said(read_) == [("question", f"left out ({why})")]
    assert read_.losses[0].original.startswith(f'<question type="{kind}">')
    assert read_.places == {"one": "line 3"}


@pytest.mark.parametrize("error", [ZeroDivisionError, TypeError, ValueError("one"), KeyError("one")])
def test_whatever_goes_wrong_in_a_question_leaves_out_that_one(tmp_path, monkeypatch, error):
    def stumble(source: object) -> None:
        raise error

    monkeypatch.setitem(KINDS, "essay", stumble)
    read_ = take(tmp_path, "essay", f'</question><question type="truefalse">{HEAD.format(name="Two", asked="Is it?")}{answer("true", 100)}{answer("false", 0)}')
    assert only(read_)["prompt"] == "Is it?"
    assert said(read_) == [("question", "left out (values that no question of its kind has)")]


def test_a_text_with_gaps_that_never_end_is_not_searched_for_long(tmp_path):
    start = time.perf_counter()
    assert said(take(tmp_path, "cloze", "", "{1:SA:=a" * 6_000)) == [("question", "left out (0 gaps, of 1 to 20)")]
    assert said(take(tmp_path, "cloze", "", "{1:SA:=a" * 12_501)) == [("question", "left out (a text of 100008 characters, of at most 100000)")]
    assert time.perf_counter() - start < 20


def test_of_more_hints_than_a_question_can_have_the_first_are_kept(tmp_path):
    read_ = take(tmp_path, "truefalse", answer("true", 100) + answer("false", 0) + "".join(f"<hint><text>Hint {n}</text></hint>" for n in range(1, 13)))
    assert only(read_)["hints"] == [f"Hint {n}" for n in range(1, 11)]
    assert [(loss.lost, loss.original) for loss in read_.losses] == [("a hint after 10 others", "Hint 11"), ("a hint after 10 others", "Hint 12")]


def test_a_script_in_a_question_never_reaches_a_page(tmp_path):
    bang = "&lt;script&gt;run()&lt;/script&gt;&lt;img src=x onerror=run()&gt;&lt;a href='javascript:run()'&gt;x&lt;/a&gt;"
    path = tmp_path / "quiz.xml"
    path.write_text(f'<quiz><question type="multichoice"><name><text>{bang}</text></name><questiontext format="html"><text>Q {bang}</text></questiontext>'
                    f'<generalfeedback format="markdown"><text>{bang}</text></generalfeedback>{answer("A" + bang, 100, bang)}{answer("B" + bang, 0, bang)}'
                    f"<hint><text>H {bang}</text></hint></question></quiz>", encoding="utf-8")
    take_in(path, "moodle", tmp_path / "quiz.yml")
    (question,) = load_bank(tmp_path / "quiz.yml")
    shown = "".join((block(question.prompt), block(question.explanation), *map(block, question.hints), *(str(option) for option in as_choices(question).options)))
    assert "<script" not in shown and "<img" not in shown and 'href="javascript' not in shown


def test_categories_are_groups_and_the_first_name_is_the_title(tmp_path):
    def category(path: str, info: str = "") -> str:
        return f'<question type="category"><category><text>{path}</text></category><info><text>{info}</text></info></question>'

    asked = HEAD.format(name="{}", asked="Is it?")
    one = f'<question type="truefalse">{asked}{answer("true", 100)}{answer("false", 0)}</question>'
    path = tmp_path / "quiz.xml"
    path.write_text(f"<quiz>{category('$course$/top/Rivers//Lakes/The Danube', 'About it')}{one.format('One')}{category('$course$/top/Rivers//Lakes/İznik')}"
                    f"{one.format('Two')}{one.format('Two')}</quiz>", encoding="utf-8")
    read_ = read(path)
    assert (read_.bank["title"], [(question["id"], question["group"]) for question in read_.bank["questions"]]) == (
        "Rivers/Lakes", [("one", "the-danube"), ("two", "iznik"), ("two-2", "iznik")])
    assert read_.losses == (Loss(question="", lost="description of the category 'Rivers/Lakes/The Danube'", instead="left out", original="About it", place="line 1"),)


def test_objectives_nested_too_deep_are_left_out_and_the_questions_read(tmp_path):
    deep = '&lt;ul class="quiz-objectives"&gt;&lt;li&gt;&lt;b&gt;deep&lt;/b&gt;: ' + "&lt;b&gt;" * 5_000 + "&lt;/li&gt;"
    path = tmp_path / "quiz.xml"
    path.write_text(f'<quiz><question type="category"><category><text>Deep</text></category><info><text>{deep}</text></info></question>'
                    f'<question type="truefalse">{HEAD.format(name="One", asked="Is it?")}{answer("true", 100)}{answer("false", 0)}</question></quiz>', encoding="utf-8")
    assert only(read(path))["prompt"] == "Is it?"
    assert said(read(path)) == [("description of the category 'Deep'", "left out")]
