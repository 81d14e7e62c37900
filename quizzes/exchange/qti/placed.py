"""Questions that are answered by putting things where they belong: matching, sorting, an order, a time line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.exchange.qti.parts import RESPONSE, Earning, Parts, count, identifier, mark_part, prompt, units
from quizzes.exchange.qti.processing import both, either, look_up, paired, response, stands, total
from quizzes.exchange.qti.xml import make
from quizzes.exchange.simpler import Left, Pairs, as_pairs
from quizzes.model import Question
from quizzes.text import inline
from quizzes.types import classify, order

TO = "to."  # before the id of a thing on the right, which may be that of one on the left
NARROW = 5  # so many things on the right still fit beside each other in a table of circles


def pairs(question: Question) -> Parts:
    """Things on the left and on the right; each on the left goes with one at most."""
    asked = as_pairs(question)
    key = [f"{identifier(left.id)} {TO}{left.right}" for left in asked.lefts]
    parts = Parts(responses=[response(RESPONSE, "multiple", "directedPair", key)], interaction=_grid(question, asked))
    return _added_up(question, parts, [(left.id, _pair(left), left.feedback) for left in asked.lefts])


def _pair(left: Left) -> Element:
    return paired(RESPONSE, identifier(left.id), f"{TO}{left.right}")


def _grid(question: Question, asked: Pairs) -> Element:
    kind = ["quiz-classify"] if isinstance(question, classify.QuestionType) else []
    kind += ["qti-match-tabular"] if len(asked.rights) <= NARROW else []
    drawn = question.ids if isinstance(question, classify.QuestionType) else [left.id for left in asked.lefts]
    lefts = [_thing(identifier(left.id), 1, left.text) for left in sorted(asked.lefts, key=lambda left: drawn.index(left.id))]
    rights = [_thing(f"{TO}{id_}", 0, text) for id_, text in asked.rights.items()]
    return make("matchInteraction", {"responseIdentifier": RESPONSE, "class": " ".join(kind) or None, "shuffle": False, "maxAssociations": len(lefts)},
                prompt(question), make("simpleMatchSet", None, lefts), make("simpleMatchSet", None, rights))


def _thing(id_: str, most: int, text: Markup) -> Element:
    return make("simpleAssociableChoice", {"identifier": id_, "matchMax": most}, text)


def in_order(question: order.QuestionType) -> Parts:
    """Things to be put in order."""
    key = [identifier(item.id) for item in question.items]
    things = [make("simpleChoice", {"identifier": identifier(item.id)}, inline(item.text)) for item in question.drawn]
    parts = Parts(responses=[response(RESPONSE, "ordered", "identifier", key)],
                  interaction=make("orderInteraction", {"responseIdentifier": RESPONSE, "shuffle": False}, prompt(question), things))
    tests = [stands(RESPONSE, n, id_) for n, id_ in enumerate(key, 1)]
    if question.credit == "relative-to-next":
        tests = [_followed(key, id_, after) for id_, after in pairwise(key)]
    return _added_up(question, parts, [(item.id, test, inline(item.feedback)) for item, test in zip(question.items, tests, strict=False)])


def _followed(key: Sequence[str], id_: str, after: str) -> Element:
    """One thing stands right before another, wherever."""
    return either([both(stands(RESPONSE, n, id_), stands(RESPONSE, n + 1, after)) for n in range(1, len(key))])


def _added_up(question: Question, parts: Parts, tests: list[tuple[str, Element, Markup]]) -> Parts:
    """A unit for every thing whose test holds, feedback for every other, and the points of all units by the question's own table."""
    counted = []
    for id_, test, feedback in tests:
        counted.append(count(parts, f"-{id_}"))
        mark_part(parts, f"-{id_}", [Earning(test=test, gives=units(counted[-1], 1))], feedback)
    parts.processing += look_up(total(counted), {n: earned for n, (earned, *_) in enumerate(question.marking_part()["rows"])})
    return parts
