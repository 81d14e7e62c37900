"""Elements of QTI 1.2, whose texts are HTML as text: what an item for Canvas and one of a Common Cartridge are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.exchange.qti.xml import BOOK, XSI, make, to_plain

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"
ALL = 100  # what the whole of an item is worth to its own reckoning
ONE = "response1"  # the response of an item that has one


@dataclass(kw_only=True)
class Classic:
    """One item while it is made."""

    ident: str
    title: str
    stem: str  # HTML
    fields: dict[str, str] = field(default_factory=dict)
    responses: list[Element] = field(default_factory=list)
    conditions: list[Element] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)  # HTML of feedback by its name
    losses: list[tuple[str, str]] = field(default_factory=list)

    def say(self, html: str) -> str | None:
        """The name of a feedback; None where nothing is said."""
        return self.said_as(f"fb{len(self.said) + 1}", html) if html else None

    def said_as(self, name: str, html: str) -> str:
        """A feedback under a name that a system knows."""
        self.said[name] = html
        return name

    def element(self) -> Element:
        decvar = make("decvar", {"maxvalue": ALL, "minvalue": 0, "varname": "SCORE", "vartype": "Decimal"})
        return make("item", {"ident": self.ident, "title": self.title},
                    make("itemmetadata", None, metadata(self.fields)),
                    make("presentation", None, material(f"<div>{self.stem}</div>"), self.responses),
                    make("resprocessing", None, make("outcomes", None, decvar), self.conditions),
                    [make("itemfeedback", {"ident": name}, make("flow_mat", None, material(html))) for name, html in self.said.items()])


def metadata(fields: Mapping[str, str]) -> Element:
    return make("qtimetadata", None, [make("qtimetadatafield", None, make("fieldlabel", None, name), make("fieldentry", None, value))
                                      for name, value in fields.items() if value != ""])


def material(html: str) -> Element:
    """HTML; a link to a page of the book loses its address."""
    return make("material", None, make("mattext", {"texttype": "text/html"}, BOOK.sub(r"\1", str(html))))


def plain_material(text: str) -> Element:
    return make("material", None, make("mattext", {"texttype": "text/plain"}, text))


def plain(markup: Markup) -> str:
    """HTML as text without marks."""
    return Markup(markup).striptags()


def choose(name: str, options: Iterable[tuple[str, Element]], *, several: bool = False, label: Element | None = None) -> Element:
    """A list to choose from: the ident and the material of every option."""
    labels = [make("response_label", {"ident": ident}, shown) for ident, shown in options]
    return make("response_lid", {"ident": name, "rcardinality": "Multiple" if several else "Single"}, label, make("render_choice", None, labels))


def write(*, numeric: bool = False) -> Element:
    """A box to write in."""
    return make("response_str", {"ident": ONE, "rcardinality": "Single"},
                make("render_fib", {"fibtype": "Decimal"} if numeric else None, make("response_label", {"ident": "answer1", "rshuffle": "No"})))


def equals(ident: str, name: str = ONE, **more: Any) -> Element:
    return make("varequal", {"respident": name, **more}, ident)


def between(low: str, high: str) -> list[Element]:
    return [make("vargte", {"respident": ONE}, low), make("varlte", {"respident": ONE}, high)]


def other() -> Element:
    return make("other")


def when(tests: Element | Sequence[Element], *, score: float | None = None, add: bool = False, said: str | None = None, more: bool = False) -> Element:
    """What is done where all of the tests hold; with `more` the conditions after it are tried as well."""
    return make("respcondition", {"continue": "Yes" if more else "No"}, make("conditionvar", None, tests),
                None if score is None else make("setvar", {"action": "Add" if add else "Set", "varname": "SCORE"}, _written(score)),
                make("displayfeedback", {"feedbacktype": "Response", "linkrefid": said}) if said else None)


def _written(score: float) -> str:
    return f"{score:.2f}".rstrip("0").rstrip(".")


def assessment(ident: str, title: str, fields: Mapping[str, str], items: Iterable[Element]) -> bytes:
    """The file of a quiz."""
    return to_plain(make("questestinterop", {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA},
                         make("assessment", {"ident": ident, "title": title}, metadata(fields),
                              make("section", {"ident": "root_section"}, list(items)))))


def html(*parts: Markup | str) -> str:
    """Pieces of HTML one after the other, each a block."""
    return "".join(part if part.startswith(("<p", "<ul", "<ol", "<table", "<blockquote", "<pre", "<h", "<div")) else f"<p>{part}</p>" for part in parts if part)
