"""The book's icon, an SVG of filled and stroked shapes, as PNG for devices that want pixels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path as File
from xml.etree import ElementTree

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

SVG = "{http://www.w3.org/2000/svg}"
KNOWN = ("rect", "path", "circle", "polygon")
CODES = {"moveTo": [Path.MOVETO], "lineTo": [Path.LINETO], "qCurveTo": [Path.CURVE3] * 2, "curveTo": [Path.CURVE4] * 3, "closePath": [Path.CLOSEPOLY]}
SAFE = 0.8  # of the side: what a device may show of a maskable icon is the circle of this diameter


def draw_icon(source: File, size: int, *, maskable: bool = False) -> bytes:
    """A square PNG, `size` pixels wide. A maskable one has its ground, the first shape, out to the edges and the rest within the safe circle.

    Raises ValueError that names the file and the shape that it cannot draw.
    """
    root = ElementTree.parse(source).getroot()
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    figure = Figure(figsize=(1, 1), dpi=size)
    FigureCanvasAgg(figure)
    figure.patch.set_alpha(0)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    ground, *rest = root
    if maskable:
        figure.patch.set(facecolor=ground.get("fill"), alpha=1)
    scale = SAFE if maskable else 1
    axes.set(xlim=(left + width / 2 * (1 - 1 / scale), left + width / 2 * (1 + 1 / scale)),
             ylim=(top + height / 2 * (1 + 1 / scale), top + height / 2 * (1 - 1 / scale)))
    for shape in rest if maskable else root:
        stroke = shape.get("stroke", "none")
        points = 72 * scale * float(shape.get("stroke-width", 1)) / width if stroke != "none" else 0  # the figure is one inch wide
        axes.add_patch(PathPatch(outline(shape, source), facecolor=shape.get("fill", "black"), edgecolor=stroke, linewidth=points, capstyle="butt", joinstyle="miter"))
    picture = BytesIO()
    figure.savefig(picture, format="png", transparent=False, metadata={"Software": None})
    return picture.getvalue()


def outline(shape: ElementTree.Element, source: File) -> Path:
    """A shape's outline, in the units of its drawing."""
    if shape.tag.removeprefix(SVG) not in KNOWN:
        raise ValueError(f"{source.name}: found <{shape.tag.removeprefix(SVG)}>; accepted: {', '.join(KNOWN)}")
    builder, pen = PathBuilder(), RecordingPen()
    builder.add_path_from_element(shape)
    parse_path(builder.paths[0], pen)
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for step, places in pen.value:
        if step == "endPath":
            continue
        codes += CODES[step]
        points += places or [(0, 0)]
    return Path(points, codes)
