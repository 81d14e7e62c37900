"""Charts of time: lines, and a line of events."""

from __future__ import annotations

from textwrap import wrap
from typing import Unpack

import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from atlas.figure import About, Figure, named
from atlas.style import PALETTE, at_most, legend, shape_svg
from atlas.svg import FAINT, INK, TEXT, WIDTH, canvas, plain_axes, svg_html
from atlas.text import amount, columns_in, shown, with_unit

MARKERS = "os^DvP"  # the same shapes as the legend's, in the same order
HEIGHT = 300  # of a line chart, in pixels
SHORT, DIGIT = 4, 8  # characters that fit beside the axis, pixels for each more
LINE = 18  # pixels a line of text needs


def moment(value: object) -> float:
    """A year, a date, "2014", "2014-07" or "2014-07-22" as a number of years."""
    if pd.api.types.is_number(value):
        return float(value)
    day = pd.Timestamp(value)
    return day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365)


def line_chart(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str | None = None,
    unit: str = "",
    **about: Unpack[About],
) -> Figure:
    """Lines over time; a marker at each value, name and last number at each line's end.

    `x` is a column of years or dates. At most six series; a missing number is left out.
    """
    columns_in(table, x, y, series)
    counted = table.dropna(subset=[x, y])
    names = list(dict.fromkeys(counted[series])) if series else [""]
    at_most(len(names), "series")
    drawing = canvas(HEIGHT)
    longest = max((len(amount(value)) for value in counted[y]), default=0)
    axes = time_axes(drawing, unit, left=40 + max(0, longest - SHORT) * DIGIT)
    ends = []
    for number, one in enumerate(names):
        rows = counted[counted[series] == one] if series else counted
        points = sorted(zip(map(moment, rows[x]), map(float, rows[y]), strict=True))
        colour, marker = PALETTE[number], MARKERS[number]
        axes.plot(*zip(*points, strict=True), color=colour, marker=marker, ms=7, lw=2, clip_on=False)
        last = with_unit(points[-1][1], unit if len(unit) <= 2 else "")
        ends.append((points[-1], f"{shown(one)} {last}".strip()))
    settle(axes)
    name_ends(axes, ends)
    signs = [(shape_svg(number, 16), shown(one)) for number, one in enumerate(names)]
    return Figure(
        **{"columns": None, **about},
        kind="chart",
        summary=f"{len(names)} lines" if series else f"{len(counted)} values",
        picture=svg_html(drawing, name=named(about), alt=about["alt"]),
        legend=legend(signs) if series else "",
        data=table,
    )


def time_axes(drawing, unit: str, left: int):
    """Axes with faint horizontal lines, whole years below and the unit above; `left` is the room for numbers, in pixels."""
    width = WIDTH - 105 - left
    axes = drawing.add_axes((left / WIDTH, 28 / HEIGHT, width / WIDTH, (HEIGHT - 58) / HEIGHT))
    axes.patch.set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.tick_params(colors=INK, labelsize=TEXT - 1, length=0, pad=6)
    axes.grid(axis="y", color=FAINT, lw=1)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, min_n_ticks=2))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: amount(value)))
    axes.set_title(unit, loc="left", x=-left / width, fontsize=TEXT - 1, color=INK)
    return axes


def settle(axes) -> None:
    """Fix the limits: from zero, unless all numbers are far above it or below it."""
    low, high = axes.dataLim.intervaly
    low = 0 if 0 <= low < high * 0.5 else low - (high - low) * 0.15 - (low == high)
    axes.set_ylim(low, high + (high - low) * 0.06)
    first, last = axes.dataLim.intervalx
    margin = (last - first) * 0.03 or 0.5
    axes.set_xlim(first - margin, last + margin)


