"""Classes of a value map: where they begin and what the legend calls them."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from atlas.style import STEPS
from atlas.text import amount, with_unit


def inner_breaks(values: list[float], breaks: list[float] | None) -> list[float]:
    """The inner bounds of at most five classes: as given, or quantiles at two digits.

    Raises ValueError when there is no value, or the bounds do not rise or are too many.
    """
    if not values:
        raise ValueError("found no number to show; accepted: one number or more")
    if breaks is None:
        quantiles = np.quantile(values, np.linspace(0, 1, len(STEPS) + 1)[1:-1])
        rounded = sorted({float(f"{bound:.2g}") for bound in quantiles})
        return [bound for bound in rounded if min(values) < bound <= max(values)]
    if sorted(set(breaks)) != list(breaks) or len(breaks) >= len(STEPS):
        most = len(STEPS) - 1
        raise ValueError(f"breaks: found {breaks}; accepted: at most {most} rising numbers")
    return list(breaks)


def class_of(value: float, bounds: list[float]) -> int:
    """The class of a value; a bound belongs to the class above it."""
    return bisect_right(bounds, value)


def class_texts(bounds: list[float], unit: str) -> list[str]:
    """The classes in words, low to high: "under 5 %", "5 to under 10 %", "10 % or more"."""
    if not bounds:
        return [unit or "all values"]
    between = [
        f"{amount(low)} to under {with_unit(high, unit)}"
        for low, high in zip(bounds, bounds[1:], strict=False)
    ]
    return [f"under {with_unit(bounds[0], unit)}", *between, f"{with_unit(bounds[-1], unit)} or more"]
