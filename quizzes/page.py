"""A Sphinx extension: quizzes on published pages.

A notebook's `quiz(...)` cell, or the directive

    ```{quiz} diplomacy
    :group: platform
    :behaviour: test
    :minutes: 20
    ```

becomes the quiz itself, drawn from the bank as it is when the book is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any
from zlib import crc32

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from quizzes import front_end
from quizzes.bank import Bank, Faulty, load_bank
from quizzes.behaviours import READERS, BadManner, manner, read_text
from quizzes.controls import name_of
from quizzes.drawing import draw_quiz
from quizzes.words import BadWords

PLACEHOLDER = re.compile(r'<div data-quiz-show="([^"]*)" data-quiz-ids="([^"]*)" data-quiz-group="([^"]*)"'
                         r'(?: data-quiz-manner="([^"]*)")?>.*?</div>', re.DOTALL)
ENGINE = sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in {".py", ".json"})
ALIVE = '<div class="quiz"'  # what a page with a quiz holds


def draw(env: BuildEnvironment, name: str, ids: list[str], group: str | None, options: Mapping[str, str]) -> str:
    """A quiz's HTML, taken as the options of `manner` say, and a note that the page depends on the bank and on the engine. Raises ExtensionError that says what is wrong."""
    path = Path(env.srcdir, env.config.quizzes_banks, f"{name}.yml")
    for file in (path, Path(env.srcdir, "references.bib"), *ENGINE):
        env.note_dependency(str(file))
    try:
        bank = read_bank(env.app, path)
        for lender in bank.lenders:
            env.note_dependency(str(lender.path))
        questions = bank.pick(*ids, group=group)
        how = manner(options, len(questions))
        asked = env.metadata[env.docname].setdefault("quizzes-asked", {})
        asked[name] = asked.get(name, 0) + len(questions)
        for file in {file for question in questions for file in question.files}:
            env.note_dependency(str(path.parent / file))
        first = env.temp_data.get("quizzes_asked", 0) + 1  # numbered through the page
        env.temp_data["quizzes_asked"] = first - 1 + (how.draw or len(questions))
        return str(draw_quiz(bank, questions, book=slug(env.config.project), tools=True, first=first,
                             how=how, name=name_of(ids, group)))
    except FileNotFoundError:
        banks = ", ".join(sorted(path.stem for path in path.parent.glob("*.yml")))
        raise ExtensionError(f"{env.docname}: found bank '{name}'; accepted: {banks}") from None
    except (Faulty, KeyError, BadManner, BadWords) as error:
        raise ExtensionError(f"{env.docname}: {error.args[0]}") from None


def read_bank(app: Sphinx, path: Path) -> Bank:
    """A bank, read once in a build."""
    read = app.__dict__.setdefault("quiz_banks", {})
    if path not in read:
        read[path] = load_bank(path)
    return read[path]


def slug(project: str) -> str:
    """A name for the browser's storage; of letters that are not ASCII, a number that stands for them."""
    return re.sub("[^a-z0-9]+", "-", project.lower()).strip("-") or f"book-{crc32(project.encode())}"


class QuizDirective(SphinxDirective):
    """A quiz in a text page: the bank's name, then ids of questions or a group."""

    required_arguments = 1
    optional_arguments = 30
    option_spec = {"group": directives.unchanged} | dict.fromkeys(READERS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        name, *ids = self.arguments
        options = {key: text or "" for key, text in self.options.items() if key in READERS}
        html = draw(self.env, name, ids, self.options.get("group"), options)
        return [nodes.raw("", html, format="html")]


class DrawStoredQuizzes(SphinxTransform):
    """Puts the quiz where an executed notebook holds the mark that one belongs there."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        for node in self.document.findall(nodes.raw):
            if found := PLACEHOLDER.search(node.astext()):
                name, ids, group, how = (unescape(text or "") for text in found.groups())
                node.children = [nodes.Text(draw(self.env, name, ids.split(), group or None, read_text(how)))]


def write_front_end(app: Sphinx) -> None:
    """Leaves the script and the style where Sphinx collects static files from."""
    folder = Path(app.doctreedir, "quizzes-static")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quizzes.js").write_text(front_end.script(), encoding="utf-8")
    (folder / "quizzes.css").write_text(front_end.styles(), encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def load_on_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Loads them on the pages that have a quiz, and on no other."""
    if ALIVE in context.get("body", ""):
        app.add_css_file("quizzes.css")
        app.add_js_file("quizzes.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_config_value("quizzes_banks", "quizzes/bank", "env")
    app.add_directive("quiz", QuizDirective)
    app.add_transform(DrawStoredQuizzes)
    app.connect("builder-inited", write_front_end)
    app.connect("html-page-context", load_on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
