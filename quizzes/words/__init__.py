"""The words of the interface, one JSON table a language.

A question type may bring words of its own beside its module: `types/<name>.words.json`, a table for each language.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
OF_TYPES = FOLDER.parent / "types"


def languages() -> list[str]:
    """The languages there is a table for."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def in_points(points: float, words: dict[str, str]) -> str:
    """A number of points in words: "no points", "1 point", "2.5 points"."""
    if points == 0:
        return words["no-points"]
    return words["point"] if points == 1 else words["points"].replace("{points}", f"{points:.12g}")


@cache
def words(language: str) -> dict[str, str]:
    """The table of a language. Raises KeyError, with the languages there are, for another."""
    if language not in languages():
        raise KeyError(f"found language '{language}'; accepted: {', '.join(languages())}")
    table = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    for path in sorted(OF_TYPES.glob("*.words.json")):
        table |= json.loads(path.read_text(encoding="utf-8"))[language]
    return table
