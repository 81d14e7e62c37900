"""What an item does with answers, as an import asks: the share that each earns, and what is said to it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from quizzes.exchange.naming import Names, lettered_by_text
from quizzes.exchange.qti.given import Given, Ran
from quizzes.exchange.qti.run import Value

FINEST = 10_000  # parts of a share that an import tells apart


@dataclass
class Tried:
    """Runs of an item, one for each of some answers. What was said to every one of them is the explanation."""

    given: Given
    runs: dict[object, Ran]

    @property
    def common(self) -> list[Element]:
        """What was said to every answer."""
        runs = list(self.runs.values())
        return [one for one in runs[0].said if all(one in run.said for run in runs[1:])] if len(runs) > 1 else []

    def said(self, answer: object) -> list[Element]:
        """What was said to an answer and not to all."""
        common = self.common
        return [one for one in self.runs[answer].said if one not in common]

    def feedback(self, answer: object) -> str:
        """The same as a run of Markdown."""
        return lines(self.given, self.said(answer))

    def share(self, answer: object) -> Fraction:
        """What an answer earns of the most; below 0 where it costs."""
        return fraction(self.runs[answer].score / self.given.top) if self.given.top > 0 else Fraction(0)


def fraction(share: float) -> Fraction:
    """A share without the noise of points that were rounded: thirds are thirds again."""
    near = Fraction(share).limit_denominator(120)
    return near if abs(near - Fraction(share)) < Fraction(2, FINEST) else Fraction(round(share * FINEST), FINEST)


def lines(given: Given, said: Iterable[Element]) -> str:
    return "\\\n".join(filter(None, (given.line(one) for one in said)))


def try_all(given: Given, answers: Mapping[object, Mapping[str, Value]]) -> Tried:
    """Run an item with each of some answers: name of the answer -> response by name."""
    return Tried(given, {name: given.run(responses) for name, responses in answers.items()})


def ids(given: Given, things: Sequence[Element]) -> dict[str, str]:
    """An id for every identifier: the same where it can be one; a letter by the alphabet of the texts where it could tell the key."""
    if not given.neutral:
        named = lettered_by_text({"text": given.line(thing)} for thing in things)
        return {thing.get("identifier", ""): one["id"] for thing, one in zip(things, named, strict=True)}
    names = Names("choice")
    return {thing.get("identifier", ""): names.take(bare(thing.get("identifier", ""))) for thing in things}


def bare(identifier: str) -> str:
    """An identifier without what an export puts before an id."""
    identifier = identifier.removeprefix("to.")
    return identifier[1:] if identifier[:1] == "_" and identifier[1:2].isdigit() else identifier


def best_rule(rules: Mapping[str, Callable[[object], Fraction]], tried: Tried, losses: list[tuple[str, str]]) -> str:
    """The first of the rules that gives what the item gives for every answer; the first of all, with a loss, where none does."""
    for name, rule in rules.items():
        if all(abs(rule(answer) - max(tried.share(answer), Fraction(0))) < Fraction(1, 500) for answer in tried.runs):
            return name
    first = next(iter(rules))
    losses.append(("how a part of the key is marked", f"by the rule '{first}'"))
    return first
