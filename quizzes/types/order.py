"""Put items in order."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, field_validator

from quizzes.items import Item, ItemMarking, each_once, shuffled
from quizzes.model import Mark, Question, kind
from quizzes.text import inline

LIST = Markup('<ol class="quiz-order" role="list" data-quiz-drawn="{}" data-quiz-moved="{}">{}</ol><p class="quiz-heard" aria-live="polite"></p>')
LINE = Markup('<li data-quiz-item="{}"><button type="button" class="quiz-handle" aria-label="{}"><span aria-hidden="true">⠿</span></button>'
              '<span class="quiz-name" dir="auto">{}</span>'
              '<button type="button" data-quiz-move="-1" aria-label="{}"><span aria-hidden="true">▲</span></button>'
              '<button type="button" data-quiz-move="1" aria-label="{}"><span aria-hidden="true">▼</span></button></li>')


class QuestionType(Question):
    """Answered by the ids of all items, first to last.

    `credit` names the rule, after Moodle's Ordering question type (qtype_ordering, the help text of its
    setting "Grading type"; its names in brackets):

    - absolute-position ("Absolute position"): every item in its right place earns an equal share.
    - relative-to-next ("Relative to the next item (excluding last)"): every item but the last of the right
      order earns an equal share if the item right after it is the right one, wherever the two stand.
    - all-or-nothing ("All or nothing"): every item in its right place, or no points.

    Three items or more: of two, never drawn in the right order, a swap would always be right.
    """

    how = "put-in-order"
    type: Literal["order"]
    items: Annotated[tuple[Item, ...], Field(min_length=3, max_length=10, description="In the right order; drawn in another")]
    credit: Annotated[Literal["absolute-position", "relative-to-next", "all-or-nothing"],
                      Field(description="How a part of the order is marked, by Moodle's names")] = "absolute-position"

    _each_once = field_validator("items")(each_once)

    @cached_property
    def drawn(self) -> tuple[Item, ...]:
        """The items in the order they are drawn in, which is never the right one."""
        return shuffled(self.items, self.lot)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.drawn)

    @cached_property
    def marking(self) -> ItemMarking:
        worth = {item: {place: 1} for item, place in self._placed([item.id for item in self.items]).items()}
        return ItemMarking(worth=worth, feedback={item.id: item.feedback for item in self.items if item.id in worth},
                           credit="all-or-nothing" if self.credit == "all-or-nothing" else "partial")

    def _placed(self, answer: list[str]) -> dict[str, str]:
        """Where each item stands: the item after it, or its place counted from 1."""
        if self.credit == "relative-to-next":
            return dict(zip(answer, answer[1:]))
        return {item: str(place) for place, item in enumerate(answer, 1)}

    @property
    def accepts(self) -> str:
        return f"a list of {', '.join(self.ids)}, each once, or null"

    def found_wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, list):
            return kind(answer)
        for item in answer:
            if not isinstance(item, str):
                return f"{kind(item)} in the list"
            if item not in self.ids:
                return f"an id that is no item ('{item[:40]}')"
        if len(set(answer)) < len(answer):
            return "one id twice"
        return f"{len(answer)} of {len(self.ids)} items" if len(answer) < len(self.ids) else None

    def judge(self, answer: list[str]) -> Mark:
        return self.marking.judge(self, self._placed(answer))

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"items": self.ids}

    def marking_part(self) -> dict[str, Any]:
        return self.marking.marking_part(self) | {"by": "next" if self.credit == "relative-to-next" else "place"}

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((Markup("{}. {}").format(n, inline(item.text)), "") for n, item in enumerate(self.items, 1))

    def draw(self, words: dict[str, str], field: str) -> Markup:
        lines = Markup().join(self._draw_line(item, words) for item in self.drawn)
        return LIST.format(" ".join(self.ids), words["moved"], lines)

    def _draw_line(self, item: Item, words: dict[str, str]) -> Markup:
        text = inline(item.text)
        move, up, down = (words[name].replace("{item}", text.striptags()) for name in ("move", "move-up", "move-down"))
        return LINE.format(item.id, move, text, up, down)
