"""What a seed draws: in Python, in the script that ships, and on a page."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from bare_page import PAGE, ROOT, guide_bank, reload

from quizzes import front_end, load_bank
from quizzes.behaviours import Manner
from quizzes.drawing import draw_quiz
from quizzes.lots import SEEDS, numbers, of_name, paper, shuffled

GUIDE = guide_bank()
POOL = [[question.id, list(question.movable)] for question in GUIDE]
WITH = "async ([source, names, run, given]) => { const all = await import(URL.createObjectURL(new Blob([source + `\\nexport { ${names} };`], " \
       "{ type: 'text/javascript' }))); return new Function('all', 'given', `return (${run})(all, given)`)(all, given); }"


def in_script(page, names: str, run: str, given: object) -> object:
    """What a function of the script that ships gives."""
    return page.evaluate(WITH, [front_end.module(), names, run, given])


def test_the_generator_gives_the_numbers_that_its_author_published_the_code_for():
    drawn = numbers(1)
    assert [next(drawn) for _ in range(3)] == [2693262067, 11749833, 2265367787]


def test_the_hash_is_that_of_its_authors():  # their test vectors for FNV-1a, 32 bits
    assert [of_name(0, text) for text in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]


def test_ten_thousand_seeds_draw_the_same_papers_in_python_and_in_the_browser(open_page):
    page = open_page("about:blank")
    seeds = [*range(9_990), *(SEEDS - n for n in range(1, 11))]
    forms = [{"draw": 5, "shuffle": True}, {"draw": None, "shuffle": True}, {"draw": 5, "shuffle": False}]
    for form in forms:
        there = in_script(page, "drawPaper", "({ drawPaper }, [pool, seeds, form]) => seeds.map((seed) => drawPaper(pool, seed, form))", [POOL, seeds, form])
        for seed, lines in zip(seeds, there, strict=True):
            here = paper(tuple(GUIDE), seed, **form)
            wanted = [[question.id, list(here.choices.get(question.id, question.movable))] for question in here.questions]
            assert lines == wanted, seed


def test_every_order_is_drawn_about_as_often():
    counts = Counter(shuffled("abcd", seed) for seed in range(24_000))
    assert set(counts) == set(permutations("abcd"))
    assert sum((count - 1000) ** 2 / 1000 for count in counts.values()) < 49.7  # chi-square, 23 degrees of freedom, 0.1 per cent


def test_the_choices_of_a_question_do_not_hang_on_what_else_is_asked():
    whole, alone = paper(tuple(GUIDE), 7, shuffle=True), paper((GUIDE["last-into-nato"],), 7, shuffle=True)
    assert whole.choices["last-into-nato"] == alone.choices["last-into-nato"]


def test_a_draw_without_a_shuffle_keeps_the_order_of_the_bank():
    drawn = [question.id for question in paper(tuple(GUIDE), 3, draw=6).questions]
    assert len(drawn) == 6 and drawn == [question.id for question in GUIDE if question.id in drawn]


def test_a_shuffled_question_has_the_marks_and_the_feedback_that_it_had():
    question = GUIDE["seecp-from-the-start"]
    moved = question.moved(tuple(reversed(question.movable)))
    assert moved.ids == tuple(reversed(question.ids))
    assert {moved.mark([id_]).points for id_ in question.ids} == {question.mark([id_]).points for id_ in question.ids}


ORDER = """(section) => [...section.querySelectorAll('form:not([hidden])')].map((form) => [form.dataset.quizQuestion,
  [...form.querySelectorAll('.quiz-inputs > .quiz-option > input')].map((input) => input.value)])"""


@pytest.mark.parametrize("alive", [True, False], ids=["with the script", "without it, as in print"])
def test_the_page_shows_the_paper_that_python_draws(open_page, tmp_path, alive):
    for seed in (0, 7, 4294967295):
        how = Manner(seed=seed, draw=6, shuffle=True)
        file = tmp_path / f"{seed}.html"
        file.write_text(PAGE.format(css="", script=front_end.script(), quiz=draw_quiz(GUIDE, GUIDE, book="test", tools=True, how=how)), encoding="utf-8")
        page = open_page(file.as_uri(), java_script_enabled=alive)
        drawn = paper(tuple(GUIDE), seed, draw=6, shuffle=True)
        shown = page.locator(".quiz").evaluate(ORDER)
        assert [id_ for id_, _ in shown] == [question.id for question in drawn.questions]
        assert {id_: tuple(choices) for id_, choices in shown if id_ in drawn.choices} == dict(drawn.choices)
        assert page.locator("form:not([hidden]) .quiz-number").all_inner_texts() == [f"Question {n}" for n in range(1, 7)]


def test_a_reader_takes_another_paper_and_the_one_that_a_number_stands_for(open_page, tmp_path):
    how = Manner(draw=3, shuffle=True)
    file = tmp_path / "lots.html"
    file.write_text(PAGE.format(css="", script=front_end.script(), quiz=draw_quiz(GUIDE, GUIDE, book="test", tools=True, how=how)), encoding="utf-8")
    page = open_page(file.as_uri())
    seed = page.locator(".quiz-seed input")
    assert seed.input_value() == "1"
    page.get_by_role("button", name="Another paper").click()
    drawn = int(seed.input_value())
    assert drawn != 1 and page.locator(".quiz-seed [role=status]").inner_text() == f"This is paper {drawn}."
    for number in (drawn, 42):
        seed.fill(str(number))
        seed.press("Enter")
        shown = page.locator("form:not([hidden])").evaluate_all("(forms) => forms.map((form) => form.dataset.quizQuestion)")
        assert shown == [question.id for question in paper(tuple(GUIDE), number, draw=3, shuffle=True).questions]
    reload(page)
    assert seed.input_value() == "42"
    assert page.locator("form:not([hidden])").evaluate_all("(forms) => forms.map((form) => form.dataset.quizQuestion)") == shown
    for typed in ("abc", "4294967296", "-1", ""):
        seed.fill(typed)
        page.get_by_role("button", name="Show this paper").click()
        assert page.locator(".quiz-seed [role=status]").inner_text() == "This is no number of a paper. Type a whole number from 0 to 4294967295."


def test_feedback_stands_beside_its_own_choice_when_they_are_shuffled(open_page, tmp_path):
    question = GUIDE["seecp-from-the-start"]
    for seed in range(4):
        file = tmp_path / f"{seed}.html"
        how = Manner(seed=seed, shuffle=True)
        file.write_text(PAGE.format(css="", script=front_end.script(), quiz=draw_quiz(GUIDE, [question], book="test", tools=True, how=how)), encoding="utf-8")
        page = open_page(file.as_uri())
        for box in page.locator("input[type=checkbox]").all():
            box.check()
        page.locator("[type=submit]").click()
        lines = page.locator(".quiz-feedback").evaluate_all("(lines) => lines.map((line) => [line.querySelector('b').textContent, line.textContent])")
        for choice, (label, text) in zip(question.choices, lines, strict=True):
            assert (label, text) == (choice.text, f"{choice.text}: {choice.feedback}")


def test_choices_whose_order_says_something_stay_as_they_are(open_page, tmp_path):
    bank = load_bank(ROOT / "quizzes" / "bank" / "behaviours.yml")
    for seed in range(4):
        file = tmp_path / f"{seed}.html"
        quiz = draw_quiz(bank, bank.pick(group="practice"), book="test", tools=True, how=Manner(seed=seed, shuffle=True))
        file.write_text(PAGE.format(css="", script=front_end.script(), quiz=quiz), encoding="utf-8")
        shown = dict(open_page(file.as_uri()).locator(".quiz").evaluate(ORDER))
        assert shown["years-between"] == ["two", "three", "five", "eight"]
