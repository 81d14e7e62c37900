"""folium over the book's own outlines: no tiles, no request, the same bytes each time.

The outlines are not in a layer: each refers to the one copy that the page or notebook
carries. Python hands over which place is painted how and what its tooltip says;
static/draw.js draws that and decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape

import folium
from branca.element import MacroElement
from folium.map import Layer
from folium.template import Template
from folium.utilities import JsCode

from atlas.outlines import FRAME, VIEWS
from atlas.static import leaflet_styles, map_scripts, styles
from atlas.stops import Stop, slider_html

CLOSE = "close"  # the view of a map of places or routes that is no wider than they need
MARGIN = 0.5  # degrees around them

STATUS = '<p class="atlas-status" role="status"></p>'

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Spot = tuple[float, float]  # latitude, longitude in degrees


@dataclass(frozen=True)
class Place:
    """A country as one layer shows it."""

    paint: dict[str, object]  # fill, opacity
    lines: tuple[str, ...]  # the tooltip; the first line is its heading


@dataclass(frozen=True)
class Point:
    """A spot on the map (degrees) with a sign `size` pixels wide."""

    lat: float
    lon: float
    size: int
    shift: int  # pixels to the right, where several signs stand at one spot
    sign: str  # SVG
    lines: tuple[str, ...]


class Drawing(MacroElement):
    """Something on the map, by a call into draw.js with the map and Python's data."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "atlas.{{ this.call }}({{ this._parent.get_name() }}, {{ this.data|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(self, call: str, data: object) -> None:
        super().__init__()
        self._name, self._id = "drawing", call
        self.call, self.data = call, data


class Countries(Layer):
    """Painted countries, as a layer that Leaflet's layer control can switch."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = "
        "atlas.countries({{ this.places|tojson }}, {{ this.said|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(
        self, places: dict[str, Place], *, number: str, name: str, said: str, **switch: bool
    ) -> None:
        super().__init__(name=name, **switch)
        self._name, self._id = "layer", number
        self.places = [[iso, *one.paint.values(), *one.lines] for iso, one in places.items()]
        self.said = said


def corners(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """A frame as Leaflet takes it: two corners, latitude first."""
    return [[south, west], [north, east]]


def holding(view: Box | None, spots: Collection[Spot]) -> Box:
    """The view, widened until it holds every spot with a margin; without a view, what they need."""
    boxes = [] if view is None else [view]
    boxes += [(lon - MARGIN, lat - MARGIN, lon + MARGIN, lat + MARGIN) for lat, lon in spots]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


class OutlineMap(folium.Map):
    """A folium map with nothing under it; asks for no file of its own."""

    default_js: list = []
    default_css: list = []

    def __init__(self, name: str, view: str, spots: Collection[Spot] = ()) -> None:
        accepted = [*sorted(VIEWS), CLOSE] if spots else sorted(VIEWS)
        if view not in accepted:
            raise ValueError(f"view: found {view!r}; accepted: {accepted}")
        super().__init__(
            location=[41.5, 24],
            zoom_start=4,
            tiles=None,
            zoom_control="bottomleft",
            max_bounds_viscosity=1,
            zoom_snap=0,
            zoom_delta=0.75,
            scroll_wheel_zoom=False,
            dragging=JsCode("!matchMedia('(pointer: coarse)').matches"),
            attribution_control=False,
            track_resize=False,
        )
        self._name, self._id = "map", name.replace("-", "_")  # no random ids
        self.view = holding(VIEWS.get(view), spots)

    @property
    def name(self) -> str:
        """The figure's name as a JavaScript name."""
        return self._id

    def add_switch(self) -> None:
        """Let the reader switch between the layers added so far, by mouse and keyboard."""
        control = folium.LayerControl(collapsed=False)
        control._id = self._id
        self.add_child(control)

    def script(self) -> str:
        """The map's own script: a classic script that expects Leaflet, outlines and draw.js."""
        extent = {"view": corners(*self.view), "frame": corners(*FRAME)}
        self.add_child(Drawing("ready", extent))
        root = self.get_root()
        root.render()
        return "\n".join(line.strip() for line in root.script.render().splitlines() if line.strip())


def box_html(
    shape: OutlineMap, *, alt: str, definitions: str, layers: tuple[str, ...], stops: tuple[Stop, ...]
) -> str:
    """Where the map appears: its text alternative, room for the layer switch, canvas, slider."""
    rows = "".join(f"<span>{escape(layer)}</span>" for layer in layers)
    switch = f'<div class="atlas-switch" role="group" aria-label="Layers">{rows}</div>'
    name = shape.get_name()
    return (
        f'<div class="atlas-box"><p class="atlas-alt" id="{name}_alt">{escape(alt)}</p>'
        f"{definitions}{switch if layers else ''}"
        f'<div class="atlas-canvas" id="{name}" aria-describedby="{name}_alt"></div>'
        f"{slider_html(name, stops) if stops else STATUS}</div>"
    )


def frame_html(box: str, script: str, *, title: str, rows: int) -> str:
    """The map for a notebook: a document of its own that needs no network.

    page.py takes it apart again for the site: the box between `body` and the first
    script, and the script marked `data-atlas-map`.
    """
    shared = "".join(f"<script>{text}</script>" for text in map_scripts().values())
    document = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{leaflet_styles()}{styles()}</style></head>"
        f'<body class="atlas-alone">{box}{shared}<script data-atlas-map>{script}</script></body></html>'
    )
    srcdoc = document.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<iframe class="atlas-frame" title="{escape(title)}" data-rows="{rows}"'
        f' srcdoc="{srcdoc}"></iframe>'
    )
