"""Packages of SCORM in a learning system in a real browser, which hears Python's marks; beside one that fails, and without one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import WCAG, guide_bank, reload
from learning_system import FORMS, NAMES, ROOM, bank_of, core, editions, install, interactions, kept, launch_with, make, quiz_in, unpack
from playwright.sync_api import Frame, Page
from test_front_end import KEYS

from quizzes import Bank
from quizzes.exchange.scorm.interactions import interaction, said
from quizzes.text import stem

GUIDE = guide_bank()
STATUS = {"1.2": "lesson_status", "2004": "completion_status"}
RESPONSE = {"1.2": "student_response", "2004": "learner_response"}
TIME = {"1.2": "time", "2004": "timestamp"}
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'"


@pytest.fixture(scope="module")
def installed_at(tmp_path_factory, served):
    """The address of a system of an edition with a bank's package in it, each made once."""
    folder = tmp_path_factory.mktemp("systems")
    root = served(folder)

    def address(edition: str, bank: Bank = GUIDE) -> str:
        name = f"{bank.name}-{edition}"
        if not (folder / name).exists():
            install(edition, make(edition, bank), folder / name)
        return f"{root}/{name}/"
    return address


def listen(quiz: Frame) -> None:
    quiz.evaluate("""() => {
      window.given = {};
      document.querySelector(".quiz").addEventListener("quiz:answer", ({ detail }) => { given[detail.id] = detail.answer; });
    }""")


def answer_by_keyboard(page: Page, quiz: Frame, ids: list[str]) -> dict[str, Any]:
    """Give and check some answer to each of the questions. The answers."""
    listen(quiz)
    for id_ in ids:
        form = quiz.locator(f'[data-quiz-question="{id_}"]')
        form.locator(".quiz-inputs :is(input, select, textarea, button:not(:disabled))").first.focus()
        for key in quiz.evaluate(f"({KEYS})(document.activeElement)"):
            page.keyboard.press(key)
        form.locator("button[type=submit]").press("Enter")
    return quiz.evaluate("given")


def percent(bank: Bank, given: dict[str, Any]) -> float:
    return 100 * sum(question.mark(given.get(question.id)).points for question in bank) / sum(question.points for question in bank)


def result(edition: str, mark) -> str | float:
    """A mark as an interaction's result."""
    if mark.out_of == 0 or mark.state == "unanswered":
        return "neutral"
    whole = {"right": "correct", "wrong": {"1.2": "wrong", "2004": "incorrect"}[edition]}
    return whole.get(mark.state) or pytest.approx(mark.points / mark.out_of, abs=1e-5)


def number(text: str) -> str | float:
    return float(text) if re.fullmatch(r"[\d.]+", text) else text


@editions
def test_a_system_hears_pythons_points_and_all_answers_and_a_reload_in_the_middle_loses_nothing(installed_at, open_page, edition):
    page = open_page(installed_at(edition))
    quiz, ids = quiz_in(page), [question.id for question in GUIDE]
    given = answer_by_keyboard(page, quiz, ids[:8])
    assert float(core(page)["score"]["raw"]) == pytest.approx(percent(GUIDE, given), abs=1e-4)
    assert core(page)[STATUS[edition]] == "incomplete"
    total = quiz.locator(".quiz-total").inner_text()
    page.reload()
    quiz = quiz_in(page)
    assert quiz.locator(".quiz-total").inner_text() == total
    assert quiz.locator("form[data-state]").count() == 8
    given |= answer_by_keyboard(page, quiz, ids[8:])
    score, heard = core(page)["score"], interactions(page)
    assert (float(score["raw"]), score["min"], score["max"]) == (pytest.approx(percent(GUIDE, given), abs=1e-4), "0", "100")
    assert (core(page)[STATUS[edition]], core(page)["exit"]) == ("completed", "suspend")
    assert list(heard) == ids
    for question in GUIDE:
        one, mark = heard[question.id], question.mark(given[question.id])
        assert (number(one["result"]), float(one["weighting"])) == (result(edition, mark), question.points), question.id
        assert one["type"] == interaction(question, FORMS[edition]).type
        assert [pattern["pattern"] for pattern in one["correct_responses"].values()] == list(interaction(question, FORMS[edition]).patterns)
        assert one["objectives"] == {"0": {"id": question.objective}}
        if question.type not in ("number", "open-answer"):
            known = interaction(question, FORMS[edition])
            assert one[RESPONSE[edition]] == said(given[question.id], FORMS[edition], known.keys, known.codes)
    if edition == "2004":
        assert float(score["scaled"]) == pytest.approx(percent(GUIDE, given) / 100, abs=1e-5)
        assert (core(page)["progress_measure"], core(page)["success_status"]) == ("1", "unknown")
        assert heard["no-recognition"]["description"] == stem(GUIDE["no-recognition"].prompt)[0].striptags()
    assert page.evaluate("refused") == []


