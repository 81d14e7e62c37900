"""Sort cards into named groups."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, field_validator, model_validator

from quizzes.items import Credit, Item, ItemMarking, each_once, found_wrong_places, shuffled
from quizzes.model import Id, Mark, Part, Question, Text, fault
from quizzes.text import inline

CARD = Markup('<fieldset class="quiz-card" data-quiz-item="{}"><legend class="quiz-name" dir="auto">{}</legend><div class="quiz-groups">{}</div></fieldset>')
RADIO = Markup('<label class="quiz-option"><input type="radio" name="{}" value="{}"><span dir="auto">{}</span></label>')


class Group(Part):
    """A group that cards are sorted into."""

    id: Id
    text: Annotated[Text, Field(description="Markdown, a word or two")]


class Card(Item):
    """A card and the group it belongs to."""

    group: Annotated[Id, Field(description="One of the groups' ids")]


class QuestionType(Question):
    """Answered by an object, card to group; a card that is left out is not sorted. Every card earns an equal share."""

    how = "sort-each"
    type: Literal["classify"]
    groups: Annotated[tuple[Group, ...], Field(min_length=2, max_length=5)]
    cards: Annotated[tuple[Card, ...], Field(min_length=2, max_length=12)]
    credit: Credit = "partial"

    _each_once = field_validator("groups", "cards")(each_once)

    @model_validator(mode="after")
    def _groups_exist(self) -> QuestionType:
        for n, card in enumerate(self.cards):
            if card.group not in self.places:
                raise fault(("cards", n, "group"), f"group '{card.group}'", ", ".join(self.places))
        return self

    @cached_property
    def drawn(self) -> tuple[Card, ...]:
        """The cards in the order they are drawn in, which tells nothing of their groups."""
        return shuffled(self.cards, self.lot)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(card.id for card in self.drawn)

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(group.id for group in self.groups)

    @cached_property
    def marking(self) -> ItemMarking:
        return ItemMarking(worth={card.id: {card.group: 1} for card in self.drawn},
                           feedback={card.id: card.feedback for card in self.drawn}, credit=self.credit)

    @property
    def accepts(self) -> str:
        return f"an object, {', '.join(self.ids)} to {', '.join(self.places)}, or null"

    def found_wrong(self, answer: Any) -> str | None:
        return found_wrong_places(answer, self.ids, self.places)

    def judge(self, answer: dict[str, str]) -> Mark:
        return self.marking.judge(self, answer)

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"items": self.ids, "places": self.places}

    def marking_part(self) -> dict[str, Any]:
        return self.marking.marking_part(self)

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        names = {group.id: inline(group.text) for group in self.groups}
        return tuple((Markup("{} → {}").format(inline(card.text), names[card.group]), "") for card in self.drawn)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return Markup().join(CARD.format(card.id, inline(card.text), self._draw_groups(f"{field}-{card.id}")) for card in self.drawn)

    def _draw_groups(self, name: str) -> Markup:
        return Markup().join(RADIO.format(name, group.id, inline(group.text)) for group in self.groups)
