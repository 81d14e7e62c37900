from __future__ import annotations

import random
from itertools import chain, combinations

import pytest
from bare_page import reload
from item_types import bend, check, make_bank, pairs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

TABLE = """table: {caption: Exports & "imports", columns: [State, 2021, 2022, Note], rows: [
      [Serbia, 10, "12.50", ""], [Bosnia and Herzegovina, 7, 80, <b>], [شبه جزيرة, -1, 3, "*x*"]]}"""
BARS = """bars: {caption: Share of people, unit: "%", items: [
      {id: srb, label: Serbia, value: 33.5}, {id: alb, label: Albania, value: 75}, {id: mne, label: Montenegro, value: 0}]}"""
CELLS = "answer: [r1c2, r2c3], feedback: {r1c2: Ten., r2c3: Eighty., r3c4: A word., other: No.}"
BANK = f"""
  - {{id: one, type: hotspot, prompt: Pick., points: 2, ..., answer: r2c3, feedback: {{r2c3: Yes., r1c2: Ten., other: No.}}, {TABLE}}}
  - {{id: cells, type: hotspot, prompt: Pick., points: 3, ..., {CELLS}, {TABLE}}}
  - {{id: worst, type: hotspot, prompt: Pick., credit: ou-multiple-response, ..., {CELLS}, {TABLE}}}
  - {{id: strict, type: hotspot, prompt: Pick., credit: all-or-nothing, ..., {CELLS}, {TABLE}}}
  - {{id: heads, type: hotspot, prompt: Pick., ..., choices: [r3c1, r1c1], answer: r1c1, feedback: {{r1c1: "Yes.", other: "No."}}, {TABLE}}}
  - {{id: bars, type: hotspot, prompt: Pick., ..., answer: [alb, srb], feedback: {{alb: Most., srb: A third., mne: None.}}, {BARS}}}
"""


def subsets(question) -> list[list[str]]:
    return [list(picked) for picked in chain.from_iterable(combinations(question.places, n) for n in range(len(question.places) + 1))]


@pytest.mark.parametrize(("question", "picked", "points"), [
    pytest.param("one", "r2c3", 2, id="the cell"),
    pytest.param("one", ["r2c3"], 2, id="the cell, as a list of one"),
    pytest.param("one", "r1c2", 0, id="another cell"),
    pytest.param("cells", ["r2c3", "r1c2"], 3, id="the key, in any order"),
    pytest.param("cells", "r2c3", 1.5, id="half the key, alone"),
    pytest.param("cells", ["r2c3", "r1c2", "r3c4"], 1.5, id="the key and one wrong"),
    pytest.param("cells", ["r2c2", "r3c4", "r3c2"], 0, id="never below zero"),
    pytest.param("cells", [], 0, id="none of them"),
    pytest.param("worst", ["r2c3", "r3c4"], 0.5, id="as many as the key, one wrong"),
    pytest.param("worst", ["r2c3", "r1c2", "r3c4", "r3c2"], 0, id="the worst two are wrong"),
    pytest.param("strict", ["r2c3", "r1c2"], 1, id="all"),
    pytest.param("strict", ["r2c3"], 0, id="nothing"),
    pytest.param("bars", ["srb", "alb"], 1, id="two bars"),
])
def test_right_and_wrong_picks_are_counted(bank, question, picked, points):
    assert bank[question].mark(picked).points == points


def test_every_pick_has_its_own_feedback_or_that_of_the_others_in_the_order_shown(bank):
    assert bank["cells"].mark(["r3c4", "r2c2", "r1c2"]).feedback == ("Ten.", "No.", "A word.")


def test_an_empty_cell_and_the_first_of_a_row_cannot_be_picked_unless_the_question_says_so(bank):
    assert bank["one"].places == ("r1c2", "r1c3", "r2c2", "r2c3", "r2c4", "r3c2", "r3c3", "r3c4")
    assert bank["heads"].places == ("r1c1", "r3c1")


