"""The words of the interface: a whole table for every language, each word used, plurals and numbers as the language writes them."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import PAGE, ROOT, WCAG
from test_front_end import press_an_answer

from quizzes import Bank, front_end, load_bank
from quizzes import words as words_module
from quizzes.bank import Head
from quizzes.behaviours import Manner
from quizzes.classroom.sealing import in_words
from quizzes.drawing import draw_quiz
from quizzes.model import State
from quizzes.words import FOLDER, OF_TYPES, BadWords, in_points, languages, of_locale, words

sys.path.insert(0, str(ROOT / "tests" / "types"))
from item_types import make_bank, make_page, tab_to  # noqa: E402

ENGINE = ROOT / "quizzes"
SAYS = re.compile(r'\bwords(?:\.(\w+)|\["([\w-]+)"\])')  # a word that a script says, as front_end.words_used finds it


def table(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def of_types() -> list[Path]:
    return sorted(OF_TYPES.glob("*.words.json"))


def english() -> dict[str, str]:
    return table(FOLDER / "en.json") | {key: text for path in of_types() for key, text in table(path)["en"].items()}


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_word(language):
    assert words(language).keys() == english().keys() | of_locale("en").keys()


def test_no_word_stands_in_two_files():
    files = [table(FOLDER / "en.json"), *(table(path)["en"] for path in of_types())]
    keys = [key for file in files for key in file]
    assert sorted(keys) == sorted(set(keys))
    assert not {"like", *of_locale("en")} & set(keys)


def test_the_languages_of_a_types_words_are_those_there_are():
    assert {path.name: sorted(table(path).keys() - set(languages())) for path in of_types()} == {path.name: [] for path in of_types()}


@pytest.mark.parametrize("language", [language for language in languages() if "like" in table(FOLDER / f"{language}.json")])
def test_a_table_like_another_holds_only_what_it_says_otherwise(language):
    own = table(FOLDER / f"{language}.json")
    base = table(FOLDER / f"{own.pop('like')}.json")
    assert {key: text for key, text in own.items() if text == base[key]} == {}


def nodes() -> Iterator[ast.AST]:
    """Everything that the engine's Python says."""
    return (node for path in ENGINE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def looked_up() -> set[str]:
    """A pattern for every word that Python looks up by its name: `words["check"]`, `words_of(language)["check"]`, `words[f"sure-{n}"]`."""
    found = set()
    for node in nodes():
        source = node.value if isinstance(node, ast.Subscript) else None
        source = source.func if isinstance(source, ast.Call) else source
        if isinstance(source, ast.Name) and source.id in {"words", "words_of"}:
            parts = node.slice.values if isinstance(node.slice, ast.JoinedStr) else [node.slice]
            if all(isinstance(part, ast.Constant | ast.FormattedValue) for part in parts):
                found.add("".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in parts))
    return found


def said_by_scripts() -> set[str]:
    scripts = [path.read_text(encoding="utf-8") for path in (ENGINE / "front_end").glob("*.js")]
    return {name for script in scripts for pair in SAYS.findall(script) for name in pair if name}


def test_every_word_that_is_used_exists():
    known = english().keys() | of_locale("en").keys()
    assert {pattern for pattern in looked_up() if not any(re.fullmatch(pattern, key) for key in known)} == set()
    assert said_by_scripts() - known == set()


def test_every_word_is_used():
    """By its name, in a script or in Python, or as `{due}` in the markup of the page whose words all begin with `progress-`."""
    literals = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    fields = {f"progress-{name.replace('_', '-')}" for text in literals for name in re.findall(r"\{(\w+)\}", text)}
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.js"))
    unused = english().keys() - literals - fields - said_by_scripts() - set(get_args(State)) - set(re.findall(r'"([\w-]+)"', scripts))
    made = {re.sub(r"\\?\$\\?\{.*?\\?\}", ".+", re.escape(name)) for name in re.findall(r"words\[`(.*?)`\]", scripts)}  # words[`assignment-${state}`]
    assert {key for key in unused if not any(re.fullmatch(pattern, key) for pattern in looked_up() | made)} == set()


