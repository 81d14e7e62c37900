"""Pick one of two to six choices."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, field_validator

from quizzes.choices import Choice, WithChoices
from quizzes.model import Mark, fault


class GradedChoice(Choice):
    """A choice that may earn a part of the mark."""

    grade: Annotated[float, Field(gt=0, lt=100, description="Per cent of the points for a choice that is partly right "
                                  "(Moodle's grade of a choice); without it a choice earns 100 or 0")] | None = None

    @property
    def share(self) -> Fraction:
        if self.correct:
            return Fraction(1)
        return Fraction(str(self.grade)) / 100 if self.grade else Fraction(0)


class QuestionType(WithChoices):
    """Answered by one choice's id; earns what that choice is worth."""

    how = "pick-one"
    type: Literal["one-choice"]
    choices: Annotated[tuple[GradedChoice, ...], Field(min_length=2, max_length=6)]

    @field_validator("choices")
    @classmethod
    def _one_key(cls, choices: tuple[GradedChoice, ...]) -> tuple[GradedChoice, ...]:
        keys = [n for n, choice in enumerate(choices) if choice.correct]
        if not keys:
            raise fault((), "no choice with 'correct: true'", "exactly one")
        if len(keys) > 1:
            raise fault((keys[1], "correct"), f"{len(keys)} choices with 'correct: true'", "exactly one")
        if choices[keys[0]].grade is not None:
            raise fault((keys[0], "grade"), "a grade on the key", "a grade on a choice that is partly right")
        return choices

    @property
    def accepts(self) -> str:
        return f"one of {', '.join(self.ids)}, or null"

    def found_wrong(self, answer: Any) -> str | None:
        return self.unknown(answer)

    def judge(self, answer: str) -> Mark:
        share = next(choice.share for choice in self.choices if choice.id == answer)
        return self.award(share, self.said(frozenset([answer])))

    def marking_part(self) -> dict[str, Any]:
        return self.table_of({id_: id_ for id_ in self.ids}) | {"right": sorted(self.key)}

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return self.draw_inputs("radio", field)
