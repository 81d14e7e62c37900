"""A Sphinx extension: banks in the formats of other systems, to be taken from the site.

The configuration names the banks (`quizzes_packages`). The directive

    ```{packages}
    ```

is a table of them and of the formats there are; the files lie in `packages/` of the site. They are made beside the build, by another
process, and again only where a bank, or what makes them, has changed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from quizzes.bank import Bank, load_bank
from quizzes.page import ENGINE
from quizzes.progress import sums
from quizzes.sources import find_bibliography

FOLDER = "packages"  # of the site
NOT_NOW = "QUIZZES_NO_PACKAGES"  # a variable of the environment: those of the last build stay
MADE_BY = [*ENGINE, *sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in {".css", ".js"})]
FORMATS = {  # the name of each for teachers, and what its file's name ends in; a sheet of paper goes into one file with its key
    "cc11": ("Common Cartridge", ".imscc"), "gift": ("GIFT", ".gift"), "moodle": ("Moodle XML", ".xml"), "paper": ("Paper", ".zip"), "qti12": ("QTI 1.2", ".zip"),
    "qti21": ("QTI 2.1", ".zip"), "qti3": ("QTI 3.0", ".zip"), "scorm12": ("SCORM 1.2", ".zip"), "scorm2004": ("SCORM 2004", ".zip")}
TITLE = re.compile("^title:(.*)$", re.MULTILINE)
TABLE = Markup('<table class="docutils quiz-packages"><thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>')
ROW = Markup('<tr><th scope="row">{}</th><td>{}</td></tr>')
LINK = Markup('<a href="{}" download>{}</a>')


class Packages(SphinxDirective):
    """The table."""

    def run(self) -> list[nodes.Node]:
        found = titles(self.env.app)
        if missing := [name for name in self.env.config.quizzes_packages if name not in found]:
            raise ExtensionError(f"quizzes_packages: found bank '{missing[0]}'; accepted: the name of a file in {self.env.config.quizzes_banks}")
        self.env.note_dependency(__file__)
        self.env.metadata[self.env.docname]["quizzes-packages"] = found
        top = "../" * self.env.docname.count("/") + FOLDER
        rows = [ROW.format(title, Markup(" · ").join(LINK.format(f"{top}/{name}.{form}{suffix}", label) for form, (label, suffix) in FORMATS.items()))
                for name, title in found.items()]
        return [nodes.raw("", str(TABLE.format("Questions of", "For", Markup().join(rows))), format="html")]


def titles(app: Sphinx) -> dict[str, str]:
    """The banks' titles by name, of those that are there; nothing else of them is read."""
    paths = [Path(app.srcdir, app.config.quizzes_banks, f"{name}.yml") for name in app.config.quizzes_packages]
    heads = {path.stem: TITLE.search(path.read_text(encoding="utf-8")) for path in paths if path.is_file()}
    return {name: str(yaml.safe_load(head[1])) if head else name for name, head in heads.items()}


def outdated(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """The pages whose table names a bank by an old title."""
    found = titles(app)
    return [page for page, said in env.metadata.items() if said.get("quizzes-packages", found) != found]


def start(app: Sphinx) -> None:
    """Begins to make the packages, in a process of its own: the build goes on meanwhile."""
    names = app.config.quizzes_packages if app.builder.format == "html" and not os.environ.get(NOT_NOW) else ()
    paths = [Path(app.srcdir, app.config.quizzes_banks, f"{name}.yml") for name in names]
    banks = [str(path) for path in paths if path.is_file()]  # the table says which is not there
    command = [sys.executable, "-m", "quizzes.downloads", str(Path(app.outdir, FOLDER)), str(Path(app.doctreedir, "packages.json")), app.config.html_baseurl]
    app.packages = subprocess.Popen([*command, *banks], stderr=subprocess.PIPE, text=True, encoding="utf-8") if banks else None


def wait(app: Sphinx, error: Exception | None) -> None:
    """Waits until they are there. Raises ExtensionError that says why they are not."""
    process, app.packages = app.packages, None
    if process is None:
        return
    if error:
        process.kill()
    _, said = process.communicate()
    if process.returncode and not error:
        raise ExtensionError(f"{FOLDER}: {said.strip().splitlines()[-1] if said.strip() else 'could not be made'}")


def main(folder: Path, state: Path, address: str, paths: Iterable[Path]) -> None:
    """Leave every bank in every format in a folder, and nothing else; `state` keeps what each was made of."""
    made = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}
    now: dict[str, Any] = {}
    for path in paths:
        known = made.get(path.stem)
        fresh = known and known.get("address") == address and known["of"] == _sums(known["of"]) and all((folder / file).is_file() for file in known["files"])
        now[path.stem] = known if fresh else _make(load_bank(path), folder, address)
    state.write_text(json.dumps(now), encoding="utf-8")
    wanted = {file for one in now.values() for file in one["files"]}
    for path in [path for path in folder.iterdir() if path.name not in wanted]:
        path.unlink()


def _make(bank: Bank, folder: Path, address: str) -> dict[str, Any]:
    """One bank in every format; returns the names of its files, and the sums of what they were made of."""
    from quizzes.exchange import Asked, exporting, write
    from quizzes.exchange.packages import pack

    asked = Asked(bank=bank, questions=tuple(bank), address=address)
    files: dict[Path, bytes] = {}
    for form, module in exporting().items():
        made = module.make(asked, Path(f"{bank.name}.{form}{module.SUFFIX}")).files
        (content,) = made.values() if len(made) == 1 else [pack({path.name: text for path, text in made.items()})]
        files[folder / f"{bank.name}.{form}{FORMATS[form][1]}"] = content
    folder.mkdir(parents=True, exist_ok=True)
    write(files)
    drawn = {bank.path.parent / file for question in bank for file in question.files}
    made_of = {bank.path, *(lender.path for lender in bank.lenders), *filter(None, [find_bibliography(bank.path)]), *drawn, *MADE_BY}
    return {"files": [path.name for path in files], "of": _sums(map(str, made_of)), "address": address}


def _sums(files: Iterable[str]) -> dict[str, Any]:
    return {str(path): found for path, found in sums(map(Path, files)).items()}


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.setup_extension("quizzes.page")
    app.add_config_value("quizzes_packages", [], "env")
    app.add_directive("packages", Packages)
    app.connect("builder-inited", start)
    app.connect("env-get-outdated", outdated)
    app.connect("build-finished", wait, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], map(Path, sys.argv[4:]))