def name_ends(axes, ends: list[tuple[tuple[float, float], str]]) -> None:
    """Write each line's name at the right edge, led to it where the line ends earlier; names that would touch are moved apart."""
    low, high = axes.get_ylim()
    pixel = (high - low) / (HEIGHT - 58)
    texts = ["\n".join(wrap(text, 13)) for _, text in ends]
    order = sorted(range(len(ends)), key=lambda n: ends[n][0][1])
    heights = [ends[n][0][1] for n in order]
    needs = [(texts[n].count("\n") + 1) * LINE * pixel for n in order]
    for place in range(1, len(order)):
        nearest = heights[place - 1] + (needs[place - 1] + needs[place]) / 2
        heights[place] = max(heights[place], nearest)
    edge, last = axes.get_xlim()[1], axes.dataLim.intervalx[1]
    for n, height in zip(order, heights, strict=True):
        x, y = ends[n][0]
        if x < last:
            axes.plot([x, edge], [y, height], color=FAINT, lw=1, clip_on=False, zorder=1)
        axes.text(edge, height, texts[n], va="center", fontsize=TEXT, color=INK, linespacing=1.2)


def timeline_chart(
    table: pd.DataFrame,
    *,
    date: str,
    label: str,
    category: str | None = None,
    **about: Unpack[About],
) -> Figure:
    """Events down a line of time, to scale, with date and text beside each.

    `date` is a column of dates or of texts such as "2014", "2014-07", "2014-07-22".
    Categories (at most six) differ by colour and shape.
    """
    columns_in(table, date, label, category)
    rows = table.dropna(subset=[date])
    rows = rows.sort_values(date, key=lambda dates: dates.map(moment), kind="stable")
    kinds = list(dict.fromkeys(rows[category])) if category else [""]
    at_most(len(kinds), "categories")
    texts = [wrap(f"{shown(row[date])}: {shown(row[label])}", 36) for _, row in rows.iterrows()]
    tops = [9.0]
    for text in texts:
        tops.append(tops[-1] + len(text) * LINE + 7)
    drawing = canvas(tops[-1] + 6)
    axes = plain_axes(drawing)
    moments = [moment(when) for when in rows[date]]
    signs = [kinds.index(kind) for kind in rows[category]] if category else [0] * len(rows)
    draw_events(axes, moments, signs, texts, tops)
    key = [(shape_svg(number, 16), shown(kind)) for number, kind in enumerate(kinds)]
    return Figure(
        **{"columns": None, **about},
        kind="chart",
        summary=f"{len(rows)} events",
        picture=svg_html(drawing, name=named(about), alt=about["alt"]),
        legend=legend(key) if category else "",
        data=table,
    )


def draw_events(axes, moments, signs, texts, tops) -> None:
    """The line of time on the left, its years, and each event joined to its text."""
    first, last = moments[0], moments[-1]
    upper, lower = tops[0] + 2, tops[-1] - LINE
    scale = (lower - upper) / ((last - first) or 1)
    axes.plot([52, 52], [upper, lower], color=INK, lw=1.5)
    year_marks(axes, first, last, lambda when: upper + (when - first) * scale)
    for when, sign, text, top in zip(moments, signs, texts, tops, strict=False):
        y = upper + (when - first) * scale
        axes.plot([56, 84, 92], [y, top, top], color=FAINT, lw=1)
        axes.plot([52], [y], MARKERS[sign], color=PALETTE[sign], ms=9)
        axes.plot([98], [top], MARKERS[sign], color=PALETTE[sign], ms=7)
        axes.text(108, top - 8, "\n".join(text), va="top", fontsize=TEXT, linespacing=1.25)


def year_marks(axes, first: float, last: float, place) -> None:
    """Whole years beside the line, as many as have room."""
    years = [int(year) for year in MaxNLocator(8, integer=True).tick_values(first, last)]
    for year in [year for year in years if first <= year <= last]:
        axes.plot([46, 52], [place(year)] * 2, color=INK, lw=1)
        axes.text(40, place(year), str(year), ha="right", va="center", fontsize=TEXT - 1)
