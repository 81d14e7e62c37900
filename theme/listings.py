"""A Sphinx extension: what search engines and feed readers ask a site for.

`sitemap.xml` lists the pages once the book knows its address (`about_pages.py`), `robots.txt` lets everybody in, and `feed.xml` is made
from the news that CHANGES.md has for readers (`news.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from theme.news import BadNews, feed, read_news

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "CHANGES.md"
FEED = Markup('\n<link rel="alternate" type="application/atom+xml" title="{}" href="{}">')


def sitemap(addresses: list[str]) -> bytes:
    """The pages' addresses as XML."""
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address in addresses:
        ElementTree.SubElement(ElementTree.SubElement(root, f"{{{SITEMAP}}}url"), f"{{{SITEMAP}}}loc").text = address
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def write(app: Sphinx, error: Exception | None) -> None:
    """Leaves them in the site. Raises ExtensionError that says what is wrong with the news."""
    if error or app.builder.format != "html":
        return
    out, base, root = Path(app.outdir), app.config.html_baseurl, app.config.root_doc
    (out / "robots.txt").write_text("User-agent: *\nAllow: /\n" + (f"Sitemap: {base}sitemap.xml\n" if base else ""), encoding="utf-8")
    for name in ("sitemap.xml", "feed.xml"):
        (out / name).unlink(missing_ok=True)
    if base:
        addresses = [base if page == root == "index" else base + app.builder.get_target_uri(page) for page in sorted(app.env.found_docs)]
        (out / "sitemap.xml").write_bytes(sitemap(addresses))
    if (news := Path(app.srcdir, NEWS)).exists():
        pages = {Path(app.env.doc2path(page, base=False)).as_posix(): app.builder.get_target_uri(page) for page in app.env.found_docs}
        try:
            (out / "feed.xml").write_bytes(feed(read_news(news, pages, base), app.config.project, app.config.author, base))
        except BadNews as trouble:
            raise ExtensionError(str(trouble)) from None


def link(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Lets feed readers find the feed."""
    if Path(app.srcdir, NEWS).exists():
        context["metatags"] = Markup(context.get("metatags", "")) + FEED.format(f"Changes of {app.config.project}", context["pathto"]("feed.xml", True))


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.setup_extension("theme.about_pages")
    app.connect("html-page-context", link, priority=810)
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
