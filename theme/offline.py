"""A Sphinx extension: the book without a network, and on a home screen.

The site gets a service worker, `sw.js`, with the list of its files and what they hold, and a manifest with icons made from the
book's own. `theme/static/offline.js` registers the worker once a page has loaded. The directive

    ```{offline}
    ```

says whether the reader's browser keeps the book, with a button that asks for it or ends it.
"""

from __future__ import annotations

import json
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.parse import quote

from docutils import nodes
from rjsmin import jsmin
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

HERE = Path(__file__).parent
WORKER, NO_WORKER = HERE / "worker.js", HERE / "no_worker.js"
NOT_KEPT = ("sw.js", "feed.xml", "sitemap.xml", "robots.txt", "objects.inv", "pictures/*", "packages/*", ".*", "*/.*")  # what no page asks for
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-mask.png", 512, "maskable"))  # file, pixels, purpose
SAID = ('<div class="offline" data-offline><p>Once you have opened a page of it, your browser keeps the whole book, and it opens without a network.</p>'
        '<button type="button" hidden></button></div>')


def kept_files(site: Path) -> list[tuple[str, str]]:
    """The files that a reader's browser keeps, with the first half of their SHA-256; small ones first."""
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    found = {name: (site / name).read_bytes() for name in names if not any(fnmatch(name, pattern) for pattern in NOT_KEPT)}
    return [(name, sha256(found[name]).hexdigest()[:32]) for name in sorted(found, key=lambda name: (len(found[name]), name))]


def worker(files: list[tuple[str, str]]) -> str:
    """The service worker of an edition, which is named by what its files hold."""
    edition = sha256(json.dumps(sorted(files)).encode()).hexdigest()[:16]
    book = json.dumps({"edition": edition, "files": [(quote(name), held) for name, held in files]}, separators=(",", ":"))
    return f"const BOOK={book};\n{jsmin(WORKER.read_text(encoding='utf-8'))}\n"


def manifest(app: Sphinx) -> dict[str, Any]:
    """What a device needs to know to install the book."""
    about, name = app.config.about_book, app.config.project
    icons = [{"src": file, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose} for file, size, purpose in ICONS]
    return {
        "name": name, "short_name": about.get("short_name", name), "description": about.get("description", ""), "lang": app.config.language,
        "start_url": "./", "scope": "./", "display": "standalone", "categories": ["education", "books"],
        "theme_color": about.get("colour", "#ffffff"), "background_color": "#ffffff", "icons": icons}


def write_icons(app: Sphinx) -> None:
    """Draws the icons, once for each state of the book's own and of what draws it."""
    source = Path(app.srcdir, app.config.html_favicon)
    state = sha256(source.read_bytes() + (HERE / "app_icons.py").read_bytes()).hexdigest()[:16]
    for file, size, purpose in ICONS:
        drawn = Path(app.doctreedir, "icons", state, file)
        if not drawn.exists():
            drawn.parent.mkdir(parents=True, exist_ok=True)
            from theme.app_icons import draw_icon  # takes as long to load as to draw

            drawn.write_bytes(draw_icon(source, size, maskable=purpose == "maskable"))
        copyfile(drawn, Path(app.outdir, file))


def write(app: Sphinx, error: Exception | None) -> None:
    """Leaves the worker, the manifest and the icons in the site, when all else is there."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    if not app.config.offline:
        (out / "sw.js").write_text(jsmin(NO_WORKER.read_text(encoding="utf-8")) + "\n", encoding="utf-8")
        return
    write_icons(app)
    (out / "manifest.webmanifest").write_text(json.dumps(manifest(app), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "sw.js").write_text(worker(kept_files(out)), encoding="utf-8")


class OfflineDirective(SphinxDirective):
    """Whether this browser keeps the book; without scripts, that it may."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", SAID, format="html")] if self.config.offline else []


def load_style(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Loads the style on the pages that say whether the book is kept."""
    if "data-offline" in context.get("body", ""):
        app.add_css_file("offline.css")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.setup_extension("theme.about_pages")
    app.add_config_value("offline", True, "html")  # False: a site that was kept before is forgotten by the browsers that kept it
    app.add_directive("offline", OfflineDirective)
    app.connect("config-inited", lambda app, config: config.offline and app.add_js_file("offline.js", loading_method="defer"))
    app.connect("html-page-context", load_style)
    app.connect("build-finished", write, priority=1000)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
