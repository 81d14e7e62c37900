"""Maps through time: countries painted anew at every stop of a slider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

import pandas as pd

from atlas.building import AboutMap, category_of, map_figure, noted, outline_map, rows
from atlas.figure import Figure
from atlas.layers import Drawing
from atlas.outlines import names
from atlas.stops import Stop, dated, some
from atlas.style import STEPS, Fill, at_most, fresh_swatch, legend
from atlas.text import amount, columns_in, shown, with_unit
from atlas.values import class_of, class_texts, inner_breaks

CROWD = 4  # so many countries are named at the first stop


@dataclass(frozen=True)
class Seen:
    """A country at one stop."""

    country: str
    kind: int  # the number of its fill
    text: str  # its category or its number
    number: float  # 0 for a category
    more: tuple[str, ...]  # the tooltip's further lines


Year = dict[str, Seen]  # country code -> how it is seen at a stop


@dataclass(frozen=True)
class Scale:
    """What decides a country's fill: categories, or the classes of a number."""

    column: str
    texts: list[str]  # the legend
    fills: list[Fill]
    categories: dict | None  # None: a number
    bounds: list[float]
    unit: str

    def seen(self, row: pd.Series, country: str, more: tuple[str, ...]) -> Seen:
        """How a row paints its country."""
        if self.categories is not None:
            kind = category_of(row, self.column, self.categories)
            return Seen(country, kind, self.texts[kind], 0, more)
        number = float(row[self.column])
        text = with_unit(row[self.column], self.unit)
        return Seen(country, class_of(number, self.bounds), text, number, more)


def timed_map(
    table: pd.DataFrame,
    *,
    time: str,
    category: str | None = None,
    categories: dict | None = None,
    value: str | None = None,
    unit: str = "",
    breaks: list[float] | None = None,
    iso: str = "iso3",
    label: str | None = None,
    note: str | None = None,
    **about: Unpack[AboutMap],
) -> Figure:
    """Countries painted anew at every stop of a slider; one row a country and stop.

    The stops are the years in the column `time`. Either `category` with `categories` (as
    for `category_map`) or `value` with `unit` and `breaks` (as for `value_map`, the same
    classes at every stop) decides the paint. A country without a row, or without a number,
    at a stop is unpainted there. `label` is a column of names; without it the map's own
    names serve. A line under the slider says which countries have changed their category,
    or the least and the greatest number. Other keywords as for every map.
    """
    columns_in(table, time, category, value, iso, label, note)
    counted = dated(table, time)
    scale = scale_of(counted, category, categories, value, unit, breaks)
    years = seen_years(counted, scale, time, iso, label, note, about)
    shape = outline_map(about, last_numbers(years) if value else None)
    shape.add_child(Drawing("timed", histories(years, scale, about["name"])))
    signs = [fill.swatch(f"{about['name']}-sign") for fill in scale.fills]
    entries = list(zip(signs, scale.texts, strict=True))
    if category:
        entries.append((fresh_swatch(), "changed in the year shown"))
    return map_figure(
        shape,
        table,
        about,
        summary=f"{len(years)} stops",
        legend=legend(entries),
        fills=tuple(scale.fills),
        stops=stops_of(years, scale),
    )


def scale_of(
    table: pd.DataFrame,
    category: str | None,
    categories: dict | None,
    value: str | None,
    unit: str,
    breaks: list[float] | None,
) -> Scale:
    """The scale that was asked for. Raises ValueError unless it is exactly one."""
    if category is not None and categories is not None and value is None:
        at_most(len(categories), "categories")
        fills = [Fill(number) for number in range(len(categories))]
        return Scale(category, list(categories.values()), fills, categories, [], "")
    if value is None or category is not None or categories is not None:
        found = {"category": category, "categories": categories, "value": value}
        given = [name for name, one in found.items() if one is not None]
        raise ValueError(f"found {given}; accepted: ['category', 'categories'] or ['value']")
    bounds = inner_breaks([float(number) for number in table[value].dropna()], breaks)
    fills = [Fill(0, opacity) for opacity in STEPS[-len(bounds) - 1 :]]
    return Scale(value, class_texts(bounds, unit), fills, None, bounds, unit)


