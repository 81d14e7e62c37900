"""The scripts and styles that maps and charts share, as text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import js_lib_leaflet
from rcssmin import cssmin
from rjsmin import jsmin

from atlas import outlines

HERE = Path(__file__).resolve().parent
LEAFLET = Path(js_lib_leaflet.__file__).resolve().parent / "static" / "js_lib_leaflet"


@cache
def styles() -> str:
    """The style of figures, legends and tables."""
    return cssmin((HERE / "atlas.css").read_text(encoding="utf-8"))


@cache
def leaflet_styles() -> str:
    """Leaflet's own style, without the rules that ask for its pictures (we use none)."""
    rules = (LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    return cssmin(re.sub(r"[^{}]*\{[^{}]*url\((?!#)[^{}]*\}", "", rules))


@cache
def map_scripts() -> dict[str, str]:
    """What every map needs before its own script, in this order: name -> classic script."""
    leaflet = (LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    return {
        "leaflet": re.sub(r"\n//# sourceMappingURL=.*", "", leaflet),
        "outlines": f"window.atlasOutlines = {outlines.PATH.read_text(encoding='utf-8').strip()};\n",
        "draw": jsmin("\n".join((HERE / name).read_text(encoding="utf-8") for name in ("places.js", "draw.js"))),
    }


@cache
def loader() -> str:
    """The script of a page that has maps: loads what they need when they come near."""
    return jsmin((HERE / "map.js").read_text(encoding="utf-8"))


@cache
def filter_styles() -> str:
    """The style of a table with filters, beside the one of all tables."""
    return cssmin((HERE / "filter.css").read_text(encoding="utf-8"))


@cache
def filter_script() -> str:
    """The script of a page that has a table with filters."""
    return jsmin((HERE / "filter.js").read_text(encoding="utf-8"))


def style_element() -> str:
    """The shared style as an element, for notebooks; the site links one file instead."""
    return f'<style class="atlas-style">{styles()}</style>'
