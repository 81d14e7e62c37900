"""HTML as elements, however it is written."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, NavigableString, Tag
from bs4.element import PreformattedString

from quizzes.exchange.qti.xml import Content, make

DEEPEST = 60  # elements inside one another


def elements(html: str) -> list[Content]:
    """What HTML holds: texts and elements, in lists where several follow each other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return list(_inside(BeautifulSoup(html, "html.parser"), 0))


def _inside(tag: Tag, deep: int) -> Iterator[Content]:
    if deep > DEEPEST:
        yield tag.get_text()
        return
    for child in tag.children:
        if isinstance(child, Tag):
            attributes = {name: value if isinstance(value, str) else " ".join(value) for name, value in child.attrs.items()}
            yield make(child.name, attributes, list(_inside(child, deep + 1)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield str(child)
