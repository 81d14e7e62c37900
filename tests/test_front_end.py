"""The script that ships, in a real browser, against Python."""

from __future__ import annotations

import json
import random
from itertools import chain, combinations, permutations

import pytest
from bare_page import PAGE, ROOT, reload

from quizzes import Bank, Question, Refused, front_end, load_bank
from quizzes.drawing import draw_quiz
from quizzes.model import plain

MARK_ALL = """(pairs) => pairs.map(([id, answer]) => {
  try { return window.quizzes.mark(id, answer); } catch (error) { return error.message; }
})"""
PIECES = ["1", "2", "3", "12", "85", "123", "1234", "372", "377", "0", "9", "00", ".", ",", "'", "’", " ", "\u00a0", "\u202f", "-", "−", "+",
          "%", "km²", "million", "MIO", "mio", "e5", "x", "İ", "ı", "ß", "５", "，", "½", "٣", "\x00", "\ud800", "\U0001f600", "é", "\t"]


# How a keyboard answers whatever HTML it meets; a new type needs no line here
KEYS = """(input) => input.matches("[type=radio], [type=checkbox]") ? ["Space"] : input.matches("select, button") ? ["ArrowDown"]
  : input.matches("[type=range]") ? ["ArrowRight"] : ["1", "2"]"""


def press_an_answer(page) -> None:
    """Give some answer, by keyboard, in the input that has the focus."""
    for key in page.evaluate(f"({KEYS})(document.activeElement)"):
        page.keyboard.press(key)


def by_python(question: Question, answer: object) -> object:
    try:
        return question.mark(answer).as_json()
    except Refused as refused:
        return str(refused)


def possible(question: Question) -> list[object]:
    """Every answer that a question of choices can have, and for lists every order of up to three."""
    if question.type == "one-choice":
        return [*question.ids, None]
    if question.type == "true-false":
        return [True, False, None]
    picks = chain.from_iterable(combinations(question.ids, n) for n in range(len(question.ids) + 1))
    return [list(pick) for pick in picks] + [list(pick) for pick in permutations(question.ids, 3)] + [None]


def numbers(seed: int, how_many: int) -> list[object]:
    """Numbers and texts around the forms in which people write numbers."""
    chance = random.Random(seed)
    answers: list[object] = []
    for _ in range(how_many):
        form = chance.randrange(5)
        if form == 0:
            answers.append(plain(round(chance.uniform(-200, 200), chance.randrange(4))))
        elif form == 1:
            answers.append(chance.choice([chance.randrange(-10**7, 10**7), chance.uniform(-1e9, 1e9), 1e21, 5e-324, 2**53]))
        elif form == 2:
            answers.append(f"{chance.choice(['', '-', '%', '−'])}{chance.randrange(10**6):,}{chance.choice(['', '.5', ' %', ' million', 'x'])}"
                           .replace(",", chance.choice([",", ".", " ", "'", "\u00a0"])))
        elif form == 3:
            answers.append(str(round(chance.uniform(0, 130), chance.randrange(5))).replace(".", chance.choice(".,")))
        else:
            answers.append("".join(chance.choices(PIECES, k=chance.randrange(9))))
    return answers


WRONG_SHAPES = [None, True, 0, -1, 1e400, "", "a", "__proto__", "constructor", "x" * 1_000_000, "\x00", "\ud800", [], [None], [[]], ["__proto__"],
                ["a", "a"], {}, {"a": 1}, "<img src=x onerror=alert(1)>"]


def agree(page, bank: Bank, pairs: list[tuple[str, object]]) -> None:
    """The page and Python say the same of every (question, answer)."""
    assert pairs
    # JSON has no infinity: 1e400 is read as one by both sides
    said = page.evaluate(f"(text) => ({MARK_ALL})(JSON.parse(text))", json.dumps(pairs).replace("Infinity", "1e400"))
    different = [(id_, answer, here, there) for (id_, answer), there in zip(pairs, said, strict=True)
                 if (here := by_python(bank[id_], answer)) != there]
    assert different[:3] == []


def test_page_and_python_mark_every_answer_of_the_choice_types_alike(open_page, quiz_page, bank):
    agree(open_page(quiz_page), bank, [(q.id, a) for q in bank if q.type != "number" for a in possible(q)])


def test_page_and_python_mark_random_numbers_alike(open_page, quiz_page, bank):
    agree(open_page(quiz_page), bank, [("people", answer) for answer in numbers(1, 10_000)])


def test_page_and_python_refuse_other_shapes_in_the_same_words(open_page, quiz_page, bank):
    agree(open_page(quiz_page), bank, [(q.id, shape) for q in bank for shape in WRONG_SHAPES])


