"""What a reader did, kept in the browser: the page of progress, reviews, files taken along, two tabs, and everything that can go wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from bare_page import ROOT

MONDAY = datetime(2026, 3, 2, 20, 0)
LENT = """title: Mixed
objectives: {mix: Ask again}
questions:
  - {borrow: every-type/one, group: again}
  - id: text
    type: open-answer
    group: again
    objective: mix
    level: evaluate
    prompt: Why Ankara?
    points: 2
    model: It lies inland.
    rubric: [{id: inland, text: It lies inland}, {id: safe, text: It was safe}]
    explanation: Both were said.
    sources: [constitution-1924]
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A small book in another builder's theme: a chapter, one that asks its question again, the page of progress."""
    source = tmp_path_factory.mktemp("book")
    bank = source / "quizzes" / "bank"
    bank.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "banks" / "every-type.yml", bank)
    shutil.copy(ROOT / "tests" / "banks" / "references.bib", source)
    (bank / "mixed.yml").write_text(LENT, encoding="utf-8")
    (source / "conf.py").write_text("project = 'Small Book'\nextensions = ['quizzes.progress']\nhtml_theme = 'alabaster'\n", encoding="utf-8")
    (source / "index.rst").write_text("Start\n=====\n\n.. toctree::\n\n   types\n   mixed\n   progress\n", encoding="utf-8")
    (source / "types.rst").write_text("Types\n=====\n\n.. quiz:: every-type\n\nThe end.\n", encoding="utf-8")
    (source / "mixed.rst").write_text("Mixed\n=====\n\n.. quiz:: mixed\n", encoding="utf-8")
    (source / "progress.rst").write_text("Progress\n========\n\n.. progress:: every-type mixed\n", encoding="utf-8")
    build(source)
    return source


