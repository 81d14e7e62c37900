"""Every main chapter is what CHAPTERS asks of one, and a chapter that is not would be found."""

from __future__ import annotations

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
