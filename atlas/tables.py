"""A DataFrame as a plain HTML table that a screen reader, a phone and a printer can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import pandas as pd

from atlas.static import style_element
from atlas.text import amount, are_years, columns_in, heading, shown


SHORT = 17  # characters: "23 September 2026" stays on one line


def table_html(frame: pd.DataFrame, caption: str, columns: dict[str, str] | None = None) -> str:
    """A table with a caption and headings, inside a group that scrolls sideways.

    `columns` maps column to heading, in the order shown; without it every column is
    shown. The first column heads its row. All text is escaped.
    """
    columns = columns or {name: heading(str(name)) for name in frame.columns}
    columns_in(frame, *columns)
    numeric = {name: amount if not are_years(frame[name]) else shown for name in columns if is_numeric(frame[name])}
    head = "".join(
        f'<th scope="col"{cell_class(text, name in numeric)}>{escape(text)}</th>'
        for name, text in columns.items()
    )
    rows = "".join(row_html(row, columns, numeric) for _, row in frame.iterrows())
    return (
        f'<div class="atlas-scroll" role="group" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="atlas-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def row_html(row: pd.Series, columns: dict[str, str], numeric: dict[str, Callable]) -> str:
    """One row; its first cell is the row's heading. `numeric` says how the numbers of a column are shown."""
    cells = []
    for place, name in enumerate(columns):
        text = numeric.get(name, shown)(row[name])
        tag, scope = ("td", "") if place else ("th", ' scope="row"')
        cells.append(f"<{tag}{scope}{cell_class(text, name in numeric)}>{escape(text)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def cell_class(text: str, numeric: bool) -> str:
    """Numbers stand to the right; short texts, such as dates, stay on one line."""
    names = ["atlas-number"] * numeric + ["atlas-short"] * (len(text) <= SHORT)
    return f' class="{" ".join(names)}"' if names else ""


@dataclass(frozen=True)
class ShownTable:
    """A table on its own, as the last line of a cell."""

    caption: str
    rows: int
    html: str

    def _repr_html_(self) -> str:
        return f'<div class="atlas-figure">{style_element()}{self.html}</div>'

    def __repr__(self) -> str:
        return f"Table({self.caption!r}, {self.rows} rows)"


def show_table(
    frame: pd.DataFrame, *, caption: str, columns: dict[str, str] | None = None
) -> ShownTable:
    """Show a table in the text. `columns` maps column to heading, in the order shown."""
    return ShownTable(caption, len(frame), table_html(frame, caption, columns))
