"""Questions that are answered by typing: a number, a name, a text with gaps, years on a line, an open answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from math import gcd
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.exchange.qti.parts import FEEDBACK, RESPONSE, Earning, Parts, Said, count, identifier, mark_part, prompt, units
from quizzes.exchange.qti.processing import either, look_up, missing, outcome, picked, put, reads, response, total, within
from quizzes.exchange.qti.processing import score as points_of
from quizzes.exchange.qti.xml import make
from quizzes.exchange.simpler import Choices, Form, Forms, Gap, Interval, as_forms, as_gaps, as_intervals
from quizzes.model import Question, plain
from quizzes.text import block, inline
from quizzes.types import cloze, number, open_answer, short_text, timeline
from quizzes.words import words as words_of

Gives = Callable[[float], list[Element]]  # the rules that give a share
WRITTEN = ("how numbers are written (decimal comma, thousands, units)", "read as the player reads a number")
SPELT = ("spelling: nearly right forms, and others than those listed", "marked wrong")


def one_number(question: number.QuestionType) -> Parts:
    """A number in a box."""
    parts = Parts(responses=[response(RESPONSE, "single", "float", [f"{Decimal(str(question.answer)):f}"])], losses=[WRITTEN])
    parts.after.append(make("p", None, _box(RESPONSE, 12), f" {question.unit}" if question.unit else None))
    _mark_number(parts, "", as_intervals(question), inline(question.feedback.wrong), "float", _points(question))
    return parts


def one_text(question: short_text.QuestionType) -> Parts:
    """A word or a name in a box."""
    parts = Parts(responses=[response(RESPONSE, "single", "string", [question.answer])], losses=[SPELT])
    parts.after.append(make("p", None, _box(RESPONSE, 30, question.of_language if question.text_language else None)))
    _mark_text(parts, "", as_forms(question), _points(question))
    return parts


def _points(question: Question) -> Gives:
    return lambda share: [points_of(plain(question.award(share, ()).points))] if share else []


def _box(name: str, length: int, language: str | None = None) -> Element:
    return make("textEntryInteraction", {"responseIdentifier": name, "expectedLength": length, "xml:lang": language})


def _mark_number(parts: Parts, name: str, intervals: Iterable[Interval], otherwise: Markup, kind: str, gives: Gives, label: Markup = Markup()) -> None:
    """A missing year is not the right one; a missing number is no answer."""
    nothing = Earning(test=missing(f"{RESPONSE}{name}"), html=otherwise if kind == "integer" else Markup())
    earnings = [Earning(test=within(f"{RESPONSE}{name}", f"{one.middle - one.off:f}", f"{one.middle + one.off:f}", kind), gives=gives(one.share),
                        html=_labelled(label, one.feedback)) for one in intervals]
    mark_part(parts, name, [nothing, *earnings], _labelled(label, otherwise))


def _mark_text(parts: Parts, name: str, forms: Forms, gives: Gives, label: Markup = Markup()) -> None:
    """Forms that earn the same and of which the same is said make one rule."""
    alike: dict[tuple[object, Markup], list[Form]] = {}
    for form in forms.forms:
        alike.setdefault((form.share, form.feedback), []).append(form)
    earnings = [Earning(test=either([reads(f"{RESPONSE}{name}", form.text, any_case=forms.any_case) for form in same]), gives=gives(share),
                        html=_labelled(label, feedback)) for (share, feedback), same in alike.items()]
    mark_part(parts, name, [Earning(test=missing(f"{RESPONSE}{name}")), *earnings], _labelled(label, forms.otherwise))


def _labelled(label: Markup, html: Markup) -> Markup:
    return label + html if html else html


def gaps(question: cloze.QuestionType) -> Parts:
    """A text or a table with gaps."""
    asked = as_gaps(question)
    worth = {gap.id: sorted(_shares(gap)) for gap in asked if isinstance(gap, Gap)}
    step = gcd(*(cloze.units(share) for shares in worth.values() for share in shares)) or 1
    parts, words = Parts(), words_of(question.language)
    counted = []
    for n, gap in enumerate((gap for gap in asked if isinstance(gap, Gap)), 1):
        counted.append(count(parts, f"-{gap.id}"))
        label = Markup('<span class="quiz-label"><strong>{}</strong>: </span>').format(words["gap"].replace("{number}", str(n)))
        _mark_gap(parts, gap, lambda share, to=counted[-1]: units(to, cloze.units(float(share)) // step), label, "float")
    parts.after.append(_with_gaps(question, asked))
    parts.processing += look_up(total(counted), {int(earned) // step: points for earned, (points, *_) in question.marking_part()["rows"].items()})
    parts.losses += [loss for loss, there in ((WRITTEN, any(gap.intervals for gap in asked if isinstance(gap, Gap))),
                                              (SPELT, any(gap.forms for gap in asked if isinstance(gap, Gap)))) if there]
    return parts


def _shares(gap: Gap) -> set[float]:
    one = gap.choices.options if gap.choices else gap.forms.forms if gap.forms else gap.intervals
    return {float(thing.share) for thing in one if thing.share}


def _mark_gap(parts: Parts, gap: Gap, gives: Gives, label: Markup, kind: str) -> None:
    name = f"-{gap.id}"
    if gap.choices:
        _mark_choice(parts, name, gap.choices, gives, label)
    elif gap.forms:
        parts.responses.append(response(f"{RESPONSE}{name}", "single", "string", [gap.forms.forms[0].text]))
        _mark_text(parts, name, gap.forms, gives, label)
    else:
        parts.responses.append(response(f"{RESPONSE}{name}", "single", kind, [f"{gap.intervals[0].middle:f}"]))
        _mark_number(parts, name, gap.intervals, gap.otherwise, kind, gives, label)


def _mark_choice(parts: Parts, name: str, choices: Choices, gives: Gives, label: Markup) -> None:
    right = [identifier(option.id) for option in choices.options if option.share == 1]
    parts.responses.append(response(f"{RESPONSE}{name}", "single", "identifier", right))
    mark_part(parts, name, [Earning(test=picked(f"{RESPONSE}{name}", identifier(option.id)), gives=gives(option.share), html=_labelled(label, option.feedback))
                            for option in choices.options])


def _with_gaps(question: Question, asked: tuple[Markup | Gap, ...]) -> Element:
    """A block of the text with an interaction wherever a gap stands."""
    text = Markup().join(Markup('<span id="{}"></span>').format(part.id) if isinstance(part, Gap) else part for part in asked)
    inside = make("div", {"class": f"quiz-{question.type}"}, text)
    of = {gap.id: gap for gap in getattr(question, "gaps", ())}
    found = {part.id: part for part in asked if isinstance(part, Gap)}
    for element in [element for element in inside.iter("span") if element.get("id") in found]:
        _become(element, found[element.get("id")], of.get(element.get("id")))
    return inside


def _become(element: Element, gap: Gap, of: cloze.Gap | None) -> None:
    """Turn a placeholder into the interaction of its gap."""
    if gap.choices:
        made = make("inlineChoiceInteraction", {"responseIdentifier": f"{RESPONSE}-{gap.id}", "shuffle": False},
                    [make("inlineChoice", {"identifier": identifier(option.id)}, option.text) for option in gap.choices.options])
    else:
        made = _box(f"{RESPONSE}-{gap.id}", 12 if gap.intervals else 20, getattr(of, "text_language", None))
    element.tag, element.attrib, element[:] = made.tag, made.attrib, made[:]
    if unit := getattr(of, "unit", None):
        element.tail = f" {unit}{element.tail or ''}"


def years(question: timeline.QuestionType) -> Parts:
    """Events with a box for the year of each."""
    parts, asked, counted = Parts(), as_gaps(question), []
    first, last = question.span
    events = [event.id for event in question.events]
    for gap in sorted((_silent(gap) for gap in asked if isinstance(gap, Gap)), key=lambda gap: events.index(gap.id)):
        counted.append(count(parts, f"-{gap.id}"))
        _mark_gap(parts, gap, lambda share, to=counted[-1]: units(to, int(share * question.marking.best)), Markup(), "integer")
    parts.after += [make("p", {"class": "quiz-span"}, f"{first} – {last}"), _with_gaps(question, asked)]
    parts.processing += look_up(total(counted), {n: points for n, (points, *_) in enumerate(question.marking_part()["rows"])})
    parts.losses.append(("line on which years are set", "asked as years to be typed"))
    return parts


def _silent(gap: Gap) -> Gap:
    """The gap of a year, to which nothing is said where it is right."""
    exact, *near = gap.intervals
    return replace(gap, intervals=(replace(exact, feedback=Markup()), *near))


def essay(question: open_answer.QuestionType) -> Parts:
    """An open answer, which a person marks by the criteria."""
    words = words_of(question.language)
    box = make("extendedTextInteraction", {"responseIdentifier": RESPONSE, "expectedLines": 8}, prompt(question))
    parts = Parts(responses=[response(RESPONSE, "single", "string")], interaction=box, by_hand=True, outcomes=[outcome(FEEDBACK, "identifier")],
                  said=[Said(outcome=FEEDBACK, id="model", html=block(question.model))], processing=[put(FEEDBACK, "identifier", "model")])
    if question.limit:
        parts.after.append(make("p", {"class": "quiz-limit"}, words["words-at-most"].replace("{limit}", str(question.limit))))
    criteria = make("ul", {"class": "quiz-rubric"}, map(_criterion, question.rubric))
    parts.after.append(make("rubricBlock", {"view": "scorer", "use": "scoring"}, criteria))
    parts.losses.append(("marking by the writer, who ticks the criteria", "a person gives the points; the criteria stand in the rubric for the scorer"))
    return parts


def _criterion(one: open_answer.Criterion) -> Element:
    points = make("span", {"class": "quiz-points"}, f"{plain(one.points)}")
    return make("li", {"id": f"criterion-{one.id}"}, make("span", None, inline(one.text)), " (", points, ")")
