"""A number, written as people write numbers."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import BeforeValidator, Field

from quizzes.model import Mark, Part, Question, Text, fault, kind, plain
from quizzes.text import inline
from quizzes.words import words as words_of

LARGEST = 1e300  # of a key or a tolerance: with either added to the other there is still an end
LONGEST = 100  # characters of a number that is read at all

# Written otherwise, meant the same; number.js has the same two tables.
MINUS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
SPACE = "\t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FOLD = {ord(c): "-" for c in MINUS} | {ord(c): " " for c in SPACE} | {0x2019: "'", 0xFF0E: ".", 0xFF0C: ","}
_FOLD |= {0xFF10 + n: str(n) for n in range(10)}

AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
PLAIN = re.compile(r"([0-9]*)[.,]?([0-9]*)")
GROUPED = re.compile(r"([0-9]{1,3}(?:([ '])[0-9]{3}(?:\2[0-9]{3})*|([.,])[0-9]{3}(?:\3[0-9]{3})+))(?:[.,]([0-9]*))?")
MIXED = re.compile(r"([0-9]{1,3}([.,])[0-9]{3})(?!\2)[.,]([0-9]*)")


def fold(text: str) -> str:
    """Digits, signs, spaces and ASCII capitals in their plainest form."""
    text = text.translate(_FOLD)
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), text).strip(" ")


def read_number(text: str, decimal: str, units: tuple[str, ...]) -> tuple[str | None, bool]:
    """The number in a text as `-1234.5`, or None; and whether it could be read in two ways.

    `85,3`, `85.3`, `85.372.377`, `1 234,5`, `%18`, `18 %` and a unit before or after are read as they
    are meant. `1.234` and `1,234` are ambiguous: the mark that the language uses (`decimal`) makes a
    decimal, the other one a thousand.
    """
    text = fold(text) if len(text) <= LONGEST else ""
    for unit in units:
        if text.startswith(unit) or text.endswith(unit):
            text = (text[len(unit):] if text.startswith(unit) else text[:-len(unit)]).strip(" ")
            break
    sign = "-" if text.startswith("-") else ""
    text = re.sub("^[+-](?![+-]) *", "", text)
    if AMBIGUOUS.fullmatch(text):
        whole = text.replace(",", ".") if decimal in text else text.replace(".", "").replace(",", "")
        return sign + whole, True
    if (found := PLAIN.fullmatch(text)) and (found[1] or found[2]):
        return _number(sign, found[1], found[2]), False
    if found := GROUPED.fullmatch(text):
        return _number(sign, re.sub("[^0-9]", "", found[1]), found[4] or ""), False
    if found := MIXED.fullmatch(text):
        return _number(sign, re.sub("[^0-9]", "", found[1]), found[3]), False
    return None, False


def two_ways(number: str, decimal: str) -> str:
    """A number that could be read in two ways, for a note: as it was read, then the other; in plain digits: `2.85 (≠ 2850)`."""
    whole = number.replace(".", "")
    part = re.sub(r"\.?0+$", "", f"{whole[:-3]}.{whole[-3:]}").replace(".", decimal)
    return f"{part} (≠ {whole})" if "." in number else f"{whole} (≠ {part})"


def _number(sign: str, whole: str, decimals: str) -> str:
    return sign + (whole or "0") + (f".{decimals}" if decimals else "")


def _finite(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
        raise fault((), f"{value!r}"[:60], "a number, like 12 or 12.5")
    return value


def _tolerance(value: Any) -> Any:
    per_cent = isinstance(value, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)? ?%", value)
    if not per_cent and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LARGEST):
        raise fault((), f"{value!r}"[:60], "a number of 0 or more, like 2.5, or per cent in quotes, like \"5 %\"")
    return value


Number = Annotated[int | float, BeforeValidator(_finite)]
Tolerance = Annotated[int | float | str, BeforeValidator(_tolerance),
                      Field(description="How far off still counts: 2.5, or \"5 %\" of the answer")]


class Case(Part):
    """An answer that the question expects, and what the book says to it."""

    answer: Number
    tolerance: Tolerance = 0
    credit: Annotated[float, Field(ge=0, le=1, strict=True, description="Share of the points, 0 to 1")] = 0
    feedback: Text

    @property
    def interval(self) -> tuple[float, float]:
        """Lowest and highest number that counts, both included."""
        answer = Decimal(str(self.answer))
        if isinstance(self.tolerance, str):
            off = abs(answer) * Decimal(self.tolerance.rstrip(" %")) / 100
        else:
            off = Decimal(str(self.tolerance))
        return float(answer - off), float(answer + off)


class Feedback(Part):
    right: Text
    wrong: Text


class QuestionType(Question):
    """Answered by a number or by a text that holds one; the first case it falls in gives the mark."""

    how = "type-number"
    type: Literal["number"]
    answer: Number
    tolerance: Tolerance = 0
    unit: Annotated[str, Field(min_length=1, max_length=30, description="Shown after the box; may be typed")] | None = None
    also: Annotated[tuple[Text, ...], Field(description="Other ways to write the unit")] = ()
    feedback: Feedback
    cases: Annotated[tuple[Case, ...], Field(description="Known confusions, each with its own feedback")] = ()

    @property
    def accepts(self) -> str:
        return f"a number, text of at most {LONGEST} characters that holds one, or null"

    @property
    def decimal(self) -> str:
        return words_of(self.language)["decimal"]

    @property
    def units(self) -> tuple[str, ...]:
        """Every way to write the unit, folded, the longest first."""
        written = (self.unit, *self.also) if self.unit else ("%", *self.also)
        return tuple(sorted({fold(unit) for unit in written}, key=lambda unit: (-len(unit), unit)))

    def found_wrong(self, answer: Any) -> str | None:
        if isinstance(answer, str):
            return f"text of more than {LONGEST} characters" if len(answer) > LONGEST else None
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return kind(answer)
        try:
            return None if math.isfinite(answer) else "a number without end"
        except OverflowError:
            return "a number without end"

    def judge(self, answer: str | int | float) -> Mark:
        said = words_of(self.language)
        if isinstance(answer, str):
            number, ambiguous = read_number(answer, self.decimal, self.units)
            if number is None:
                return self.award(0, (said["not-a-number"],))
            note = (said["read-as"].replace("{number}", two_ways(number, self.decimal)),) if ambiguous else ()
        else:
            number, note = answer, ()
        value = float(number)
        for low, high, share, feedback in self.intervals:
            if low <= value <= high:
                return self.award(share, (feedback, *note))
        return self.award(0, (inline(self.feedback.wrong), *note))

    @property
    def intervals(self) -> list[tuple[float, float, Fraction, str]]:
        """The key and the cases in order: lowest, highest, share of the points, feedback."""
        key = Case(answer=self.answer, tolerance=self.tolerance, credit=1, feedback=self.feedback.right)
        return [(*case.interval, Fraction(str(case.credit)), inline(case.feedback)) for case in (key, *self.cases)]

    def public_part(self) -> dict[str, Any]:
        return super().public_part() | {"decimal": self.decimal, "units": self.units, "longest": LONGEST}

    def marking_part(self) -> dict[str, Any]:
        said = words_of(self.language)
        feedback = [text for *_, text in self.intervals] + [inline(self.feedback.wrong), said["not-a-number"]]
        rows = [[low, high, self._row(share, n)] for n, (low, high, share, _) in enumerate(self.intervals)]
        return {"feedback": feedback, "intervals": rows, "read_as": said["read-as"],
                "wrong": self._row(Fraction(0), len(rows)), "unread": self._row(Fraction(0), len(rows) + 1)}

    def _row(self, share: Fraction, n: int) -> list[Any]:
        mark = self.award(share, ())
        return [plain(mark.points), mark.state, [n]]

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        low, high = (self._written(bound) for bound in Case(answer=self.answer, tolerance=self.tolerance, feedback="-").interval)
        right = self._written(self.answer) + (f" {self.unit}" if self.unit else "")
        return ((right if low == high else f"{right} ({low} – {high})", inline(self.feedback.right)),)

    def _written(self, number: float) -> str:
        return f"{number:.12g}".replace(".", self.decimal)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        unit = Markup('<span class="quiz-unit">{}</span>').format(self.unit) if self.unit else ""
        return Markup('<label class="quiz-box"><span>{}</span> <span class="quiz-box"><input type="text" name="{}" inputmode="decimal" '
                      'autocomplete="off" maxlength="{}"> {}</span></label>').format(words["your-number"], field, LONGEST, unit)
