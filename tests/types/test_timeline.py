from __future__ import annotations

import math

import pytest
from bare_page import reload
from item_types import check, make_bank, pairs, signs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

BANK = """
  - {id: when, type: timeline, prompt: When was it?, points: 3, ..., from: 1990, to: 2026, near: 3, events: [
      {id: dayton, text: The *Dayton* agreement, year: 1995, feedback: It was in 1995.},
      {id: kosovo, text: "إعلان الاستقلال", year: 2008, tolerance: 1, feedback: It was in February 2008.},
      {id: constructor, text: Skopje joins & signs, year: 2020, tolerance: 2, feedback: It was in March 2020.}]}
  - {id: strict, type: timeline, credit: all-or-nothing, prompt: When?, ..., from: -500, to: 600, events: [
      {id: "1", text: A Roman town, year: -1, tolerance: 5, feedback: Before.},
      {id: "0", text: A Byzantine town, year: 330, feedback: After.}]}
"""


@pytest.mark.parametrize(("answer", "points", "state"), [
    pytest.param({"dayton": 1995, "kosovo": 2008, "constructor": 2020}, 3, "right", id="the years"),
    pytest.param({"dayton": 1995.0, "kosovo": 2007, "constructor": 2022}, 3, "right", id="the edges of the tolerances"),
    pytest.param({"dayton": 1994, "kosovo": 2010, "constructor": 2023}, 1.5, "partly", id="near"),
    pytest.param({"dayton": 1992, "kosovo": 2011, "constructor": 2017}, 1.5, "partly", id="the edges of near"),
    pytest.param({"dayton": 1991, "kosovo": 2012, "constructor": 2016}, 0, "wrong", id="past near"),
    pytest.param({"dayton": 1995}, 1, "partly", id="two left out"),
    pytest.param({"dayton": 1995, "kosovo": 2005}, 1.5, "partly", id="one right, one near, one left out"),
    pytest.param({}, 0, "wrong", id="an object of nothing"),
    pytest.param(None, 0, "unanswered", id="nothing"),
])
def test_a_year_earns_its_share_within_the_tolerance_and_half_of_it_near(bank, answer, points, state):
    mark = bank["when"].mark(answer)
    assert (mark.points, mark.state) == (points, state)


def test_feedback_is_that_of_the_events_that_are_not_within_their_tolerance(bank):
    mark = bank["when"].mark({"dayton": 1996, "kosovo": 2009})
    assert sorted(mark.feedback) == ["It was in 1995.", "It was in March 2020."]
    assert bank["when"].mark({"dayton": 1995, "kosovo": 2009, "constructor": 2018}).feedback == ()


def test_all_or_nothing_gives_no_part_and_years_may_lie_before_the_common_era(bank):
    assert bank["strict"].mark({"1": -6, "0": 330}).points == 1
    assert bank["strict"].mark({"1": -7, "0": 330}).points == 0


