"""Stops in time: the years that a map's slider stands at, what each says, the slider itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import pandas as pd

from atlas.text import listed

MOST_NAMED = 6  # in the line under the slider; the others are counted
PLAY = '<path class="atlas-go" d="M7 4l13 8l-13 8z"/><path class="atlas-halt" d="M6 4h4v16h-4zM14 4h4v16h-4z"/>'


@dataclass(frozen=True)
class Stop:
    """A year of the slider, and the line that says what is new in it."""

    year: int
    said: str


def dated(table: pd.DataFrame, time: str) -> pd.DataFrame:
    """The rows that have a year, with whole numbers in that column.

    Raises ValueError when a value is no whole number, or when there is none at all.
    """
    table = table[table[time].notna()]
    years = pd.to_numeric(table[time], errors="coerce").astype(float)
    for row, given, year in zip(table.index, table[time], years, strict=True):
        if not year.is_integer():  # what is no number is not whole either
            raise ValueError(f"{time}, row {row}: found {given!r}; accepted: whole years")
    if table.empty:
        raise ValueError(f"{time}: found no year; accepted: one whole year or more")
    return table.assign(**{time: years.astype(int)})


def some(names: Iterable[str], between: str = "") -> str:
    """Names in a sentence, or with a sign between them; of many, the first and how many more."""
    names = list(names)
    if len(names) > MOST_NAMED:
        names = [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} more"]
    return between.join(names) if between else listed(names)


def slider_html(name: str, stops: tuple[Stop, ...]) -> str:
    """The slider at its last stop, its button, and a line of text with room for the longest.

    It is hidden, in its place, until the script has brought its map to life.
    """
    last, longest = stops[-1], max((stop.said for stop in stops), key=len)
    return (
        f'<div class="atlas-time" role="group" aria-label="Time">'
        '<button type="button" class="atlas-play" aria-label="Play">'
        f'<svg width="24" height="24" aria-hidden="true" focusable="false">{PLAY}</svg></button>'
        f'<span><label for="{name}_time">Year</label> '
        f'<output for="{name}_time" aria-live="off">{last.year}</output></span>'
        f'<input type="range" id="{name}_time" min="0" max="{len(stops) - 1}" value="{len(stops) - 1}"'
        f' aria-valuetext="{last.year}" autocomplete="off">'
        f'<div class="atlas-said"><p aria-hidden="true">{escape(longest)}</p>'
        f'<p role="status">{escape(last.said)}</p></div></div>'
    )
