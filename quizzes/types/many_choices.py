"""Pick every choice that is right, of two to six."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

from markupsafe import Markup
from pydantic import field_validator

from quizzes.choices import Choice, WithChoices
from quizzes.model import Mark, fault
from quizzes.picking import CREDIT, Credit, found_wrong_picks


class QuestionType(WithChoices):
    """Answered by a list of choices' ids, in any order; an empty list is an answer: none of them."""

    how = "pick-many"
    type: Literal["many-choices"]
    credit: Credit = "multiple-choice"

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
        return found_wrong_picks(answer, self.ids)

    def judge(self, answer: list[str]) -> Mark:
        picked = frozenset(answer)
        right, wrong = len(picked & self.key), len(picked - self.key)
        return self.award(CREDIT[self.credit](right, wrong, len(self.key)), self.said(picked))

    def marking_part(self) -> dict[str, Any]:
        ids = sorted(self.ids)
        answers = (list(picked) for n in range(len(ids) + 1) for picked in combinations(ids, n))
        return self.table_of({",".join(picked): picked for picked in answers}) | {"right": sorted(self.key)}

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return self.draw_inputs("checkbox", field)
