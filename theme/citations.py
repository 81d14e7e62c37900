"""A Sphinx extension: the work behind a citation, in one file for the whole book.

A page's citations are links to the list of sources. `static/terms.js` shows the entry beside the link, and loads this file when it is first
asked to; written into each page, the entries would weigh more than its text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pybtex.backends.plaintext import Backend
from sphinx.application import Sphinx

CITED = 'class="bibtex-citation"'  # what a page with citations holds


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


def load_on_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Lets a page with citations load what shows them."""
    if CITED in context.get("body", ""):
        app.add_css_file("terms.css")
        app.add_js_file("terms.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.connect("html-page-context", load_on_page)
    app.connect("build-finished", write, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
