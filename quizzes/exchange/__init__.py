"""Banks as files for other places, and files of other places as banks. A format is a module of this folder, under its own name.

It has `make(asked, out) -> Made` if a bank can be written in it, `read(source) -> Read` if one can be read from it, `SUFFIX`, what the name
of its file ends in, and `ABOUT`, what it is in one line. A module with neither function is no format. All is made in memory; nothing is
written before every file is made.
"""

from __future__ import annotations

import os
import pkgutil
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from quizzes.bank import Bank
from quizzes.model import Question

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is exported: questions of a bank in the order in which they are asked, and the seed if one drew them."""

    bank: Bank
    questions: tuple[Question, ...]
    seed: int | None = None
    address: str = ""  # where the book stands on the web, for links to its pages
    mastery: float | None = None  # per cent of the points that are enough to pass


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One line of a loss report: what a format could not say, and what was done instead."""

    question: str  # its id; nothing where it concerns the whole bank
    lost: str  # "hints", "points for the nearly right form"
    instead: str  # "left out", "asked as short text"
    original: str = ""  # the text that stood there, in an import
    place: str = ""  # where that stood: "line 12"; without it where the question stood


@dataclass(frozen=True, kw_only=True)
class Made:
    """What an export made."""

    files: Mapping[Path, bytes]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Read:
    """What an import read: a bank as its YAML would hold it, less what `filling` fills in (so far as the source says nothing of it)."""

    bank: dict[str, Any]
    losses: tuple[Loss, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)  # id of a question -> where it stood: "line 12", "items/q1.xml:3"
    originals: Mapping[str, str] = field(default_factory=dict)  # id of a question -> its text there


def _having(function: str) -> dict[str, ModuleType]:
    modules = {found.name: import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules([str(FOLDER)])}
    return {name: module for name, module in sorted(modules.items()) if hasattr(module, function) and hasattr(module, "SUFFIX")}


@cache
def exporting() -> dict[str, ModuleType]:
    """The formats in which a bank can be written, by name."""
    return _having("make")


@cache
def importing() -> dict[str, ModuleType]:
    """The formats from which a bank can be read, by name."""
    return _having("read")


def write(files: Mapping[Path, bytes], stale: Iterable[Path] = ()) -> None:
    """Write files, and remove those of the `stale` ones that are there: all of it, or nothing. Raises OSError, and has then left every file as it was."""
    parts = {path: _hidden(path, "part") for path in files}
    gone = [path for path in stale if path not in files and path.is_file()]
    kept = {path: _hidden(path, "kept") for path in (*files, *gone) if path.exists()}
    try:
        for path, part in parts.items():
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory", str(path))
            part.write_bytes(files[path])
        for path, copy in kept.items():
            shutil.copy2(path, copy)
        _place(parts, gone, kept)
    finally:
        for unfinished in (*parts.values(), *kept.values()):
            unfinished.unlink(missing_ok=True)


def _hidden(path: Path, kind: str) -> Path:
    return path.with_name(f".{path.name}.{kind}")


def _place(parts: Mapping[Path, Path], gone: Iterable[Path], kept: Mapping[Path, Path]) -> None:
    """Put new files where they belong and remove others. Where one fails, what was `kept` of those before it is put back."""
    done: list[Path] = []
    try:
        for path, part in parts.items():
            os.replace(part, path)
            done.append(path)
        for path in gone:
            path.unlink()
            done.append(path)
    except OSError:
        for path in done:
            if path in kept:
                os.replace(kept[path], path)
            else:
                path.unlink()
        raise
