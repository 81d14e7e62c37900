"""The script that schedules reviews, in a real browser, against py-fsrs: its published vectors, and chance."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from math import isclose

import pytest
from fsrs import Card, Rating, Scheduler

from quizzes.front_end import FOLDER

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
GIVEN = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]  # the ratings of py-fsrs's and ts-fsrs's own tests
RUN = """([sequences, options]) => sequences.map((reviews) => {
  let card = null;
  return reviews.map(([rating, at]) => {
    card = fsrsReview(card, rating, at, { ...FSRS, ...options });
    return { ...card, recall: fsrsRecall(card, at + 86_400_000 * 7.5) };
  });
})"""
WHEN_DUE = """([ratings, start, options]) => {
  let card = null;
  return ratings.map((rating) => {
    card = fsrsReview(card, rating, card?.due ?? start, { ...FSRS, ...options });
    return Math.floor((card.due - card.last) / 86_400_000);
  });
}"""
NO_STEPS = {"learning": [], "relearning": []}


def at(time: datetime) -> int:
    return round(time.timestamp() * 1000)


@pytest.fixture
def page(open_page):
    page = open_page("about:blank")
    page.add_script_tag(content=(FOLDER / "fsrs.js").read_text(encoding="utf-8"))
    return page


def test_the_intervals_are_those_that_py_fsrs_and_ts_fsrs_publish(page):
    assert page.evaluate(WHEN_DUE, [GIVEN, at(START), {}]) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_state_of_memory_is_the_one_that_both_publish(page):
    days, time, reviews = [0, 0, 1, 3, 8, 21], START, []
    for rating, wait in zip([1, 3, 3, 3, 3, 3], days, strict=True):
        time += timedelta(days=wait)
        reviews.append([rating, at(time)])
    ((*_, last),) = page.evaluate(RUN, [[reviews], {}])
    assert last["stability"] == pytest.approx(53.62691, abs=1e-4)
    assert last["difficulty"] == pytest.approx(6.3574867, abs=1e-4)


def test_a_first_review_is_the_one_that_ts_fsrs_publishes(page):
    firsts = [first for (first,) in page.evaluate(RUN, [[[[rating, at(START)]] for rating in (1, 2, 3, 4)], {}])]
    assert [first["stability"] for first in firsts] == [0.212, 1.2931, 2.3065, 8.2956]
    assert [first["difficulty"] for first in firsts] == pytest.approx([6.4133, 5.11217071, 2.11810397, 1], abs=1e-8)
    assert [first["state"] for first in firsts] == ["learning", "learning", "learning", "review"]
    assert [first["due"] - first["last"] for first in firsts] == [60_000, 330_000, 600_000, 8 * 86_400_000]


def test_ten_easy_reviews_in_a_row_end_at_the_least_difficulty_as_published(page):
    ((*_, last),) = page.evaluate(RUN, [[[[4, at(START)]] * 10], {}])
    assert last["difficulty"] == 1


def sequences(seed: int, how_many: int) -> list[list[tuple[int, datetime]]]:
    """Reviews of every rating, minutes to years apart, a few of them before the one they follow."""
    chance = random.Random(seed)
    made = []
    for _ in range(how_many):
        time, reviews = START, []
        for _ in range(chance.randrange(1, 20)):
            reviews.append((chance.choice([1, 2, 3, 3, 3, 4]), time))
            time += timedelta(seconds=chance.choice([1, 1, 60, 3600, 86_400, 86_400, 604_800]) * chance.randrange(-1, 40))
        made.append(reviews)
    return made


def by_py_fsrs(reviews: list[tuple[int, datetime]], scheduler: Scheduler) -> list[dict]:
    card, cards = Card(), []
    for rating, time in reviews:
        card, _ = scheduler.review_card(card, Rating(rating), time)
        cards.append({"state": card.state.name.lower(), "step": card.step, "stability": card.stability, "difficulty": card.difficulty,
                      "last": at(time), "due": at(card.due), "recall": scheduler.get_card_retrievability(card, time + timedelta(days=7.5))})
    return cards


@pytest.mark.parametrize(("options", "scheduler"), [
    pytest.param({}, {}, id="the references' defaults"),
    pytest.param(NO_STEPS, {"learning_steps": (), "relearning_steps": ()}, id="as the book schedules: no steps within a day"),
    pytest.param({"learning": [300_000], "relearning": [60_000, 900_000], "retention": 0.8, "longest": 100},
                 {"learning_steps": (timedelta(minutes=5),), "relearning_steps": (timedelta(minutes=1), timedelta(minutes=15)),
                  "desired_retention": 0.8, "maximum_interval": 100}, id="other steps, retention and longest interval"),
])
def test_thousands_of_random_histories_are_scheduled_as_py_fsrs_does(page, options, scheduler):
    reference = Scheduler(enable_fuzzing=False, **scheduler)
    histories = sequences(1, 3000)
    ours = page.evaluate(RUN, [[[[rating, at(time)] for rating, time in reviews] for reviews in histories], options])
    for reviews, cards in zip(histories, ours, strict=True):
        for here, there in zip(cards, by_py_fsrs(reviews, reference), strict=True):
            for number in ("stability", "difficulty", "recall"):
                assert isclose(here.pop(number), there.pop(number), rel_tol=1e-9)
            assert here == there  # the state, the step and, to the millisecond, when it is due
