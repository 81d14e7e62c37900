"""The Sphinx extension alone: another builder's theme, no Jupyter Book."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STORED = '<div data-quiz-show="every-type" data-quiz-ids="people" data-quiz-group="">Quiz “Every type”: run this cell.</div>'


@pytest.fixture
def source(tmp_path) -> Path:
    return write_source(tmp_path)


def write_source(tmp_path: Path) -> Path:
    """A small Sphinx project with the bank of every type."""
    (tmp_path / "quizzes" / "bank").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "banks" / "every-type.yml", tmp_path / "quizzes" / "bank")
    shutil.copy(ROOT / "tests" / "banks" / "references.bib", tmp_path)
    (tmp_path / "conf.py").write_text("project = 'Another Book!'\nextensions = ['quizzes.page']\nhtml_theme = 'alabaster'\n", encoding="utf-8")
    (tmp_path / "index.rst").write_text("Start\n=====\n\n.. toctree::\n\n   asked\n   stored\n", encoding="utf-8")
    (tmp_path / "asked.rst").write_text("Asked\n=====\n\n.. quiz:: every-type\n   :group: first\n", encoding="utf-8")
    (tmp_path / "stored.rst").write_text(f"Stored\n======\n\n.. raw:: html\n\n   {STORED}\n", encoding="utf-8")
    return tmp_path


def build(source: Path) -> Path:
    """Build with warnings as errors. Raises AssertionError with what the builder said."""
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", source, source / "out"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return source / "out"


def test_a_directive_and_a_stored_cell_become_the_quiz_in_any_theme(source):
    out = build(source)
    asked, stored = ((out / name).read_text(encoding="utf-8") for name in ("asked.html", "stored.html"))
    assert asked.count("<form class=\"quiz-question\"") == 2
    assert 'data-quiz-question="one"' in asked and 'data-quiz-book="another-book"' in asked
    assert stored.count("<form class=\"quiz-question\"") == 1
    assert 'data-quiz-question="people"' in stored and "data-quiz-show" not in stored


def test_only_a_page_with_a_quiz_loads_the_front_end(source):
    out = build(source)
    for name, loads in (("asked", True), ("stored", True), ("index", False)):
        assert ("quizzes.js" in (out / f"{name}.html").read_text(encoding="utf-8")) is loads
    assert (out / "_static" / "quizzes.js").stat().st_size > 1000
    assert (out / "_static" / "quizzes.css").stat().st_size > 1000


def test_the_quiz_of_another_theme_is_alive(source, open_page):
    page = open_page((build(source) / "stored.html").as_uri())
    page.locator("[data-quiz-question=people] input").fill("85,4")
    page.locator("[data-quiz-question=people] button[type=submit]").click()
    assert page.locator(".quiz-state").inner_text() == "Right · 2 of 2"


def test_a_changed_bank_is_drawn_again(source):
    build(source)
    bank = source / "quizzes" / "bank" / "every-type.yml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("Which **city**", "Which **town**"), encoding="utf-8")
    assert "Which <strong>town</strong>" in (build(source) / "asked.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("directive", "message"), [
    (".. quiz:: evry-type", "asked: found bank 'evry-type'; accepted: every-type"),
    (".. quiz:: every-type won", "asked: bank 'every-type': found question 'won'; accepted: one, many, worst, strict, statement, people"),
    (".. quiz:: every-type\n   :group: last", "asked: bank 'every-type': found group 'last'; accepted: first, second"),
])
def test_what_does_not_exist_stops_the_build_and_says_what_does(source, directive, message):
    (source / "asked.rst").write_text(f"Asked\n=====\n\n{directive}\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=re.escape(message)):
        build(source)


def test_a_faulty_bank_stops_the_build_with_its_lines(source):
    bank = source / "quizzes" / "bank" / "every-type.yml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("answer: true", "answer: maybe"), encoding="utf-8")
    with pytest.raises(AssertionError, match=re.escape(f"asked: {bank}:80: found 'maybe'; accepted: true or false")):
        build(source)
