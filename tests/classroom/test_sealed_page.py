"""An assignment in a real browser, on a phone, without a network. What is handed in is marked as by hand."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import ROOT, WCAG, reload
from sealed_pages import FIRST, GUIDE, answer_all, every_type, marks, say_who

from quizzes.classroom.assign import assign
from quizzes.classroom.collecting import Found
from quizzes.classroom.handin import read_hand_in
from quizzes.classroom.handout import page as draw_page
from quizzes.classroom.sealing import Sealed, seal
from quizzes.classroom.specification import Assignment, read_assignment

sys.path.insert(0, str(ROOT / "tests" / "types"))
from item_types import tab_to  # noqa: E402
from test_front_end import press_an_answer  # noqa: E402

FULL = "void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); })"


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    return every_type()


@pytest.fixture(scope="module")
def assignment(sealed) -> Assignment:
    return Assignment(specification=sealed.specification, bank=GUIDE, keep=Path())


@pytest.fixture(scope="module")
def address(sealed, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("sealed") / "assignment.html"
    path.write_text(draw_page(sealed), encoding="utf-8")
    return path.as_uri()


def open_offline(open_page, address: str, **options):
    return open_page(address, offline=True, **options)


def hand_in(page) -> tuple[str, dict]:
    """Press until the file comes; its name and what it holds."""
    button = page.locator("[data-sealed-do=hand-in]")
    with page.expect_download() as download:
        button.click()
        if button.inner_text() == "Hand in all the same":
            button.click()
    return download.value.suggested_filename, json.loads(download.value.path().read_text(encoding="utf-8"))


def test_every_type_is_answered_offline_by_keyboard_kept_over_a_reload_handed_in_and_marked_as_mark_does(open_page, address, sealed, assignment):
    page = open_offline(open_page, address)
    tab_to(page, "[name=name]")
    page.keyboard.type("Ana  Kovač ")
    tab_to(page, "[name=number]")
    page.keyboard.type("2023/0145")
    for question in GUIDE:
        tab_to(page, f"[data-quiz-question={question.id}] {FIRST}")
        press_an_answer(page)
    count = page.locator(".sealed-count").inner_text()
    assert count == f"{len(GUIDE)} of {len(GUIDE)} answered"
    assert page.locator(".sealed-open").inner_text() == "Every question has an answer."

    reload(page)
    assert page.locator(".sealed-count").inner_text() == count
    assert page.get_by_label("Your name").input_value() == "Ana  Kovač "
    name, handed = hand_in(page)
    assert name == "guide-2023-0145.json"
    assert {key: handed[key] for key in ("format", "version", "assignment", "name", "number")} == {
        "format": "quizzes-hand-in", "version": 1, "assignment": sealed.specification.id, "name": "Ana Kovač", "number": "2023/0145"}
    assert list(handed["answers"]) == [question.id for question in GUIDE]
    assert all(answer is not None for answer in handed["answers"].values())

    read = read_hand_in(Found(file=name, content=json.dumps(handed).encode(), time=None), assignment)
    assert (read.name, read.number) == ("Ana Kovač", "2023-0145")
    assert marks(GUIDE, read.answers) == marks(GUIDE, handed["answers"])  # nothing is refused
    assert len({mark["state"] for mark in marks(GUIDE, handed["answers"]).values()}) >= 3


def test_the_mark_of_what_was_handed_in_is_that_of_the_command(open_page, tmp_path):
    made = assign(ROOT / "tests" / "banks" / "every-type.yml", tmp_path / "out")
    page = open_offline(open_page, (tmp_path / "out/hand-out/assignment.html").as_uri())
    page.get_by_label("Ankara", exact=True).check()
    page.get_by_label("Albania").check()
    page.locator("[data-quiz-question=people] input").fill("85,3")
    say_who(page)
    _, handed = hand_in(page)
    kept = read_assignment(tmp_path / "out")
    assert handed["assignment"] == kept.specification.id == made.sealed.specification.id
    for bank in ("tests/banks/every-type.yml", str(tmp_path / "out/keep/key.yml")):
        for id_ in ("one", "many", "people", "statement"):
            done = subprocess.run([sys.executable, "-m", "quizzes", "mark", bank, id_, json.dumps(handed["answers"][id_])], cwd=ROOT, capture_output=True, text=True)
            assert json.loads(done.stdout) == kept.bank[id_].mark(handed["answers"][id_]).as_json()
    assert kept.bank["people"].mark(handed["answers"]["people"]).points == 2
    assert handed["answers"]["statement"] is None

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(handed), encoding="utf-8")
    graded = subprocess.run([sys.executable, "-m", "quizzes", "grade", str(tmp_path / "out"), str(tmp_path / "in"), "--out", str(tmp_path / "graded")],
                            cwd=ROOT, capture_output=True, text=True)
    assert (graded.returncode, graded.stderr) == (0, "")
    with (tmp_path / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    given = marks(kept.bank, handed["answers"])
    assert (row["number"], row["name"]) == ("2023/0145", "Ana Kovač")
    assert {id_: float(row[id_] or 0) for id_ in given} == {id_: mark["points"] for id_, mark in given.items()}
    assert float(row["total"]) == sum(mark["points"] for mark in given.values())


def test_what_is_open_is_named_and_led_to(open_page, address):
    page = open_offline(open_page, address)
    assert page.locator(".sealed-count").inner_text() == f"0 of {len(GUIDE)} answered"
    first, second = list(GUIDE)[:2]
    form = page.locator(f"[data-quiz-question={first.id}]")
    assert form.locator(".sealed-state").inner_text() == "Not answered yet"
    form.locator(FIRST).first.check()
    assert form.locator(".sealed-state span").inner_text() == "1 of 4 filled in"
    assert page.locator(".sealed-open a").first.inner_text() == "Question 2"
    page.locator("[data-sealed-do=next]").click()
    assert page.evaluate("document.activeElement.closest('form').dataset.quizQuestion") == second.id
    page.locator(".sealed-open a").last.click()
    assert page.evaluate("document.activeElement.closest('form').dataset.quizQuestion") == list(GUIDE)[-1].id


def test_a_text_without_a_number_is_open_where_one_is_asked_for_and_goes_along(open_page, address):
    page = open_offline(open_page, address)
    asked = next(question for question in GUIDE if question.type == "number")
    form = page.locator(f"[data-quiz-question={asked.id}]")
    for typed, said, open_ in (("about long", "This cannot be read. Please write it again.", 1), ("40 %", "Answered", 0)):
        form.locator("input").fill(typed)
        assert form.locator(".sealed-state span").inner_text() == said
        assert page.locator(f".sealed-open a[href='#question-{asked.id}']").count() == open_
    form.locator("input").fill("forty")
    say_who(page)
    assert hand_in(page)[1]["answers"][asked.id] == "forty"


@pytest.mark.parametrize(("name", "number", "said"), [
    ("", "2023/0145", ["Write your name here: letters, at most 100 characters.", ""]),
    ("12", "", ["Write your name here: letters, at most 100 characters.",
                "Write your number here: at most 30 letters and digits. Spaces and the signs . / _ - may stand between them."]),
    ("Ana", "=1+1", ["", "Write your number here: at most 30 letters and digits. Spaces and the signs . / _ - may stand between them."]),
    ("Ana", "12/", ["", "Write your number here: at most 30 letters and digits. Spaces and the signs . / _ - may stand between them."]),
    ("Ana", "1" * 31, ["", "Write your number here: at most 30 letters and digits. Spaces and the signs . / _ - may stand between them."]),
])
def test_who_hands_in_is_asked_for_and_checked(open_page, address, name, number, said):
    page = open_offline(open_page, address)
    say_who(page, name, number)
    page.locator("[data-sealed-do=hand-in]").click()
    assert page.locator(".sealed-wrong").all_inner_texts() == said
    assert page.evaluate("document.activeElement.name") == ("name" if said[0] else "number")
    assert page.locator(".sealed-said").inner_text() == "Not handed in yet: write who you are first."
    say_who(page)
    assert page.locator(".sealed-wrong").all_inner_texts() == ["", ""]


@pytest.mark.parametrize(("number", "file"), [
    ("2023/0145", "guide-2023-0145.json"), ("../../etc", None), ("Š 12", "guide-S-12.json"), ("ＡＢ１", "guide-AB1.json"), ("Љ-7", "guide-7.json"), ("Љ", "guide-409.json"),
])
def test_the_files_name_is_one_that_every_system_can_have(open_page, address, number, file):
    page = open_offline(open_page, address)
    say_who(page, number=number)
    if file is None:
        page.locator("[data-sealed-do=hand-in]").click()
        assert page.locator(".sealed-said").inner_text() == "Not handed in yet: write who you are first."
    else:
        assert hand_in(page)[0] == file


def test_it_says_that_questions_are_open_can_be_handed_in_all_the_same_and_again(open_page, address):
    page = open_offline(open_page, address)
    say_who(page)
    button = page.locator("[data-sealed-do=hand-in]")
    button.click()
    assert page.locator(".sealed-said").inner_text() == f"Not answered yet: {len(GUIDE)}. Press again to hand in."
    _, handed = hand_in(page)
    assert set(handed["answers"].values()) == {None}
    assert "Now send this file to your teacher." in page.locator(".sealed-handed").inner_text()
    page.get_by_text("Did no file appear?").click()
    assert json.loads(page.locator(".sealed-copy textarea").input_value()) == handed

    page.get_by_label("True", exact=True).check()
    assert page.locator(".sealed-handed").inner_text().startswith("You have changed something since you handed in")
    reload(page)
    assert page.locator(".sealed-kept").inner_text() == "Changed since you handed in"
    _, again = hand_in(page)
    assert (again["started"], True in again["answers"].values()) == (handed["started"], True)
    assert again["saved"] >= handed["saved"]
    assert page.locator(".sealed-kept").inner_text().startswith("Handed in at")


def test_a_cleared_answer_comes_back_when_asked_for(open_page, address):
    page = open_offline(open_page, address)
    text = next(question for question in GUIDE if question.type == "open-answer")
    form = page.locator(f"[data-quiz-question={text.id}]")
    form.locator("textarea").fill("All that I know")
    clear = form.locator("[data-sealed-do=clear]")
    clear.click()
    assert (form.locator("textarea").input_value(), form.locator(".sealed-state span").inner_text()) == ("", "Not answered yet")
    clear.click()
    assert form.locator("textarea").input_value() == "All that I know"
    reload(page)
    assert form.locator("textarea").input_value() == "All that I know"


def test_an_open_text_is_collected_and_no_model_answer_is_on_the_page(open_page, address):
    page = open_offline(open_page, address)
    text = next(question for question in GUIDE if question.type == "open-answer")
    page.locator(f"[data-quiz-question={text.id}] textarea").fill("Two\nlines <b>")
    say_who(page)
    assert hand_in(page)[1]["answers"][text.id] == "Two\nlines <b>"
    assert page.locator(".quiz-result, .quiz-why, .quiz-rubric, .quiz-feedback, [data-mark]").count() == 0
    assert page.evaluate("typeof window.quizzes") == "undefined"


def test_the_time_with_each_question_is_counted(open_page, address):
    page = open_offline(open_page, address)
    first = GUIDE.questions[0].id
    form = page.locator(f"[data-quiz-question={first}]")
    form.locator(FIRST).first.check()
    for _ in range(5):
        page.wait_for_timeout(700)
        page.mouse.move(5, 5)
    say_who(page)
    seconds = hand_in(page)[1]["seconds"]
    assert 1 <= seconds[first] <= 6 and sum(seconds.values()) <= 8


def test_without_storage_it_says_so_and_warns_before_it_is_left(open_page, address):
    page = open_offline(open_page, "about:blank")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } })")
    page.goto(address)
    page.get_by_label("True", exact=True).check()
    assert page.locator("[role=alert]").inner_text() == "This browser keeps nothing of this page. Do not close or reload it before you have handed in."
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_label("True", exact=True).check()
    say_who(page)
    assert True in hand_in(page)[1]["answers"].values()
    page.reload()
    assert asked == ["beforeunload"]  # what was handed in is safe


def test_with_storage_full_the_answers_of_now_are_handed_in(open_page, address):
    page = open_offline(open_page, address)
    page.get_by_label("True", exact=True).check()
    page.evaluate(FULL)
    page.get_by_label("False", exact=True).check()
    assert page.locator("[role=alert]").inner_text().startswith("This browser keeps nothing")
    say_who(page)
    assert False in hand_in(page)[1]["answers"].values()


@pytest.mark.parametrize("damaged", ["{", "null", "[]", '{"answer": {"a": 1}, "checked": false}', '{"answer": "no-such", "checked": false}'])
def test_an_answer_that_was_damaged_is_said_and_the_others_stay(open_page, address, sealed, damaged):
    page = open_offline(open_page, address)
    page.get_by_label("True", exact=True).check()
    one = next(question for question in GUIDE if question.type == "one-choice")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"quizzes:assignment-{sealed.specification.id}:answers/{one.id}", damaged])
    reload(page)
    assert page.locator("[role=alert]").inner_text() == "An answer that was kept here could not be read. Please look through your answers once more."
    assert page.get_by_label("True", exact=True).is_checked()
    page.locator(f"[data-quiz-question={one.id}] {FIRST}").first.check()
    say_who(page)
    assert hand_in(page)[1]["answers"][one.id] == page.locator(f"[data-quiz-question={one.id}] input:checked").input_value()


def test_an_answer_given_in_another_tab_shows_in_this_one(chromium, address):
    context = chromium.new_context(offline=True)
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(address)
    first.get_by_label("True", exact=True).check()
    second.wait_for_function("document.querySelector('[value=true]').checked")
    context.close()


def test_the_due_time_is_shown_and_that_it_has_passed(open_page, address, sealed, tmp_path):
    page = open_offline(open_page, address)
    assert page.locator(".sealed-due time").inner_text() == "Hand in by Friday, 8 May 2026, 18:00 (GMT+02:00)"
    late = page.locator(".sealed-late")
    assert late.is_visible() == (time.time() > 1778256000)
    for due, passed in (("2001-01-01T00:00:00+00:00", True), ("2999-01-01T00:00:00+00:00", False), (None, False)):
        other = seal(GUIDE.questions[:1], "x", title="T", bank="b", language="en", seed=1, due=due)
        (tmp_path / "due.html").write_text(draw_page(other), encoding="utf-8")
        page = open_offline(open_page, (tmp_path / "due.html").as_uri())
        assert page.locator(".sealed-late:visible").count() == passed


def test_without_javascript_the_questions_read_and_the_page_says_what_is_missing(open_page, address):
    page = open_offline(open_page, address, java_script_enabled=False)
    text = page.locator("main").inner_text()
    assert "Turn it on in the settings of your browser" in text
    assert all(re.sub(r"[*_`]", "", question.prompt.split("\n")[0].strip())[:30] in text for question in GUIDE)
    assert not page.locator("[data-sealed-do=hand-in]").is_visible()


MODES = {"light": {}, "dark": {"color_scheme": "dark"}, "320 px": {"viewport": {"width": 320, "height": 640}},
         "forced colours": {"forced_colors": "active", "color_scheme": "dark"}, "wide": {"viewport": {"width": 1280, "height": 900}}}
SMALL = """(all) => all.filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return one.checkVisibility() && (height < 44 || width < 44);
}).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_nothing_is_cut_off_and_everything_can_be_hit(open_page, address, mode):
    page = open_offline(open_page, address, **MODES[mode])
    page.locator("[data-sealed-do=hand-in]").click()  # with its messages
    answer_all(page)
    say_who(page)
    hand_in(page)
    page.get_by_text("Did no file appear?").click()
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []
    assert page.locator(".sealed :is(button, .quiz-option, .sealed-field input)").evaluate_all(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_bar_covers_nothing_that_has_the_focus(open_page, address):
    page = open_offline(open_page, address)
    for _ in range(60):
        page.keyboard.press("Tab")
        covered = page.evaluate("""() => {
          const one = document.activeElement, bar = document.querySelector('.sealed-bar').getBoundingClientRect();
          return one !== document.body && !one.closest('.sealed-bar') && one.getBoundingClientRect().top >= bar.top && bar.bottom <= innerHeight + 1;
        }""")
        assert not covered, page.evaluate("document.activeElement.outerHTML")
