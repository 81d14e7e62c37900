"""A Sphinx extension: the page on which readers see what they have done, and review what is due.

The directive

    ```{progress} history diplomacy
    ```

shows the chapters of these banks, or of all; it stands in the folder of the chapters, whose banks say where to read again. Python
draws the page, with nothing in it yet, and writes one script a bank with its questions, which only a review loads. What a reader did
is in the browser alone, so a script fills it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from quizzes import front_end
from quizzes.bank import Bank, Faulty
from quizzes.drawing import draw_quiz
from quizzes.model import to_json
from quizzes.page import ENGINE, read_bank, slug
from quizzes.words import BadWords, languages, of_locale
from quizzes.words import words as words_of

SHOWN = '<div class="quiz quiz-progress"'  # what such a page holds
PAGE = Markup("""<div class="quiz quiz-progress" data-alive data-quiz-language="{language}" lang="{language}">
<noscript><p>{no_script}</p></noscript>
<div class="quiz-told" hidden></div>
<section data-part="empty"><p>{empty}</p><p><a href="{first_address}">{begin}</a></p></section>
<section data-part="due" hidden><h2>{due}</h2><p class="quiz-today"></p><button type="button" data-quiz-do="review" hidden></button>
<ul class="quiz-days"></ul><p class="quiz-fine">{due_why}</p></section>
<section data-part="review" hidden></section>
<section data-part="chapters" hidden><h2>{chapters}</h2>
<table><thead><tr><th scope="col">{chapter}</th><th scope="col">{answered}</th><th scope="col">{latest}</th><th scope="col">{best}</th></tr></thead>
<tbody>{rows}</tbody><tfoot>{foot}</tfoot></table><p class="quiz-fine">{chapters_note}</p></section>
<section data-part="certainty" hidden><h2>{certainty}</h2>
<table><thead><tr><th scope="col">{you_said}</th><th scope="col">{answered}</th><th scope="col">{share}</th></tr></thead>
<tbody>{levels}</tbody></table><p class="quiz-fine">{certainty_note}</p></section>
<section data-part="answers"><h2>{answers}</h2><p>{stored}</p>
<p class="quiz-tools" data-waits><button type="button" data-quiz-do="export" hidden>{export}</button> <button type="button" data-quiz-do="import">{import_}</button>
<input type="file" accept=".json,application/json" aria-label="{import_}" hidden> <button type="button" data-quiz-do="clear" hidden>{clear}</button></p>
<p class="quiz-notice" role="status"></p></section>
<script type="application/json" class="quiz-data">{data}</script>
</div>
""")
ROW = Markup('<tr data-row="{}"><th scope="row">{}<span class="quiz-read"></span></th>{}</tr>')
CELL = Markup("<td></td>")


class progress(nodes.General, nodes.Element):  # noqa: N801 (docutils names the visitor after it)
    """Where the page shows it; drawn when every page has been read, since it links to them."""


class ProgressDirective(SphinxDirective):
    """The names of the banks to show, in order; all of them if none is named."""

    optional_arguments = 100

    def run(self) -> list[nodes.Node]:
        names = self.arguments or sorted(known_banks(self.env))
        for file in ENGINE:
            self.env.note_dependency(str(file))
        for name in names:
            self.env.note_dependency(str(_folder(self.env) / f"{name}.yml"))
        self.env.metadata[self.env.docname]["quizzes-progress"] = names
        return [progress("", banks=names)]


def known_banks(env: BuildEnvironment) -> set[str]:
    """The names of the book's banks."""
    return {path.stem for path in _folder(env).glob("*.yml")}


def _folder(env: BuildEnvironment) -> Path:
    return Path(env.srcdir, env.config.quizzes_banks)


def _load(app: Sphinx, page: str, names: Iterable[str]) -> list[Bank]:
    """The banks of a page. Raises ExtensionError that says what is wrong with one."""
    try:
        return [read_bank(app, _folder(app.env) / f"{name}.yml") for name in names]
    except FileNotFoundError as error:
        raise ExtensionError(f"{page}: found bank '{Path(error.filename).stem}'; accepted: {', '.join(sorted(known_banks(app.env)))}") from None
    except (Faulty, BadWords) as error:
        raise ExtensionError(f"{page}: {error.args[0]}") from None


def pages(env: BuildEnvironment) -> dict[str, list[str]]:
    """The pages that show progress, with the names of their banks."""
    return {page: said["quizzes-progress"] for page, said in env.metadata.items() if "quizzes-progress" in said}


def home(env: BuildEnvironment, bank: str) -> str | None:
    """The page that asks most of a bank."""
    asked = {page: said["quizzes-asked"][bank] for page, said in env.metadata.items() if bank in said.get("quizzes-asked", {})}
    return max(sorted(asked), key=asked.get, default=None)


def borrowed(banks: Iterable[Bank]) -> Iterator[tuple[str, str]]:
    """("weighing/trade", "economy/trade") of every question that a bank asks of another's."""
    for bank in banks:
        for question in bank:
            for lender in bank.lenders:
                if any(own.id == question.id and f"{lender.name}-{own.objective}" == question.objective for own in lender):
                    yield f"{bank.name}/{question.id}", f"{lender.name}/{question.id}"


