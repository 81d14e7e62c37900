"""A test on a page: nothing is shown until it is handed in, its time, clocks that are set, two tabs."""

from __future__ import annotations

import pytest
from bare_page import PAGE, reload
from taking import kept, press

from quizzes import front_end
from quizzes.behaviours import Manner
from quizzes.drawing import draw_quiz

TEST = Manner(behaviour="test", minutes=20, extra=5)


def begin(page) -> None:
    press(page, "start")
    page.get_by_label("Ankara").check()


def left(page) -> int:
    """Seconds that the page shows as left."""
    minutes, seconds = page.locator("[role=timer]").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


def timed(shown, bank, how=TEST):
    page = shown(bank, how)
    page.clock.install()
    reload(page)
    return page


def test_a_test_shows_nothing_until_it_is_handed_in_and_asks_once_where_something_is_open(shown, city):
    page = shown(city, Manner(behaviour="test"))
    page.get_by_label("Izmir").check()
    page.locator("[data-quiz-question=year] input").fill("1923")
    page.locator("[data-quiz-question=year] input").press("Enter")
    assert page.locator("[data-state]").count() == 0
    assert page.locator(".quiz-total").inner_text() == "2 of 3 answered"
    press(page, "hand-in")
    assert page.locator(".quiz-said").inner_text() == "Not answered yet: 1. Press again to hand in."
    reload(page)
    assert page.locator("[data-state]").count() == 0
    press(page, "hand-in")
    press(page, "hand-in")
    assert page.locator(".quiz-said").inner_text() == "Handed in. 1 of 4 points, 2 of 3 answered"
    assert page.locator("form").evaluate_all("(forms) => forms.map((form) => form.dataset.state)") == ["wrong", "right", "unanswered"]
    assert page.locator(".quiz-why").count() == 3
    assert page.get_by_label("Ankara").is_disabled()
    press(page, "restart")
    assert page.locator("[data-state], input:checked").count() == 0
    assert page.locator(".quiz-total").inner_text() == "0 of 3 answered"


def test_a_test_leaves_alone_what_is_answered_elsewhere_on_the_book(shown, city):
    page = shown(city, Manner(behaviour="test"))
    page.evaluate("localStorage.setItem('quizzes:test:items/city', '{\"answer\": \"ankara\", \"checked\": true}')")
    reload(page)
    assert page.locator("input:checked, [data-state]").count() == 0
    page.get_by_label("Izmir").check()
    assert kept(page)["city"]["answer"] == "ankara" and kept(page)["city:all-test"]["answer"] == "izmir"


def test_a_reload_in_the_middle_of_a_timed_test_loses_neither_answers_nor_time(shown, city):
    page = timed(shown, city)
    assert not page.get_by_label("Ankara").is_visible()
    begin(page)
    page.clock.run_for(60_000)
    assert 1135 <= left(page) <= 1142
    reload(page)
    assert page.get_by_label("Ankara").is_checked()
    page.clock.run_for(1_000)
    assert 1130 <= left(page) <= 1142
    assert page.locator(".quiz-said").text_content() == ""


def test_five_minutes_and_one_are_announced_the_time_can_be_hidden_and_extended_once(shown, city):
    page = timed(shown, city)
    begin(page)
    page.evaluate("""window.heard = []; new MutationObserver(() => { const said = document.querySelector('.quiz-said').textContent; if (said) heard.push(said); })
      .observe(document.querySelector('.quiz-said'), { childList: true });""")
    press(page, "time")
    assert not page.locator("[role=timer]").is_visible()
    page.get_by_role("button", name="Show the time").click()
    page.clock.run_for(19 * 60_000 + 30_000)
    assert page.evaluate("heard") == ["Minutes left: 5.", "Minutes left: 1."]
    press(page, "extend")
    assert page.locator(".quiz-said").inner_text() == "Extended by 5 min."
    assert 325 <= left(page) <= 330
    assert page.locator("[data-quiz-do=extend]:visible").count() == 0
    page.clock.run_for(5 * 60_000 + 40_000)
    assert page.locator(".quiz-said").inner_text() == "The time is up. What you answered has been handed in. 2 of 4 points, 1 of 3 answered"
    assert page.locator("[data-quiz-question=city]").get_attribute("data-state") == "right"