@pytest.mark.parametrize(("language", "points", "said"), [
    ("en", 0, "no points"), ("en", 1.0, "1 point"), ("en", 0.5, "0.5 points"), ("en", 21, "21 points"),
    ("tr", 0, "puansız"), ("tr", 1.0, "1 puan"), ("tr", 2.5, "2,5 puan"),
    ("bs", 1.0, "1 bod"), ("bs", 2, "2 boda"), ("bs", 4, "4 boda"), ("bs", 5, "5 bodova"), ("bs", 12, "12 bodova"), ("bs", 21, "21 bod"), ("bs", 1.5, "1,5 bodova"),
    ("hr", 22, "22 boda"), ("cnr", 3, "3 boda"), ("sr-Latn", 2, "2 poena"), ("sr-Latn", 31, "31 poen"), ("sr-Latn", 0.5, "0,5 poena"),
    ("sq", 1.0, "1 pikë"), ("sq", 2.25, "2,25 pikë"),
    ("mk", 1.0, "1 поен"), ("mk", 2, "2 поени"), ("mk", 11, "11 поени"), ("mk", 21, "21 поен"), ("mk", 1.5, "1,5 поени"),
])
def test_points_are_counted_as_the_language_counts(language, points, said):
    assert in_points(points, words(language)) == said


@pytest.mark.parametrize(("language", "percent", "date", "weekday", "months", "weekdays"), [
    ("en", "{number}%", "{day} {month} {year}", "{weekday}, {day} {month}", "January", "Sunday"),
    ("tr", "%{number}", "{day} {month} {year}", "{day} {month} {weekday}", "Ocak", "Pazar"),
    ("bs", "{number}%", "{day}. {month} {year}.", "{weekday}, {day}. {month}", "januar", "nedjelja"),
    ("hr", "{number} %", "{day}. {month} {year}.", "{weekday}, {day}. {month}", "siječnja", "nedjelja"),
    ("cnr", "{number}%", "{day}. {month} {year}.", "{weekday}, {day}. {month}", "januar", "nedjelja"),
    ("sr-Latn", "{number}%", "{day}. {month} {year}.", "{weekday}, {day}. {month}", "januar", "nedelja"),
    ("sq", "{number}%", "{day} {month} {year}", "{weekday}, {day} {month}", "janar", "e diel"),
    ("mk", "{number} %", "{day} {month} {year} г.", "{weekday}, {day} {month}", "јануари", "недела"),
])
def test_dates_and_shares_are_written_as_in_the_language(language, percent, date, weekday, months, weekdays):
    said = {name: re.sub("[\u00a0\u202f]", " ", text) for name, text in of_locale(language).items()}
    assert (said["percent"], said["date"]) == (percent, date)
    assert (said["weekday-date"], said["months"].split("|")[0], said["weekdays"].split("|")[0]) == (weekday, months, weekdays)
    assert (said["months"].count("|"), said["weekdays"].count("|")) == (11, 6)


@pytest.mark.parametrize("language", languages())
def test_a_time_of_day_has_24_hours_as_on_the_clock_of_a_school(language):
    assert ", 18:05 (" in in_words(datetime(2026, 5, 8, 18, 5, tzinfo=UTC), language)


@pytest.fixture
def tables(tmp_path, monkeypatch) -> Path:
    """A copy of the tables, to be spoilt."""
    folder = tmp_path / "quizzes"
    shutil.copytree(FOLDER, folder / "words", ignore=shutil.ignore_patterns("*.py*", "__pycache__"))
    (folder / "types").mkdir()
    for path in of_types():
        shutil.copy(path, folder / "types")
    monkeypatch.setattr(words_module, "FOLDER", folder / "words")
    monkeypatch.setattr(words_module, "OF_TYPES", folder / "types")
    words.cache_clear()
    yield folder
    words.cache_clear()