def test_a_question_that_does_not_exist_is_answered_with_those_that_do(open_page, quiz_page):
    assert open_page(quiz_page).evaluate(f"({MARK_ALL})([['peeple', 1]])") == [
        "found question 'peeple'; accepted: one, many, worst, strict, statement, people"]


def state(page, question: str) -> str:
    return page.locator(f"[data-quiz-question={question}] .quiz-state").inner_text()


def test_a_quiz_is_answered_by_mouse_kept_over_a_reload_and_tried_again(open_page, quiz_page):
    page = open_page(quiz_page)
    page.get_by_label("Ankara", exact=True).click()
    page.locator("[data-quiz-question=one] button[type=submit]").click()
    assert state(page, "one") == "Right · 2 of 2"
    assert page.locator("[data-quiz-question=one] .quiz-feedback").inner_text() == "Yes, since 13 October 1923."
    page.locator("[data-quiz-question=people] input").fill("85,51")
    page.locator("[data-quiz-question=people] input").press("Enter")
    assert state(page, "people").endswith("Partly right · 1 of 2")
    page.get_by_label("Serbia").check()  # given, not checked
    assert page.locator(".quiz-total").inner_text() == "3 of 10 points, 2 of 6 answered"

    reload(page)
    assert state(page, "one").endswith("Right · 2 of 2")
    assert page.locator("[data-quiz-question=people] input").input_value() == "85,51"
    assert page.get_by_label("Serbia").is_checked()
    assert page.locator("[data-quiz-question=many] .quiz-state").count() == 0
    assert page.locator(".quiz-total").inner_text() == "3 of 10 points, 2 of 6 answered"

    page.locator("[data-quiz-question=one] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=one] input:checked").count() == 0
    assert page.evaluate("document.activeElement.value") == "ankara"
    reload(page)
    assert page.locator(".quiz-total").inner_text() == "1 of 10 points, 1 of 6 answered"


def test_every_type_is_answered_by_keyboard_alone_and_its_mark_announced(open_page, quiz_page):
    page = open_page(quiz_page)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    steps = {"one": ["Space"], "many": ["Space", "Tab", "Space"], "statement": ["ArrowDown"], "people": ["8", "5", ",", "4"]}
    for question, keys in steps.items():
        tab_to(f"[data-quiz-question={question}] input")
        for key in keys:
            page.keyboard.press(key)
        tab_to(f"[data-quiz-question={question}] button[type=submit]")
        page.keyboard.press("Enter")
        result = page.locator(f"[data-quiz-question={question}] [role=status]")
        assert result.inner_text()
        assert page.evaluate("document.activeElement.type") == "submit"  # focus stays
    assert page.locator(".quiz-total").inner_text() == "6 of 10 points, 4 of 6 answered"


def test_the_explanation_opens_after_the_check_and_names_its_source(open_page, quiz_page):
    page = open_page(quiz_page)
    assert page.locator(".quiz-why").count() == 0
    page.get_by_label("Izmir").or_(page.get_by_label("İzmir")).click()
    page.locator("[data-quiz-question=one] button[type=submit]").click()
    page.get_by_text("Why?").click()
    why = page.locator(".quiz-why").inner_text()
    assert "The parliament moved the capital to Ankara in 1923." in why
    assert "Sources: Grand National Assembly of Turkey, Constitution of the Republic of Turkey (1924)" in why


def test_answers_are_saved_to_a_file_and_cleared(open_page, quiz_page):
    page = open_page(quiz_page)
    page.get_by_label("True").click()
    page.locator("[data-quiz-question=statement] button[type=submit]").click()
    page.get_by_text("Your answers", exact=True).click()
    with page.expect_download() as download:
        page.locator("[data-quiz-do=export]").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert download.value.suggested_filename == "test-answers.json"
    assert (saved["format"], saved["version"], saved["book"]) == ("quizzes-answers", 2, "test")
    assert {key: record["answer"] for key, record in saved["answers"].items()} == {"every-type/statement": True}

    clear = page.locator("[data-quiz-do=clear]")
    clear.click()
    assert clear.inner_text() == "Press again to clear these answers"
    assert page.locator(".quiz-notice").inner_text() == "Press again to clear these answers"
    assert page.locator(".quiz-total").inner_text() == "1 of 10 points, 1 of 6 answered"
    clear.click()
    assert page.locator(".quiz-notice").inner_text() == "Cleared."
    assert page.locator(".quiz-total").inner_text() == "0 of 10 points, 0 of 6 answered"
    page.reload()
    assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize("damaged", ["{", "null", "[]", "7", '{"answer": 1}', "\x00"])
