"""What the tests of match, classify, order and timeline share: a bank, a page of it, strange answers, a walk by Tab."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from bare_page import PAGE
from test_front_end import WRONG_SHAPES

from quizzes import Bank, front_end, load_bank
from quizzes.drawing import draw_quiz

HEAD = """title: Items
language: en
objectives: {ask: Ask}
questions:
"""
REST = "group: first, objective: ask, level: apply, explanation: So it is., sources: [constitution-1924]"
STRANGE = ["", " ", "a", "1", "10", "2", "undefined", "constructor", "__proto__", "hasOwnProperty", "é", "e\u0301", "İ", "i\u0307", "ı", "ß", "ﬁ", "５",
           "\U0001f600", "\U0001f1f9\U0001f1f7", "\ufb01", "\uffff", "\x00", "\ud800", "x" * 45, "شبه", "<b>", "{item}"]


def make_bank(folder: Path, questions: str) -> Bank:
    """The bank of some questions; `...` in one stands for the keys that every question has."""
    path = folder / "items.yml"
    path.write_text(HEAD + questions.replace("...", REST), encoding="utf-8")
    return load_bank(path)


def make_page(folder: Path, bank: Bank) -> str:
    """The address, on disk, of a bare page with a bank's quiz."""
    path = folder / "quiz.html"
    path.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                quiz=draw_quiz(bank, bank, book="test", tools=True)), encoding="utf-8")
    return path.as_uri()


def pairs(bank: Bank, answer: Callable[[random.Random, str], object], how_many: int = 500) -> list[tuple[str, object]]:
    """Questions and answers: many of a question's own form, as many with something strange in them, every wrong shape."""
    chance = random.Random(1)
    made = [(question.id, answer(chance, question.id)) for question in bank for _ in range(how_many)]
    bent = [(id_, bend(chance, answer(chance, id_))) for id_, _ in made]
    return made + bent + [(question.id, shape) for question in bank for shape in WRONG_SHAPES]


def bend(chance: random.Random, answer: object) -> object:
    """An answer with a part of it replaced, added or taken away."""
    strange = chance.choice([*STRANGE, None, True, 1, 0.5, -1, 1995.0, 10 ** 400, [], {}, [1]])
    if isinstance(answer, list):
        place = chance.randrange(len(answer) + 1)
        return answer[:place] + [strange] * chance.randrange(2) + answer[place + chance.randrange(2):]
    keys = [*answer, chance.choice(STRANGE), chance.choice(STRANGE)]
    return answer | {key: strange for key in chance.sample(keys, k=min(2, len(keys)))}


def tab_to(page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def check(page, question: str) -> str:
    """Check a question's answer by keyboard; what is announced."""
    tab_to(page, f"[data-quiz-question={question}] button[type=submit]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "submit"  # focus stays
    said = page.locator(f"[data-quiz-question={question}] [role=status]").inner_text()
    return "\n".join(line for line in said.splitlines() if line)


def signs(page, question: str) -> dict[str, str]:
    """The sign beside every marked item: the item's id to ✓ or ✗."""
    return page.locator(f"[data-quiz-question={question}]").evaluate("""(form) => Object.fromEntries(
      [...form.querySelectorAll('[data-mark]')].map((item) => [item.dataset.quizItem,
        getComputedStyle(item.querySelector('.quiz-name'), '::after').content.replace(/[" ]/g, '')]))""")
