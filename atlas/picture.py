"""A map as a picture of its own, with a title under it: what is shown where somebody shares a page's address.

It draws what a stored map's script is given (draw.js has the same names), in Mercator's projection, as the last stop of a slider
has it. Patterns become plain colours; labels and legends are left out, since the picture is often shown the size of a stamp.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from itertools import accumulate
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from PIL import Image

from atlas.outlines import FRAME, VIEWS, topology
from atlas.style import PALETTE

SIZE = (1200, 630)  # pixels, what the sites that show such pictures ask for
BAND = 160  # of these, the title's, below the map
COLOURS = 96
SEA, LAND, LINE, INK, PAPER = "#dbe6ec", "#f7f4ed", "#8d9296", "#17364f", "#ffffff"
PATTERN = re.compile(r"url\(#.*-(\d)\)")
FILL = re.compile(r'fill="(#[0-9a-f]{6})"')
PIXEL = 0.72  # points: the picture has 100 pixels an inch

Spot = tuple[float, float]  # x and y in degrees, y with Mercator's stretch


def flat(lon: float, lat: float) -> Spot:
    """A place on the sheet."""
    return lon, math.degrees(math.asinh(math.tan(math.radians(lat))))


@cache
def arcs() -> tuple[tuple[Spot, ...], ...]:
    """The outlines' arcs on the sheet."""
    (scale_x, scale_y), (shift_x, shift_y) = topology()["transform"]["scale"], topology()["transform"]["translate"]
    return tuple(
        tuple(flat(x * scale_x + shift_x, y * scale_y + shift_y) for x, y in accumulate(map(tuple, arc), lambda a, b: (a[0] + b[0], a[1] + b[1])))
        for arc in topology()["arcs"])


def joined(numbers: Iterable[int]) -> list[Spot]:
    """Arcs one after the other; a number below zero is an arc backwards."""
    return [spot for number in numbers for spot in (arcs()[number] if number >= 0 else arcs()[~number][::-1])]


def outline(country: dict[str, Any]) -> Path:
    """A country as one path, its islands and holes in it."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return Path.make_compound_path(*(Path(joined(ring), closed=True) for polygon in polygons for ring in polygon))


def colour(fill: str) -> str:
    """A fill's colour, or that of its pattern."""
    pattern = PATTERN.fullmatch(fill)
    return PALETTE[int(pattern[1])] if pattern else fill


class Sheet:
    """The map that is being drawn."""

    def __init__(self, axes: Axes) -> None:
        self.axes, self.painted = axes, False
        self.outlines = {country["id"]: outline(country) for country in topology()["objects"]["countries"]["geometries"]}

    def _area(self, code: str, fill: str, opacity: float, order: int = 1) -> None:
        self.axes.add_artist(PathPatch(self.outlines[code], facecolor=fill, alpha=opacity, linewidth=0, zorder=order))

    def ground(self) -> None:
        """All land, and the lines between."""
        for code in self.outlines:
            self._area(code, LAND, 1, 0)
        for name, style in (("coast", "solid"), ("borders", "solid"), ("dashed", (0, (4, 3)))):
            lines = [joined(line) for line in topology()["objects"][name]["arcs"]]
            self.axes.add_collection(LineCollection(lines, colors=LINE, linewidths=1.2 * PIXEL, linestyles=style, zorder=3))

    def countries(self, places: list[list]) -> None:
        """Painted countries; of a map's layers the first, which is the one that is shown."""
        if not self.painted:
            for code, fill, opacity, *_ in places:
                self._area(code, colour(fill), opacity)
        self.painted = True

    def timed(self, places: list[list]) -> None:
        """Painted countries as they are at the last stop."""
        for code, states in places:
            _, _, *state = states[-1]
            if state:
                self._area(code, colour(state[1]), state[2])

    def _sign(self, lat: float, lon: float, size: float, sign: str) -> None:
        self.axes.plot(*flat(lon, lat), "o", markersize=1.3 * size * PIXEL, color=FILL.search(sign)[1], markeredgecolor=PAPER, markeredgewidth=1, zorder=5)

    def points(self, spots: list[dict]) -> None:
        """Signs."""
        for spot in spots:
            self._sign(spot["lat"], spot["lon"], spot["size"], spot["sign"])

    def timedPoints(self, spots: list[list]) -> None:
        """Signs as they are at the last stop."""
        for lat, lon, states in spots:
            _, _, *state = states[-1]
            if state:
                self._sign(lat, lon, state[0], state[2])

    def routes(self, found: list[dict]) -> None:
        """Lines."""
        for route in found:
            line = [flat(lon, lat) for lat, lon in route["path"]]
            for width, ink, order in ((route["width"] + 4, PAPER, 4), (route["width"], route["paint"][0], 4.5)):
                self.axes.plot(*zip(*line, strict=True), color=ink, linewidth=1.3 * width * PIXEL, solid_capstyle="round", zorder=order)


def draw_picture(calls: Iterable[tuple[str, Any]], title: str, book: str) -> bytes:
    """A PNG of the map and below it the title, under the book's; without one, the book's alone."""
    figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100, facecolor=INK)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, BAND / SIZE[1], 1, 1 - BAND / SIZE[1]))
    sheet = Sheet(axes)
    sheet.ground()
    known: dict[str, Callable] = {name: getattr(sheet, name) for name in ("countries", "timed", "points", "timedPoints", "routes")}
    view = VIEWS["region"]
    for name, data in calls:
        if name == "ready":
            (south, west), (north, east) = data["view"]
            view = (west, south, east, north)
        elif name in known:
            known[name](data)
    _fit(axes, view)
    _write(figure, title, book)
    canvas.draw()
    picture = BytesIO()
    Image.frombytes("RGBA", SIZE, bytes(canvas.buffer_rgba())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, "PNG", optimize=True)
    return picture.getvalue()


def _fit(axes: Axes, view: tuple[float, float, float, float]) -> None:
    """Fills the map's room with a view (west, south, east, north in degrees), or with its middle where the outlines end before."""
    (left, bottom), (right, top) = flat(*view[:2]), flat(*view[2:])
    (first, lowest), (last, highest) = flat(*FRAME[:2]), flat(*FRAME[2:])  # there is no land beyond
    ratio = SIZE[0] / (SIZE[1] - BAND)
    wide = min(max(right - left, (top - bottom) * ratio), last - first)
    x = min(max((left + right - wide) / 2, first), last - wide)
    y = min(max((bottom + top - wide / ratio) / 2, lowest), highest - wide / ratio)
    axes.set(xlim=(x, x + wide), ylim=(y, y + wide / ratio), xticks=[], yticks=[], facecolor=SEA)
    axes.spines[:].set_visible(False)


def _write(figure: Figure, title: str, book: str) -> None:
    """The titles in the band below the map."""
    def line(text: str, pixels: int, above: int, **more: Any) -> None:
        figure.text(48 / SIZE[0], above / SIZE[1], text, color=PAPER, fontsize=pixels * PIXEL, va="center", **more)

    if not title:
        line(book, 62, BAND // 2, weight="bold")
        return
    line(wrap(title, 32, max_lines=1, placeholder=" …")[0], 56, 64, weight="bold")
    line(book, 28, 124)