def seen_years(
    table: pd.DataFrame,
    scale: Scale,
    time: str,
    iso: str,
    label: str | None,
    note: str | None,
    about: AboutMap,
) -> dict[int, Year]:
    """Every stop, in order, with the countries that it paints."""
    years: dict[int, Year] = {year: {} for year in sorted(int(year) for year in table[time].unique())}
    for row in rows(table, iso):
        year = years[row[time]]
        if row[iso] in year:
            raise ValueError(f"found two rows for {row[iso]} in {row[time]}; accepted: one")
        if scale.categories is not None or pd.notna(row[scale.column]):
            country = shown(row[label]) if label else names()[row[iso]]
            year[row[iso]] = scale.seen(row, country, noted(row, note, about))
    return years


def last_numbers(years: dict[int, Year]) -> dict[str, str]:
    """What stands on the countries at first: their latest numbers, with room for all of them."""
    everyone = {iso: "" for year in years.values() for iso in year}
    return everyone | {iso: amount(seen.number) for iso, seen in list(years.values())[-1].items()}


def histories(years: dict[int, Year], scale: Scale, name: str) -> list[list]:
    """For the script: each country's states as [first stop, is it news, label, fill, opacity, *lines].

    A state holds until the next one begins; one without a fill says that nothing is painted.
    """
    drawn = []
    for iso in dict.fromkeys(iso for year in years.values() for iso in year):
        states, before = [], None
        for place, year in enumerate(years.values()):
            seen = year.get(iso)
            if seen != before or not place:
                news = bool(place and seen and scale.categories and kind_of(seen) != kind_of(before))
                states.append([place, int(news), *look(seen, scale, name)])
            before = seen
        drawn.append([iso, states])
    return drawn


def kind_of(seen: Seen | None) -> int | None:
    return seen.kind if seen else None


def look(seen: Seen | None, scale: Scale, name: str) -> list:
    """How a country looks: its label (None: its name stays), its paint, its tooltip."""
    named = scale.categories is not None
    if seen is None:
        return [None if named else ""]
    mark = None if named else amount(seen.number)
    paint = scale.fills[seen.kind].paint(f"{name}-fill")
    return [mark, *paint.values(), seen.country, seen.text, *seen.more]


def stops_of(years: dict[int, Year], scale: Scale) -> tuple[Stop, ...]:
    """What the slider stands at, and what it says there."""
    stops, before = [], {}
    for year, now in years.items():
        if scale.categories is None:
            news = range_said(now)
        else:
            news = changes_said(before, now, scale.texts)
        stops.append(Stop(year, f"{year}: {news}."))
        before = now
    return tuple(stops)


def changes_said(before: Year, now: Year, texts: list[str]) -> str:
    """Which countries have come into which category, and which are no longer shown.

    At the first stop, where all of them have, a large group is only counted.
    """
    parts = []
    for kind, text in enumerate(texts):
        came = [
            seen.country
            for iso, seen in now.items()
            if seen.kind == kind and kind_of(before.get(iso)) != kind
        ]
        if came:
            crowd = not before and len(came) > CROWD
            parts.append(f"{f'{len(came)} countries' if crowd else some(came)} ({text})")
    if gone := [seen.country for iso, seen in before.items() if iso not in now]:
        parts.append(f"{some(gone)} (no longer shown)")
    return "; ".join(parts) or "no change"


def range_said(now: Year) -> str:
    """The least and the greatest number of a stop."""
    if not now:
        return "no number"
    least, most = (pick(now.values(), key=lambda seen: seen.number) for pick in (min, max))
    if least is most:
        return f"{least.country}, {least.text}"
    return f"from {least.text} ({least.country}) to {most.text} ({most.country})"
