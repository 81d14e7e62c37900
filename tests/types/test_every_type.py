"""What holds for every question type, shown on the questions of the authors' guide: marks that agree everywhere, and access for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import WCAG, guide_bank
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from item_types import make_page, tab_to
from test_front_end import MARK_ALL, by_python, press_an_answer

from quizzes import Question, front_end
from quizzes.drawing import draw_quiz

GUIDE = guide_bank()
QUESTIONS = {question.id: question for question in GUIDE}

# Pieces that texts of several scripts are made of: combining marks, dotted and dotless i, ligatures, full-width digits, signs, emoji
PIECES = ["İ", "I", "ı", "i", "i\u0307", "ß", "ﬁ", "ĳ", "ǆ", "Đ", "Dj", "č", "c\u030c", "ć", "ğ", "ş", "â", "ё", "Ѓ", "ќ", "Ω", "ώ", "ς", "ë", "Ț", "ţ",
          "５", "１２", "½", "٣", "12", "1.234", "85,3", "-", "−", "%", " km²", "'", "’da", " ", "\u00a0", "\u202f", "\u200d", "\u0301", "\U0001f600",
          "\U0001f1f9\U0001f1f7", "\x00", "\ud800", "<b>", "&amp;", "__proto__", "constructor"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=12)
NUMBER = st.integers(-3000, 3000) | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([10 ** 400, 2 ** 53 + 1, 5e-324])


def vocabulary(part: object) -> Iterator[str | int | float]:
    """Every text and number in what a question shows or is marked by: its ids, its key, its years."""
    if isinstance(part, dict):
        yield from part
        yield from (leaf for value in part.values() for leaf in vocabulary(value))
    elif isinstance(part, list | tuple):
        yield from (leaf for value in part for leaf in vocabulary(value))
    elif isinstance(part, str | int | float):
        yield part


def words_in(*parts: object) -> st.SearchStrategy:
    return st.sampled_from(list(dict.fromkeys(leaf for leaf in vocabulary(list(parts)) if not isinstance(leaf, str) or len(leaf) <= 60)))


def fitting(part: dict, marking: dict) -> st.SearchStrategy:
    """Answers of the shape that a question's public part shows: picks, places, an order, gaps, or what can be typed."""
    if "gaps" in part:
        parts = {id_: fitting(gap, marking) for id_, _, gap in part["gaps"]}
        return st.fixed_dictionaries({}, optional=parts)
    if "ids" in part:
        ids = st.sampled_from(part["ids"])
        return ids | st.lists(ids, unique=True, max_size=len(part["ids"]))
    if "span" in part:
        return st.fixed_dictionaries({}, optional=dict.fromkeys(part["items"], st.integers(*part["span"]) | words_in(marking)))
    if "places" in part:
        return st.fixed_dictionaries({}, optional=dict.fromkeys(part["items"], st.sampled_from(part["places"])))
    if "items" in part:
        return st.permutations(part["items"])
    typed = words_in(marking) | st.tuples(words_in(marking), st.sampled_from(PIECES)).map(lambda two: f"{two[0]}{two[1]}")
    ticked = st.fixed_dictionaries({"text": TEXT, "met": st.lists(st.sampled_from([*marking["units"]]), unique=True)}) if "units" in marking else typed
    return typed | ticked | st.booleans()


def answers(question: Question) -> st.SearchStrategy:
    """As often as not an answer of the question's own shape; else strange texts and everything else that JSON can hold."""
    part, marking = question.public_part(), question.marking_part()
    ids = words_in(part, marking)
    leaf = ids | TEXT | NUMBER | st.booleans() | st.none()
    bent = st.recursive(leaf, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ids.map(str) | TEXT, inner, max_size=5), max_leaves=8)
    return st.one_of(*[fitting(part, marking)] * 3, TEXT, bent)


@pytest.fixture(scope="module")
def guide_page(tmp_path_factory) -> str:
    return make_page(tmp_path_factory.mktemp("guide"), GUIDE)


