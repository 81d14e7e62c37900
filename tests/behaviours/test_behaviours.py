"""How a quiz is taken: the rules in Python against the script that ships, and every behaviour with every type on a page."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import ROOT, WCAG, guide_bank, reload
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taking import kept, press
from test_front_end import by_python, press_an_answer
from test_lots import in_script
from test_page import build, write_source

from quizzes import Bank, front_end, load_bank, quiz
from quizzes.behaviours import (
    BEHAVIOURS,
    CERTAINTY,
    Manner,
    after_tries,
    calibration,
    certain,
    manner,
    read_text,
)
from quizzes.controls import data, marking
from quizzes.drawing import draw_question, draw_quiz
from quizzes.model import Mark
from quizzes.types import TYPES

sys.path.insert(0, str(ROOT / "tests" / "types"))
from item_types import tab_to  # noqa: E402
from test_every_type import MODEL, QUESTIONS, SMALL, answers, as_sent  # noqa: E402

GUIDE = guide_bank()
PRACTICE = Manner(behaviour="practice", certainty=True)
# The options


@pytest.mark.parametrize(("options", "message"), [
    ({"behaviour": "exam"}, "found behaviour 'exam'; accepted: free, practice, test, review"),
    ({"behaviour": "test", "minutes": 0}, "found minutes 0; accepted: a number above 0 and up to 1440"),
    ({"behaviour": "test", "minutes": "-5"}, "found minutes '-5'; accepted: a number above 0 and up to 1440"),
    ({"behaviour": "test", "minutes": "soon"}, "found minutes 'soon'; accepted: a number above 0 and up to 1440"),
    ({"behaviour": "test", "minutes": 1e9}, "found minutes 1000000000.0; accepted: a number above 0 and up to 1440"),
    ({"behaviour": "test", "minutes": 5, "extra": 0}, "found extra 0; accepted: a number above 0 and up to 1440"),
    ({"behaviour": "practice", "minutes": 5}, "found minutes beside the behaviour 'practice'; accepted: minutes beside the behaviour 'test'"),
    ({"behaviour": "test", "extra": 5}, "found extra without minutes; accepted: extra beside minutes"),
    ({"seed": "abc"}, "found seed 'abc'; accepted: a whole number from 0 to 4294967295"),
    ({"seed": -1}, "found seed -1; accepted: a whole number from 0 to 4294967295"),
    ({"seed": 1.5}, "found seed 1.5; accepted: a whole number from 0 to 4294967295"),
    ({"seed": 2 ** 32}, "found seed 4294967296; accepted: a whole number from 0 to 4294967295"),
    ({"seed": "9" * 5000}, f"found seed '{'9' * 40}'; accepted: a whole number from 0 to 4294967295"),
    ({"draw": 0}, "found draw 0; accepted: a whole number above 0"),
    ({"draw": 7}, "found draw 7; accepted: a whole number from 1 to 6, the questions there are"),
    ({"shuffle": "maybe"}, "found shuffle 'maybe'; accepted: true or false"),
    ({"certainty": 3}, "found certainty 3; accepted: true or false"),
    ({"mintues": 3}, "found option 'mintues'; accepted: behaviour, minutes, extra, seed, draw, shuffle, certainty"),
])
def test_an_option_at_fault_is_answered_with_what_is_accepted(options, message):
    with pytest.raises(ValueError) as error:
        manner(options, 6)
    assert str(error.value) == message


def test_options_survive_the_way_through_a_stored_notebook():
    how = manner({"behaviour": "test", "minutes": 12.5, "extra": "3", "seed": "7", "draw": 4, "shuffle": True, "certainty": ""})
    assert how == Manner(behaviour="test", minutes=12.5, extra=3, seed=7, draw=4, shuffle=True, certainty=True)
    assert manner(read_text(how.as_text())) == how
    assert Manner().as_text() == ""


def test_a_notebook_takes_the_options_and_leaves_them_for_the_page(tmp_path, monkeypatch):
    (tmp_path / "quizzes" / "bank").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "banks" / "every-type.yml", tmp_path / "quizzes" / "bank")
    shutil.copy(ROOT / "tests" / "banks" / "references.bib", tmp_path)
    monkeypatch.chdir(tmp_path)
    widget = quiz("every-type", group="first", behaviour="practice", certainty=True, seed=3)
    assert 'data-quiz-group="first" data-quiz-manner="behaviour=practice seed=3 certainty=True">' in widget._placeholder
    widget.answers = {"one": "ankara"}
    widget.kept = {"one": {"tries": [{"answer": "izmir", "certainty": 3}, {"answer": "ankara"}], "certainty": 1}}
    assert widget.earned == {"one": 1.33333, "many": 0}
    assert widget.certainty == {"one": -12, "many": 0}
    with pytest.raises(ValueError, match=re.escape("found draw 3; accepted: a whole number from 1 to 2, the questions there are")):
        quiz("every-type", group="first", draw=3)


def test_a_quiz_without_a_manner_is_drawn_as_it_was(city):
    drawn = str(draw_quiz(city, city, book="test", tools=True))
    assert '"manner"' not in drawn and "quiz-head" not in drawn and "hint" not in drawn and '"cost"' not in drawn and "hand-in" not in drawn


def test_hints_are_no_part_of_what_is_drawn(city):
    for behaviour in BEHAVIOURS:
        drawn = draw_question(city["city"], 1, how=Manner(behaviour=behaviour)) + str(city["city"].public_part())
        assert "inland" not in drawn and "begins with A" not in drawn


# The rules


@pytest.mark.parametrize(("tries", "points"), [
    pytest.param([], 0, id="no try"),
    pytest.param(["ankara"], 2, id="right at once"),
    pytest.param(["izmir", "ankara"], 1.5, id="a quarter off for the second"),
    pytest.param(["izmir", "izmir", "ankara"], 1.5, id="the same again is no try"),
    pytest.param(["izmir", "bursa", "ankara"], 1, id="two quarters off for the third"),
    pytest.param(["izmir", None, "nowhere", "ankara"], 1.5, id="no answer and one that fits no more are no tries"),
    pytest.param(["ankara", "izmir"], 2, id="the best one stands"),
    pytest.param(["izmir", "bursa"] * 4 + ["ankara"], 0, id="never below zero"),
])
def test_in_practice_each_try_costs_a_share_and_the_best_one_counts(city, tries, points):
    assert after_tries(city["city"], tries) == points


def test_a_try_costs_a_third_where_the_author_does_not_say_and_all_of_a_statement(city):
    assert after_tries(city["year"], ["1920", "1923"]) == 0.66667
    assert after_tries(city["republic"], [False, True]) == 0


def test_ticks_in_an_open_answer_are_no_further_tries():
    question = QUESTIONS["what-the-platform-lacks"]
    met = [criterion.id for criterion in question.rubric]
    texts = [{"text": "One.", "met": met[:n]} for n in range(len(met) + 1)]
    assert after_tries(question, texts) == question.points
    assert after_tries(question, [{"text": "Other.", "met": met[:1]}, *texts]) < question.points


@pytest.mark.parametrize(("earned", "level", "points"), [
    (2, 1, 2), (2, 2, 4), (2, 3, 6), (0, 1, 0), (0, 2, -4), (0, 3, -12), (1, 2, 2), (1, 3, 3), (2, None, 2), (0, None, 0),
])
def test_certainty_points_are_moodles(earned, level, points):
    state = {0: "wrong", 2: "right"}.get(earned, "partly")
    assert certain(Mark(points=earned, out_of=2, state=state), level) == points


def test_nothing_is_won_or_lost_by_certainty_without_an_answer():
    assert certain(Mark(points=0, out_of=2, state="unanswered"), 3) == 0


@pytest.mark.parametrize("id_", QUESTIONS)
def test_page_and_python_count_the_same_tries_alike(open_page, id_):
    page, question = open_page("about:blank"), QUESTIONS[id_]
    part = {"part": question.public_part(), "marking": question.marking_part() | marking(question, PRACTICE)}
    scale = data(PRACTICE, [], name="", first=1)["certainty"]
    run = """({ marksOfTries, bestOf, certaintyPoints, markAnswer }, [id, question, runs, scale]) => runs.map(([tries, level]) => {
      const marks = marksOfTries(id, question, tries.map((answer) => ({ answer })));
      return [bestOf(marks, question.marking.cost), marks.length ? certaintyPoints(marks[0], level, scale) : 0];
    })"""

    @settings(max_examples=4, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.lists(answers(question), max_size=6), st.sampled_from([None, *CERTAINTY])), min_size=20, max_size=30))
    def agree(given: list[tuple[list[object], int | None]]) -> None:
        runs = [([as_sent(answer) for answer in tries], level) for tries, level in given]
        there = in_script(page, "marksOfTries, bestOf, certaintyPoints, markAnswer", run, [id_, part, runs, scale])
        for (tries, level), (best, sure) in zip(runs, there, strict=True):
            assert best == after_tries(question, tries)
            marks = [mark for mark in (by_python(question, answer) for answer in tries) if not isinstance(mark, str) and mark["state"] != "unanswered"]
            if marks and question.type != "open-answer":
                assert sure == certain(Mark(**marks[0]), level)

    agree()


def test_calibration_is_the_same_on_both_sides(open_page):
    page = open_page("about:blank")
    reviews = [{"certainty": level, "points": points, "out_of": out_of}
               for level in (1, 2, 3, None) for points, out_of in [(1, 1), (0, 2), (0.5, 2), (0, 0)] if level != 2]
    scale = data(PRACTICE, [], name="", first=1)["certainty"]
    there = in_script(page, "calibrate", "({ calibrate }, [reviews, scale]) => calibrate(reviews, scale)", [reviews, scale])
    assert {int(level): (number, share) for level, number, share in there} == calibration(reviews) == {1: (3, pytest.approx(1.25 / 3)), 3: (3, pytest.approx(1.25 / 3))}


# Every behaviour with every type


def answer_by_keyboard(page, id_: str) -> None:
    here = f"[data-quiz-question={id_}]"
    page.locator(f"{here} .quiz-inputs :is(input, select, textarea, button)").first.focus()
    press_an_answer(page)


@pytest.mark.parametrize("type_", sorted(TYPES))
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_every_type_works_in_every_behaviour_with_certainty(shown, behaviour, type_):
    bank = [question for question in GUIDE if question.type == type_]
    asked = Bank("guide", GUIDE, tuple(bank), GUIDE.path)
    how = Manner(behaviour=behaviour, certainty=True, shuffle=True, seed=5, minutes=20 if behaviour == "test" else None)
    page = shown(asked, how)
    if behaviour == "test":
        press(page, "start")
    order = page.locator("form").evaluate_all("(forms) => forms.map((form) => form.dataset.quizQuestion)")
    for n, id_ in enumerate(order):
        if behaviour == "review" and n:
            press(page, "next")
        answer_by_keyboard(page, id_)
        form = page.locator(f"[data-quiz-question={id_}]")
        sure = form.locator("[data-quiz-sure='2']")
        assert sure.count() == int(asked[id_].points > 0)
        if sure.count():
            sure.click()
        if behaviour == "test":
            assert page.locator("[data-state], [data-mark], .quiz-feedback, .quiz-why, .quiz-state, .quiz-rubric").count() == 0
            assert not form.locator("[type=submit]").is_visible()
        else:
            form.locator("[type=submit]").click()
    if behaviour == "test":
        assert {told["mark"]["state"] for told in page.evaluate("told")} == {"unanswered"}
        press(page, "hand-in")
        assert page.locator("fieldset:disabled").count() >= len(order)

    def states() -> dict[str, str | None]:
        return {id_: page.locator(f"[data-quiz-question={id_}]").get_attribute("data-state") for id_ in order}

    records = kept(page)
    suffix = ":all-test" if behaviour == "test" else ""
    given_ = {id_: records[id_ + suffix]["answer"] for id_ in order}
    assert None not in given_.values()
    assert states() == {id_: asked[id_].mark(answer).state for id_, answer in given_.items()}
    last = {told["id"]: told for told in page.evaluate("told")}
    for id_, question in ((id_, asked[id_]) for id_ in order):
        mark = question.mark(given_[id_])
        assert last[id_]["checked"] and last[id_]["mark"] == mark.as_json()
        assert len(last[id_].get("tries", [])) == int(behaviour == "practice" and mark.state != "unanswered")
        if question.points:
            assert last[id_]["certainty"] == 2
            said = page.locator(f"[data-quiz-question={id_}] .quiz-counts").all_text_contents()
            assert any(f"Certainty points: {round(certain(mark, 2), 2):g}".replace("-", "−") in line for line in said) or mark.state == "unanswered"
    total = sum(certain(asked[id_].mark(answer), 2) for id_, answer in given_.items())
    assert page.locator(".quiz-total").inner_text().endswith(f"certainty points: {round(total, 2):g}".replace("-", "−"))
    before = states()
    reload(page)
    assert states() == before


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize("mode", ["light", "dark", "forced colours", "320 px"])
def test_every_behaviour_is_accessible(shown, city, behaviour, mode):
    options = {"light": {}, "dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active"}, "320 px": {"viewport": {"width": 320, "height": 844}}}
    how = Manner(behaviour=behaviour, certainty=True, draw=2, shuffle=True, minutes=20 if behaviour == "test" else None)
    page = shown(city, how, **options[mode])

    def look() -> None:
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []
        small = page.locator(".quiz :is(button, select, .quiz-option, input:not([type=radio], [type=checkbox]))").evaluate_all(SMALL)
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    look()
    if behaviour == "test":
        tab_to(page, "[data-quiz-do=start]")
        page.keyboard.press("Enter")
        look()
    page.locator("form:visible [data-quiz-sure='3']").first.press("Enter")
    if behaviour == "test":
        tab_to(page, "[data-quiz-do=hand-in]")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # one too many: nothing is lost
        assert page.evaluate("document.activeElement.className") == "quiz-said"
        assert page.locator("form[data-state]:visible").count() == 2
    else:
        page.locator("form:visible [type=submit]").first.press("Enter")
    look()


# Practice


def test_practice_counts_tries_over_a_reload_and_shows_hints_in_steps(shown, city):
    page = shown(city, Manner(behaviour="practice"))
    form = page.locator("[data-quiz-question=city]")
    hint = form.locator("[data-quiz-do=hint]")
    assert hint.inner_text() == "Hint 1 of 2"
    hint.click()
    assert form.locator(".quiz-hint").all_inner_texts() == ["Hint 1 of 2\n\nIt lies inland."]
    page.get_by_label("Izmir").check()
    form.locator("[type=submit]").click()
    assert form.locator(".quiz-counts").inner_text() == "Another try costs 0.5."
    reload(page)
    assert form.locator(".quiz-hint").count() == 1 and form.get_attribute("data-state") == "wrong"
    hint.click()
    assert hint.inner_text() == "No more hints" and form.locator(".quiz-hint").count() == 2
    hint.press("Enter")
    form.locator("[data-quiz-do=again]").click()
    assert form.locator("[data-state]").count() == 0 and form.locator(".quiz-hint").count() == 2
    page.get_by_label("Ankara").check()
    form.locator("[type=submit]").click()
    assert form.locator(".quiz-state").inner_text() == "Right · 2 of 2"
    assert form.locator(".quiz-counts").inner_text() == "Tries: 2. Counted: 1.5 of 2."
    assert page.locator(".quiz-total").inner_text() == "1.5 of 4 points, 1 of 3 answered"
    form.locator("[type=submit]").click()  # the same again
    assert page.locator(".quiz-total").inner_text() == "1.5 of 4 points, 1 of 3 answered"
    assert [one["answer"] for one in kept(page)["city"]["tries"]] == ["izmir", "ankara"]
    assert page.evaluate("window.quizzes.mark('city', 'ankara')") == city["city"].mark("ankara").as_json()


def test_records_from_before_there_were_behaviours_load(shown, city):
    page = shown(city, Manner(behaviour="practice", certainty=True))
    page.evaluate("localStorage.setItem('quizzes:test:items/city', '{\"answer\": \"izmir\", \"checked\": true, \"at\": \"2026-01-01T00:00:00Z\"}')")
    reload(page)
    form = page.locator("[data-quiz-question=city]")
    assert form.get_attribute("data-state") == "wrong"
    page.get_by_label("Ankara").check()
    form.locator("[type=submit]").click()
    assert page.locator(".quiz-total").inner_text() == "2 of 4 points, 1 of 3 answered · certainty points: 2"


def test_a_reader_sees_how_sure_and_how_right(shown, city):
    page = shown(city, Manner(certainty=True))
    for id_, label, level in (("city", "Ankara", 3), ("republic", "False", 3)):
        form = page.locator(f"[data-quiz-question={id_}]")
        form.get_by_label(label).check()
        form.locator(f"[data-quiz-sure='{level}']").click()
        form.locator("[type=submit]").click()
    assert page.locator(".quiz-total").inner_text() == "2 of 4 points, 2 of 3 answered · certainty points: 0"
    page.get_by_text("How sure, and how right").click()
    page.locator(".quiz-calibration li").wait_for()
    assert page.locator(".quiz-calibration li").all_inner_texts() == ["Very: 50 % right, number of answers: 2. It pays from 80 %."]


def test_a_review_asks_one_question_at_a_time_and_moves_the_focus(shown, city):
    page = shown(city, Manner(behaviour="review"))
    assert page.locator("form:visible").evaluate_all("(forms) => forms.map((form) => form.dataset.quizQuestion)") == ["city"]
    tab_to(page, "[data-quiz-do=next]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.quizQuestion") == "year"
    assert page.locator(".quiz-place").inner_text() == "2 of 3"
    reload(page)
    assert page.locator(".quiz-place").inner_text() == "2 of 3"
    press(page, "next")
    assert page.locator("[data-quiz-do=next]:visible").count() == 0
    press(page, "back")
    assert page.locator(".quiz-place").inner_text() == "2 of 3"


def test_with_javascript_off_every_question_of_the_paper_reads(shown, city):
    for behaviour in BEHAVIOURS:
        page = shown(city, Manner(behaviour=behaviour, certainty=True, minutes=5 if behaviour == "test" else None), java_script_enabled=False)
        assert page.locator("form:visible").count() == 3
        assert not page.locator("button:visible").count()


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_the_widget_takes_every_behaviour(open_page, city, behaviour):
    page = open_page("about:blank")
    how = Manner(behaviour=behaviour, certainty=True, draw=3, minutes=5 if behaviour == "test" else None)
    markup = draw_quiz(city, city, book="notebook", tools=False, how=how)
    states = page.evaluate(MODEL, [front_end.module(), markup, {"city": "ankara"}])
    assert states["city"][0] == (None if behaviour == "test" else "right")


DIRECTIVES = [  # in the order of the guide
    (":behaviour: exam", "found behaviour 'exam'; accepted: free, practice, test, review"),
    (":behaviour: test\n   :minutes: 0", "found minutes '0'; accepted: a number above 0 and up to 1440"),
    (":behaviour: practice\n   :minutes: 5", "found minutes beside the behaviour 'practice'; accepted: minutes beside the behaviour 'test'"),
    (":seed: abc", "found seed 'abc'; accepted: a whole number from 0 to 4294967295"),
    (":draw: 9", "found draw 9; accepted: a whole number from 1 to 2, the questions there are"),
]


@pytest.mark.parametrize(("options", "message"), DIRECTIVES)
def test_a_directive_at_fault_stops_the_build_and_says_why(tmp_path, options, message):
    source = write_source(tmp_path)
    (source / "asked.rst").write_text(f"Asked\n=====\n\n.. quiz:: every-type\n   :group: first\n   {options}\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=re.escape(f"asked: {message}")):
        build(source)


def test_a_directive_and_a_stored_cell_draw_the_same_test(tmp_path):
    source = write_source(tmp_path)
    (source / "asked.rst").write_text("Asked\n=====\n\n.. quiz:: every-type\n   :group: first\n   :behaviour: test\n   :minutes: 20\n   :shuffle:\n"
                                      "   :certainty:\n   :seed: 9\n", encoding="utf-8")
    stored = ('<div data-quiz-show="every-type" data-quiz-ids="" data-quiz-group="first" '
              'data-quiz-manner="behaviour=test minutes=20 seed=9 shuffle=True certainty=True">Run this cell.</div>')
    (source / "stored.rst").write_text(f"Stored\n======\n\n.. raw:: html\n\n   {stored}\n", encoding="utf-8")
    out = build(source)
    drawn = [re.search(r'<div class="quiz" .*?</script>', (out / f"{name}.html").read_text(encoding="utf-8"), re.DOTALL)[0] for name in ("asked", "stored")]
    assert drawn[0] == drawn[1] and '"minutes":20' in drawn[0] and "data-quiz-sure" in drawn[0]


def test_the_page_of_the_guide_shows_options_that_are_accepted():
    text = (Path(ROOT) / "chapters" / "authors" / "behaviours.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\{quiz\} (\S+)[^\n]*\n((?::[^\n]*\n)*)", text, re.MULTILINE)
    assert {dict(re.findall(r"^:(\w+): ?(.*)$", options, re.MULTILINE)).get("behaviour") for _, options in blocks} >= {"practice", "test", "review"}
    for name, options in blocks:
        bank = load_bank(ROOT / "quizzes" / "bank" / f"{name}.yml")
        given_ = dict(re.findall(r"^:(\w+): ?(.*)$", options, re.MULTILINE))
        manner({key: value for key, value in given_.items() if key != "group"}, len(bank.pick(group=given_.get("group"))))
    said = [message for *_, message in DIRECTIVES]
    assert re.findall(r"^ +`(found .*)`$", text, re.MULTILINE) == said
