"""A Sphinx extension: the work behind a citation, in one file for the whole book; and the keys in tables of data as citations.

A page's citations are links to the list of sources. `static/terms.js` shows the entry beside the link, and loads this file when it is first
asked to; written into each page, the entries would weigh more than its text.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from pybtex.backends.plaintext import Backend
from pybtex.database import Entry
from sphinx.application import Sphinx

CITED = 'class="bibtex-citation"'  # what a page with citations holds
CELL = re.compile(r'<td(?: class="atlas-short")?>([a-z0-9-]+(?: [a-z0-9-]+)*)</td>')  # of a table of data: one key, or several


def write(app: Sphinx, error: Exception | None) -> None:
    """Leaves the entries by the anchors that they have on their page."""
    if error or app.builder.format != "html":
        return
    plain = Backend()
    entries = {one.citation_id: one.formatted_entry.text.render(plain) for one in app.env.get_domain("cite").citations}
    text = f"var bookCitations={json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(',', ':'))};\n"
    file = Path(app.outdir, "_static", "citations.js")
    if entries and not (file.exists() and file.read_text(encoding="utf-8") == text):
        file.write_text(text, encoding="utf-8")


def author_year(entry: Entry) -> str:
    """How the text cites an entry: "Anadolu Agency, 2026"; one without author or year, by its key."""
    if "author" not in entry.persons or "year" not in entry.fields:
        return entry.key
    names = [" ".join(name.render(Backend()) for name in (*one.rich_prelast_names, *one.rich_last_names)) for one in entry.persons["author"]]
    others = " et al." if len(names) > 2 or "others" in names[1:] else f" and {names[1]}" if len(names) == 2 else ""
    return f"{names[0]}{others}, {entry.fields['year']}"


def link_cells(app: Sphinx, page: str, body: str) -> str:
    """A page's HTML, where each cell of keys leads to the works."""
    known = {one.key: one for one in app.env.get_domain("cite").citations}

    def cited(cell: re.Match[str]) -> str:
        keys = cell[1].split()
        if not all(key in known for key in keys):
            return cell[0]
        links = (f'<a class="reference internal" href="{app.builder.get_relative_uri(page, one.bibliography_key.docname)}#{one.citation_id}">'
                 f"{escape(author_year(one.entry))}</a>" for one in map(known.get, keys))
        return f'<td><span {CITED}>{"; ".join(links)}</span></td>'

    return CELL.sub(cited, body)


def load_on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Makes citations of the keys in tables, and lets a page with citations load what shows them."""
    if "body" in context:
        context["body"] = link_cells(app, page, context["body"])
    if CITED in context.get("body", ""):
        app.add_css_file("terms.css")
        app.add_js_file("terms.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.connect("html-page-context", load_on_page)
    app.connect("build-finished", write, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