def write_scripts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Leaves what such pages load where Sphinx collects static files from. Such a page is written again where a bank or its page has changed."""
    found = pages(env)
    if not found or app.builder.format != "html":
        return []
    folder = Path(app.doctreedir, "quizzes-static")
    (folder / "quizzes-progress.js").write_text(front_end.progress_script(), encoding="utf-8")
    (folder / "quizzes-progress.css").write_text(front_end.progress_styles(), encoding="utf-8")
    made_of = env.__dict__.setdefault("quizzes_scripts", {})  # what each script was made of, kept from build to build
    for page, names in found.items():
        for name in names:
            script = folder / f"quizzes-bank-{name}.js"
            if script.exists() and name in made_of and made_of[name] == sums(made_of[name]):
                continue
            (bank,) = _load(app, page, [name])
            html = draw_quiz(bank, bank, book=slug(env.config.project), tools=True)
            script.write_text(f"quizzes.bank({to_json(name)},{to_json(html)})\n", encoding="utf-8")
            drawn = {bank.path.parent / file for question in bank for file in question.files}
            env.__dict__.setdefault("quizzes_counts", {})[name] = len(bank)
            made_of[name] = sums({bank.path, *(lender.path for lender in bank.lenders), Path(env.srcdir, "references.bib"), *drawn, *ENGINE})
    shown = {page: [(name, home(env, name), made_of[name]) for name in names] for page, names in found.items()}
    before, env.quizzes_shown = getattr(env, "quizzes_shown", {}), shown
    return [page for page in found if shown[page] != before.get(page)]


def sums(files: Iterable[Path]) -> dict[Path, int | None]:
    """A short sum of each file, None for one that is not there."""
    return {path: crc32(path.read_bytes()) if path.is_file() else None for path in files}


def draw(app: Sphinx, page: str, names: list[str]) -> Markup:
    """The page, with nothing in it yet."""
    env, builder = app.env, app.builder
    banks = _load(app, page, names)
    language = env.config.language if env.config.language in languages() else "en"
    words = words_of(language)
    homes = {bank.name: home(env, bank.name) for bank in banks}
    addresses = {name: builder.get_relative_uri(page, there) for name, there in homes.items() if there}
    data = {
        "book": slug(env.config.project),
        "words": {name: text for name, text in words.items() if name.startswith("progress-") or name in {"damaged", "not-kept", "cleared", *of_locale(language)}},
        "banks": [{"name": bank.name, "title": bank.title, "address": addresses.get(bank.name), "script": _script(builder, page, bank),
                   "questions": {question.id: question.version for question in bank}} for bank in banks],
        "known": sorted(known_banks(env)),
        "same": dict(borrowed(banks)),
    }
    titles = {bank.name: Markup('<a href="{}">{}</a>').format(addresses[bank.name], bank.title) if bank.name in addresses else bank.title for bank in banks}
    said = {name.removeprefix("progress-").replace("-", "_"): text for name, text in words.items() if name.startswith("progress-")}
    return PAGE.format(**said | {
        "language": language, "data": Markup(to_json(data).replace("<", "\\u003c")), "export": words["export"], "import_": words["progress-import"],
        "first_address": addresses.get(banks[0].name, ""), "begin": words["progress-begin"].replace("{title}", banks[0].title),
        "rows": Markup().join(ROW.format(bank.name, titles[bank.name], CELL * 3) for bank in banks),
        "foot": ROW.format("*", words["progress-whole"], CELL * 3),
        "levels": Markup().join(ROW.format(n, words[f"sure-{n}"], CELL * 2) for n in (3, 2, 1))})


def _script(builder: Builder, page: str, bank: Bank) -> str:
    """The address of a bank's script; another one when the bank has changed, so that no browser takes an old one for it."""
    address = relative_uri(builder.get_target_uri(page), f"_static/quizzes-bank-{bank.name}.js")
    return f"{address}?v={crc32(bank.path.read_bytes()):08x}"


def visit(self: Any, node: progress) -> None:
    """What Sphinx calls where the node stands in a page of HTML."""
    self.body.append(str(draw(self.builder.app, self.builder.current_docname, node["banks"])))
    raise nodes.SkipNode


def skip(self: Any, node: progress) -> None:
    """On paper there is nothing to show."""
    raise nodes.SkipNode


def load_on_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Lets such a page load what it needs, and no other."""
    if SHOWN in context.get("body", ""):
        app.add_css_file("quizzes.css")
        app.add_css_file("quizzes-progress.css")
        app.add_js_file("quizzes.js", loading_method="defer")
        app.add_js_file("quizzes-progress.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.setup_extension("quizzes.page")
    app.add_node(progress, html=(visit, None), latex=(skip, None), text=(skip, None), man=(skip, None), texinfo=(skip, None))
    app.add_directive("progress", ProgressDirective)
    app.connect("env-updated", write_scripts)
    app.connect("html-page-context", load_on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
