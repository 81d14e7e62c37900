"""What types with several items share: each item is worth something where it was put, and the sum is looked up."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from quizzes.model import Id, Mark, Part, Question, Text, fault, kind, plain
from quizzes.text import inline

Credit = Annotated[Literal["partial", "all-or-nothing"],
                   Field(description="partial: every item earns an equal share; all-or-nothing: the whole key or no points")]


class Item(Part):
    """One thing to be put in its place, and what the book says where it was put in another."""

    id: Id
    text: Annotated[Text, Field(description="Markdown, one line")]
    feedback: Annotated[Text, Field(description="What the book says when this item is in the wrong place, in Markdown")]


Thing = TypeVar("Thing")


def each_once(items: Sequence[Any]) -> Any:
    """The items, for a validator. Raises a fault at the second of two that have the same id."""
    seen: set[str] = set()
    for n, item in enumerate(items):
        if item.id in seen:
            raise fault((n, "id"), f"id '{item.id}' a second time", "each id once in a question")
        seen.add(item.id)
    return items


def shuffled(things: Sequence[Thing], seed: str) -> tuple[Thing, ...]:
    """The things in an order that hangs on the seed and on what they are called, and is never the one they came in.

    From what is drawn nobody can count back to the order in which an author wrote them, which may be the key.
    """
    chance, drawn = random.Random(seed), sorted(things, key=lambda thing: getattr(thing, "id", thing))
    chance.shuffle(drawn)
    while len(drawn) > 1 and drawn == list(things):
        chance.shuffle(drawn)
    return tuple(drawn)


@dataclass(frozen=True, kw_only=True)
class ItemMarking:
    """How an answer that puts items in places is marked.

    `worth` gives for each item, in the order of the question, what every place earns it in whole units (a
    place that is not listed earns 0); `best` is what the right place earns. Points are the share of all
    units that were earned, or all or nothing.
    """

    worth: Mapping[str, Mapping[str, int]]
    feedback: Mapping[str, str]
    credit: str = "partial"
    best: int = 1

    def judge(self, question: Question, placed: Mapping[str, str]) -> Mark:
        """Mark an answer: item to place. Feedback is that of each item not in its best place, in order."""
        units = {item: places.get(placed.get(item, ""), 0) for item, places in self.worth.items()}
        said = tuple(inline(self.feedback[item]) for item, earned in units.items() if earned < self.best)
        return question.award(self._share(sum(units.values())), said)

    def marking_part(self, question: Question) -> dict[str, Any]:
        """The same as a table: `items` are [id, {place: units}, best], `rows` the mark of every sum of units."""
        marks = [question.award(self._share(units), ()) for units in range(self._whole + 1)]
        return {"items": [[item, dict(places), self.best] for item, places in self.worth.items()],
                "feedback": [inline(self.feedback[item]) for item in self.worth],
                "rows": [[plain(mark.points), mark.state] for mark in marks]}

    @property
    def _whole(self) -> int:
        return self.best * len(self.worth)

    def _share(self, units: int) -> Fraction:
        if self.credit == "all-or-nothing":
            return Fraction(units == self._whole)
        return Fraction(units, self._whole)


def found_wrong_places(answer: Any, items: tuple[str, ...], places: tuple[str, ...]) -> str | None:
    """What is wrong with the shape of an answer that should be an object, item to place; None if nothing is."""
    if not isinstance(answer, dict):
        return kind(answer)
    for item in in_order(answer):
        place = answer[item]
        if item not in items:
            return f"a key that is no item ('{item[:40]}')"
        if not isinstance(place, str):
            return f"{kind(place)} in the object"
        if place not in places:
            return f"a value that is no place ('{place[:40]}')"
    return None


def in_order(answer: Mapping[str, Any]) -> list[str]:
    """An object's keys in the order into which a script sorts text, so that both sides meet the same fault first."""
    return sorted(answer, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
