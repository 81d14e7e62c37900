"""Response processing of QTI 2 and 3 done: what an item gives for an answer. An import learns from it how an item marks.

Values are as the standard says: None is NULL, a container is a list, a pair is two identifiers with a space between.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.exchange.rebuilding import Unasked

Value = Any
MOST, ALL = 5_000, 1_000_000  # expressions of one run, and of all runs of an item
NUMBERS = {"integer": int, "float": float}
TEMPLATES = ("match_correct", "map_response", "map_response_point", "CC2_match", "CC2_map_response")


class Unknown(Unasked):
    """Something in an item that is not known here; `line` is where it stands."""

    def __init__(self, found: str, line: int) -> None:
        super().__init__(found)
        self.line = line


def convert(text: str, kind: str) -> Value:
    """A text as a value of a base type; NULL where it is none."""
    text = text if kind == "string" else text.strip()
    try:
        if kind in NUMBERS:
            number = NUMBERS[kind](text)
            return number if math.isfinite(number) else None
    except (ValueError, OverflowError):
        return None
    return text == "true" if kind == "boolean" else text


class Processing:
    """The declarations and the rules of one item, under the names of 2.1."""

    def __init__(self, item: Element) -> None:
        self.responses = {one.get("identifier", ""): one for one in item.iter("responseDeclaration")}
        self.outcomes = {one.get("identifier", ""): one for one in item.iter("outcomeDeclaration")}
        found = item.find("responseProcessing")
        self.rules = list(found) if found is not None else []
        self._template = (found.get("template", "") if found is not None else "").rsplit("/", 1)[-1].removesuffix(".xml")
        self._left, self._all, self.values = 0, ALL, dict[str, Value]()

    def correct(self, name: str) -> Value:
        """The correct response that is declared."""
        return _values(self.responses.get(name), "correctResponse")

    def run(self, responses: Mapping[str, Value]) -> dict[str, Value]:
        """The outcomes of an answer: response by name, each text or a list of texts."""
        self._left = MOST
        self.values = {name: self._answer(name, responses.get(name)) for name in self.responses}
        self.values |= {name: _default(one) for name, one in self.outcomes.items()}
        if not self.rules and self._template in TEMPLATES:
            self._by_template()
        for rule in self.rules:
            if self._do(rule):
                break
        return {name: self.values[name] for name in self.outcomes}

    def _answer(self, name: str, given: Value) -> Value:
        one = self.responses[name]
        if given is None or given in ("", []):
            return None
        if one.get("cardinality", "single") == "single":
            return convert(given, one.get("baseType", ""))
        return [convert(text, one.get("baseType", "")) for text in given]

    def _by_template(self) -> None:
        answer = self.values.get("RESPONSE")
        if self._template.endswith("match_correct") or self._template == "CC2_match":
            self.values["SCORE"] = float(answer is not None and _same(answer, self.correct("RESPONSE"), self._ordered("RESPONSE")))
        else:
            self.values["SCORE"] = self._mapped("RESPONSE")

    def _ordered(self, name: str) -> bool:
        return self.responses[name].get("cardinality") == "ordered" if name in self.responses else False

    def _do(self, rule: Element) -> bool:
        """Do a rule; whether the processing ends there."""
        if rule.tag == "responseCondition":
            for branch in rule:
                tested = branch.tag != "responseElse"
                if not tested or self.value(branch[0]) is True:
                    return any(self._do(one) for one in branch[1 if tested else 0:])
        elif rule.tag == "setOutcomeValue":
            self.values[rule.get("identifier", "")] = self.value(rule[0])
        elif rule.tag == "lookupOutcomeValue":
            self.values[rule.get("identifier", "")] = self._looked_up(rule)
        elif rule.tag == "responseProcessingFragment":
            return any(self._do(one) for one in rule)
        elif rule.tag != "exitResponse":
            raise Unknown(f"the rule '{rule.tag}'", getattr(rule, "line", 1))
        return rule.tag == "exitResponse"

    def _looked_up(self, rule: Element) -> Value:
        declared, amount = self.outcomes.get(rule.get("identifier", "")), self.value(rule[0])
        kind = declared.get("baseType", "") if declared is not None else ""
        for entry in declared.iter("matchTableEntry") if declared is not None else ():
            if amount == convert(entry.get("sourceValue", ""), "float"):
                return convert(entry.get("targetValue", ""), kind)
        for entry in declared.iter("interpolationTableEntry") if declared is not None else ():
            if amount is not None and amount >= float(entry.get("sourceValue", "inf")):
                return convert(entry.get("targetValue", ""), kind)
        return None

    def value(self, expression: Element) -> Value:
        """What an expression comes to."""
        self._left, self._all = self._left - 1, self._all - 1
        if min(self._left, self._all) < 0:
            raise Unknown("more rules than an item ever has", getattr(expression, "line", 1))
        own = getattr(self, f"_{expression.tag}", None) if expression.tag in OWN else None
        if own:
            return own(expression)
        if expression.tag not in OPERATORS:
            raise Unknown(f"the expression '{expression.tag}'", getattr(expression, "line", 1))
        try:
            return OPERATORS[expression.tag](expression, [self.value(one) for one in expression])
        except (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError, AttributeError):
            return None

    def _variable(self, expression: Element) -> Value:
        return self.values.get(expression.get("identifier", ""))

    def _correct(self, expression: Element) -> Value:
        return self.correct(expression.get("identifier", ""))

    def _baseValue(self, expression: Element) -> Value:
        return convert(expression.text or "", expression.get("baseType", ""))

    def _mapResponse(self, expression: Element) -> float:
        return self._mapped(expression.get("identifier", ""))

    def _match(self, expression: Element) -> bool | None:
        one, other = (self.value(part) for part in expression[:2])
        ordered = any(part.tag in ("variable", "correct") and self._ordered(part.get("identifier", "")) for part in expression)
        return None if one is None or other is None else _same(one, other, ordered or any(part.tag == "ordered" for part in expression))

    def _mapped(self, name: str) -> float:
        declared, given = self.responses.get(name), self.values.get(name)
        found = declared.find("mapping") if declared is not None else None
        if found is None or given is None:
            return 0.0
        kind = declared.get("baseType", "")
        units = sum(self._entry(found, one, kind) for one in dict.fromkeys(given if isinstance(given, list) else [given]))
        low, high = float(found.get("lowerBound") or "-inf"), float(found.get("upperBound") or "inf")
        return min(max(units, low), high)

    @staticmethod
    def _entry(mapping: Element, given: Value, kind: str) -> float:
        for entry in mapping.iter("mapEntry"):
            key = convert(entry.get("mapKey", ""), kind)
            folded = kind == "string" and entry.get("caseSensitive") == "false"
            if key == given or (folded and str(key).lower() == str(given).lower()) or (kind == "pair" and _same_pair(str(key), str(given))):
                return float(entry.get("mappedValue", "0"))
        return float(mapping.get("defaultValue") or "0")


def _values(declared: Element | None, inside: str) -> Value:
    found = declared.find(inside) if declared is not None else None
    if found is None:
        return None
    values = [convert(one.text or "", declared.get("baseType", "")) for one in found.iter("value")]
    return values if declared.get("cardinality", "single") != "single" else next(iter(values), None)


def _default(declared: Element) -> Value:
    value = _values(declared, "defaultValue")
    return 0 if value is None and declared.get("baseType") in NUMBERS and declared.get("cardinality", "single") == "single" else value


def _same_pair(one: str, other: str) -> bool:
    return sorted(one.split()) == sorted(other.split())


def _same(one: Value, other: Value, ordered: bool) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return one == other if ordered else sorted(map(str, one)) == sorted(map(str, other))
    return one == other


def _equal(expression: Element, parts: list[Value]) -> bool | None:
    """Whether two numbers are equal within the tolerance, whose ends count unless it says otherwise."""
    one, other = parts[:2]
    tolerance = [float(part) for part in expression.get("tolerance", "0").split()]
    low, high = tolerance[0], tolerance[-1]
    if expression.get("toleranceMode", "exact") == "exact":
        return one == other
    if expression.get("toleranceMode") == "relative":
        low, high = abs(one) * low / 100, abs(one) * high / 100
    above = operator.le if expression.get("includeLowerBound", "true") == "true" else operator.lt
    below = operator.le if expression.get("includeUpperBound", "true") == "true" else operator.lt
    return above(one - low, other) and below(other, one + high)


def _string_match(expression: Element, parts: list[Value]) -> bool:
    one, other = (str(part).strip() for part in parts[:2] if part is not None)
    if expression.get("caseSensitive", "true") == "false":
        one, other = one.lower(), other.lower()
    return other in one if expression.get("substring") == "true" else one == other


def _substring(expression: Element, parts: list[Value]) -> bool:
    fold = str.lower if expression.get("caseSensitive", "true") == "false" else str
    return fold(parts[0]) in fold(parts[1])


def _compared(how: Callable[[Any, Any], bool]) -> Callable[[Element, list[Value]], bool | None]:
    return lambda _, parts: None if None in parts[:2] else how(*parts[:2])


def _flat(parts: list[Value]) -> list[Value]:
    return [one for part in parts if part is not None for one in (part if isinstance(part, list) else [part])]


def _numbers(how: Callable[[list[float]], float]) -> Callable[[Element, list[Value]], float | None]:
    return lambda _, parts: None if None in parts else how(_flat(parts))


OWN = frozenset(("variable", "correct", "baseValue", "mapResponse", "match"))
OPERATORS: dict[str, Callable[[Element, list[Value]], Value]] = {
    "null": lambda *_: None,
    "isNull": lambda _, parts: parts[0] is None or parts[0] in ("", []),
    "not": lambda _, parts: None if parts[0] is None else not parts[0],
    "and": lambda _, parts: False if False in parts else None if None in parts else True,
    "or": lambda _, parts: True if True in parts else None if None in parts else False,
    "anyN": lambda one, parts: int(one.get("min", "0")) <= parts.count(True) <= int(one.get("max", "0")),
    "member": lambda _, parts: None if None in parts else parts[0] in parts[1],
    "contains": lambda _, parts: None if None in parts else all(part in parts[0] for part in _flat(parts[1:2])),
    "containerSize": lambda _, parts: len(_flat(parts[:1])),
    "multiple": lambda _, parts: _flat(parts) or None,
    "ordered": lambda _, parts: _flat(parts) or None,
    "delete": lambda _, parts: [one for one in parts[1] if one != parts[0]] or None,
    "index": lambda one, parts: parts[0][int(one.get("n", "1")) - 1],
    "equal": _equal,
    "equalRounded": lambda one, parts: round(parts[0], int(one.get("figures", "0"))) == round(parts[1], int(one.get("figures", "0"))),
    "stringMatch": _string_match,
    "substring": _substring,
    "gte": _compared(operator.ge), "gt": _compared(operator.gt), "lte": _compared(operator.le), "lt": _compared(operator.lt),
    "sum": _numbers(sum), "product": _numbers(math.prod), "max": _numbers(max), "min": _numbers(min),
    "subtract": lambda _, parts: parts[0] - parts[1],
    "divide": lambda _, parts: parts[0] / parts[1],
    "round": lambda _, parts: math.floor(parts[0] + 0.5),
    "truncate": lambda _, parts: math.trunc(parts[0]),
    "integerToFloat": lambda _, parts: float(parts[0]),
}
