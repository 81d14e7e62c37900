"""Item statistics against published figures and those of R 4.2.2 with psych 2.2.9, `alpha(lsat6)`."""

from __future__ import annotations

import random

import pytest
from lsat6 import ROWS

from quizzes.classroom import statistics

ITEMS = range(5)


def of_items(figure, *more):
    return [figure(ROWS, item, *more) for item in ITEMS]


def test_lsat6_has_a_thousand_examinees():
    assert (len(ROWS), sum(map(sum, ROWS))) == (1000, 3819)


@pytest.mark.parametrize(("found", "published"), [
    pytest.param(lambda: of_items(statistics.facility, 1), [0.924, 0.709, 0.553, 0.763, 0.870], id="difficulty (Bock and Lieberman 1970)"),
    pytest.param(lambda: of_items(statistics.item_rest), [0.1128326889, 0.1531781201, 0.1727789433, 0.1444280952, 0.1215964025], id="r.drop"),
    pytest.param(lambda: [statistics.deviation(statistics.column(ROWS, item)) for item in ITEMS],
                 [0.2651307117, 0.4544507955, 0.4974318430, 0.4254550646, 0.3364717124], id="sd"),
    pytest.param(lambda: [statistics.alpha(ROWS)], [0.2949971922], id="raw_alpha"),
    pytest.param(lambda: [statistics.alpha_error(ROWS)], [0.03422249208], id="ase"),
    pytest.param(lambda: [statistics.variance(statistics.totals(ROWS))], [1.07131031], id="variance of the totals"),
    pytest.param(lambda: [statistics.alpha([[*row[:item], *row[item + 1:]] for row in ROWS]) for item in ITEMS],
                 [0.2753562108, 0.2375839046, 0.2167994629, 0.2459327104, 0.2662944112], id="raw_alpha without an item"),
])
def test_lsat6_as_published_and_as_r_has_it(found, published):
    assert found() == pytest.approx(published, abs=5e-8)


def test_lsat6_totals_as_in_rizopoulos_2006():
    totals = statistics.totals(ROWS)
    assert [totals.count(total) for total in range(6)] == [3, 20, 85, 237, 357, 298]


def test_the_error_of_measurement_is_what_alpha_leaves_of_the_deviation():
    assert statistics.measurement_error(ROWS) == pytest.approx((1.07131031 * (1 - 0.2949971922)) ** 0.5, abs=1e-8)


def test_discriminative_efficiency_is_1_where_the_points_are_in_the_order_of_the_rest():
    rows = [[0, 1, 0], [0, 1, 1], [1, 2, 1], [1, 3, 1]]
    assert statistics.efficiency(rows, 0) == pytest.approx(1)
    assert statistics.efficiency([[1 - a, b, c] for a, b, c in rows], 0) < 0


def test_upper_and_lower_27_per_cent():
    rows = [[1.0, n] for n in range(50)] + [[0.0, n - 100] for n in range(50)]
    assert statistics.upper_lower(rows, 0, 1) == 1
    assert statistics.upper_lower([[1 - right, 1000 * (1 - right) - n] for right, n in rows], 0, 1) == 1
    assert statistics.upper_lower([[1.0], [1.0], [1.0]], 0, 1) == 0


def test_equal_totals_at_a_border_are_shared_whatever_their_order():
    assert statistics.shares([5, 3, 3, 1], 2, top=True) == [1, 0.5, 0.5, 0]
    assert statistics.shares([3, 1, 3, 5], 2, top=False) == [0.5, 1, 0.5, 0]
    for third in statistics.thirds([4, 4, 4, 4]):
        assert third == pytest.approx([1 / 3] * 4)


TENTHS = [[0.1, 0.2], [0.3, 0.0]] * 4  # 0.1 + 0.2 is a little more than 0.3, to a computer


def test_totals_that_are_equal_on_paper_are_equal():
    assert statistics.totals(TENTHS) == [0.3] * 8 and statistics.rest([[0.1, 1.0, 0.2]], 1) == [0.3]
    assert statistics.alpha(TENTHS) is None and statistics.alpha_error(TENTHS) is None
    assert statistics.upper_lower(TENTHS, 0, 1) == 0


def test_what_is_the_same_for_everybody_does_not_vary():
    everybody = [6.44411] * 399  # whose mean, as a computer has it, is another number
    assert statistics.variance(everybody) == 0
    assert statistics.correlation(everybody, range(399)) is None


def test_the_order_of_the_students_changes_nothing():
    mixed = ROWS[:]
    random.Random(1).shuffle(mixed)
    assert statistics.alpha(mixed) == statistics.alpha(ROWS)
    assert [statistics.upper_lower(mixed, item, 1) for item in ITEMS] == of_items(statistics.upper_lower, 1)
    assert [statistics.efficiency(mixed, item) for item in ITEMS] == pytest.approx(of_items(statistics.efficiency))


@pytest.mark.parametrize("rows", [[], [[1.0, 0.0]], [[1.0, 1.0], [1.0, 1.0]], [[1.0], [0.0]]], ids=["nobody", "one student", "nobody differs", "one question"])
def test_what_does_not_exist_is_none(rows):
    assert statistics.alpha(rows) is None
    assert statistics.alpha_error(rows) is None
    if rows:
        assert statistics.item_rest(rows, 0) is None


def test_the_last_bin_has_the_full_marks():
    assert statistics.histogram([0, 9.9, 10, 55, 100]) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 1]


def test_a_total_at_the_border_of_a_bin_falls_in_the_upper_one():
    assert statistics.histogram([100 * 5.1 / 17]) == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
