"""The country outlines that every map of the book draws.

data/outlines.json is a TopoJSON topology cut from Natural Earth 1:50m (public domain) by
make_outlines.py. Its objects: `countries` (polygons, keyed by ISO 3166 alpha-3, XKX for
Kosovo), and the lines `borders`, `coast` and `dashed` (Kosovo's border with Serbia). Polygons
are drawn without an edge, so that no border is drawn twice.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / "data" / "outlines.json"
FRAME = (2, 29, 52, 54)  # west, south, east, north in degrees: what the outlines cover
VIEWS = {  # west, south, east, north in degrees
    "region": (13.2, 34.9, 44.9, 48.3),
    "balkans": (13.2, 35.0, 30.2, 48.3),
}
STATES = ("XKX", "MKD", "MNE", "ALB", "BIH", "SRB", "SVN", "HRV", "BGR", "GRC", "ROU", "TUR")


@cache
def topology() -> dict:
    """The file as it stands."""
    return json.loads(PATH.read_text(encoding="utf-8"))


@cache
def names() -> dict[str, str]:
    """ISO 3166 alpha-3 code -> English name, for every country in the frame."""
    countries = topology()["objects"]["countries"]["geometries"]
    return {country["id"]: country["properties"]["name"] for country in countries}


def known(codes: list[str]) -> list[str]:
    """The same codes, once each of them is known to be a country in the frame."""
    unknown = sorted(set(codes) - set(names()))
    if unknown:
        raise ValueError(f"found country codes {unknown}; accepted: {sorted(names())}")
    return codes


def in_frame(lat: float, lon: float) -> bool:
    """Whether a point (degrees) lies on the maps."""
    west, south, east, north = FRAME
    return west <= lon <= east and south <= lat <= north
