"""Map files: the outlines of named places, read from TopoJSON or GeoJSON and drawn flat."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
ID = re.compile(r"[A-Za-z0-9-]+")
WIDEST = 85.0  # degrees of latitude that Mercator's projection is used to


@dataclass(frozen=True)
class Place:
    """A feature of a map: its name, and its rings, each a run of arcs (`~n` is arc n backwards)."""

    name: str
    rings: tuple[tuple[int, ...], ...]
    pick: bool


@dataclass(frozen=True, eq=False)  # one file read once is one object
class Outlines:
    """A map file: arcs of (longitude, latitude) in degrees, places by id, and the arcs of the dashed lines."""

    arcs: tuple[tuple[Point, ...], ...]
    places: dict[str, Place]
    dashed: tuple[tuple[int, ...], ...]


def read_outlines(path: Path) -> Outlines:
    """Read a map: TopoJSON (borders shared, an object `dashed` of lines) or GeoJSON, each feature with an id and a `name`.

    Features without an id of letters, digits and hyphens, or without a name, are left out. Raises
    FileNotFoundError where there is no file, ValueError where it is no such map.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Outlines:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        outlines = _checked(_topojson(data) if data["type"] == "Topology" else _geojson(data))
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError, ValueError) as error:
        raise ValueError(f"{path.name} is neither TopoJSON nor GeoJSON") from error
    if not outlines.places:
        raise ValueError(f"{path.name} has no feature with an id and a name")
    return outlines


def _checked(outlines: Outlines) -> Outlines:
    """The same, once every ring and line is known to be made of arcs that are there and of points on the globe."""
    runs = [*outlines.dashed, *(ring for place in outlines.places.values() for ring in place.rings)]
    if not all(runs) or not all(-len(outlines.arcs) <= n < len(outlines.arcs) for run in runs for n in run):
        raise ValueError("a ring without arcs, or an arc that is not there")
    if not all(len(arc) > 1 and all(math.isfinite(number) for point in arc for number in point) for arc in outlines.arcs):
        raise ValueError("an arc of less than two points, or a point that is nowhere")
    return outlines


def _topojson(data: dict[str, Any]) -> Outlines:
    transform = data.get("transform")
    arcs = tuple(tuple(_absolute(arc, transform) if transform else map(_point, arc)) for arc in data["arcs"])
    dashed = data["objects"].get("dashed")
    lines = _listed(dashed["arcs"], dashed["type"] == "MultiLineString") if dashed else []
    features = [feature for thing in data["objects"].values() for feature in thing.get("geometries", [thing])]
    return Outlines(arcs, _places((feature, feature.get("arcs", [])) for feature in features),
                    tuple(tuple(line) for line in lines))


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """The points of a quantised arc, whose steps are counted from the point before (TopoJSON 1.0, 2.1.3)."""
    (width, height), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for right, up, *_ in arc:
        x, y = x + right, y + up
        yield x * width + west, y * height + south


def _geojson(data: dict[str, Any]) -> Outlines:
    """Each ring is an arc of its own; no line is dashed."""
    arcs: list[tuple[Point, ...]] = []

    def ring(points: list[list[float]]) -> list[int]:
        arcs.append(tuple(map(_point, points)))
        return [len(arcs) - 1]

    def rings(shape: dict[str, Any]) -> list[Any]:
        polygons = _listed(shape["coordinates"], shape["type"] == "MultiPolygon")
        made = [[ring(points) for points in polygon] for polygon in polygons]
        return made if shape["type"] == "MultiPolygon" else made[0]

    areas = [feature for feature in data["features"] if feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}]
    shapes = [(feature | {"type": feature["geometry"]["type"]}, rings(feature["geometry"])) for feature in areas]
    return Outlines(tuple(arcs), _places(iter(shapes)), ())


def _point(numbers: list[float]) -> Point:
    return float(numbers[0]), float(numbers[1])


def _listed(value: Any, many: bool) -> list[Any]:
    return value if many else [value]


def _places(features: Iterable[tuple[dict[str, Any], list[Any]]]) -> dict[str, Place]:
    """The areas among the features, by id, with the runs of arcs that make their rings."""
    places = {}
    for feature, arcs in features:
        known = feature.get("properties") or {}
        id_, name = str(feature.get("id", "")), known.get("name")
        if feature["type"] in {"Polygon", "MultiPolygon"} and ID.fullmatch(id_) and isinstance(name, str) and name:
            polygons = _listed(arcs, feature["type"] == "MultiPolygon")
            places[id_] = Place(name, tuple(tuple(ring) for polygon in polygons for ring in polygon), known.get("pick") is True)
    return places


