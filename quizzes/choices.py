"""What the two choice types share: the choices, how they are drawn, and what is wrong with a set of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Annotated, Any, Self

from markupsafe import Markup
from pydantic import Field, StrictBool, field_validator

from quizzes.model import Id, Part, Question, Text, fault, kind
from quizzes.text import inline


class Choice(Part):
    """One thing a reader can pick, and what the book says back."""

    id: Id
    text: Annotated[Text, Field(description="Markdown, one line")]
    feedback: Annotated[Text, Field(description="What the book says to whoever picks it, in Markdown")]
    correct: StrictBool = False


def unknown_choice(picked: Any, ids: Sequence[str]) -> str | None:
    """What is wrong with one picked id, in words; None if nothing is."""
    if not isinstance(picked, str):
        return kind(picked)
    return None if picked in ids else f"an id that is no choice ('{picked[:40]}')"


class WithChoices(Question):
    """A question whose answer is picked from two to six choices."""

    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=6)]
    shuffle: Annotated[StrictBool, Field(description="Whether a quiz that shuffles may shuffle the choices; false where their order says something, as "
                                         "that of numbers does")] = True

    @field_validator("choices")
    @classmethod
    def _ids_differ(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        seen: set[str] = set()
        for n, choice in enumerate(choices):
            if choice.id in seen:
                raise fault((n, "id"), f"choice id '{choice.id}' a second time", "each id once in a question")
            seen.add(choice.id)
        return choices

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.choices)

    @property
    def movable(self) -> tuple[str, ...]:
        return self.ids if self.shuffle else ()

    def moved(self, order: tuple[str, ...]) -> Question:
        return self.model_copy(update={"choices": tuple(sorted(self.choices, key=lambda choice: order.index(choice.id)))})

    def drawn_by(self, lot: str) -> Self:
        order = list(self.movable)
        random.Random(lot).shuffle(order)
        other = super().drawn_by(lot)
        return other.moved(tuple(order)) if order else other

    @property
    def key(self) -> frozenset[str]:
        return frozenset(choice.id for choice in self.choices if choice.correct)

    def unknown(self, picked: Any) -> str | None:
        """What is wrong with one picked id, in words."""
        return unknown_choice(picked, self.ids)

    def said(self, picked: frozenset[str]) -> tuple[str, ...]:
        """The feedback of what was picked, in the order of the choices."""
        return tuple(inline(choice.feedback) for choice in self.choices if choice.id in picked)

    def draw_inputs(self, box: str, field: str) -> Markup:
        """One `radio` or `checkbox` a choice, each inside its label."""
        line = Markup('<label class="quiz-option"><input type="{}" name="{}" value="{}"><span>{}</span></label>')
        return Markup().join(line.format(box, field, choice.id, inline(choice.text)) for choice in self.choices)

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((inline(choice.text), inline(choice.feedback)) for choice in self.choices if choice.correct)

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"ids": self.ids}