@pytest.mark.parametrize(("answer", "found"), [
    ([1995], "a list"), (1995, "a number"), ("1995", "text"),
    ({"ohrid": 2001}, "a key that is no event ('ohrid')"),
    ({"dayton": "1995"}, "text in the object"), ({"dayton": True}, "true or false in the object"), ({"dayton": None}, "nothing in the object"),
    ({"dayton": 1995.5}, "a number that is no year of the line"), ({"dayton": 1989}, "a number that is no year of the line"),
    ({"dayton": 2027}, "a number that is no year of the line"), ({"dayton": math.nan}, "a number that is no year of the line"),
    ({"dayton": math.inf}, "a number that is no year of the line"), ({"dayton": 10 ** 400}, "a number that is no year of the line"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["when"].mark(answer)
    assert str(error.value) == (f"question 'when': found {found}; accepted: an object, {', '.join(bank['when'].ids)} "
                                "to whole years from 1990 to 2026, or null")


@pytest.mark.parametrize(("before", "after", "message"), [
    ("to: 2026", "to: 1990", "6: found 1990; accepted: a year after 1990"),
    ("year: 2008", "year: 1908", "8: found 1908; accepted: a year from 1990 to 2026"),
    ("near: 3", "near: 2", "6: found 2; accepted: more than the tolerance of 'constructor', 2"),
    ("from: 1990, ", "", "6: found no 'from'; accepted: 'from' is needed beside id, type, prompt, group, objective, level, explanation, sources, to, events"),
    ("tolerance: 1,", "tolerance: -1,", "8: found -1; accepted: greater than or equal to 0"),
    ("year: 1995", "year: 1995.5", "7: found 1995.5; accepted: a whole number"),
    ("near: 3", 'near: "3"', "6: found '3'; accepted: a whole number"),
    ("id: kosovo", "id: dayton", "8: found id 'dayton' a second time; accepted: each id once in a question"),
])
def test_a_timeline_that_cannot_work_is_a_fault_with_its_line(tmp_path, before, after, message):
    assert before in BANK
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, BANK.replace(before, after))
    assert [f"{fault.line}: {fault.message}" for fault in error.value.faults] == [message]


def test_what_is_drawn_tells_neither_a_year_nor_the_order_of_the_years(bank):
    html = draw_question(bank["when"], 1)
    assert not any(year in html for year in ("1995", "2020", "It was"))
    assert html.count('value="2008"') == 3  # the middle of the line, for all alike
    assert list(bank["when"].ids) != ["dayton", "kosovo", "constructor"]


def test_page_and_python_mark_alike(open_page, address, bank):
    def answer(chance, id_):
        question = bank[id_]
        first, last = question.span
        return {event.id: chance.choice([event.year + chance.randrange(-5, 6), chance.randrange(first, last + 1), float(last)])
                for event in chance.sample(question.events, k=chance.randrange(len(question.events) + 1))}
    agree(open_page(address), bank, pairs(bank, answer))


def event(page, id_: str) -> tuple[str, str, str, str | None]:
    """What the slider, the number box and the text beside them show, and what is read aloud of the slider."""
    row = page.locator(f"[data-quiz-item={id_}]")
    slider = row.locator("[type=range]")
    return slider.input_value(), row.locator("[type=number]").input_value(), row.locator("output").inner_text(), slider.get_attribute("aria-valuetext")


def test_it_is_answered_by_keyboard_alone_and_kept_over_a_reload(open_page, address):
    page = open_page(address)
    assert event(page, "dayton") == ("2008", "", "–", "no year yet")
    assert check(page, "when") == "Not answered yet"
    reload(page)
    for id_ in [row.get_attribute("data-quiz-item") for row in page.locator("[data-quiz-question=when] .quiz-event").all()]:
        if id_ == "kosovo":
            tab_to(page, "[data-quiz-item=kosovo] [type=range]")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
            assert event(page, "kosovo") == ("2010", "2010", "2010", None)
        if id_ == "dayton":
            tab_to(page, "[data-quiz-item=dayton] [type=number]")
            page.keyboard.type("1995")
            assert event(page, "dayton") == ("1995", "1995", "1995", None)
    said = check(page, "when").splitlines()
    assert (said[0], sorted(said[1:])) == ("Partly right · 1.5 of 3", ["Skopje joins & signs: It was in March 2020.", "إعلان الاستقلال: It was in February 2008."])
    assert signs(page, "when") == {"dayton": "✓", "kosovo": "✗", "constructor": "✗"}
    reload(page)
    assert event(page, "kosovo") == ("2010", "2010", "2010", None)
    assert event(page, "constructor") == ("2008", "", "–", "no year yet")
    assert signs(page, "when") == {"dayton": "✓", "kosovo": "✗", "constructor": "✗"}
    page.locator("[data-quiz-question=when] [data-quiz-do=again]").click()
    assert event(page, "kosovo") == ("2008", "", "–", "no year yet")
    assert page.evaluate("document.activeElement.type") == "range"
    assert check(page, "when") == "Not answered yet"


def test_a_slider_pressed_where_it_stands_is_a_year_too(open_page, address):
    page = open_page(address)
    page.locator("[data-quiz-item=dayton] [type=range]").click()
    year, box, shown, heard = event(page, "dayton")
    assert box == shown == year
    assert heard is None
    assert page.locator(".quiz-total").inner_text() == "0 of 4 points, 0 of 2 answered"
    reload(page)
    assert event(page, "dayton")[1] == year


@pytest.mark.parametrize("typed", ["19", "3000", "-5", "1.5", "e"])
def test_a_typed_number_that_is_no_year_of_the_line_leaves_the_year_as_it_was(open_page, address, typed):
    page = open_page(address)
    box = page.locator("[data-quiz-item=dayton] [type=number]")
    box.press_sequentially(typed)
    box.press("Tab")
    assert event(page, "dayton") == ("2008", "", "–", "no year yet")
    box.fill("2001")
    box.clear()
    box.press_sequentially("2001")
    box.press("End")
    box.press_sequentially("7")
    box.press("Enter")
    assert event(page, "dayton") == ("2001", "2001", "2001", None)
    assert signs(page, "when")["dayton"] == "✗"


def test_an_emptied_box_takes_the_event_off_the_line(open_page, address):
    page = open_page(address)
    box = page.locator("[data-quiz-item=dayton] [type=number]")
    box.fill("2001")
    assert event(page, "dayton") == ("2001", "2001", "2001", None)
    box.fill("")
    assert event(page, "dayton") == ("2008", "", "–", "no year yet")
    assert check(page, "when") == "Not answered yet"


def test_without_javascript_every_event_reads_with_a_box_for_its_year(open_page, address):
    page = open_page(address, java_script_enabled=False)
    text = page.locator("[data-quiz-question=when]").inner_text()
    assert all(words in text for words in ("The Dayton agreement", "Skopje joins & signs", "إعلان الاستقلال"))
    assert page.locator("[data-quiz-question=when] [type=number]:visible").count() == 3


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("years-of-kosovo", "year: 2025", "year: 2035", "found 2035; accepted: a year from 2005 to 2026"),
    ("years-of-kosovo", "near: 2\n", "near: 1\n", "found 1; accepted: more than the tolerance of 'summit', 1"),
]
