"""A Sphinx extension: the picture that stands for a page where its address is shared.

A page with maps gets its first map as PNG, 1200 by 630 pixels, with the book's title and its own; all others share the map of the
region. A page notes its picture in its metadata: `picture`, with `file` and `alt`. The files lie in `pictures/` of the site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from shutil import copyfile
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from atlas.outlines import PATH, STATES

FOLDER = "pictures"
BOOK = "book.png"
FRAME = re.compile(r'<div class="atlas-figure atlas-map".*?<iframe class="atlas-frame"[^>]*? srcdoc="(?P<document>[^"]*)"></iframe>', re.DOTALL)
SCRIPT = re.compile(r"<script data-atlas-map>(?P<script>.*?)</script>", re.DOTALL)
ALT = re.compile(r'<p class="atlas-alt"[^>]*>(?P<alt>.*?)</p>', re.DOTALL)
CALL = re.compile(r"\batlas\.(?P<name>\w+)\((?:map_\w+, ?)?(?=[\[{])")
HERE = Path(__file__).parent

Calls = list[tuple[str, Any]]


def calls(script: str) -> Iterator[tuple[str, Any]]:
    """What a stored map has drawn: the names of draw.js's functions and the data they get."""
    for call in CALL.finditer(script):
        yield call["name"], json.JSONDecoder().raw_decode(script, call.end())[0]


def first_map(doctree: nodes.document) -> tuple[Calls, str] | None:
    """The calls and the text alternative of a page's first map."""
    for node in doctree.findall(nodes.raw):
        if frame := FRAME.search(node.astext()):
            document = unescape(frame["document"])
            return list(calls(SCRIPT.search(document)["script"])), unescape(ALT.search(document)["alt"])
    return None


def note_picture(app: Sphinx, doctree: nodes.document) -> None:
    """Draws the picture of a page that has just been read, if it has a map."""
    page, env = app.env.docname, app.env
    if found := first_map(doctree):
        drawing, alt = found
        file = f"{page.replace('/', '-')}.png"
        env.metadata[page]["picture"] = {"file": f"{FOLDER}/{file}", "alt": alt}
        _draw(app, file, drawing, env.titles[page].astext())


def _draw(app: Sphinx, file: str, drawing: Calls, title: str) -> None:
    """Draws a picture, unless the one of the last build was made of the same."""
    made_of = sha256(repr([drawing, title, app.config.project]).encode())
    for source in (PATH, HERE / "picture.py", HERE / "style.py"):
        made_of.update(source.read_bytes())
    path = Path(app.doctreedir, FOLDER, file)
    state = path.with_suffix(".txt")
    if path.exists() and state.exists() and state.read_text() == made_of.hexdigest():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    from atlas.picture import draw_picture  # takes as long to load as to draw: not where nothing has changed

    path.write_bytes(draw_picture(drawing, title, app.config.project))
    state.write_text(made_of.hexdigest())


def write(app: Sphinx, error: Exception | None) -> None:
    """Leaves the pictures in the site, and none of pages that have no map any more."""
    if error or app.builder.format != "html":
        return
    region: Calls = [("countries", [[code, "#0072b2", 0.85 if code == "TUR" else 0.4] for code in STATES])]
    _draw(app, BOOK, region, "")
    wanted = {BOOK, *(Path(said["picture"]["file"]).name for said in app.env.metadata.values() if "picture" in said)}
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name in wanted:
        copyfile(Path(app.doctreedir, FOLDER, name), folder / name)


def setup(app: Sphinx) -> dict[str, object]:
    """Called by Sphinx; add "atlas.pictures" to the extensions."""
    app.connect("doctree-read", note_picture, priority=900)  # after the page has its title
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