@pytest.mark.parametrize(("file", "before", "after", "message"), [
    pytest.param("words/tr.json", '  "check": "Kontrol et",\n', "",
                 "quizzes/words/tr.json: found no 'check' for 'tr'; accepted: every key that there is for 'en'", id="a key is missing"),
    pytest.param("words/tr.json", '"check":', '"chekc":',
                 "quizzes/words/tr.json: found no 'check' for 'tr'; accepted: every key that there is for 'en'\n"
                 "quizzes/words/tr.json: found 'chekc' for 'tr'; accepted: the keys that there are for 'en'", id="a key is mistyped"),
    pytest.param("words/tr.json", "{out_of} üzerinden {points}", "{points}",
                 "quizzes/words/tr.json: found no {out_of} in 'mark' for 'tr'; accepted: {out_of} and {points}", id="a placeholder is missing"),
    pytest.param("words/tr.json", '"Kontrol et"', '"Kontrol et {points}"',
                 "quizzes/words/tr.json: found also {points} in 'check' for 'tr'; accepted: no braces", id="a placeholder too many"),
    pytest.param("words/tr.json", '"Kontrol et"', '" "', "quizzes/words/tr.json: found \" \" as 'check' for 'tr'; accepted: text without <, > and &", id="no text"),
    pytest.param("words/tr.json", '"Kontrol et"', '"<b>Kontrol et</b>"',
                 "quizzes/words/tr.json: found \"<b>Kontrol et</b>\" as 'check' for 'tr'; accepted: text without <, > and &", id="HTML"),
    pytest.param("words/tr.json", "{points} puan|{points} puan", "{points} puan",
                 "quizzes/words/tr.json: found 1 forms in 'points' for 'tr'; accepted: 2, for one, other", id="a plural is missing"),
    pytest.param("words/tr.json", '"check":', '"again":', "quizzes/words/tr.json: found 'again' a second time; accepted: each key once", id="a key twice"),
    pytest.param("words/tr.json", '"Kontrol et",', '"Kontrol et"', "quizzes/words/tr.json:6: found no JSON (Expecting ',' delimiter); accepted: JSON", id="a comma is missing"),
    pytest.param("types/mark_text.words.json", '    "mark-passage": "Bir bölümü işaretleyin",\n', "",
                 "quizzes/types/mark_text.words.json: found no 'mark-passage' for 'tr'; accepted: every key that there is for 'en'", id="a key of a type is missing"),
])
def test_a_table_that_lacks_something_is_refused_in_plain_words(tables, file, before, after, message):
    path = tables / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadWords) as error:
        words("tr")
    assert str(error.value) == message
    assert words("en")["check"] == "Check"  # the other languages stand


def test_the_guide_shows_the_messages_and_the_languages():
    page = (ROOT / "chapters" / "authors" / "languages.md").read_text(encoding="utf-8")
    cases = next(mark for mark in test_a_table_that_lacks_something_is_refused_in_plain_words.pytestmark if mark.name == "parametrize").args[1]
    shown = re.findall(r"`(quizzes/words/.*: found .*)`$", page, re.MULTILINE)
    assert len(shown) == 3 and set(shown) <= {case.values[-1] for case in cases}
    assert f"accepted: {', '.join(languages())}`" in page
    assert sorted(re.findall(r"^\| `([\w-]+)` \| [A-Z]", page, re.MULTILINE)) == languages()


def test_what_a_table_like_another_lacks_is_found_in_both(tables):
    path = tables / "words" / "bs.json"
    path.write_text(path.read_text(encoding="utf-8").replace('  "gap": "Praznina {number}",\n', ""), encoding="utf-8")
    with pytest.raises(BadWords) as error:
        words("hr")
    assert str(error.value) == "quizzes/words/hr.json: found no 'gap' for 'hr'; accepted: every key that there is for 'en'"


def test_a_table_is_like_one_that_there_is(tables):
    (tables / "words" / "ro.json").write_text('{"like": "rm"}', encoding="utf-8")
    with pytest.raises(BadWords) as error:
        words("ro")
    assert str(error.value) == f"quizzes/words/ro.json: found 'like' with 'rm'; accepted: {', '.join(words_module.languages())}"


def test_the_case_of_letters_is_left_to_the_words():
    """Python and scripts change no case of a word, and no style does without knowing the language."""
    styles = [*ENGINE.rglob("*.css"), *(ROOT / "theme").rglob("*.css"), *(ROOT / "atlas").rglob("*.css")]
    changed = [path.name for path in styles if re.search("text-transform|small-caps|font-variant-caps", path.read_text(encoding="utf-8"))]
    scripts = {path.name for path in ENGINE.rglob("*.js") if re.search("to(Locale)?(Upper|Lower)Case", path.read_text(encoding="utf-8"))}
    assert (changed, scripts - {"number.js", "short_text.js", "sealed.js"}) == ([], set())  # those read what is typed


