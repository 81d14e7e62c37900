"""Assignments for the tests of what students get, and a student who answers one."""

from __future__ import annotations

import sys
from typing import Any

from bare_page import ROOT, guide_bank

from quizzes import Bank, Question
from quizzes.classroom.sealing import Sealed, seal, secret_of

sys.path.insert(0, str(ROOT / "tests" / "types"))
from test_front_end import press_an_answer  # noqa: E402

BANKS = ROOT / "quizzes" / "bank"
ALL_BANKS = sorted(BANKS.glob("*.yml"))
GUIDE = guide_bank()
DUE = "2026-05-08T18:00:00+02:00"
FIRST = ".quiz-inputs :is(input, select, textarea, button:not(:disabled))"


def sealed_of(questions: tuple[Question, ...], secret: str | None = None, **about: Any) -> Sealed:
    about = {"title": "Monday", "bank": "test", "language": "en", "seed": 1, "due": None} | about
    return seal(questions, secret_of(questions, 1) if secret is None else secret, **about)


def every_type() -> Sealed:
    """The questions of the authors' guide, one or more of every type."""
    return sealed_of(GUIDE.questions, title="Every way to ask", bank="guide", due=DUE)


def say_who(page, name: str = "Ana Kovač", number: str = "2023/0145") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your student number").fill(number)


def answer_all(page) -> None:
    """Some answer to every question, by keyboard."""
    for form in page.locator("form[data-quiz-question]").all():
        form.locator(FIRST).first.focus()
        press_an_answer(page)


def marks(bank: Bank, answers: dict) -> dict[str, dict]:
    return {id_: bank[id_].mark(answer).as_json() for id_, answer in answers.items()}
