"""The notebook that students get: one that carries the sealed questions in its own cell and needs no bank."""

from __future__ import annotations

import json
import textwrap
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from quizzes.classroom.sealing import Sealed, in_words
from quizzes.classroom.specification import ASSIGNMENT
from quizzes.model import to_json
from quizzes.words import words as words_of

WIDTH = 120  # of the lines that the sealed questions are written in
CELL = '''from quizzes.classroom.answering import assignment

assignment("""
{packed}
""")'''
HIDDEN = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+-.!|$~"})
Cell = dict[str, Any]


def notebook(sealed: Sealed) -> str:
    """An assignment as a notebook."""
    packed = pack(seen_by_students(sealed, how="assignment-how-notebook"))
    return document([text_cell("about", introduction(sealed)), code_cell("questions", CELL.format(packed=packed), HIDDEN)], sealed)


def introduction(sealed: Sealed) -> str:
    """The title, until when, and how to see the questions, in Markdown."""
    about = sealed.specification
    words = words_of(about.language)
    until = words["assignment-due"].replace("{time}", in_words(about.until, about.language)) if about.until else None
    return "\n\n".join([f"# {about.title.translate(MARKDOWN_SIGNS)}", *([f"**{until.translate(MARKDOWN_SIGNS)}**"] if until else []), words["assignment-run"]])


def text_cell(id_: str, source: str, metadata: Mapping[str, Any] = {}, kind: str = "markdown") -> Cell:
    return {"cell_type": kind, "id": id_, "metadata": metadata, "source": source}


def code_cell(id_: str, source: str, metadata: Mapping[str, Any] = {}) -> Cell:
    return text_cell(id_, source, metadata, "code") | {"execution_count": None, "outputs": []}


def document(cells: Iterable[Cell], sealed: Sealed) -> str:
    """Cells as the text of a notebook (nbformat 4.5)."""
    about = sealed.specification
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"},
                ASSIGNMENT: {"id": about.id, "title": about.title}}
    return json.dumps({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n"


def seen_by_students(sealed: Sealed, **draw: Any) -> dict[str, Any]:
    """What a notebook carries of the questions: the id of the assignment, the bank's name, the language, the questions' ids, and all of it as HTML."""
    about = sealed.specification
    return {"id": about.id, "bank": about.bank, "language": about.language, "questions": about.questions, "markup": sealed.draw(**draw)}


def pack(data: Any) -> str:
    """JSON as text that a cell can hold; `unpack` reads it."""
    return "\n".join(textwrap.wrap(b64encode(zlib.compress(to_json(data).encode(), 9)).decode(), WIDTH))


def unpack(packed: str) -> Any:
    """What `pack` packed. Raises ValueError for text that was damaged."""
    try:
        return json.loads(zlib.decompress(b64decode("".join(packed.split()), validate=True)))
    except (ValueError, zlib.error):
        raise ValueError("found questions that were changed or cut off; accepted: the notebook as it was handed out") from None