@pytest.mark.parametrize("id_", QUESTIONS)
def test_page_and_python_give_equal_marks_or_refuse_in_the_same_words(open_page, guide_page, id_):
    page = open_page(guide_page)
    question = QUESTIONS[id_]

    @settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(answers(question), min_size=20, max_size=40))
    def agree(given: list[object]) -> None:
        said = page.evaluate(MARK_ALL, [[id_, answer] for answer in map(as_sent, given)])
        assert [(answer, mark) for answer, mark in zip(given, said, strict=True)] == [(answer, by_python(question, as_sent(answer))) for answer in given]

    agree()


def as_sent(answer: object) -> object:
    """An answer as it is after its way through JSON and a browser: 2.0 is 2, and a number too large for it is none."""
    return json.loads(json.dumps(answer), parse_int=lambda text: int(text) if abs(int(text)) < 2 ** 53 else float("1e300"),
                      parse_float=lambda text: int(float(text)) if float(text).is_integer() and abs(float(text)) < 2 ** 53 else float(text))


MODEL = """async ([source, markup, answers]) => {
  const { default: widget } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const state = { markup, answers, checked: Object.keys(answers) };
  const model = { get: (name) => state[name], set: (name, value) => { state[name] = value; }, save_changes() {}, on() {}, off() {} };
  const el = document.createElement("div");
  widget.render({ model, el });
  return Object.fromEntries([...el.querySelectorAll("form")].map((form) => [form.dataset.quizQuestion,
    [form.dataset.state, form.querySelector(".quiz-state")?.textContent ?? ""]]));
}"""


def test_the_widgets_script_shows_the_marks_that_python_gives(open_page, guide_page):
    page = open_page(guide_page)
    markup = draw_quiz(GUIDE, GUIDE, book="notebook", tools=False)

    @settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({id_: answers(question) for id_, question in QUESTIONS.items()}))
    def agree(given: dict[str, object]) -> None:
        sent = {id_: as_sent(answer) for id_, answer in given.items()}
        fit = {id_: answer for id_, answer in sent.items() if answer is not None and not isinstance(by_python(QUESTIONS[id_], answer), str)}
        shown = page.evaluate(MODEL, [front_end.module(), markup, fit])
        for id_, answer in fit.items():
            mark = QUESTIONS[id_].mark(answer)
            state, text = shown[id_]
            assert state == mark.state, (id_, answer)
            if mark.out_of and mark.state != "unanswered":
                assert text.endswith(f" · {round(mark.points, 2):g} of {mark.out_of:g}"), (id_, answer)

    agree()


MODES = {
    "light": {}, "dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active", "color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 844}}, "zoom 200 %": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "text 200 %": {"viewport": {"width": 1280, "height": 900}},
}
SMALL = """(all) => all.filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return one.checkVisibility() && (height < 44 || width < 44);
}).map((one) => one.outerHTML)"""
TARGETS = ".quiz-inputs :is(button, select, textarea, .quiz-option, input:not([type=radio], [type=checkbox])), .quiz-actions button:not([hidden])"


@pytest.mark.parametrize("mode", MODES)
def test_every_type_is_answered_by_keyboard_alone_its_mark_is_announced_and_axe_finds_nothing(open_page, guide_page, mode):
    page = open_page(guide_page, **MODES[mode])
    if mode == "text 200 %":
        page.add_style_tag(content="html { font-size: 200% }")
    for id_ in QUESTIONS:
        here = f"[data-quiz-question={id_}]"
        tab_to(page, f"{here} .quiz-inputs :is(input, select, textarea, button)")
        press_an_answer(page)
        tab_to(page, f"{here} button[type=submit]")
        page.keyboard.press("Enter")
        assert page.locator(f"{here} [role=status]").inner_text(), id_
        assert page.evaluate("document.activeElement.type") == "submit", id_  # the focus stays
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []
    assert page.locator(TARGETS).evaluate_all(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves_for_whoever_asks_for_less_motion(open_page, guide_page):
    page = open_page(guide_page, reduced_motion="reduce")
    for form in page.locator("form").all():
        form.evaluate("(form) => form.requestSubmit()")
    assert page.evaluate("document.getAnimations().length") == 0
