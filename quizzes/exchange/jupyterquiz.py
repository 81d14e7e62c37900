"""Questions of jupyterquiz (its README and schema): a JSON file, the same in base64, or a notebook that hides either in its text cells."""

from __future__ import annotations

import binascii
import html
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from quizzes.exchange import Loss, Read
from quizzes.exchange.markdown import to_line, to_markdown
from quizzes.exchange.naming import Names
from quizzes.exchange.opening import open_text
from quizzes.exchange.rebuilding import Counted, Keys, Losses, Said, Unasked, asking, choices, number_in, numbers, texts
from quizzes.positions import NO_TEXT

SUFFIX = ".json"
ABOUT = "questions of jupyterquiz: JSON, base64, or a notebook that hides them"

OPENED = re.compile(r"<(span|div|p)\b[^<>]*>\s*")
LIST = re.compile(r"\[\s*\{")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{16,}")
BETWEEN = re.compile(r"[\s,]*")
FORMULA = re.compile(r"\$[^$]+\$|\\\(|\\\[")
MOST_DIGITS = 15  # of a precision: what a float has
KNOWN = {"question", "type", "answers", "code", "precision", "answer_cols", "input_width"}
KNOWN_OF_ANSWER = {"answer", "code", "correct", "feedback", "type", "value", "range", "match_case", "fuzzy_threshold"}


def read(source: Path) -> Read:
    """The questions of a file. Raises ValueError where it holds none."""
    names, questions, losses, places, originals = Names(), [], [], {}, {}
    for place, item in _items(open_text(source), source.as_posix()):
        asked = item.get("question") if isinstance(item, dict) else None
        id_ = names.take(re.sub("<[^>]*>", " ", asked) if isinstance(asked, str) else "")
        places[id_], originals[id_] = place, json.dumps(item, ensure_ascii=False, indent=2)
        one = _Question(item)
        try:
            with asking():
                questions.append({"id": id_} | one.read())
        except Unasked as error:
            losses.append(Loss(question=id_, lost="question", instead=f"left out ({error})", original=originals[id_]))
        else:
            losses += [Loss(question=id_, lost=lost, instead=instead, original=originals[id_]) for lost, instead in dict.fromkeys(one.lost)]
    if any(question["type"] == "number" for question in questions):
        losses.append(Loss(question="", lost="numbers typed as fractions (22/7)", instead="not read"))
    return Read(bank={"title": source.stem, "language": "en", "questions": questions}, losses=tuple(losses), places=places, originals=originals)


def _items(text: str, name: str) -> Iterator[tuple[str, Any]]:
    """Every question with the line on which it begins; with its cell, where it is hidden in a notebook."""
    if re.fullmatch(r"[A-Za-z0-9+/=\s]+", text) and not text.strip().isdigit():
        text = _decoded(text, name)
    value = _parsed(text, name)
    if isinstance(value, dict) and "cells" in value:
        yield from _hidden(value["cells"])
    elif isinstance(value, dict):
        yield "line 1", value
    elif isinstance(value, list):
        yield from _listed(text)
    else:
        raise ValueError(f"{name}:1: found JSON that is no list; accepted: a list of questions")


def _decoded(text: str, name: str) -> str:
    try:
        return b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise ValueError(f"{name}:1: found neither JSON nor base64; accepted: a list of questions in JSON") from None


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{name}:{error.lineno}: found JSON with a fault ({error.msg}); accepted: a list of questions in JSON") from None
    except (RecursionError, ValueError):
        raise ValueError(f"{name}:1: found JSON nested too deep or with a number too long; accepted: a list of questions in JSON") from None


def _listed(text: str) -> Iterator[tuple[str, Any]]:
    """The items of a list that is known to be JSON, one by one, for their lines."""
    decoder, line, end = json.JSONDecoder(), 1, 0
    at = BETWEEN.match(text, text.index("[") + 1).end()
    while text[at] != "]":
        line += text.count("\n", end, at)
        item, end = decoder.raw_decode(text, at)
        yield f"line {line}", item
        line += text.count("\n", at, end)
        at = BETWEEN.match(text, end).end()


def _hidden(cells: Any) -> Iterator[tuple[str, Any]]:
    """What the text cells of a notebook hide in their elements."""
    for number, cell in enumerate(cells if isinstance(cells, list) else (), 1):
        source = cell.get("source", "") if isinstance(cell, dict) and cell.get("cell_type") == "markdown" else ""
        text = "".join(line for line in source if isinstance(line, str)) if isinstance(source, list) else str(source)
        yield from ((f"cell {number}", item) for value in _in_elements(text) for item in (value if isinstance(value, list) else [value]))


def _in_elements(text: str) -> Iterator[Any]:
    """What JSON, or base64 of it, stands at the head of an element; a list with a fault as its text, for the report."""
    at = 0
    while opened := OPENED.search(text, at):
        at = opened.end()
        if LIST.match(text, at):
            try:
                value, at = json.JSONDecoder().raw_decode(text, at)
            except (ValueError, RecursionError):
                end = re.compile(rf"</{opened[1]}>|\Z").search(text, at).start()
                value, at = text[at:end], end
            yield value
        elif found := BASE64.match(text, at):
            at = found.end()
            try:
                yield json.loads(b64decode("".join(found[0].split()), validate=True))
            except (ValueError, RecursionError):
                continue  # words


