"""A text or a table with gaps, each of a simple type."""

from __future__ import annotations

import random
import re
from abc import abstractmethod
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from markupsafe import Markup
from pydantic import Field, ValidationInfo, field_validator, model_validator

from quizzes.items import each_once, in_order
from quizzes.model import Mark, Question, Text, fault, kind, plain
from quizzes.text import block, inline
from quizzes.types import number, one_choice, short_text
from quizzes.words import words as words_of

UNITS = 100_000  # of what a gap is worth: a mark has five decimals
NAMED = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
TAG = re.compile("(<[^>]*>)")

GAP = Markup('<label class="quiz-gap" data-quiz-item="{}"><span class="quiz-name">{}</span> {}</label>')
SELECT = Markup('<select name="{}" aria-label="{}"><option value="">{}</option>{}</select>')
OPTION = Markup('<option value="{}">{}</option>')
BOX = Markup('<input type="text" name="{}" aria-label="{}" lang="{}" dir="auto" inputmode="{}" autocomplete="off" autocapitalize="off" '
             'autocorrect="off" spellcheck="false" maxlength="{}">')
PAPER = Markup('<p class="quiz-paper">{}: {}</p>')  # what a closed list box does not show in print


class Gap(Question):
    """A question as small as a gap: the text around it says the rest of what a question has."""

    prompt: ClassVar[str] = ""
    points: ClassVar[float] = 1
    group: ClassVar[str] = ""
    section: ClassVar[None] = None
    objective: ClassVar[str] = ""
    level: ClassVar[str] = ""
    explanation: ClassVar[str] = ""
    sources: ClassVar[tuple[str, ...]] = ()
    claims: ClassVar[tuple[str, ...]] = ()
    hints: ClassVar[tuple[str, ...]] = ()
    penalty: ClassVar[float] = 0
    script: ClassVar[str]  # the type whose script marks it

    @property
    @abstractmethod
    def shares(self) -> set[Fraction | float]:
        """Every share of the gap's worth that an answer to it can earn, beside none."""

    @abstractmethod
    def draw_gap(self, words: dict[str, str], field: str, label: str) -> Markup:
        """The input that stands in the text."""


class ChoiceGap(Gap, one_choice.QuestionType):
    """A gap with a list box."""

    type: Literal["choice"]
    shuffle: ClassVar[bool] = False
    script = "one-choice"

    def drawn_by(self, lot: str) -> Self:
        order = list(self.ids)
        random.Random(lot).shuffle(order)
        return super().drawn_by(lot).moved(tuple(order))

    @property
    def shares(self) -> set[Fraction | float]:
        return {choice.share for choice in self.choices}

    def draw_gap(self, words: dict[str, str], field: str, label: str) -> Markup:
        options = Markup().join(OPTION.format(choice.id, inline(choice.text).striptags()) for choice in self.choices)
        return SELECT.format(field, label, words["choose"], options)


class TextGap(Gap, short_text.QuestionType):
    """A gap for a word or a name."""

    type: Literal["text"]
    script = "short-text"

    @property
    def shares(self) -> set[Fraction | float]:
        return {1, self.nearly, *(case.credit for case in self.cases)}

    def draw_gap(self, words: dict[str, str], field: str, label: str) -> Markup:
        return BOX.format(field, label, self.of_language, "text", short_text.LONGEST)


class NumberGap(Gap, number.QuestionType):
    """A gap for a number."""

    type: Literal["number"]
    script = "number"

    @property
    def shares(self) -> set[Fraction | float]:
        return {share for *_, share, _ in self.intervals}

    def draw_gap(self, words: dict[str, str], field: str, label: str) -> Markup:
        unit = Markup(' <span class="quiz-unit">{}</span>').format(self.unit) if self.unit else ""
        return BOX.format(field, label, self.language, "decimal", number.LONGEST) + unit


