"""Options that are numbers or spans of numbers."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import NamedTuple

from quizzes.flaws.words import Words

NUMBER = r"[-−+]?\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?:\.\d+)?|[-−+]?\d+(?:[.,]\d+)?"
AMOUNT = re.compile(rf"(?P<before>[^\w\d+−-]*)(?P<number>{NUMBER})(?P<after>[^\d]*)")


class Span(NamedTuple):
    """From a number to another, and what follows them: a unit, a noun."""

    first: float
    last: float
    unit: str


def value(text: str) -> float:
    """A number as an option has it written: spaces or commas between thousands."""
    text = re.sub(r"[ \u00a0\u202f]|,(?=\d{3}(?:\D|$))", "", text).replace("−", "-").replace(",", ".")
    return float(text)


def amount(text: str) -> tuple[float, str] | None:
    """The number and the unit of an option that is nothing else."""
    found = AMOUNT.fullmatch(text.strip())
    if not found or len(found["after"].split()) > 3:
        return None
    return value(found["number"]), (found["before"] + found["after"]).strip(" .").lower()


def spelt_amount(text: str, words: Words | None) -> tuple[float, str] | None:
    """The same of an option whose number is a word."""
    first, *rest = text.strip(" .").lower().split() or [""]
    return (words.numbers[first], " ".join(rest)) if words and first in words.numbers and len(rest) <= 3 else None


@cache
def _forms(words: Words) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    unit = r"(?P<unit>[^\d]*)"
    return (re.compile(rf"(?:(?:{words.between}) )?(?P<first>{NUMBER})\s?[^\s\d]?\s?(?:[–—-]|(?:{words.to}))\s?(?P<last>{NUMBER}){unit}", re.IGNORECASE),
            re.compile(rf"(?:{words.lower_bound}) (?P<first>{NUMBER}){unit}", re.IGNORECASE),
            re.compile(rf"(?:{words.upper_bound}) (?P<last>{NUMBER}){unit}", re.IGNORECASE))


def span(text: str, words: Words) -> Span | None:
    """The span of numbers of an option that is nothing else."""
    for form in _forms(words):
        if found := form.fullmatch(text.strip()):
            groups = found.groupdict()
            first = value(groups["first"]) if groups.get("first") else -math.inf
            last = value(groups["last"]) if groups.get("last") else math.inf
            return Span(first, last, found["unit"].strip(" .%").lower())
    return None


def overlap(one: Span, other: Span) -> bool:
    """Whether a number lies in both; an end without a limit does not count as its own."""
    if one.unit != other.unit:
        return False
    first, last = max(one.first, other.first), min(one.last, other.last)
    open_end = math.inf in (one.last, other.last) or -math.inf in (one.first, other.first)
    return first < last or (first == last and not open_end)