class _Question:
    """Reads one question; `lost` is what of it is lost."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.lost: Losses = []

    def read(self) -> Keys:
        if not isinstance(self.item, dict):
            raise Unasked("it is no object")
        kinds = {"multiple_choice": self._choices, "many_choice": self._choices, "numeric": self._numeric, "string": self._string}
        if (kind := self.item.get("type")) not in list(kinds):
            raise Unasked(f"a question of type '{str(kind)[:40]}', of which there is none here")
        self.lost += [(f"key '{key}'", "left out") for key in self.item if key not in KNOWN]
        prompt = self._text(self.item, "question", "question")
        if code := _string(self.item, "code"):
            prompt += f"\n\n{to_markdown(f'<pre>{html.escape(code)}</pre>').text}"
        if not prompt.strip():
            raise Unasked("it asks nothing")
        return kinds[kind]() | {"prompt": prompt.strip()}

    def _answers(self) -> tuple[list[dict[str, Any]], str]:
        """The answers, and what is said to any other."""
        answers = self.item.get("answers")
        if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
            raise Unasked("its answers are no list of objects")
        self.lost += [(f"key '{key}' of an answer", "left out") for answer in answers for key in answer if key not in KNOWN_OF_ANSWER]
        others = [answer for answer in answers if answer.get("type") == "default"]
        return [answer for answer in answers if answer.get("type") != "default"], self._line(others[0], "feedback", "feedback") if others else ""

    def _told(self, made: tuple[Keys, Losses]) -> Keys:
        self.lost += made[1]
        return made[0]

    def _choices(self) -> Keys:
        answers, _ = self._answers()
        several = self.item["type"] == "many_choice"
        each = Fraction(1, sum(answer.get("correct") is True for answer in answers) or 1) if several else Fraction(1)
        options = [Said(text=self._choice(answer), share=each if answer.get("correct") is True else -each if several else Fraction(0),
                        feedback=self._line(answer, "feedback", "feedback")) for answer in answers]
        return self._told(choices(options, several=several))

    def _choice(self, answer: dict[str, Any]) -> str:
        """What a choice says, and its code."""
        code = _string(answer, "code")
        if "\n" in code.strip():
            self.lost.append(("lines of code in a choice", "one line"))
        shown = to_line(f"<code>{html.escape(' '.join(code.split()))}</code>").text
        return " ".join(filter(None, (self._line(answer, "answer", "choices"), shown)))

    def _numeric(self) -> Keys:
        answers, otherwise = self._answers()
        found = []
        for answer in answers:
            middle, off = self._interval(answer)
            found.append(Counted(middle=middle, off=off, share=Fraction(answer.get("correct") is True), feedback=self._line(answer, "feedback", "feedback")))
        return self._told(numbers(found, otherwise))

    def _interval(self, answer: dict[str, Any]) -> tuple[Decimal, Decimal]:
        """A value, rounded where there is a precision, or a range with its lower end and without its upper one."""
        if "value" in answer:
            value = _number(answer["value"])
            digits = self.item.get("precision")
            if not isinstance(digits, int) or digits < 1 or not value:
                return value, Decimal(0)
            step = Decimal(1).scaleb(value.adjusted() - min(digits, MOST_DIGITS) + 1)
            self.lost.append((f"rounding to {digits} significant digits", f"numbers up to {step / 2:f} off count"))
            return value.quantize(step), step / 2
        ends = answer.get("range")
        if not isinstance(ends, list) or len(ends) != 2:
            raise Unasked("an answer with neither a value nor a range of two numbers")
        low, high = map(_number, ends)
        self.lost.append((f"the upper end of a range, {high:f}, which does not count", "it counts"))
        return (low + high) / 2, abs(high - low) / 2

    def _string(self) -> Keys:
        answers, otherwise = self._answers()
        found = [Said(text=_string(answer, "answer").strip(), share=Fraction(answer.get("correct") is True), feedback=self._line(answer, "feedback", "feedback"))
                 for answer in answers]
        if any(answer.get("match_case") is True for answer in answers):
            self.lost.append(("capitals and small letters told apart", "taken for the same"))
        near = [answer["fuzzy_threshold"] for answer in answers if answer.get("correct") is True and answer.get("fuzzy_threshold")]
        if near:
            self.lost.append((f"answers that are alike by {near[0]} or more", "one wrong letter in a word of five or more is forgiven"))
        return self._told(texts([one for one in found if one.text], otherwise, language="en")) | ({"nearly": 1} if near else {})

    def _text(self, holder: dict[str, Any], key: str, what: str, *, line: bool = False) -> str:
        text = _string(holder, key)
        converted = (to_line if line else to_markdown)(text)
        self.lost += [(f"{lost} in the {what}", "left out") for lost in converted.lost]
        if FORMULA.search(text):
            self.lost.append((f"formulas in the {what}", "shown as they are written"))
        return converted.text

    def _line(self, holder: dict[str, Any], key: str, what: str) -> str:
        return self._text(holder, key, what, line=True)


def _string(holder: dict[str, Any], key: str) -> str:
    """The text of a key, nothing where there is none."""
    text = holder.get(key, "")
    if not isinstance(text, str):
        raise Unasked(f"its '{key}' is no text")
    if found := NO_TEXT.search(text):
        raise Unasked(f"the character U+{ord(found[0]):04X} in its '{key}'")
    return text


def _number(value: Any) -> Decimal:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Unasked(f"'{str(value)[:20]}' is no number")
    return number_in(str(value))