def answer_one(quiz: Frame, id_: str, value: str) -> None:
    """Pick a choice of a question, or type into it, and check."""
    form = quiz.locator(f'[data-quiz-question="{id_}"]')
    box = form.locator(f'.quiz-inputs input[value="{value}"]')
    if box.count():
        box.check()
    else:
        form.locator(".quiz-inputs :is(input, textarea)").first.fill(value)
    form.locator("button[type=submit]").click()


@editions
@pytest.mark.parametrize(("value", "passed"), [("north-macedonia", True), ("albania", False)])
def test_points_are_enough_or_not_where_the_system_says_how_many_are(installed_at, open_page, edition, value, passed):
    bank = bank_of("guide-one-choice")
    page = open_page(installed_at(edition, bank))
    memory = {"1.2": {"student_data": {"mastery_score": "60"}}, "2004": {"scaled_passing_score": "0.6"}}[edition]
    answer_one(launch_with(page, memory), "last-into-nato", value)
    status = {"1.2": "lesson_status", "2004": "success_status"}[edition]
    assert core(page)[status] == ("passed" if passed else "failed")


@editions
def test_an_answer_given_anew_takes_the_place_of_the_one_before_in_a_later_session_too(installed_at, open_page, edition):
    bank = bank_of("guide-number")
    page = open_page(installed_at(edition, bank))
    other = {"1.2": "fill-in", "2004": "other"}[edition]
    for written, *wanted in (("% 40,5", "numeric", "40.5"), ("about  40", other, "about 40"), ("39.5", "numeric", "39.5")):
        answer_one(quiz_in(page), "alignment-2015", written)
        heard = interactions(page)["alignment-2015"]
        assert ([heard["type"], heard[RESPONSE[edition]]], len(kept(page)["interactions"])) == (wanted, 1)
        page.reload()


