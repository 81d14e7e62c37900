from __future__ import annotations

import pytest

from quizzes import Refused


@pytest.mark.parametrize(("picked", "points"), [
    pytest.param([], 0, id="nothing picked"),
    pytest.param(["alb"], 1, id="a third of the key"),
    pytest.param(["svn", "alb", "mne"], 3, id="the whole key, in any order"),
    pytest.param(["alb", "mne", "srb"], 1, id="two right and one wrong"),
    pytest.param(["alb", "mne", "svn", "srb", "bgr"], 1, id="everything"),
    pytest.param(["srb", "bgr"], 0, id="never below zero"),
])
def test_multiple_choice_gives_a_share_for_right_and_takes_one_for_wrong(bank, picked, points):
    assert bank["many"].mark(picked).points == points


@pytest.mark.parametrize(("picked", "points"), [
    pytest.param(["two"], 0.5, id="one of two"),
    pytest.param(["two", "four"], 1, id="the key"),
    pytest.param(["two", "five"], 0.5, id="as many as the key, one wrong"),
    pytest.param(["two", "four", "five"], 0.5, id="one too many, and wrong: it counts instead of a right one"),
    pytest.param(["two", "four", "five", "seven"], 0, id="the worst two are wrong"),
])
def test_ou_multiple_response_counts_the_worst_picks(bank, picked, points):
    assert bank["worst"].mark(picked).points == points


@pytest.mark.parametrize(("picked", "points"), [
    pytest.param(["five", "seven"], 1, id="the key"),
    pytest.param(["five"], 0, id="half the key"),
    pytest.param(["five", "seven", "two"], 0, id="the key and one wrong"),
])
def test_all_or_nothing_gives_no_part(bank, picked, points):
    assert bank["strict"].mark(picked).points == points


def test_every_pick_has_its_feedback_in_the_order_of_the_choices(bank):
    assert bank["many"].mark(["bgr", "alb"]).feedback == ("Yes.", "Its coast is on the Black Sea.")


@pytest.mark.parametrize(("answer", "found"), [
    (["alb", "alb"], "one id twice"),
    (["grc"], "an id that is no choice ('grc')"),
    ([None], "nothing in the list"),
    ([["alb"]], "a list in the list"),
    ("alb", "text"),
    (False, "true or false"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["many"].mark(answer)
    assert str(error.value) == (f"question 'many': found {found}; accepted: a list of alb, mne, srb, svn, bgr, "
                                "each once at most, or null")


def test_the_marking_part_has_a_row_for_every_set_of_picks(bank):
    assert len(bank["many"].marking_part()["table"]) == 2 ** 5


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("seecp-from-the-start", "points: 2", "credit: all", "found 'all'; accepted: 'multiple-choice', 'ou-multiple-response' or 'all-or-nothing'"),
    ("seecp-from-the-start", "        correct: true\n", "", "found no choice with 'correct: true'; accepted: one or more"),
]
