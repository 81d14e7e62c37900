"""A Sphinx extension: banks in the formats of other systems, to be taken from the site.

    ```{packages} history diplomacy
    ```

is a table of these banks and of the formats there are; the files lie in `packages/` of the site. They are made when a page asks for them,
and again only where a bank, or what makes them, has changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from quizzes.bank import Bank
from quizzes.page import ENGINE, read_bank
from quizzes.progress import sums

FOLDER = "packages"  # of the site
MADE_BY = [*ENGINE, *sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in {".css", ".js"})]
NAMES = {"cc11": "Common Cartridge", "gift": "GIFT", "moodle": "Moodle XML", "paper": "Paper", "qti12": "QTI 1.2", "qti21": "QTI 2.1", "qti3": "QTI 3.0",
         "scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004"}
TABLE = Markup('<table class="docutils quiz-packages"><thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>')
ROW = Markup('<tr><th scope="row">{}</th><td>{}</td></tr>')
LINK = Markup('<a href="{}" download>{}</a>')


def file_of(bank: str, form: str) -> str:
    """The name of a bank's file in a format."""
    from quizzes.exchange import exporting  # loads every format

    suffix = exporting()[form].SUFFIX
    return f"{bank}.{form}{'.zip' if suffix == '.html' else suffix}"  # a sheet goes with its key


class Packages(SphinxDirective):
    """The names of the banks."""

    required_arguments = 1
    optional_arguments = 100

    def run(self) -> list[nodes.Node]:
        from quizzes.exchange import exporting

        top = "../" * self.env.docname.count("/") + FOLDER
        banks = [read_bank(self.env.app, Path(self.env.srcdir, self.env.config.quizzes_banks, f"{name}.yml")) for name in self.arguments]
        for file in (*ENGINE, *(bank.path for bank in banks)):
            self.env.note_dependency(str(file))
        self.env.metadata[self.env.docname]["quizzes-packages"] = self.arguments
        rows = [ROW.format(bank.title, Markup(" · ").join(LINK.format(f"{top}/{file_of(bank.name, form)}", NAMES.get(form, form)) for form in exporting()))
                for bank in banks]
        return [nodes.raw("", str(TABLE.format("Questions of", "For", Markup().join(rows))), format="html")]


def write(app: Sphinx, error: Exception | None) -> None:
    """Leaves the packages in the site, of which some page has links."""
    names = sorted({name for said in app.env.metadata.values() for name in said.get("quizzes-packages", ())})
    if error or app.builder.format != "html" or not names:
        return
    folder, state = Path(app.outdir, FOLDER), Path(app.doctreedir, "packages.json")
    made = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}
    for name in names:
        path = Path(app.srcdir, app.config.quizzes_banks, f"{name}.yml")
        if name not in made or made[name]["of"] != _sums(made[name]["of"]) or not all((folder / file).is_file() for file in made[name]["files"]):
            made[name] = _make(read_bank(app, path), folder, app)
    state.write_text(json.dumps({name: made[name] for name in names}), encoding="utf-8")
    wanted = {file for name in names for file in made[name]["files"]}
    for path in [path for path in folder.iterdir() if path.name not in wanted]:
        path.unlink()


def _make(bank: Bank, folder: Path, app: Sphinx) -> dict[str, Any]:
    """One bank in every format; returns the names of its files, and the sums of what they were made of."""
    from quizzes.exchange import Asked, exporting, write
    from quizzes.exchange.packages import pack

    asked = Asked(bank=bank, questions=tuple(bank), address=app.config.html_baseurl)
    files: dict[Path, bytes] = {}
    for form, module in exporting().items():
        made = module.make(asked, Path(f"{bank.name}.{form}{module.SUFFIX}")).files
        (content,) = made.values() if len(made) == 1 else [pack({path.name: text for path, text in made.items()})]
        files[folder / file_of(bank.name, form)] = content
    folder.mkdir(parents=True, exist_ok=True)
    write(files)
    drawn = {bank.path.parent / file for question in bank for file in question.files}
    return {"files": [path.name for path in files],
            "of": _sums({str(path) for path in {bank.path, *(lender.path for lender in bank.lenders), Path(app.srcdir, "references.bib"), *drawn, *MADE_BY}})}


def _sums(files: Any) -> dict[str, int | None]:
    return {str(path): found for path, found in sums(map(Path, files)).items()}


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.setup_extension("quizzes.page")
    app.add_directive("packages", Packages)
    app.connect("build-finished", write, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
