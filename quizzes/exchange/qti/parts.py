"""What a type adds to an item: what is answered, how that is marked, what is said to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.exchange.qti.processing import QUIET, SHOWN, Rule, condition, outcome, put
from quizzes.exchange.qti.xml import Content, make
from quizzes.model import Question
from quizzes.text import stem

RESPONSE, FEEDBACK, UNITS = "RESPONSE", "FEEDBACK", "UNITS"


@dataclass(kw_only=True)
class Said:
    """A text that is shown where an outcome has a value."""

    outcome: str
    id: str
    html: Markup  # a run of text, or blocks


@dataclass(kw_only=True)
class Parts:
    """The pieces of one item that hang on the type of its question."""

    responses: list[Element] = field(default_factory=list)
    outcomes: list[Element] = field(default_factory=list)
    before: list[Content] = field(default_factory=list)  # blocks that stand before the interaction: a picture
    interaction: Element | None = None  # takes the prompt; without one the stem stands alone
    after: list[Content] = field(default_factory=list)  # other blocks, with interactions in them
    processing: list[Element] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    losses: list[tuple[str, str]] = field(default_factory=list)  # what is lost, what is done instead
    files: dict[str, bytes] = field(default_factory=dict)  # by path in the package
    by_hand: bool = False  # a person gives the points


Builder = Callable[[Question], Parts]


def identifier(id_: str) -> str:
    """An id as an identifier, which begins with a letter or an underscore."""
    return f"_{id_}" if id_[0].isdigit() else id_


def prompt(question: Question) -> Element | None:
    """The stem as the prompt of an interaction; None where it has blocks, which stand before the interaction."""
    first, more = stem(question.prompt)
    return None if more else make("prompt", None, first)


def whole_stem(question: Question) -> Element:
    """The stem as a block of its own."""
    first, more = stem(question.prompt)
    return make("div", {"class": "quiz-stem"}, make("p", None, first), more)


@dataclass(kw_only=True)
class Earning:
    """What an answer to one part that is marked by itself earns: a test, the rules that give points or units, and what is said."""

    test: Element
    gives: list[Element] = field(default_factory=list)
    html: Markup = Markup()


def count(parts: Parts, name: str) -> str:
    """An outcome for the units that a part earns; returns its name."""
    parts.outcomes.append(outcome(f"{UNITS}{name}", "integer", 0))
    return f"{UNITS}{name}"


def units(outcome: str, number: int) -> list[Element]:
    """The rules that give so many units."""
    return [put(outcome, "integer", number)] if number else []


def mark_part(parts: Parts, name: str, earnings: Iterable[Earning], otherwise: Markup = Markup()) -> None:
    """Add the marking of one part: the first test that holds gives what it gives, `otherwise` is said to anything else.

    Where nothing is to be said that is set, too: a player may go on showing what it said to another try.
    """
    feedback = f"{FEEDBACK}{name}"
    said: dict[Markup, str] = {}

    earnings = list(earnings)
    talks = any((otherwise, *(one.html for one in earnings)))

    def say(html: Markup) -> list[Element]:
        value = said.setdefault(html, f"{SHOWN}{len(said) + 1}") if html else QUIET
        return [put(feedback, "identifier", value)] if talks else []

    rules: list[Rule] = [(one.test, one.gives + say(one.html)) for one in earnings]
    parts.processing += condition(rules, say(otherwise))
    parts.outcomes += [outcome(feedback, "identifier")] if said else []
    parts.said += [Said(outcome=feedback, id=id_, html=html) for html, id_ in said.items()]
