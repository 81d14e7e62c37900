"""Gaps as Moodle writes them into a text: `{1:MULTICHOICE:=right#feedback~%50%half}` (MoodleDocs, "Embedded Answers (Cloze)").

What stands in a gap is written with HTML's entities for every sign that the notation uses; Moodle decodes it once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from quizzes.exchange.moodle.fractions import grade, share
from quizzes.exchange.simpler import Gap

KINDS = {  # how a kind may be written -> what it is
    **dict.fromkeys(("NUMERICAL", "NM"), "number"),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), "text"), **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), "exact text"),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS",
                     "MULTICHOICE_HS", "MCHS"), "choice"),
    **dict.fromkeys(("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"), "choices")}
GAP = re.compile(r"\{([0-9]{0,4}):(" + "|".join(KINDS) + r"):([^\\}]*+(?:\\.[^\\}]*+)*+)\}", re.DOTALL)
ANSWER = re.compile(r"(=|%(-?[0-9]{1,6}(?:[.,][0-9]{0,20})?)%)?((?:\\.|&(?:amp;)?#|[^\\#])*)(?:#(.*))?", re.DOTALL)
SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "#": "&#35;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"})


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """An answer in a gap: `text` is HTML in a choice, plain otherwise."""

    text: str
    share: Fraction
    feedback: str
    off: str = "0"  # how far a number may be off


@dataclass(frozen=True, kw_only=True)
class Hole:
    """A gap that stood in a text."""

    weight: int
    kind: str
    answers: tuple[Embedded, ...]


def write_gap(gap: Gap, weight: int) -> tuple[str, list[Fraction]]:
    """A gap as it stands in the text, and the shares in it that Moodle does not have."""
    if gap.choices:
        kind, answers = "MULTICHOICE", [(option.text, option.share, option.feedback) for option in gap.choices.options]
    elif gap.forms:
        kind = "SHORTANSWER" if gap.forms.any_case else "SHORTANSWER_C"
        answers = [(starred(form.text), form.share, form.feedback) for form in gap.forms.forms] + [("*", Fraction(0), gap.forms.otherwise)]
    else:
        kind = "NUMERICAL"
        answers = [(f"{one.middle:f}:{one.off:f}", one.share, one.feedback) for one in gap.intervals] + [("*", Fraction(0), gap.otherwise)]
    written = "~".join(_answer(*answer) for answer in answers)
    return f"{{{weight}:{kind}:{written}}}", [share for _, share, _ in answers if not grade(share)[1]]


def _answer(text: str, share: Fraction, feedback: Markup) -> str:
    earns = "=" if share == 1 else f"%{grade(share)[0]}%"
    return f"{earns}{str(text).translate(SIGNS)}" + (f"#{str(feedback).translate(SIGNS)}" if feedback else "")


def starred(text: str) -> str:
    """A text in which no star stands for anything else."""
    return text.replace("*", r"\*")


def unstarred(text: str) -> tuple[str, bool]:
    """A text without the stars that stand for any text, and whether there were any."""
    written = re.sub(r"(?<!\\)\*+", "", text)
    return written.replace(r"\*", "*").strip(), written != text


def read_gaps(text: str) -> Iterator[str | Hole]:
    """A text cut into what stands between the gaps, and the gaps."""
    at = 0
    for found in GAP.finditer(text):
        yield text[at:found.start()]
        yield Hole(weight=int(found[1] or 1), kind=KINDS[found[2]], answers=tuple(_read_answers(found[3], KINDS[found[2]])))
        at = found.end()
    yield text[at:]


def _read_answers(text: str, kind: str) -> Iterator[Embedded]:
    for part in re.split(r"(?<!\\)~", text):
        mark, per_cent, answer, feedback = ANSWER.fullmatch(part).groups()
        earned = Fraction(1) if mark == "=" else share(per_cent) if per_cent else Fraction(0)
        answer, _, off = _plain(answer).partition(":") if kind == "number" else (_plain(answer), "", "")
        yield Embedded(text=answer.strip(), share=earned, feedback=_plain(feedback or ""), off=off or "0")


def _plain(text: str) -> str:
    return re.sub(r"\\([#}~\\])", r"\1", html.unescape(text)).strip()
