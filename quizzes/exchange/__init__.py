"""Banks as files for other places. A format is a module of this folder, under its own name.

It has `files(asked, out)`, which makes every file in memory; nothing is written before all of them are made.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from quizzes.bank import Bank
from quizzes.model import Question

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is exported: questions of a bank in the order in which they are asked, and the seed if one drew them."""

    bank: Bank
    questions: tuple[Question, ...]
    seed: int | None = None


def formats() -> list[str]:
    """The names of the formats there are."""
    return sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))


def export(asked: Asked, form: str, out: Path) -> list[Path]:
    """Write questions in a format; returns the files. Raises OSError, and has then written none."""
    made: Mapping[Path, bytes] = import_module(f"{__name__}.{form}").files(asked, out)
    unfinished = {path.with_name(f".{path.name}.part"): path for path in made}
    try:
        for part, path in unfinished.items():
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory", str(path))
            part.write_bytes(made[path])
        for part, path in unfinished.items():
            os.replace(part, path)
    finally:
        for part in unfinished:
            part.unlink(missing_ok=True)
    return list(made)
