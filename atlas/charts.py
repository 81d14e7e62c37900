"""Bar charts: a table goes in, an inline SVG comes out.

Every chart takes the keywords `name` (a slug, unique on its page), `alt` (text alternative)
and `source` (one line of plain text), and may take `columns` (column -> heading: the data
table one click away; default all). Labels stand above their bars, so a chart reads on a
phone. Series differ by colour and pattern.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Unpack

import pandas as pd
from matplotlib.patches import Rectangle

from atlas.figure import About, Figure, named
from atlas.style import Fill, at_most, legend
from atlas.svg import HALO, INK, TEXT, WIDTH, canvas, plain_axes, svg_html
from atlas.text import amount, columns_in, shown, with_unit

LINE = 18  # pixels a line of text needs
BAR = 16
GAP = 10
ROOM = 102  # pixels beside the longest bar, for its number


def bar_chart(
    table: pd.DataFrame,
    *,
    label: str,
    value: str,
    unit: str = "",
    sort: bool = True,
    **about: Unpack[About],
) -> Figure:
    """Horizontal bars, one a row, with the number at each bar's end; longest first if `sort`."""
    columns_in(table, label, value)
    table = table.dropna(subset=[value])
    table = table.sort_values(value, ascending=False, kind="stable") if sort else table
    groups = [(shown(row[label]), [(0, float(row[value]))]) for _, row in table.iterrows()]
    return bars(table, groups, [""], unit, False, about)


def grouped_bar_chart(
    table: pd.DataFrame, *, label: str, series: str, value: str, unit: str = "", **about: Unpack[About]
) -> Figure:
    """Bars in groups: one group a `label`, one bar a `series`; order as in the table."""
    groups, names = grouped(table, label, series, value)
    return bars(table, groups, names, unit, False, about)


def stacked_bar_chart(
    table: pd.DataFrame, *, label: str, series: str, value: str, unit: str = "", **about: Unpack[About]
) -> Figure:
    """One bar a `label`, made of one part a `series` (no negative numbers); order as in the table."""
    groups, names = grouped(table, label, series, value)
    if (table[value].dropna() < 0).any():
        raise ValueError(f"{value}: found a number below zero; accepted: zero or more")
    return bars(table, groups, names, unit, True, about)


Group = tuple[str, list[tuple[int, float]]]  # label; (number of the series, value)


def grouped(table: pd.DataFrame, label: str, series: str, value: str) -> tuple[list[Group], list[str]]:
    """A long table as groups of (series, value), and the names of the series."""
    columns_in(table, label, series, value)
    table = table.dropna(subset=[value])
    names = list(dict.fromkeys(table[series]))
    at_most(len(names), "series")
    groups: dict[str, list[tuple[int, float]]] = {}
    for _, row in table.iterrows():
        groups.setdefault(shown(row[label]), []).append((names.index(row[series]), float(row[value])))
    return list(groups.items()), [shown(one) for one in names]


def bars(
    table: pd.DataFrame, groups: list[Group], names: list[str], unit: str, stacked: bool, about: About
) -> Figure:
    """Draw the groups one below the other and put the figure together."""
    name = named(about)
    fills = tuple(Fill(number) for number in range(len(names)))
    texts = [wrap(label, 46) or [""] for label, _ in groups]
    rows = [1 if stacked else len(values) for _, values in groups]
    heights = [len(t) * LINE + r * (BAR + 2) + GAP for t, r in zip(texts, rows, strict=True)]
    drawing = canvas(sum(heights))
    axes = plain_axes(drawing)
    sums = [sum(v for _, v in values) for _, values in groups]
    longest = max([0, *(sums if stacked else (v for _, values in groups for _, v in values))])
    lowest = min([0, *(v for _, values in groups for _, v in values)])
    scale = (WIDTH - (4 if stacked else ROOM)) / ((longest - lowest) or 1)
    top = 0.0
    for (_, values), text, height in zip(groups, texts, heights, strict=True):
        axes.text(0, top + 1, "\n".join(text), va="top", linespacing=1.2, fontsize=TEXT)
        first = top + len(text) * LINE + 2
        draw = draw_stack if stacked else draw_bars
        draw(axes, values, first, -lowest * scale, scale, unit)
        top += height
    signs = [fill.swatch(f"{name}-sign") for fill in fills]
    return Figure(
        **{"columns": None, **about},
        kind="chart",
        summary=f"{len(groups)} bars" if len(names) == 1 else f"{len(groups)} groups",
        picture=svg_html(drawing, name=name, alt=about["alt"], fills=fills),
        legend=legend([pair for pair in zip(signs, names, strict=True) if pair[1]]),
        data=table,
    )


def draw_bars(axes, values, top: float, zero: float, scale: float, unit: str) -> None:
    """One bar a value, one below the other, each with its number."""
    for place, (series, value) in enumerate(values):
        y = top + place * (BAR + 2)
        block(axes, zero, y, value * scale, series)
        end = zero + max(value, 0) * scale + 5
        axes.text(end, y + BAR / 2, with_unit(value, unit), va="center_baseline", fontsize=TEXT)
    axes.plot([zero, zero], [top - 1, top + len(values) * (BAR + 2)], color=INK, lw=1, clip_on=False)


def draw_stack(axes, values, top: float, zero: float, scale: float, unit: str) -> None:
    """One bar of parts; a part that is wide enough carries its number."""
    for series, value in values:
        block(axes, zero, top, value * scale, series)
        if value * scale > 28:
            middle = zero + value * scale / 2
            place = {"ha": "center", "va": "center_baseline", "fontsize": TEXT}
            axes.text(middle, top + BAR / 2, amount(value), gid=HALO, **place)
        zero += value * scale


def block(axes, x: float, y: float, width: float, series: int) -> None:
    """One rectangle in the colour (and later the pattern) of its series."""
    colour = Fill(series).colour
    axes.add_patch(Rectangle((x, y), width, BAR, fc=colour, ec=INK, lw=0.6, clip_on=False))