def bank_in(language: str, folder: Path) -> Bank:
    """The questions of the authors' guide, asked in a language: their own texts stay English."""
    banks = folder / "quizzes" / "bank"
    banks.mkdir(parents=True)
    for name in ("data", "references.bib"):
        (folder / name).symlink_to(ROOT / name)
    read = []
    for path in sorted((ENGINE / "bank").glob("guide-*.yml")):
        text = path.read_text(encoding="utf-8")
        assert text.count("\nlanguage: en\n") == 1, path
        (banks / path.name).write_text(text.replace("\nlanguage: en\n", f"\nlanguage: {language}\n"), encoding="utf-8")
        read.append(load_bank(banks / path.name))
    head = Head(title="Guide", language=language, objectives={"guide": "Ask in every way"}, questions=[None])
    return Bank("guide", head, tuple(question for bank in read for question in bank), banks / "guide.yml")


CUT = """() => [...document.querySelectorAll(".quiz *")].filter((one) => {
  const { overflowX, textOverflow } = getComputedStyle(one);
  const { right, left, width } = one.getBoundingClientRect();
  if (!width || !one.checkVisibility() || one.closest("svg, .quiz-heard, .quiz-scroll")) return false;
  return right > innerWidth || left < 0 || (one.scrollWidth > one.clientWidth + 1 && (overflowX !== "visible" || textOverflow === "ellipsis") && one.clientWidth);
}).map((one) => one.outerHTML.slice(0, 200))"""
ENGLISH = """(said) => {
  const texts = [...document.querySelectorAll(".quiz *")].flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()));
  const labels = [...document.querySelectorAll(".quiz [aria-label]")].map((one) => one.ariaLabel);
  return [...texts, ...labels].filter((text) => said.includes(text));
}"""


@pytest.mark.parametrize("language", languages())
def test_every_type_is_shown_and_answered_at_320_px_in_every_language(open_page, tmp_path, language):
    bank = bank_in(language, tmp_path)
    page = open_page(make_page(tmp_path, bank), viewport={"width": 320, "height": 844})
    page.add_style_tag(content="body { margin: 16px }")
    said = words(language)
    for question in bank:
        here = f"[data-quiz-question={question.id}]"
        tab_to(page, f"{here} .quiz-inputs :is(input, select, textarea, button)")
        press_an_answer(page)
        tab_to(page, f"{here} button[type=submit]")
        page.keyboard.press("Enter")
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert page.locator(".quiz").get_attribute("lang") == language
    assert page.locator("button[type=submit]").all_inner_texts() == [said["check"]] * len(bank)
    assert set(page.locator(".quiz-state strong").all_inner_texts()) <= {said[name] for name in (*get_args(State), "noted", "compare")}
    assert trouble(page, language) == NO_TROUBLE


def trouble(page, language: str) -> dict[str, object]:
    """What is cut, what of another language is left, and what axe finds."""
    said = words(language)
    other = [text for key, text in words("en").items() if text != said[key] and len(text) > 4 and "{" not in text]
    found = Axe().run(page, options=WCAG).response["violations"]
    return {"cut": page.evaluate(CUT), "width": max(320, page.evaluate("document.documentElement.scrollWidth")), "English": page.evaluate(ENGLISH, other),
            "axe": [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found]}


NO_TROUBLE = {"cut": [], "width": 320, "English": [], "axe": []}