def test_damaged_storage_starts_fresh_says_so_and_stays_exportable(open_page, quiz_page, damaged):
    page = open_page(quiz_page)
    page.evaluate("(text) => localStorage.setItem('quizzes:test:every-type/one', text)", damaged)
    page.reload()
    assert page.locator(".quiz-notice").inner_text() == (
        "Some answers stored in this browser could not be read. You start fresh; what was stored is kept and goes into the saved file.")
    page.get_by_label("Ankara", exact=True).click()
    page.get_by_text("Your answers", exact=True).click()
    with page.expect_download() as download:
        page.locator("[data-quiz-do=export]").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert list(saved["damaged"].values()) == [damaged]
    assert saved["answers"]["every-type/one"]["answer"] == "ankara"


def test_an_answer_that_the_question_no_longer_has_is_not_shown(open_page, quiz_page):
    page = open_page(quiz_page)
    page.evaluate("localStorage.setItem('quizzes:test:every-type/one', '{\"answer\": \"bursa\", \"checked\": true}')")
    page.reload()
    assert page.locator("[data-quiz-question=one] input:checked").count() == 0
    assert page.locator("[data-quiz-question=one] .quiz-state").count() == 0


def test_without_storage_the_page_works_and_says_that_nothing_is_kept(open_page, quiz_page):
    page = open_page("about:blank")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } })")
    page.goto(quiz_page)
    page.get_by_label("Ankara", exact=True).click()
    page.locator("[data-quiz-question=one] button[type=submit]").click()
    assert state(page, "one").endswith("Right · 2 of 2")
    assert page.locator(".quiz-notice").inner_text() == (
        "This browser does not let the page store answers. They will be lost when you leave.")


FULL = "void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); })"


def test_with_storage_full_the_newest_answers_show_are_saved_to_the_file_and_are_cleared(open_page, quiz_page):
    page = open_page(quiz_page)
    page.get_by_label("Ankara", exact=True).click()
    page.evaluate(FULL)
    page.get_by_label("İzmir").click()
    page.get_by_label("True").click()
    assert "does not let the page store answers" in page.locator(".quiz-notice").inner_text()
    page.get_by_text("Your answers", exact=True).click()
    with page.expect_download() as download:
        page.locator("[data-quiz-do=export]").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))["answers"]
    assert {key: record["answer"] for key, record in saved.items()} == {"every-type/one": "izmir", "every-type/statement": True}
    page.locator("[data-quiz-do=clear]").click()
    page.locator("[data-quiz-do=clear]").click()
    assert page.locator("input:checked").count() == 0


def test_with_storage_full_damaged_answers_stay_where_they_are(open_page, quiz_page):
    page = open_page(quiz_page)
    page.evaluate("localStorage.setItem('quizzes:test:every-type/one', '{')")
    page.add_init_script(FULL)
    page.reload()
    assert page.evaluate("localStorage.getItem('quizzes:test:every-type/one')") == "{"


def test_an_answer_given_in_another_tab_shows_in_this_one(chromium, quiz_page):
    context = chromium.new_context()
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(quiz_page)
    first.get_by_label("Ankara", exact=True).click()
    second.get_by_label("True").click()
    second.wait_for_function("document.querySelector('[value=ankara]').checked")
    first.wait_for_function("document.querySelector('[value=true]').checked")
    context.close()


def test_a_question_may_be_called_what_a_form_has(open_page, tmp_path):
    text = (ROOT / "tests" / "banks" / "every-type.yml").read_text(encoding="utf-8")
    (tmp_path / "names.yml").write_text(text.replace("id: one\n", "id: dataset\n").replace("id: people", "id: elements"), encoding="utf-8")
    names = load_bank(tmp_path / "names.yml")
    (tmp_path / "names.html").write_text(PAGE.format(css="", script=front_end.script(), quiz=draw_quiz(names, names, book="test", tools=True)),
                                         encoding="utf-8")
    page = open_page((tmp_path / "names.html").as_uri())
    page.get_by_label("Ankara", exact=True).click()
    page.locator("[data-quiz-question=dataset] button[type=submit]").click()
    assert state(page, "dataset") == "Right · 2 of 2"


def test_without_javascript_every_question_and_choice_reads_and_nothing_is_given_away(open_page, quiz_page, bank):
    page = open_page(quiz_page, java_script_enabled=False)
    text = page.locator("main").inner_text()
    for question in bank:
        for choice in getattr(question, "choices", ()):
            assert choice.text in text
            assert choice.feedback not in text or choice.feedback in choice.text
    assert "Which city is the capital of Turkey?" in text
    assert "Answers are marked here when JavaScript is on." in text
    assert not page.get_by_role("button", name="Check").first.is_visible()


def test_nothing_jumps_when_the_script_brings_the_quiz_to_life(open_page, quiz_page):
    boxes = [[form.bounding_box() for form in open_page(quiz_page, java_script_enabled=alive).locator("form").all()] for alive in (True, False)]
    assert boxes[0] == boxes[1]
