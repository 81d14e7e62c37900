"""Steps that every kind of map shares."""

from collections.abc import Collection, Iterator

import pandas as pd

from atlas.figure import About, Figure, named
from atlas.layers import Countries, Drawing, OutlineMap, Place, Spot, box_html, frame_html
from atlas.outlines import STATES, known, names
from atlas.stops import Stop
from atlas.style import Fill, definitions
from atlas.text import columns_in, heading, shown

SLIDER_ROWS = 5  # the slider and its line of text need as much room as five rows of a switch
OUTLINES = "Outlines: Natural Earth (public domain)"


class AboutMap(About, total=False):
    """The keywords that every map takes."""

    view: str  # "region": all twelve states (default); "balkans": without Anatolia; "close"


def outline_map(
    about: AboutMap, labels: dict[str, str] | None = None, spots: Collection[Spot] = ()
) -> OutlineMap:
    """A map of land, borders and labels (by default the names of the twelve states).

    Where labels have no room, the first ones win. The view holds every one of the spots.
    """
    shape = OutlineMap(named(about, AboutMap), about.get("view", "region"), spots)
    labels = {iso: names()[iso] for iso in STATES} if labels is None else labels
    shape.add_child(Drawing("land", list(labels.items())))
    return shape


def map_figure(
    shape: OutlineMap,
    table: pd.DataFrame | None,
    about: AboutMap,
    *,
    summary: str,
    legend: str = "",
    fills: tuple[Fill, ...] = (),
    layers: tuple[str, ...] = (),
    stops: tuple[Stop, ...] = (),
) -> Figure:
    """Put a drawn map together with its legend, source and data."""
    name, alt, source = about["name"], about["alt"], about["source"]
    patterns = definitions(f"{name}-fill", fills)
    box = box_html(shape, alt=alt, definitions=patterns, layers=layers, stops=stops)
    if stops:
        shape.add_child(Drawing("clock", [[stop.year, stop.said] for stop in stops]))
    rows_beside = SLIDER_ROWS if stops else len(layers)
    if "Natural Earth" not in source:
        source = f"{source.rstrip('.')}. {OUTLINES}"
    return Figure(
        name=name,
        alt=alt,
        source=source,
        kind="map",
        summary=summary,
        picture=frame_html(box, shape.script(), title=f"Map: {alt}", rows=rows_beside),
        legend=legend,
        data=table,
        columns=about.get("columns"),
    )


def rows(table: pd.DataFrame, iso: str, *columns: str | None) -> Iterator[pd.Series]:
    """The rows of a table of countries, once its columns and country codes are known."""
    columns_in(table, iso, *columns)
    known(list(table[iso]))
    return (row for _, row in table.iterrows())


def noted(row: pd.Series, note: str | None, about: AboutMap) -> tuple[str, ...]:
    """The tooltip's last line: a column of the row under its heading; none where it is empty."""
    if note is None or not shown(row[note]):
        return ()
    return (f"{about.get('columns', {}).get(note, heading(note))}: {shown(row[note])}",)


def category_of(row: pd.Series, column: str, categories: dict) -> int:
    """The position of the row's category in the legend."""
    if row[column] not in categories:
        raise ValueError(f"{column}: found {row[column]!r}; accepted: {list(categories)}")
    return list(categories).index(row[column])


def add_countries(
    shape: OutlineMap,
    places: dict[str, Place],
    name: str,
    number: int = 0,
    said: str = "",
    **switch: bool,
) -> None:
    """Add a layer of painted countries; without `control=True` it is always shown."""
    switch = {"control": False, "overlay": True} | switch
    number = f"{shape.name}_{number}"
    shape.add_child(Countries(places, name=name, number=number, said=said, **switch))
