"""Moodle's text formats as Markdown: HTML, its own mixture of HTML and lines, plain text, Markdown."""

from __future__ import annotations

import re

from quizzes.exchange.markdown import Converted, from_plain, to_line, to_markdown
from quizzes.text import block

FORMULA = re.compile(r"\\\(|\\\[|\$\$")
SOURCES = re.compile(r'\s*<p class="quiz-sources">.*?</p>\s*$', re.DOTALL)  # what we write below an explanation

TOP = re.compile(r"\$\w+\$|top", re.IGNORECASE)


def convert(text: str, form: str, *, line: bool = False) -> Converted:
    """A text in one of the formats `html`, `moodle_auto_format` (`moodle` in GIFT), `plain_text` (`plain`), `wiki_like` and `markdown`."""
    if form == "markdown":
        return Converted(text=" ".join(text.split()) if line else text.strip())
    if form in ("plain_text", "plain", "wiki_like"):
        return Converted(text=" ".join(from_plain(text).split()) if line else from_plain(text))
    if form in ("moodle_auto_format", "moodle"):
        text = "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in re.split(r"\n[ \t]*\n", text))
    converted = (to_line if line else to_markdown)(text)
    return Converted(text=converted.text, lost=(*converted.lost, *(("formulas",) if FORMULA.search(text) else ())))


def lost_name(name: str, prompt: str) -> list[tuple[str, str]]:
    """The name of a question that has an id beside it, as a loss, unless it is only the beginning of what is asked."""
    begins = " ".join(name.split()).removesuffix("…").rstrip()
    return [] if " ".join(block(prompt).striptags().split()).startswith(begins) else [(f"name '{name}'", "left out")]


def category(path: str) -> list[str]:
    """The names in `$course$/top/bank/group`, without those that every course has. A slash in a name is doubled."""
    names = (name.replace("//", "/").strip() for name in re.split(r"(?<!/)/(?!/)", path))
    return [name for name in names if name and not TOP.fullmatch(name)]
