"""Somebody's item, as far as a bank wants to know it: what is asked, what can be answered, what an answer earns and is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from markupsafe import escape

from quizzes.exchange.markdown import Converted, to_line, to_markdown
from quizzes.exchange.qti.processing import EXPLAINED
from quizzes.exchange.qti.run import Processing, Unknown, Value
from quizzes.exchange.qti.xml import HTML, LANGUAGE
from quizzes.exchange.rebuilding import Unasked

MOST = 400  # things that can be chosen from: the cells of the largest table
SILENT = frozenset(("feedbackBlock", "feedbackInline", "modalFeedback", "rubricBlock", "templateBlock", "templateInline", "infoControl", "stylesheet"))
GONE = frozenset(("img", "object", "picture", "figure", "audio", "video", "math", "svg", "script", "style", "iframe", "embed", "canvas"))  # not of a text
# Classes of what an export adds to an author's text
NOTED = frozenset(("quiz-sources", "quiz-label", "quiz-span", "quiz-limit", "quiz-unit", "quiz-model", "quiz-rubric"))


@dataclass(frozen=True, kw_only=True)
class Box:
    """One interaction: the name of its response, and the things that can be chosen, each an identifier and an element."""

    name: str
    element: Element
    base: str
    several: bool
    correct: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.element.tag

    @property
    def line(self) -> int:
        return getattr(self.element, "line", 1)

    def things(self, tag: str) -> list[Element]:
        found = [one for one in self.element.iter(tag) if one.get("identifier")]
        if len(found) > MOST:
            raise Unasked(f"{len(found)} things to choose from, of at most {MOST}")
        return found


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What an answer earned, and the feedback that it had shown, each with the outcome that shows it."""

    score: float
    said: tuple[Element, ...]


@dataclass
class Given:
    """An item under the names of 2.1. Raises Unknown for what is not understood."""

    root: Element
    place: str = ""
    points: float | None = None  # where something beside the item says so
    neutral: bool = False  # whether its identifiers are known to tell nothing of the key
    lost: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.processing = Processing(self.root)
        self.ours = EXPLAINED in self.processing.outcomes
        self.neutral = self.neutral or self.ours
        found = self.root.find("itemBody")
        if found is None:
            raise Unknown("an item without a body", getattr(self.root, "line", 1))
        self.body = found
        self.language = self.root.get(LANGUAGE, "")
        self.boxes = [self._box(one) for one in self.body.iter() if one.tag.endswith("Interaction") and one.tag != "endAttemptInteraction"]

    def _box(self, element: Element) -> Box:
        name = element.get("responseIdentifier", "")
        declared = self.processing.responses.get(name)
        if declared is None:
            raise Unknown(f"an interaction whose response '{name[:40]}' is not declared", getattr(element, "line", 1))
        correct = self.processing.correct(name)
        right = correct if isinstance(correct, list) else [] if correct is None else [correct]
        return Box(name=name, element=element, base=declared.get("baseType", "identifier"), several=declared.get("cardinality", "single") != "single",
                   correct=tuple(str(one) for one in right))

    def run(self, responses: Mapping[str, Value]) -> Ran:
        """What an answer gives."""
        outcomes = self.processing.run(responses)
        score = outcomes.get("SCORE", outcomes.get(self._scored, 0))
        return Ran(score=float(score) if isinstance(score, int | float) else 0.0, said=tuple(one for one in self._feedback if _is_shown(one, outcomes)))

    @cached_property
    def _scored(self) -> str:
        """The outcome that holds the points where none is called SCORE."""
        numbers = [name for name, one in self.processing.outcomes.items() if one.get("baseType") in ("float", "integer") and name != "MAXSCORE"]
        return numbers[0] if numbers else ""

    @cached_property
    def _feedback(self) -> list[Element]:
        return [one for one in self.root.iter() if one.tag in ("feedbackInline", "feedbackBlock", "modalFeedback")]

    @cached_property
    def top(self) -> float:
        """The most that can be earned: what is declared, or what the correct answer earns, or 1."""
        declared = self.processing.outcomes.get("MAXSCORE")
        value = self.processing.run({}).get("MAXSCORE") if declared is not None else None
        if value is None and (one := self.processing.outcomes.get("SCORE")) is not None and one.get("normalMaximum"):
            value = one.get("normalMaximum")
        if value is None:
            value = self.run({box.name: list(box.correct) if box.several else next(iter(box.correct), None) for box in self.boxes}).score or 1
        return float(value)

    def share(self, responses: Mapping[str, Value]) -> float:
        """What an answer earns of the most, from 0 to 1."""
        return min(max(self.run(responses).score / self.top, 0.0), 1.0) if self.top > 0 else 0.0

    def markdown(self, *parts: Element) -> str:
        """What is inside of some elements as blocks of Markdown."""
        return self._noting(to_markdown("".join(map(inner_html, parts))), parts)

    def line(self, *parts: Element) -> str:
        """What is inside of some elements as one run of Markdown."""
        return self._noting(to_line("".join(map(inner_html, parts))), parts)

    def _noting(self, converted: Converted, parts: Iterable[Element]) -> str:
        gone = dict.fromkeys(f"<{one.tag}>" for part in parts for one in part.iter() if one.tag in GONE)
        for what in (*gone, *converted.lost):
            if (loss := (what, "left out of the text")) not in self.lost:
                self.lost.append(loss)
        return converted.text


def _is_shown(feedback: Element, outcomes: Mapping[str, Value]) -> bool:
    value, id_ = outcomes.get(feedback.get("outcomeIdentifier", "")), feedback.get("identifier", "")
    met = id_ in value if isinstance(value, list) else value is not None and str(value) == id_
    return met == (feedback.get("showHide", "show") == "show")


def inner_html(element: Element) -> str:
    """What is inside of an element as HTML: no interactions, feedback or rubrics, and nothing that an export added."""
    made = str(escape(element.text or ""))
    for child in element:
        made += outer_html(child) + str(escape(child.tail or ""))
    return made


def outer_html(element: Element) -> str:
    classes = element.get("class", "").split()
    if element.tag in SILENT or element.tag in GONE or element.tag.endswith("Interaction") or NOTED & set(classes):
        return ""
    if element.tag not in HTML:
        return inner_html(element)
    name = "s" if "quiz-struck" in classes else element.tag
    kept = "".join(f' {key}="{escape(value)}"' for key, value in element.attrib.items() if not key.startswith("{"))
    return f"<{name}{kept}>" if name in ("br", "hr", "img", "col") else f"<{name}{kept}>{inner_html(element)}</{name}>"


def without(root: Element, *gone: Element) -> Element:
    """A copy of an element without some of those inside it; the text after them stays."""
    marked = {id(one) for one in gone}
    made = deepcopy(root)
    pairs = list(zip(root.iter(), made.iter(), strict=True))
    for (parent, copied) in pairs:
        for n in reversed(range(len(parent))):
            if id(parent[n]) in marked:
                tail = copied[n].tail or ""
                if n:
                    copied[n - 1].tail = (copied[n - 1].tail or "") + tail
                else:
                    copied.text = (copied.text or "") + tail
                del copied[n]
    return made
