"""Tables as CSV: written so that a spreadsheet opens them right and runs nothing, read as a spreadsheet may have saved them."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from quizzes.model import plain

# A cell that begins with one of these is a formula for some spreadsheet (OWASP, "CSV Injection"); the wide forms of Japanese input too.
FORMULA = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
LONGEST_CELL = 32_000  # characters; a spreadsheet's cell ends at 32,767


def cell(value: Any) -> str:
    """One cell: a number as it is; text cut to what a cell holds, without control characters, with a ' before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(plain(value))
    text = readable(value)
    return "'" + text if text.lstrip(" \u00a0\u3000\ufeff\u200b").startswith(FORMULA) else text


def readable(text: str) -> str:
    """Text cut to what a cell holds, a sign in the place of every control character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")[:LONGEST_CELL]
    return "".join(letter if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Cn") else "\ufffd" for letter in text)


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV in UTF-8, with the mark at its beginning by which Excel knows that it is."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def read_csv(content: bytes, file: str, columns: set[str]) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The head and the rows of a table, each with its line, whichever separator the spreadsheet wrote: the one under which the head has
    most of some columns. Raises ValueError."""
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{file}: found bytes that are no UTF-8; accepted: a table saved as \"CSV UTF-8\"") from None
    separator = max(",;\t", key=lambda sign: len(columns & {name.strip().casefold() for name in _head(text, sign)}))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    head: list[str] = []
    rows = []
    line = 1
    try:
        for row in reader:
            if not head:
                head = [name.strip() for name in row]
            elif any(value.strip() for value in row):
                rows.append((line, dict(zip(head, (value.strip() for value in row)))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"{file}:{line}: found {error}; accepted: a table saved as CSV") from None
    if twice := [name for n, name in enumerate(head) if name and name in head[:n]]:
        raise ValueError(f"{file}:1: found column '{twice[0]}' twice; accepted: each column once")
    return head, rows


def _head(text: str, separator: str) -> list[str]:
    """The first row, as far as its first cells go."""
    return next(csv.reader(io.StringIO(text[:LONGEST_CELL], newline=""), delimiter=separator), [])
