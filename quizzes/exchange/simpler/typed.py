"""Questions whose answer is typed, as intervals and as lists of spellings; and texts with gaps of either or with choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from quizzes import spelling
from quizzes.choices import WithChoices
from quizzes.exchange.markdown import to_line
from quizzes.exchange.simpler.picked import as_choices
from quizzes.exchange.simpler.shapes import Form, Forms, Gap, Interval
from quizzes.model import Question
from quizzes.text import block, inline
from quizzes.types import cloze, number, short_text, timeline
from quizzes.words import words as words_of


def as_intervals(question: Question) -> tuple[Interval, ...]:
    """A number's key and cases, in the order in which they are tried. Nothing for other types."""
    if not isinstance(question, number.QuestionType):
        return ()
    key = number.Case(answer=question.answer, tolerance=question.tolerance, credit=1, feedback=question.feedback.right)
    return tuple(Interval(middle=Decimal(str(case.answer)), off=_off(case), share=Fraction(str(case.credit)), feedback=inline(case.feedback))
                 for case in (key, *question.cases))


def _off(case: number.Case) -> Decimal:
    if isinstance(case.tolerance, str):
        return abs(Decimal(str(case.answer))) * Decimal(case.tolerance.rstrip(" %")) / 100
    return Decimal(str(case.tolerance))


def as_forms(question: Question, *, any_case: bool | None = None) -> Forms | None:
    """Every spelling of a short text's answers and cases that a comparison letter by letter has to know, with the mark that each earns.

    None for other types. `any_case` is decided by the letters unless it is given.
    """
    if not isinstance(question, short_text.QuestionType):
        return None
    written = (question.answer, *question.accept, *(case.answer for case in question.cases))
    if any_case is None:
        any_case = not any(fold for text in written for *_, fold, _ in spelling.spellings(text, question.of_language))
    others = (other for text in written for other in _others(text, question.of_language, any_case))
    texts: dict[str, str] = {}
    for text in (*written, *others):
        texts.setdefault(text.casefold() if any_case else text, text)
    forms = (_form(question, text) for text in texts.values() if question.found_wrong(text) is None)
    return Forms(forms=tuple(form for form in forms if form.share or form.feedback != inline(question.feedback.wrong)),
                 any_case=any_case, otherwise=inline(question.feedback.wrong))


def _form(question: short_text.QuestionType, text: str) -> Form:
    mark = question.judge(text)
    said = inline(to_line("<br>".join(mark.feedback)).text)  # as Markdown alone makes it
    return Form(text=text, share=Fraction(str(mark.points)) / Fraction(str(mark.out_of)), feedback=said)


def _others(text: str, language: str, any_case: bool) -> Iterator[str]:
    """Other spellings: in Latin letters, on a keyboard without the letters of the language, and where case counts in each case."""
    for written, exact, fold, own in spelling.spellings(text, language):
        bare = " ".join(spelling.loosen(exact, fold).words)
        for other in (written if own else exact, bare):
            cases = _cases(other, fold if other != bare else "")
            yield from cases if not any_case else (other, cases[2]) if fold else (other,)


def _cases(text: str, fold: str) -> tuple[str, str, str, str]:
    """A text as it is, in small letters, in capitals, and with a capital at the head of every word."""
    small = spelling.lower(text, fold)
    large = small.replace("i", "İ").upper() if fold else small.upper()
    heads = "".join(big if n == 0 or small[n - 1] in " -" else letter for n, (letter, big) in enumerate(zip(small, large, strict=False)))
    return text, small, large, heads


def as_gaps(question: Question) -> tuple[Markup | Gap, ...]:
    """A cloze, or a timeline, as HTML with gaps between; every gap earns an equal share. Nothing for other types."""
    if isinstance(question, cloze.QuestionType):
        return _cut(block(question.text), {gap.id: _gap(gap) for gap in question.gaps})
    if isinstance(question, timeline.QuestionType):
        lines = "\n".join(f"- {event.text.strip()}: {{{event.id}}}" for event in question.drawn)
        return _cut(block(lines), {event.id: _year(event, question) for event in question.drawn})
    return ()


def _cut(html: Markup, gaps: dict[str, Gap]) -> tuple[Markup | Gap, ...]:
    """HTML cut where a gap is named in its text, not in its tags."""
    pieces = cloze.TAG.split(html)
    cut = [part for n, piece in enumerate(pieces) for part in ([piece] if n % 2 else re.split(f"({cloze.NAMED.pattern[:2]}(?:{'|'.join(gaps)})}})", piece))]
    joined: list[Any] = [""]
    for part in cut:
        if part[:1] == "{" and part[1:-1] in gaps:
            joined += [gaps[part[1:-1]], ""]
        else:
            joined[-1] += part
    return tuple(Markup(part) if isinstance(part, str) else part for part in joined)


def _gap(gap: cloze.Gap) -> Gap:
    if isinstance(gap, WithChoices):
        return Gap(id=gap.id, choices=as_choices(gap))
    if isinstance(gap, short_text.QuestionType):
        return Gap(id=gap.id, forms=as_forms(gap))
    return Gap(id=gap.id, intervals=as_intervals(gap), otherwise=inline(gap.feedback.wrong))


def _year(event: timeline.Event, question: timeline.QuestionType) -> Gap:
    """An event's year as a number: right within its tolerance, half right within `near` years."""
    said, year = inline(event.feedback), Decimal(event.year)
    exact = Interval(middle=year, off=Decimal(event.tolerance), share=Fraction(1), feedback=Markup("{}.").format(words_of(question.language)["right"]))
    close = () if question.near is None else (Interval(middle=year, off=Decimal(question.near), share=Fraction(1, 2), feedback=said),)
    return Gap(id=event.id, intervals=(exact, *close), otherwise=said)
