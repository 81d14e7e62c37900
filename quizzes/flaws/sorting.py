"""Flaws of questions in which things are put where they belong: what can be had by elimination, or by one place for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizzes.flaws.reading import Asked, Note, plain

MOST = 2 / 3  # of the cards in one group
ENOUGH = 4  # cards


def by_elimination(asked: Asked) -> Iterator[Note]:
    """Each right side goes with one left side and none is over, so the last pair follows from the others."""
    pairs = getattr(asked.question, "pairs", ())
    right = {plain(pair.match) for pair in pairs}
    if pairs and len(right) == len(pairs) and not asked.question.distractors:
        yield Note((*asked.place, "pairs"), f"{len(right)} right sides for {len(pairs)} left ones", "a right side more, as a distractor", "28")


def one_large_group(asked: Asked) -> Iterator[Note]:
    """Most cards belong to one group, so whoever puts all of them there earns most of the points."""
    groups = Counter(card.group for card in getattr(asked.question, "cards", ()))
    for group, count in groups.most_common(1):
        if groups.total() >= ENOUGH and count > MOST * groups.total():
            yield Note((*asked.place, "cards"), f"{count} of {groups.total()} cards in group '{group}'", "groups of like size", "28")


RULES = (by_elimination, one_large_group)
