from __future__ import annotations

from itertools import permutations

import pytest
from bare_page import reload
from item_types import check, make_bank, pairs, signs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question
from quizzes.items import shuffled

BANK = """
  - {id: chain, type: order, prompt: Which came first?, points: 4, ..., items: [
      {id: berlin, text: Congress of *Berlin*, feedback: It was in 1878.},
      {id: wars, text: "First Balkan War & {place}", feedback: It began in 1912.},
      {id: republic, text: الجمهورية, feedback: It was in 1923.},
      {id: pact, text: Balkan Pact, feedback: It was in 1934.}]}
  - {id: next, type: order, credit: relative-to-next, prompt: Count., points: 3, ..., items: [
      {id: "1", text: "1", feedback: Two follows one.},
      {id: undefined, text: "2", feedback: Three follows two.},
      {id: constructor, text: "3", feedback: Four follows three.},
      {id: "0", text: "4", feedback: Nothing follows four.}]}
  - {id: strict, type: order, credit: all-or-nothing, prompt: Count., ..., items: [
      {id: a, text: "1", feedback: It is one.},
      {id: b, text: "2", feedback: It is two.},
      {id: c, text: "3", feedback: It is three.}]}
"""
KEY = ["berlin", "wars", "republic", "pact"]


@pytest.mark.parametrize(("question", "answer", "points", "feedback"), [
    pytest.param("chain", KEY, 4, (), id="absolute: the key"),
    pytest.param("chain", ["berlin", "republic", "wars", "pact"], 2, ("It began in 1912.", "It was in 1923."), id="absolute: two swapped"),
    pytest.param("chain", ["wars", "republic", "pact", "berlin"], 0,
                 ("It was in 1878.", "It began in 1912.", "It was in 1923.", "It was in 1934."), id="absolute: the first put last"),
    pytest.param("next", ["1", "undefined", "constructor", "0"], 3, (), id="relative: the key"),
    pytest.param("next", ["undefined", "constructor", "0", "1"], 2, ("Two follows one.",), id="relative: the first put last"),
    pytest.param("next", ["0", "1", "undefined", "constructor"], 2, ("Four follows three.",), id="relative: the last put first"),
    pytest.param("next", ["0", "constructor", "undefined", "1"], 0,
                 ("Two follows one.", "Three follows two.", "Four follows three."), id="relative: turned round"),
    pytest.param("strict", ["a", "b", "c"], 1, (), id="all or nothing: the key"),
    pytest.param("strict", ["a", "c", "b"], 0, ("It is two.", "It is three."), id="all or nothing: two swapped"),
])
def test_an_order_is_marked_by_the_rule_that_it_names(bank, question, answer, points, feedback):
    mark = bank[question].mark(answer)
    assert (mark.points, mark.feedback) == (points, feedback)


def test_nothing_moved_is_not_answered(bank):
    assert bank["chain"].mark(None).state == "unanswered"


@pytest.mark.parametrize("seed", [f"question-{n}" for n in range(50)])
def test_items_are_never_drawn_in_the_right_order(seed):
    assert sorted(shuffled(("a", "b", "c"), seed)) == ["a", "b", "c"]
    assert shuffled(("a", "b", "c"), seed) != ("a", "b", "c")
    assert shuffled(("a", "b", "c"), seed) == shuffled(["a", "b", "c"], seed)


def test_nothing_that_a_sealed_question_shows_is_in_the_right_order(bank):
    question = bank["chain"]
    html = draw_question(question, 1)
    drawn = sorted(KEY, key=lambda id_: html.index(f'data-quiz-item="{id_}"'))
    assert drawn != KEY
    assert list(question.public_part()["items"]) == drawn
    assert f"a list of {', '.join(drawn)}, each once, or null" == question.public_part()["accepts"]
    assert f'data-quiz-drawn="{" ".join(drawn)}"' in html
    assert "1878" not in html


