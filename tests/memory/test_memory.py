"""What a reader did, kept in the browser: the page of progress, reviews, two tabs, and everything that can go wrong."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from readers import MONDAY, build, question


def test_before_the_first_answer_the_page_says_what_will_be_here_and_shows_no_zeros(reader):
    one = reader()
    page = one.open("progress")
    text = page.locator("[role=main], .body").first.inner_text()
    assert "Answer a question in any chapter; from then on this page shows" in text
    assert page.get_by_role("link", name="Begin with: Every type").get_attribute("href") == "types.html"
    assert page.locator("table:visible").count() == 0 and "0 of" not in text


def test_without_javascript_the_page_says_what_it_would_show(reader):
    text = reader(java_script_enabled=False).open("progress").locator(".quiz-progress").inner_text()
    assert text.startswith("With JavaScript on, this page shows")
    assert "stored in this browser, on this device" in text


def test_what_was_answered_and_read_is_shown_by_chapter_with_latest_and_best_points(reader):
    one = reader()
    one.answer("Ankara")
    one.page.locator("[data-quiz-question=one] [data-quiz-do=again]").click()
    one.page.get_by_label("İstanbul").check()
    one.page.locator("[data-quiz-question=one] button[type=submit]").click()
    one.page.get_by_label("Serbia").check()  # answered and not checked: no points yet
    one.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    one.page.wait_for_function("localStorage.getItem('quizzes:small-book:read:every-type')")
    one.open("progress")
    assert one.row("every-type") == ["2 of 6", "1 of 2", "2 of 2"]
    assert one.row("mixed") == ["0 of 2", "–", "–"]
    assert one.row("*") == ["2 of 8", "1 of 2", "2 of 2"]
    assert "Read to the end on 2 March 2026" in one.page.locator("[data-row=every-type]").inner_text()
    assert one.page.get_by_role("link", name="Every type").get_attribute("href") == "types.html"


def test_a_chapter_that_was_only_opened_is_not_read(reader):
    one = reader(viewport={"width": 390, "height": 500})
    one.open("types")
    assert not [key for key in one.stored() if ":read:" in key]


@pytest.mark.parametrize(("city", "days"), [("Ankara", 2), ("İstanbul", 1), ("İzmir", 1)])
def test_a_question_comes_back_after_the_days_that_fsrs_gives_it_whatever_the_hour(reader, city, days):
    one = reader()
    one.answer(city)
    one.open("progress")
    assert "Nothing is due today." in one.due()
    one.at(MONDAY.replace(day=2 + days, hour=0, minute=1)).open("progress")
    assert "Due today: 1" in one.due()
    one.at(MONDAY.replace(day=1 + days, hour=23, minute=59)).open("progress")
    assert "Due today" not in one.due() and "Tomorrow: 1" in one.due()


def test_only_the_first_check_of_a_day_is_a_review(reader):
    one = reader()
    one.answer("İzmir")  # wrong, then told
    one.page.get_by_label("Ankara", exact=True).check()
    one.page.locator("[data-quiz-question=one] button[type=submit]").click()
    one.open("progress")
    assert "Tomorrow: 1" in one.due()  # as after a wrong answer
    assert one.row("every-type") == ["1 of 6", "2 of 2", "2 of 2"]


def test_looking_at_a_mark_again_is_no_review(reader):
    one = reader()
    one.answer("Ankara")
    one.at(MONDAY.replace(day=5))
    one.open("types").locator("[data-quiz-question=one] button[type=submit]").click()
    assert len([key for key in one.stored() if ":review:" in key]) == 1


def test_a_right_guess_comes_back_sooner_than_what_was_known(reader):
    one = reader()
    one.open("progress")
    entries = {f"review:every-type/{id_}@2026-03-{day:02}T10:00:00.000Z": question("right", certainty=certainty)
               for id_, certainty in (("one", 1), ("many", 2), ("worst", 3)) for day in (1, 2)}
    one.store(**entries)
    one.page.reload()
    days = one.page.locator(".quiz-days").inner_text()
    assert days == "Thursday, 5 March: 1\nMonday, 9 March: 2"  # to be very sure earns nothing more than to be fairly sure
    table = [one.row(level) for level in "321"]
    assert table == [["2", "2 of 2 (100%)"], ["2", "2 of 2 (100%)"], ["2", "2 of 2 (100%)"]]


def test_due_questions_are_reviewed_on_the_page_one_after_another(reader):
    one = reader()
    one.answer("İzmir")
    one.at(MONDAY.replace(day=9))
    one.open("progress")
    page = one.page
    assert not page.locator("script[src*='quizzes-bank']").count()
    page.get_by_role("button", name="Review now (1)").press("Enter")
    head = page.get_by_role("heading", name="Every type: 1 of 1")
    head.wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Every type: 1 of 1"
    assert page.locator("[data-part=review] input:checked").count() == 0  # asked anew, though an answer is kept
    kept = lambda: json.loads(one.stored()["quizzes:small-book:every-type/one"])  # noqa: E731
    before = kept()
    page.get_by_label("Ankara", exact=True).check()
    assert kept() == before and before["checked"]  # until the new answer is checked, the earlier one stands
    page.get_by_role("button", name="Check").click()
    assert page.locator("[data-part=review] .quiz-state").inner_text().startswith("Right · 2 of 2") and kept() != before
    page.get_by_role("button", name="Finish").click()
    assert page.locator("[data-part=review]").inner_text() == "Answered: 1. Right: 1."
    assert "Nothing is due today." in one.due()
    one.open("types")
    assert page.get_by_label("Ankara", exact=True).is_checked()  # the newest answer is the chapter's too


def test_of_a_text_that_readers_mark_themselves_the_last_tick_of_a_day_counts(reader):
    one = reader()
    page = one.open("mixed")
    page.locator("textarea").fill("It lies inland.")
    page.locator("[data-quiz-question=text] button[type=submit]").click()
    history = lambda: [json.loads(text)["points"] for key, text in one.stored().items() if ":review:" in key]  # noqa: E731
    assert history() == [0]  # nothing is ticked yet
    page.get_by_label("It lies inland").check()
    assert history() == [1]
    page.get_by_label("It was safe").check()
    assert history() == [2]
    one.open("progress")
    assert one.row("mixed") == ["1 of 2", "2 of 2", "2 of 2"]
    assert "Wednesday, 4 March: 1" in one.due()


def test_a_question_lent_to_another_chapter_is_due_once(reader):
    one = reader()
    one.answer("İzmir")
    one.answer("İzmir", "mixed")
    one.at(MONDAY.replace(day=9)).open("progress")
    assert "Due today: 1" in one.due()
    assert one.row("mixed") == ["1 of 2", "0 of 2", "0 of 2"]


def test_answers_from_before_there_was_a_history_begin_one(reader):
    one = reader()
    one.open("types")
    one.store(**{"every-type/one": {"answer": "istanbul", "checked": True, "at": "2026-02-01T10:00:00.000Z"}})
    one.page.reload()
    one.open("progress")
    assert one.row("every-type") == ["1 of 6", "1 of 2", "1 of 2"]
    assert "Due today: 1" in one.due()


# Two tabs


def test_two_tabs_that_answer_at_once_lose_nothing(chromium, book):
    context = chromium.new_context()
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(f"{book}/types.html")
    progress = context.new_page()
    progress.goto(f"{book}/progress.html")
    answer = """([id, value]) => {
      const form = document.querySelector(`[data-quiz-question=${id}]`);
      form.querySelector(`input[value=${value}]`).click();
      form.requestSubmit();
    }"""
    for tab, what in zip(tabs * 2, (["one", "ankara"], ["one", "izmir"], ["statement", "true"], ["worst", "five"]), strict=True):
        tab.evaluate(answer, what)  # neither has heard of the other yet
    progress.wait_for_function("Object.keys(localStorage).filter((key) => key.includes(':review:')).length >= 4")
    stored = progress.evaluate("({ ...localStorage })")
    assert sorted(key.split("@")[0].rpartition(":")[2] for key in stored if ":review:" in key) == [
        "every-type/one", "every-type/one", "every-type/statement", "every-type/worst"]
    assert {key.rpartition(":")[2] for key in stored if ":review:" not in key and ":read:" not in key} == {
        "every-type/one", "every-type/statement", "every-type/worst"}
    progress.wait_for_function("document.querySelector('[data-row=every-type] td')?.textContent === '3 of 6'")  # without a reload
    context.close()


# Clocks and changes


def test_a_clock_that_was_ahead_loses_nothing_and_is_told(reader):
    one = reader()
    one.at(datetime(2031, 5, 5, 12)).answer("Ankara")
    one.at(MONDAY).open("progress")
    assert one.told() == "Answers dated after today: 1. The clock of this device may have been changed; they are kept, and count once their day has come."
    assert "Due today: 1" in one.due()
    one.answer("İzmir")
    one.at(MONDAY.replace(day=3)).open("progress")
    assert "Due today: 1" in one.due()  # by the answer of Monday


def test_a_clock_that_goes_back_gives_no_negative_interval(reader):
    one = reader()
    one.answer("Ankara")
    one.at(datetime(1970, 1, 2)).answer("Ankara")
    one.at(MONDAY.replace(day=3)).open("progress")
    assert "NaN" not in one.due() and one.told() == ""
    assert one.page.locator("[data-part=due]").is_visible()


def change(source: Path, before: str, after: str) -> str:
    """The book of `source` with a line of its bank changed; returns its address on disk."""
    copy = source.parent / f"{source.name}-{abs(hash((before, after)))}"
    shutil.copytree(source, copy, dirs_exist_ok=True)
    bank = copy / "quizzes" / "bank" / "every-type.yml"
    text = bank.read_text(encoding="utf-8")
    assert before in text
    bank.write_text(text.replace(before, after), encoding="utf-8")
    build(copy)
    return (copy / "out").as_uri()


def test_a_question_that_changed_is_due_again_and_its_answer_kept(reader, source, tmp_path):
    one = reader()
    one.answer()
    one.book = change(source, "Which **city** is the capital of Turkey?", "Which **city** is not the capital of Turkey?")
    one.open("progress")
    assert one.told() == "These questions have changed since you answered them; your answers are kept and go into the saved file, and the questions are due again: Every type: one."
    assert one.page.get_by_role("link", name="Every type: one").get_attribute("href") == "types.html#quiz-every-type-one"
    assert "Due today: 1" in one.due()
    assert "every-type/one" in one.save(tmp_path / "saved.json")["reviews"]


def test_a_better_explanation_is_no_change(reader, source):
    one = reader()
    one.answer()
    one.book = change(source, "The parliament moved the capital", "In 1923 the parliament moved the capital")
    one.open("progress")
    assert one.page.locator(".quiz-told").is_hidden()


def test_a_question_that_vanished_is_told_and_its_answer_kept(reader, tmp_path):
    one = reader()
    one.open("progress")
    one.store(**{"every-type/gone": {"answer": "x", "checked": True}, "review:every-type/gone@2026-03-01T10:00:00.000Z": question("right"),
                 "lost-bank/one": {"answer": "x", "checked": True}})
    one.page.reload()
    assert one.told() == ("These questions that you answered are no longer in the book; your answers are kept and go into the saved file: "
                          "every-type/gone, lost-bank/one.")
    assert {"every-type/gone", "lost-bank/one"} <= one.save(tmp_path / "saved.json")["answers"].keys()


def test_an_answer_that_its_question_no_longer_has_is_told_on_its_page_and_kept(reader, tmp_path):
    one = reader()
    one.open("types")
    one.store(**{"every-type/one": {"answer": "bursa", "checked": True}})
    one.page.reload()
    assert one.said().startswith("Some questions have changed since you answered them.")
    one.page.get_by_label("Ankara", exact=True).check()
    one.page.get_by_text("Your answers", exact=True).click()
    saved = one.save(tmp_path / "saved.json")
    assert saved["answers"]["every-type/one"]["answer"] == "ankara"
    assert "bursa" in " ".join(saved["damaged"].values())


@pytest.mark.parametrize("damaged", ["{", "null", "[]", "7", '{"state": "right"}', '{"state": "x", "points": 1, "out_of": 1}', "\x00"])
def test_a_damaged_history_is_left_out_told_and_kept(reader, tmp_path, damaged):
    one = reader()
    one.answer()
    one.open("progress")
    one.store(**{"review:every-type/many@2026-03-01T10:00:00.000Z": damaged, "review:every-type/many@never": question("right"), "read:mixed": damaged})
    one.page.reload()
    assert one.told() == "Entries that could not be read, kept as they are: 3."
    assert one.row("every-type") == ["1 of 6", "2 of 2", "2 of 2"]
    assert len(one.save(tmp_path / "saved.json")["damaged"]) == 3


@pytest.mark.parametrize(("directive", "message"), [
    (".. progress:: evry-type", "progress: found bank 'evry-type'; accepted: every-type, mixed"),
])
def test_a_bank_that_does_not_exist_stops_the_build(source, tmp_path, directive, message):
    shutil.copytree(source, tmp_path / "book", ignore=shutil.ignore_patterns("out"))
    (tmp_path / "book" / "progress.rst").write_text(f"Progress\n========\n\n{directive}\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=message):
        build(tmp_path / "book")


def test_the_page_of_a_chapter_loads_nothing_of_the_page_of_progress(source):
    assert "quizzes-progress" not in (source / "out" / "types.html").read_text(encoding="utf-8")
    assert "quizzes-progress.js" in (source / "out" / "progress.html").read_text(encoding="utf-8")
