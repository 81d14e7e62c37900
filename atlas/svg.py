"""A matplotlib drawing as inline SVG: small, the same bytes each time, in the page's colours.

Text stays text and takes the page's font and colour; presentation stands in attributes, so
a page with a strict content security policy shows it; ids begin with the figure's name.
"""

from __future__ import annotations

import re
from html import escape
from io import StringIO
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from atlas.style import Fill

WIDTH = 400  # pixels: legible when a phone shows it at 350
TEXT = 14  # pixels
INK = "#010203"  # stands for the text colour
FAINT = "#030201"  # stands for a faint line in the text colour
HALO = "halo"  # a text's gid: it gets an edge in the page's colour
SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "atlas"}
NEEDLESS = {"font-family": None, "text-anchor": "start"}  # attributes; None: whatever the value


def canvas(height: float) -> Drawing:
    """An empty drawing, `WIDTH` pixels wide and `height` high; one point is one pixel."""
    drawing = Drawing(figsize=(WIDTH / 72, height / 72), dpi=72)
    drawing.patch.set_visible(False)
    return drawing


def plain_axes(drawing: Drawing):
    """Axes without lines whose units are pixels from the upper left corner."""
    height = drawing.get_figheight() * 72
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    return axes


def svg_html(drawing: Drawing, *, name: str, alt: str, fills: tuple[Fill, ...] = ()) -> str:
    """The drawing as an `<svg role="img">` with its text alternative.

    Areas in the colour of one of `fills` get that fill's pattern.
    """
    for text in drawing.findobj(Text):
        text.set_parse_math(False)  # a dollar is a dollar
    stored = StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with matplotlib.rc_context(STYLE):
        drawing.savefig(stored, format="svg", metadata=nothing)
    root = ElementTree.fromstring(stored.getvalue())
    patterns = {fill.colour: f"url(#{name}-fill-{fill.pattern})" for fill in fills if not fill.solid}
    tidy(root, name, patterns)
    ElementTree.register_namespace("", SVG)
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    inner = re.sub(rf' xmlns="{SVG}"|>\s+(?=<)', lambda found: found[0][:1].strip(), inner)
    definitions = "".join(fill.definition(f"{name}-fill") for fill in fills)
    return (
        f'<svg role="img" aria-labelledby="{name}-alt" viewBox="{root.get("viewBox")}"'
        f' width="{WIDTH}" height="{round(drawing.get_figheight() * 72)}">'
        f'<title id="{name}-alt">{escape(alt)}</title><defs>{definitions}</defs>{inner}</svg>'
    )


def tidy(root: ElementTree.Element, name: str, patterns: dict[str, str]) -> None:
    """Attributes for styles, the page's colours, short numbers, ids of this figure."""
    values = " ".join(value for element in root.iter() for value in element.attrib.values())
    used = set(re.findall(r"#([\w-]+)", values))
    for element in root.iter():
        unpack_style(element)
        drop_needless(element)
        if HREF in element.attrib:
            element.set("href", element.attrib.pop(HREF))
        mark_id(element, name, used)
        for key, value in list(element.attrib.items()):
            element.set(key, attribute(key, value, name, patterns))


def unpack_style(element: ElementTree.Element) -> None:
    """Turn `style="fill: red"` into `fill="red"`; the font's size and weight alone are kept."""
    for rule in element.attrib.pop("style", "").split(";"):
        key, _, value = (part.strip() for part in rule.partition(":"))
        if key == "font":
            element.set("font-size", re.search(r"([\d.]+)px", value)[1])
            if "bold" in value or "700" in value:
                element.set("font-weight", "bold")
        elif key:
            element.set(key, value)
    for key in ("stroke", "fill"):
        if element.get(key) == FAINT:
            element.set(f"{key}-opacity", ".28")


def drop_needless(element: ElementTree.Element) -> None:
    """Take out style sheets, empty groups, and attributes that say what is so anyway."""
    for child in list(element):
        if child.tag == f"{{{SVG}}}style" or (child.tag == f"{{{SVG}}}g" and not list(child.iter())[1:]):
            element.remove(child)
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    for key, value in NEEDLESS.items():
        if key in element.attrib and value in (None, element.get(key)):
            del element.attrib[key]


def mark_id(element: ElementTree.Element, name: str, used: set[str]) -> None:
    """Keep an id that something refers to, below the figure's name; drop the others."""
    own = element.attrib.pop("id", None)
    if own == HALO:
        element.set("class", "atlas-halo")
    elif own in used:
        element.set("id", f"{name}-{own}")


def attribute(key: str, value: str, name: str, patterns: dict[str, str]) -> str:
    """One attribute's value in its final form."""
    if value in (INK, FAINT):
        return "currentColor"
    if key == "fill" and value in patterns:
        return patterns[value]
    if key == "href":
        return f"#{name}-{value[1:]}"
    if key in ("clip-path", "fill") and value.startswith("url(#"):
        return f"url(#{name}-{value[5:]}"
    if key in ("d", "x", "y", "transform", "width", "height"):
        shorter = re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value)
        return re.sub(r"\s+", " ", shorter).strip()
    return value
