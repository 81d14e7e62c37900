"""Tables, maps and charts of the book: a table goes in, a figure comes out.

The names below are all that a chapter needs.
"""

from atlas.charts import bar_chart, grouped_bar_chart, stacked_bar_chart
from atlas.data import describe, read_table, table_names
from atlas.filtering import filter_table
from atlas.lines import line_chart, timeline_chart
from atlas.maps import category_map, layer_map, region_map, value_map
from atlas.points import point_map
from atlas.routes import route_map
from atlas.tables import show_table
from atlas.timed import timed_map

__all__ = [
    "bar_chart",
    "category_map",
    "describe",
    "filter_table",
    "grouped_bar_chart",
    "layer_map",
    "line_chart",
    "point_map",
    "read_table",
    "region_map",
    "route_map",
    "show_table",
    "stacked_bar_chart",
    "table_names",
    "timed_map",
    "timeline_chart",
    "value_map",
]
