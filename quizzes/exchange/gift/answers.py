"""What stands in the braces of a GIFT question, as the keys of the type that asks the same. Its escaped signs are held back."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from quizzes.exchange.gift.signs import release
from quizzes.exchange.moodle.embedded import unstarred
from quizzes.exchange.moodle.fractions import share
from quizzes.exchange.moodle.tags import language_of, tagged
from quizzes.exchange.moodle.texts import convert
from quizzes.exchange.moodle.writing import GRADING
from quizzes.exchange.naming import lettered, lettered_by_text
from quizzes.exchange.rebuilding import Counted, Keys, Losses, Said, Unasked, choices, number_in, numbers, pairs, texts

FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"%(-?[0-9]{1,6}(?:\.[0-9]{0,20})?)%")
RANGE = re.compile(r"(\S+?)\s*\.\.\s*(\S+)")
ORDER = re.compile(r">\s*(\d+)?\s*((?:ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?)\b\s*(?:HORIZONTAL|VERTICAL)?\s*([A-Z_]*)[ \t]*(?:SHOW|HIDE)?[^\n]*\n(.*)", re.DOTALL)
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")


class Answers:
    """Reads answers written in a text format; `lost` is what of them is lost."""

    def __init__(self, form: str, tags: list[str]) -> None:
        self.form, self.tags = form, tags
        self.lost: Losses = []

    def read(self, text: str) -> Keys:
        """As Moodle tells them apart: by the sign at the head, then by the signs inside."""
        if not text:
            return {"type": "open-answer"}
        if text.startswith(">"):
            return self._order(text)
        if text.startswith("#"):
            return self._numbers(text[1:])
        if "~" in text or tagged(self.tags, "about"):
            return self._choices(text)
        if "=" in text and "->" in text:
            return self._pairs(text)
        if text.partition("#")[0].strip() in TRUE + FALSE:
            return self._truth(text)
        return self._texts(text)

    def blocks(self, text: str, what: str) -> str:
        """A text as paragraphs of Markdown."""
        return self._converted(text, what, line=False)

    def line(self, text: str, what: str) -> str:
        """A text as one run of Markdown."""
        return self._converted(text, what, line=True)

    def _converted(self, text: str, what: str, *, line: bool) -> str:
        text = release(text)
        found = FORMAT.match(text)
        converted = convert(text[found.end():] if found else text, found[1] if found else self.form, line=line)
        self.lost += [(f"{lost} in the {what}", "left out") for lost in converted.lost]
        return converted.text

    def _told(self, made: tuple[Keys, Losses]) -> Keys:
        self.lost += made[1]
        return made[0]

    def _said(self, text: str, usual: Fraction) -> tuple[str, Fraction, str]:
        """An answer, what it earns (without a weight the usual), and what is said to it."""
        answer, _, feedback = text.strip().partition("#")
        earned = usual
        if found := WEIGHT.match(answer):
            answer, earned = answer[found.end():], share(found[1])
        return answer.strip(), earned, self.line(feedback, "feedback")

    def _choices(self, text: str) -> Keys:
        options = []
        for part in _parts(text.replace("=", "~="), "~"):
            right = part.startswith("=")
            answer, earned, feedback = (part[1:].partition("#")[0], Fraction(1), self.line(part.partition("#")[2], "feedback")) if right else self._said(part, Fraction(0))
            options.append(Said(text=self.line(answer, "choices"), share=earned, feedback=feedback))
        if about := tagged(self.tags, "about"):
            scale = ({"text": option.text} | ({"feedback": option.feedback} if option.feedback else {}) for option in options)
            return {"type": "survey", "about": about, "moment": tagged(self.tags, "moment") or "after", "scale": lettered(scale)}
        return self._told(choices(options, several="=" not in text))

    def _pairs(self, text: str) -> Keys:
        found, others = [], []
        for part in _parts(text, "="):
            left, arrow, right = part.partition("->")
            if not arrow:
                raise Unasked(f"'{release(part)[:40]}' has no -> in it")
            match = convert(release(right), "plain", line=True).text
            if left.strip():
                found.append((self.line(left, "left sides"), match))
            else:
                others.append(match)
        return self._told(pairs(found, others))

    def _truth(self, text: str) -> Keys:
        answer, *said = (part.strip() for part in text.split("#", 2))
        wrong, right = (self.line(part, "feedback") for part in (*said, "", "")[:2])
        return {"type": "true-false", "answer": answer in TRUE, "feedback": {"right": right, "wrong": wrong}}

    def _texts(self, text: str) -> Keys:
        found, otherwise = [], ""
        for part in _parts(text, "="):
            answer, earned, feedback = self._said(part, Fraction(1))
            answer = release(answer)
            if answer == "*" and earned <= 0:
                otherwise = feedback
                continue
            written, stars = unstarred(answer)
            if stars:
                self.lost.append((f"* for any text in '{answer}'", f"'{written}' alone" if written else "the answer is left out"))
            if written:
                found.append(Said(text=written, share=earned, feedback=feedback))
        return self._told(texts(found, otherwise, language=language_of(self.tags), text_language=tagged(self.tags, "text-language")))

    def _numbers(self, text: str) -> Keys:
        text, _, wrong = text.partition("~")
        found, otherwise = [], self.line(wrong.partition("#")[2], "feedback")
        for part in _parts(text, "="):
            answer, earned, feedback = self._said(part, Fraction(1))
            if answer == "*":
                otherwise = feedback
                continue
            middle, off = _number(answer)
            found.append(Counted(middle=middle, off=off, share=earned, feedback=feedback))
        return self._told(numbers(found, otherwise))

    def _order(self, text: str) -> Keys:
        found = ORDER.match(text)
        if not found:
            raise Unasked("no items to be put in order")
        rules = {name: rule for rule, name in GRADING.items()}
        if found[2] not in ("ALL", "EXACT", ""):
            self.lost.append((f"a part of the items ({found[2]})", "all of them"))
        if found[3] not in rules:
            self.lost.append((f"the rule {found[3] or 'of the system'}", "every item in its place earns an equal share"))
        items = ({"text": self.line(line, "items")} for line in found[4].split("\n") if line.strip())
        return {"type": "order", "items": lettered_by_text(items), "credit": rules.get(found[3], "absolute-position")}


def _parts(text: str, sign: str) -> list[str]:
    """What a sign begins; before the first one there may be nothing."""
    first, *rest = (part.strip() for part in text.split(sign))
    return [first, *rest] if first else rest


def _number(text: str) -> tuple[Decimal, Decimal]:
    """`1822`, `1822:5` and `1820..1825` as a middle and how far off it still counts."""
    if found := RANGE.fullmatch(text):
        low, high = number_in(found[1]), number_in(found[2])
        return (low + high) / 2, abs(high - low) / 2
    middle, _, off = text.partition(":")
    return number_in(release(middle)), abs(number_in(off or "0"))
