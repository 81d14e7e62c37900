"""data/outlines.json: who is in it, how borders are drawn, how large it is."""

from __future__ import annotations

import gzip
from itertools import chain

import pytest

from atlas import outlines


def arcs(geometry: dict) -> set[int]:
    """The arcs of a polygon, whichever way it runs through them."""
    rings = geometry["arcs"]
    if geometry["type"] == "MultiPolygon":
        rings = chain.from_iterable(rings)
    return {arc if arc >= 0 else ~arc for arc in chain.from_iterable(rings)}


@pytest.fixture(scope="module")
def countries() -> dict[str, dict]:
    return {one["id"]: one for one in outlines.topology()["objects"]["countries"]["geometries"]}


def line(name: str) -> set[int]:
    return set(chain.from_iterable(outlines.topology()["objects"][name]["arcs"]))


def points(arc: int) -> list[tuple[float, float]]:
    """An arc's points in degrees."""
    (kx, ky), (dx, dy) = (outlines.topology()["transform"][key] for key in ("scale", "translate"))
    x = y = 0
    unpacked = []
    for step_x, step_y in outlines.topology()["arcs"][arc]:
        x, y = x + step_x, y + step_y
        unpacked.append((x * kx + dx, y * ky + dy))
    return unpacked


def test_the_twelve_states_are_there_under_their_codes(countries):
    assert len(outlines.STATES) == 12
    assert set(outlines.STATES) <= set(countries)
    assert outlines.names()["XKX"] == "Kosovo"
    assert outlines.names()["MKD"] == "North Macedonia"
    assert outlines.names()["BIH"] == "Bosnia and Herzegovina"


def test_the_neighbours_are_there_as_context(countries):
    assert {"ITA", "AUT", "HUN", "UKR", "MDA", "CYP", "SYR", "IRQ", "GEO", "ARM", "RUS"} <= set(countries)


def test_every_country_has_a_three_letter_code_a_name_and_a_label_point(countries):
    for iso, country in countries.items():
        assert len(iso) == 3 and iso.isupper(), iso
        assert country["properties"]["name"], iso
        lon, lat = country["properties"]["at"]
        assert outlines.in_frame(lat, lon), iso


def test_the_dashed_line_is_the_whole_border_of_kosovo_and_serbia(countries):
    assert line("dashed") == arcs(countries["XKX"]) & arcs(countries["SRB"])
    unpacked = list(chain.from_iterable(points(arc) for arc in line("dashed")))
    assert len(unpacked) > 10
    assert all(20 < lon < 22 and 42.2 < lat < 43.4 for lon, lat in unpacked)


def test_no_solid_line_runs_along_the_dashed_one():
    assert line("dashed").isdisjoint(line("borders"))
    assert line("dashed").isdisjoint(line("coast"))


def test_kosovo_has_solid_borders_with_its_other_neighbours(countries):
    for neighbour in ("ALB", "MNE", "MKD"):
        shared = arcs(countries["XKX"]) & arcs(countries[neighbour])
        assert shared and shared <= line("borders"), neighbour


def test_the_edge_of_the_frame_is_no_line():
    west, south, east, north = outlines.FRAME
    for arc in line("coast") | line("borders"):
        for edge, axis in ((west, 0), (south, 1), (east, 0), (north, 1)):
            assert any(abs(point[axis] - edge) > 0.02 for point in points(arc)), arc


def contains(country: dict, lon: float, lat: float) -> bool:
    """Whether a point lies in a country (even-odd rule over all its rings)."""
    inside = False
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    for ring in chain.from_iterable(polygons):
        joined = []
        for arc in ring:
            joined += points(arc) if arc >= 0 else points(~arc)[::-1]
        for (x1, y1), (x2, y2) in zip(joined, joined[1:] + joined[:1], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("iso", "lon", "lat"),
    [
        pytest.param("UKR", 34.1, 45.2, id="Crimea is part of Ukraine"),
        pytest.param("CYP", 33.5, 35.3, id="the north of Cyprus is part of Cyprus"),
        pytest.param("XKX", 21.0, 42.6, id="Pristina's surroundings are in Kosovo"),
        pytest.param("SRB", 20.6, 44.2, id="the middle of Serbia is in Serbia"),
        pytest.param("TUR", 27.2, 41.4, id="Eastern Thrace is in Turkey"),
    ],
)
def test_a_place_lies_in_the_country_that_the_united_nations_or_the_book_count_it_to(countries, iso, lon, lat):
    assert [code for code, country in countries.items() if contains(country, lon, lat)] == [iso]


def test_the_file_is_small_enough_for_a_phone():
    content = outlines.PATH.read_bytes()
    assert len(content) <= 60_000
    assert len(gzip.compress(content)) <= 20_000


def test_an_unknown_code_is_named():
    with pytest.raises(ValueError) as failure:
        outlines.known(["ALB", "KOS"])
    assert str(failure.value) == (
        f"found country codes ['KOS']; accepted: {sorted(outlines.names())}"
    )
