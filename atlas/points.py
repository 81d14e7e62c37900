"""Maps of places and events: one row a place, its sign as large as its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from html import escape
from math import sqrt
from typing import Unpack

import pandas as pd

from atlas.building import AboutMap, category_of, map_figure, outline_map
from atlas.figure import Figure
from atlas.layers import Drawing, Point
from atlas.outlines import in_frame
from atlas.stops import Stop, dated, some
from atlas.style import at_most, legend, past_svg, ring_svg, shape_svg
from atlas.text import columns_in, listed, shown, with_unit

SMALLEST, LARGEST = 14, 38  # a sign's width in pixels
MANY = 4  # rows that a sign of the largest size stands for at least
Spot = tuple[float, float, int]  # latitude, longitude (degrees), number of the category
Spots = dict[Spot, list[pd.Series]]
AWAY = " (outside this map)"
LONGEST = 6  # rows in a tooltip


def point_map(
    table: pd.DataFrame,
    *,
    label: str,
    lat: str = "lat",
    lon: str = "lon",
    size: str | None = None,
    unit: str = "",
    category: str | None = None,
    categories: dict | None = None,
    note: str | None = None,
    time: str | None = None,
    **about: Unpack[AboutMap],
) -> Figure:
    """Places or events as signs; one row each, `lat` and `lon` in degrees.

    Rows at one spot (and of one category) share a sign. Its area grows with the sum of
    `size`, or with the number of rows. Each category has its colour and shape (`categories`:
    value -> legend text, at most six). The view holds every sign. Rows outside the frame are
    named under the map; rows without a place are in the data table only. Other keywords as
    for every map.

    With `time`, a column of years, a slider shows the signs up to a year: those of that year
    in a ring, earlier ones paler. Rows without a year are in the data table only.
    """
    columns_in(table, label, lat, lon, size, category, note, time)
    kinds = categories or {"": ""}
    at_most(len(kinds), "categories")
    shown_rows = dated(table, time) if time else table
    spots, outside = gathered(shown_rows, label, lat, lon, category, kinds)
    most = max([weight(rows, size) for rows in spots.values()] + [0 if size else MANY])
    draw = partial(signs, most=most, label=label, note=note, size=size, unit=unit)
    shape = outline_map(about, spots=[spot[:2] for spot in spots])
    key = [(shape_svg(n, 18), text) for n, text in enumerate(kinds.values()) if text]
    stops: tuple[Stop, ...] = ()
    if time:
        placed = shown_rows.dropna(subset=[lat, lon])
        stops = stops_of(placed, time, label, outside)
        years = [stop.year for stop in stops]
        shape.add_child(Drawing("timedPoints", histories(spots, years, time, draw)))
        key += [(ring_svg(22), "in the year shown"), (past_svg(18), "earlier")]
    else:
        shape.add_child(Drawing("points", [asdict(point) for point in draw(spots).values()]))
    summary = f"{len(spots)} signs" + (f", {len(stops)} stops" if time else "")
    about_key = legend(key) + beyond(outside)
    return map_figure(shape, table, about, summary=summary, legend=about_key, stops=stops)


def signs(
    spots: Spots, *, most: float, label: str, note: str | None, size: str | None, unit: str
) -> dict[Spot, Point]:
    """The signs of all spots, the largest first."""
    sizes = sign_sizes({spot: weight(rows, size) for spot, rows in spots.items()}, most)
    shifts = side_by_side(sizes)
    return {
        spot: Point(
            *spot[:2],
            size=sizes[spot],
            shift=shifts[spot],
            sign=shape_svg(spot[2], sizes[spot]),
            lines=lines(spots[spot], label, note, size, unit),
        )
        for spot in sorted(spots, key=lambda spot: -sizes[spot])
    }


def histories(spots: Spots, years: list[int], time: str, draw: Callable[[Spots], dict]) -> list[list]:
    """For the script: each spot's states as [first stop, is it news, size, shift, sign, *lines].

    A state holds until the next one begins.
    """
    states: dict[Spot, list[list]] = {spot: [] for spot in draw(spots)}
    for place, year in enumerate(years):
        begun = {spot: [row for row in rows if row[time] <= year] for spot, rows in spots.items()}
        for spot, point in draw({spot: rows for spot, rows in begun.items() if rows}).items():
            look = [point.size, point.shift, point.sign, *point.lines]
            news = any(row[time] == year for row in begun[spot])
            if news or states[spot][-1][2:] != look:
                states[spot].append([place, int(news), *look])
    return [[lat, lon, known] for (lat, lon, _), known in states.items()]


def stops_of(rows: pd.DataFrame, time: str, label: str, outside: list[str]) -> tuple[Stop, ...]:
    """Every year, in order, with the labels of its rows."""
    stops = []
    for year, group in rows.groupby(time):
        labels = [shown(one) + AWAY * (shown(one) in outside) for one in group[label]]
        stops.append(Stop(int(year), f"{year}: {some(labels, '; ')}."))
    return tuple(stops)


def gathered(
    table: pd.DataFrame, label: str, lat: str, lon: str, category: str | None, kinds: dict
) -> tuple[Spots, list[str]]:
    """The rows of each spot and category, and the labels of the rows outside the frame."""
    spots: Spots = {}
    outside = []
    for _, row in table.dropna(subset=[lat, lon]).iterrows():
        if in_frame(row[lat], row[lon]):
            kind = category_of(row, category, kinds) if category else 0
            spots.setdefault((float(row[lat]), float(row[lon]), kind), []).append(row)
        else:
            outside.append(shown(row[label]))
    return spots, outside


def weight(rows: list[pd.Series], size: str | None) -> float:
    """What a sign stands for: the sum of a column, or the number of rows."""
    if size is None:
        return len(rows)
    return sum(float(row[size]) for row in rows if pd.notna(row[size]))


def sign_sizes(weights: dict[Spot, float], most: float) -> dict[Spot, int]:
    """A sign's width in pixels: its area is in proportion to its weight, down to a smallest sign."""
    return {
        spot: max(SMALLEST, round(LARGEST * sqrt(max(value, 0) / (most or 1))))
        for spot, value in weights.items()
    }


def side_by_side(sizes: dict[Spot, int]) -> dict[Spot, int]:
    """How far (pixels) each sign stands from its spot, where a spot has signs of several kinds."""
    shifts = {}
    for place in dict.fromkeys(spot[:2] for spot in sizes):
        here = [spot for spot in sizes if spot[:2] == place]
        left = -sum(sizes[spot] for spot in here) / 2
        for spot in here:
            shifts[spot] = round(left + sizes[spot] / 2)
            left += sizes[spot]
    return shifts


def lines(
    rows: list[pd.Series], label: str, note: str | None, size: str | None, unit: str
) -> tuple[str, ...]:
    """A sign's tooltip: its row, or the rows that share it, the last ones only counted."""
    texts = []
    for row in rows:
        number = with_unit(row[size], unit) if size and pd.notna(row[size]) else ""
        extra = ", ".join(filter(None, [number, shown(row[note]) if note else ""]))
        texts.append([shown(row[label]), *([extra] if extra else [])])
    if len(texts) == 1:
        return tuple(texts[0])
    more = [f"and {len(texts) - LONGEST} more"] if len(texts) > LONGEST else []
    return (f"{len(texts)} here:", *(": ".join(text[::-1]) for text in texts[:LONGEST]), *more)


def beyond(outside: list[str]) -> str:
    """A line that names what lies outside the frame."""
    if not outside:
        return ""
    return f'<p class="atlas-outside">Outside this map: {escape(listed(outside))}.</p>'
