"""Maps of routes: one row a line, as wide as its number, with an arrowhead on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import atan, atan2, degrees, exp, hypot, log, pi, radians, tan
from typing import Unpack

import pandas as pd

from atlas.building import AboutMap, category_of, map_figure, noted, outline_map
from atlas.figure import Figure
from atlas.layers import Drawing, Spot
from atlas.outlines import in_frame
from atlas.points import beyond
from atlas.style import arrow_svg, at_most, dashes, legend, line_swatch
from atlas.text import columns_in, shown, with_unit

THINNEST, THICKEST = 3, 14  # a line's width in pixels
UNKNOWN, PLAIN = 2, 4  # of a row without a number; where no number decides
NO_NUMBER = "no number"
HEAD = 0.6  # how far along its line an arrowhead stands
BULGE = 0.16  # how far an arc leaves the straight line, as a share of its length
SAMPLES = (1, 0.5, 0.2)  # the legend's widths, as shares of the greatest number
ACCEPTED = "accepted: 'lat lon; lat lon; ...' in degrees, two points or more"


@dataclass(frozen=True)
class Route:
    """A line on the map, its arrowhead and its tooltip."""

    path: tuple[Spot, ...]
    at: Spot  # where the arrowhead and the tooltip stand
    width: float
    paint: tuple[str, str | None]  # colour, dashes
    arrow: str  # SVG; empty for none
    size: int  # of the arrowhead, in pixels
    lines: tuple[str, ...]


def route_map(
    table: pd.DataFrame,
    *,
    label: str,
    path: str,
    width: str | None = None,
    unit: str = "",
    category: str | None = None,
    categories: dict | None = None,
    note: str | None = None,
    arrows: bool = True,
    curved: bool = False,
    **about: Unpack[AboutMap],
) -> Figure:
    """Routes and movements as lines; one row each, `path` a text "lat lon; lat lon; ...".

    A line is as wide as its number in `width`, between 3 and 14 pixels; a row without a
    number gets a line of 2, and the legend says so. Each category has its colour and
    its dashes (`categories`: value -> legend text, at most six). An arrowhead points to the
    last point of the path. `curved=True` bends a path of two points to its left, so that
    movements to and fro can be told apart. The view holds every line. Rows that leave the
    frame are named under the map; rows without a path are in the data table only. Other
    keywords as for every map.
    """
    columns_in(table, label, path, width, category, note)
    kinds = categories or {"": ""}
    at_most(len(kinds), "categories")
    most = max(table[width].dropna(), default=0) if width else 0
    routes, outside = [], []
    for number, row in table.dropna(subset=[path]).iterrows():
        spots = spots_of(row[path], f"{path}, row {number}")
        if not all(in_frame(*spot) for spot in spots):
            outside.append(shown(row[label]))
            continue
        kind = category_of(row, category, kinds) if category else 0
        told = [list(kinds.values())[kind]] if category else []
        lines = (shown(row[label]), *numbered(row, width, unit), *told, *noted(row, note, about))
        routes.append(route(spots, line_width(row, width, most), kind, lines, arrows, curved))
    shape = outline_map(about, spots=[spot for one in routes for spot in one.path])
    widest_first = sorted(routes, key=lambda one: -one.width)
    shape.add_child(Drawing("routes", [asdict(one) for one in widest_first]))
    return map_figure(
        shape,
        table if "columns" in about else table.drop(columns=path),
        about,
        summary=f"{len(routes)} routes",
        legend=kinds_legend(kinds) + widths_legend(table, width, most, unit) + beyond(outside),
    )


def spots_of(text: object, where: str) -> tuple[Spot, ...]:
    """The points of a path. Raises ValueError for a text that is none."""
    try:
        spots = tuple((float(lat), float(lon)) for lat, lon in map(str.split, str(text).split(";")))
    except ValueError:
        spots = ()
    if len(spots) < 2 or not all(abs(lat) <= 85 and abs(lon) <= 180 for lat, lon in spots):
        raise ValueError(f"{where}: found {text!r}; {ACCEPTED}")
    return spots


def numbered(row: pd.Series, width: str | None, unit: str) -> tuple[str, ...]:
    """The tooltip's line on the number, where numbers decide the width."""
    if width is None:
        return ()
    return (with_unit(row[width], unit) if pd.notna(row[width]) else NO_NUMBER,)


