"""Pick one cell of a table or one bar of a chart, or several."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from babel.numbers import format_decimal
from markupsafe import Markup
from pydantic import BeforeValidator, Field, model_validator

from quizzes.model import Id, Part, Text, fault, plain
from quizzes.picking import Picking
from quizzes.text import inline
from quizzes.words import locale

TABLE = Markup('<div class="quiz-scroll"><table class="quiz-table"><caption dir="auto">{}</caption>'
               '<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>')
CELL = Markup('<label class="quiz-option"><input type="{box}" name="{field}" value="{id}" aria-labelledby="{named}">'
              '<span id="{field}-{id}" dir="auto">{text}</span></label>')
BARS = Markup('<p class="quiz-caption" dir="auto">{}</p>{}')
BAR = Markup('<label class="quiz-option quiz-bar"><input type="{box}" name="{field}" value="{id}"><span dir="auto">{label}</span> '
             '<span class="quiz-value">{value}</span> <span class="quiz-length" style="--quiz-length:{share}%"></span></label>')


def _written(cell: Any) -> Any:
    """A number in a cell as its text; a number to be shown otherwise, like 12.50, is written in quotes."""
    return str(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


Cell = Annotated[str, BeforeValidator(_written, json_schema_input_type=str | int | float)]


class Table(Part):
    """Rows of cells; cell `r1c2` is the second of the first row below the heads."""

    caption: Text
    columns: Annotated[tuple[Cell, ...], Field(min_length=2, max_length=10, description="The heads")]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1, max_length=40,
                    description="As many cells as there are heads; the first cell of a row is its head")]

    @model_validator(mode="after")
    def _rows_are_whole(self) -> Table:
        for n, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise fault(("rows", n), f"a row of {len(row)}", f"{len(self.columns)} cells, one a column")
        return self

    @property
    def cells(self) -> dict[str, str]:
        """Every cell that holds something, by its id, row by row."""
        return {f"r{r}c{c}": cell for r, row in enumerate(self.rows, 1) for c, cell in enumerate(row, 1) if cell.strip()}


class Bar(Part):
    id: Id
    label: Annotated[Text, Field(description="Markdown, one line")]
    value: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


class Bars(Part):
    """A chart of horizontal bars that begin at zero."""

    caption: Text
    unit: Annotated[Text, Field(description="Written after every value")] | None = None
    items: Annotated[tuple[Bar, ...], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Bars:
        ids = [bar.id for bar in self.items]
        for n, id_ in enumerate(ids):
            if id_ in ids[:n]:
                raise fault(("items", n, "id"), f"bar id '{id_}' a second time", "each id once in a chart")
        return self


class QuestionType(Picking):
    """Answered by the id of a cell or a bar, or by a list of ids."""

    type: Literal["hotspot"]
    table: Annotated[Table, Field(description="Cells are r1c2: first row below the heads, second column")] | None = None
    bars: Bars | None = None
    choices: Annotated[tuple[Text, ...], Field(description="Cells of the table that can be picked; without it all "
                                               "but those of the first column")] = ()

    @model_validator(mode="after")
    def _fits_what_is_shown(self) -> QuestionType:
        if (self.table is None) == (self.bars is None):
            raise fault((), "both 'table' and 'bars'" if self.table else "neither 'table' nor 'bars'", "one of the two")
        if self.bars and self.choices:
            raise fault(("choices",), "'choices' beside 'bars'", "'choices' beside 'table'; every bar can be picked")
        for n, id_ in enumerate(self.choices):
            if id_ not in self._shown:
                raise fault(("choices", n), f"'{id_}'", ", ".join(self._shown))
        self.check_places()
        return self

    @property
    def _shown(self) -> tuple[str, ...]:
        return tuple(self.table.cells) if self.table else tuple(bar.id for bar in self.bars.items)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """What can be picked, in the order in which it is shown."""
        if self.choices:
            return tuple(id_ for id_ in self._shown if id_ in self.choices)
        return tuple(id_ for id_ in self._shown if self.bars or not id_.endswith("c1"))

    def name_of(self, place: str) -> str:
        if self.bars:
            return next(inline(bar.label) for bar in self.bars.items if bar.id == place)
        row, column = map(int, place[1:].split("c"))
        return Markup("{}, {}: {}").format(inline(self.table.rows[row - 1][0]), inline(self.table.columns[column - 1]), inline(self.table.cells[place]))

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return self._draw_table(self.table, field) if self.table else self._draw_bars(self.bars, field)

    def _draw_table(self, table: Table, field: str) -> Markup:
        head = Markup('<th scope="col" id="{}-c{}" dir="auto">{}</th>')
        heads = Markup().join(head.format(field, c, inline(text)) for c, text in enumerate(table.columns, 1))
        rows = Markup().join(Markup("<tr>{}</tr>").format(self._draw_row(r, row, field)) for r, row in enumerate(table.rows, 1))
        return TABLE.format(inline(table.caption), heads, rows)

    def _draw_row(self, r: int, row: tuple[str, ...], field: str) -> Markup:
        cells = Markup()
        for c, text in enumerate(row, 1):
            id_ = f"r{r}c{c}"
            inside = Markup('<span id="{}-{}" dir="auto">{}</span>').format(field, id_, inline(text))
            if id_ in self.places:
                before = f"{field}-c1" if c == 1 else f"{field}-r{r}c1 {field}-c{c}"
                inside = CELL.format(box=self.box, field=field, id=id_, text=inline(text), named=f"{before} {field}-{id_}")
            cells += Markup('<th scope="row">{}</th>' if c == 1 else "<td>{}</td>").format(inside)
        return cells

    def _draw_bars(self, bars: Bars, field: str) -> Markup:
        longest = max(bar.value for bar in bars.items) or 1
        lines = Markup().join(BAR.format(box=self.box, field=field, id=bar.id, label=inline(bar.label), value=self._amount(bar.value),
                                         share=round(bar.value / longest * 100, 1)) for bar in bars.items)
        return BARS.format(inline(bars.caption), lines)

    def _amount(self, value: float) -> str:
        number = format_decimal(Decimal(str(plain(value))), locale=locale(self.language), decimal_quantization=False)
        return f"{number}\u00a0{self.bars.unit}" if self.bars.unit else number
