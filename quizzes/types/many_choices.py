"""Pick every choice that is right, of two to six."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, field_validator

from quizzes.choices import Choice, WithChoices
from quizzes.model import Mark, fault, kind


def multiple_choice(right: int, wrong: int, key: int) -> Fraction:
    """Each right pick earns an equal share of the mark, each wrong pick costs one, never below zero.

    Moodle's Multiple choice question with several answers, graded 100/n and -100/n per cent.
    """
    return max(Fraction(0), Fraction(right - wrong, key))


def ou_multiple_response(right: int, wrong: int, key: int) -> Fraction:
    """Each right pick earns an equal share; of more picks than the key has, the worst count.

    Moodle's OU multiple response question type (The Open University; MoodleDocs 3.11).
    """
    return Fraction(max(0, min(right, key - wrong)), key)


def all_or_nothing(right: int, wrong: int, key: int) -> Fraction:
    """The whole key and nothing else, or no points. Moodle's All-or-nothing multiple choice type."""
    return Fraction(right == key and wrong == 0)


CREDIT: dict[str, Callable[[int, int, int], Fraction]] = {
    "multiple-choice": multiple_choice,
    "ou-multiple-response": ou_multiple_response,
    "all-or-nothing": all_or_nothing,
}


class QuestionType(WithChoices):
    """Answered by a list of choices' ids, in any order; an empty list is an answer: none of them."""

    how = "pick-many"
    type: Literal["many-choices"]
    credit: Annotated[Literal["multiple-choice", "ou-multiple-response", "all-or-nothing"],
                      Field(description="How a part of the key is marked, by Moodle's names")] = "multiple-choice"

    @field_validator("choices")
    @classmethod
    def _has_key(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if not any(choice.correct for choice in choices):
            raise fault((), "no choice with 'correct: true'", "one or more")
        return choices

    @property
    def accepts(self) -> str:
        return f"a list of {', '.join(self.ids)}, each once at most, or null"

    def found_wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, list):
            return kind(answer)
        for picked in answer:
            if wrong := self.unknown(picked):
                return wrong if isinstance(picked, str) else f"{wrong} in the list"
        return "one id twice" if len(set(answer)) < len(answer) else None

    def judge(self, answer: list[str]) -> Mark:
        picked = frozenset(answer)
        right, wrong = len(picked & self.key), len(picked - self.key)
        return self.award(CREDIT[self.credit](right, wrong, len(self.key)), self.said(picked))

    def marking_part(self) -> dict[str, Any]:
        ids = sorted(self.ids)
        answers = (list(picked) for n in range(len(ids) + 1) for picked in combinations(ids, n))
        return self.table({",".join(picked): picked for picked in answers}) | {"right": sorted(self.key)}

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return self.draw_inputs("checkbox", field)
