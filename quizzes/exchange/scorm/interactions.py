"""What a learning system hears of a question: its type and its right answers as SCORM writes them, and how answers are written.

The script writes an answer as `said` does (front_end/scorm_system.js, saidAs).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from string import ascii_lowercase, digits
from typing import Any

from quizzes.classroom.simulate import right_answer
from quizzes.model import Question, plain

TYPES = {"one-choice": "choice", "many-choices": "choice", "locate": "choice", "hotspot": "choice", "mark-text": "choice",
         "true-false": "true-false", "number": "numeric", "short-text": "fill-in", "open-answer": "long-fill-in", "order": "sequencing",
         "match": "matching", "classify": "matching", "timeline": "performance", "cloze": "performance", "survey": "likert"}
KEYLESS = ("open-answer", "survey")
RESERVED = re.compile(r"\[([,.:])\]")  # what SCORM 2004 sets between the parts of an answer
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Form:
    """How an edition writes answers."""

    comma: str
    dot: str
    truth: tuple[str, str]  # false, true
    longest: int  # characters of an answer
    other: str  # the type for what has none
    lettered: bool  # whether what is picked has one letter or digit, as in SCORM 1.2, or its own id
    ranges: bool  # whether a right number may be a range
    patterns: int  # right answers of one question that every system keeps
    lacks: Mapping[str, str] = field(default_factory=dict)  # types that the edition does not have, and what stands for them


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """A question as a learning system knows it; `keys` and `codes` write what is answered, on the left of a pair and elsewhere."""

    type: str
    patterns: tuple[str, ...]
    keys: Mapping[str, str]
    codes: Mapping[str, str]


def interaction(question: Question, form: Form) -> Interaction:
    """How a question and its answers are written."""
    part = question.public_part()
    items = part.get("items") or [gap[0] for gap in part.get("gaps", ())]
    type_ = TYPES.get(question.type, form.other)
    places = part.get("ids") or part.get("places") or (items if type_ == "sequencing" else ())
    keys = _signs(items, digits[1:] + digits[0] + ascii_lowercase, form)
    codes = _signs(places, ascii_lowercase + digits, form)
    if form.lettered and places and not codes:
        type_ = "performance"  # more things to pick than there are letters and digits
    found = [pattern for pattern in _patterns(question, form, keys, codes) if 0 < len(pattern) <= form.longest]
    return Interaction(type=form.lacks.get(type_, type_), patterns=tuple(found[:form.patterns]), keys=keys, codes=codes)


def _signs(ids: Sequence[str], signs: str, form: Form) -> dict[str, str]:
    return dict(zip(ids, signs)) if form.lettered and len(ids) <= len(signs) else {}


def said(answer: Any, form: Form, keys: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """An answer as SCORM writes it."""
    if isinstance(answer, bool):
        return form.truth[answer]
    if isinstance(answer, list | tuple):
        return form.comma.join(said(one, form, keys, codes) for one in answer)
    if isinstance(answer, dict):
        return form.comma.join(keys.get(key, key) + form.dot + said(value, form, keys, codes) for key, value in answer.items())
    return codes.get(answer) or RESERVED.sub(r"(\1)", SPACE.sub(" ", str(answer)))


def _patterns(question: Question, form: Form, keys: Mapping[str, str], codes: Mapping[str, str]) -> Iterator[str]:
    """The right answers; none for a question that has no key."""
    if question.type in KEYLESS or question.type not in TYPES:
        return
    if question.type == "number":
        low, high = (_decimal(bound) for bound in question.intervals[0][:2])
        yield f"{low}[:]{high}" if form.ranges else _decimal(question.answer)
    elif question.type == "short-text":
        yield from ("{case_matters=false}" * form.ranges + said(text, form, {}, {}) for text in (question.answer, *question.accept))
    elif question.type in ("timeline", "cloze") and form.ranges:
        yield "{order_matters=false}" + form.comma.join(f"{key}{form.dot}{value}" for key, value in _steps(question, form))
    else:
        yield said(right_answer(question, random.Random(0)), form, keys, codes)


def _steps(question: Question, form: Form) -> Iterator[tuple[str, str]]:
    """What is right in each place of a timeline or a cloze; years and numbers as ranges."""
    if question.type == "timeline":
        yield from ((event.id, f"{event.year - event.tolerance}[:]{event.year + event.tolerance}") for event in question.drawn)
        return
    right = right_answer(question, random.Random(0))
    for gap in question.in_text:
        bounds = gap.intervals[0][:2] if hasattr(gap, "intervals") else None
        yield gap.id, "[:]".join(map(_decimal, bounds)) if bounds else said(right[gap.id], form, {}, {})


def _decimal(number: float) -> str:
    return format(Decimal(str(plain(number))), "f")
