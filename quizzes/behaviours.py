"""How a quiz is taken, whatever it asks: practice, a test, a review; and how sure the reader is, beside any of them.

The rules are Moodle's. Practice is its adaptive mode (MoodleDocs, "Question behaviours"; question/behaviour/adaptive in its source):
every try counts less than the one before, and the best one stands. Certainty is its certainty-based marking (MoodleDocs, "Using
certainty-based marking"; class question_cbm), which is Gardner-Medwin's (2006, "Confidence-based marking: towards deeper learning and better
exams", in Bryan and Clegg, Innovative Assessment in Higher Education).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from quizzes.lots import SEEDS
from quizzes.model import Mark, Question, Refused, plain, to_json

BEHAVIOURS = ("free", "practice", "test", "review")
LONGEST = 1440  # minutes: a day
UNIT = 100_000  # a mark has five decimals; sums are made of whole units, so that both sides make them alike

# How sure -> what a share of the points is multiplied with, and what a wrong answer loses (times the question's points).
CERTAINTY: dict[int, tuple[int, int]] = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
PAYS_FROM = {1: 0, 2: 67, 3: 80}  # per cent of right answers from which a level earns most
ASSUMED = 1  # of a reader who did not say


class BadManner(ValueError):
    """An option of a quiz that is at fault: what was found, what is accepted."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a quiz is taken. Without anything: answers are checked one by one, tried again freely, and nothing is counted."""

    behaviour: str = "free"
    minutes: float | None = None  # of a test
    extra: float | None = None  # minutes by which a reader can extend it, once
    seed: int = 1
    draw: int | None = None  # so many of the questions
    shuffle: bool = False
    certainty: bool = False

    @property
    def draws(self) -> bool:
        """Whether another seed makes another paper."""
        return self.shuffle or self.draw is not None

    def as_text(self) -> str:
        """What differs from the default, as `name=value` and spaces; `read_text` reads it."""
        default = Manner()
        return " ".join(f"{name}={plain(value) if isinstance(value, float) else value}"
                        for name, value in vars(self).items() if value != getattr(default, name))


def manner(options: Mapping[str, Any], questions: int | None = None) -> Manner:
    """How a quiz is taken, from an author's words or values; a value of None is left out.

    Raises BadManner, with what was found and what is accepted, for the first that is at fault; so does a draw of more than there are
    `questions`.
    """
    if unknown := options.keys() - READERS.keys():
        raise BadManner(f"found option '{min(unknown)}'; accepted: {', '.join(READERS)}")
    given = {name: value for name, value in options.items() if value is not None}
    read = {name: READERS[name](value) for name, value in given.items()}
    made = Manner(**read)
    if made.minutes is not None and made.behaviour != "test":
        raise BadManner(f"found minutes beside the behaviour '{made.behaviour}'; accepted: minutes beside the behaviour 'test'")
    if made.extra is not None and made.minutes is None:
        raise BadManner("found extra without minutes; accepted: extra beside minutes")
    if made.draw is not None and questions is not None and made.draw > questions:
        raise _wrong("draw", made.draw, f"a whole number from 1 to {questions}, the questions there are")
    return made


def read_text(text: str) -> dict[str, str]:
    """The options that `Manner.as_text` wrote."""
    return dict(pair.split("=", 1) for pair in text.split())


def _wrong(name: str, value: Any, accepted: str) -> BadManner:
    found = f"'{value[:40]}'" if isinstance(value, str) else value if isinstance(value, int | float) else type(value).__name__
    return BadManner(f"found {name} {found}; accepted: {accepted}")


def _behaviour(value: Any) -> str:
    if value not in BEHAVIOURS:
        raise _wrong("behaviour", value, ", ".join(BEHAVIOURS))
    return value


def _minutes(name: str) -> Any:
    def read(value: Any) -> float:
        number = _number(value)
        if number is None or not 0 < number <= LONGEST:
            raise _wrong(name, value, f"a number above 0 and up to {LONGEST}")
        return number
    return read


def _whole(name: str, first: int, last: int, accepted: str) -> Any:
    def read(value: Any) -> int:
        number = _number(value)
        if number is None or not number.is_integer() or not first <= number <= last:
            raise _wrong(name, value, accepted)
        return int(number)
    return read


def _number(value: Any) -> float | None:
    """A number, or text that is one as people write it; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        return float(value) if isinstance(value, int | float) or str(value).replace(".", "", 1).isdecimal() else None
    except (TypeError, ValueError, OverflowError):
        return None


def _flag(name: str) -> Any:
    def read(value: Any) -> bool:
        known = {"": True, "true": True, "yes": True, "false": False, "no": False}
        if str(value).lower() not in known:
            raise _wrong(name, value, "true or false")
        return known[str(value).lower()]
    return read


READERS = {
    "behaviour": _behaviour, "minutes": _minutes("minutes"), "extra": _minutes("extra"),
    "seed": _whole("seed", 0, SEEDS - 1, f"a whole number from 0 to {SEEDS - 1}"),
    "draw": _whole("draw", 1, SEEDS, "a whole number above 0"), "shuffle": _flag("shuffle"), "certainty": _flag("certainty"),
}


def units(points: float) -> int:
    """Points in whole units."""
    return round(points * UNIT)


def cost(question: Question) -> int:
    """What every try after the first costs, in units."""
    return units(question.penalty * question.points)


def tried(question: Question, answers: Sequence[Any]) -> list[Any]:
    """The answers that count as tries: of a shape that the question has, answered, and of some that are the same one after another, the last."""
    fit = [answer for answer in answers if _counts(question, answer)]
    return [[*same][-1] for _, same in groupby(fit, key=lambda answer: to_json(question.tried(answer)))]


def _counts(question: Question, answer: Any) -> bool:
    try:
        return question.mark(answer).state != "unanswered"
    except Refused:
        return False


def after_tries(question: Question, answers: Sequence[Any]) -> float:
    """The points of a question after these tries, in practice: the most of what any earned, less the penalty for each try before it."""
    earned = [units(question.mark(answer).points) - n * cost(question) for n, answer in enumerate(tried(question, answers))]
    return max([0, *earned]) / UNIT


def certain(mark: Mark, level: int | None) -> float:
    """The certainty points of a mark, from how sure the reader was; none for an unanswered question.

    A part of the mark earns that part of what a right answer earns, and only an answer that earned nothing loses.
    """
    if mark.state == "unanswered":
        return 0.0
    right, wrong = CERTAINTY[level or ASSUMED]
    return units(mark.points) * right / UNIT if units(mark.points) > 0 else units(mark.out_of) * wrong / UNIT


def calibration(tries: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, float]]:
    """How sure a reader was against how right: level -> number of answers, the share of points they earned.

    A try is `{"certainty", "points", "out_of"}`; one without points to be had counts nothing.
    """
    found: dict[int, tuple[int, float]] = {}
    for level in CERTAINTY:
        shares = [one["points"] / one["out_of"] for one in tries if one.get("certainty") == level and one["out_of"]]
        if shares:
            found[level] = (len(shares), sum(shares) / len(shares))
    return found
