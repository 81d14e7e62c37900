from __future__ import annotations

import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import PAGE, WCAG, reload
from test_front_end import WRONG_SHAPES, agree

from quizzes import Faulty, Refused, front_end, load_bank
from quizzes.drawing import draw_question, draw_quiz

BANK = """
title: Open
language: en
objectives: {ask: Ask}
questions:
  - id: window
    type: open-answer
    group: first
    objective: ask
    level: evaluate
    prompt: Is the Platform a treaty? Give one reason.
    points: 4
    limit: 60
    model: |
      No. *Nothing* was signed.

      It meets because ministers are invited.
    rubric:
      - {id: no, text: It says **no**, points: 1}
      - {id: reason, text: It names a reason, points: 2.5}
      - {id: source, text: It names a source, points: 0.5}
    explanation: A treaty is signed and ratified.
    sources: [constitution-1924]
  - id: short
    type: open-answer
    group: first
    objective: ask
    level: apply
    prompt: Why?
    model: Because.
    rubric:
      - {id: because, text: It says because}
    explanation: So.
    sources: [constitution-1924]
"""
MODEL = "<p>No. <em>Nothing</em> was signed.</p>\n<p>It meets because ministers are invited.</p>"
ACCEPTS = ("accepted: text of at most 10000 characters, an object of such a 'text' and a list 'met' of criteria, "
           "each once at most, or null")


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    path = tmp_path_factory.mktemp("open") / "open.yml"
    path.write_text(BANK, encoding="utf-8")
    return load_bank(path)


@pytest.fixture(scope="module")
def page_of_it(bank, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "quiz.html"
    path.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                quiz=draw_quiz(bank, bank, book="test", tools=True)), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("answer", "points", "state", "feedback"), [
    pytest.param("No, nothing was signed.", 0, "unanswered", (MODEL,), id="a text with nothing ticked yet"),
    pytest.param({"text": "No.", "met": []}, 0, "unanswered", (MODEL,), id="the same as an object"),
    pytest.param({"text": "No.", "met": ["no"]}, 1, "partly", (MODEL,), id="one criterion"),
    pytest.param({"text": "No.", "met": ["source", "reason"]}, 3, "partly", (MODEL,), id="two, in any order"),
    pytest.param({"text": "No.", "met": ["no", "reason", "source"]}, 4, "right", (MODEL,), id="all"),
    pytest.param("", 0, "unanswered", (), id="an empty text"),
    pytest.param(" \n\u00a0\u3000\ufeff", 0, "unanswered", (), id="nothing but space"),
    pytest.param({"text": " ", "met": ["no", "reason", "source"]}, 0, "unanswered", (), id="ticks without a text earn nothing"),
    pytest.param("\x1c", 0, "unanswered", (MODEL,), id="a separator is no space on either side"),
    pytest.param(None, 0, "unanswered", (), id="nothing"),
])
def test_the_ticked_criteria_add_up(bank, answer, points, state, feedback):
    mark = bank["window"].mark(answer)
    assert (mark.points, mark.out_of, mark.state, mark.feedback) == (points, 4, state, feedback)