def test_a_reader_may_start_without_a_time_limit(shown, city):
    page = timed(shown, city)
    press(page, "start-untimed")
    page.clock.run_for(30 * 60_000)
    assert not page.locator("[role=timer]").is_visible()
    assert page.locator("[data-state]").count() == 0


@pytest.mark.parametrize("hours", [-30, 30, -0.5, 0.5])
def test_a_clock_that_is_set_while_the_page_is_open_loses_nothing_and_is_said(shown, city, hours):
    page = timed(shown, city)
    begin(page)
    page.clock.run_for(60_000)
    page.clock.set_system_time(page.evaluate("Date.now()") / 1000 + hours * 3600)
    page.clock.run_for(2_000)
    assert page.locator(".quiz-said").inner_text() == "The clock of this device was set. Your answers are kept, and the time left runs on from where it was."
    assert 1125 <= left(page) <= 1145
    assert page.get_by_label("Ankara").is_checked() and page.locator("[data-state]").count() == 0


@pytest.mark.parametrize(("hours", "said"), [
    (-30, "The clock of this device was set. Your answers are kept, and the time left runs on from where it was."),
    (30, "The time ran out while this page was closed, or the clock of this device was set. What you answered is kept and has been handed in. "
         "2 of 4 points, 1 of 3 answered"),
])
def test_a_clock_that_is_set_while_the_page_is_closed_loses_no_answer(shown, city, hours, said):
    page = timed(shown, city)
    begin(page)
    page.clock.run_for(60_000)
    seen = page.evaluate("Date.now()") + hours * 3_600_000
    address = page.url

    def leave_and_come_back() -> None:
        page.goto("about:blank")
        page.clock.set_system_time(seen / 1000)
        page.goto(address)

    reload(page, leave_and_come_back)
    page.clock.run_for(1_000)
    assert page.locator(".quiz-said").inner_text() == said
    assert page.get_by_label("Ankara").is_checked()
    if hours < 0:
        assert 1125 <= left(page) <= 1145


def test_the_time_runs_out_in_two_tabs_at_once_and_every_answer_of_both_counts(chromium, city, tmp_path):
    file = tmp_path / "quiz.html"
    file.write_text(PAGE.format(css="", script=front_end.script(), quiz=draw_quiz(city, city, book="test", tools=True, how=TEST)), encoding="utf-8")
    context = chromium.new_context()
    context.clock.install()
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(file.as_uri())
    press(first, "start")
    second.get_by_label("True").wait_for()
    first.locator("[data-quiz-question=year] input").fill("19")
    second.get_by_label("True").check()
    first.locator("[data-quiz-question=year] input").fill("1923")
    second.get_by_label("Ankara").check()
    first.wait_for_function("document.querySelector('[value=ankara]').checked")
    assert first.locator("[data-quiz-question=year] input").input_value() == "1923"
    context.clock.run_for(20 * 60_000 + 5_000)
    for page in (first, second):
        page.wait_for_function("document.querySelectorAll('form[data-state=right]').length === 3")
        assert page.locator(".quiz-total").inner_text() == "4 of 4 points, 3 of 3 answered"
    context.close()


def test_another_paper_waits_until_this_one_is_handed_in(shown, city):
    page = shown(city, Manner(behaviour="test", draw=2, seed=4))
    page.locator("form:visible input").first.click()
    if page.locator("form:visible input").first.get_attribute("type") == "text":
        page.keyboard.type("1")
    press(page, "draw")
    assert page.locator(".quiz-seed [role=status]").inner_text() == "Hand in this paper first; then you can take another one."
    press(page, "hand-in")
    press(page, "hand-in")
    press(page, "draw")
    assert page.locator(".quiz-seed [role=status]").inner_text().startswith("This is paper ")
    assert page.locator("[data-state]").count() == 0 and page.locator("form:visible").count() == 2
