"""A small book in another builder's theme, and its readers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bare_page import ROOT
from readers import Reader, build

LENT = """title: Mixed
objectives: {mix: Ask again}
questions:
  - {borrow: every-type/one, group: again}
  - id: text
    type: open-answer
    group: again
    objective: mix
    level: evaluate
    prompt: Why Ankara?
    points: 2
    model: It lies inland.
    rubric: [{id: inland, text: It lies inland}, {id: safe, text: It was safe}]
    explanation: Both were said.
    sources: [constitution-1924]
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A small book in another builder's theme: a chapter, one that asks its question again, the page of progress."""
    source = tmp_path_factory.mktemp("book")
    bank = source / "quizzes" / "bank"
    bank.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "banks" / "every-type.yml", bank)
    shutil.copy(ROOT / "tests" / "banks" / "references.bib", source)
    (bank / "mixed.yml").write_text(LENT, encoding="utf-8")
    (source / "conf.py").write_text("project = 'Small Book'\nextensions = ['quizzes.progress']\nhtml_theme = 'alabaster'\n", encoding="utf-8")
    (source / "index.rst").write_text("Start\n=====\n\n.. toctree::\n\n   types\n   mixed\n   progress\n", encoding="utf-8")
    (source / "types.rst").write_text("Types\n=====\n\n.. quiz:: every-type\n\nThe end.\n", encoding="utf-8")
    (source / "mixed.rst").write_text("Mixed\n=====\n\n.. quiz:: mixed\n", encoding="utf-8")
    (source / "progress.rst").write_text("Progress\n========\n\n.. progress:: every-type mixed\n", encoding="utf-8")
    build(source)
    return source


@pytest.fixture(scope="module")
def book(source) -> str:
    return (source / "out").as_uri()  # from disk, where nothing can be fetched


@pytest.fixture
def reader(open_page, book):
    return lambda **options: Reader(open_page("about:blank", **options), book)
