"""Sphinx extension: maps and charts as light parts of a page.

A notebook stores each map as a document of its own. On a page that would be a copy of
Leaflet and of the outlines for every map, and inline scripts. This extension takes the
stored block apart: the map's box stays in the page, its script becomes a file of its own
named by its content, and what all maps share is written once. Pages without a map load
nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from rjsmin import jsmin
from sphinx.application import Sphinx

from atlas.static import filter_script, filter_styles, leaflet_styles, loader, map_scripts, styles

FRAME = re.compile(r'<iframe class="atlas-frame"[^>]*? srcdoc="(?P<document>[^"]*)"></iframe>')
PARTS = re.compile(
    r"<body[^>]*>(?P<box>.*?)<script>.*<script data-atlas-map>(?P<script>.*?)</script>", re.DOTALL
)
STYLE = re.compile(r'<style class="atlas-style">.*?</style>', re.DOTALL)
NAME = re.compile(r"\b[a-z]+-[0-9a-f]{10}\.(?:css|js)\b")  # of a file that `writer` stored
CANVAS = '<div class="atlas-canvas"'
FOLDER = "atlas"  # below _static

Write = Callable[[str, str, str], str]


def light(block: str, write: Write) -> str:
    """A stored block as a page carries it: no frame, no inline script or style.

    `write(stem, suffix, text)` stores a file and returns its name.
    """

    def in_page(frame: re.Match[str]) -> str:
        parts = PARTS.search(unescape(frame["document"]))
        if parts is None:
            raise ValueError("found a stored map without its script; run its notebook again")
        shared = [write("leaflet", "css", leaflet_styles())]
        shared += [write(name, "js", text) for name, text in map_scripts().items()]
        own = write("map", "js", jsmin(parts["script"]) + "\n")
        files = f' data-atlas-shared="{escape(" ".join(shared))}" data-atlas-script="{escape(own)}"'
        return parts["box"].replace(CANVAS, CANVAS + files)

    return STYLE.sub("", FRAME.sub(in_page, block))


def writer(folder: Path) -> Write:
    """Store texts in a folder under names that carry a hash of their content."""

    def write(stem: str, suffix: str, text: str) -> str:
        name = f"{stem}-{sha256(text.encode()).hexdigest()[:10]}.{suffix}"
        path = folder / name
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return name

    return write


def lighten(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn every stored figure of a page into its light form."""
    if app.builder.format != "html":
        return
    write = writer(Path(app.outdir) / "_static" / FOLDER)
    for node in list(doctree.findall(nodes.raw)):
        if 'class="atlas-figure' in node.astext():
            # a class of our own: themes give `text_html` a background of theirs
            attributes = node.attributes | {"classes": ["atlas-output"]}
            node.parent.replace(node, nodes.raw("", light(node.astext(), write), **attributes))


def link(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Let a page load the style if it has a figure, and a script if it has a map or a table with filters."""
    if doctree is None:
        return
    blocks = "".join(node.astext() for node in doctree.findall(nodes.raw))
    if 'class="atlas-figure' not in blocks:
        return
    write = writer(Path(app.outdir) / "_static" / FOLDER)
    app.add_css_file(f"{FOLDER}/{write('atlas', 'css', styles())}")
    if "data-atlas-script" in blocks:
        app.add_js_file(f"{FOLDER}/{write('loader', 'js', loader())}", loading_method="defer")
    if "data-atlas-filtered" in blocks:
        app.add_css_file(f"{FOLDER}/{write('filter', 'css', filter_styles())}")
        app.add_js_file(f"{FOLDER}/{write('filter', 'js', filter_script())}", loading_method="defer")


def tidy(app: Sphinx, error: Exception | None) -> None:
    """Remove the files of figures that no page shows any more."""
    folder = Path(app.outdir) / "_static" / FOLDER
    if error or app.builder.format != "html" or not folder.exists():
        return
    pages = [Path(app.builder.get_outfilename(name)).read_text(encoding="utf-8") for name in app.env.found_docs]
    shown = {name for page in pages for name in NAME.findall(page)}
    for path in folder.iterdir():
        if path.name not in shown:
            path.unlink()


def setup(app: Sphinx) -> dict[str, object]:
    """Called by Sphinx; add "atlas.page" to the extensions."""
    app.connect("doctree-resolved", lighten)
    app.connect("html-page-context", link)
    app.connect("build-finished", tidy)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
