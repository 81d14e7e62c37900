"""Answers to questions, made up by a rule, and the same as responses of an item of QTI."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import combinations, permutations
from typing import Any

from quizzes import Question
from quizzes.exchange.simpler import as_forms
from quizzes.picking import as_list

SOME = 12  # answers to one question
GAPS = {"choice": "one-choice", "text": "short-text"}  # types of gaps that are called otherwise than the types of questions
SEVERAL = ("many-choices", "order")
Answers = Iterator[Any]


def kind(question: Question) -> str:
    return GAPS.get(question.type, question.type)


def answers(question: Question) -> list[Any]:
    """Up to so many answers of a question's own shape: right ones, half right ones, wrong ones."""
    made = list(_made(question, random.Random(question.id)))
    return made if len(made) <= SOME else made[:4] + random.Random(question.id).sample(made[4:], SOME - 4)


def _made(question: Question, chance: random.Random) -> Answers:
    makers: dict[str, Callable[[Question, random.Random], Answers]] = {
        "many-choices": _sets, "mark-text": _picks, "hotspot": _picks, "locate": _picks, "match": _placings, "classify": _placings, "order": _orders,
        "timeline": _years, "number": _numbers, "short-text": _texts, "cloze": _gaps}
    fixed = {"true-false": (True, False), "open-answer": ("An answer.",)}
    if kind(question) in makers:
        return makers[kind(question)](question, chance)
    return iter(fixed[kind(question)] if kind(question) in fixed else question.ids)


def _sets(question: Question, _: random.Random) -> Answers:
    return (list(picked) for n in range(len(question.ids) + 1) for picked in combinations(question.ids, n))


def _picks(question: Question, chance: random.Random) -> Answers:
    if not question.several:
        yield from question.places
        return
    yield from (list(question.answer), list(question.answer[:1]), [], list(question.places))
    yield from (chance.sample(question.places, chance.randint(1, len(question.places))) for _ in range(SOME))


def _placings(question: Question, chance: random.Random) -> Answers:
    places = list(question.public_part()["places"])
    right = {item: next(iter(worth)) for item, worth in question.marking.worth.items()}
    yield from (right, {})
    yield from ({item: right[item] if chance.random() < 0.5 else chance.choice(places) for item in right if chance.random() < 0.9} for _ in range(SOME))


def _orders(question: Question, chance: random.Random) -> Answers:
    right = [item.id for item in question.items]
    yield right
    yield from map(list, permutations(right) if len(right) < 5 else (chance.sample(right, len(right)) for _ in range(SOME)))


def _years(question: Question, chance: random.Random) -> Answers:
    (first, last), near = question.span, question.near or 0
    yield from ({event.id: event.year for event in question.events}, {})
    yield from ({event.id: min(max(event.year + chance.choice([0, 1, -1, 2, -3, near, near + 1, 40, event.tolerance, -event.tolerance]), first), last)
                 for event in question.events if chance.random() < 0.9} for _ in range(SOME))


def _numbers(question: Question, _: random.Random) -> Answers:
    for low, high, *_more in question.intervals:
        width = max(high - low, abs(high), 1) / 50
        yield from ((low + high) / 2, low, high, low - width, high + width)
    yield from (0, -1.5, 10 ** 7)


def _texts(question: Question, _: random.Random) -> Answers:
    yield from (form.text for form in as_forms(question).forms)
    yield from ("zzz", "x")


def _gaps(question: Question, chance: random.Random) -> Answers:
    parts = {gap.id: list(_made(gap, chance)) for gap in question.gaps}
    yield from ({id_: some[0] for id_, some in parts.items()}, {})
    yield from ({id_: chance.choice(some) for id_, some in parts.items() if chance.random() < 0.8} for _ in range(SOME))


def responses(question: Question, answer: Any) -> dict[str, Any]:
    """An answer as what an item's variables hold: texts and lists of texts by name."""
    if question.type == "cloze":
        gaps = {gap.id: gap for gap in question.gaps}
        return {f"RESPONSE-{id_}": responses(gaps[id_], value)["RESPONSE"] for id_, value in answer.items()}
    if question.type == "timeline":
        return {f"RESPONSE-{event}": str(year) for event, year in answer.items()}
    if question.type in ("match", "classify"):
        return {"RESPONSE": [f"{_named(left)} to.{right}" for left, right in answer.items()]}
    if question.type in SEVERAL or getattr(question, "several", False):
        return {"RESPONSE": [_named(id_) for id_ in as_list(answer)]}
    if kind(question) in ("number", "short-text", "open-answer"):
        return {"RESPONSE": answer if isinstance(answer, str) else f"{answer:.12g}"}
    return {"RESPONSE": str(answer).lower() if isinstance(answer, bool) else _named(answer)}


def _named(id_: str) -> str:
    return f"_{id_}" if id_[:1].isdigit() else id_
