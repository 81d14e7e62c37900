"""What runs inside nbgrader and otter-grader: an answer in a notebook is marked with the key that a hidden test carries."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markupsafe import Markup

from quizzes.classroom.key import item_of
from quizzes.classroom.notebook import pack, unpack
from quizzes.model import Question, plain
from quizzes.types import TYPES
from quizzes.words import words as words_of

Answers = Any  # looked up by the ids of questions: the form in a notebook, or a plain dict


class Partly(AssertionError):
    """Not all of the points; the message begins with those that were earned, and `otter_plugin` reads it."""


def pack_key(question: Question, folder: Path) -> str:
    """A question with its key, and the files in the folder that it is drawn from, as text for a hidden test."""
    files: dict[str, bytes] = {}
    item = item_of(question, folder, files)
    return pack({"item": item, "files": {name: content.decode() for name, content in files.items()}})


def unpack_key(packed: str) -> Question:
    """The question that was packed. Raises ValueError for text that was damaged."""
    key = unpack(packed)
    with TemporaryDirectory() as folder:
        for name, text in key["files"].items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return TYPES[key["item"]["type"]].model_validate(key["item"], context={"folder": Path(folder)})


def earned(answers: Answers, packed: str) -> float:
    """The points of an answer: the last line of a test cell of nbgrader. What the book says is printed.

    Raises Refused for an answer that the question cannot have, KeyError where there is no entry for it.
    """
    question = unpack_key(packed)
    mark = question.mark(answers[question.id])
    for said in (words_of(question.language)[mark.state], *mark.feedback):
        print(Markup(said).striptags())
    return mark.points


def check(answers: Answers, packed: str) -> None:
    """Pass where an answer earns all points: a test of otter-grader. Raises Partly where it does not, else as `earned`."""
    question = unpack_key(packed)
    mark = question.mark(answers[question.id])
    if mark.state != "right":
        raise Partly(f"{mark.points!r} of {plain(mark.out_of)} points")
