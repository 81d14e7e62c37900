"""The question types: one module and one script each (and a style sheet where one is needed), found by being in this folder."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import get_args

from quizzes.model import Question

FOLDER = Path(__file__).parent


def _find() -> dict[str, type[Question]]:
    found: dict[str, type[Question]] = {}
    for module in pkgutil.iter_modules([str(FOLDER)]):
        cls = import_module(f"{__name__}.{module.name}").QuestionType
        (name,) = get_args(cls.model_fields["type"].annotation)
        found[name] = cls
    return found


TYPES = _find()  # "one-choice" -> its class, in the order of their names
SCRIPTS = tuple(sorted(FOLDER.glob("*.js")))
STYLES = tuple(sorted(FOLDER.glob("*.css")))  # a type has one where the common style sheet is not enough
