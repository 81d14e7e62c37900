"""A table that a reader can narrow down: whole without a script, filtered with one."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from atlas.static import filter_styles, style_element
from atlas.tables import cell_class, is_numeric
from atlas.text import columns_in, heading, shown, slug

INERT = ".atlas-filters{display:none}"  # a notebook runs no script of ours
LONG = 40  # characters: more than there is room for in a card beside other cells


@dataclass(frozen=True, kw_only=True)
class FilteredTable:
    """A table and its filters, as the last line of a cell."""

    caption: str
    rows: int
    html: str

    def _repr_html_(self) -> str:
        own = f'<style class="atlas-style">{filter_styles()}{INERT}</style>'
        return f'<div class="atlas-figure">{style_element()}{own}{self.html}</div>'

    def __repr__(self) -> str:
        return f"FilteredTable({self.caption!r}, {self.rows} rows)"


def filter_table(
    frame: pd.DataFrame,
    *,
    name: str,
    caption: str,
    columns: dict[str, str],
    filters: list[str],
    links: dict[str, str] | None = None,
    noun: str = "rows",
) -> FilteredTable:
    """Show a table with a choice for each of the columns `filters`, whether they are shown or not.

    `name` is a slug, unique on its page. `columns` maps column to heading, in the order shown;
    the first one heads its row. A choice offers a column's values in the order in which they
    come. Put short columns first: where there is no room for columns a row becomes a card, with
    what is long at its foot. `links` maps a column to the one that holds the addresses of its
    cells; a cell without an address is plain text. `noun` says what is counted: "12 of 41 claims".
    """
    links = links or {}
    columns_in(frame, *columns, *filters, *links, *links.values())
    if unknown := [column for column in links if column not in columns]:
        raise ValueError(f"links: found {unknown}; accepted: {list(columns)}")
    if not filters:
        raise ValueError("filters: found none; accepted: one column or more")
    values = {column: list(dict.fromkeys(map(shown, frame[column]))) for column in filters}
    html = (
        f'<div class="atlas-filtered" data-atlas-filtered>{form_html(slug(name), columns, values, len(frame), noun)}'
        f"{body_html(frame, caption, columns, values, links)}</div>"
    )
    return FilteredTable(caption=caption, rows=len(frame), html=html)


def form_html(name: str, columns: dict[str, str], values: dict[str, list[str]], rows: int, noun: str) -> str:
    """A choice for each filter, what they leave, and a way back to everything."""
    choices = []
    for column, offered in values.items():
        options = "".join(f'<option value="{n}">{escape(text)}</option>' for n, text in enumerate(offered))
        label = escape(columns.get(column, heading(column)))
        choices.append(
            f'<div><label for="{name}-{len(choices)}">{label}</label><select id="{name}-{len(choices)}" autocomplete="off">'
            f'<option value="">All</option>{options}</select></div>'
        )
    count = f"{{shown}} of {rows} {noun}"  # the script fills in the first number
    return (
        f'<form class="atlas-filters" aria-label="Filters">{"".join(choices)}<button type="reset">Show all</button>'
        f'<p role="status" data-atlas-count="{escape(count)}">{escape(count.replace("{shown}", str(rows), 1))}</p></form>'
    )


def body_html(
    frame: pd.DataFrame, caption: str, columns: dict[str, str], values: dict[str, list[str]], links: dict[str, str]
) -> str:
    """The table; each cell repeats its column's heading, for rows that are drawn as cards."""
    kinds = {column: kind_of(frame[column]) for column in columns}
    number = {"number": ' class="atlas-number"'}
    head = "".join(
        f'<th scope="col"{number.get(kinds[column], "")}>{escape(text)}</th>'
        for column, text in columns.items()
    )
    rows = "".join(row_html(row, columns, values, links, kinds) for _, row in frame.iterrows())
    return (
        f'<table class="atlas-table"><caption>{escape(caption)}</caption>'
        f'<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def kind_of(column: pd.Series) -> str:
    """What a column's cells need: the room of a sentence, the place of a number, or nothing."""
    if max(map(len, map(shown, column)), default=0) > LONG:
        return "long"
    return "number" if is_numeric(column) else ""


def row_html(
    row: pd.Series,
    columns: dict[str, str],
    values: dict[str, list[str]],
    links: dict[str, str],
    kinds: dict[str, str],
) -> str:
    """One row, with the number of its value in each filter; its first cell is the row's heading."""
    numbers = " ".join(str(offered.index(shown(row[column]))) for column, offered in values.items())
    cells = []
    for place, (column, title) in enumerate(columns.items()):
        text = shown(row[column])
        address = shown(row[links[column]]) if column in links else ""
        inner = f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)
        tag = "td" if place else 'th scope="row"'
        style = ' class="atlas-long"' if kinds[column] == "long" else cell_class(text, kinds[column] == "number")
        cells.append(f'<{tag} data-atlas-heading="{escape(title)}"{style}>{inner}</{tag[:2]}>')
    return f'<tr data-atlas-kinds="{numbers}">{"".join(cells)}</tr>'
