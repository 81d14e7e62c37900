"""An open answer: the reader writes, compares with a model answer, and ticks what their own text has."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd
from typing import Annotated, Any, Literal, Self

from markupsafe import Markup
from pydantic import Field, field_validator, model_validator

from quizzes.items import each_once
from quizzes.model import Id, Mark, Part, Question, Text, fault, kind, plain
from quizzes.text import block, inline
from quizzes.words import in_points
from quizzes.words import words as words_of

LONGEST = 10_000  # characters of a text that is read at all
STEP = Fraction(1, 4)  # the least that a criterion can be worth; keeps every sum exact on both sides
UNREADABLE = re.compile("[\x00\ud800-\udfff]")
# What a script's `trim` takes away, so that both sides call the same texts empty.
SPACE = ("\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
         "\u2028\u2029\u202f\u205f\u3000\ufeff")

BOX = Markup('<label class="quiz-writing"><span>{label}</span> '
             '<textarea name="{field}" rows="5" maxlength="{longest}" dir="auto"{described}></textarea></label>')
LIMIT = Markup('<p class="quiz-limit" id="{id}" data-quiz-limit="{limit}" data-quiz-count="{count}">{words}</p>')
RUBRIC = Markup('<fieldset><legend>{tick}</legend>{criteria}</fieldset>')
CRITERION = Markup('<label class="quiz-option"><input type="checkbox" value="{id}"><span>{text} <small>({points})</small></span></label>')


class Criterion(Part):
    """One thing that a good answer has, and what it is worth."""

    id: Id
    text: Annotated[Text, Field(description="What the reader looks for in their own text; Markdown, one line")]
    points: Annotated[float, Field(gt=0, le=100, multiple_of=float(STEP), description="Earned where the text has it")] = 1


class QuestionType(Question):
    """Answered by a text; marked by its writer, who ticks the criteria that the text meets."""

    how = "write-text"
    type: Literal["open-answer"]
    model: Annotated[Text, Field(description="A good answer, in Markdown; shown once the reader has written one")]
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=8,
                      description="What a good answer has; the points add up to the question's")]
    limit: Annotated[int, Field(ge=1, le=1000, description="Words that are enough; shown and counted, never marked")] | None = None

    _each_once = field_validator("rubric")(each_once)

    @model_validator(mode="after")
    def _rubric_adds_up(self) -> Self:
        if (total := sum(criterion.points for criterion in self.rubric)) != self.points:
            raise fault(("rubric",), f"criteria worth {plain(total)} points in all",
                        f"{plain(self.points)}, as 'points' says")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(criterion.id for criterion in self.rubric)

    @property
    def accepts(self) -> str:
        return (f"text of at most {LONGEST} characters, an object of such a 'text' and a list 'met' of criteria, "
                "each once at most, or null")

    def found_wrong(self, answer: Any) -> str | None:
        if isinstance(answer, str):
            return _wrong_text(answer)
        if not isinstance(answer, dict):
            return kind(answer)
        if answer.keys() - {"text", "met"}:
            return "a key that is neither 'text' nor 'met'"
        text, met = answer.get("text"), answer.get("met")
        if not isinstance(text, str):
            return f"{kind(text)} as 'text'"
        if not isinstance(met, list):
            return f"{kind(met)} as 'met'"
        return _wrong_text(text) or self._wrong_met(met)

    def _wrong_met(self, met: list[Any]) -> str | None:
        for id_ in met:
            if not isinstance(id_, str):
                return f"{kind(id_)} in 'met'"
            if id_ not in self.ids:
                return f"an id that is no criterion ('{id_[:40]}')"
        return "one id twice" if len(set(met)) < len(met) else None

    def judge(self, answer: str | dict[str, Any]) -> Mark:
        """The points of the criteria that are ticked. A text with none is not yet marked: its feedback is the model answer."""
        text, met = (answer, []) if isinstance(answer, str) else (answer["text"], answer["met"])
        if not text.strip(SPACE):
            return Mark(points=0.0, out_of=self.points, state="unanswered")
        return self._earned(sum(units for id_, units in self.units.items() if id_ in met))

    def tried(self, answer: str | dict[str, Any]) -> str:
        """The text: ticking another criterion does not make another try."""
        return answer if isinstance(answer, str) else answer["text"]

    @property
    def units(self) -> dict[str, int]:
        """What each criterion is worth, in the largest unit that divides them all."""
        steps = {criterion.id: int(Fraction(criterion.points) / STEP) for criterion in self.rubric}
        return {id_: step // gcd(*steps.values()) for id_, step in steps.items()}

    def _earned(self, units: int) -> Mark:
        said = (block(self.model),)
        if not units:
            return Mark(points=0.0, out_of=self.points, state="unanswered", feedback=said)
        return self.award(Fraction(units, sum(self.units.values())), said)

    def marking_part(self) -> dict[str, Any]:
        words = words_of(self.language)
        marks = [self._earned(units) for units in range(sum(self.units.values()) + 1)]
        return {"feedback": [block(self.model)], "units": self.units, "rows": [[plain(mark.points), mark.state] for mark in marks],
                "model": words["model-answer"], "rubric": self._draw_rubric(words), "says": {"unanswered": words["compare"]}}

    def _draw_rubric(self, words: dict[str, str]) -> Markup:
        criteria = Markup().join(CRITERION.format(id=criterion.id, text=inline(criterion.text), points=in_points(criterion.points, words))
                                 for criterion in self.rubric)
        return RUBRIC.format(tick=words["tick-what-it-has"], criteria=criteria)

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """The criteria with their points, then the model answer."""
        criteria = tuple((inline(criterion.text), in_points(criterion.points, words)) for criterion in self.rubric)
        return (*criteria, (words["model-answer"], block(self.model)))

    def draw(self, words: dict[str, str], field: str) -> Markup:
        if self.limit is None:
            return BOX.format(label=words["your-text"], field=field, longest=LONGEST, described="")
        described = Markup(' aria-describedby="{}-limit"').format(field)
        enough = words["words-at-most"].replace("{limit}", str(self.limit))
        return (BOX.format(label=words["your-text"], field=field, longest=LONGEST, described=described)
                + LIMIT.format(id=f"{field}-limit", limit=self.limit, count=words["words-so-far"], words=enough))


def _wrong_text(text: str) -> str | None:
    if len(text) > LONGEST:
        return f"text of more than {LONGEST} characters"
    return "text with a null byte or half a letter" if UNREADABLE.search(text) else None
