from __future__ import annotations

import pytest

from quizzes import Refused


@pytest.mark.parametrize(("answer", "points", "state"), [
    pytest.param("ankara", 2, "right", id="the key"),
    pytest.param("istanbul", 1, "partly", id="a choice graded 50 per cent"),
    pytest.param("izmir", 0, "wrong", id="a distractor"),
    pytest.param(None, 0, "unanswered", id="nothing"),
])
def test_a_choice_earns_what_it_is_worth(bank, answer, points, state):
    mark = bank["one"].mark(answer)
    assert (mark.points, mark.out_of, mark.state) == (points, 2, state)


def test_the_feedback_is_that_of_the_picked_choice(bank):
    assert bank["one"].mark("ankara").feedback == ("Yes, since 13 October 1923.",)


@pytest.mark.parametrize(("answer", "found"), [
    ("ankar", "an id that is no choice ('ankar')"),
    (["ankara"], "a list"),
    (1, "a number"),
    (True, "true or false"),
    ({}, "an object"),
    ("x" * 1_000_000, f"an id that is no choice ('{'x' * 40}')"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["one"].mark(answer)
    assert str(error.value) == f"question 'one': found {found}; accepted: one of ankara, istanbul, izmir, or null"


def test_drawing_holds_no_key_and_runs_nothing(bank):
    html = str(bank["one"].draw({}, "one"))
    assert html.count('type="radio"') == 3
    assert "İstanbul &amp; its &lt;district&gt;" in html
    assert "correct" not in html and "feedback" not in html and "checked" not in html


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("last-into-nato", "text: Montenegro\n", "text: Montenegro\n        correct: true\n",
     "found 2 choices with 'correct: true'; accepted: exactly one"),
    ("last-into-nato", "        correct: true\n", "", "found no choice with 'correct: true'; accepted: exactly one"),
    ("last-into-nato", "        feedback: Croatia joined in 2009, together with Albania.\n", "",
     "found no 'feedback'; accepted: 'feedback' is needed beside id, text"),
]
