"""A Sphinx extension: what a page says of itself to those who list it, in its head.

A description, what is shown where its address is shared (Open Graph), and what it is, as data (schema.org, `linked_data.py`). A page's
description is its own (`description` in its front matter or its notebook's metadata) or the beginning of its text.

Addresses that others keep have to be whole. They are there once the book knows its own: the environment's BOOK_ADDRESS, or
`html_baseurl` in the configuration. Without one a page says all the rest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from theme.linked_data import as_script, book, chapter, page_of_book
from theme.terms import plain

LONGEST = 160  # characters of a description: about what search engines show
VARIABLE = "BOOK_ADDRESS"
OWN = {"search": "Search {}.", "genindex": "The words that {} has an entry for, and where."}  # descriptions of Sphinx's own pages
NAMED = Markup('<meta name="{}" content="{}">')
SHARED = Markup('<meta property="{}" content="{}">')
ICON = Markup('<link rel="apple-touch-icon" href="{}">')


def take_address(app: Sphinx, config: Config) -> None:
    """Takes the book's address from the environment or the configuration; it ends with a slash, or is empty. Raises ExtensionError."""
    address = os.environ.get(VARIABLE) or config.html_baseurl
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ExtensionError(f"{VARIABLE if os.environ.get(VARIABLE) else 'html_baseurl'}: found '{address}'; accepted: an address such as https://example.org/book/")
    config.html_baseurl = f"{address.rstrip('/')}/" if address else ""


def describe(app: Sphinx, doctree: nodes.document) -> None:
    """Notes a page's description where it has none of its own."""
    paragraph = next((node for node in doctree.findall(nodes.paragraph) if isinstance(node.parent, nodes.section)), None)
    if paragraph is not None:
        app.env.metadata[app.env.docname].setdefault("description", shortened(plain(paragraph)))


def shortened(text: str, longest: int = LONGEST) -> str:
    """The first sentences that fit; of a first sentence that does not, its first words."""
    if len(text) <= longest:
        return text
    ends = [place + 1 for place in range(longest) if text[place] in ".?!" and text[place + 1].isspace()]
    return text[: ends[-1]] if ends else text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def chapters(env: BuildEnvironment, pattern: str) -> list[str]:
    """The book's chapters in its order: pages that match the pattern and ask more of a bank's questions than any other page."""
    asked = {page: said["quizzes-asked"] for page, said in sorted(env.metadata.items()) if "quizzes-asked" in said}
    homes = {max(asked, key=lambda page: asked[page].get(bank, 0)) for bank in {bank for banks in asked.values() for bank in banks}}

    def under(page: str) -> Iterator[str]:
        for below in env.toctree_includes.get(page, ()):
            yield below
            yield from under(below)

    return [page for page in under(env.config.root_doc) if page in homes and PurePosixPath(page).match(pattern)]


def renumber(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages, to be written again, where the chapters have changed: each says its number."""
    now = chapters(env, app.config.about_book.get("chapters", "*"))
    before, env.book_chapters = getattr(env, "book_chapters", None), now
    return sorted(env.found_docs) if now != before else []


def say(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Adds to the head of a page."""
    about = About(app, page, context)
    if page == app.config.root_doc and page == "index" and context.get("pageurl"):
        context["pageurl"] = app.config.html_baseurl  # one address for the book, not two
    written = Markup(context.get("metatags", ""))
    tags = [] if 'name="description"' in written else [NAMED.format("description", about.description)]
    tags += [SHARED.format(f"og:{name}", text) for name, text in about.shared().items()]
    tags += [Markup(as_script(about.data()))] if doctree else []
    tags += [ICON.format(context["pathto"]("icon-192.png", True))] if app.config.offline else []
    context["metatags"] = written + Markup("\n").join(tags)


class About:
    """What is to be said of one page."""

    def __init__(self, app: Sphinx, page: str, context: dict[str, Any]) -> None:
        self.app, self.page, self.context = app, page, context
        self.config, self.book = app.config, app.config.about_book
        self.is_root = page == self.config.root_doc
        self.own = app.env.metadata.get(page, {})
        self.title = Markup(context.get("title", "")).striptags()

    @property
    def description(self) -> str:
        """One or two sentences."""
        if self.page in OWN:
            return OWN[self.page].format(self.config.project)
        return (self.is_root and self.book.get("description")) or self.own.get("description") or f"{self.title}. {self.config.project}."

    @property
    def picture(self) -> dict[str, str]:
        """Its file and what it shows: the page's own picture, or the book's."""
        return self.own.get("picture") or self.book.get("picture") or {}

    def address(self, file: str) -> str:
        """The whole address of a file of the site; nothing while the book does not know its own."""
        return self.config.html_baseurl and self.config.html_baseurl + file

    def shared(self) -> dict[str, str]:
        """What is shown where the page's address is shared."""
        found = {"type": "book" if self.is_root else "article", "site_name": self.config.project, "title": self.title or self.config.project,
                 "description": self.description}
        if self.config.html_baseurl:
            found["url"] = self.context["pageurl"]
            if self.picture:
                found |= {"image": self.address(self.picture["file"]), "image:width": "1200", "image:height": "630", "image:alt": self.picture["alt"]}
        return found

    def data(self) -> dict[str, Any]:
        """What the page is, as schema.org has it."""
        env = self.app.env
        all_chapters = chapters(env, self.book.get("chapters", "*"))
        own = {"name": self.title, "description": self.description, "inLanguage": self.config.language, "url": self.context["pageurl"],
               "image": self.address(self.picture["file"]) if self.picture else None}
        whole = book(self.config.project, self.config.author, self.address(""), self.book)
        if self.is_root:
            parts = [{"name": env.titles[page].astext(), "url": self.address(self.app.builder.get_target_uri(page))} for page in all_chapters]
            return whole | own | {"name": self.config.project, "hasPart": [chapter(part, number) for number, part in enumerate(parts, 1)]}
        if self.page in all_chapters:
            return chapter(own, all_chapters.index(self.page) + 1, whole, self.context["body"])
        return page_of_book(own, whole)


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    # description, short_name, level, license, colour; chapters: a pattern of pages; picture: {file, alt}
    app.add_config_value("about_book", {}, "html")
    app.connect("config-inited", take_address)
    app.connect("doctree-read", describe, priority=900)  # after a page's own metadata are noted
    app.connect("env-get-updated", renumber)
    app.connect("html-page-context", say, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
