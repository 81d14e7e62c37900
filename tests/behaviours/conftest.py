"""The bank and the page that the tests of behaviours share."""

from __future__ import annotations

import sys

import pytest
from bare_page import PAGE, ROOT

from quizzes import Bank, front_end
from quizzes.behaviours import Manner
from quizzes.drawing import draw_quiz

sys.path.insert(0, str(ROOT / "tests" / "types"))
from item_types import make_bank  # noqa: E402

BANK = """
  - {id: city, type: one-choice, prompt: Which city is the capital?, points: 2, hints: ["It lies *inland*.", "It begins with A."], penalty: 0.25,
     choices: [{id: ankara, text: Ankara, feedback: Yes., correct: true}, {id: izmir, text: Izmir, feedback: On the coast.},
               {id: bursa, text: Bursa, feedback: The first capital.}], ...}
  - {id: year, type: number, prompt: Since which year?, answer: 1923, feedback: {right: Yes., wrong: "No, earlier."}, ...}
  - {id: republic, type: true-false, prompt: True or false? It is a republic., answer: true, feedback: {right: Yes., wrong: It is.}, ...}
"""


@pytest.fixture
def city(tmp_path) -> Bank:
    return make_bank(tmp_path, BANK)


@pytest.fixture
def shown(open_page, tmp_path):
    """A page with a bank's quiz, taken in a manner; every answer's event is kept in `window.told`."""
    def show(bank, how: Manner, **options):
        file = tmp_path / "quiz.html"
        file.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                    quiz=draw_quiz(bank, bank, book="test", tools=True, how=how)), encoding="utf-8")
        page = open_page("about:blank", **options)
        page.add_init_script("window.told = []; document.addEventListener('quiz:answer', ({ detail }) => told.push(structuredClone(detail)))")
        page.goto(file.as_uri())
        return page
    return show
