"""A question of a file of Moodle XML: its texts as Markdown, and what is lost of it while it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from xml.etree.ElementTree import Element, tostring

from quizzes.exchange import Loss
from quizzes.exchange.markdown import Converted, from_plain
from quizzes.exchange.moodle.fractions import share
from quizzes.exchange.moodle.tags import language_of
from quizzes.exchange.moodle.texts import convert
from quizzes.exchange.rebuilding import Unasked

LOOK = {"answernumbering", "correctresponsesfeedback", "hidden", "layouttype", "numberingstyle", "responsefieldlines", "responseformat",
        "responserequired", "selectcount", "showgrading", "shownumcorrect", "showstandardinstruction", "showunits", "unitsleft"}  # asks nothing else


class Source:
    """Reads the children of a question's element; `unread` are those that nobody asked for."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.lost: list[tuple[str, str, str]] = []  # what is lost, what is done instead, the original
        self._read: set[str] = set()
        self.tags = [text_in(tag) for tags in self.all("tags") for tag in tags.findall("tag")]
        self.language = language_of(self.tags)

    def lose(self, lost: str, instead: str, original: str = "") -> None:
        self.lost.append((lost, instead, original))

    def losses(self, id_: str) -> Iterator[Loss]:
        for lost, instead, original in dict.fromkeys(self.lost):
            yield Loss(question=id_, lost=lost, instead=instead, original=original)

    def find(self, name: str) -> Element | None:
        self._read.add(name)
        return self.element.find(name)

    def all(self, name: str) -> list[Element]:
        self._read.add(name)
        return self.element.findall(name)

    def value(self, name: str, default: str = "") -> str:
        """The text of a child without children."""
        found = self.find(name)
        return default if found is None else (found.text or "").strip() or default

    def markdown(self, parent: Element | None, what: str, *, without: re.Pattern | None = None) -> str:
        """The text in an element, without a part of it, as paragraphs of Markdown."""
        text = text_in(parent)
        return self._converted(parent, without.sub("", text) if without else text, what, line=False)

    def line(self, parent: Element | None, what: str) -> str:
        """The text in an element as one run of Markdown."""
        return self._converted(parent, text_in(parent), what, line=True)

    def _converted(self, parent: Element | None, text: str, what: str, *, line: bool) -> str:
        form = "html" if parent is None else parent.get("format", "html")
        return self.say(convert(text, form, line=line), what, text)

    def plain(self, text: str) -> str:
        """Text without markup as one run of Markdown."""
        return " ".join(from_plain(text).split())

    def say(self, converted: Converted, what: str, original: str) -> str:
        """The text of what was converted; what is not in it is lost."""
        for lost in converted.lost:
            self.lose(f"{lost} in the {what}", "left out", original)
        return converted.text

    def unread(self) -> Iterator[Element]:
        """Children that say something and were not read."""
        for child in self.element:
            if child.tag not in self._read and child.tag not in LOOK and "".join(child.itertext()).strip():
                yield child


def text_in(parent: Element | None) -> str:
    """What stands in the `<text>` of an element, or in the element itself, as older files have it."""
    if parent is None:
        return ""
    text = parent.find("text")
    return ((parent if text is None else text).text or "").strip()


def fraction(answer: Element) -> Fraction:
    """The share that an answer earns or costs."""
    written = answer.get("fraction", "0")
    try:
        return share(written)
    except ValueError:
        raise Unasked(f"fraction '{written[:20]}' is no number") from None


def original(element: Element) -> str:
    """An element as it stood in the file, without what is attached to it."""
    copy = deepcopy(element)
    for holder in copy.iter():
        for file in holder.findall("file"):
            file.text = f"({len(file.text or '')} characters)"
    return tostring(copy, encoding="unicode")
