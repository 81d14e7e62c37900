"""Values as a reader sees them: numbers, dates, headings, lists of names."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable
from datetime import date

import pandas as pd


def shown(value: object) -> str:
    """A value as text: 12,500; 8.5; 23 January 2026; yes; nothing for a missing value.

    Whole numbers are grouped from five digits on, so a year stays a year. A text that is a
    date or a month in ISO form ("2026-01-23", "2026-01") is written out as well.
    """
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, date):  # pandas' Timestamp is one too
        return f"{value.day} {month_name[value.month]} {value.year}"
    if pd.api.types.is_number(value):
        return number(float(value))
    if iso := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", str(value)):
        day = f"{int(iso[3])} " if iso[3] else ""
        return f"{day}{month_name[int(iso[2])]} {iso[1]}"
    return str(value)


def number(value: float) -> str:
    """A number with at most two decimals, grouped by commas from five digits on."""
    value = round(value, 2) + 0.0  # no minus before zero
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if abs(value) < 10_000:
        return text
    whole, _, decimals = text.partition(".")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")


def with_unit(value: object, unit: str) -> str:
    """A value and its unit: 8 %, 925 million USD."""
    return f"{shown(value)} {unit}".strip()


def heading(column: str) -> str:
    """A column's name as a heading: `as_of` becomes "As of", `iso3` "Code"."""
    if column == "iso3":
        return "Code"
    words = column.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: "Albania, Kosovo and Turkey"."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def slug(name: str) -> str:
    """The same name, once it is known to be fit for an id."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(
            f"name: found {name!r}; accepted: a lower-case letter, then a-z, 0-9 and hyphens"
        )
    return name


def columns_in(table: pd.DataFrame, *columns: str | None) -> None:
    """Raise ValueError when the table lacks one of the columns (None stands for "not asked for")."""
    wanted = [column for column in columns if column is not None]
    if missing := [column for column in wanted if column not in table.columns]:
        raise ValueError(f"found no column {missing}; accepted: {list(table.columns)}")