class Sheet:
    """A map drawn flat: Mercator's projection, whole units, as large as the frame of some places and no more.

    The longer side is `size` units; lines are smoothed to `tolerance` units, the same for both places that share
    one, and what lies outside is drawn no further than a little beyond the edge.
    """

    MARGIN, BEYOND = 6, 12  # units

    def __init__(self, outlines: Outlines, shown: Iterable[str], size: int = 480, tolerance: float = 1.0) -> None:
        points = [_mercator(point) for id_ in shown for ring in outlines.places[id_].rings
                  for n in ring for point in outlines.arcs[n if n >= 0 else ~n]]
        (self._west, east), (self._north, south) = ((min(side), max(side)) for side in zip(*points, strict=True))
        self._scale = (size - 2 * self.MARGIN) / max(east - self._west, south - self._north, 1e-9)
        self.width, self.height = (round(side * self._scale) + 2 * self.MARGIN for side in (east - self._west, south - self._north))
        self._arcs = [_whole(_smooth([self._flat(point) for point in arc], tolerance)) for arc in outlines.arcs]

    def _flat(self, point: Point) -> Point:
        x, y = _mercator(point)
        x, y = (x - self._west) * self._scale + self.MARGIN, (y - self._north) * self._scale + self.MARGIN
        return (min(max(x, -self.BEYOND), self.width + self.BEYOND), min(max(y, -self.BEYOND), self.height + self.BEYOND))

    def line(self, arcs: Iterable[int]) -> list[tuple[int, int]]:
        """A run of arcs as points in whole units, none of them twice in a row."""
        points: list[tuple[int, int]] = []
        for n in arcs:
            points += (self._arcs[n] if n >= 0 else self._arcs[~n][::-1])[1 if points else 0:]
        return points[:1] + [after for before, after in pairwise(points) if before != after]

    def rings(self, place: Place, smallest: float) -> list[list[tuple[int, int]]]:
        """The rings of a place, without those of less than `smallest` square units; the largest first."""
        rings = [self.line(ring)[:-1] for ring in place.rings]
        large = [ring for ring in rings if len(ring) > 2 and area(ring) >= smallest]
        return sorted(large, key=area, reverse=True)

    def spot(self, place: Place) -> tuple[int, int]:
        """The middle of a place's first outline, for one too small to have a shape."""
        points = self.line(place.rings[0])
        return round(sum(x for x, _ in points) / len(points)), round(sum(y for _, y in points) / len(points))


def _mercator(point: Point) -> Point:
    """Degrees right and degrees down, with Mercator's stretch."""
    lon, lat = point[0], min(max(point[1], -WIDEST), WIDEST)
    return lon, -math.degrees(math.asinh(math.tan(math.radians(lat))))


def _smooth(points: list[Point], tolerance: float) -> list[Point]:
    """The points of a line that lie further than `tolerance` from the line through the others (Douglas and Peucker 1973)."""
    kept, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        away = [(_distance(points[n], points[first], points[last]), n) for n in range(first + 1, last)]
        if away and (furthest := max(away))[0] > tolerance:
            kept.add(furthest[1])
            spans += [(first, furthest[1]), (furthest[1], last)]
    return [points[n] for n in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line through two others, or from both where they are one."""
    across, down = end[0] - start[0], end[1] - start[1]
    right, below = point[0] - start[0], point[1] - start[1]
    length = math.hypot(across, down)
    return abs(across * below - down * right) / length if length else math.hypot(right, below)


def _whole(points: list[Point]) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in points]


def area(ring: list[tuple[int, int]]) -> float:
    """Square units inside a ring, however it winds."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path(lines: Iterable[list[tuple[int, int]]], *, closed: bool) -> str:
    """SVG path data: every line begins at a whole place and goes on in steps."""
    return "".join(_steps(line) + ("z" if closed else "") for line in lines)


def _steps(line: list[tuple[int, int]]) -> str:
    steps = [step for before, after in pairwise(line) for step in (after[0] - before[0], after[1] - before[1])]
    return f"M{line[0][0]} {line[0][1]}l" + " ".join(map(str, steps)).replace(" -", "-")
