"""Mark passages of a text: which of its sentences is a view, which one the record does not bear out."""

from __future__ import annotations

from typing import Annotated, Literal

from markupsafe import Markup
from pydantic import Field, model_validator

from quizzes.model import Id, Part, Text, fault
from quizzes.picking import Picking
from quizzes.text import inline

PLAIN = Markup('<p class="quiz-plain" dir="auto">{}</p>')
PASSAGE = Markup('<label class="quiz-option quiz-passage"><input type="{}" name="{}" value="{}"><span dir="auto">{}</span></label>')


class Passage(Part):
    """A piece of the text that a reader can mark."""

    id: Id
    text: Annotated[Text, Field(description="Markdown, one line")]


class QuestionType(Picking):
    """Answered by the id of a passage, or by a list of ids."""

    type: Literal["mark-text"]
    text: Annotated[tuple[Passage | Text, ...], Field(min_length=2, max_length=20, description="The text in order: a passage "
                    "that can be marked has an id, what stands between is plain text")]

    @model_validator(mode="after")
    def _fits_the_text(self) -> QuestionType:
        seen: set[str] = set()
        for n, part in enumerate(self.text):
            if isinstance(part, Passage) and part.id in seen:
                raise fault(("text", n, "id"), f"passage id '{part.id}' a second time", "each id once in a text")
            seen |= {part.id} if isinstance(part, Passage) else set()
        self.check_places()
        return self

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(part.id for part in self.text if isinstance(part, Passage))

    @property
    def how(self) -> str:
        return "mark-passages" if self.several else "mark-passage"

    def name_of(self, place: str) -> str:
        return next(inline(part.text) for part in self.text if isinstance(part, Passage) and part.id == place)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return Markup().join(PASSAGE.format(self.box, field, part.id, inline(part.text)) if isinstance(part, Passage)
                             else PLAIN.format(inline(part)) for part in self.text)
