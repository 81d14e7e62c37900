"""How likely a count is by chance."""

from __future__ import annotations

from collections.abc import Sequence

LEVEL = 0.05  # what is less likely than this is no longer put down to chance


def distribution(chances: Sequence[float]) -> list[float]:
    """The probability of 0, 1, 2, ... successes in trials that each have their own chance (Poisson binomial, exact)."""
    odds = [1.0]
    for chance in chances:
        odds = [a * (1 - chance) + b * chance for a, b in zip([*odds, 0.0], [0.0, *odds])]
    return odds


def at_least(count: int, chances: Sequence[float]) -> float:
    """The probability of so many successes or more."""
    return sum(distribution(chances)[count:])


def at_most(count: int, chances: Sequence[float]) -> float:
    """The probability of so many successes or fewer."""
    return sum(distribution(chances)[:count + 1])
