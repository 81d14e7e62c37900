"""Values in words, and the classes of value maps."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.text import amount, are_years, heading, listed, shown, with_unit
from atlas.values import class_of, class_texts, inner_breaks


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(pd.NA, "", id="missing"),
        pytest.param(float("nan"), "", id="not a number"),
        pytest.param(pd.NaT, "", id="no date"),
        pytest.param(2024, "2024", id="a year is not grouped"),
        pytest.param(12500, "12,500", id="five digits are grouped"),
        pytest.param(1234567.5, "1,234,567.5", id="with a decimal"),
        pytest.param(-12500.25, "-12,500.25", id="below zero"),
        pytest.param(0.125, "0.12", id="two decimals at most"),
        pytest.param(-0.001, "0", id="no minus before zero"),
        pytest.param(True, "yes", id="true"),
        pytest.param(pd.Timestamp("2026-01-23"), "23 January 2026", id="a date"),
        pytest.param("2026-01-23", "23 January 2026", id="a date as text"),
        pytest.param("2026-01", "January 2026", id="a month as text"),
        pytest.param("2026-13", "2026-13", id="no month"),
        pytest.param("a <b>", "a <b>", id="text as it is"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(("value", "text"), [(1320, "1,320"), (7905.4, "7,905.4"), (-1000, "-1,000"), (999.999, "1,000"), (8.50, "8.5"), (-0.001, "0"), (pd.NA, "")])
def test_an_amount_is_grouped_from_four_digits_on(value, text):
    assert amount(value) == text


@pytest.mark.parametrize(("values", "years"), [
    ([1954, 2024], True), ([1954, None], True), ([1954, 12500], False), ([1954.5, 2024], False), ([999, 1954], False)])
def test_whole_numbers_of_a_millennium_may_be_years(values, years):
    assert are_years(pd.Series(values)) is years


def test_headings_units_and_lists_read_well():
    assert heading("as_of") == "As of"
    assert heading("iso3") == "Code"
    assert with_unit(8, "%") == "8 %"
    assert with_unit(8, "") == "8" and with_unit(1320, "km") == "1,320 km"
    assert [listed([]), listed(["A"]), listed(["A", "B", "C"])] == ["", "A", "A, B and C"]


def test_a_bound_belongs_to_the_class_above_it():
    assert [class_of(value, [5, 10]) for value in (4.9, 5, 9.9, 10)] == [0, 1, 1, 2]


def test_the_legend_says_where_classes_begin_and_end():
    assert class_texts([5, 10], "%") == ["under 5 %", "5 to under 10 %", "10 % or more"]
    assert class_texts([], "%") == ["%"]


def test_without_breaks_no_class_is_empty():
    values = [1, 1, 1, 2, 50, 60, 70, 800]
    bounds = inner_breaks(values, None)
    assert {class_of(value, bounds) for value in values} == set(range(len(bounds) + 1))


@pytest.mark.parametrize("breaks", [[10, 5], [5, 5], [1, 2, 3, 4, 5]])
def test_breaks_that_do_not_rise_or_are_too_many_are_refused(breaks):
    with pytest.raises(ValueError) as failure:
        inner_breaks([1, 2], breaks)
    assert str(failure.value) == f"breaks: found {breaks}; accepted: at most 4 rising numbers"


def test_a_map_of_no_number_is_refused():
    with pytest.raises(ValueError) as failure:
        inner_breaks([], None)
    assert str(failure.value) == "found no number to show; accepted: one number or more"
