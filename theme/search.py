"""A Sphinx extension: a search that works from disk, forgives diacritics and leads to the very place.

What can be found of a page (`entries.py`) is noted when the page is written, and gathered in `_static/search-index.js`, which the
page of search loads when it is needed (`static/search.js`). Sphinx's own index, which knows pages only, is not made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from rjsmin import jsmin
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.search.en import SearchEnglish

from theme.entries import entries

INDEX = Path("_static", "search-index.js")
OF_SPHINX = ("searchtools.js", "language_data.js")  # what its basic theme leaves in `_static` for its own search


def add_page(app: Sphinx, config: Config) -> None:
    """Lets Sphinx write the page of search."""
    config.html_additional_pages.setdefault("search", "search.html")


def leave_out_index(app: Sphinx) -> None:
    """Keeps Sphinx from making an index of its own."""
    if app.builder.format == "html":
        app.builder.search = False


def note(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Keeps what can be found of a page until the next time that it is written; the page of search gets its script and style."""
    if page == "search":
        app.add_css_file("search.css")
        app.add_js_file("search.js", loading_method="defer")
    if doctree is not None:
        found = [Markup(context["title"]).striptags(), entries(context["body"], app.config.search_leaves_out.get(page, ""))]
        file = _noted(app, page)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _noted(app: Sphinx, page: str) -> Path:
    return Path(app.doctreedir, "search", f"{page}.json")


def _worth(app: Sphinx, page: str) -> float:
    """What a find on a page counts, beside one on another."""
    return next((worth for pattern, worth in app.config.search_worth.items() if fnmatch(page, pattern)), 1)


def in_order(env: BuildEnvironment) -> list[str]:
    """All pages in the book's order, then those that stand in no table of contents."""
    def under(page: str) -> Iterator[str]:
        yield page
        for below in env.toctree_includes.get(page, ()):
            yield from under(below)

    listed = dict.fromkeys(under(env.config.root_doc))
    return [*listed, *sorted(env.found_docs - listed.keys())]


def write(app: Sphinx, error: Exception | None) -> None:
    """Gathers the index from what was noted."""
    if error or app.builder.format != "html":
        return
    pages = [[app.builder.get_target_uri(page), _worth(app, page), *json.loads(_noted(app, page).read_text(encoding="utf-8"))] for page in in_order(app.env)]
    language = SearchEnglish({})
    words = {"pages": pages, "stopWords": sorted(language.stopwords)}
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    Path(app.outdir, INDEX).write_text(f"{jsmin(language.js_stemmer_code)}\nvar searchIndex={text};\n", encoding="utf-8")
    for name in OF_SPHINX:
        Path(app.outdir, "_static", name).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_config_value("search_leaves_out", {}, "html")  # CSS selectors by page
    app.add_config_value("search_worth", {}, "html")  # what a find counts, by pattern of pages; 1 if not said
    app.connect("config-inited", add_page)
    app.connect("builder-inited", leave_out_index)
    app.connect("html-page-context", note)
    app.connect("build-finished", write, priority=800)  # when the theme has tidied `_static`, before the list of the site's files is made
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
