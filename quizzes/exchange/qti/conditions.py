"""Conditions of QTI 1.2 as response processing of 2.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizzes.exchange.qti.processing import EXPLAINED, SHOWN, put, value, variable
from quizzes.exchange.qti.run import Unknown
from quizzes.exchange.qti.xml import make

COMPARED = {"vargte": "gte", "vargt": "gt", "varlte": "lte", "varlt": "lt"}
REACHED = ("boolean", "true")  # the test that always holds


@dataclass
class Answered:
    """One response of an item: its name, its kind, what can be picked, and the language of what is typed."""

    name: str
    element: Element
    kind: str  # choice, blank, text, number, essay, order
    options: list[tuple[str, str]] = field(default_factory=list)  # ident, HTML
    language: str | None = None

    @property
    def several(self) -> bool:
        return self.element.get("rcardinality", "Single") == "Multiple"


@dataclass
class Conditions:
    """What the conditions of an item are about: its responses; whether they are pairs; whether Canvas marks by itself."""

    answered: list[Answered]
    matching: bool
    by_canvas: bool

    def rules(self, conditions: Iterable[Element]) -> Iterator[Element]:
        """The rules that do the same: one that does not go on ends the processing."""
        if self.by_canvas:
            yield from map(self._share, self.answered)
        for condition in conditions:
            done = [rule for one in condition.findall("setvar") for rule in self._set(one) if not self.by_canvas]
            done += [put(shown(one.get("linkrefid", "")), "identifier", SHOWN) for one in condition.findall("displayfeedback")]
            done += [make("exitResponse")] if condition.get("continue", "No").lower() != "yes" else []
            found = condition.find("conditionvar")
            yield make("responseCondition", None, make("responseIf", None, self._all(found) if found is not None else value(*REACHED), done))

    def _share(self, one: Answered) -> Element:
        """Canvas: right picks less wrong ones, as a share of the right ones, never below zero."""
        right = make("max", None, value("float", 1), make("containerSize", None, make("correct", {"identifier": one.name})))
        share = make("divide", None, make("mapResponse", {"identifier": one.name}), right)
        return make("setOutcomeValue", {"identifier": "SCORE"}, make("product", None, share, variable("MAXSCORE")))

    def _set(self, one: Element) -> Iterator[Element]:
        name, amount = one.get("varname") or "SCORE", value("float", number_in(one))
        by = {"Add": "sum", "Subtract": "subtract", "Multiply": "product", "Divide": "divide"}.get(one.get("action", "Set"))
        yield make("setOutcomeValue", {"identifier": name}, make(by, None, variable(name), amount) if by else amount)

    def _all(self, holder: Element) -> Element:
        """The tests in an element: one of several texts or picks of a single answer, otherwise all of them."""
        tests = [self._test(one) for one in holder]
        alike = {(one.tag, one.get("respident")) for one in holder}
        several = any(one.several for one in self.answered if one.name in {name for _, name in alike})
        if len(tests) == 1:
            return tests[0]
        return make("or" if len(alike) == 1 and holder[0].tag == "varequal" and not several else "and", None, tests)

    def _test(self, one: Element) -> Element:
        if one.tag in ("and", "or"):
            return make(one.tag, None, [self._test(part) for part in one])
        if one.tag == "not":
            return make("not", None, self._all(one))
        if one.tag == "other":
            return value(*REACHED)
        asked = self._asked(one)
        if one.tag == "unanswered":
            return make("isNull", None, variable(asked.name))
        if one.tag in COMPARED:
            return make(COMPARED[one.tag], None, variable(asked.name), value("float", text_of(one)))
        if one.tag == "varsubstring":
            return make("substring", {"caseSensitive": False}, value("string", text_of(one)), variable(asked.name))
        if one.tag != "varequal":
            raise Unknown(f"the condition '{one.tag}'", getattr(one, "line", 1))
        return self._equal(one, asked)

    def _asked(self, one: Element) -> Answered:
        named = [asked for asked in self.answered if asked.name == one.get("respident")]
        if not named and len(self.answered) != 1:
            raise Unknown(f"a condition on a response '{one.get('respident', '')[:40]}' that is not there", getattr(one, "line", 1))
        return (named or self.answered)[0]

    def _equal(self, one: Element, asked: Answered) -> Element:
        text, given = text_of(one), variable(asked.name)
        if self.matching:
            return make("member", None, value("directedPair", f"{left(asked)} to.{text}"), variable("RESPONSE"))
        if asked.kind == "number":
            return make("equal", None, given, value("float", text))
        if asked.kind == "order":
            return make("match", None, given, make("correct", {"identifier": asked.name}))
        if asked.kind == "choice":
            return make("member", None, value("identifier", text), given) if asked.several else make("match", None, given, value("identifier", text))
        text = dict(asked.options).get(text, text) if asked.kind == "blank" else text
        return make("stringMatch", {"caseSensitive": one.get("case", "").lower() == "yes"}, given, value("string", text))


def left(one: Answered) -> str:
    """The identifier of a response that is a thing to be matched."""
    return one.name.removeprefix("response_")


def shown(ident: str) -> str:
    """The outcome that shows a feedback."""
    return EXPLAINED if ident == "general_fb" else f"FEEDBACK-{ident}"


def text_of(element: Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def number_in(element: Element) -> float:
    return number_of(text_of(element), 0.0)


def number_of(text: str, otherwise: float) -> float:
    """A number in a text, no larger than points ever are."""
    try:
        number = float(text)
    except ValueError:
        return otherwise
    return number if abs(number) < 1e9 else otherwise
