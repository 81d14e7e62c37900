"""Tables, maps and charts of the book: a table goes in, a figure comes out.

The names below are all that a chapter needs. Each is loaded when it is first asked for: a build of the site asks for none.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "bar_chart": "charts", "grouped_bar_chart": "charts", "stacked_bar_chart": "charts",
    "describe": "data", "read_table": "data", "table_names": "data",
    "filter_table": "filtering",
    "line_chart": "lines", "timeline_chart": "lines",
    "category_map": "maps", "layer_map": "maps", "region_map": "maps", "value_map": "maps",
    "point_map": "points",
    "route_map": "routes",
    "show_table": "tables",
    "timed_map": "timed",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'atlas' has no attribute '{name}'")
    return getattr(import_module(f"atlas.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
