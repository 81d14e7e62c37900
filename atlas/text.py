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
    return f"{tidy(value):,}" if abs(tidy(value)) >= 10_000 else f"{tidy(value)}"


def tidy(value: float) -> int | float:
    """A number with at most two decimals; whole where it can be, and never minus zero."""
    value = round(float(value), 2) + 0.0
    return int(value) if value.is_integer() else value


def amount(value: object) -> str:
    """A number that is no year, grouped by commas from four digits on: 1,320; 8.5. Nothing for a missing value."""
    return "" if pd.isna(value) else f"{tidy(value):,}"


def are_years(column: pd.Series) -> bool:
    """Whether a column of numbers may hold years: whole numbers from 1000 to 2100, and no others."""
    counted = column.dropna()
    return bool((counted.between(1000, 2100) & (counted % 1 == 0)).all())


def with_unit(value: object, unit: str) -> str:
    """A number and its unit: 8 %, 1,925 million USD."""
    return f"{amount(value)} {unit}".strip()


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