@editions
def test_times_are_written_as_the_edition_writes_them(installed_at, open_page, edition):
    page = open_page(installed_at(edition, bank_of("guide-number")))
    answer_one(quiz_in(page), "alignment-2015", "40")
    told = page.evaluate("told")
    span = {"1.2": r"0000:00:\d\d\.\d\d", "2004": r"PT\d\d?\.\d\dS"}[edition]
    moment = {"1.2": r"\d\d:\d\d:\d\d", "2004": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ"}[edition]
    assert re.fullmatch(span, told["cmi.interactions.0.latency"])
    assert re.fullmatch(span, told[{"1.2": "cmi.core.session_time", "2004": "cmi.session_time"}[edition]])
    assert re.fullmatch(moment, told[f"cmi.interactions.0.{TIME[edition]}"])


@editions
def test_what_was_typed_and_not_checked_is_there_again_and_earns_nothing_yet(installed_at, open_page, edition):
    page = open_page(installed_at(edition, bank_of("guide-short-text")))
    quiz_in(page).locator(".quiz-inputs input").fill("Karađor")
    page.reload()
    quiz = quiz_in(page)
    assert quiz.locator(".quiz-inputs input").input_value() == "Karađor"
    assert (quiz.locator("form[data-state]").count(), core(page)["score"]["raw"]) == (0, "")
    assert core(page)["session_time"] not in ("", "00:00:00", "PT0S")


def test_a_system_with_little_room_keeps_the_beginning_of_a_long_text_and_its_points(installed_at, open_page):
    bank = bank_of("guide-open-answer")
    text = "A sentence of some length, which says little. " * 150
    for edition, whole in (("1.2", False), ("2004", True)):
        page = open_page(installed_at(edition, bank))
        quiz = quiz_in(page)
        answer_one(quiz, "what-the-platform-lacks", text)
        quiz.locator(".quiz-rubric input").first.check()
        raw = core(page)["score"]["raw"]
        assert float(raw) > 0
        assert quiz.locator(".scorm-trouble").inner_text() == ("" if whole else (
            "The learning system has room for 4096 characters. When you come back, these answers will be shorter or missing: Question 1. "
            "Keep a copy of your own."))
        assert len(kept(page)["suspend_data"]) <= ROOM[edition]
        page.reload()
        quiz = quiz_in(page)
        back = quiz.locator(".quiz-inputs textarea").input_value()
        assert (back == text) is whole
        assert len(back) > 3900 and text.startswith(back.removesuffix("…"))
        quiz.locator(".quiz-rubric input").first.check()
        assert core(page)["score"]["raw"] == raw
        assert len(interactions(page)["what-the-platform-lacks"][RESPONSE[edition]]) == FORMS[edition].longest


@editions
def test_answers_to_an_older_edition_are_said_to_be_gone_and_its_reports_stay(installed_at, open_page, edition):
    bank = bank_of("guide-one-choice")
    page = open_page(installed_at(edition, bank))
    older = {"suspend_data": '["00000000",0,{"00000000":1},{}]', "interactions": {"0": {"id": "older", "type": "choice", "result": "neutral"}}}
    quiz = launch_with(page, older)
    assert quiz.locator(".scorm-said").inner_text().endswith("Please answer those again.")
    answer_one(quiz, "last-into-nato", "albania")
    assert list(interactions(page)) == ["older", "last-into-nato"]
    page.reload()
    answer_one(quiz_in(page), "last-into-nato", "north-macedonia")
    assert [heard["result"] for heard in interactions(page).values()] == ["neutral", "correct"]


@editions
def test_a_system_that_stops_listening_is_named_and_gets_everything_later(installed_at, open_page, edition):
    page = open_page(installed_at(edition))
    quiz = quiz_in(page)
    page.evaluate("window.deaf = true")
    answer_one(quiz, "court-and-statehood", "false")
    assert quiz.locator(".scorm-trouble").inner_text().startswith("The learning system does not take your answers at the moment.")
    page.evaluate("window.deaf = false")
    answer_one(quiz, "last-into-nato", "north-macedonia")
    assert quiz.locator(".scorm-trouble").inner_text() == ""
    given = {"court-and-statehood": False, "last-into-nato": "north-macedonia"}
    assert float(core(page)["score"]["raw"]) == pytest.approx(percent(GUIDE, given), abs=1e-4)
    page.reload()
    assert quiz_in(page).locator("form[data-state]").count() == 2


ALONE = "Your answers stay in this browser, on this device. Nothing is sent."


@editions
def test_without_a_system_a_package_plays_from_disk_and_the_browser_keeps_the_answers(tmp_path, open_page, edition):
    unpack(make(edition, GUIDE), tmp_path / "package")
    page = open_page((tmp_path / "package" / "index.html").as_uri())
    assert page.locator(".scorm-said").inner_text() == ALONE
    answer_one(page.main_frame, "last-into-nato", "north-macedonia")
    assert page.evaluate("quizzes.mark('last-into-nato', 'north-macedonia')") == GUIDE["last-into-nato"].mark("north-macedonia").as_json()
    reload(page)
    assert page.locator("form[data-state=right]").count() == 1


@pytest.mark.parametrize(("edition", "failing"), [
    pytest.param("1.2", "new Proxy({}, { get: () => () => { throw new Error('no'); } })", id="it throws"),
    pytest.param("2004", "new Proxy({}, { get: () => () => 'false' })", id="it refuses"),
    pytest.param("1.2", "new Proxy({}, { get: () => () => undefined })", id="it says nothing"),
    pytest.param("2004", "{}", id="it has no functions"),
])
def test_beside_a_system_that_fails_a_package_plays_and_says_so(installed_at, open_page, edition, failing):
    page, address = open_page("about:blank"), installed_at(edition, bank_of("guide-one-choice"))
    system = f'<script>window.{NAMES[edition][2]} = {failing}</script><link rel="icon" href="data:,"><iframe src="package/index.html"></iframe>'
    page.route(address, lambda route: route.fulfill(body=system, content_type="text/html"))
    page.goto(address)
    quiz = quiz_in(page)
    assert quiz.locator(".scorm-said").inner_text().startswith("The learning system does not answer. Your answers stay in this browser")
    answer_one(quiz, "last-into-nato", "north-macedonia")
    page.reload()
    assert quiz_in(page).locator("form[data-state=right]").count() == 1


def test_a_system_is_found_past_a_window_of_another_origin(installed_at, open_page, served, tmp_path):
    address = installed_at("1.2", bank_of("guide-one-choice"))
    between = f'<!doctype html><title>Between</title><iframe src="{address}package/index.html"></iframe>'
    (tmp_path / "index.html").write_text(between, encoding="utf-8")
    page = open_page(f"{address}?frame={served(tmp_path)}")
    page.wait_for_function("api.isInitialized()")
    answer_one(quiz_in(page), "last-into-nato", "north-macedonia")
    assert core(page)["score"]["raw"] == "100"


def test_a_system_is_found_in_the_window_that_opened_the_package(installed_at, open_page):
    page = open_page(installed_at("2004", bank_of("guide-one-choice")) + "?frame=about:blank")
    with page.expect_popup() as opened:
        page.evaluate("void window.open('package/index.html')")
    answer_one(quiz_in(opened.value), "last-into-nato", "north-macedonia")
    assert core(page)["score"]["raw"] == "100"


@editions
def test_a_package_plays_under_a_strict_policy(installed_at, open_page, edition):
    page = open_page("about:blank")
    strict = {"content-security-policy": CSP}
    page.route("**/package/index.html", lambda route: route.fulfill(response=(came := route.fetch()), headers=came.headers | strict))
    page.goto(installed_at(edition))
    quiz = quiz_in(page)
    assert quiz.locator(".scorm-said").inner_text().startswith("Your answers and points go to the learning system")
    assert quiz.evaluate("getComputedStyle(document.querySelector('.quiz-question')).borderTopWidth") == "1px"


def test_a_page_by_itself_has_no_fault_that_axe_finds(tmp_path, open_page):
    unpack(make("1.2", bank_of("guide-one-choice")), tmp_path / "package")
    page = open_page((tmp_path / "package" / "index.html").as_uri(), viewport={"width": 320, "height": 700})
    answer_one(page.main_frame, "last-into-nato", "albania")
    assert Axe().run(page, options=WCAG).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_verdicts_alone_earn_nothing_and_are_complete(installed_at, open_page):
    bank = bank_of("guide-survey")
    page = open_page(installed_at("1.2", bank))
    for question in bank:
        answer_one(quiz_in(page), question.id, question.ids[0])
    assert (core(page)["lesson_status"], core(page)["score"]["raw"]) == ("completed", "")
    assert [heard["result"] for heard in interactions(page).values()] == ["neutral", "neutral"]