@pytest.mark.parametrize(("answer", "found"), [
    (7, "a number"), (True, "true or false"), (["no"], "a list"), ({}, "nothing as 'text'"),
    ({"text": None, "met": []}, "nothing as 'text'"), ({"text": "No."}, "nothing as 'met'"), ({"text": "No.", "met": "no"}, "text as 'met'"),
    ({"text": "No.", "met": {}}, "an object as 'met'"), ({"text": "No.", "met": [1]}, "a number in 'met'"),
    ({"text": "No.", "met": ["yes"]}, "an id that is no criterion ('yes')"),
    ({"text": "No.", "met": ["__proto__"]}, "an id that is no criterion ('__proto__')"),
    ({"text": "No.", "met": ["no", "no"]}, "one id twice"), ({"text": "No.", "met": [], "points": 4}, "a key that is neither 'text' nor 'met'"),
    ("x" * 10_001, "text of more than 10000 characters"), ({"text": "x" * 1_000_000, "met": []}, "text of more than 10000 characters"),
    ("\x00", "text with a null byte or half a letter"), ("a\ud800", "text with a null byte or half a letter"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["window"].mark(answer)
    assert str(error.value) == f"question 'window': found {found}; {ACCEPTS}"


@pytest.mark.parametrize(("before", "after", "message"), [
    ("points: 2.5", "points: 2", "18: found criteria worth 3.5 points in all; accepted: 4, as 'points' says"),
    ("points: 2.5", "points: 2.3", "20: found 2.3; accepted: a multiple of 0.25"),
    ("id: source", "id: no", "21: found id 'no' a second time; accepted: each id once in a question"),
    ("limit: 60", "limit: 0", "13: found 0; accepted: greater than or equal to 1"),
    ("    model: Because.\n", "", "24: found no 'model'; accepted: 'model' is needed beside id, type, prompt, group, objective, level, "
                                  "explanation, sources, rubric"),
])
def test_a_rubric_that_cannot_work_is_a_fault_with_its_line(tmp_path, before, after, message):
    path = tmp_path / "open.yml"
    path.write_text(BANK.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Faulty) as error:
        load_bank(path)
    assert str(error.value) == f"{path}:{message}"


def test_what_is_drawn_gives_neither_the_model_answer_nor_the_rubric_away(bank):
    drawn = draw_question(bank["window"], 1) + str(bank["window"].public_part())
    for secret in ("Nothing", "ministers", "names a reason", "reason'", "ratified"):
        assert secret not in drawn


def answers(seed: int, how_many: int) -> list[object]:
    """Texts of all kinds, with any criteria ticked."""
    chance = random.Random(seed)
    pieces = ["No", " ", "\n", "\t", "\u0301", "İ", "ı", "ß", "ﬁ", "５", "\U0001f600", "\u200f", "سلام", "\u2028", "\ufeff", "\u0085", "\x1c", "\x00", "\ud800"]
    made: list[object] = []
    for _ in range(how_many):
        text = "".join(chance.choices(pieces, k=chance.randrange(6)))
        met = chance.sample(["no", "reason", "source"], chance.randrange(4)) + ["yes", "no", 5, None][chance.randrange(30):][:1]
        made.append(chance.choice([text, {"text": text, "met": met}, {"text": text, "met": met}]))
    return made


def test_page_and_python_mark_alike(open_page, page_of_it, bank):
    pairs: list[tuple[str, object]] = [("window", answer) for answer in answers(3, 3_000)]
    odd = [*WRONG_SHAPES, {"text": "a", "met": ["__proto__"]}, {"__proto__": 1, "text": "a", "met": []}, {"constructor": "a"},
           {"text": "\U0001f600" * 10_000, "met": []}, "\U0001f600" * 10_001, {"text": "a"}, {"met": []}, {"text": "a", "met": ["because"]}]
    agree(open_page(page_of_it), bank, pairs + [(question.id, answer) for question in bank for answer in odd])


def result(page) -> str:
    return page.locator("[data-quiz-question=window] .quiz-state").inner_text()


def test_a_text_is_written_compared_ticked_and_kept_by_keyboard_alone(open_page, page_of_it):
    page = open_page(page_of_it)
    page.keyboard.press("Tab")
    assert page.locator(".quiz-limit").first.inner_text() == "Words: 0; 60 are enough."
    page.keyboard.type("No, nothing was signed.")
    assert page.locator(".quiz-limit").first.inner_text() == "Words: 4; 60 are enough."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert result(page) == "Compare your text with the model answer, then tick what it has"
    assert page.locator(".quiz-model").inner_text() == "No. Nothing was signed.\n\nIt meets because ministers are invited."
    assert page.locator("[data-quiz-question=window] [role=status] .quiz-feedback").count() == 0  # not read out at every tick
    page.keyboard.press("Tab")  # Try again
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert result(page) == "Partly right · 1 of 4"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert result(page) == "Partly right · 3.5 of 4"
    assert page.evaluate("document.activeElement.value") == "reason"  # focus stays
    assert page.locator(".quiz-total").inner_text() == "3.5 of 5 points, 1 of 2 answered"

    reload(page)
    assert result(page) == "Partly right · 3.5 of 4"
    assert page.locator("textarea").first.input_value() == "No, nothing was signed."
    assert page.locator(".quiz-rubric input:checked").count() == 2

    page.locator("textarea").first.press("!")  # mended: hidden, and what was ticked stays
    assert page.locator(".quiz-rubric").is_hidden()
    assert page.locator(".quiz-state").count() == 0
    page.locator("[data-quiz-question=window] [type=submit]").click()
    assert result(page) == "Partly right · 3.5 of 4"
    for id_ in ("no", "reason"):
        page.locator(f".quiz-rubric [value={id_}]").uncheck()
    assert result(page) == "Compare your text with the model answer, then tick what it has"

    page.locator("[data-quiz-question=window] [data-quiz-do=again]").click()
    assert page.locator("textarea").first.input_value() == ""
    assert page.locator(".quiz-rubric").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.locator("[data-quiz-question=window] [type=submit]").click()
    assert result(page) == "Not answered yet"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_the_check(open_page, page_of_it, scheme):
    page = open_page(page_of_it, color_scheme=scheme, viewport={"width": 320, "height": 844})
    assert Axe().run(page, options=WCAG).response["violations"] == []
    page.locator("textarea").first.fill("No. " * 30)
    page.locator("[data-quiz-question=window] [type=submit]").click()
    assert Axe().run(page, options=WCAG).response["violations"] == []
    page.locator(".quiz-rubric input").first.check()
    assert Axe().run(page, options=WCAG).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert min(box.bounding_box()["height"] for box in page.locator(".quiz-rubric .quiz-option, textarea").all()) >= 44


def test_without_javascript_the_box_is_there_and_nothing_is_given_away(open_page, page_of_it):
    page = open_page(page_of_it, java_script_enabled=False)
    assert page.get_by_label("Your answer").first.is_visible()
    assert page.locator(".quiz-limit").first.inner_text() == "60 words are enough."
    assert "signed" not in page.locator("main").inner_text()


def test_a_right_to_left_text_is_laid_out_from_the_right(open_page, page_of_it):
    page = open_page(page_of_it)
    box = page.locator("textarea").first
    box.fill("لا، لم يوقع شيء.")
    assert box.evaluate("(box) => getComputedStyle(box).direction") == "rtl"


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("what-the-platform-lacks", "points: 3", "points: 4", "found criteria worth 3 points in all; accepted: 4, as 'points' says"),
    ("what-the-platform-lacks", "      - id: against\n", "      - id: for\n", "found id 'for' a second time; accepted: each id once in a question"),
]
