"""Place events in time."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import BeforeValidator, Field, create_model, field_validator, model_validator

from quizzes.items import Credit, Item, ItemMarking, each_once, in_order, shuffled
from quizzes.model import Mark, Question, fault, kind
from quizzes.text import inline

ROW = Markup('<div class="quiz-event" data-quiz-item="{id}"><p><span class="quiz-name" dir="auto">{text}</span> <output>–</output></p>'
             '<div class="quiz-line"><span aria-hidden="true">{first}</span>'
             '<input type="range" min="{first}" max="{last}" value="{middle}" aria-label="{label}" data-quiz-none="{none}">'
             '<span aria-hidden="true">{last}</span>'
             '<input type="number" min="{first}" max="{last}" step="1" inputmode="numeric" aria-label="{label}"></div></div>')


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise fault((), f"{value!r}", "a whole number")
    return value


Year = Annotated[int, BeforeValidator(_whole)]
Years = Annotated[Year, Field(ge=0)]


class Event(Item):
    """Something that happened, its year, and how many years off still count as right."""

    year: Year
    tolerance: Annotated[Years, Field(description="Years off that still earn the whole share")] = 0


_Line = create_model("_Line", __base__=Question, __module__=__name__, **{  # `from` cannot be written as a name
    "from": (Annotated[Year, Field(description="The first year of the line")], ...),
    "to": (Annotated[Year, Field(description="The last year of the line")], ...),
})


class QuestionType(_Line):
    """Answered by an object, event to year; an event that is left out is not placed.

    Every event earns an equal share: the whole share within its tolerance, half of it within `near` years.
    """

    how = "place-in-time"
    type: Literal["timeline"]
    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=10)]
    near: Annotated[Years, Field(description="Years off that still earn half the share")] | None = None
    credit: Credit = "partial"

    _each_once = field_validator("events")(each_once)

    @model_validator(mode="after")
    def _years_fit(self) -> QuestionType:
        first, last = self.span
        if first >= last:
            raise fault(("to",), str(last), f"a year after {first}")
        for n, event in enumerate(self.events):
            if not first <= event.year <= last:
                raise fault(("events", n, "year"), str(event.year), f"a year from {first} to {last}")
            if self.near is not None and self.near <= event.tolerance:
                raise fault(("near",), str(self.near), f"more than the tolerance of '{event.id}', {event.tolerance}")
        return self

    @property
    def span(self) -> tuple[int, int]:
        return getattr(self, "from"), self.to

    @cached_property
    def drawn(self) -> tuple[Event, ...]:
        """The events in the order they are drawn in, which tells nothing of their years."""
        return shuffled(self.events, self.lot)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(event.id for event in self.drawn)

    @cached_property
    def marking(self) -> ItemMarking:
        return ItemMarking(worth={event.id: {"right": 2, "near": 1} for event in self.drawn}, best=2, credit=self.credit,
                           feedback={event.id: event.feedback for event in self.drawn})

    @cached_property
    def intervals(self) -> dict[str, list[tuple[int, int, str]]]:
        """For each event, first match counts: first year, last year, both included, and what it is to be in them."""
        return {event.id: [(event.year - off, event.year + off, name)
                           for off, name in ((event.tolerance, "right"), (self.near, "near")) if off is not None]
                for event in self.drawn}

    @property
    def accepts(self) -> str:
        first, last = self.span
        return f"an object, {', '.join(self.ids)} to whole years from {first} to {last}, or null"

    def found_wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, dict):
            return kind(answer)
        first, last = self.span
        for event in in_order(answer):
            year = answer[event]
            if event not in self.ids:
                return f"a key that is no event ('{event[:40]}')"
            if isinstance(year, bool) or not isinstance(year, int | float):
                return f"{kind(year)} in the object"
            if not first <= year <= last or year != math.floor(year):
                return "a number that is no year of the line"
        return None

    def judge(self, answer: dict[str, int | float]) -> Mark:
        return self.marking.judge(self, {event: self._where(event, year) for event, year in answer.items()})

    def _where(self, event: str, year: int | float) -> str:
        return next((name for first, last, name in self.intervals[event] if first <= year <= last), "far")

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"items": self.ids, "span": self.span}

    def marking_part(self) -> dict[str, Any]:
        return self.marking.marking_part(self) | {"intervals": self.intervals}

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((Markup("{}: {}{}").format(inline(event.text), event.year, f" (± {event.tolerance})" if event.tolerance else ""), "")
                     for event in self.drawn)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        first, last = self.span
        return Markup().join(
            ROW.format(id=event.id, text=inline(event.text), label=inline(event.text).striptags(), first=first, last=last,
                       middle=(first + last) // 2, none=words["no-year"]) for event in self.drawn)
