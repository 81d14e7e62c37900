"""atlas.stops: years of a slider, and how a stop is put into words."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.stops import Stop, dated, slider_html, some


@pytest.mark.parametrize(
    "years",
    [
        pytest.param([2009, None, 1952], id="numbers with a gap"),
        pytest.param(pd.array([2009, pd.NA, 1952], dtype="Int64"), id="whole numbers with a gap"),
        pytest.param(["2009", None, "1952"], id="texts"),
    ],
)
def test_rows_with_a_year_stay_and_carry_a_whole_number(years):
    table = pd.DataFrame({"year": years, "name": ["a", "b", "c"]})
    assert dated(table, "year").to_dict("list") == {"year": [2009, 1952], "name": ["a", "c"]}


@pytest.mark.parametrize(
    ("years", "message"),
    [
        pytest.param([2009, 2009.5], "year, row 1: found 2009.5; accepted: whole years", id="half a year"),
        pytest.param(["2009-04-01"], "year, row 0: found '2009-04-01'; accepted: whole years", id="a date"),
        pytest.param([None], "year: found no year; accepted: one whole year or more", id="nothing"),
    ],
)
def test_what_is_no_year_is_said(years, message):
    with pytest.raises(ValueError) as failure:
        dated(pd.DataFrame({"year": years}), "year")
    assert str(failure.value) == message


def test_of_many_names_the_first_are_said_and_the_others_counted():
    assert some(["A", "B", "C"]) == "A, B and C"
    assert some("ABCDEF") == "A, B, C, D, E and F"
    assert some("ABCDEFGH") == "A, B, C, D, E and 3 more"
    assert some("ABCDEFGH", "; ") == "A; B; C; D; E; 3 more"


def test_the_slider_stands_at_its_last_stop_and_keeps_room_for_the_longest_text():
    html = slider_html("map_n", (Stop(1952, "1952: a <long> text."), Stop(2009, "2009: short.")))
    assert 'min="0" max="1" value="1" aria-valuetext="2009"' in html
    assert '<label for="map_n_time">Year</label>' in html
    assert '<p aria-hidden="true">1952: a &lt;long&gt; text.</p><p role="status">2009: short.</p>' in html
