"""A question as an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.bank import Bank
from quizzes.drawing import explanation
from quizzes.exchange import Loss
from quizzes.exchange.qti import picked, placed, typed
from quizzes.exchange.qti.parts import Builder, Parts, Said, identifier, whole_stem
from quizzes.exchange.qti.processing import EXPLAINED, SHOWN, outcome, put
from quizzes.exchange.qti.xml import lost_in, make
from quizzes.model import Question, plain
from quizzes.text import block, stem

BUILDERS: dict[str, Builder] = {
    "one-choice": picked.choices, "many-choices": picked.choices, "true-false": picked.choices, "survey": picked.verdicts,
    "locate": picked.places, "mark-text": picked.passages, "hotspot": picked.cells,
    "match": placed.pairs, "classify": placed.pairs, "order": placed.in_order,
    "timeline": typed.years, "number": typed.one_number, "short-text": typed.one_text, "cloze": typed.gaps, "open-answer": typed.essay,
}
LONGEST = 80  # characters of a title


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item, what it needs beside it, and what it cannot say."""

    question: Question
    root: Element
    files: dict[str, bytes]
    losses: tuple[Loss, ...]

    @property
    def interactions(self) -> tuple[str, ...]:
        """The kinds of its interactions, each once."""
        return tuple(dict.fromkeys(part.tag for part in self.root.iter() if part.tag.endswith("Interaction")))


def build(bank: Bank, question: Question) -> Item:
    """The item of a question."""
    parts = BUILDERS[question.type](question)
    said = Said(outcome=EXPLAINED, id=SHOWN, html=explanation(bank, question))
    root = make("assessmentItem", {"identifier": identifier(question.id), "title": title(question), "adaptive": False, "timeDependent": False,
                                   "xml:lang": question.language},
                parts.responses, _points(question, parts), parts.outcomes, outcome(EXPLAINED, "identifier"),
                _body(question, parts, said),
                make("responseProcessing", None, parts.processing, put(EXPLAINED, "identifier", SHOWN)))
    losses = tuple(Loss(question=question.id, lost=lost, instead=instead) for lost, instead in [*parts.losses, *_lost(question, parts, said)])
    return Item(question=question, root=root, files=parts.files, losses=losses)


def title(question: Question) -> str:
    """The beginning of the stem."""
    text = " ".join(stem(question.prompt)[0].striptags().split())
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def _points(question: Question, parts: Parts) -> Iterator[Element]:
    points = plain(question.points)
    yield outcome("SCORE", "float", 0, normalMaximum=points, externalScored="human" if parts.by_hand else None)
    yield outcome("MAXSCORE", "float", points)


def _body(question: Question, parts: Parts, explained: Said) -> Element:
    prompted = parts.interaction is not None and parts.interaction.find("prompt") is not None
    return make("itemBody", None, None if prompted else whole_stem(question), parts.before, parts.interaction, parts.after,
                [_feedback(said) for said in (*parts.said, explained)])


def _feedback(said: Said) -> Element:
    inside = said.html if said.html.startswith(("<p", "<ul", "<ol", "<table", "<blockquote", "<pre", "<h")) else make("p", None, said.html)
    return make("feedbackBlock", {"outcomeIdentifier": said.outcome, "identifier": said.id, "showHide": "show"}, inside)


def _lost(question: Question, parts: Parts, explained: Said) -> Iterator[tuple[str, str]]:
    if question.hints:
        yield "hints", "left out"
    html = Markup().join([block(question.prompt), explained.html, *(said.html for said in parts.said)])
    yield from lost_in(html)