class QuestionType(Question):
    """Answered by an object, gap to answer; what is left out is not filled in. Every gap earns an equal share."""

    how = "fill-gaps"
    type: Literal["cloze"]
    text: Annotated[Text, Field(description="Markdown, tables too; {id} where the gap of that id stands")]
    gaps: Annotated[tuple[Annotated[ChoiceGap | TextGap | NumberGap, Field(discriminator="type")], ...], Field(min_length=1, max_length=20)]

    @field_validator("gaps", mode="before")
    @classmethod
    def _in_language(cls, gaps: Any, info: ValidationInfo) -> Any:
        language = {"language": info.data.get("language", "en")}
        return [language | gap if isinstance(gap, dict) else gap for gap in gaps] if isinstance(gaps, list) else gaps

    @field_validator("gaps")
    @classmethod
    def _ids_differ(cls, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
        return each_once(gaps)

    @model_validator(mode="after")
    def _every_gap_stands_once(self) -> QuestionType:
        named = self._named()
        for name in named:
            if name not in self.ids:
                raise fault(("text",), f"'{{{name}}}'", f"the id of a gap: {', '.join(self.ids)}")
        for n, id_ in enumerate(self.ids):
            if named.count(id_) != 1:
                raise fault(("gaps", n, "id"), f"'{{{id_}}}' {named.count(id_)} times in the text", "once")
        return self

    def _named(self) -> list[str]:
        """What is named as a gap in the text, in order; nothing inside a tag."""
        return [name for piece in TAG.split(block(self.text))[::2] for name in NAMED.findall(piece)]

    def drawn_by(self, lot: str) -> Self:
        gaps = tuple(gap.drawn_by(f"{lot}/{gap.id}") for gap in self.gaps)
        return super().drawn_by(lot).model_copy(update={"gaps": gaps})

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(gap.id for gap in self.gaps)

    @cached_property
    def in_text(self) -> tuple[Gap, ...]:
        """The gaps in the order of the text."""
        named = self._named()
        return tuple(sorted(self.gaps, key=lambda gap: named.index(gap.id)))

    @property
    def accepts(self) -> str:
        return f"an object, {', '.join(self.ids)} to what stands there, or null"

    def found_wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, dict):
            return kind(answer)
        for key in in_order(answer):
            gap = next((gap for gap in self.gaps if gap.id == key), None)
            if gap is None:
                return f"a key that is no gap ('{key[:40]}')"
            if found := gap.found_wrong(answer[key]):
                return f"{found} in gap '{key}'"
        return None

    def judge(self, answer: dict[str, Any]) -> Mark:
        marks = [gap.mark(answer.get(gap.id)) for gap in self.in_text]
        said = tuple(label + Markup(line) for label, mark in zip(self._labels(), marks, strict=True) for line in mark.feedback)
        return self.award(self._share(sum(units(mark.points) for mark in marks)), said)

    def _share(self, earned: int) -> Fraction:
        return Fraction(earned, UNITS * len(self.gaps))

    def _labels(self) -> list[Markup]:
        words = words_of(self.language)
        return [Markup("<b>{}</b>: ").format(words["gap"].replace("{number}", str(n))) for n in range(1, len(self.gaps) + 1)]

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"gaps": [[gap.id, gap.script, gap.public_part()] for gap in self.in_text]}

    def marking_part(self) -> dict[str, Any]:
        """What each gap is marked with, and the mark of every sum of units that the gaps can earn together."""
        sums = {0}
        for gap in self.in_text:
            sums = {earned + more for earned in sums for more in (0, *(units(float(share)) for share in gap.shares))}
        marks = {earned: self.award(self._share(earned), ()) for earned in sorted(sums)}
        return {"gaps": [gap.marking_part() for gap in self.in_text], "labels": self._labels(),
                "rows": {str(earned): [plain(mark.points), mark.state] for earned, mark in marks.items()}}

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((Markup("{}: {}").format(n, right), said) for n, gap in enumerate(self.in_text, 1) for right, said in gap.solution(words))

    def draw(self, words: dict[str, str], field: str) -> Markup:
        drawn = {gap.id: GAP.format(gap.id, n, gap.draw_gap(words, f"{field}-{gap.id}", words["gap"].replace("{number}", str(n))))
                 for n, gap in enumerate(self.in_text, 1)}
        pieces = TAG.split(block(self.text))
        pieces[::2] = [NAMED.sub(lambda found: drawn[found[1]], piece) for piece in pieces[::2]]
        paper = (PAPER.format(n, Markup(" / ").join(inline(choice.text) for choice in gap.choices))
                 for n, gap in enumerate(self.in_text, 1) if isinstance(gap, ChoiceGap))
        return Markup('<div class="quiz-cloze" dir="auto">{}</div>').format(Markup("".join(pieces))) + Markup().join(paper)


def units(points: float) -> int:
    """What a gap of one point earned, in whole units."""
    return round(round(points, 5) * UNITS)
