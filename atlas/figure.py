"""What maps and charts have in common: a picture, its legend, its source, its data."""

from dataclasses import dataclass
from html import escape
from typing import NotRequired, Required, TypedDict

import pandas as pd

from atlas.static import style_element
from atlas.tables import table_html
from atlas.text import slug


class About(TypedDict, total=False):
    """The keywords that every map and chart takes."""

    name: Required[str]  # a slug, unique on its page
    alt: Required[str]  # the text alternative, one to three sentences
    source: Required[str]  # one line of plain text: publishers and dates
    columns: NotRequired[dict[str, str]]  # column -> heading in the data table; default: all


def named(about: dict, accepted: type = About) -> str:
    """The figure's name, once all its keywords are known and none is missing."""
    required, known = accepted.__required_keys__, accepted.__annotations__
    if unknown := sorted(set(about) - set(known)):
        raise TypeError(f"found keywords {unknown}; accepted: {sorted(known)}")
    if missing := sorted(required - set(about)):
        raise TypeError(f"found no {', '.join(missing)}; a figure needs {sorted(required)}")
    return slug(about["name"])


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of the book. One without a text alternative or a source cannot be built."""

    name: str  # unique on its page; every id in the markup begins with it
    alt: str  # the text alternative
    source: str  # who published the figures
    kind: str  # "map" or "chart"
    summary: str  # for the notebook's plain-text output
    picture: str  # HTML
    legend: str  # HTML, may be empty
    data: pd.DataFrame | None
    columns: dict[str, str] | None = None

    def __post_init__(self) -> None:
        slug(self.name)
        for field in ("alt", "source"):
            if not getattr(self, field).strip():
                raise ValueError(f"figure {self.name!r}: {field} is empty")

    def _repr_html_(self) -> str:
        return (
            f'<div class="atlas-figure atlas-{self.kind}" data-atlas="{self.name}">'
            f"{style_element()}{self.picture}{self.legend}"
            f'<p class="atlas-source">Source: {escape(self.source.rstrip("."))}.</p>'
            f"{self.data_html()}</div>"
        )

    def data_html(self) -> str:
        """The figure's data, folded away under one click."""
        if self.data is None:
            return ""
        table = table_html(self.data, f"Data of this {self.kind}", self.columns)
        return (
            '<details class="atlas-data">'
            f"<summary>The data of this {self.kind} as a table</summary>{table}</details>"
        )

    def __repr__(self) -> str:
        return f"{self.kind.capitalize()}({self.name!r}, {self.summary})"
