"""The kinds of question that most formats have: lists to pick from, pairs, numbers, typed texts, gaps.

Texts are HTML as `text.inline` and `text.block` make it. A share is a part of the question's points, 1 for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to pick; `share` is what picking it adds to the mark, or takes from it."""

    id: str
    text: Markup
    share: Fraction
    feedback: Markup


@dataclass(frozen=True, kw_only=True)
class Choices:
    """A list to pick from. One: the mark is the share of what was picked. Several: the sum of their shares, never below 0.

    `credit` names the rule that several are marked by (`picking.CREDIT`); the shares follow "multiple-choice" whatever it is.
    """

    several: bool
    options: tuple[Option, ...]
    shuffle: bool
    credit: str = "multiple-choice"
    losses: tuple[tuple[str, str], ...] = ()  # what a list cannot say of the question: (what is lost, what is done instead)


@dataclass(frozen=True, kw_only=True)
class Left:
    """A thing that goes with one on the right, and what the book says where another was picked."""

    id: str
    text: Markup
    right: str
    feedback: Markup


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Things on the left, and those on the right by id; every pair earns an equal share, or only all of them together."""

    lefts: tuple[Left, ...]
    rights: dict[str, Markup]
    all_or_nothing: bool
    losses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Numbers from `middle - off` to `middle + off`, both included; the first interval that holds an answer gives its share."""

    middle: Decimal
    off: Decimal
    share: Fraction
    feedback: Markup

    @property
    def low(self) -> Decimal:
        return self.middle - self.off

    @property
    def high(self) -> Decimal:
        return self.middle + self.off


@dataclass(frozen=True, kw_only=True)
class Form:
    """A typed text and what it earns."""

    text: str
    share: Fraction
    feedback: Markup


@dataclass(frozen=True, kw_only=True)
class Forms:
    """Texts that an answer is compared with, letter by letter; the first that fits counts.

    `any_case`: capitals and small letters are the same. Not in Turkish words, where a system would take ı for i: there the forms stand
    in every case that people type.
    """

    forms: tuple[Form, ...]
    any_case: bool
    otherwise: Markup  # what the book says to anything else


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A place in a text to be filled in with a choice, a number or a text: one of the three is there."""

    id: str
    choices: Choices | None = None
    intervals: tuple[Interval, ...] = ()
    forms: Forms | None = None
    otherwise: Markup | None = None  # what the book says to a number in no interval
