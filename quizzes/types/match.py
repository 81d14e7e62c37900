"""Match each thing on the left with one on the right."""

from __future__ import annotations

from functools import cached_property
from string import ascii_lowercase, ascii_uppercase
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, field_validator, model_validator

from quizzes.items import Credit, Item, ItemMarking, each_once, found_wrong_places, shuffled
from quizzes.model import Id, Mark, Question, Text, fault
from quizzes.text import inline

BOX = Markup('<label class="quiz-pair" data-quiz-item="{}"><span class="quiz-name" dir="auto">{}</span>'
             '<select name="{}-{}"><option value="">{}</option>{}</select></label>')
OPTION = Markup('<option value="{}">{}</option>')
PAPER = Markup('<ul class="quiz-paper">{}</ul>')  # what a closed list box does not show in print


class Pair(Item):
    """A thing on the left and what goes with it on the right."""

    match: Annotated[Text, Field(description="What goes with it: Markdown, one line; the same text may go with several")]
    match_id: Annotated[Id, Field(description="The id of the right side; without it a letter, by the alphabet")] | None = None


class QuestionType(Question):
    """Answered by an object, left id to right id; what is left out is not matched.

    Every pair earns an equal share (Moodle's Matching question type, which also asks for two questions and
    three answers or more: with two answers the second follows from the first).
    """

    how = "match-each"
    type: Literal["match"]
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=10)]
    distractors: Annotated[tuple[Text, ...], Field(max_length=10, description="Right sides that go with nothing")] = ()
    credit: Credit = "partial"

    @field_validator("pairs")
    @classmethod
    def _pairs_differ(cls, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        names: dict[str, str | None] = {}
        for n, pair in enumerate(each_once(pairs)):
            text = pair.match.strip()
            if text in names and names[text] != pair.match_id:
                raise fault((n, "match_id"), f"another match_id for '{text}'", "the same one wherever the text is the same")
            if text not in names and pair.match_id and pair.match_id in names.values():
                raise fault((n, "match_id"), f"match_id '{pair.match_id}' for another text", "one text an id")
            names[text] = pair.match_id
        return pairs

    @model_validator(mode="after")
    def _right_sides_differ(self) -> QuestionType:
        texts = [pair.match.strip() for pair in self.pairs]
        for n, text in enumerate(self.distractors):
            if text.strip() in texts:
                raise fault(("distractors", n), f"'{text.strip()}' a second time", "a text that is no match and no other distractor")
            texts.append(text.strip())
        if len(set(texts)) < 3:
            raise fault(("pairs",), f"{len(set(texts))} different right sides", "three or more, distractors among them")
        return self

    @cached_property
    def rights(self) -> dict[str, str]:
        """Text of the right side to its id, in the order they are drawn in."""
        given = {pair.match.strip(): pair.match_id for pair in self.pairs}
        texts = list(dict.fromkeys([*given, *(text.strip() for text in self.distractors)]))
        letters = (letter for letter in ascii_lowercase if letter not in given.values())
        ids = {text: given.get(text) or next(letters) for text in sorted(texts)}  # an order that tells nothing of the pairs
        return {text: ids[text] for text in shuffled(texts, self.lot)}

    @cached_property
    def lettered(self) -> tuple[str, ...]:
        """The right sides as paper letters them: A is the id `a`. Where an author gave other ids, in the order they are drawn in."""
        return tuple(sorted(self.rights) if self._has_letters else self.rights)

    @property
    def _has_letters(self) -> bool:
        return self.rights == dict(zip(sorted(self.rights), ascii_lowercase))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(pair.id for pair in self.pairs)

    @cached_property
    def marking(self) -> ItemMarking:
        return ItemMarking(worth={pair.id: {self.rights[pair.match.strip()]: 1} for pair in self.pairs},
                           feedback={pair.id: pair.feedback for pair in self.pairs}, credit=self.credit)

    @property
    def accepts(self) -> str:
        return f"an object, {', '.join(self.ids)} to {', '.join(self.rights.values())}, or null"

    def found_wrong(self, answer: Any) -> str | None:
        return found_wrong_places(answer, self.ids, tuple(self.rights.values()))

    def judge(self, answer: dict[str, str]) -> Mark:
        return self.marking.judge(self, answer)

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"items": self.ids, "places": tuple(self.rights.values())}

    def marking_part(self) -> dict[str, Any]:
        return self.marking.marking_part(self)

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """Each pair, its letter on paper and, where that is not its id, the id that `mark` takes."""
        letters = dict(zip(self.lettered, ascii_uppercase))
        return tuple((Markup("{} → {}. {}{}").format(inline(pair.text), letters[right], inline(right), self._id_of(right)), "")
                     for pair in self.pairs for right in (pair.match.strip(),))

    def _id_of(self, right: str) -> Markup | str:
        return "" if self._has_letters else Markup(" (<code>{}</code>)").format(self.rights[right])

    def draw(self, words: dict[str, str], field: str) -> Markup:
        options = Markup().join(OPTION.format(id_, inline(text).striptags()) for text, id_ in self.rights.items())
        boxes = (BOX.format(pair.id, inline(pair.text), field, pair.id, words["choose"], options) for pair in self.pairs)
        paper = (Markup('<li dir="auto">{}</li>').format(inline(text)) for text in self.lettered)
        return Markup().join(boxes) + PAPER.format(Markup().join(paper))
