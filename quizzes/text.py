"""Markdown to HTML that cannot run anything: no raw HTML, no address but http(s), mailto and the book's own."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

# "js-default" leaves raw HTML as text and refuses javascript:, vbscript:, file: and data: links.
_markdown = MarkdownIt("js-default", {"linkify": False, "typographer": False})
_markdown.disable("image")


def is_address(text: str) -> bool:
    """Whether a link may lead there: http(s), mailto, or a place in the book itself."""
    return bool(re.match(r"(https?://|mailto:|#|(?!//)[^:]*$)", text, re.IGNORECASE))


_markdown.validateLink = is_address


@cache
def block(markdown: str) -> Markup:
    """Paragraphs, lists and tables."""
    return Markup(_markdown.render(markdown).strip())


@cache
def inline(markdown: str) -> Markup:
    """One run of text, for a label or a line of feedback."""
    return Markup(_markdown.renderInline(markdown.strip()))


def stem(markdown: str) -> tuple[Markup, Markup]:
    """A prompt's first paragraph as a run of text, and whatever follows it as blocks."""
    first, *rest = re.split(r"\n[ \t]*\n", markdown.strip(), maxsplit=1)
    return inline(first), block("".join(rest))
