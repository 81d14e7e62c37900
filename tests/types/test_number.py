from __future__ import annotations

import math

import pytest

from quizzes import Refused
from quizzes.types.number import read_number, two_ways


@pytest.mark.parametrize(("written", "number"), [
    ("12", "12"), ("+12", "12"), ("-12", "-12"), ("−12", "-12"), ("–0,5", "-0.5"), ("- 3", "-3"),
    ("85,3", "85.3"), ("85.3", "85.3"), (".5", "0.5"), (",5", "0.5"), ("12.", "12"),
    ("85.372.377", "85372377"), ("85,372,377", "85372377"), ("85 372 377", "85372377"),
    ("85\u00a0372\u202f377", "85372377"), ("85'372’377", "85372377"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"),
    ("85.372.377,25", "85372377.25"), ("85 372,5", "85372.5"), ("0.234", "0.234"), ("0,234", "0.234"), ("1234.567", "1234.567"),
    ("%18", "18"), ("18 %", "18"), ("18%", "18"), ("１８，５", "18.5"), ("  7  ", "7"), ("007", "007"),
])
def test_a_number_is_read_as_it_is_meant(written, number):
    assert read_number(written, ".", ("%",)) == (number, False)


@pytest.mark.parametrize("written", [
    "", " ", "abc", "--5", "+-5", "1.2.3", "1,2,3", "12.34.567", "1.234.56", "1.234,567,8", "1 23", "12 3456", "5 %%", "%", ".", ",",
    "١٢", "1e5", "0x10", "NaN", "Infinity", "½", "5'", "1''234", "12-5", "9" * 101, "\x00", "1\ud800",
])
def test_what_is_no_number_is_not_read_as_one(written):
    assert read_number(written, ".", ("%",)) == (None, False)


@pytest.mark.parametrize(("written", "decimal", "number"), [
    ("1.234", ".", "1.234"), ("1.234", ",", "1234"), ("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("-12.345", ",", "-12345"),
])
def test_an_ambiguous_number_follows_the_language(written, decimal, number):
    assert read_number(written, decimal, ()) == (number, True)


@pytest.mark.parametrize(("written", "decimal", "said"), [
    ("2.850", ".", "2.85 (≠ 2850)"), ("2.850", ",", "2850 (≠ 2,85)"), ("2,850", ".", "2850 (≠ 2.85)"), ("-120.000", ".", "-120 (≠ -120000)"),
    ("1.234", ".", "1.234 (≠ 1234)"),
])
def test_the_note_on_an_ambiguous_number_says_both_ways_in_plain_digits(written, decimal, said):
    assert two_ways(read_number(written, decimal, ())[0], decimal) == said


@pytest.mark.parametrize(("written", "number"), [("783 562 km²", "783562"), ("783.562,5 km2", "783562.5"), ("KM2 5", "5"), ("5 %", None)])
def test_a_unit_may_be_typed(written, number):
    assert read_number(written, ",", ("km²", "km2")) == (number, False)


@pytest.mark.parametrize(("answer", "points", "state", "feedback"), [
    pytest.param("85,4", 2, "right", ("Yes.",), id="the key"),
    pytest.param("85.5 million", 2, "right", ("Yes.",), id="the edge of the tolerance, with its unit"),
    pytest.param(85.300000000000001, 2, "right", ("Yes.",), id="a JSON number"),
    pytest.param("85.51", 1, "partly", ("Close.",), id="past the tolerance, within the case of 5 per cent"),
    pytest.param("81.13", 1, "partly", ("Close.",), id="the edge of the case"),
    pytest.param("81.12", 0, "wrong", ("Look at the table again.",), id="past every case"),
    pytest.param("783,562", 0, "wrong", ("This is the area in km².", "Read as 783562 (≠ 783.562)."), id="a known confusion, ambiguous"),
    pytest.param("many", 0, "wrong", ("This cannot be read as a number. Write it like 12.5, 12,5 or 1 250.",), id="no number"),
    pytest.param(None, 0, "unanswered", (), id="nothing"),
])
def test_the_first_case_that_a_number_falls_in_gives_the_mark(bank, answer, points, state, feedback):
    mark = bank["people"].mark(answer)
    assert (mark.points, mark.state, mark.feedback) == (points, state, feedback)


@pytest.mark.parametrize(("answer", "found"), [
    ([1], "a list"), (True, "true or false"), ({"a": 1}, "an object"), (math.nan, "a number without end"),
    (math.inf, "a number without end"), (10 ** 400, "a number without end"), ("1" * 101, "text of more than 100 characters"),
    ("1" * 1_000_000, "text of more than 100 characters"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["people"].mark(answer)
    assert str(error.value) == (f"question 'people': found {found}; "
                                "accepted: a number, text of at most 100 characters that holds one, or null")


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("alignment-2015", "answer: 40\n", "answer: 40 %\n", "found '40 %'; accepted: a number, like 12 or 12.5"),
    ("alignment-2015", "answer: 60\n        tolerance: 0.5", "answer: 60\n        tolerance: half",
     "found 'half'; accepted: a number of 0 or more, like 2.5, or per cent in quotes, like \"5 %\""),
]
