from __future__ import annotations

import pytest

from quizzes import Refused


@pytest.mark.parametrize(("answer", "points", "said"), [(True, 1, "Yes, in its middle."), (False, 0, "It does, in its middle.")])
def test_a_statement_is_marked_right_or_wrong(bank, answer, points, said):
    mark = bank["statement"].mark(answer)
    assert (mark.points, mark.feedback) == (points, (said,))


@pytest.mark.parametrize(("answer", "found"), [("true", "text"), (1, "a number"), ([], "a list")])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["statement"].mark(answer)
    assert str(error.value) == f"question 'statement': found {found}; accepted: true, false or null"


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("court-and-statehood", "answer: false", "answer: wrong", "found 'wrong'; accepted: true or false"),
    ("court-and-statehood", "      right: Yes,", "      rigth: Yes,", "found key 'rigth'; accepted: right, wrong"),
]
