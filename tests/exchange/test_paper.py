"""A sheet to print and its key: what is on each, and that the sheet gives nothing away."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizzes import Bank, load_bank
from quizzes.exchange import Asked, exporting
from quizzes.exchange.moving import export
from quizzes.exchange.paper import draw_key, draw_sheet
from quizzes.lots import paper
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
SAID = {"feedback", "explanation", "model", "also"}  # keys of a question whose text is for after the answer


def whole(bank: Bank) -> Asked:
    return Asked(bank=bank, questions=tuple(bank))


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "quizzes", "export", *arguments], cwd=ROOT, capture_output=True, text=True)


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", STYLE.sub(" ", page))).split())


def said_after(value: object, under: bool = False) -> set[str]:
    """Every text of a question that is said after the answer."""
    if isinstance(value, dict):
        return {text for key, part in value.items() for text in said_after(part, under or key in SAID)}
    if isinstance(value, list | tuple):
        return {text for part in value for text in said_after(part, under)}
    return {value} if under and isinstance(value, str) else set()


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_sheet_asks_every_question_and_gives_nothing_away(path):
    bank = load_bank(path)
    sheet = draw_sheet(whole(bank))
    assert sheet.count('<section class="quiz-question"') == len(bank)
    assert not re.search(r"<script|<[^>]*(\schecked|\sselected|data-mark|quiz-data|quiz-sources|quiz-feedback)", STYLE.sub("", sheet))
    for question in bank:
        text = plain(draw_sheet(Asked(bank=bank, questions=(question,))))
        for said in said_after(question.model_dump()):
            first = plain(said.replace("*", "").replace("`", ""))
            assert len(first) < 25 or first not in text, f"{question.id}: {first}"


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_has_a_sheet_and_a_key(name):
    bank = load_bank(ROOT / "quizzes" / "bank" / f"guide-{name}.yml")
    question = next(question for question in bank if question.type == name)
    asked = Asked(bank=bank, questions=(question,))
    assert re.search(r"<(input|select|textarea|ol)\b", draw_sheet(asked))
    key = draw_key(asked)
    assert "<li><b>" in key and 'class="quiz-sources"' in key
    assert name == "survey" or question.solution({"model-answer": "A model answer", "true": "True", "false": "False", **_words()})


def _words() -> dict[str, str]:
    from quizzes.words import words
    return words("en")


def test_a_key_names_the_right_answers_and_why(bank):
    key = plain(draw_key(whole(bank)))
    assert "Key: " in key
    for question in bank:
        for right, _ in question.solution(_words()):
            assert plain(str(right)) in key


def test_a_survey_has_no_points_and_the_total_counts_the_others():
    bank = load_bank(ROOT / "quizzes" / "bank" / "guide-survey.yml")
    surveys = tuple(question for question in bank if question.type == "survey")
    assert 'class="sheet-points"' not in draw_sheet(Asked(bank=bank, questions=surveys))
    assert 'class="sheet-total"' not in draw_sheet(Asked(bank=bank, questions=surveys))


def test_no_question_is_broken_over_pages(tmp_path, open_page, bank):
    export(whole(bank), "paper", tmp_path / "sheet.html")
    page = open_page((tmp_path / "sheet.html").as_uri())
    page.emulate_media(media="print")
    styles = page.eval_on_selector_all(".quiz-question", "all => all.map((one) => getComputedStyle(one).breakInside)")
    assert set(styles) == {"avoid"}
    for size in ("A4", "Letter"):
        assert page.pdf(format=size).startswith(b"%PDF")


@pytest.mark.parametrize("path", [path for path in BANKS if not path.stem.startswith("guide")], ids=lambda path: path.stem)
def test_every_question_fits_a_page(path, tmp_path, open_page):
    export(whole(load_bank(path)), "paper", tmp_path / "sheet.html")
    page = open_page((tmp_path / "sheet.html").as_uri(), viewport={"width": 690, "height": 900})  # Letter less its margins, in CSS pixels
    page.emulate_media(media="print")
    tall = page.eval_on_selector_all(".quiz-question", "all => all.filter((one) => one.offsetHeight > 920).map((one) => one.innerText.slice(0, 60))")
    assert tall == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 690


def test_the_command_writes_a_sheet_and_a_key(tmp_path):
    done = run("tests/banks/every-type.yml", "--format", "paper", "--out", str(tmp_path / "sheet.html"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [(tmp_path / "sheet.html").as_posix(), (tmp_path / "sheet-key.html").as_posix()]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheet-key.html", "sheet.html"]


def test_a_group_or_a_seed_asks_the_same_as_on_the_page(tmp_path, bank):
    out = tmp_path / "sheet.html"
    assert run("tests/banks/every-type.yml", "--format", "paper", "--out", str(out), "--group", "first").returncode == 0
    assert out.read_text(encoding="utf-8").count("<section class=") == len(bank.pick(group="first"))
    assert run("tests/banks/every-type.yml", "--format", "paper", "--out", str(out), "--seed", "7", "--draw", "3", "--shuffle").returncode == 0
    drawn = paper(tuple(bank), 7, draw=3, shuffle=True)
    sheet = out.read_text(encoding="utf-8")
    assert re.findall(r'name="quiz-([a-z]+)"', sheet)[0] in {question.id for question in drawn.questions}
    assert [sheet.index(f"quiz-{question.id}") for question in drawn.questions] == sorted(sheet.index(f"quiz-{question.id}") for question in drawn.questions)
    assert ">Paper 7<" in sheet


@pytest.mark.parametrize(("arguments", "status", "message"), [
    pytest.param(("--format", "word", "--out", "x.html"), 2, f"found 'word'; accepted: {', '.join(exporting())}", id="unknown format"),
    pytest.param(("--format", "paper", "--out", "nowhere/x.html"), 1, "nowhere/x.html: found No such file or directory; accepted: a file that can be written",
                 id="no such folder"),
    pytest.param(("--format", "paper", "--out", "tests"), 1, "tests: found Is a directory; accepted: a file that can be written", id="a folder"),
    pytest.param(("--format", "paper", "--out", "x.html", "--group", "last"), 1, "bank 'every-type': found group 'last'; accepted: first, second",
                 id="unknown group"),
    pytest.param(("--format", "paper", "--out", "x.html", "--draw", "99"), 1, "found draw 99; accepted: a whole number from 1 to 6, the questions there are",
                 id="too many"),
])
def test_a_wrong_wish_is_answered_in_one_line_and_nothing_is_written(arguments, status, message):
    done = run("tests/banks/every-type.yml", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.splitlines()[-1].endswith(message)
    assert not (ROOT / "x.html").exists() and not list(ROOT.glob(".*.part"))


def test_nothing_is_half_written(tmp_path, bank):
    (tmp_path / "sheet-key.html").mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        export(whole(bank), "paper", tmp_path / "sheet.html")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet-key.html"]