def build(source: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", source, source / "out"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def book(source) -> str:
    return (source / "out").as_uri()  # from disk, where nothing can be fetched


class Reader:
    """Somebody with a browser of their own and a clock that the test sets."""

    def __init__(self, page, book: str) -> None:
        self.page, self.book = page, book
        page.clock.set_fixed_time(MONDAY)

    def at(self, time: datetime) -> Reader:
        self.page.clock.set_fixed_time(time)
        return self

    def open(self, name: str):
        self.page.goto(f"{self.book}/{name}.html")
        return self.page

    def answer(self, city: str = "Ankara", name: str = "types") -> None:
        page = self.open(name)
        page.locator("[data-quiz-question=one]").get_by_label(city, exact=city == "Ankara").check()
        page.locator("[data-quiz-question=one] button[type=submit]").click()

    def stored(self) -> dict[str, str]:
        return self.page.evaluate("({ ...localStorage })")

    def store(self, **entries: object) -> None:
        self.page.evaluate("(entries) => { for (const [key, text] of Object.entries(entries)) localStorage.setItem(key, text); }",
                           {f"quizzes:small-book:{key}": text if isinstance(text, str) else json.dumps(text) for key, text in entries.items()})

    def row(self, name: str) -> list[str]:
        return self.page.locator(f"[data-row='{name}'] td").all_inner_texts()

    def said(self) -> str:
        return self.page.locator(".quiz-notice").inner_text()

    def told(self) -> str:
        return self.page.locator(".quiz-told").inner_text()

    def due(self) -> str:
        return self.page.locator("[data-part=due]").inner_text()

    def save(self, path: Path) -> dict:
        with self.page.expect_download() as download:
            self.page.locator("[data-quiz-do=export]").click()
        download.value.save_as(path)
        return json.loads(path.read_text(encoding="utf-8"))

    def take(self, path: Path) -> str:
        self.page.locator("[data-quiz-do=import]").evaluate("(button) => button.closest('.quiz').querySelector('.quiz-notice').textContent = ''")
        self.page.locator("input[type=file]").set_input_files(path)
        self.page.wait_for_function("document.querySelector('.quiz-notice').textContent")
        return self.said()


@pytest.fixture
def reader(open_page, book):
    return lambda **options: Reader(open_page("about:blank", **options), book)


def question(state: str, **more: object) -> dict[str, object]:
    return {"state": state, "points": {"right": 2, "partly": 1, "wrong": 0}[state], "out_of": 2} | more


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
    page.get_by_label("Ankara", exact=True).check()
    page.get_by_role("button", name="Check").click()
    assert page.locator("[data-part=review] .quiz-state").inner_text().startswith("Right · 2 of 2")
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


# Files


def test_a_file_of_one_browser_loses_nothing_in_another(reader, tmp_path):
    first, second = reader(), reader()
    first.answer("İzmir")
    first.at(MONDAY.replace(day=4)).answer("Ankara")
    second.at(MONDAY.replace(day=3)).answer("İstanbul")
    second.page.get_by_label("True").check()
    second.page.locator("[data-quiz-question=statement] button[type=submit]").click()
    second.open("progress")
    both = {**second.stored(), **first.stored()}  # the first's answer to "one" is the newer
    first.open("progress")
    saved = first.save(tmp_path / "saved.json")
    assert (saved["format"], saved["version"], saved["book"]) == ("quizzes-answers", 2, "small-book")
    assert second.take(tmp_path / "saved.json") == (
        "Taken in. Answers: 1. Checks: 2. Chapters read: 0. Answers that were newer here and stayed: 0.")
    reads = {key for key in both if ":read:" in key}
    assert {key: text for key, text in second.stored().items() if key not in reads} == {key: text for key, text in both.items() if key not in reads}
    assert second.row("every-type") == ["2 of 6", "3 of 3", "3 of 3"]
    assert second.take(tmp_path / "saved.json").startswith("Taken in. Answers: 0. Checks: 0.")  # a second time changes nothing

    second.save(tmp_path / "back.json")
    assert first.take(tmp_path / "back.json").startswith("Taken in. Answers: 1. Checks: 2.")
    assert {key for key in first.stored()} == {key for key in second.stored()}


def test_a_newer_answer_here_stays(reader, tmp_path):
    first, second = reader(), reader()
    first.answer("İzmir")
    second.at(MONDAY.replace(day=7)).answer("Ankara")
    first.open("progress")
    first.save(tmp_path / "old.json")
    second.open("progress")
    assert second.take(tmp_path / "old.json").endswith("Answers that were newer here and stayed: 1.")
    assert json.loads(second.stored()["quizzes:small-book:every-type/one"])["answer"] == "ankara"


def test_a_file_of_the_first_version_is_taken_in(reader, tmp_path):
    one = reader()
    one.open("progress")
    (tmp_path / "one.json").write_text(json.dumps({
        "format": "quizzes-answers", "version": 1, "book": "small-book", "saved": "2026-01-01T00:00:00Z", "damaged": {"every-type/one:1": "{"},
        "answers": {"every-type/one": {"answer": "ankara", "checked": True, "at": "2026-01-01T00:00:00Z"}}}), encoding="utf-8")
    assert one.take(tmp_path / "one.json") == ("Taken in. Answers: 1. Checks: 0. Chapters read: 0. Answers that were newer here and stayed: 0. "
                                               "Entries that could not be read, kept as they are: 1.")
    assert one.row("every-type")[0] == "1 of 6"


NOTHING = " Nothing was taken in, and nothing here has changed."
GOOD = {"format": "quizzes-answers", "version": 2, "book": "small-book", "answers": {}, "reviews": {}, "read": {}, "damaged": {}}


@pytest.mark.parametrize(("content", "why"), [
    pytest.param("", "This is not a file of answers that this book saved, or it is damaged.", id="empty"),
    pytest.param("{", "This is not a file of answers that this book saved, or it is damaged.", id="cut off"),
    pytest.param("\x00\x01\xff", "This is not a file of answers that this book saved, or it is damaged.", id="no text"),
    pytest.param("[]", "This is not a file of answers that this book saved, or it is damaged.", id="a list"),
    pytest.param("null", "This is not a file of answers that this book saved, or it is damaged.", id="null"),
    pytest.param(json.dumps({"format": "other"}), "This is not a file of answers that this book saved, or it is damaged.", id="foreign"),
    pytest.param(json.dumps(GOOD | {"answers": 7}), "This is not a file of answers that this book saved, or it is damaged.", id="no answers"),
    pytest.param(json.dumps(GOOD | {"version": "2"}), "This is not a file of answers that this book saved, or it is damaged.", id="no version"),
    pytest.param(json.dumps(GOOD | {"version": 3}), "This file was saved by a newer edition of the book.", id="newer"),
    pytest.param(json.dumps(GOOD | {"book": "another"}), "This file was saved by another book.", id="another book"),
    pytest.param(json.dumps(GOOD) + " " * 5 * 1024 * 1024, "The file is larger than 5 MB.", id="too large"),
])
def test_a_file_that_is_no_good_is_refused_in_a_sentence_and_changes_nothing(reader, tmp_path, content, why):
    one = reader()
    one.answer()
    one.open("progress")
    before = one.stored()
    (tmp_path / "file.json").write_text(content, encoding="utf-8")
    assert one.take(tmp_path / "file.json") == why + NOTHING
    assert one.stored() == before


def test_what_cannot_be_read_in_a_good_file_is_kept_as_it_is(reader, tmp_path):
    one = reader()
    one.open("progress")
    odd = GOOD | {"answers": {"every-type/one": {"answer": "ankara"}, "__proto__": {"answer": 1, "checked": True}, "a/b": "{"},
                  "reviews": {"every-type/one": [question("right"), question("right", at="soon"), 7, question("right", at="2026-03-01T10:00:00Z")],
                              "every-type/many": "x"},
                  "read": {"every-type": "never", "mixed": "2026-03-01T10:00:00Z"}}
    (tmp_path / "odd.json").write_text(json.dumps(odd), encoding="utf-8")
    said = one.take(tmp_path / "odd.json")
    assert said.startswith("Taken in. Answers: 0. Checks: 1. Chapters read: 1.")
    assert "could not be read" in one.told()
    assert one.row("every-type") == ["1 of 6", "2 of 2", "2 of 2"]
    kept = " ".join(one.save(tmp_path / "out.json")["damaged"].values())
    for text in ("ankara", "soon", "7", "never", "{", "x"):
        assert text in kept


FULL = """(room) => {
  const set = Storage.prototype.setItem;
  const used = () => Object.entries(localStorage).flat().join("").length;
  room += used();
  Storage.prototype.setItem = function (key, text) {
    if (used() - (this.getItem(key) ?? "").length + text.length > room) throw new DOMException('full', 'QuotaExceededError');
    set.call(this, key, text);
  };
}"""


def test_a_file_for_which_there_is_no_room_is_not_taken_in_by_half(reader, tmp_path):
    first, second = reader(), reader()
    first.answer()
    first.open("progress")
    first.save(tmp_path / "saved.json")
    second.at(MONDAY.replace(day=1)).answer("İzmir")
    second.open("progress")
    before = second.stored()
    second.page.evaluate(FULL, 10)  # for the answer, which is as long as the old one, and for nothing more
    assert second.take(tmp_path / "saved.json") == "This browser has no room for the file, or does not let the page store anything." + NOTHING
    assert second.stored() == before


def test_with_storage_full_a_check_is_still_marked_and_saved_to_the_file(reader, tmp_path):
    one = reader()
    page = one.open("types")
    page.evaluate(FULL, 0)
    page.get_by_label("Ankara", exact=True).check()
    page.locator("[data-quiz-question=one] button[type=submit]").click()
    assert "does not let the page store answers" in one.said()
    page.get_by_text("Your answers", exact=True).click()
    assert [review["points"] for review in one.save(tmp_path / "saved.json")["reviews"]["every-type/one"]] == [2]


def test_where_storage_is_forbidden_the_page_says_so(reader):
    one = reader()
    one.page.route("**/sphinx_highlight.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))  # not ours: it needs storage
    one.page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } })")
    one.open("progress")
    assert one.told() == "This browser does not let the page store answers. They will be lost when you leave."


def test_clear_asks_twice_and_leaves_nothing(reader):
    one = reader()
    one.answer()
    one.open("progress")
    clear = one.page.locator("[data-quiz-do=clear]")
    clear.click()
    assert clear.inner_text() == one.said() == "Press again to clear everything"
    assert one.stored()
    clear.click()
    assert one.said() == "Cleared."
    assert one.stored() == {}
    assert one.page.locator("[data-part=empty]").is_visible()


def test_clearing_a_quiz_on_its_page_clears_its_history_too(reader):
    one = reader()
    one.answer()
    one.page.get_by_text("Your answers", exact=True).click()
    one.page.locator("[data-quiz-do=clear]").click()
    one.page.locator("[data-quiz-do=clear]").click()
    assert [key for key in one.stored() if ":read:" not in key] == []


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
