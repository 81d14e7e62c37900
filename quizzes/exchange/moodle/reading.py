"""Moodle XML as a bank: every kind of question that a type of ours can ask. Of the others the report keeps the text."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.etree.ElementTree import Element

from quizzes.exchange import Loss, Read
from quizzes.exchange.markdown import to_line
from quizzes.exchange.moodle.kinds import KINDS
from quizzes.exchange.moodle.source import Source, original, text_in
from quizzes.exchange.moodle.tags import common_language, read_tags
from quizzes.exchange.moodle.texts import SOURCES, category, lost_name
from quizzes.exchange.naming import Names, slug
from quizzes.exchange.opening import open_xml
from quizzes.exchange.rebuilding import Keys, Unasked, asking

OBJECTIVE = re.compile(r"<li><b>([a-z0-9-]+)</b>: (.*?)</li>", re.DOTALL)
MOST_HINTS = 10
USUAL = 1 / 3  # the penalty of a question that says none


def read(source: Path) -> Read:
    """The questions of a file of Moodle XML. Raises ValueError for another file."""
    root = open_xml(source)
    if root.tag != "quiz":
        raise ValueError(f"{source.as_posix()}:{root.line}: found <{root.tag}>; accepted: <quiz>, as Moodle exports questions")
    reader = _Reader()
    for element in root.findall("question"):
        reader.add(element)
    bank = {"title": next(iter(reader.titles), "") or source.stem, "language": common_language(reader.questions), "objectives": reader.objectives,
            "questions": reader.questions}
    return Read(bank=bank, losses=tuple(reader.losses), places=reader.places, originals=reader.originals)


class _Reader:
    """Goes through a file, category after category."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._bank = self._group = ""
        self.objectives: dict[str, str] = {}
        self.questions: list[Keys] = []
        self.titles: list[str] = []  # the first name in the category of every question
        self.losses: list[Loss] = []
        self.places: dict[str, str] = {}
        self.originals: dict[str, str] = {}
        self._names = Names()

    def add(self, element: Element) -> None:
        """Reads the next question, or the category of those after it."""
        if (kind := element.get("type", "")) == "category":
            return self._enter(element)
        source = Source(element)
        id_ = self._names.take(source.value("idnumber"), text_in(source.find("name")))
        self.places[id_], self.originals[id_] = f"line {element.line}", original(element)
        try:
            if kind not in KINDS:
                raise Unasked(f"a question of type '{kind[:40]}', of which there is none here")
            with asking():
                question = {"id": id_, "language": source.language, "group": self._group} | _question(source, KINDS[kind](source))
        except Unasked as error:
            self.losses.append(Loss(question=id_, lost="question", instead=f"left out ({error})", original=self.originals[id_]))
        else:
            self.questions.append(question)
            self.titles.append("".join(self._path[:1]))
            for child in source.unread():
                source.lose(f"<{child.tag}>", "left out", original(child))
            self.losses += source.losses(id_)

    def _enter(self, element: Element) -> None:
        """`$course$/top/bank/group`; a bank that we wrote has its name and its objectives with the category of its title."""
        path = category(text_in(element.find("category")))
        id_ = (element.findtext("idnumber") or "").strip()
        info = text_in(element.find("info"))
        self._path = path
        if len(path) == 1:
            self._bank = id_
        self._group = id_.removeprefix(f"{self._bank}-") if self._bank and id_.startswith(f"{self._bank}-") else slug(path[-1]) if path else ""
        try:
            self.objectives |= _objectives(info)
        except Unasked:
            self.losses.append(Loss(question="", lost=f"description of the category '{'/'.join(path)}'", instead="left out", original=info,
                                    place=f"line {element.line}"))


def _objectives(info: str) -> dict[str, str]:
    """The objectives in the description of a category, as we write them. Raises Unasked for another description."""
    if info and not info.startswith('<ul class="quiz-objectives">'):
        raise Unasked("words of others")
    with asking():
        return {name: to_line(text).text for name, text in OBJECTIVE.findall(info)}


def _question(source: Source, keys: Keys) -> Keys:
    """What every kind has, beside what is special to one."""
    if "prompt" not in keys:
        keys["prompt"] = source.markdown(source.find("questiontext"), "question")
    if not keys["prompt"]:
        raise Unasked("it asks nothing")
    keys["explanation"] = source.markdown(source.find("generalfeedback"), "explanation", without=SOURCES)
    said, lost = read_tags(source.tags)
    if source.value("idnumber"):
        lost += lost_name(text_in(source.find("name")), keys["prompt"])
    for what, instead in lost:
        source.lose(what, instead)
    return keys | _hints(source) | _points(source, keys) | _penalty(source, keys) | said


def _hints(source: Source) -> Keys:
    hints = []
    for hint in source.all("hint"):
        hints.append(source.markdown(hint, "hint"))
        for extra in hint:
            if extra.tag not in ("text", "file"):
                source.lose(f"what a hint does beside its text ({extra.tag})", "left out")
    said = [hint for hint in hints if hint]
    for hint in said[MOST_HINTS:]:
        source.lose(f"a hint after {MOST_HINTS} others", "left out", hint)
    return {"hints": said[:MOST_HINTS]}


def _points(source: Source, keys: Keys) -> Keys:
    if keys["type"] == "survey":
        source.value("defaultgrade")
        return {}
    points = _number(source, "defaultgrade")
    if points is None:
        return {}
    if points <= 0:
        source.lose(f"{points:g} points", "1 point")
        return {}
    return {} if points == 1 else {"points": int(points) if points.is_integer() else points}


def _penalty(source: Source, keys: Keys) -> Keys:
    usual = 1 if keys["type"] == "true-false" else USUAL
    penalty = _number(source, "penalty")
    if penalty is None or abs(penalty - usual) < 0.005:
        return {}
    return {"penalty": min(1.0, max(0.0, penalty if abs(penalty - USUAL) >= 0.005 else USUAL))}


def _number(source: Source, name: str) -> float | None:
    """The number in a child; None where there is none, which is lost if there is something else."""
    if not (text := source.value(name)):
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        source.lose(f"{name} '{text[:20]}'", "taken as not said")
        return None
    return number
