"""The notebook that students get: one that carries the sealed questions in its own cell and needs no bank."""

from __future__ import annotations

import json
import textwrap
import zlib
from base64 import b64decode, b64encode
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
MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+-.!|$~"})


def notebook(sealed: Sealed) -> str:
    """An assignment as a notebook (nbformat 4.5)."""
    about = sealed.specification
    words = words_of(about.language)
    until = words["assignment-due"].replace("{time}", in_words(about.until, about.language)) if about.until else None
    said = [f"# {about.title.translate(MARKDOWN_SIGNS)}", *([f"**{until.translate(MARKDOWN_SIGNS)}**"] if until else []), words["assignment-run"]]
    cells = [
        {"cell_type": "markdown", "id": "about", "metadata": {}, "source": "\n\n".join(said)},
        {"cell_type": "code", "id": "questions", "metadata": {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]},
         "execution_count": None, "outputs": [], "source": CELL.format(packed=pack(sealed))},
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"},
                ASSIGNMENT: {"id": about.id, "title": about.title}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n"


def pack(sealed: Sealed) -> str:
    """What students see of the questions, as text that a cell can hold; `unpack` reads it."""
    about = sealed.specification
    data = {"id": about.id, "bank": about.bank, "language": about.language, "markup": sealed.draw(how="assignment-how-notebook")}
    return "\n".join(textwrap.wrap(b64encode(zlib.compress(to_json(data).encode(), 9)).decode(), WIDTH))


def unpack(packed: str) -> dict[str, Any]:
    """The id of the assignment, the bank's name, the language, and the questions as HTML. Raises ValueError for text that was damaged."""
    try:
        return json.loads(zlib.decompress(b64decode("".join(packed.split()), validate=True)))
    except (ValueError, zlib.error):
        raise ValueError("found questions that were changed or cut off; accepted: the notebook as it was handed out") from None