@pytest.mark.parametrize(("question", "answer", "found", "accepted"), [
    ("bars", ["srb", "srb"], "one id twice", "a list of srb, alb, mne, each once at most, one of them alone, or null"),
    ("bars", "bih", "an id that is no choice ('bih')", "a list of srb, alb, mne, each once at most, one of them alone, or null"),
    ("bars", [None], "nothing in the list", "a list of srb, alb, mne, each once at most, one of them alone, or null"),
    ("heads", ["r1c1", "r3c1"], "2 ids", "one of r1c1, r3c1, or null"),
    ("heads", [], "0 ids", "one of r1c1, r3c1, or null"),
    ("heads", {"r1c1": True}, "an object", "one of r1c1, r3c1, or null"),
    ("heads", "r1c2", "an id that is no choice ('r1c2')", "one of r1c1, r3c1, or null"),
])
def test_another_shape_is_refused(bank, question, answer, found, accepted):
    with pytest.raises(Refused) as error:
        bank[question].mark(answer)
    assert str(error.value) == f"question '{question}': found {found}; accepted: {accepted}"


FIT = "answer: r1c2, feedback: {r1c2: A., r1c3: B.}"


@pytest.mark.parametrize(("keys", "found"), [
    (FIT, "found neither 'table' nor 'bars'; accepted: one of the two"),
    (f"{FIT}, {TABLE}, {BARS}", "found both 'table' and 'bars'; accepted: one of the two"),
    ("answer: r9c9, feedback: {other: No.}, table: {caption: T, columns: [a, b, c], rows: [[x, 1, 2]]}", "found 'r9c9'; accepted: r1c2, r1c3"),
    ("answer: [r1c2, r1c2], feedback: {r1c2: A., other: No.}, table: {caption: T, columns: [a, b, c], rows: [[x, 1, 2]]}",
     "found 'r1c2' a second time; accepted: each id once"),
    (f"{FIT}, table: {{caption: T, columns: [a, b, c], rows: [[x, 1]]}}", "found a row of 2; accepted: 3 cells, one a column"),
    (f"{FIT}, table: {{caption: T, columns: [a, b], rows: [[x, 1]]}}", "found 1 places to pick from (r1c2); accepted: two or more, none of them 'other'"),
    (f"{FIT}, choices: [r1c2, r7c7], {TABLE}", "found 'r7c7'; accepted: r1c1, r1c2, r1c3, r2c1, r2c2, r2c3, r2c4, r3c1, r3c2, r3c3, r3c4"),
    ("answer: r1c2, feedback: {r1c3: B., other: No.}, table: {caption: T, columns: [a, b, c], rows: [[x, 1, 2]]}",
     "found no feedback for 'r1c2'; accepted: one for every id of the answer"),
    ("answer: r1c2, feedback: {r1c2: A.}, table: {caption: T, columns: [a, b, c], rows: [[x, 1, 2]]}",
     "found no feedback for 'r1c3'; accepted: one for every place, or 'other' for the rest"),
    ("answer: r1c2, feedback: {r1c2: A., r1c9: C., other: No.}, table: {caption: T, columns: [a, b, c], rows: [[x, 1, 2]]}",
     "found 'r1c9'; accepted: r1c2, r1c3, other"),
    (f"answer: alb, feedback: {{alb: A., other: No.}}, choices: [alb, srb], {BARS}",
     "found 'choices' beside 'bars'; accepted: 'choices' beside 'table'; every bar can be picked"),
    ("answer: a, feedback: {a: A., other: No.}, bars: {caption: C, items: [{id: a, label: A, value: 1}, {id: a, label: A, value: 1}]}",
     "found bar id 'a' a second time; accepted: each id once in a chart"),
    ("answer: a, feedback: {a: A., other: No.}, bars: {caption: C, items: [{id: a, label: A, value: 1}, {id: b, label: B, value: -1}]}",
     "found -1; accepted: greater than or equal to 0"),
])
def test_a_question_that_does_not_fit_its_table_or_chart_is_a_fault(tmp_path, keys, found):
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, f"\n  - {{id: one, type: hotspot, prompt: Pick., ..., {keys}}}\n")
    assert [fault.message for fault in error.value.faults] == [found]


