"""What types share that are answered by picking places: cells, bars, countries. Right and wrong picks are counted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from quizzes.choices import unknown_choice
from quizzes.model import Mark, Question, Text, fault, kind, plain
from quizzes.text import inline

OTHER = "other"  # the feedback of every place that has none of its own


def multiple_choice(right: int, wrong: int, key: int) -> Fraction:
    """Each right pick earns an equal share of the mark, each wrong pick costs one, never below zero.

    Moodle's Multiple choice question with several answers, graded 100/n and -100/n per cent.
    """
    return max(Fraction(0), Fraction(right - wrong, key))


def ou_multiple_response(right: int, wrong: int, key: int) -> Fraction:
    """Each right pick earns an equal share; of more picks than the key has, the worst count.

    Moodle's OU multiple response question type (The Open University; MoodleDocs 3.11).
    """
    return Fraction(max(0, min(right, key - wrong)), key)


def all_or_nothing(right: int, wrong: int, key: int) -> Fraction:
    """The whole key and nothing else, or no points. Moodle's All-or-nothing multiple choice type."""
    return Fraction(right == key and wrong == 0)


CREDIT: dict[str, Callable[[int, int, int], Fraction]] = {
    "multiple-choice": multiple_choice,
    "ou-multiple-response": ou_multiple_response,
    "all-or-nothing": all_or_nothing,
}
Credit = Annotated[Literal["multiple-choice", "ou-multiple-response", "all-or-nothing"],
                   Field(description="How a part of the key is marked, by Moodle's names")]


def as_list(picked: Any) -> Any:
    """One id as a list of one; anything else as it is."""
    return [picked] if isinstance(picked, str) else picked


def found_wrong_picks(answer: Any, ids: Sequence[str]) -> str | None:
    """What is wrong with the shape of an answer that should be a list of ids; None if nothing is."""
    if not isinstance(answer, list):
        return kind(answer)
    for picked in answer:
        if wrong := unknown_choice(picked, ids):
            return wrong if isinstance(picked, str) else f"{wrong} in the list"
    return "one id twice" if len(set(answer)) < len(answer) else None


Ids = Annotated[tuple[Text, ...], BeforeValidator(as_list, json_schema_input_type=Text | list[Text]), Field(min_length=1)]


class Picking(Question):
    """A question whose answer is one place, or several, of many that can be picked.

    One id in the key: pick one. More: pick all that apply; an empty list is then an answer, none of them.
    """

    answer: Annotated[Ids, Field(description="The id to be picked, or a list of all")]
    feedback: Annotated[dict[str, Text], Field(description="What the book says to whoever picks a place, by its id; "
                                               f"'{OTHER}' for every place that has none of its own")]
    credit: Credit = "multiple-choice"

    @property
    @abstractmethod
    def places(self) -> tuple[str, ...]:
        """The ids that can be picked, in the order in which they are drawn."""

    @property
    def several(self) -> bool:
        return len(self.answer) > 1

    @property
    def how(self) -> str:
        return "pick-many" if self.several else "pick-one"

    @property
    def box(self) -> str:
        """The type of every input."""
        return "checkbox" if self.several else "radio"

    def check_places(self) -> None:
        """Raise a fault where the key or the feedback does not fit the places; for a type's last validator."""
        if len(self.places) < 2 or OTHER in self.places:
            raise fault((), f"{len(self.places)} places to pick from ({', '.join(self.places)})", f"two or more, none of them '{OTHER}'")
        known = ", ".join(self.places)
        for n, picked in enumerate(self.answer):
            if picked not in self.places:
                raise fault(("answer", n), f"'{picked}'", known)
            if picked in self.answer[:n]:
                raise fault(("answer", n), f"'{picked}' a second time", "each id once")
            if picked not in self.feedback:
                raise fault(("feedback",), f"no feedback for '{picked}'", "one for every id of the answer")
        for place in self.feedback:
            if place not in (*self.places, OTHER):
                raise fault(("feedback", place), f"'{place}'", f"{known}, {OTHER}")
        if OTHER not in self.feedback and (silent := [place for place in self.places if place not in self.feedback]):
            raise fault(("feedback",), f"no feedback for '{silent[0]}'", f"one for every place, or '{OTHER}' for the rest")

    @property
    def accepts(self) -> str:
        ids = ", ".join(self.places)
        return f"a list of {ids}, each once at most, one of them alone, or null" if self.several else f"one of {ids}, or null"

    def found_wrong(self, answer: Any) -> str | None:
        picked = as_list(answer)
        if found := found_wrong_picks(picked, self.places):
            return found
        return None if self.several or len(picked) == 1 else f"{len(picked)} ids"

    def judge(self, answer: str | list[str]) -> Mark:
        picked = as_list(answer)
        right = len(set(picked) & set(self.answer))
        said = tuple(self._said(place) for place in self.places if place in picked)
        return self.award(self._share(right, len(picked) - right), said)

    def _share(self, right: int, wrong: int) -> Fraction:
        return CREDIT[self.credit](right, wrong, len(self.answer))

    def _said(self, place: str) -> str:
        return inline(self.feedback.get(place) or self.feedback[OTHER])

    def name_of(self, place: str) -> str:
        """What a reader knows a place by, as HTML."""
        return inline(place)

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((self.name_of(place), self._said(place)) for place in self.places if place in self.answer)

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"ids": self.places, "several": self.several}

    def marking_part(self) -> dict[str, Any]:
        """`picks` is each place's feedback, `right` the key, `rows[right][wrong]` the mark of so many picks of each.

        As many wrong picks as the key has ids leave nothing by any rule, so the rows end there.
        """
        said = list(dict.fromkeys(map(self._said, self.places)))
        counts = range(len(self.answer) + 1)
        marks = [[self.award(self._share(right, wrong), ()) for wrong in counts] for right in counts]
        return {"feedback": said, "picks": {place: said.index(self._said(place)) for place in self.places},
                "right": sorted(self.answer), "rows": [[[plain(mark.points), mark.state] for mark in line] for line in marks]}
