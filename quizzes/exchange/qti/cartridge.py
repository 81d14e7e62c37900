"""Questions as items of a Common Cartridge: a choice, several choices, true or false, a text, an essay. Others are asked piece by piece.

What a cartridge can say is less than QTI 1.2 (Common Cartridge 1.1, "QTI 1.2.1 profile"); what Moodle makes of it decided where that leaves
a choice: true and false are called so, `case` marks the right ones of several, and the feedback of a pick stands in the condition of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from markupsafe import Markup

from quizzes.bank import Bank
from quizzes.drawing import explanation
from quizzes.exchange import Loss
from quizzes.exchange.qti.classic import ALL, ONE, Classic, choose, equals, html, material, other, when, write
from quizzes.exchange.qti.item import title
from quizzes.exchange.qti.xml import lost_in, make
from quizzes.exchange.simpler import Choices, Forms, Gap, Interval, Left, Option, as_choices, as_forms, as_gaps, as_intervals, as_pairs, shown
from quizzes.model import Question
from quizzes.text import block, inline
from quizzes.types import classify, cloze, match, number, open_answer, order, short_text, timeline, true_false
from quizzes.words import words as words_of

MOST_YEARS = 41  # within a tolerance, that are listed
SPELT = ("spelling: nearly right forms, others than those listed, and notes on it", "marked wrong, capitals apart; no notes")
UNSAID = ("what is said to a wrong answer that is typed", "left out")
WRITTEN = ("numbers within a tolerance, half right numbers", "the number itself, with a point or a comma")
PARTLY = ("parts of the points for an answer", "only what is wholly right earns points")


@dataclass
class Pieces:
    """The items that one question becomes."""

    bank: Bank
    question: Question
    made: list[Classic] = field(default_factory=list)
    losses: list[tuple[str, str]] = field(default_factory=list)

    def add(self, profile: str, part: str = "", more: str = "", parts: int = 1) -> Classic:
        """Another item, of one of so many parts of the question: its own id, and what it asks beside the stem."""
        question = self.question
        points = question.points / parts
        weight = max(1, round(points)) if points else 0
        if weight != points and (loss := (f"{points:.3g} points", f"{weight}, as Moodle takes whole points only")) not in self.losses:
            self.losses.append(loss)
        item = Classic(ident=f"{question.id}.{part}" if part else question.id, title=title(question), stem=html(shown(question), more),
                       fields={"cc_profile": f"cc.{profile}.v0p1", "cc_weighting": str(weight)})
        item.conditions.append(when(other(), said=item.said_as("general_fb", html(explanation(self.bank, question))), more=True))
        self.made.append(item)
        return item


def items(bank: Bank, question: Question) -> tuple[list[Classic], list[Loss]]:
    """The items of a question, and what they cannot say."""
    pieces = Pieces(bank, question)
    special: dict[type, Callable[[Pieces], None]] = {
        short_text.QuestionType: _text, number.QuestionType: _number, order.QuestionType: _order, cloze.QuestionType: _gaps,
        timeline.QuestionType: _years, open_answer.QuestionType: _essay, match.QuestionType: _pairs, classify.QuestionType: _pairs}
    special.get(type(question), _choices)(pieces)
    html_of = "".join(text for item in pieces.made for text in (item.stem, *item.said.values()))
    lost = [*pieces.losses, *([("hints", "left out")] if question.hints else []), *lost_in(html_of)]
    return pieces.made, [Loss(question=question.id, lost=what, instead=instead) for what, instead in lost]


def _choices(pieces: Pieces) -> None:
    asked = as_choices(pieces.question)
    pieces.losses += asked.losses
    if asked.several:
        _several(pieces, asked)
        return
    if any(0 < option.share < 1 for option in asked.options):
        pieces.losses.append(PARTLY)
    _pick(pieces.add("true_false" if isinstance(pieces.question, true_false.QuestionType) else "multiple_choice"), asked.options)


def _pick(item: Classic, options: tuple[Option, ...]) -> None:
    """One of some options: each has a condition with its points and its feedback."""
    item.responses.append(choose(ONE, [(option.id, material(option.text)) for option in options]))
    item.conditions += [when(equals(option.id), score=ALL if option.share == 1 else None, said=item.say(option.feedback)) for option in options
                        if option.share == 1 or option.feedback]


def _several(pieces: Pieces, asked: Choices) -> None:
    """Points first, then feedback: Moodle shows what a condition says that lets others follow to everybody."""
    pieces.losses.append((f"the rule '{asked.credit}'", "all of the right ones and no other, or as the system marks several choices"))
    item = pieces.add("multiple_response")
    item.responses.append(choose(ONE, [(option.id, material(option.text)) for option in asked.options], several=True))
    tests = [equals(option.id, case="Yes") if option.share > 0 else make("not", None, equals(option.id, case="Yes")) for option in asked.options]
    item.conditions.append(when(make("and", None, tests), score=ALL, more=True))
    item.conditions += [when(equals(option.id), said=item.say(option.feedback)) for option in asked.options if option.feedback]


def _text(pieces: Pieces) -> None:
    forms = as_forms(pieces.question)
    pieces.losses += [SPELT, UNSAID, *([PARTLY] if any(0 < form.share < 1 for form in forms.forms) else [])]
    _type(pieces.add("fib"), _right(forms), inline(pieces.question.feedback.right))


def _right(forms: Forms) -> list[str]:
    """The texts that are wholly right, each once whatever its capitals."""
    texts: dict[str, str] = {}
    for form in forms.forms:
        if form.share == 1:
            texts.setdefault(form.text.lower(), form.text)
    return list(texts.values())


def _type(item: Classic, texts: list[str], said: Markup = Markup()) -> None:
    """A text to be typed: those that are right."""
    item.responses.append(write())
    item.conditions.append(when([equals(text) for text in texts], score=ALL, said=item.say(said)))


def _number(pieces: Pieces) -> None:
    pieces.losses += [WRITTEN, UNSAID]
    item = pieces.add("fib", more=f"({pieces.question.unit})" if pieces.question.unit else "")
    _type(item, _digits(as_intervals(pieces.question)), inline(pieces.question.feedback.right))


def _digits(intervals: tuple[Interval, ...]) -> list[str]:
    numbers = [f"{one.middle:f}" for one in intervals if one.share == 1]
    return list(dict.fromkeys(text for number in numbers for text in (number, number.replace(".", ","))))


def _pairs(pieces: Pieces) -> None:
    asked = as_pairs(pieces.question)
    pieces.losses.append(("matching", "asked as a choice for each on the left"))
    if asked.all_or_nothing:
        pieces.losses.append(("all or nothing", "each choice earns its share"))
    _each(pieces, asked.lefts, dict(asked.rights))


def _each(pieces: Pieces, lefts: tuple[Left, ...], rights: dict[str, Markup]) -> None:
    """A choice for each thing on the left: what is on the right."""
    for left in lefts:
        item = pieces.add("multiple_choice", left.id, f"<strong>{left.text}</strong>", len(lefts))
        _pick(item, tuple(Option(id=id_, text=text, share=Fraction(id_ == left.right), feedback=Markup() if id_ == left.right else left.feedback)
                          for id_, text in rights.items()))


def _order(pieces: Pieces) -> None:
    question = pieces.question
    pieces.losses.append(("putting in order", "asked as a choice of the place of each"))
    if question.credit != "absolute-position":
        pieces.losses.append((f"the rule '{question.credit}'", "every item in its place earns an equal share"))
    right = {item.id: str(n) for n, item in enumerate(question.items, 1)}
    lefts = tuple(Left(id=item.id, text=inline(item.text), right=right[item.id], feedback=inline(item.feedback)) for item in question.drawn)
    _each(pieces, lefts, {place: Markup(place) for place in right.values()})


def _years(pieces: Pieces) -> None:
    question = pieces.question
    pieces.losses += [("line on which years are set", "asked as years to be typed, one at a time; a near one is wrong"), UNSAID]
    for event in question.drawn:
        around = event.tolerance if event.tolerance <= MOST_YEARS // 2 else 0
        item = pieces.add("fib", event.id, f"<strong>{inline(event.text)}</strong>", len(question.events))
        _type(item, [str(year) for year in sorted(range(event.year - around, event.year + around + 1), key=lambda year: abs(year - event.year))])


def _gaps(pieces: Pieces) -> None:
    """A gap at a time, the others shown by their numbers."""
    asked = as_gaps(pieces.question)
    gaps = [part for part in asked if isinstance(part, Gap)]
    words, numbers = words_of(pieces.question.language), {gap.id: n for n, gap in enumerate(gaps, 1)}
    text = "".join(f"<b>({numbers[part.id]})</b>" if isinstance(part, Gap) else part for part in asked)
    pieces.losses.append(("gaps in a text", "asked as an item for each gap"))
    for gap in gaps:
        more = html(text, f"<strong>{words['gap'].replace('{number}', str(numbers[gap.id]))}</strong>")
        if gap.choices:
            _pick(pieces.add("multiple_choice", gap.id, more, len(gaps)), gap.choices.options)
            continue
        pieces.losses += [loss for loss in (SPELT if gap.forms else WRITTEN, UNSAID) if loss not in pieces.losses]
        _type(pieces.add("fib", gap.id, more, len(gaps)), _right(gap.forms) if gap.forms else _digits(gap.intervals))


def _essay(pieces: Pieces) -> None:
    question = pieces.question
    item = pieces.add("essay")
    item.fields["qmd_computerscored"] = "No"
    item.responses.append(write())
    criteria = Markup("<ul>{}</ul>").format(Markup().join(Markup("<li>{} ({})</li>").format(inline(one.text), f"{one.points:g}") for one in question.rubric))
    item.said["general_fb"] = html(block(question.model), item.said["general_fb"], criteria)
    pieces.losses.append(("marking by the writer, who ticks the criteria", "a person gives the points; the criteria stand in the feedback"))
