"""atlas.timed: countries painted anew at every stop."""

from __future__ import annotations

import json
import re
from html import unescape

import pandas as pd
import pytest
from figures import ABOUT, EVENTS, YEARS

from atlas import point_map, timed_map

CATEGORIES = {"yes": "Member", "no": "Not a member"}
MEMBERS = {"time": "year", "category": "status", "categories": CATEGORIES, "name": "t", **ABOUT}
NUMBERS = {"time": "year", "value": "number", "unit": "%", "name": "t", **ABOUT}


def handed_over(figure, call: str) -> list:
    """What Python hands to a function of draw.js."""
    line = re.search(rf"atlas\.{call}\(\w+, (.*)\);", unescape(figure._repr_html_()))
    return json.loads(line[1])


def test_the_stops_are_the_years_and_each_says_who_has_changed():
    assert handed_over(timed_map(YEARS, **MEMBERS), "clock") == [
        [1952, "1952: Turkey (Member); Albania and Serbia (Not a member)."],
        [2009, "2009: Albania (Member)."],
        [2020, "2020: Albania and Serbia (no longer shown)."],
    ]


def test_a_stop_without_a_change_says_so():
    table = pd.DataFrame({"iso3": ["TUR", "TUR"], "year": [1952, 1953], "status": ["yes", "yes"]})
    assert handed_over(timed_map(table, **MEMBERS), "clock")[1] == [1953, "1953: no change."]


def test_a_crowd_at_the_first_stop_is_only_counted():
    everyone = ["ALB", "BGR", "GRC", "HRV", "TUR"]
    table = pd.DataFrame({"iso3": everyone, "year": [1952] * 5, "status": ["no"] * 5})
    assert handed_over(timed_map(table, **MEMBERS), "clock") == [[1952, "1952: 5 countries (Not a member)."]]


def test_a_country_has_a_state_wherever_it_changes_and_only_a_new_category_is_news():
    states = dict(handed_over(timed_map(YEARS, note="note", **MEMBERS), "timed"))
    assert [(stop, news) for stop, news, *_ in states["ALB"]] == [(0, 0), (1, 1), (2, 0)]
    assert states["ALB"][1] == [1, 1, None, "#0072b2", 0.85, "Albania", "Member"]
    assert states["ALB"][2] == [2, 0, None]  # unpainted
    assert [(stop, news) for stop, news, *_ in states["TUR"]] == [(0, 0), (1, 0), (2, 0)]  # its note changes


def test_numbers_have_the_same_classes_at_every_stop_and_stand_on_their_country():
    figure = timed_map(YEARS, breaks=[10, 25], **NUMBERS)
    assert handed_over(figure, "clock") == [
        [1952, "1952: from 1 % (Albania) to 20 % (Turkey)."],
        [2009, "2009: from 5 % (Albania) to 30 % (Turkey)."],
        [2020, "2020: Turkey, 40 %."],
    ]
    states = dict(handed_over(figure, "timed"))
    assert [state[2:5] for state in states["TUR"]] == [
        ["20", "#0072b2", 0.78], ["30", "#0072b2", 1.0], ["40", "#0072b2", 1.0]]
    assert states["SRB"][0] == [0, 0, ""]
    assert handed_over(figure, "land") == [["ALB", ""], ["TUR", "40"], ["SRB", ""]]
    assert "10 to under 25 %" in figure.legend


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"category": "status"}, ["category"], id="a category without its texts"),
        pytest.param({"category": "status", "categories": CATEGORIES, "value": "number"},
                     ["category", "categories", "value"], id="both"),
    ],
)
def test_either_categories_or_a_number_paint(given, found):
    with pytest.raises(ValueError) as failure:
        timed_map(YEARS, time="year", name="t", **given, **ABOUT)
    assert str(failure.value) == f"found {found}; accepted: ['category', 'categories'] or ['value']"


def test_a_country_has_one_row_a_stop():
    with pytest.raises(ValueError) as failure:
        timed_map(pd.concat([YEARS, YEARS[:1]]), **MEMBERS)
    assert str(failure.value) == "found two rows for ALB in 1952; accepted: one"


def test_a_sign_is_news_in_its_year_and_grows_with_what_comes_later():
    events = EVENTS.assign(year=[1990, 2001, 1990, 2001], title=["First", "Second", "Third", "Far"])
    figure = point_map(events, label="title", time="year", name="p", **ABOUT)
    assert handed_over(figure, "clock") == [
        [1990, "1990: First; Third."], [2001, "2001: Second; Far (outside this map)."]]
    signs = {(lat, lon): states for lat, lon, states in handed_over(figure, "timedPoints")}
    first, second = signs[41.0, 28.98]
    assert (first[:2], first[5:]) == ([0, 1], ["First"])
    assert (second[:2], second[5:]) == ([1, 1], ["2 here:", "First", "Second"])
    assert first[2] < second[2]
    assert [state[:2] for state in signs[43.86, 18.41]] == [[0, 1]]
    assert "in the year shown" in figure.legend and "Outside this map: Far." in figure.legend


def test_a_sign_of_one_event_is_no_giant():
    figure = point_map(EVENTS.assign(year=2001), label="title", time="year", name="p", **ABOUT)
    assert {state[2] for _, _, states in handed_over(figure, "timedPoints") for state in states} == {19, 27}


def test_events_without_a_year_or_a_place_are_in_the_table_only():
    events = EVENTS.assign(year=[1990, None, 2001, 2002], lat=[41.0, 41.0, 43.86, None])
    figure = point_map(events, label="title", time="year", name="p", **ABOUT)
    assert [year for year, _ in handed_over(figure, "clock")] == [1990, 2001]
    assert len(figure.data) == 4
