from __future__ import annotations

import random

import pytest
from bare_page import PAGE, reload
from test_front_end import WRONG_SHAPES, agree

from quizzes import Faulty, Refused, front_end, load_bank
from quizzes.drawing import draw_question, draw_quiz

BANK = """
title: Survey
language: en
objectives: {ask: Ask}
questions:
""" + "".join(f"""
  - id: {moment}-reading
    type: survey
    about: bridge
    moment: {moment}
    group: {moment}
    objective: ask
    level: evaluate
    prompt: Is Turkey a *bridge*?
    scale:
      - {{id: "yes", text: "Yes, a bridge", feedback: The minister says so.}}
      - {{id: partly, text: In part & at times}}
      - {{id: "no", text: No}}
    explanation: Both views have holders.
    sources: [constitution-1924]
""" for moment in ("before", "after"))


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    path = tmp_path_factory.mktemp("survey") / "survey.yml"
    path.write_text(BANK, encoding="utf-8")
    return load_bank(path)


@pytest.fixture(scope="module")
def page_of_it(bank, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "quiz.html"
    quizzes = [draw_quiz(bank, bank.pick(group=moment), book="test", tools=True) for moment in ("before", "after")]
    path.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(), quiz="".join(quizzes)), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("answer", "state", "feedback"), [
    ("yes", "right", ("The minister says so.",)), ("no", "right", ()), (None, "unanswered", ()),
])
def test_a_verdict_is_noted_and_is_worth_nothing(bank, answer, state, feedback):
    mark = bank["before-reading"].mark(answer)
    assert (mark.points, mark.out_of, mark.state, mark.feedback) == (0, 0, state, feedback)


@pytest.mark.parametrize(("answer", "found"), [
    ("never", "an id that is no choice ('never')"), (["yes"], "a list"), (True, "true or false"), (0, "a number"), ("x" * 1_000_000, f"an id that is no choice ('{'x' * 40}')"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["before-reading"].mark(answer)
    assert str(error.value) == f"question 'before-reading': found {found}; accepted: one of yes, partly, no, or null"


@pytest.mark.parametrize(("before", "after", "message"), [
    ("    moment: before\n", "    moment: before\n    points: 1\n", "11: found 1; accepted: 0"),
    ("moment: before\n", "moment: between\n", "10: found 'between'; accepted: 'before' or 'after'"),
    ("id: partly", 'id: "yes"', "17: found id 'yes' a second time; accepted: each id once in a question"),
    ("    about: bridge\n", "", "7: found no 'about'; accepted: 'about' is needed beside id, type, prompt, group, objective, level, explanation, "
                                "sources, moment, scale"),
    ('text: No}', 'text: No, correct: true}', "18: found key 'correct'; accepted: id, text, feedback"),
])
def test_a_survey_that_would_count_or_mislead_is_a_fault_with_its_line(tmp_path, before, after, message):
    path = tmp_path / "survey.yml"
    path.write_text(BANK.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Faulty) as error:
        load_bank(path)
    assert str(error.value) == f"{path}:{message}"


def test_what_is_drawn_holds_no_feedback_and_says_that_there_are_no_points(bank):
    drawn = draw_question(bank["before-reading"], 1)
    assert "The minister says so." not in drawn
    assert "Pick your own view; no answer is wrong · <span>no points</span>" in drawn


def test_page_and_python_mark_alike(open_page, page_of_it, bank):
    chance = random.Random(5)
    pieces = ["yes", "no", "partly", "İ", "ı", "ß", "ﬁ", "\u0301", "５", "\U0001f600", "\x00", "\ud800", "__proto__"]
    made = ["".join(chance.choices(pieces, k=chance.randrange(1, 4))) for _ in range(1_000)]
    agree(open_page(page_of_it), bank, [(question.id, answer) for question in bank for answer in ["yes", "no", "partly", *made, *WRONG_SHAPES]])


def test_a_verdict_is_given_by_keyboard_noted_and_shown_again_after_reading(open_page, page_of_it):
    page = open_page(page_of_it)

    def answer(moment: str, keys: list[str]) -> str:
        page.locator(f"[data-quiz-question={moment}-reading] input").first.focus()
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        return page.locator(f"[data-quiz-question={moment}-reading] [role=status]").inner_text()

    assert answer("after", ["Space"]).split("\n\n") == ["Noted", "The minister says so."]  # nothing from before yet
    assert answer("before", ["Space", "ArrowDown"]) == "Noted"
    assert answer("after", ["ArrowUp"]).split("\n\n") == ["Noted", "Before you read, you said: In part & at times"]
    assert page.locator("[data-quiz-question=after-reading] [data-mark]").count() == 0
    assert page.locator(".quiz-total").first.inner_text() == "1 of 1 answered"
    reload(page)
    assert page.locator("[data-quiz-question=after-reading] .quiz-before").inner_text() == "Before you read, you said: In part & at times"
    page.locator("[data-quiz-question=before-reading] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=before-reading] input:checked").count() == 0


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("mediator-before", "about: mediator", "points: 1\n    about: mediator", "found 1; accepted: 0"),
    ("mediator-before", "    about: mediator\n", "",
     "found no 'about'; accepted: 'about' is needed beside id, type, prompt, group, objective, level, explanation, sources, moment, scale"),
    ("mediator-before", "moment: before", "moment: during", "found 'during'; accepted: 'before' or 'after'"),
]