def test_what_is_drawn_tells_neither_key_nor_feedback(bank):
    html = draw_question(bank["bars"], 1)
    assert "Most." not in html and "A third." not in html
    assert [html.index(f'value="{id_}"') for id_ in ("srb", "alb", "mne")] == sorted(html.index(f'value="{id_}"') for id_ in ("srb", "alb", "mne"))
    assert "checkbox" in html and "checked" not in html


def test_a_value_is_written_as_the_language_writes_it(tmp_path):
    bars = "bars: {caption: Area, unit: km², items: [{id: tur, label: Turkey, value: 783562}, {id: xkx, label: Kosovo, value: 10887.5}]}"
    bank = make_bank(tmp_path, f"\n  - {{id: one, type: hotspot, prompt: Pick., ..., answer: tur, feedback: {{tur: A., other: B.}}, {bars}}}\n")
    html = draw_question(bank["one"], 1)
    assert "783,562\u00a0km²" in html and "10,887.5\u00a0km²" in html


def test_page_and_python_mark_every_set_of_cells_and_bars_alike(open_page, address, bank):
    page = open_page(address)
    agree(page, bank, [(question.id, picked) for question in bank for picked in subsets(question)])
    chance = random.Random(2)

    def some(chance: random.Random, id_: str) -> list[str]:
        places = bank[id_].places
        return chance.sample(places, k=chance.randrange(len(places) + 1))

    agree(page, bank, pairs(bank, some))
    agree(page, bank, [(question.id, place) for question in bank for place in question.places])
    agree(page, bank, [("one", bend(chance, [place])) for place in bank["one"].places for _ in range(100)])


def test_cells_and_bars_are_picked_by_keyboard_kept_and_tried_again(open_page, address):
    page = open_page(address)
    tab_to(page, "[data-quiz-question=one] input")
    for key in ["Space", "ArrowDown", "ArrowDown", "ArrowDown"]:
        page.keyboard.press(key)
    assert check(page, "one") == "Right · 2 of 2\nYes."
    tab_to(page, "[data-quiz-question=bars] input")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert check(page, "bars") == "Not right · 0 of 1\nSerbia: A third.\nMontenegro: None."
    signs = "(all) => all.map((one) => one.dataset.mark)"
    assert page.locator("[data-quiz-question=bars] .quiz-option").evaluate_all(signs) == ["right", None, "wrong"]
    reload(page)
    assert page.locator("[data-quiz-question=one] input:checked").get_attribute("value") == "r2c3"
    assert page.locator("[data-quiz-question=bars] input:checked").count() == 2
    page.locator("[data-quiz-question=bars] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=bars] input:checked").count() == 0


def test_a_cell_is_named_by_its_row_its_column_and_itself(open_page, address):
    page = open_page(address)
    page.locator("[data-quiz-question=cells]").get_by_role("checkbox", name="Bosnia and Herzegovina 2022 80").check()
    page.locator("[data-quiz-question=cells] button[type=submit]").click()
    assert page.locator("[data-quiz-question=cells] .quiz-feedback").inner_text() == "Bosnia and Herzegovina, 2022, 80: Eighty."


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("popular-outside-nato", "answer: [kosovo, bosnia]", "answer: [kosovo, bih]",
     "found 'bih'; accepted: kosovo, albania, north-macedonia, bosnia, montenegro, serbia"),
    ("popular-outside-nato", "value: 82}", "value: 82 %}", "found '82 %'; accepted: a number"),
]
