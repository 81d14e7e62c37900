from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizzes.maps import Sheet, area, path, read_outlines

ROOT = Path(__file__).parent.parent
POLYGON = {"type": "Polygon", "id": "a", "properties": {"name": "A"}}
TWO = {"type": "Topology", "arcs": [[[1, 0], [1, 1]], [[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]],
       "objects": {"states": {"type": "GeometryCollection", "geometries": [
           POLYGON | {"arcs": [[0, 1]]}, {"type": "MultiPolygon", "id": 7, "properties": {"name": "B", "pick": True}, "arcs": [[[2, -1]]]}]},
           "dashed": {"type": "LineString", "arcs": [0]}}}


def written(folder: Path, data: object) -> Path:
    (folder / "map.json").write_text(json.dumps(data), encoding="utf-8")
    return folder / "map.json"


def test_a_topology_keeps_the_arcs_that_two_places_share(tmp_path):
    outlines = read_outlines(written(tmp_path, TWO))
    assert {id_: (place.name, place.rings, place.pick) for id_, place in outlines.places.items()} == {
        "a": ("A", ((0, 1),), False), "7": ("B", ((2, -1),), True)}
    assert outlines.dashed == ((0,),)
    assert outlines.arcs[0] == ((1, 0), (1, 1))


def test_a_quantised_topology_is_read_as_degrees(tmp_path):
    data = TWO | {"transform": {"scale": [0.5, 2], "translate": [10, 40]}, "arcs": [[[2, 1], [2, 0], [-2, 1], [0, -1]]] * 3}
    assert read_outlines(written(tmp_path, data)).arcs[0] == ((11, 42), (12, 42), (11, 44), (11, 42))


def test_the_books_own_map_is_read_whole():
    outlines = read_outlines(ROOT / "data" / "outlines.json")
    assert outlines.places["XKX"].name == "Kosovo"
    assert len(outlines.places) > 50 and len(outlines.dashed) == 1


@pytest.mark.parametrize("data", [
    pytest.param([1], id="a list"),
    pytest.param({"type": "Topology", "arcs": [], "objects": {"states": POLYGON | {"arcs": [[0]]}}}, id="an arc that is not there"),
    pytest.param({"type": "Topology", "arcs": [[[0, 0]]], "objects": {"states": POLYGON | {"arcs": [[0]]}}}, id="an arc of one point"),
    pytest.param({"type": "Topology", "arcs": [[[0, 0], [float("nan"), 1]]], "objects": {"states": POLYGON | {"arcs": [[0]]}}}, id="nowhere"),
    pytest.param({"type": "Topology", "arcs": [[[0, 0], [1, 1]]], "objects": {"states": POLYGON | {"arcs": [[]]}}}, id="an empty ring"),
    pytest.param({"type": "FeatureCollection", "features": [{"geometry": None}]}, id="a feature without a shape"),
])
def test_what_is_no_map_is_refused(tmp_path, data):
    with pytest.raises(ValueError) as error:
        read_outlines(written(tmp_path, data))
    assert str(error.value) == "map.json is neither TopoJSON nor GeoJSON"


def test_a_map_that_was_changed_is_read_anew(tmp_path):
    assert "a" in read_outlines(written(tmp_path, TWO)).places
    changed = written(tmp_path, json.loads(json.dumps(TWO).replace('"a"', '"changed"')))
    changed.touch()
    assert "changed" in read_outlines(changed).places


def test_a_sheet_fits_what_is_shown_and_cuts_the_rest_a_little_beyond_its_edge(tmp_path):
    outlines = read_outlines(written(tmp_path, TWO))
    sheet = Sheet(outlines, ["a"])
    assert (sheet.width, sheet.height) == (480, 480)
    assert [sorted(ring) for ring in sheet.rings(outlines.places["a"], 1)] == [[(6, 6), (6, 474), (474, 6), (474, 474)]]
    assert max(x for ring in sheet.rings(outlines.places["7"], 1) for x, _ in ring) == 480 + Sheet.BEYOND


def test_a_path_goes_on_in_steps():
    ring = [(3, 4), (13, 4), (13, -1)]
    assert path([ring], closed=True) == "M3 4l10 0 0-5z"
    assert area(ring) == 25