def line_width(row: pd.Series, width: str | None, most: float) -> float:
    """Pixels in proportion to the row's number, down to the thinnest line."""
    if width is None:
        return PLAIN
    if pd.isna(row[width]):
        return UNKNOWN
    return max(THINNEST, round(THICKEST * float(row[width]) / (most or 1), 1))


def route(
    spots: tuple[Spot, ...], width: float, kind: int, lines: tuple[str, ...], arrows: bool, curved: bool
) -> Route:
    """A row's line, drawn on the plane of the map."""
    plane = [flat(spot) for spot in spots]
    if curved and len(plane) == 2:
        plane = arc(*plane)
    at, angle = along(plane, HEAD)
    size = round(max(16, width * 1.7 + 11))
    return Route(
        path=tuple(map(round_spot, plane)),
        at=round_spot(at),
        width=width,
        paint=dashes(kind, width),
        arrow=arrow_svg(kind, size, round(angle)) if arrows else "",
        size=size,
        lines=lines,
    )


def flat(spot: Spot) -> tuple[float, float]:
    """A point on the plane of the map (Mercator): x to the east, y to the north, in degrees."""
    return spot[1], degrees(log(tan(pi / 4 + radians(spot[0]) / 2)))


def round_spot(point: tuple[float, float]) -> Spot:
    """A point of the plane as latitude and longitude, to a hundred metres."""
    x, y = point
    return round(degrees(2 * atan(exp(radians(y))) - pi / 2), 3), round(x, 3)


def arc(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """A gentle curve from point to point, to the left of whoever walks it."""
    (x, y), (to_x, to_y) = start, end
    bend_x = (x + to_x) / 2 - (to_y - y) * BULGE * 2
    bend_y = (y + to_y) / 2 + (to_x - x) * BULGE * 2
    steps = [step / 20 for step in range(21)]
    return [
        (
            (1 - t) ** 2 * x + 2 * t * (1 - t) * bend_x + t**2 * to_x,
            (1 - t) ** 2 * y + 2 * t * (1 - t) * bend_y + t**2 * to_y,
        )
        for t in steps
    ]


def along(points: list[tuple[float, float]], share: float) -> tuple[tuple[float, float], float]:
    """The point at a share of a line's length, and the direction there, clockwise from east."""
    legs = [
        (hypot(bx - ax, by - ay), (ax, ay), (bx, by))
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False)
    ]
    left = share * sum(length for length, _, _ in legs)
    for length, (ax, ay), (bx, by) in legs:
        if left <= length:
            break
        left -= length
    part = left / length if length else 0
    return (ax + (bx - ax) * part, ay + (by - ay) * part), -degrees(atan2(by - ay, bx - ax))


def kinds_legend(kinds: dict) -> str:
    """The categories: a colour and dashes each."""
    return legend([(line_swatch(n, 5), text) for n, text in enumerate(kinds.values()) if text])


def widths_legend(table: pd.DataFrame, width: str | None, most: float, unit: str) -> str:
    """What widths stand for, at rounded numbers."""
    if width is None or most <= 0:
        return ""
    numbers = dict.fromkeys(float(f"{most * share:.1g}") for share in SAMPLES)
    entries = [
        (line_swatch(None, max(THINNEST, THICKEST * number / most)), with_unit(number, unit))
        for number in numbers
    ]
    if table[width].isna().any():
        entries.append((line_swatch(None, UNKNOWN), NO_NUMBER))
    return legend(entries)
