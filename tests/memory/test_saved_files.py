"""Answers that are taken along in a file, cleared, or cannot be kept."""

from __future__ import annotations

import json

import pytest
from readers import MONDAY, question


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
