"""Questions that are answered by picking: choices, a statement, a verdict, passages, cells, bars, places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.exchange.qti.parts import FEEDBACK, RESPONSE, Parts, Said, identifier, prompt
from quizzes.exchange.qti.pictures import picture
from quizzes.exchange.qti.processing import at_least, both, condition, copy, is_correct, look_up, mapped, outcome, picked, response, score, value, variable
from quizzes.exchange.qti.xml import Content, make
from quizzes.exchange.simpler import Choices, Option, as_choices
from quizzes.model import Question
from quizzes.picking import Picking
from quizzes.text import inline
from quizzes.types import hotspot, locate, mark_text, true_false


def choices(question: Question) -> Parts:
    """One choice, many choices, a statement: a list."""
    asked = as_choices(question)
    return _marked(question, asked, _list(question, asked))


def verdicts(question: Question) -> Parts:
    """A survey: a list that earns nothing."""
    parts = _marked(question, as_choices(question), _list(question, as_choices(question), "quiz-survey"))
    parts.losses.append(("whether a survey is asked before or after the reading", "asked like any other question"))
    return parts


def places(question: locate.QuestionType) -> Parts:
    """Places on a map: a list of their names, below a picture of the map."""
    parts = _marked(question, as_choices(question), _list(question, as_choices(question), "quiz-places"))
    path, drawn, shown = picture(question)
    parts.files[path] = drawn
    parts.before.append(shown)
    parts.losses.append(("map", "asked as a list of its names, below a picture of it"))
    return parts


def passages(question: mark_text.QuestionType) -> Parts:
    """Passages of a text."""
    text: list[Content] = []
    for part in question.text:
        text += [" " if text else "", inline(part) if isinstance(part, str) else _hottext(part.id, inline(part.text))]
    return _marked(question, as_choices(question), _hot(question, make("p", None, text)))


def cells(question: hotspot.QuestionType) -> Parts:
    """Cells of a table, or bars, which become a table with their values."""
    if question.table:
        return _marked(question, as_choices(question), _hot(question, _table(question)))
    parts = _marked(question, as_choices(question), _hot(question, _bars(question)))
    parts.losses.append(("bars", "drawn as a table of their values"))
    return parts


def _table(question: hotspot.QuestionType) -> Element:
    table = question.table
    heads = [make("th", {"scope": "col"}, inline(text)) for text in table.columns]
    rows = [make("tr", None, [_cell(question, f"r{r}c{c}", text, c == 1) for c, text in enumerate(row, 1)]) for r, row in enumerate(table.rows, 1)]
    return make("table", {"class": "quiz-table"}, make("caption", None, inline(table.caption)), make("thead", None, make("tr", None, heads)),
                make("tbody", None, rows))


def _cell(question: hotspot.QuestionType, id_: str, text: str, first: bool) -> Element:
    inside: Content = _hottext(id_, inline(text)) if id_ in question.places else inline(text)
    return make("th", {"scope": "row"}, inside) if first else make("td", None, inside)


def _bars(question: hotspot.QuestionType) -> Element:
    rows = [make("tr", None, make("th", {"scope": "row"}, _hottext(bar.id, inline(bar.label))), make("td", None, f"{bar.value:.12g}"))
            for bar in question.bars.items]
    unit = make("tr", None, make("td"), make("th", {"scope": "col"}, question.bars.unit)) if question.bars.unit else None
    return make("table", {"class": "quiz-bars"}, make("caption", None, inline(question.bars.caption)),
                make("thead", None, unit) if unit is not None else None, make("tbody", None, rows))


def _list(question: Question, asked: Choices, kind: str | None = None) -> Element:
    options = [make("simpleChoice", {"identifier": identifier(option.id)}, option.text) for option in asked.options]
    return make("choiceInteraction", {"responseIdentifier": RESPONSE, "class": kind, "shuffle": asked.shuffle,
                                      "maxChoices": 0 if asked.several else 1}, prompt(question), options)


def _hot(question: Picking, *content: Content) -> Element:
    return make("hottextInteraction", {"responseIdentifier": RESPONSE, "maxChoices": 0 if question.several else 1}, prompt(question), content)


def _hottext(id_: str, text: Markup) -> Element:
    return make("hottext", {"identifier": identifier(id_)}, text)


def _marked(question: Question, asked: Choices, interaction: Element) -> Parts:
    """The parts of a question with a list of options, however it is shown; every option that is picked has its feedback shown."""
    many = "multiple" if asked.several else "single"
    said = [Said(outcome=FEEDBACK, id=identifier(option.id), html=option.feedback) for option in asked.options if option.feedback]
    declared, rules = _several(question, asked) if asked.several else _one(question, asked.options)
    return Parts(responses=[declared], interaction=interaction, said=said, outcomes=[outcome(FEEDBACK, "identifier", cardinality=many)] if said else [],
                 processing=rules + ([copy(FEEDBACK, RESPONSE)] if said else []))


def _one(question: Question, options: Sequence[Option]) -> tuple[Element, list[Element]]:
    """One option: the points of each that earns any."""
    earned = {option.id: question.mark(_answer(question, option.id)).points for option in options}
    right = [identifier(id_) for id_, points in earned.items() if points and points == question.points]
    rules = condition((picked(RESPONSE, identifier(id_)), [score(points)]) for id_, points in earned.items() if points)
    return response(RESPONSE, "single", "identifier", right), rules


def _answer(question: Question, id_: str) -> Any:
    return id_ == "true" if isinstance(question, true_false.QuestionType) else id_


def _several(question: Question, asked: Choices) -> tuple[Element, list[Element]]:
    """Several options, by the question's own rule: right ones less wrong ones, the worst of too many, or all or nothing."""
    key = [option.id for option in asked.options if option.share > 0]
    right = [identifier(id_) for id_ in key]
    if asked.credit == "all-or-nothing":
        return response(RESPONSE, "multiple", "identifier", right), condition([(is_correct(RESPONSE), [score(question.mark(key).points)])])
    points = {n: question.mark(key[:n]).points for n in range(1, len(key) + 1)}
    wrong = -1 if asked.credit == "multiple-choice" else 0
    mapping = {identifier(option.id): 1 if option.share > 0 else wrong for option in asked.options}
    declared = response(RESPONSE, "multiple", "identifier", right, mapping)
    if asked.credit == "multiple-choice":
        return declared, look_up(mapped(RESPONSE), points)
    too_many = make("subtract", None, make("containerSize", None, variable(RESPONSE)), mapped(RESPONSE))
    return declared, condition(
        (both(at_least(mapped(RESPONSE), n), make("lte", None, too_many, value("integer", len(key) - n))), [score(earned)])
        for n, earned in sorted(points.items(), reverse=True))
