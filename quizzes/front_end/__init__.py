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
MANNERS = ("lots.js", "practice.js", "certainty.js", "test.js", "review.js")  # how a quiz may be taken, in the order in which they are asked

SEALED = ("sealed.js",)
SCORM = ("scorm_answers.js", "scorm_system.js", "scorm.js")


@cache
def script() -> str:
    """The classic script of a page; works from disk, adds one global: `window.quizzes`."""
    parts = _sources("core.js", *MANNERS, "store.js", "page.js")
    return jsmin("(() => {\n\"use strict\";\n" + parts + "\n})();\n")


@cache
def progress_script() -> str:
    """What the page of a reader's progress loads beside it."""
    parts = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("fsrs.js", "stock.js", "intake.js", "progress.js"))
    return jsmin("(() => {\n\"use strict\";\n" + parts + "\n})();\n")


@cache
def progress_styles() -> str:
    """The style sheet of that page, beside the questions' own."""
    return cssmin((FOLDER / "progress.css").read_text(encoding="utf-8"))


@cache
def ticks_script() -> str:
    """What every page loads to say how far the reader has come; KNOWN in it stands for the chapters."""
    return jsmin("(() => {\n\"use strict\";\n" + (FOLDER / "ticks.js").read_text(encoding="utf-8") + "\n})();\n")


@cache
def module() -> str:
    """The same as an ES module, which anywidget loads in a notebook."""
    return jsmin(_sources("core.js", *MANNERS, "widget.js"))


@cache
def styles() -> str:
    """The style sheet; every colour derives from the colour of the text around it."""
    sheets = [FOLDER / "quiz.css", FOLDER / "manners.css", *TYPE_STYLES]
    return cssmin("\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets))


@cache
def sealed_script() -> str:
    """The classic script of a sealed assignment's page; works from disk."""
    return jsmin("(() => {\n\"use strict\";\n" + _sources("core.js", "store.js", *SEALED, "sealed_page.js") + "\n})();\n")


@cache
def sealed_module() -> str:
    """The same as an ES module, for a notebook."""
    return jsmin(_sources("core.js", *SEALED, "sealed_widget.js"))


@cache
def sealed_styles() -> str:
    """The style sheet of a sealed assignment: the questions' own, and what stands around them."""
    return styles() + cssmin((FOLDER / "sealed.css").read_text(encoding="utf-8"))


@cache
def sealed_words() -> frozenset[str]:
    """The words of the interface that its script says."""
    parts = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SEALED)
    chosen = {f"assignment-{name}" for name in ("given", "partly", "unreadable", "wrong-name", "wrong-number")}  # put together where they are said
    return frozenset(_said_in(parts) | chosen | {*re.findall(r'"(assignment-[\w-]+)"', parts)})


@cache
def scorm_script() -> str:
    """The classic script of a page in a package of SCORM; works from disk."""
    return jsmin("(() => {\n\"use strict\";\n" + _sources("core.js", "store.js", *SCORM) + "\n})();\n")


@cache
def scorm_styles() -> str:
    """The style sheet of that page: the questions' own, that of a page by itself, and what stands around them."""
    return styles() + cssmin("\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("sealed_page.css", "scorm.css")))


@cache
def scorm_words() -> frozenset[str]:
    """The words of the interface that only its own script says."""
    return _said_in("\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SCORM))


@cache
def words_used(*, behaving: bool = False) -> frozenset[str]:
    """The words of the interface that the scripts say, those of a manner of its own too; the others are in the markup already."""
    parts = _sources("core.js", "store.js", "page.js", "widget.js", *(MANNERS if behaving else ()))
    return _said_in(parts) | {*get_args(State), "decimal"}


def _said_in(script: str) -> frozenset[str]:
    """The words that a script says by their names."""
    return frozenset(name for pair in re.findall(r'\bwords(?:\.(\w+)|\["([\w-]+)"\])', script) for name in pair if name)


def _sources(core: str, *rest: str) -> str:
    files = [FOLDER / core, *SCRIPTS, *(FOLDER / name for name in rest)]
    return f"const SPELLING = {to_json(TABLE)};\n" + "\n".join(file.read_text(encoding="utf-8") for file in files)
