"""Items that are answered by typing, as questions of a bank: a number, a text, gaps, years, an open answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from xml.etree.ElementTree import Element

from quizzes.exchange.qti.answers import Tried, fraction, lines
from quizzes.exchange.qti.given import Box, Given, Ran
from quizzes.exchange.rebuilding import Counted, Keys, Said, Unasked, numbers, texts

NUMERIC = ("float", "integer")
MOST = 300  # answers that an item knows
ELSE = "\u2026"  # an answer that nobody expects


@dataclass
class Place:
    """One thing that is filled in: alone in its item, or a gap among others that are left open meanwhile."""

    given: Given
    box: Box
    parts: int = 1
    common: tuple[Element, ...] = ()  # what is said whatever stands there

    def run(self, answer: str | None) -> Ran:
        return self.given.run({self.box.name: None if answer is None else [answer] if self.box.several else answer})

    def share(self, answer: str) -> Fraction:
        """What an answer earns of what the place is worth."""
        counted = f"UNITS-{self.box.name.removeprefix('RESPONSE-')}"
        if counted in self.given.processing.outcomes and self.box.correct:
            earned, most = (self.given.processing.run({self.box.name: text}).get(counted) or 0 for text in (answer, self.box.correct[0]))
            return Fraction(earned, most) if most else Fraction(0)
        return fraction(self.run(answer).score * self.parts / self.given.top) if self.given.top > 0 else Fraction(0)

    def feedback(self, answer: str) -> str:
        return lines(self.given, (one for one in self.run(answer).said if one not in self.common))

    def tests(self) -> Iterator[Element]:
        """The tests of what is answered here."""
        for rule in self.given.processing.rules:
            for branch in rule.iter():
                if branch.tag in ("responseIf", "responseElseIf") and any(one.get("identifier") == self.box.name for one in branch[0].iter()):
                    yield branch[0]


def number(given: Given, box: Box) -> tuple[Keys, Tried]:
    """A number in a box; what stands behind the box is its unit."""
    place, tried = _alone(given, box, [f"{one.middle:f}" for one in intervals(Place(given, box))])
    keys, losses = number_at(place)
    given.lost += losses
    unit = noted(given, "quiz-unit").strip("()") or (box.element.tail or "").strip()
    return keys | ({"unit": unit} if 0 < len(unit) <= 30 else {}), tried


def noted(given: Given, kind: str) -> str:
    """What an export wrote in a paragraph of a class of its own."""
    return next(("".join(one.itertext()) for one in given.body.iter("p") if one.get("class") == kind), "")


def text(given: Given, box: Box) -> tuple[Keys, Tried]:
    """A text in a box."""
    place, tried = _alone(given, box, _candidates(Place(given, box)))
    keys, losses = text_at(place)
    given.lost += losses
    return keys, tried


def _alone(given: Given, box: Box, answers: list[str]) -> tuple[Place, Tried]:
    place = Place(given, box)
    tried = Tried(given, {answer: place.run(answer) for answer in (*answers, _unmet(place))})
    return Place(given, box, common=tuple(tried.common)), tried


def _unmet(place: Place) -> str:
    """An answer that falls into no interval, and is no text that is known."""
    if place.box.base not in NUMERIC:
        return ELSE
    return f"{max((one.middle + one.off for one in intervals(place)), default=Decimal(0)) + 1:f}".split(".")[0] + "1"


def number_at(place: Place) -> tuple[Keys, list[tuple[str, str]]]:
    found, met, nothing = [], [], _unmet(place)
    for one in intervals(place):
        inside = next((number for number in _inside(one) if not any(abs(number - other.middle) <= other.off for other in met)), None)
        met.append(one)
        if inside is not None:
            answer = f"{inside:f}"
            found.append(Counted(middle=one.middle, off=one.off, share=place.share(answer), feedback=place.feedback(answer)))
    otherwise = place.feedback(nothing)
    found = [one for n, one in enumerate(found) if not any(_within(one, other) for other in found[n + 1:])]
    return numbers([one for one in found if one.share or one.feedback != otherwise], otherwise)


def _within(one: Counted, other: Counted) -> bool:
    """Whether an interval says nothing that a wider one does not say as well."""
    return (one.share, one.feedback) == (other.share, other.feedback) and abs(one.middle - other.middle) + one.off <= other.off


def _inside(one: Counted) -> Iterator[Decimal]:
    """Numbers of an interval: its middle, its ends, and some between."""
    yield from (one.middle, one.middle - one.off, one.middle + one.off)
    yield from (one.middle + one.off * Decimal(n) / 16 for n in (-15, 15, -8, 8, -12, 12, -4, 4))


def intervals(place: Place) -> list[Counted]:
    """The numbers that the processing asks for, in its order; of an item without tests, its key and its mapping."""
    found = dict.fromkeys(interval for test in place.tests() for interval in _in_test(test, place.box))
    if not found:
        declared = place.given.processing.responses[place.box.name]
        keys = [*place.box.correct, *(entry.get("mapKey", "") for entry in declared.iter("mapEntry"))]
        found = dict.fromkeys((number, number) for number in map(_decimal, keys) if number is not None)
    if len(found) > MOST:
        raise Unasked(f"{len(found)} intervals, of at most {MOST}")
    return [Counted(middle=(low + high) / 2, off=(high - low) / 2, share=Fraction(0)) for low, high in found if low <= high]


def _in_test(test: Element, box: Box) -> Iterator[tuple[Decimal, Decimal]]:
    """The intervals of one test: two bounds, or a number with its tolerance."""
    bounds: dict[str, Decimal | None] = {}
    for one in test.iter():
        value = next((_decimal(part.text or "") for part in one if part.tag == "baseValue"), None)
        if one.tag in ("equal", "match", "stringMatch", "equalRounded"):
            if value is None and any(part.tag == "correct" for part in one) and box.correct:
                value = _decimal(box.correct[0])
            if value is not None:
                yield _tolerated(one, value)
        elif one.tag in ("gte", "gt", "lte", "lt") and value is not None:
            bounds["low" if one.tag[0] == "g" else "high"] = value
    if bounds.get("low") is not None and bounds.get("high") is not None:
        yield bounds["low"], bounds["high"]


def _tolerated(test: Element, value: Decimal) -> tuple[Decimal, Decimal]:
    off = [_decimal(part) or Decimal(0) for part in test.get("tolerance", "0").split()] or [Decimal(0)]
    if test.get("toleranceMode", "exact") == "exact":
        return value, value
    if test.get("toleranceMode") == "relative":
        off = [abs(value) * part / 100 for part in off]
    return value - off[0], value + off[-1]


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal("1e300") and -300 < number.adjusted() else None


def text_at(place: Place) -> tuple[Keys, list[tuple[str, str]]]:
    otherwise = place.feedback(ELSE)
    found = [Said(text=answer, share=place.share(answer), feedback=place.feedback(answer)) for answer in _candidates(place)]
    if len({one.feedback for one in found if one.share == 1}) == 1:  # nothing is said to one spelling alone
        found = [replace(one, feedback="") if n and one.share == 1 else one for n, one in enumerate(found)]
    language = place.given.language.split("-")[0] or "en"
    of = place.box.element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return texts([one for one in found if one.share or one.feedback != otherwise], otherwise, language=language, exact=_exact(place), text_language=of)


def _exact(place: Place) -> bool:
    """Whether capitals and small letters are told apart, or stand in a language in which a system does not know which belong together."""
    compared = [one for test in place.tests() for one in test.iter("stringMatch")]
    compared += list(place.given.processing.responses[place.box.name].iter("mapEntry"))
    return any(one.get("caseSensitive", "true") != "false" for one in compared) or bool(re.search("[ıİ]", "".join(_candidates(place))))


def _candidates(place: Place) -> list[str]:
    """The texts that the item knows: the correct one first."""
    declared = place.given.processing.responses[place.box.name]
    values = (one.text or "" for test in place.tests() for one in test.iter("baseValue") if one.get("baseType", "string") == "string")
    mapped = (entry.get("mapKey", "") for entry in declared.iter("mapEntry"))
    found = list(dict.fromkeys(text.strip() for text in (*place.box.correct, *mapped, *values) if text.strip()))
    if len(found) > MOST:
        raise Unasked(f"{len(found)} answers that are known, of at most {MOST}")
    return found
