"""A Sphinx extension: the theme's icons without its icon script and fonts.

The theme of Jupyter Book draws some twenty icons with a script of 1.5 MB and a font of 150 kB. This
takes the few that the built pages show out of that script and draws them with style sheets alone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydata_sphinx_theme
from rcssmin import cssmin
from rjsmin import jsmin
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.errors import ExtensionError

from theme.icons import IconSet, icon_styles

HERE = Path(__file__).parent
THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
MACROS = Path("static", "webpack-macros.html")
# Lines that load the icon script, and Bootstrap's, of which the theme uses a tooltip on buttons that name themselves.
SCRIPT = re.compile(r"^.*<(?:script|link)[^>]*(?:fontawesome|bootstrap)\.js.*$\n", re.MULTILINE)
LOG = re.compile(r"""console\.log\(([`"'])\[PST\].*?\1\)""")
PAGE_FIXES = (  # what the theme's pages have that a check of accessibility rightly finds
    ('<div id="pst-primary-sidebar"', '<div id="pst-primary-sidebar" role="complementary" aria-label="The book"'),
    ('role="doc-biblioentry"', 'role="listitem"'),
    ('<summary><span class="toctree-toggle"', '<summary aria-label="The pages below"><span class="toctree-toggle"'),
)
FONT = re.compile(r'@font-face\{[^}]*Font Awesome[^}]*\}|(?:\.fa-[a-z0-9-]+:(?:before|after),?)+\{content:[^}]*\}')
# Searching as one types is off; only the page of results needs the index and what reads it.
SEARCH = re.compile(r'^ *<script src="[^"]*(?:searchtools|language_data|searchindex)\.js"></script>\n', re.MULTILINE)


def override_templates(app: Sphinx, config: Config) -> None:
    """Puts the theme's own macros, less the lines that load what the book does without, ahead of the theme's."""
    macros, found = SCRIPT.subn("", (THEME / MACROS).read_text(encoding="utf-8"))
    if found != 3:
        raise ExtensionError(f"{MACROS} of the theme: found {found} lines that load fontawesome.js or bootstrap.js; accepted: 3")
    folder = Path(app.doctreedir, "theme-templates")
    (folder / MACROS).parent.mkdir(parents=True, exist_ok=True)
    if not (folder / MACROS).exists() or (folder / MACROS).read_text(encoding="utf-8") != macros:  # a new template has every page written
        (folder / MACROS).write_text(macros, encoding="utf-8")
    config.templates_path.insert(0, str(folder))
    config.html_static_path.append(str(HERE / "static"))


def start_writing(app: Sphinx, builder: Builder) -> None:
    """Takes away what `finish` made of the files that Sphinx is about to copy again."""
    app.pages_written = builder.format == "html"
    for path in Path(app.outdir, "_static").glob("*") if app.pages_written else ():
        if path.is_file():
            path.unlink()
        elif path.name not in app.config.theme_keeps:
            shutil.rmtree(path)


def finish(app: Sphinx, error: Exception | None) -> None:
    """Mends the written pages, draws their icons, and removes what nothing uses any more."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for sheet in (out / "_static").glob("mystnb.*.css"):  # MyST-NB copies it anew at every build
        _rewrite(sheet, cssmin)
    if not getattr(app, "pages_written", False):
        return
    for page in out.rglob("*.html"):
        if page.name != "search.html":
            _rewrite(page, lambda text: SEARCH.sub("", text))
    pages = "".join(_rewrite(page, _mend) for page in out.rglob("*.html"))
    sheets = [out / "_static" / "styles" / name for name in ("pydata-sphinx-theme.css", "sphinx-book-theme.css")]
    css = "".join(_rewrite(sheet, lambda text: FONT.sub("", text)) for sheet in sheets)
    icons = IconSet((THEME / "static" / "scripts" / "fontawesome.js").read_text(encoding="utf-8"))
    (out / "_static" / "icons.css").write_text(icon_styles(pages, css, icons), encoding="utf-8")
    _rewrite(out / "_static" / "scripts" / "pydata-sphinx-theme.js", _mend)
    for shrink, suffix in ((cssmin, "css"), (jsmin, "js")):
        for file in (out / "_static").rglob(f"*.{suffix}"):
            if file.relative_to(out / "_static").parts[0] not in app.config.theme_keeps:
                _rewrite(file, shrink)
    for gone in ("scripts/fontawesome.js*", "scripts/bootstrap.js*", "vendor/fontawesome/webfonts/*", "**/*.map", "*webpack-macros.html"):
        for path in (out / "_static").glob(gone):
            path.unlink()


def _mend(text: str) -> str:
    for old, new in PAGE_FIXES:
        text = text.replace(new, old).replace(old, new)  # once, also where a page was mended before
    return LOG.sub("0", text)


def _rewrite(path: Path, change: Callable[[str], str]) -> str:
    old = path.read_text(encoding="utf-8")
    if (new := change(old)) != old:
        path.write_text(new, encoding="utf-8")
    return new


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_config_value("theme_keeps", [], "")  # folders below _static whose files others make, in their last form
    app.connect("config-inited", override_templates)
    app.connect("write-started", start_writing)
    app.connect("build-finished", finish)
    app.add_css_file("icons.css", priority=900)
    app.add_css_file("book.css", priority=901)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