@pytest.mark.parametrize("language", languages())
def test_every_way_to_take_a_quiz_is_shown_at_320_px_in_every_language(open_page, tmp_path, language):
    bank = bank_in(language, tmp_path)
    asked = [question.model_copy(update={"hints": ("A.", "B.")}) for question in bank if question.type in {"one-choice", "number", "open-answer"}]
    for how in (Manner(behaviour="practice", certainty=True), Manner(behaviour="test", minutes=10, shuffle=True, certainty=True), Manner(behaviour="review")):
        path = tmp_path / f"{how.behaviour}.html"
        path.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                    quiz=draw_quiz(bank, asked, book=how.behaviour, tools=True, how=how)), encoding="utf-8")
        page = open_page(path.as_uri(), viewport={"width": 320, "height": 844})
        page.add_style_tag(content="body { margin: 16px }")
        assert trouble(page, language) == NO_TROUBLE, how
        for selector in ("[data-quiz-do=start]", "input[type=radio]", "[data-quiz-sure='3']", "[data-quiz-do=hint]", "[data-quiz-do=hint]", "[type=submit]",
                         "[data-quiz-do=extend]", "[data-quiz-do=hand-in]", "[data-quiz-do=hand-in]", "[data-quiz-do=draw]", "[data-quiz-do=next]"):
            for one in page.locator(selector).all()[:2]:
                if one.is_visible():
                    one.click()
            page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
            assert {**trouble(page, language), "axe": []} == NO_TROUBLE, (how, selector)
        assert trouble(page, language) == NO_TROUBLE, how


NUMBERS = """
  - {id: area, type: number, language: LANGUAGE, prompt: How many?, points: 2, answer: 5, ..., feedback: {right: Yes., wrong: No.},
     cases: [{answer: 1.234, credit: 0.25, feedback: A decimal.}, {answer: 1234, credit: 0.75, feedback: A thousand.}]}
  - {id: plain, type: true-false, prompt: So?, answer: true, ..., feedback: {right: Yes., wrong: No.}}
"""


@pytest.mark.parametrize(("language", "typed", "read", "score"), [
    ("en", "1.234", "Read as 1.234 (≠ 1234).", "0.5 of 2"), ("en", "1,234", "Read as 1234 (≠ 1.234).", "1.5 of 2"),
    ("tr", "1,234", "1,234 (≠ 1234) olarak okundu.", "2 üzerinden 0,5"), ("tr", "1.234", "1234 (≠ 1,234) olarak okundu.", "2 üzerinden 1,5"),
    ("bs", "1,234", "Pročitano kao 1,234 (≠ 1234).", "0,5 od 2"), ("cnr", "1.234", "Pročitano kao 1234 (≠ 1,234).", "1,5 od 2"), ("sr-Latn", "1,234", "Pročitano kao 1,234 (≠ 1234).", "0,5 od 2"),
    ("sq", "1,234", "U lexua si 1,234 (≠ 1234).", "0,5 nga 2"), ("mk", "1,234", "Прочитано како 1,234 (≠ 1234).", "0,5 од 2"),
])
def test_a_question_speaks_its_own_language_in_a_bank_of_another(open_page, tmp_path, language, typed, read, score):
    bank = make_bank(tmp_path, NUMBERS.replace("LANGUAGE", language))
    page = open_page(make_page(tmp_path, bank))
    form = page.locator("form[data-quiz-question=area]")
    form.locator("input").fill(typed)
    form.locator("button[type=submit]").click()
    mark = page.evaluate("(typed) => window.quizzes.mark('area', typed)", typed)
    assert mark == bank["area"].mark(typed).as_json()
    assert mark["feedback"][-1] == read
    assert form.get_attribute("lang") == language
    assert form.locator(".quiz-state").inner_text() == f"{words(language)['partly']} · {score}"
    assert form.locator(".quiz-sources").text_content().startswith(words(language)["sources"])
    assert page.locator(".quiz-total").inner_text().endswith(" of 3 points, 1 of 2 answered")  # the bank's words


def test_a_browser_writes_turkish_capitals_right(open_page, tmp_path):
    page = open_page(make_page(tmp_path, bank_in("tr", tmp_path)))
    page.add_style_tag(content=".quiz { text-transform: uppercase }")
    assert page.locator(".quiz-how").first.inner_text() == "HER BİRİNİ BİR GRUBA YERLEŞTİRİN · 4 PUAN"
    assert page.locator(".quiz-foot summary").inner_text() == "YANITLARINIZ"
    page.locator("button[type=submit]").first.click()
    assert page.locator(".quiz-state").first.inner_text() == "HENÜZ YANITLANMADI"


def test_a_page_of_a_bank_names_no_language_but_its_own(tmp_path):
    drawn = str(draw_quiz(bank := bank_in("mk", tmp_path), bank, book="test", tools=True))
    own = {question.text_language for question in bank if getattr(question, "text_language", None)}
    assert set(re.findall(r' lang="([^"]*)"', drawn)) <= {"mk", *own}
