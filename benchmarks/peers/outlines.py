"""The book's country outlines as GeoJSON, which is what a stock folium map is given."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

DECIMALS = 3  # about 100 m


def as_geojson(file: Path) -> dict[str, Any]:
    """The countries of the book's TopoJSON file, one feature with its name each."""
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": shape["id"], "properties": shape["properties"],
         "geometry": {"type": shape["type"], "coordinates": _coordinates(shape, arcs)}}
        for shape in topology["objects"]["countries"]["geometries"]]}


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    steps = accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return [[round(n * scale + shift, DECIMALS)
             for n, scale, shift in zip(at, transform["scale"], transform["translate"], strict=True)] for at in steps]


def _coordinates(shape: dict[str, Any], arcs: list[list[list[float]]]) -> list[Any]:
    def polygon(rings: list[list[int]]) -> list[Any]:
        return [_ring(ring, arcs) for ring in rings]

    return polygon(shape["arcs"]) if shape["type"] == "Polygon" else [polygon(rings) for rings in shape["arcs"]]


def _ring(indices: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """Arcs laid end to end; ~n is arc n backwards, and each begins where the last one ended."""
    ring: list[list[float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring
