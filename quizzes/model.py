"""What every question is and what every mark is, whatever its type."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self
from zlib import crc32

from markupsafe import Markup
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, WithJsonSchema
from pydantic_core import PydanticCustomError

from quizzes.words import languages

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(pattern=r"\S")]
State = Literal["right", "partly", "wrong", "unanswered"]
UNASKED = frozenset({  # keys of a question that may change without its answers changing their worth
    "feedback", "explanation", "sources", "claims", "group", "section", "objective", "level", "language", "hints", "penalty", "shuffle"})


def fault(at: tuple[str | int, ...], found: str, accepted: str) -> PydanticCustomError:
    """A fault for a validator to raise: where below the model, what was found, what is accepted."""
    return PydanticCustomError("fault", "found {found}; accepted: {accepted}",
                               {"at": at, "found": found, "accepted": accepted})


def _language(language: str) -> str:
    if language not in languages():
        raise fault((), f"language '{language}'", ", ".join(languages()))
    return language


# One that there are words of the interface for
Language = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "enum": languages()})]


class Part(BaseModel):
    """A piece of a bank: nothing but its own keys, and never changed once made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What one answer earned, and what the book says to it."""

    points: float
    out_of: float
    state: State
    feedback: tuple[str, ...] = ()  # HTML, made by `text.inline`

    def as_json(self) -> dict[str, Any]:
        """The mark as page, widget, command line and gradebook give it: whole numbers without a decimal point."""
        return asdict(self) | {"points": plain(self.points), "out_of": plain(self.out_of),
                               "feedback": list(self.feedback)}


class Refused(ValueError):
    """An answer of a shape that the question cannot have; nothing is marked."""

    def __init__(self, question_id: str, found: str, accepted: str) -> None:
        super().__init__(f"question '{question_id}': found {found}; accepted: {accepted}")


def kind(answer: object) -> str:
    """What a JSON value is, in words that a message can use; the script says the same."""
    if isinstance(answer, bool):
        return "true or false"
    if isinstance(answer, int | float):
        return "a number"
    names = {str: "text", list: "a list", dict: "an object", type(None): "nothing"}
    return names.get(type(answer), type(answer).__name__)


class Question(Part, ABC):
    """One question of a bank. A type adds its own keys, how it is drawn and how it is marked."""

    how: ClassVar[str]  # which of the interface's words says how to answer

    id: Id
    type: str
    prompt: Annotated[Text, Field(description="The stem, in Markdown; its first paragraph is the question")]
    points: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1
    group: Annotated[Id, Field(description="The section of the chapter in which it is asked")]
    section: Annotated[Id, Field(description="The section to read again, where that is not the group; one of the bank's sections")] | None = None
    objective: Annotated[Id, Field(description="One of the bank's objectives")]
    level: Annotated[Literal["remember", "understand", "apply", "analyse", "evaluate"],
                     Field(description="What it asks for (Bloom, revised by Anderson and Krathwohl 2001)")]
    explanation: Annotated[Text, Field(description="Why the key is right, in Markdown")]
    language: Annotated[Language, Field(description="The language it is asked in; the bank's own where it says none")] = "en"
    sources: Annotated[tuple[Text, ...], Field(min_length=1, description="Keys of references.bib")]
    claims: Annotated[tuple[Annotated[str, Field(pattern=r"^S\d\d$")], ...],
                      Field(description="The article's claims that it bears on")] = ()
    hints: Annotated[tuple[Text, ...], Field(max_length=10, description="Steps towards the answer, in Markdown; shown one by one, in practice only")] = ()
    penalty: Annotated[float, Field(ge=0, le=1, description="The share of the points that every further try costs in practice")] = 1 / 3
    _lot: str = PrivateAttr(default="")

    @property
    def files(self) -> tuple[str, ...]:
        """Files that the question is drawn from, beside the bank's own; paths from the bank's folder."""
        return ()

    def tried(self, answer: Any) -> Any:
        """What an answer is known by among tries: the same twice is one try."""
        return answer

    @property
    def movable(self) -> tuple[str, ...]:
        """The ids of what may be drawn in another order; nothing for most types, whose order is their own."""
        return ()

    def moved(self, order: tuple[str, ...]) -> Question:
        """The question with `movable` in another order: to be drawn, not to be marked."""
        return self

    @property
    def lot(self) -> str:
        """What the order of shuffled things hangs on: the id, which everybody knows; in a sealed assignment a secret."""
        return self._lot or self.id

    def drawn_by(self, lot: str) -> Self:
        """The same question with its things in another order: to be drawn; its answers and their marks are the same."""
        other = self.model_copy()
        for computed in other.__dict__.keys() - type(self).model_fields.keys():
            del other.__dict__[computed]
        other._lot = lot
        return other

    @property
    def version(self) -> str:
        """A short name of what is asked and what is right; a better explanation or feedback leaves it as it is."""
        asked = _less(self.model_dump(mode="json", exclude_defaults=True), UNASKED)
        return f"{crc32(to_json(asked).encode()):08x}"

    @property
    @abstractmethod
    def accepts(self) -> str:
        """The answers that this question can have, in words."""

    @abstractmethod
    def found_wrong(self, answer: Any) -> str | None:
        """What is wrong with the shape of an answer, in words; None if nothing is."""

    @abstractmethod
    def judge(self, answer: Any) -> Mark:
        """Mark an answer of the right shape that is not null."""

    @abstractmethod
    def marking_part(self) -> dict[str, Any]:
        """What the script looks an answer up in. Holds the key: never in a sealed assignment.

        `feedback` is a list of HTML; a row is `[points, state, [indices of feedback]]`.
        """

    @abstractmethod
    def draw(self, words: dict[str, str], field: str) -> Markup:
        """The inputs as HTML; `field` is unique on the page. Holds no key."""

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """The right answer for whoever marks by hand: lines of HTML, each with what the book says to it or nothing."""
        return ()

    def public_part(self) -> dict[str, Any]:
        """What the script needs to read an answer; holds no key."""
        return {"type": self.type, "out_of": plain(self.points), "accepts": self.accepts}

    def mark(self, answer: Any) -> Mark:
        """Mark one answer, given as JSON would hold it.

        Null is unanswered. Raises Refused for an answer of a shape that this question cannot have.
        """
        if answer is None:
            return Mark(points=0.0, out_of=self.points, state="unanswered")
        if found := self.found_wrong(answer):
            raise Refused(self.id, found, self.accepts)
        return self.judge(answer)

    def table_of(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The marking part of a type with few possible answers: each of them, marked beforehand."""
        marks = {key: self.judge(answer) for key, answer in answers.items()}
        said = list(dict.fromkeys(line for mark in marks.values() for line in mark.feedback))
        return {"feedback": said, "table": {key: row(mark, said) for key, mark in marks.items()}}

    def award(self, share: Fraction | float, feedback: tuple[str, ...]) -> Mark:
        """A mark of a share, 0 to 1, of this question's points, rounded to 5 decimals as in Moodle."""
        state: State = "right" if share == 1 else "wrong" if share == 0 else "partly"
        points = round(float(share) * self.points, 5)
        return Mark(points=points, out_of=self.points, state=state, feedback=feedback)


def _less(value: Any, keys: frozenset[str]) -> Any:
    """A JSON value without some keys, wherever they stand."""
    if isinstance(value, dict):
        return {key: _less(item, keys) for key, item in value.items() if key not in keys}
    return [_less(item, keys) for item in value] if isinstance(value, list) else value


def row(mark: Mark, said: list[str]) -> list[Any]:
    """A mark as the script looks it up; `said` is the list its feedback stands in."""
    return [plain(mark.points), mark.state, [said.index(line) for line in mark.feedback]]


def plain(number: float) -> float | int:
    """2.0 as 2, so that JSON reads the same from Python and from a script."""
    return int(number) if float(number).is_integer() else number


def to_json(value: Any) -> str:
    """Compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
