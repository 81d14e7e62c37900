"""A Sphinx extension: the region as a drawing in the page, for its cover. It loads nothing and needs no script.

    ```{region-drawing} What it shows, in words
    :marked: TUR
    ```
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from itertools import accumulate
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from atlas.outlines import STATES, VIEWS, known, names, topology

Point = tuple[int, int]

WIDTH = 720  # units of the drawing
SMALLEST = 12  # square units: an island of less is left out
SHORT = {"BIH": "Bosnia and Herz.", "MKD": "N. Macedonia"}
SMALL = {"ALB", "BIH", "MKD", "MNE", "SVN", "XKX"}  # their names are smaller
AT_SEA = {"ALB", "MNE"}  # their names end beside them
LABELS = {  # where a state's name stands: longitude and latitude in degrees
    "TUR": (33.5, 39.1), "GRC": (21.8, 39.4), "BGR": (25.2, 42.7), "ROU": (24.9, 45.9), "SRB": (20.9, 44.1), "BIH": (17.7, 44.3), "HRV": (16.1, 45.5),
    "SVN": (14.85, 46.1), "ALB": (19.25, 41.0), "MKD": (21.7, 41.55), "MNE": (18.4, 42.1), "XKX": (20.95, 42.5)}
SVG = ('<svg class="atlas-cover" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}"><path class="atlas-cover-land" d="{land}"/>'
       '<path class="atlas-cover-states" d="{states}"/><path class="atlas-cover-marked" d="{marked}"/>'
       '<path class="atlas-cover-borders" d="{borders}"/><path class="atlas-cover-dashed" d="{dashed}"/>{labels}</svg>')
LABEL = '<text x="{}" y="{}"{}>{}</text>'


def drawing(alt: str, marked: Iterable[str] = ()) -> str:
    """The region as SVG: all land, the states of the book, some of them marked, their names. `marked` are ISO 3166 alpha-3 codes."""
    sheet, marked = Sheet(), set(known(list(marked)))
    shapes = {shape["id"]: shape for shape in topology()["objects"]["countries"]["geometries"]}
    parts = {"land": shapes.keys() - set(STATES), "states": set(STATES) - marked, "marked": marked}
    paths = {part: "".join(sheet.area(shapes[code]) for code in sorted(codes)) for part, codes in parts.items()}
    lines = {part: "".join(map(sheet.line, topology()["objects"][part]["arcs"])) for part in ("borders", "dashed")}
    labels = "".join(LABEL.format(*sheet.spot(*LABELS[code]), _look(code), escape(SHORT.get(code, names()[code]))) for code in STATES)
    return SVG.format(width=WIDTH, height=sheet.height, alt=escape(alt), labels=labels, **paths, **lines)



def _look(code: str) -> str:
    found = " ".join(name for name, codes in (("atlas-cover-small", SMALL), ("atlas-cover-end", AT_SEA)) if code in codes)
    return f' class="{found}"' if found else ""


class Sheet:
    """The view of the region drawn flat: Mercator's projection in whole units."""

    def __init__(self) -> None:
        west, south, east, north = VIEWS["region"]
        self._west, self._north, self._scale = west, _down(north), WIDTH / (east - west)
        self.height = round((_down(south) - _down(north)) * self._scale)
        scale, shift = topology()["transform"]["scale"], topology()["transform"]["translate"]
        self._arcs = []
        for arc in topology()["arcs"]:
            xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
            self._arcs.append([self.spot(x * scale[0] + shift[0], y * scale[1] + shift[1]) for x, y in zip(xs, ys, strict=True)])

    def spot(self, lon: float, lat: float) -> Point:
        """A place in whole units."""
        return round((lon - self._west) * self._scale), round((_down(lat) - self._north) * self._scale)

    def _points(self, arcs: Iterable[int]) -> list[Point]:
        points = [point for n in arcs for point in (self._arcs[n] if n >= 0 else self._arcs[~n][::-1])]
        return [point for n, point in enumerate(points) if not n or point != points[n - 1]]

    def _in_view(self, points: list[Point]) -> bool:
        return any(0 <= x <= WIDTH and 0 <= y <= self.height for x, y in points)

    def area(self, shape: dict[str, Any]) -> str:
        """A country as a path; what lies outside the view and the smallest islands are left out."""
        rings = [ring for polygon in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]) for ring in polygon]
        return "".join(_path(points) + "z" for points in map(self._points, rings) if self._in_view(points) and _size(points) >= SMALLEST)

    def line(self, arcs: list[int]) -> str:
        """A line as a path."""
        points = self._points(arcs)
        return _path(points) if self._in_view(points) and len(points) > 1 else ""


def _down(lat: float) -> float:
    """Degrees of longitude's length, downwards, with Mercator's stretch."""
    return -math.degrees(math.asinh(math.tan(math.radians(lat))))


def _size(points: list[Point]) -> float:
    """The area of a ring (the shoelace formula)."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(points, points[1:] + points[:1], strict=True))) / 2


def _path(points: list[Point]) -> str:
    """A run of points as SVG, each relative to the one before."""
    steps = [f"{u - x} {v - y}" for (x, y), (u, v) in zip(points, points[1:], strict=False)]
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(steps).replace(" -", "-") if steps else ""


class RegionDrawing(SphinxDirective):
    """The drawing; the argument says what it shows."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"marked": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", drawing(self.arguments[0], self.options.get("marked", "").split()), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_directive("region-drawing", RegionDrawing)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
