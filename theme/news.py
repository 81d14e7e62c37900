"""What has changed in the book, out of CHANGES.md, as an Atom feed (RFC 4287).

    # What is new

    ## 2026-11-25: A chapter on energy

    Text in Markdown. [The chapter](chapters/energy.ipynb) links to a page by its file.

The newest comes first. The file is kept by hand, so that a build needs no history of versions and gives the same bytes each time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from markdown_it import MarkdownIt
from markdown_it.token import Token

ATOM = "http://www.w3.org/2005/Atom"
HEADING = re.compile(r"(\d{4}-\d{2}-\d{2}): (\S.*)")
ACCEPTED = "accepted: '## YEAR-MONTH-DAY: what is new', the newest first, each with a text"


class BadNews(ValueError):
    """What is wrong with the file: file, line, what was found, what is accepted."""


@dataclass(frozen=True, kw_only=True)
class News:
    """One change that a reader would notice."""

    day: date
    title: str
    html: str


def read_news(file: Path, pages: Mapping[str, str], base: str) -> list[News]:
    """The news of a file. `pages` are the book's files and their addresses, `base` the site's. Raises BadNews."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(file.read_text(encoding="utf-8"))
    starts = [n for n, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    found: list[News] = []
    for start, end in pairwise([*starts, len(tokens)]):
        heading, text = tokens[start + 1], tokens[start + 3:end]
        place = f"{file.name}:{tokens[start].map[0] + 1}"
        dated = HEADING.fullmatch(heading.content)
        try:
            day = date.fromisoformat(dated[1] if dated else "")
        except ValueError:
            raise BadNews(f"{place}: found '## {heading.content}'; {ACCEPTED}") from None
        if not text or (found and day > found[-1].day):
            raise BadNews(f"{place}: found '## {heading.content}' {'below an older one' if text else 'and no text'}; {ACCEPTED}")
        _lead(text, pages, base, file.name)
        found.append(News(day=day, title=dated[2], html=markdown.renderer.render(text, markdown.options, {})))
    if not found:
        raise BadNews(f"{file.name}:1: found no news; {ACCEPTED}")
    return found


def _lead(tokens: list[Token], pages: Mapping[str, str], base: str, file: str) -> None:
    """Turns links to files into links to pages."""
    for block in tokens:
        for token in block.children or ():
            target = str(token.attrs.get("href", ""))
            if token.type != "link_open" or target.startswith(("https://", "http://")):
                continue
            name, _, anchor = target.partition("#")
            if name not in pages:
                raise BadNews(f"{file}:{block.map[0] + 1}: found a link to '{target}'; accepted: a page's file, such as {min(pages)}, or an address with https://")
            token.attrs["href"] = base + pages[name] + (f"#{anchor}" if anchor else "")


def feed(news: list[News], title: str, author: str, base: str) -> bytes:
    """The news as Atom. Where the book does not know its address, links lead from where the feed lies."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")

    def add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text
        return element

    add(root, "id", uuid5(NAMESPACE_URL, title).urn)
    add(root, "title", title)
    add(root, "updated", _moment(news[0].day))
    add(add(root, "author"), "name", author)
    add(root, "link", rel="alternate", type="text/html", href=base or "./")
    if base:
        add(root, "link", rel="self", type="application/atom+xml", href=f"{base}feed.xml")
    for one in news:
        entry = add(root, "entry")
        add(entry, "id", uuid5(NAMESPACE_URL, f"{title} {one.day} {one.title}").urn)
        add(entry, "title", one.title)
        add(entry, "updated", _moment(one.day))
        add(entry, "link", rel="alternate", type="text/html", href=base or "./")
        add(entry, "content", one.html, type="html")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