@pytest.mark.parametrize(("answer", "found"), [
    ({}, "an object"), ("berlin", "text"), (True, "true or false"), (3, "a number"),
    ([1], "a number in the list"), ([["berlin"]], "a list in the list"), ([None], "nothing in the list"),
    (["ankara"], "an id that is no item ('ankara')"), (["berlin", "berlin"], "one id twice"),
    ([], "0 of 4 items"), (["berlin", "wars"], "2 of 4 items"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["chain"].mark(answer)
    assert str(error.value) == f"question 'chain': found {found}; accepted: a list of {', '.join(bank['chain'].ids)}, each once, or null"


@pytest.mark.parametrize(("before", "after", "message"), [
    ("id: wars", "id: berlin", "8: found id 'berlin' a second time; accepted: each id once in a question"),
    (',\n      {id: c, text: "3", feedback: It is three.}', "", "16: found 2 in 'items'; accepted: at least 3"),
    ("relative-to-next", "relative", "11: found 'relative'; accepted: 'absolute-position', 'relative-to-next' or 'all-or-nothing'"),
])
def test_an_order_that_cannot_work_is_a_fault_with_its_line(tmp_path, before, after, message):
    assert before in BANK
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, BANK.replace(before, after))
    assert [f"{fault.line}: {fault.message}" for fault in error.value.faults] == [message]


def test_page_and_python_mark_every_order_and_every_other_answer_alike(open_page, address, bank):
    def answer(chance, id_):
        return chance.sample(bank[id_].ids, k=len(bank[id_].ids))
    every = [(question.id, list(order)) for question in bank for order in permutations(question.ids)]
    agree(open_page(address), bank, every + pairs(bank, answer))


def order(page, question: str = "chain") -> list[str]:
    return page.locator(f"[data-quiz-question={question}] li").evaluate_all("(all) => all.map((line) => line.dataset.quizItem)")


def heard(page) -> str:
    return page.locator("[data-quiz-question=chain] [aria-live]").text_content()


def sort_by_keyboard(page, wanted: list[str]) -> None:
    """From the top, Tab to the handle that is wanted there and press the arrow until it is."""
    for place, item in enumerate(wanted):
        page.evaluate("document.querySelector('h1').setAttribute('tabindex', -1), document.querySelector('h1').focus()")
        tab_to(page, f"[data-quiz-item={item}] .quiz-handle")
        for _ in range(order(page).index(item) - place):
            page.keyboard.press("ArrowUp")
            assert page.evaluate("document.activeElement.closest('li').dataset.quizItem") == item


def test_it_is_answered_by_arrow_keys_alone_every_move_is_announced_and_all_is_kept(open_page, address, bank):
    page = open_page(address)
    assert order(page) == list(bank["chain"].ids)
    assert check(page, "chain") == "Not answered yet"
    reload(page)
    sort_by_keyboard(page, ["berlin", "republic", "wars", "pact"])
    tab_to(page, "[data-quiz-item=pact] .quiz-handle")
    page.keyboard.press("Home")
    assert heard(page) == "Balkan Pact: place 1 of 4"
    page.keyboard.press("ArrowDown")
    assert heard(page) == "Balkan Pact: place 2 of 4"
    page.keyboard.press("End")
    page.keyboard.press("End")
    assert heard(page) == "Balkan Pact: place 4 of 4"
    assert check(page, "chain") == ("Partly right · 2 of 4\nFirst Balkan War & {place}: It began in 1912.\nالجمهورية: It was in 1923.")
    assert signs(page, "chain") == {"berlin": "✓", "republic": "✗", "wars": "✗", "pact": "✓"}
    reload(page)
    assert order(page) == ["berlin", "republic", "wars", "pact"]
    assert signs(page, "chain") == {"berlin": "✓", "republic": "✗", "wars": "✗", "pact": "✓"}
    page.locator("[data-quiz-question=chain] [data-quiz-do=again]").click()
    assert order(page) == list(bank["chain"].ids)
    assert page.evaluate("document.activeElement.className") == "quiz-handle"
    assert check(page, "chain") == "Not answered yet"


def test_the_buttons_move_an_item_and_the_focus_stays_with_it_at_the_end_of_the_list(open_page, address, bank):
    page = open_page(address)
    ids = list(bank["chain"].ids)
    up = page.locator(f"[data-quiz-item={ids[1]}] [data-quiz-move='-1']")
    up.focus()
    page.keyboard.press("Enter")
    assert order(page) == [ids[1], ids[0], *ids[2:]]
    assert up.is_disabled()
    assert page.evaluate("document.activeElement.closest('li').dataset.quizItem") == ids[1]
    assert page.evaluate("document.activeElement.disabled") is False
    assert page.locator(f"[data-quiz-item={ids[0]}] [data-quiz-move='-1']").is_enabled()
    assert page.locator("[data-quiz-question=chain] :disabled").count() == 2
    page.locator(f"[data-quiz-item={ids[1]}] [data-quiz-move='1']").click()
    assert order(page) == ids  # moved and moved back is an answer
    assert check(page, "chain") != "Not answered yet"


def centre(page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_handle_is_dragged_by_mouse(open_page, address, bank):
    page = open_page(address)
    ids = list(bank["chain"].ids)
    x, y = centre(page, f"[data-quiz-item={ids[0]}] .quiz-handle")
    page.mouse.move(x, y)
    page.mouse.down()
    end = centre(page, f"[data-quiz-item={ids[3]}] .quiz-handle")[1]
    for n in range(1, 11):
        page.mouse.move(x, y + (end + 6 - y) * n / 10)
    assert page.locator("[data-dragged]").count() == 1
    page.mouse.up()
    assert order(page) == [*ids[1:], ids[0]]
    assert heard(page).endswith("place 4 of 4")
    assert page.locator("[data-dragged]").count() == 0
    page.mouse.move(x, y)  # let go is let go
    assert order(page) == [*ids[1:], ids[0]]


def test_a_press_without_a_move_is_no_answer(open_page, address):
    page = open_page(address)
    page.locator("[data-quiz-question=chain] .quiz-handle").first.click()
    assert check(page, "chain") == "Not answered yet"


def test_a_handle_is_dragged_by_touch_and_beside_it_the_page_scrolls(open_page, address, bank):
    page = open_page(address, has_touch=True, viewport={"width": 390, "height": 500})
    touch = page.context.new_cdp_session(page)
    ids = list(bank["chain"].ids)

    def swipe(selector: str, by: float) -> None:
        x, y = centre(page, selector)
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for n in range(1, 11):
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + by * n / 10}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    lowest = centre(page, f"[data-quiz-item={ids[2]}] .quiz-handle")[1] + 6
    swipe(f"[data-quiz-item={ids[0]}] .quiz-handle", lowest - centre(page, f"[data-quiz-item={ids[0]}] .quiz-handle")[1])
    assert order(page) == [ids[1], ids[2], ids[0], ids[3]]
    assert page.evaluate("scrollY") == 0
    swipe(f"[data-quiz-item={ids[2]}] .quiz-name", -150)
    page.wait_for_function("scrollY > 0")
    assert order(page) == [ids[1], ids[2], ids[0], ids[3]]


def test_without_javascript_the_items_read_and_no_button_shows(open_page, address):
    page = open_page(address, java_script_enabled=False)
    text = page.locator("[data-quiz-question=chain]").inner_text()
    assert all(words in text for words in ("Congress of Berlin", "First Balkan War & {place}", "Balkan Pact"))
    assert page.locator("[data-quiz-question=chain] li button:visible").count() == 0


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("into-the-eu", "id: bulgaria", "id: greece",
     "found id 'greece' a second time; accepted: each id once in a question"),
    ("into-the-eu", "explanation:", "credit: partial\n    explanation:",
     "found 'partial'; accepted: 'absolute-position', 'relative-to-next' or 'all-or-nothing'"),
]
