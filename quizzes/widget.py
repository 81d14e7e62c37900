"""A quiz in a notebook: the page's own markup and script in an anywidget, with Python listening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets
from markupsafe import Markup

from quizzes import front_end
from quizzes.bank import Bank, load_bank
from quizzes.behaviours import Manner, after_tries, certain, manner
from quizzes.controls import name_of
from quizzes.drawing import anchor, draw_quiz
from quizzes.model import Mark, Question
from quizzes.words import words

PLACEHOLDER = Markup('<div data-quiz-show="{}" data-quiz-ids="{}" data-quiz-group="{}"{}>{}</div>')
MANNER = Markup(' data-quiz-manner="{}"')


def find_bank(name: str) -> Path:
    """`quizzes/bank/<name>.yml` of the book around the working folder.

    Raises FileNotFoundError, with the banks there are, where there is none of that name.
    """
    here = Path.cwd().resolve()
    folders = [folder / "quizzes" / "bank" for folder in (here, *here.parents)]
    folder = next((folder for folder in folders if folder.is_dir()), None)
    if folder is None:
        raise FileNotFoundError(f"found no folder quizzes/bank in or above {here}; accepted: a working folder inside a book")
    banks = sorted(path.stem for path in folder.glob("*.yml"))
    if name not in banks:
        raise FileNotFoundError(f"found bank '{name}'; accepted: {', '.join(banks)}")
    return folder / f"{name}.yml"


class QuizWidget(anywidget.AnyWidget):
    """A live quiz. `answers` are the reader's, as they give them; `marks` are Python's.

    Setting `answers` from Python shows them in the notebook.
    """

    _esm = front_end.module()
    _css = front_end.styles()
    markup = traitlets.Unicode().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)  # question id -> answer
    checked = traitlets.List().tag(sync=True)  # ids of the questions whose mark the reader has asked for
    kept = traitlets.Dict().tag(sync=True)  # question id -> what a manner of its own keeps beside: tries, how sure, hints seen

    def __init__(self, bank: Bank, questions: tuple[Question, ...], placeholder: Markup, how: Manner = Manner(), name: str = "") -> None:
        self._bank, self._questions, self._placeholder, self._how = bank, questions, placeholder, how
        super().__init__(markup=draw_quiz(bank, questions, book="notebook", tools=False, how=how, name=name))

    @property
    def marks(self) -> dict[str, Mark]:
        """The mark of every question, from the answers; never taken from the browser."""
        return {question.id: question.mark(self.answers.get(question.id)) for question in self._questions}

    @property
    def earned(self) -> dict[str, float]:
        """The points of every question as the manner counts them: in practice after all tries, else those of `marks`."""
        if self._how.behaviour != "practice":
            return {id_: mark.points for id_, mark in self.marks.items()}
        return {question.id: after_tries(question, [one["answer"] for one in self._tries(question)]) for question in self._questions}

    @property
    def certainty(self) -> dict[str, float]:
        """The certainty points of every question: of its first try in practice, else of `marks`."""
        def points(question: Question) -> float:
            first = next(iter(self._tries(question)), {"answer": self.answers.get(question.id)} | self.kept.get(question.id, {}))
            return certain(question.mark(first["answer"]), first.get("certainty"))
        return {question.id: points(question) for question in self._questions}

    def _tries(self, question: Question) -> list[dict[str, Any]]:
        return self.kept.get(question.id, {}).get("tries", [])

    def __repr__(self) -> str:  # no address, so that stored notebooks compare equal
        return f"QuizWidget('{self._bank.name}', {len(self._questions)} questions)"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data:
            data |= {"text/plain": repr(self), "text/html": self._placeholder}
        return bundle


def quiz(name: str, *ids: str, group: str | None = None, **options: Any) -> QuizWidget:
    """A bank's quiz as the last line of a cell: all of it, one group, or the questions named.

    `options` say how it is taken: behaviour ("practice", "test", "review"), minutes and extra (of a test), seed, draw, shuffle, certainty.
    Raises FileNotFoundError or KeyError with what there is, Faulty with the bank's faults, BadManner for an option at fault.
    """
    bank = load_bank(find_bank(name))
    questions = bank.pick(*ids, group=group)
    how = manner(options, len(questions))
    placeholder = PLACEHOLDER.format(name, " ".join(ids), group or "", MANNER.format(how.as_text()) if how != Manner() else "", words(bank.language)["run-cell"].replace("{title}", bank.title))
    return QuizWidget(bank, questions, placeholder, how, name_of(ids, group))


def asked_about(claim: str, name: str) -> str:
    """The address of a bank's first question on a claim: "history.html#quiz-history-who-ruled".

    Raises KeyError where the bank has no question on the claim, or does not say on which page its sections are.
    """
    bank = load_bank(find_bank(name))
    for question in bank:
        if claim in question.claims and (section := bank.section_of(question)):
            return f"{section.address.partition('#')[0]}#{anchor(name, question.id)}"
    raise KeyError(f"bank '{name}': found no question on claim '{claim}' whose section has an address")
