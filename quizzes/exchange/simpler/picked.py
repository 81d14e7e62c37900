"""Questions whose answer is picked, as lists to pick from and as pairs; and the stem with all that a type shows beside its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from quizzes.exchange.simpler.shapes import Choices, Left, Option, Pairs
from quizzes.model import Question
from quizzes.picking import Picking
from quizzes.text import block, inline
from quizzes.types import classify, hotspot, locate, many_choices, mark_text, match, one_choice, survey, timeline, true_false
from quizzes.words import words as words_of


def shown(question: Question) -> Markup:
    """The whole stem as HTML: the prompt, and what the type shows beside its inputs (a table, bars, the text whose passages are marked).

    Made of Markdown alone, so that an import can read all of it back.
    """
    return block(question.prompt.strip() + "".join(f"\n\n{part}" for part in _beside(question)))


def _beside(question: Question) -> Iterator[str]:
    """Markdown of what a type shows beside its inputs."""
    if isinstance(question, hotspot.QuestionType) and question.table:
        yield question.table.caption.strip()
        yield _table(question.table.columns, question.table.rows)
    elif isinstance(question, hotspot.QuestionType):
        yield question.bars.caption.strip()
        yield _table(("", question.bars.unit or ""), [(bar.label, f"{bar.value:.12g}") for bar in question.bars.items])
    elif isinstance(question, mark_text.QuestionType) and any(isinstance(part, str) for part in question.text):
        yield " ".join((part if isinstance(part, str) else part.text).strip() for part in question.text)


def _table(head: Any, rows: Any) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(re.sub(r"(?<!\\)\|", r"\|", cell.strip()) for cell in line) + " |" for line in lines)


def as_choices(question: Question) -> Choices | None:
    """One-choice, many-choices, true-false (ids `true` and `false`), survey, locate, hotspot and mark-text as a list to pick from; None for others."""
    if isinstance(question, one_choice.QuestionType):
        return Choices(several=False, shuffle=question.shuffle, options=tuple(_option(choice, choice.share) for choice in question.choices))
    if isinstance(question, many_choices.QuestionType):
        each = Fraction(1, len(question.key))
        return Choices(several=True, shuffle=question.shuffle, credit=question.credit,
                       options=tuple(_option(choice, each if choice.correct else -each) for choice in question.choices))
    if isinstance(question, true_false.QuestionType):
        words = words_of(question.language)
        return Choices(several=False, shuffle=False, options=tuple(
            Option(id=id_, text=Markup(words[id_]), share=Fraction(value is question.answer), feedback=Markup(question.judge(value).feedback[0]))
            for id_, value in (("true", True), ("false", False))))
    if isinstance(question, survey.QuestionType):
        options = (Option(id=point.id, text=inline(point.text), share=Fraction(1), feedback=inline(point.feedback or "")) for point in question.scale)
        return Choices(several=False, shuffle=False, options=tuple(options), losses=(("survey", "asked as a choice worth no points, every answer right"),))
    return _as_list(question) if isinstance(question, Picking) else None


def _option(choice: Any, share: Fraction) -> Option:
    return Option(id=choice.id, text=inline(choice.text), share=share, feedback=inline(choice.feedback))


def _as_list(question: Picking) -> Choices:
    """A question of places as a list of their names."""
    each = Fraction(1, len(question.answer))
    wrong = -each if question.several else Fraction(0)
    options = tuple(Option(id=place, text=Markup(question.name_of(place)), share=each if place in question.answer else wrong,
                           feedback=inline(question.feedback.get(place) or question.feedback["other"])) for place in question.places)
    lost = {locate.QuestionType: ("map", "asked as a list of its names"),
            hotspot.QuestionType: ("picking in the table or chart", "asked as a list below it"),
            mark_text.QuestionType: ("marking in the text", "asked as a list of its passages")}[type(question)]
    return Choices(several=question.several, options=options, shuffle=False, credit=question.credit, losses=(lost,))


def as_pairs(question: Question) -> Pairs | None:
    """Match and classify as pairs; None for other types."""
    if isinstance(question, match.QuestionType):
        lefts = (Left(id=pair.id, text=inline(pair.text), right=question.rights[pair.match.strip()], feedback=inline(pair.feedback)) for pair in question.pairs)
        return Pairs(lefts=tuple(lefts), rights={id_: inline(text) for text, id_ in question.rights.items()},
                     all_or_nothing=question.credit == "all-or-nothing")
    if isinstance(question, classify.QuestionType):
        lefts = (Left(id=card.id, text=inline(card.text), right=card.group, feedback=inline(card.feedback)) for card in question.cards)
        return Pairs(lefts=tuple(lefts), rights={group.id: inline(group.text) for group in question.groups},
                     all_or_nothing=question.credit == "all-or-nothing", losses=(("groups to sort into", "asked as matching, each card with its group"),))
    return None


def as_years(question: timeline.QuestionType) -> Pairs:
    """A timeline as pairs of events and years, for formats in which a question has one number at most."""
    years = sorted({event.year for event in question.events})
    lefts = (Left(id=event.id, text=inline(event.text), right=str(event.year), feedback=inline(event.feedback)) for event in question.drawn)
    return Pairs(lefts=tuple(lefts), rights={str(year): Markup(year) for year in years}, all_or_nothing=question.credit == "all-or-nothing",
                 losses=(("time line", "asked as matching, each event with its year out of all"),))
