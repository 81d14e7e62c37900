"""A bank on disk with the questions of the authors' guide, one or more of every type; answers to them that earn a part of the points."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

from bare_page import ROOT
from sealed_pages import BANKS, GUIDE

from quizzes.classroom.simulate import right_answer, wrong_answer
from quizzes.model import Question

HEAD = "title: Every way to ask\nobjectives: {guide: Ask in every way}\nquestions:\n"


def make_bank(folder: Path) -> Path:
    """The bank's file, with what it points to around it."""
    bank = folder / "quizzes" / "bank"
    bank.mkdir(parents=True)
    (folder / "data").mkdir()
    shutil.copy(ROOT / "data" / "outlines.json", folder / "data")
    shutil.copy(ROOT / "references.bib", folder)
    borrowed = []
    for path in sorted(BANKS.glob("guide-*.yml")):
        shutil.copy(path, bank)
        borrowed += [f"  - {{borrow: {path.stem}/{question.id}, group: all}}\n" for question in GUIDE if question.id in path.read_text(encoding="utf-8")]
    (bank / "every.yml").write_text(HEAD + "".join(borrowed), encoding="utf-8")
    return bank / "every.yml"


def partly_answer(question: Question) -> Any:
    """An answer that earns a part of the points, where the question has one; else one that is right or wrong, by lot."""
    chance = random.Random(question.id)
    for _ in range(300):
        answer = wrong_answer(question, chance)
        if answer is not None and question.mark(answer).state == "partly":
            return answer
    return chance.choice([right_answer, wrong_answer])(question, chance)
