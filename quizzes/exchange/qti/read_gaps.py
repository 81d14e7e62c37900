"""Items with several boxes, and with one for a long text, as questions of a bank: gaps in a text, years, an open answer."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from quizzes.exchange.naming import Names
from quizzes.exchange.qti.answers import Tried, bare, ids
from quizzes.exchange.qti.given import Box, Given, without
from quizzes.exchange.qti.processing import EXPLAINED
from quizzes.exchange.qti.read_typed import ELSE, NUMERIC, Place, intervals, noted, number_at, text_at
from quizzes.exchange.rebuilding import FIRST_MARK, Keys, Said, Unasked, unnamed
from quizzes.exchange.rebuilding import choices as rebuilt


def gaps(given: Given) -> tuple[Keys, Tried]:
    """A text with gaps; the first block without one is the prompt."""
    names = Names("gap")
    ids_ = {box.name: names.take(bare(re.sub("^(RESPONSE|response)[-_]?", "", box.name))) for box in given.boxes}
    common = tuple(given.run({}).said)
    made = []
    for box in given.boxes:
        made.append({"id": ids_[box.name]} | _gap(Place(given, box, len(given.boxes), common)))
    return {"type": "cloze", "text": _around(given, ids_), "gaps": made}, Tried(given, {"": given.run({})})


def _gap(place: Place) -> Keys:
    if place.box.kind == "inlineChoiceInteraction":
        things = place.box.things("inlineChoice")
        options = [Said(text=place.given.line(one), share=place.share(one.get("identifier", "")), feedback=place.feedback(one.get("identifier", "")))
                   for one in things]
        keys, losses = rebuilt(options, several=False)
        for choice, id_ in zip(keys.get("choices", ()), ids(place.given, things).values(), strict=False):
            choice["id"] = id_
    else:
        keys, losses = number_at(place) if place.box.base in NUMERIC else text_at(place)
    place.given.lost += losses
    if keys["type"] == "mark-text":
        raise Unasked(f"{len(place.box.things('inlineChoice'))} choices in a gap")
    return keys | {"type": {"one-choice": "choice", "short-text": "text", "number": "number"}[keys["type"]]}


def _around(given: Given, ids_: dict[str, str]) -> str:
    """The text with the ids of gaps in braces where they stand."""
    parts = [one for one in given.body if "quiz-stem" not in one.get("class", "").split()] if _has_stem(given) else list(given.body)
    marks = {box.name: chr(FIRST_MARK + n) for n, box in enumerate(given.boxes)}
    holder = given.body.makeelement("div", {})
    if not _has_stem(given):
        holder.text = given.body.text
    holder.extend(without(part) for part in parts)
    for one in holder.iter():
        if one.get("responseIdentifier") in marks and one.tag.endswith("Interaction"):
            one.tag, one.text, one[:] = "span", marks[one.get("responseIdentifier")], []
    text, lost = unnamed(given.markdown(holder))
    given.lost += lost
    return text.translate({ord(mark): f"{{{ids_[name]}}}" for name, mark in marks.items()})


def _has_stem(given: Given) -> bool:
    return any("quiz-stem" in one.get("class", "").split() for one in given.body)


def years(given: Given) -> tuple[Keys, Tried]:
    """Events with a box for the year of each, as an export writes a line of time."""
    first, last = (int(part) for part in re.findall(r"-?\d+", noted(given, "quiz-span")))
    right = {box.name: box.correct[0] for box in given.boxes if box.correct}
    whole, events, near = given.run(right), [], None
    tried = Tried(given, {"": whole} | {name: given.run({other: year for other, year in right.items() if other != name}) for name in right})
    lines = [one for one in given.body.iter("li") if any(part.tag == "textEntryInteraction" for part in one)]
    for item, box in zip(lines, given.boxes, strict=True):
        found = intervals(Place(given, box))
        near = int(found[1].off) if len(found) > 1 else near
        event = {"id": bare(box.name.removeprefix("RESPONSE-")), "text": given.line(item).rstrip().removesuffix(":"), "year": int(found[0].middle)}
        events.append(event | ({"tolerance": int(found[0].off)} if found[0].off else {}) | {"feedback": tried.feedback(box.name)})
    order = [bare(name.removeprefix("RESPONSE-")) for name in given.processing.responses]
    credit = {"credit": "all-or-nothing"} if len(events) > 1 and not any(tried.runs[name].score for name in right) else {}
    line = {"from": first, "to": last} | ({"near": near} if near is not None else {})
    return {"type": "timeline"} | line | credit | {"events": sorted(events, key=lambda event: order.index(event["id"]))}, tried


def essay(given: Given, box: Box) -> tuple[Keys, Tried]:
    """An open answer: a model where there is one, and a rubric as an export writes it."""
    tried = Tried(given, {"": given.run({box.name: ELSE})})
    models = [one for one in given.root.iter() if one.get("class") == "quiz-model"]
    models = models or [one for one in tried.runs[""].said if one.get("outcomeIdentifier") != EXPLAINED]
    keys: Keys = {"type": "open-answer"} | ({"model": given.markdown(*models)} if models else {})
    if (limit := noted(given, "quiz-limit")) and (number := re.search(r"\d+", limit)):
        keys["limit"] = int(number[0])
    rubric = [_criterion(given, one) for one in given.root.iter("li") if one.get("id", "").startswith("criterion-")]
    return keys | ({"rubric": rubric} if rubric else {}), tried


def _criterion(given: Given, item: Element) -> Keys:
    points = next((part for part in item.iter("span") if part.get("class") == "quiz-points"), None)
    worth = float("".join(points.itertext())) if points is not None else 1.0
    return {"id": item.get("id", "").removeprefix("criterion-"), "text": given.line(item[0]), "points": int(worth) if worth == int(worth) else worth}


