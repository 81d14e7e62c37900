"""atlas.routes: lines with a width, a direction and a kind."""

from __future__ import annotations

import json
import re
from html import unescape

import pandas as pd
import pytest
from figures import ABOUT, ROUTES

from atlas import route_map
from atlas.routes import along, flat, spots_of

KINDS = {"a": "Kind A", "b": "Kind B"}
ROUTE = {"label": "name", "path": "path", "name": "r", **ABOUT}


def drawn(figure) -> dict[str, dict]:
    """The routes that Python hands to draw.js, by label."""
    line = re.search(r"atlas\.routes\(\w+, (.*)\);", unescape(figure._repr_html_()))
    return {route["lines"][0].split()[0]: route for route in json.loads(line[1])}


def test_a_line_is_as_wide_as_its_number_and_one_without_a_number_is_the_thinnest():
    figure = route_map(ROUTES, width="amount", unit="bcm", **ROUTE)
    assert {name: route["width"] for name, route in drawn(figure).items()} == {
        "Wide": 14, "Narrow": 3, "Unknown": 2}
    assert [texts for texts in re.findall(r"<span>([^<]*)</span>", figure.legend)] == [
        "30 bcm", "20 bcm", "6 bcm", "no number"]
    assert drawn(figure)["Unknown"]["lines"] == ["Unknown", "no number"]


def test_without_a_width_all_lines_are_alike_and_there_is_no_legend_for_it():
    figure = route_map(ROUTES, **ROUTE)
    assert {route["width"] for route in drawn(figure).values()} == {4}
    assert "<ul" not in figure.legend


def test_a_category_differs_by_dashes_as_well_as_colour_and_is_named_in_the_tooltip():
    figure = route_map(ROUTES, width="amount", category="kind", categories=KINDS, note="status", **ROUTE)
    wide, narrow = (drawn(figure)[name] for name in ("Wide", "Narrow"))
    assert wide["paint"] == ["#0072b2", None]
    assert narrow["paint"] == ["#d55e00", "9 4.5"]
    assert wide["lines"] == ["Wide", "30", "Kind A"]
    assert narrow["lines"][1:3] == ["3", "Kind B"] and narrow["lines"][3].startswith("Status: ")


def test_the_arrowhead_stands_on_the_line_and_points_to_its_end():
    table = pd.DataFrame({"name": ["East", "South"], "path": ["41 20; 41 30", "45 20; 40 20; 35 20"]})
    routes = drawn(route_map(table, **ROUTE))
    assert routes["East"]["at"] == [41, 26]
    assert 'rotate(0)"' in routes["East"]["arrow"]
    assert routes["South"]["at"][1] == 20 and 35 < routes["South"]["at"][0] < 40
    assert 'rotate(90)"' in routes["South"]["arrow"]
    assert drawn(route_map(table, arrows=False, **ROUTE))["East"]["arrow"] == ""


def test_a_curve_bends_to_the_left_so_that_there_and_back_are_told_apart():
    table = pd.DataFrame({"name": ["There", "Back"], "path": ["41 20; 41 30", "41 30; 41 20"]})
    routes = drawn(route_map(table, curved=True, **ROUTE))
    assert (routes["There"]["path"][0], routes["There"]["path"][-1]) == ([41, 20], [41, 30])
    assert routes["There"]["at"][0] > 41.5
    assert routes["Back"]["at"][0] < 40.5
    assert len(drawn(route_map(ROUTES, curved=True, **ROUTE))["Wide"]["path"]) == 3  # more points: as given


def test_a_share_of_the_way_is_found_on_a_bent_line():
    assert along([(0, 0), (10, 0), (10, 10)], 0.75) == ((10, 5), -90)
    assert flat((0, 20)) == pytest.approx((20, 0))


def test_routes_that_leave_the_frame_are_named_and_those_without_a_path_are_in_the_table_only():
    figure = route_map(ROUTES, **ROUTE)
    assert figure.summary == "3 routes"
    assert "Outside this map: Far." in figure.legend
    assert list(figure.data["name"])[-1] == "Nowhere"
    assert "path" not in figure.data  # numbers for the map, not for a reader


def test_the_view_holds_every_line():
    table = pd.DataFrame({"name": ["Baku"], "path": ["40.4 49.9; 50 10"]})
    html = unescape(route_map(table, **ROUTE)._repr_html_())
    assert '"view": [[34.9, 9.5], [50.5, 50.4]]' in html


def test_a_close_view_is_no_wider_than_the_lines_need():
    table = pd.DataFrame({"name": ["Short"], "path": ["43 20; 44 21"]})
    html = unescape(route_map(table, view="close", **ROUTE)._repr_html_())
    assert '"view": [[42.5, 19.5], [44.5, 21.5]]' in html


def test_a_map_of_nothing_has_no_close_view():
    with pytest.raises(ValueError) as failure:
        route_map(ROUTES.assign(path=None), view="close", **ROUTE)
    assert str(failure.value) == "view: found 'close'; accepted: ['balkans', 'region']"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("41 29", id="one point"),
        pytest.param("41,29; 42,30", id="commas"),
        pytest.param("41 29; 42", id="half a point"),
        pytest.param("41 29; 142 30", id="no latitude"),
        pytest.param("41 29; nan 30", id="not a number"),
        pytest.param(7, id="no text"),
    ],
)
def test_a_path_that_cannot_be_read_is_said(text):
    with pytest.raises(ValueError) as failure:
        spots_of(text, "path, row 3")
    assert str(failure.value) == (
        f"path, row 3: found {text!r}; accepted: 'lat lon; lat lon; ...' in degrees, two points or more")


def test_the_row_of_a_bad_path_is_named():
    with pytest.raises(ValueError) as failure:
        route_map(ROUTES.assign(path="here; there"), **ROUTE)
    assert str(failure.value).startswith("path, row 0: found 'here; there'; accepted: ")
