"""A Sphinx extension: how far the reader has come, beside each chapter's name in the page's lists of contents.

The chapters are those that the page of progress shows. One script serves all pages; what a reader did is in the browser alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from quizzes import front_end
from quizzes.model import to_json
from quizzes.page import slug
from quizzes.progress import home, pages
from quizzes.words import languages
from quizzes.words import words as words_of

SCRIPT = "quizzes-ticks.js"


def write_script(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Leaves the script, with the chapters' pages and how many questions each has, where Sphinx collects static files from."""
    names = [name for names in pages(env).values() for name in names]
    app.ticks = bool(names) and app.builder.format == "html"
    if app.ticks:
        banks = [[name, env.quizzes_counts[name], home(env, name)] for name in dict.fromkeys(names)]  # counted by quizzes.progress
        language = env.config.language if env.config.language in languages() else "en"
        known = {"book": slug(env.config.project), "said": words_of(language)["total-answered"],
                 "banks": [[name, count, app.builder.get_target_uri(page)] for name, count, page in banks if page]}
        script = front_end.ticks_script().replace("KNOWN", to_json(known))
        Path(app.doctreedir, "quizzes-static", SCRIPT).write_text(script, encoding="utf-8")
    return []


def load_on_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Lets every page load it."""
    if app.ticks:
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.setup_extension("quizzes.progress")
    app.connect("env-updated", write_script)
    app.connect("html-page-context", load_on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
