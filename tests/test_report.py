"""Every main chapter has the words, maps, charts and questions of one, and a chapter that has not would be found."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from atlas import read_table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
import report  # noqa: E402

CLAIMS = read_table("claims")


@pytest.fixture(scope="module")
def chapters() -> dict[str, report.Chapter]:
    return {path.stem: report.measure(path) for path in sorted((ROOT / "chapters").glob("*.ipynb"))}


def test_no_chapter_falls_short(chapters):
    assert set(report.MAIN) <= set(chapters)
    assert report.lacking(list(chapters.values()), CLAIMS) == []


def test_a_chapter_that_falls_short_is_told_in_what(chapters):
    short = replace(chapters["energy"], words=2000, figures=Counter(map=1, chart=2))
    assert report.shortcomings(short, ["S28", "S99"], Counter(S28=2, S99=1)) == [
        "energy: found 2,000 words of prose; wanted: 2,500 to 4,000",
        "energy: found 1 maps; wanted: 2 or more",
        "energy: found 1 questions on claim S99; wanted: 2 or more",
    ]


def test_words_are_those_of_running_text():
    assert report.words_of("# A heading\n\n(a-label)=\nSerbia's {term}`KFOR` {cite}`nato-2025` was 81.5 % of [it](x.html).\n\n| a | table |\n") == 6


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("Before.\n\n```python\nx = read_table('trade')\n```\n\nAfter.\n", 2, id="code"),
    pytest.param("Before.\n\n```\na line\n```\n\nAfter.\n", 2, id="a block without a name"),
    pytest.param("```{note}\nIts text.\n```\n\nAfter.\n", 3, id="a directive"),
    pytest.param("```{admonition} Title\n:class: role-card\n:name: card\n\nIts text.\n```\n", 2, id="options"),
    pytest.param("````{note}\nIts text.\n\n```{code-block} python\nx = 1\n```\n````\n\nAfter.", 3, id="code in a directive"),
    pytest.param(":::{note}\nIts text.\n:::\n", 2, id="colons"),
])
def test_of_a_block_only_what_a_directive_says_is_counted(text, words):
    assert report.words_of(text) == words


def test_the_faults_of_a_bank_are_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "tab.ipynb").write_text('{"cells": []}', encoding="utf-8")
    bank = tmp_path / "quizzes" / "bank" / "tab.yml"
    bank.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "banks" / "faulty" / "tab.yml", bank)
    monkeypatch.setattr(report, "ROOT", tmp_path)
    assert report.main() == 1
    assert capsys.readouterr().err == f"{bank}:10: found a tab; accepted: spaces\n"
