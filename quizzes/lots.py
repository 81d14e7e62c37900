"""Drawing lots: which questions of a pool a paper asks and in what order, the same from the same seed everywhere.

The script draws with the same arithmetic (front_end/lots.js), so a seed read off a screen or a sheet of paper makes the same paper
wherever it is entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quizzes.model import Question

SEEDS = 2 ** 32  # a seed is a whole number below this
Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What one seed draws: the questions in order, and for some of them the order of their choices."""

    questions: tuple[Question, ...]
    choices: Mapping[str, tuple[str, ...]]  # id of a question -> ids of its choices


def numbers(seed: int) -> Iterator[int]:
    """Whole numbers below 2**32 without end: mulberry32, a generator of 32 bits of state by Tommy Ettinger (2017, public domain)."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) % SEEDS
        mixed = (state ^ state >> 15) * (state | 1) % SEEDS
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % SEEDS
        yield mixed ^ mixed >> 14


def of_name(seed: int, name: str) -> int:
    """The seed for what has a name of its own: mixed with the name's hash FNV-1a (Fowler, Noll and Vo 1991), in 32 bits.

    So the choices of a question come in one order whatever else is on the paper. A name is ASCII.
    """
    mixed = 0x811C9DC5
    for letter in name.encode("ascii"):
        mixed = (mixed ^ letter) * 0x01000193 % SEEDS
    return seed ^ mixed


def shuffled(things: Sequence[Thing], seed: int) -> tuple[Thing, ...]:
    """The things in the order that a seed gives: Fisher and Yates's shuffle, from the end (Durstenfeld 1964)."""
    drawn = list(things)
    for last, number in zip(range(len(drawn) - 1, 0, -1), numbers(seed)):
        other = number * (last + 1) // SEEDS
        drawn[last], drawn[other] = drawn[other], drawn[last]
    return tuple(drawn)


def paper(questions: Sequence[Question], seed: int, *, draw: int | None = None, shuffle: bool = False) -> Paper:
    """`draw` of the questions (all without it), shuffled or in the order they came in; shuffled, so are their choices."""
    order = shuffled(range(len(questions)), seed)[:draw]
    drawn = [questions[n] for n in (order if shuffle else sorted(order))]
    choices = {question.id: shuffled(question.movable, of_name(seed, question.id)) for question in drawn if question.movable}
    return Paper(questions=tuple(drawn), choices=choices if shuffle else {})
