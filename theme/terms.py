"""A Sphinx extension: the meaning of a glossary's term beside the link that leads to it.

Sphinx turns {term}`KFOR` into a link. This adds what the glossary says there, so that a small script can show it where
the reader is; without the script, and in print, the link is what it was.
"""

from __future__ import annotations

import re
from html import escape, unescape
from posixpath import join, normpath
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

LINK = re.compile(r'<a class="reference internal" href="(?P<address>[^"]*#term-[^"]*)">(?=<span class="xref std std-term">)')


def meanings(env: BuildEnvironment) -> dict[str, str]:
    """What every term means, in plain text, by the page and anchor of its entry: "chapters/glossary#term-KFOR"."""
    found: dict[str, str] = {}
    for page in glossaries(env):
        for item in env.get_doctree(page).findall(nodes.definition_list_item):
            terms, said = item.children[:-1], item.children[-1]
            found |= {f"{page}#{anchor}": plain(said) for term in terms if isinstance(term, nodes.term) for anchor in term["ids"]}
    return found


def glossaries(env: BuildEnvironment) -> set[str]:
    """The pages that define terms."""
    return {page for (kind, _), (page, _) in env.get_domain("std").objects.items() if kind == "term"}


def plain(definition: nodes.Node) -> str:
    """A definition without its citations."""
    text = definition.deepcopy()
    for cited in list(text.findall(lambda node: isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite")):
        cited.parent.remove(cited)
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.astext().split()))


def add_meanings(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Gives each link to a term its meaning, and lets a page with such links load what shows them."""
    if doctree is None or "std-term" not in context.get("body", ""):
        return
    if not hasattr(app, "term_meanings"):
        app.term_meanings = meanings(app.env)
    here = page.rpartition("/")[0]

    def explained(link: re.Match[str]) -> str:
        file, _, anchor = unescape(link["address"]).partition("#")
        target = normpath(join(here, file.removesuffix(".html"))) if file else page
        meaning = app.term_meanings.get(f"{target}#{anchor}")
        return f'{link[0][:-1]} data-meaning="{escape(meaning)}">' if meaning else link[0]

    context["body"] = LINK.sub(explained, context["body"])
    app.add_css_file("terms.css")
    app.add_js_file("terms.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.connect("html-page-context", add_meanings)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
