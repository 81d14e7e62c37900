"""A statement that is true or false."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, StrictBool

from quizzes.model import Mark, Part, Question, Text, kind
from quizzes.text import inline


class Feedback(Part):
    right: Text
    wrong: Text


class QuestionType(Question):
    """Answered by `true` or `false`; all or nothing."""

    how = "pick-one"
    type: Literal["true-false"]
    answer: Annotated[StrictBool, Field(description="Whether the statement is true")]
    feedback: Feedback
    penalty: Annotated[float, Field(ge=0, le=1, description="As in every type; 1 without it, as a second try is always right")] = 1

    @property
    def accepts(self) -> str:
        return "true, false or null"

    def found_wrong(self, answer: Any) -> str | None:
        return None if isinstance(answer, bool) else kind(answer)

    def judge(self, answer: bool) -> Mark:
        right = answer is self.answer
        said = self.feedback.right if right else self.feedback.wrong
        return self.award(int(right), (inline(said),))

    def marking_part(self) -> dict[str, Any]:
        return self.table_of({"true": True, "false": False}) | {"right": [str(self.answer).lower()]}

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return ((words[str(self.answer).lower()], inline(self.feedback.right)),)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return Markup().join(
            Markup('<label class="quiz-option"><input type="radio" name="{}" value="{}"><span>{}</span></label>')
            .format(field, value, words[value]) for value in ("true", "false"))
