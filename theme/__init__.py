"""A Sphinx extension and theme: the look of the book. Its templates and style sheet are in `book/`.

A page loads one style sheet and one small script of it, and no font and no icon: nothing that it does not show.
"""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from rcssmin import cssmin
from rjsmin import jsmin
from sphinx.application import Sphinx
from sphinx.builders import Builder

HERE = Path(__file__).parent
WORDS_A_MINUTE = 238  # silent reading of non-fiction in English (Brysbaert 2019, "How many words do we read per minute?")
# Before anything is drawn: the colours that the reader chose, and that scripts run.
FIRST_SCRIPT = 'document.documentElement.className="js";try{document.documentElement.dataset.colours=localStorage.getItem("book:colours")||""}catch{}'
# What a page may load: files of its own folder. Leaflet and the quizzes set styles on elements.
POLICY = ("default-src 'self'; script-src 'self' 'sha256-{}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          "object-src 'none'; base-uri 'none'; form-action 'self'")
ABOUT = Markup('<p class="about"><span>{} minutes to read</span></p>\n')
FIRST = Markup('<ul><li><a class="reference internal" href="{}">{}</a></li></ul>')
SECTION = Markup('<li><a href="#{}">{}</a></li>')
HERE_LINK = re.compile(r'(?P<start><a class="(?:current )?reference internal" href="#")(?P<rest>>.*?</a>)', re.DOTALL)
NOT_SHOWN = re.compile(r"_static/(?:basic|pygments|mystnb\.\w+)\.css|_static/(?:doctools|documentation_options|sphinx_highlight)\.js")
# Below _static: what Sphinx and its extensions copy and no page asks for.
UNUSED = ("basic.css", "pygments.css", "mystnb.*.css", "doctools.js", "documentation_options.js", "sphinx_highlight.js", "*.png")
MENDED = (  # what checkers of accessibility and of HTML rightly find in the text's markup
    (re.compile('role="doc-biblioentry"'), 'role="listitem"'),
    (re.compile('<div class="highlight"><pre>'), '<div class="highlight"><pre tabindex="0">'),  # it scrolls
    (re.compile('<p class="(collapsed|expanded) admonition-title">(.*?)</p>'), r'<span class="\1">\2</span>'),  # of a summary
)
TABLE = re.compile(r'<table class="docutils.*?</table>', re.DOTALL)
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def add_to_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Gives the templates what they show beside the text, and mends the text's tables."""
    context |= {
        "first_script": Markup(FIRST_SCRIPT),
        "content_policy": POLICY.format(b64encode(sha256(FIRST_SCRIPT.encode()).digest()).decode()),
        "contents": contents(app, page, context, doctree),
        "shown": lambda file: not NOT_SHOWN.fullmatch(str(file.filename or "")),
        "about_page": about(doctree) if doctree and page != app.config.root_doc else "",
    }
    if "body" in context:
        context["body"] = TABLE.sub(_scrolling, context["body"])
        for old, new in MENDED:
            context["body"] = old.sub(new, context["body"])


def contents(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document | None) -> Markup:
    """All chapters, in their parts, with the sections of the one that is open."""
    root = app.config.root_doc
    title = app.env.titles[root].astext() if root in app.env.titles else context["project"]
    listed = (context["toctree"](collapse=True, includehidden=True, maxdepth=3) or "").replace(' role="heading"', "")
    links = str(FIRST.format("#" if page == root else context["pathto"](root), title)) + listed
    return Markup(HERE_LINK.sub(lambda link: f'{link["start"]} aria-current="page"{link["rest"]}{sections(doctree)}', links, count=1))


def sections(doctree: nodes.document | None) -> Markup:
    """The headings of a page's sections, as a list of links."""
    chapters = doctree.children if doctree else []
    parts = [part for chapter in chapters if isinstance(chapter, nodes.section) for part in chapter.children if isinstance(part, nodes.section)]
    links = Markup().join(SECTION.format(part["ids"][0], part.next_node(nodes.title).astext()) for part in parts)
    return Markup("<ul>{}</ul>").format(links) if parts else Markup()


def about(doctree: nodes.document) -> Markup:
    """How long the text takes, where that is more than a minute: its paragraphs and headings, without questions, figures and code."""
    words = sum(len(part.astext().split()) for part in doctree.findall(lambda node: isinstance(node, nodes.paragraph | nodes.title)))
    minutes = round(words / WORDS_A_MINUTE)
    return ABOUT.format(minutes) if minutes > 1 else Markup()


def _scrolling(table: re.Match[str]) -> str:
    """A wide table scrolls by itself, with the keyboard too, and does not make the page scroll."""
    caption = CAPTION.search(table[0])
    label = unescape(TAG.sub("", caption[1])).strip().rstrip("#") if caption else "Table"
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(label)}">{table[0]}</div>'


def start_writing(app: Sphinx, builder: Builder) -> None:
    """Takes away what Sphinx is about to copy again, so that nothing stays which is no longer there."""
    for path in Path(app.outdir, "_static").glob("*") if builder.format == "html" else ():
        if path.is_file():
            path.unlink()
        elif path.name not in app.config.theme_keeps:
            shutil.rmtree(path)


def finish(app: Sphinx, error: Exception | None) -> None:
    """Shrinks styles and scripts, and removes what no page asks for."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for pattern in UNUSED:
        for path in static.glob(pattern):
            path.unlink()
    for shrink, suffix in ((cssmin, "css"), (jsmin, "js")):
        for file in static.rglob(f"*.{suffix}"):
            if file.relative_to(static).parts[0] not in app.config.theme_keeps:
                _rewrite(file, shrink)


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    old = path.read_text(encoding="utf-8")
    if (new := change(old)) != old:
        path.write_text(new, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_html_theme("book", str(HERE / "book"))
    app.add_config_value("theme_keeps", [], "")  # folders below _static whose files others make, in their last form
    app.connect("config-inited", lambda app, config: config.html_static_path.append(str(HERE / "static")))
    app.connect("write-started", start_writing)
    app.connect("html-page-context", add_to_page, priority=900)
    app.connect("build-finished", finish)
    app.add_js_file("page.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
