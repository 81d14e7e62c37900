"""Maps: a table goes in, a folium map over the book's outlines comes out.

Every map takes the keywords `name` (a slug, unique on its page), `alt` (text alternative)
and `source` (one line of plain text), and may take `view` ("region": all twelve states;
"balkans": without Anatolia; maps of places and routes also "close": what these need) and `columns` (column -> heading: the data table one click away;
default all). Countries are keyed by ISO 3166 alpha-3, XKX for Kosovo. A column, category or
country code that does not exist raises ValueError and says what is accepted.
"""

from __future__ import annotations

from html import escape
from typing import Unpack

import pandas as pd

from atlas.building import AboutMap, add_countries, category_of, map_figure, noted, outline_map, rows
from atlas.figure import Figure
from atlas.layers import Place
from atlas.outlines import STATES, names
from atlas.style import STEPS, Fill, at_most, legend
from atlas.text import amount, columns_in, listed, shown, with_unit
from atlas.values import class_of, class_texts, inner_breaks

KIND = "its kind"  # a column for the work: what decides a country's fill
ONE = ""  # the only kind where a layer has no roles


def region_map(**about: Unpack[AboutMap]) -> Figure:
    """The twelve states by name, with their neighbours as context."""
    paint = Fill(0, 0.4).paint("")
    shape = outline_map(about)
    add_countries(shape, {iso: Place(paint, (names()[iso],)) for iso in STATES}, "states")
    return map_figure(shape, None, about, summary=f"{len(STATES)} countries")


def category_map(
    table: pd.DataFrame,
    *,
    category: str,
    categories: dict,
    iso: str = "iso3",
    label: str = "country",
    note: str | None = None,
    **about: Unpack[AboutMap],
) -> Figure:
    """Countries by category, a colour and a pattern each; one row a country.

    `categories` maps the values of the column `category` to the legend's texts, at most six,
    in the legend's order. `note` is a column for one more line in the tooltip.
    """
    at_most(len(categories), "categories")
    texts = list(categories.values())
    fills = tuple(map(Fill, range(len(categories))))
    places = {}
    for row in rows(table, iso, category, label, note):
        kind = category_of(row, category, categories)
        lines = (shown(row[label]), texts[kind], *noted(row, note, about))
        places[row[iso]] = Place(fills[kind].paint(f"{about['name']}-fill"), lines)
    shape = outline_map(about)
    add_countries(shape, places, category)
    signs = [fill.swatch(f"{about['name']}-sign") for fill in fills]
    key = legend(list(zip(signs, texts, strict=True)))
    summary = f"{len(places)} countries"
    return map_figure(shape, table, about, summary=summary, legend=key, fills=fills)


def value_map(
    table: pd.DataFrame,
    *,
    value: str,
    iso: str = "iso3",
    label: str = "country",
    unit: str = "",
    breaks: list[float] | None = None,
    note: str | None = None,
    **about: Unpack[AboutMap],
) -> Figure:
    """Countries by a number, one hue in up to five steps; one row a country.

    `breaks` are the inner bounds of the classes, rising; a bound belongs to the class above
    it. Without them the classes hold about as many countries each, at rounded bounds. The
    number stands on the country. A missing number leaves its country unpainted.
    """
    counted = [row for row in rows(table, iso, value, label, note) if pd.notna(row[value])]
    bounds = inner_breaks([float(row[value]) for row in counted], breaks)
    fills = [Fill(0, opacity) for opacity in STEPS[-len(bounds) - 1 :]]
    places = {}
    for row in counted:
        lines = (shown(row[label]), with_unit(row[value], unit), *noted(row, note, about))
        paint = fills[class_of(float(row[value]), bounds)].paint("")
        places[row[iso]] = Place(paint, lines)
    shape = outline_map(about, {row[iso]: amount(row[value]) for row in counted})
    add_countries(shape, places, value)
    signs = [fill.swatch("") for fill in fills]
    key = legend(list(zip(signs, class_texts(bounds, unit), strict=True)))
    return map_figure(shape, table, about, summary=f"{len(places)} countries", legend=key)


def layer_map(
    table: pd.DataFrame,
    *,
    layer: str,
    layers: dict,
    iso: str = "iso3",
    label: str = "country",
    role: str | None = None,
    roles: dict | None = None,
    switch: str = "one",
    note: str | None = None,
    **about: Unpack[AboutMap],
) -> Figure:
    """Countries in switchable layers; one row a country and layer.

    `layers` maps the values of the column `layer` to their names in the switch. `role` is a
    column of categories inside a layer, `roles` its values and their legend texts.
    `switch="one"` shows one layer at a time (radio buttons); `"many"` lays up to six layers
    on one another (check boxes) and knows no roles. The data table has one row a country and
    one column a layer, unless `columns` asks for columns of the table as it is.
    """
    many = is_many(switch, role)
    columns_in(table, iso, label, layer, role, note)
    kinds = dict(layers) if many else dict(roles or {ONE: ""})
    at_most(len(kinds), "layers" if many else "roles")
    table = table.assign(**{KIND: table[layer] if many else table[role] if role else ONE})
    fills = tuple(Fill(number, overlaid=many) for number in range(len(kinds)))
    shape = outline_map(about)
    for number, (value, title) in enumerate(layers.items()):
        places = {}
        for row in rows(table[table[layer] == value], iso):
            kind = category_of(row, KIND, kinds)
            seat = title if many or not role else f"{title}: {kinds[row[KIND]]}"
            lines = (shown(row[label]), seat, *noted(row, note, about))
            places[row[iso]] = Place(fills[kind].paint(f"{about['name']}-fill"), lines)
        switched = {"overlay": many, "control": True, "show": number == 0}
        add_countries(shape, places, escape(title), number, said(title, places), **switched)
    shape.add_switch()
    signs = [fill.swatch(f"{about['name']}-sign") for fill in fills]
    texts = kinds.values() if many or role else []
    data = table.drop(columns=KIND) if "columns" in about else wide(table, label, layer, layers, kinds)
    return map_figure(
        shape,
        data,
        about,
        summary=f"{len(layers)} layers",
        legend=legend(list(zip(signs, texts, strict=False))),
        fills=fills,
        layers=tuple(layers.values()),
    )


def said(title: str, places: dict[str, Place]) -> str:
    """What a screen reader hears when a layer is switched on."""
    return f"{title}: {listed(place.lines[0] for place in places.values()) or 'nobody'}."


def is_many(switch: str, role: str | None) -> bool:
    """Whether several layers may be shown at once."""
    if switch not in ("one", "many"):
        raise ValueError(f"switch: found {switch!r}; accepted: 'one', 'many'")
    if switch == "many" and role is not None:
        raise ValueError(f"switch 'many': found role {role!r}; accepted: no role")
    return switch == "many"


def wide(table: pd.DataFrame, label: str, layer: str, layers: dict, kinds: dict) -> pd.DataFrame:
    """One row a country, one column a layer: its role there, or yes."""
    plain = kinds == layers or set(kinds) == {ONE}
    cells = {
        (row[label], row[layer]): "yes" if plain else kinds[row[KIND]]
        for _, row in table[table[layer].isin(list(layers))].iterrows()
    }
    countries = list(dict.fromkeys(table[label]))
    columns = {
        title: [cells.get((country, value), "–") for country in countries]
        for value, title in layers.items()
    }
    return pd.DataFrame({"Country": countries} | columns)
