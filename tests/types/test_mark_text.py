from __future__ import annotations

from itertools import chain, combinations

import pytest
from bare_page import reload
from item_types import check, make_bank, pairs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

TEXT = 'text: ["A note:", {id: a, text: One & <b>}, "between", {id: b, text: "*Two* and three and four and five"}, {id: c, text: شبه جزيرة}]'
BANK = f"""
  - {{id: several, type: mark-text, prompt: Mark., points: 2, ..., answer: [a, c], feedback: {{a: First., other: No.}}, {TEXT}}}
  - {{id: single, type: mark-text, prompt: Mark., ..., answer: b, feedback: {{b: Second., other: No.}}, {TEXT}}}
""".replace("feedback: {a: First., other: No.}", "feedback: {a: First., c: Third., other: No.}")


@pytest.mark.parametrize(("question", "marked", "points", "feedback"), [
    pytest.param("several", ["c", "a"], 2, ("First.", "Third."), id="the key, told in the order of the text"),
    pytest.param("several", ["a"], 1, ("First.",), id="half the key"),
    pytest.param("several", ["a", "b"], 0, ("First.", "No."), id="one right and one wrong"),
    pytest.param("several", [], 0, (), id="none of them"),
    pytest.param("single", "b", 1, ("Second.",), id="the passage"),
    pytest.param("single", "a", 0, ("No.",), id="another passage"),
])
def test_right_and_wrong_passages_are_counted(bank, question, marked, points, feedback):
    mark = bank[question].mark(marked)
    assert (mark.points, mark.feedback) == (points, feedback)


@pytest.mark.parametrize(("answer", "found"), [("d", "an id that is no choice ('d')"), (["a", "b"], "2 ids"), ({"a": True}, "an object"), (7, "a number")])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["single"].mark(answer)
    assert str(error.value) == f"question 'single': found {found}; accepted: one of a, b, c, or null"


@pytest.mark.parametrize(("text", "found"), [
    ('["A.", "B."]', "found 0 places to pick from (); accepted: two or more, none of them 'other'"),
    ("[{id: a, text: A.}, {id: a, text: B.}]", "found passage id 'a' a second time; accepted: each id once in a text"),
    ("[{id: a, text: A.}, {id: b, text: B.}]", None),
])
def test_a_text_that_cannot_be_marked_is_a_fault(tmp_path, text, found):
    question = f"\n  - {{id: one, type: mark-text, prompt: Mark., ..., answer: a, feedback: {{other: No., a: Yes.}}, text: {text}}}\n"
    if found is None:
        assert len(make_bank(tmp_path, question)) == 1
        return
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, question)
    assert [fault.message for fault in error.value.faults] == [found]


def test_what_is_drawn_reads_as_the_text_and_tells_no_key(bank):
    html = draw_question(bank["several"], 1)
    places = [html.index(text) for text in ("A note:", "One &amp; &lt;b&gt;", "between", "<em>Two</em>", "شبه")]
    assert places == sorted(places)
    assert "First." not in html and "checked" not in html and html.count("checkbox") == 3


def test_page_and_python_mark_alike(open_page, address, bank):
    page = open_page(address)
    every = [list(marked) for n in range(4) for marked in combinations("abc", n)]
    agree(page, bank, [(question.id, marked) for question in bank for marked in chain(every, "abc")])
    agree(page, bank, pairs(bank, lambda chance, _: chance.sample("abc", k=chance.randrange(4))))


def test_passages_are_marked_by_keyboard_and_named_by_their_first_words(open_page, address):
    page = open_page(address)
    tab_to(page, "[data-quiz-question=several] input")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert check(page, "several") == "Not right · 0 of 2\nOne & <b>: First.\nTwo and three and four …: No."
    reload(page)
    assert page.locator("[data-quiz-question=several] input:checked").count() == 2


GUIDE_SLIPS = [
    ("views-in-a-note", "answer: [step, late]", "answer: [brave, late]", "found 'brave'; accepted: day, step, guests, late, second"),
    ("views-in-a-note", "{id: late, text:", "{id: step, text:", "found passage id 'step' a second time; accepted: each id once in a text"),
]
