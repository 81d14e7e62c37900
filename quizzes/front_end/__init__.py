"""The script and the style that bring Python's markup to life: one for pages, one for notebooks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

from rcssmin import cssmin
from rjsmin import jsmin

from quizzes.model import State, to_json
from quizzes.spelling import TABLE
from quizzes.types import SCRIPTS
from quizzes.types import STYLES as TYPE_STYLES

FOLDER = Path(__file__).parent


@cache
def script() -> str:
    """The classic script of a page; works from disk, adds one global: `window.quizzes`."""
    parts = _sources("core.js", "store.js", "page.js")
    return jsmin("(() => {\n\"use strict\";\n" + parts + "\n})();\n")


@cache
def module() -> str:
    """The same as an ES module, which anywidget loads in a notebook."""
    return jsmin(_sources("core.js", "widget.js"))


@cache
def styles() -> str:
    """The style sheet; every colour derives from the colour of the text around it."""
    sheets = [FOLDER / "quiz.css", *TYPE_STYLES]
    return cssmin("\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets))


@cache
def words_used() -> frozenset[str]:
    """The words of the interface that the scripts say; the others are in the markup already."""
    parts = _sources("core.js", "store.js", "page.js", "widget.js")
    named = {name for pair in re.findall(r'\bwords(?:\.(\w+)|\["([\w-]+)"\])', parts) for name in pair if name}
    return frozenset(named | set(get_args(State)))


def _sources(core: str, *rest: str) -> str:
    files = [FOLDER / core, *SCRIPTS, *(FOLDER / name for name in rest)]
    return f"const SPELLING = {to_json(TABLE)};\n" + "\n".join(file.read_text(encoding="utf-8") for file in files)
