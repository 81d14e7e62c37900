"""Elements under the names of QTI 2.1, written as 2.1 or as 3.0: all that tells the two apart stands here and in `VERSIONS`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

Content = Element | str | Iterable["Content"] | None

HTML = frozenset("a abbr acronym address b bdi bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em figure figcaption h1 h2 h3 "
                 "h4 h5 h6 hr i img kbd li object ol p pre q ruby rb rt rp samp small span strong sub sup table tbody td tfoot th thead tr tt ul "
                 "var audio video source track picture article aside footer header nav".split())
BODIES = frozenset(("feedbackBlock", "modalFeedback", "rubricBlock"))  # whose content 3.0 puts into a body of its own
ONLY_3 = frozenset(("externalScored", "use"))  # attributes that 2.1 has not
RUNS = frozenset(("textEntryInteraction", "inlineChoiceInteraction", "hottext", "prompt", "simpleChoice", "inlineChoice", "simpleAssociableChoice",
                  "value", "baseValue"))  # elements in or around text, where a space would show
TABLE = frozenset(("table", "thead", "tbody", "tr", "ul", "ol"))  # elements of HTML that hold no text of their own
BOOK = re.compile(r'<a href="(?!https?://|mailto:)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)  # a link that leads to a page of the book
KEPT = {"href": "href", "class": "class", "id": "id", "scope": "scope", "lang": "xml:lang"}  # attributes of HTML, and what they are in QTI
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a version of QTI is called in files, and the names of its package."""

    name: str
    item: str  # namespace of items and tests
    item_schema: str
    package: str  # namespace of the manifest
    package_schema: str
    package_version: str
    suffix: str  # of the types of resources
    lom: str
    qti_metadata: str
    kebab: bool


VERSIONS = {
    "2.1": Version(name="2.1", item="http://www.imsglobal.org/xsd/imsqti_v2p1", item_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
                   package="http://www.imsglobal.org/xsd/imscp_v1p1", package_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
                   package_version="2.1", suffix="xmlv2p1", lom="http://ltsc.ieee.org/xsd/LOM",
                   qti_metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v2p1", kebab=False),
    "3.0": Version(name="3.0", item="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
                   item_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd",
                   package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
                   package_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
                   package_version="3.0.1", suffix="xmlv3p0", lom="http://ltsc.ieee.org/xsd/LOM",
                   qti_metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v3p0", kebab=True),
}


def make(name: str, attributes: Mapping[str, object] | None = None, *content: Content) -> Element:
    """An element with its content: elements, texts, and HTML as `Markup`."""
    made = Element(name, {key: _text(value) for key, value in (attributes or {}).items() if value is not None})
    add(made, content)
    return made


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def add(element: Element, content: Content) -> None:
    """Put more at the end of an element."""
    if isinstance(content, Markup):
        content = deepcopy(html(content))
    if isinstance(content, str):
        if len(element):
            element[-1].tail = (element[-1].tail or "") + content
        else:
            element.text = (element.text or "") + content
    elif isinstance(content, Element):
        element.append(content)
    elif content is not None:
        for part in content:
            add(element, part)


@lru_cache(4096)
def html(markup: Markup) -> list[Content]:
    """HTML as `text.block` and `text.inline` make it, in the elements that QTI has; nobody may change them.

    A link to a page of the book loses its address (`losses_in` says so), and a column its alignment.
    """
    root = fromstring("<div>" + re.sub("<(br|hr)>", r"<\1/>", BOOK.sub(r"\1", str(markup))) + "</div>")
    for element in root.iter():
        if element.tag == "s":
            element.tag, element.attrib = "span", {"class": "quiz-struck"}
        element.attrib = {KEPT[name]: value for name, value in element.attrib.items() if name in KEPT}
    return [root.text or "", *[part for child in root for part in (_cut(child), child.tail or "")]]


def _cut(element: Element) -> Element:
    """The same element without the text that follows it."""
    made = Element(element.tag, element.attrib)
    made.text, made[:] = element.text, element[:]
    return made


def lost_in(markup: str) -> list[tuple[str, str]]:
    """What QTI cannot say of a piece of HTML: what is lost, and what is done instead."""
    lost = []
    if BOOK.search(markup):
        lost.append(("a link to a page of the book", "its text stands without it"))
    if "text-align:" in markup:
        lost.append(("the alignment of a table's columns", "left to the player"))
    return lost


@cache
def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda letter: "-" + letter[0].lower(), name)


@cache
def _camel(name: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda letter: letter[1].upper(), name)


def to_text(root: Element, version: Version) -> bytes:
    """The file of an item or a test."""
    spaces = {"xmlns": version.item, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{version.item} {version.item_schema}"}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(root, version, lines, spaces)
    return ("".join(lines) + "\n").encode()


def to_plain(root: Element) -> bytes:
    """A file of elements that are called as they are: QTI 1.2, a manifest."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(root, VERSIONS["2.1"], lines)
    return ("".join(lines) + "\n").encode()


def _write(element: Element, version: Version, out: list[str], more: Mapping[str, str] = {}) -> None:
    name = element.tag
    foreign = name in HTML
    attributes = more | {key: value for key, value in element.attrib.items() if version.kebab or key not in ONLY_3}
    if version.kebab and not foreign:
        name = f"qti-{_kebab(name)}"
        attributes = {_kebab(key) if ":" not in key else key: value for key, value in attributes.items()}
    out.append(f"<{name}" + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items()))
    body = version.kebab and element.tag in BODIES
    if not len(element) and not element.text:
        out.append("/>")
        return
    out.append("><qti-content-body>" if body else ">")
    broken = _is_structure(element)
    out.append("\n" if broken else escape(element.text or ""))
    for child in element:
        _write(child, version, out)
        out.append("\n" if broken else escape(child.tail or ""))
    out.append(f"</qti-content-body></{name}>" if body else f"</{name}>")


def _is_structure(element: Element) -> bool:
    """Whether an element holds other elements only, so that each may stand on a line of its own."""
    if element.tag in RUNS or (element.tag in HTML and element.tag not in TABLE) or (element.text or "").strip():
        return False
    return bool(len(element)) and not any((child.tail or "").strip() for child in element)


def from_foreign(element: Element) -> Element:
    """An element of somebody's file of QTI 2 or 3 under the names of 2.1, in no namespace; changes it. `line` stays."""
    for part in element.iter():
        name = part.tag.rsplit("}", 1)[-1] if isinstance(part.tag, str) else ""
        part.tag = _camel(name.removeprefix("qti-")) if name.startswith("qti-") else name
        if name not in HTML:
            part.attrib = {key if key.startswith("{") else _camel(key): value for key, value in part.attrib.items()}
    for part in element.iter():
        for n, child in reversed(list(enumerate(part))):
            if child.tag == "contentBody":
                _unwrap(part, n)
    return element


def _unwrap(parent: Element, n: int) -> None:
    """Put what is inside a child in its place."""
    child = parent[n]
    inside = list(child)
    if inside:
        inside[-1].tail = (inside[-1].tail or "") + (child.tail or "")
    before, text = (parent[n - 1] if n else None), (child.text or "") + ("" if inside else child.tail or "")
    parent[n:n + 1] = inside
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
