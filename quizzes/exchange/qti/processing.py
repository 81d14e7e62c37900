"""Response processing: tests of what was answered, and the rules that give points and feedback.

Points are written out, never reckoned: a player may round what it adds up (one keeps three decimals and sets a mark between thousands), so
whole units are added and each sum is looked up. No test stands on a rule that a known player lacks: tolerance is `gte` and `lte`, and
nothing is compared before it is known to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from quizzes.exchange.qti.xml import make

Rule = tuple[Element, Iterable[Element]]  # a test, and what is done where it holds
EXPLAINED = "EXPLANATION"  # the outcome that shows the explanation
SHOWN, QUIET = "shown", "quiet"  # values of an outcome: its feedback is shown, none is


def variable(name: str) -> Element:
    return make("variable", {"identifier": name})


def value(kind: str, text: object) -> Element:
    """A constant; `kind` is a base type: identifier, string, integer, float, directedPair."""
    return make("baseValue", {"baseType": kind}, str(text))


def put(outcome: str, kind: str, text: object) -> Element:
    """The rule that sets an outcome to a constant."""
    return make("setOutcomeValue", {"identifier": outcome}, value(kind, text))


def copy(outcome: str, response: str) -> Element:
    """The rule that sets an outcome to what was answered."""
    return make("setOutcomeValue", {"identifier": outcome}, variable(response))


def score(points: float) -> Element:
    """The rule that sets the points."""
    return put("SCORE", "float", points)


def missing(response: str) -> Element:
    return make("isNull", None, variable(response))


def is_correct(response: str) -> Element:
    """The whole answer is the one that is declared correct."""
    return make("match", None, variable(response), make("correct", {"identifier": response}))


def picked(response: str, id_: str) -> Element:
    """The one thing that was picked is this."""
    return make("match", None, variable(response), value("identifier", id_))


def paired(response: str, left: str, right: str) -> Element:
    """Among the pairs there is this one."""
    return make("member", None, value("directedPair", f"{left} {right}"), variable(response))


def stands(response: str, place: int, id_: str) -> Element:
    """In an order, the thing at a place (counted from 1) is this."""
    return make("match", None, make("index", {"n": place}, variable(response)), value("identifier", id_))


def reads(response: str, text: str, *, any_case: bool) -> Element:
    """What was typed is this text."""
    return make("stringMatch", {"caseSensitive": not any_case}, variable(response), value("string", text))


def within(response: str, low: object, high: object, kind: str) -> Element:
    """What was typed is a number from `low` to `high`, both included."""
    return make("and", None, make("gte", None, variable(response), value(kind, low)), make("lte", None, variable(response), value(kind, high)))


def at_least(amount: Element, units: int) -> Element:
    return make("gte", None, amount, value("integer", units))


def either(tests: list[Element]) -> Element:
    """One of the tests holds."""
    return tests[0] if len(tests) == 1 else make("or", None, tests)


def both(*tests: Element) -> Element:
    return make("and", None, tests)


def condition(rules: Iterable[Rule], otherwise: Iterable[Element] = ()) -> list[Element]:
    """The first of the rules whose test holds is done, else what stands under `otherwise`. Nothing without a rule."""
    rules, otherwise = list(rules), list(otherwise)
    if not rules:
        return otherwise
    branches = [make("responseElseIf" if n else "responseIf", None, test, done) for n, (test, done) in enumerate(rules)]
    return [make("responseCondition", None, branches, make("responseElse", None, otherwise) if otherwise else None)]


def mapped(response: str) -> Element:
    """The units of what was picked, by the mapping of the response."""
    return make("mapResponse", {"identifier": response})


def total(outcomes: list[str]) -> Element:
    """The units in some outcomes together."""
    return make("sum", None, map(variable, outcomes)) if len(outcomes) > 1 else variable(outcomes[0])


def look_up(amount: Element, points: Mapping[int, float]) -> list[Element]:
    """The points for so many units, from the most down; `points` says what each number of units earns from there up."""
    steps = [(units, earned) for units, earned in sorted(points.items(), reverse=True) if earned]
    return condition((at_least(amount, units), [score(earned)]) for units, earned in steps)


def response(name: str, cardinality: str, kind: str, correct: Iterable[str] = (), mapping: Mapping[str, int] | None = None) -> Element:
    """The declaration of what is answered: the correct answer, and units for each thing that can be picked, never below 0 together."""
    right = [make("value", None, text) for text in correct]
    entries = [make("mapEntry", {"mapKey": key, "mappedValue": units}) for key, units in (mapping or {}).items()]
    return make("responseDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": kind},
                make("correctResponse", None, right) if right else None,
                make("mapping", {"lowerBound": 0, "defaultValue": 0}, entries) if entries else None)


def outcome(name: str, kind: str, default: object = None, cardinality: str = "single", **more: object) -> Element:
    """The declaration of an outcome."""
    return make("outcomeDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": kind, **more},
                None if default is None else make("defaultValue", None, make("value", None, str(default))))
