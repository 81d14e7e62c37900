"""Marks as Moodle gives them to what stands in a file of its XML (the rules: MoodleDocs, the page of each question type).

Written beside the exporter, not with it: nothing here is imported from `quizzes.exchange`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

NEAR_ENOUGH = 1e-14  # by which Moodle widens a tolerance, times the number


def fraction(answer: Element) -> float:
    return float(answer.get("fraction")) / 100


def text(parent: Element) -> str:
    return (parent.findtext("text") or "").strip()


def one_of(question: Element, picked: int) -> float:
    return fraction(question.findall("answer")[picked])


def some_of(question: Element, picked: Sequence[int]) -> float:
    return max(0.0, min(1.0, sum(one_of(question, n) for n in picked)))


def matched(question: Element, right_sides: Sequence[str | None]) -> float:
    """The share of the subquestions with a text that got their own answer."""
    asked = [sub for sub in question.findall("subquestion") if text(sub)]
    return sum(text(sub.find("answer")) == given for sub, given in zip(asked, right_sides, strict=True)) / len(asked)


def ordered(question: Element, given: Sequence[str]) -> float:
    right = [text(answer) for answer in question.findall("answer")]
    in_place = sum(one == other for one, other in zip(right, given, strict=True))
    match question.findtext("gradingtype"):
        case "ABSOLUTE_POSITION":
            return in_place / len(right)
        case "ALL_OR_NOTHING":
            return float(in_place == len(right))
        case "RELATIVE_NEXT_EXCLUDE_LAST":
            after = set(pairwise(given))
            return sum(pair in after for pair in pairwise(right)) / (len(right) - 1)
    raise AssertionError(question.findtext("gradingtype"))


def counted(answers: Sequence[tuple[str, float, float]], given: float) -> float:
    """The share of the first answer (number, tolerance, share) within whose tolerance a number is; `*` is any."""
    for middle, off, share in answers:
        if middle == "*" or abs(given - float(middle)) <= off + NEAR_ENOUGH * max(1, abs(float(middle))):
            return share
    return 0.0


def numerical(question: Element, given: float) -> float:
    return counted([(text(one), float(one.findtext("tolerance")), fraction(one)) for one in question.findall("answer")], given)


def typed(answers: Sequence[tuple[str, float]], given: str, *, exact: bool) -> float:
    """The share of the first answer that a text fits, letter by letter; a star without a backslash is any text."""
    given = _folded(unicodedata.normalize("NFC", given.strip()), exact)
    for pattern, share in answers:
        bits = re.split(r"(?<!\\)\*+", _folded(unicodedata.normalize("NFC", pattern), exact))
        if re.fullmatch(".*".join(re.escape(bit.replace(r"\*", "*")) for bit in bits), given, re.DOTALL):
            return share
    return 0.0


def _folded(letters: str, exact: bool) -> str:
    """As PHP's regular expressions fold case: İ and ı are nobody's capital or small letter."""
    return letters if exact else "".join(letter if letter in "İı" else letter.lower() for letter in letters)


def shortanswer(question: Element, given: str) -> float:
    return typed([(text(one), fraction(one)) for one in question.findall("answer")], given, exact=question.findtext("usecase") == "1")


def gaps(question: Element, given: Sequence[object]) -> float:
    """The mean of what the embedded answers earn, by their weights. A choice is given by its number, counted from 0."""
    found = re.findall(r"\{(\d+):([A-Z_]+):([^}]*)\}", text(question.find("questiontext")))
    total = sum(int(weight) for weight, _, _ in found)
    return sum(int(weight) * _gap(kind, inside, one) for (weight, kind, inside), one in zip(found, given, strict=True)) / total


def _gap(kind: str, inside: str, given: object) -> float:
    if given is None:
        return 0.0
    answers = []
    for part in inside.split("~"):
        mark = re.match(r"=|%(-?[\d.]+)%", part)
        share = 0.0 if mark is None else 1.0 if mark[0] == "=" else float(mark[1]) / 100
        answers.append((html.unescape(re.split(r"(?<!&)#", part[mark.end() if mark else 0:])[0]), share))
    if kind == "MULTICHOICE":
        return answers[given][1]
    if kind == "NUMERICAL":
        split = [(*answer.partition(":")[::2], share) for answer, share in answers]
        return counted([(middle, float(off or 0), share) for middle, off, share in split], given)
    return typed(answers, given, exact=kind.endswith("_C"))
