"""Items of QTI 1.2 as items of QTI 2.1, so that one reader reads both: the kinds of Canvas and of Common Cartridges, and what is like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from quizzes.exchange.qti.conditions import Answered, Conditions, left, number_in, number_of, shown, text_of
from quizzes.exchange.qti.given import Given
from quizzes.exchange.qti.processing import SHOWN, outcome, response
from quizzes.exchange.qti.run import Unknown
from quizzes.exchange.qti.soup import elements
from quizzes.exchange.qti.xml import LANGUAGE, Content, make

BLANK = re.compile(r"\[([\w-]+)\]")
NUMERIC = ("numerical_question", "numeric")


class Translator:
    """One item; `fields` are its metadata by label."""

    def __init__(self, item: Element) -> None:
        self.item = item
        self.fields = {text_of(one.find("fieldlabel")): text_of(one.find("fieldentry")) for one in item.iter("qtimetadatafield")}
        self.type = self.fields.get("question_type", "")
        self.conditions = list(item.iter("respcondition"))
        self.answered = [self._answered(one) for one in item.iter() if re.fullmatch("response_(lid|str|num|xy|grp)", one.tag)]
        self.by_name = {one.name: one for one in self.answered}

    def _answered(self, element: Element) -> Answered:
        name, line = element.get("ident", ""), getattr(element, "line", 1)
        strange = next((one.tag for one in element.iter() if one.tag in ("render_hotspot", "render_slider")), None)
        if strange or element.tag in ("response_xy", "response_grp"):
            raise Unknown(f"a {strange or element.tag}", line)
        options = [(one.get("ident", ""), _html(one)) for one in element.iter("response_label")]
        if element.tag == "response_lid":
            kind = "order" if element.get("rcardinality") == "Ordered" else "blank" if self.type == "fill_in_multiple_blanks_question" else "choice"
            return Answered(name, element, kind, options)
        fib = {one.get("fibtype") for one in element.iter("render_fib")}
        numeric = element.tag == "response_num" or self.type in NUMERIC or bool(fib & {"Decimal", "Integer"})
        essay = self.type == "essay_question" or self.fields.get("cc_profile", "").startswith("cc.essay") or not any(self._values(name))
        return Answered(name, element, "number" if numeric else "essay" if essay else "text")

    def _values(self, name: str) -> Iterator[tuple[str, float]]:
        """The values that earn something in a response, in order, each with what it earns."""
        for condition in self.conditions:
            earned = sum(number_in(one) for one in condition.findall("setvar"))
            if earned > 0:
                for one in _positive(condition.find("conditionvar")):
                    if one.get("respident") in (name, None):
                        yield text_of(one), earned

    def given(self, place: str) -> Given:
        """The item as the reader of QTI 2 takes it."""
        points = self.fields.get("points_possible") or self.fields.get("cc_weighting") or "1"
        return Given(self._root(), place=place, points=number_of(points, 1.0), neutral=bool(self.type))  # Canvas's own are numbers by chance

    def _root(self) -> Element:
        top = next((number_of(one.get("maxvalue") or "", 0.0) for one in self.item.iter("decvar") if one.get("maxvalue")), 0.0)
        top = top or max((number_in(one) for one in self.item.iter("setvar")), default=100.0)
        names = dict.fromkeys(one.get("varname") or "SCORE" for one in self.item.iter("setvar"))
        said = [one for one in self.item.iter("itemfeedback") if one.get("ident")]
        return make("assessmentItem", {"identifier": self.item.get("ident", ""), "title": self.item.get("title", ""),
                                       LANGUAGE: self.fields.get("quiz_language") or None},
                    self._responses(), [outcome(name, "float", 0) for name in names], outcome("MAXSCORE", "float", top),
                    [outcome(shown(one.get("ident", "")), "identifier") for one in said],
                    make("itemBody", None, self._body()),
                    make("responseProcessing", None, Conditions(self.answered, matching=self._matching, by_canvas=self._by_canvas).rules(self.conditions)),
                    [make("modalFeedback", {"outcomeIdentifier": shown(one.get("ident", "")), "identifier": SHOWN, "showHide": "show"}, elements(_html(one)))
                     for one in said])

    @property
    def _matching(self) -> bool:
        """Whether several lists hold the same things, one for each thing that goes with one of them."""
        alike = len(self.answered) > 1 and all(one.kind == "choice" and not one.several and one.options == self.answered[0].options for one in self.answered)
        return self.type == "matching_question" or (alike and not self.type)

    def _responses(self) -> Iterator[Element]:
        if self._matching:
            first = {left(one): next(self._values(one.name), None) for one in self.answered}
            yield response("RESPONSE", "multiple", "directedPair", [f"{name} to.{found[0]}" for name, found in first.items() if found])
            return
        for one in self.answered:
            found = list(self._values(one.name))
            best = max((earned for _, earned in found), default=0.0)
            right = list(dict.fromkeys(text for text, earned in found if earned == best))
            if one.kind == "order":
                yield response(one.name, "ordered", "identifier", right)
            elif one.kind == "choice":
                wrong = {ident: -1 for ident, _ in one.options if ident not in right}
                yield response(one.name, "multiple" if one.several else "single", "identifier", right if one.several else right[:1],
                               {ident: 1 for ident in right} | wrong if self._by_canvas else None)
            else:
                texts = [html for ident, html in one.options if ident in right] if one.kind == "blank" else right
                yield response(one.name, "single", "float" if one.kind == "number" else "string", texts[:1])

    @property
    def _by_canvas(self) -> bool:
        """Whether Canvas itself marks: right picks less wrong ones, whatever the conditions say."""
        return self.type == "multiple_answers_question"

    def _body(self) -> Iterator[Content]:
        gaps = {one.name.removeprefix("response_"): one for one in self.answered}
        stem = _unwrapped(elements("".join(_html(one) for one in self._stem())))
        if self.type in ("multiple_dropdowns_question", "fill_in_multiple_blanks_question"):
            for one in self.answered:
                one.language = self.fields.get(f"quiz_text_language_{left(one)}")
            yield from (_filled(part, gaps) for part in stem)
            return
        yield make("div", {"class": "quiz-stem"}, stem)
        if self._matching:
            yield self._match()
        else:
            for one in self.answered:
                yield self._interaction(one)

    def _stem(self) -> list[Element]:
        """The material outside of responses."""
        inside = {part for one in self.answered for part in one.element.iter()}
        found = self.item.find("presentation")
        return [one for one in (found.iter("material") if found is not None else ()) if one not in inside]

    def _match(self) -> Element:
        lefts = [_thing(left(one), 1, "".join(_html(part) for part in one.element.findall("material"))) for one in self.answered]
        rights = [_thing(f"to.{ident}", 0, html) for ident, html in dict.fromkeys(option for one in self.answered for option in one.options)]
        return make("matchInteraction", {"responseIdentifier": "RESPONSE"}, make("simpleMatchSet", None, lefts), make("simpleMatchSet", None, rights))

    def _interaction(self, one: Answered) -> Content:
        things = [make("simpleChoice", {"identifier": ident}, elements(html)) for ident, html in one.options]
        if one.kind == "choice":
            shuffle = any(part.get("shuffle", "").lower() == "yes" for part in one.element.iter("render_choice")) or bool(self.type)
            kind = "quiz-survey" if number_of(self.fields.get("points_possible", ""), 1.0) == 0 and not one.several else None
            return make("choiceInteraction", {"responseIdentifier": one.name, "shuffle": shuffle, "class": kind}, things)
        if one.kind == "order":
            return make("orderInteraction", {"responseIdentifier": one.name}, things)
        if one.kind == "essay":
            return make("extendedTextInteraction", {"responseIdentifier": one.name})
        return make("p", None, make("textEntryInteraction", {"responseIdentifier": one.name, LANGUAGE: self.fields.get("quiz_text_language") or None}))


def _filled(part: Content, gaps: dict[str, Answered]) -> Content:
    """Text with interactions in place of the names of blanks in brackets."""
    if isinstance(part, str):
        pieces = BLANK.split(part)
        return [_gap(gaps[piece]) if n % 2 and piece in gaps else f"[{piece}]" if n % 2 else piece for n, piece in enumerate(pieces)]
    return make(part.tag, part.attrib, _filled(part.text or "", gaps), [[_filled(child, gaps), _filled(child.tail or "", gaps)] for child in part])


def _gap(one: Answered) -> Element:
    if one.kind != "choice":
        return make("textEntryInteraction", {"responseIdentifier": one.name, LANGUAGE: one.language})
    things = [make("inlineChoice", {"identifier": ident}, elements(html)) for ident, html in one.options]
    return make("inlineChoiceInteraction", {"responseIdentifier": one.name}, things)


def _unwrapped(parts: list[Content]) -> list[Content]:
    """What stands in a block around everything."""
    if len(parts) == 1 and isinstance(parts[0], Element) and parts[0].tag == "div":
        return [parts[0].text or "", *[piece for child in parts[0] for piece in (child, child.tail or "")]]
    return parts


def _thing(identifier: str, most: int, html: str) -> Element:
    return make("simpleAssociableChoice", {"identifier": identifier, "matchMax": most}, elements(html))


def _positive(holder: Element | None) -> Iterator[Element]:
    """The equalities in a condition that must hold."""
    for one in holder if holder is not None else ():
        if one.tag == "varequal":
            yield one
        elif one.tag in ("and", "or"):
            yield from _positive(one)


def _html(holder: Element) -> str:
    """The texts of an element as HTML."""
    return "".join(("".join(one.itertext()) if one.get("texttype") == "text/html" else escape("".join(one.itertext()))) for one in holder.iter("mattext"))
