"""A survey: the reader's own verdict, before and after reading; no answer is wrong."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, field_validator

from quizzes.choices import unknown_choice
from quizzes.items import each_once
from quizzes.model import Id, Mark, Part, Question, Text
from quizzes.text import inline
from quizzes.words import words as words_of


class ScalePoint(Part):
    """One verdict that a reader can give."""

    id: Id
    text: Annotated[Text, Field(description="Markdown, one line")]
    feedback: Annotated[Text, Field(description="What the book says to whoever holds it, in Markdown")] | None = None


class QuestionType(Question):
    """Answered by the id of one point of the scale; earns nothing and costs nothing."""

    how = "pick-view"
    type: Literal["survey"]
    points: Annotated[Literal[0], Field(description="A survey is worth no points")] = 0
    about: Annotated[Id, Field(description="What is judged; the same in the survey before and in the one after")]
    moment: Annotated[Literal["before", "after"], Field(description="Whether it is asked before or after the reading")]
    scale: Annotated[tuple[ScalePoint, ...], Field(min_length=2, max_length=7, description="The verdicts, in order")]

    _each_once = field_validator("scale")(each_once)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(point.id for point in self.scale)

    @property
    def accepts(self) -> str:
        return f"one of {', '.join(self.ids)}, or null"

    def found_wrong(self, answer: Any) -> str | None:
        return unknown_choice(answer, self.ids)

    def judge(self, answer: str) -> Mark:
        """A verdict that was given counts as `right`: of the four states only this one takes nothing away."""
        said = next(point.feedback for point in self.scale if point.id == answer)
        return Mark(points=0, out_of=0, state="right", feedback=(inline(said),) if said else ())

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"ids": self.ids}

    def marking_part(self) -> dict[str, Any]:
        words = words_of(self.language)
        return self.table_of({id_: id_ for id_ in self.ids}) | {"says": {"right": words["noted"]}, "before": words["said-before"]}

    def draw(self, words: dict[str, str], field: str) -> Markup:
        line = Markup('<label class="quiz-option"><input type="radio" name="{}" value="{}" data-quiz-{}="{}">'
                      '<span>{}</span></label>')
        return Markup().join(line.format(field, point.id, self.moment, self.about, inline(point.text)) for point in self.scale)
