"""The book's tables: data/<name>.csv, each described in data/datapackage.json.

The description is a Frictionless Data Package; the types of its Table Schema decide how
a table is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from atlas.static import style_element
from atlas.tables import table_html

FOLDER = Path(__file__).resolve().parent.parent / "data"
PACKAGE = "datapackage.json"
DTYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}
DATES = {"date", "datetime"}


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a table is, where it comes from and what its columns hold."""

    name: str
    title: str
    description: str
    licences: tuple[str, ...]
    sources: tuple[str, ...]
    columns: pd.DataFrame  # name, type, description

    def _repr_html_(self) -> str:
        headings = {"name": "Column", "type": "Type", "description": "What it holds"}
        table = table_html(self.columns, f"Columns of {self.name}", headings)
        about = [self.description, self.licences and f"Licence: {'; '.join(self.licences)}"]
        lines = "".join(f"<p>{escape(line)}</p>" for line in about if line)
        title = f'<p class="atlas-title"><strong>{escape(self.title)}</strong></p>'
        return f'<div class="atlas-figure">{style_element()}{title}{lines}{_list_of(self.sources)}{table}</div>'

    def __repr__(self) -> str:
        return f"Description({self.name!r}, {len(self.columns)} columns)"


def _list_of(sources: tuple[str, ...]) -> str:
    """A few sources as a line, many as a list that opens."""
    if len(sources) < 4:
        return f"<p>Source: {escape('; '.join(sources))}</p>" if sources else ""
    entries = "".join(f"<li>{escape(source)}</li>" for source in sources)
    return f'<details class="atlas-data"><summary>Its {len(sources)} sources</summary><ul>{entries}</ul></details>'


def resources(folder: Path = FOLDER) -> dict[str, dict]:
    """The described tables (CSV files), by name."""
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    tables = [one for one in package["resources"] if one["path"].endswith(".csv")]
    return {one["name"]: one for one in sorted(tables, key=lambda one: one["name"])}


def table_names(folder: Path = FOLDER) -> list[str]:
    """The names of all tables, sorted."""
    return list(resources(folder))


def resource(name: str, folder: Path) -> dict:
    """One table's description. Raises ValueError for a name that is not described."""
    described = resources(folder)
    if name not in described:
        raise ValueError(f"table: found {name!r}; accepted: {list(described)}")
    return described[name]


def read_table(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """Read data/<name>.csv with the column types that its description gives.

    integer and year become Int64, number float64, boolean boolean, date and datetime
    datetime64, everything else text. An empty cell is a missing value. Raises ValueError
    for a name that is not described, and says which are.
    """
    table = resource(name, folder)
    types = {field["name"]: field.get("type", "string") for field in table["schema"]["fields"]}
    return pd.read_csv(
        folder / table["path"],
        dtype={name: DTYPES.get(kind, "str") for name, kind in types.items() if kind not in DATES},
        parse_dates=[name for name, kind in types.items() if kind in DATES],
        date_format="ISO8601",
        keep_default_na=False,
        na_values=[""],
    )


def describe(name: str, folder: Path = FOLDER) -> Description:
    """A table's title, description, licences, sources and columns."""
    table = resource(name, folder)
    fields = [
        {key: field.get(key, "") for key in ("name", "type", "description")}
        for field in table["schema"]["fields"]
    ]
    return Description(
        name=name,
        title=table.get("title", name),
        description=table.get("description", ""),
        licences=tuple(one.get("title") or one.get("name", "") for one in table.get("licenses", [])),
        sources=tuple(one.get("title") or one.get("path", "") for one in table.get("sources", [])),
        columns=pd.DataFrame(fields, columns=["name", "type", "description"]),
    )
