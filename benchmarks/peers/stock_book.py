"""The same notebook in a stock Jupyter Book: stock theme and configuration, folium as it comes.

Prose, figures and questions are the chapter's own. Only two kinds of cells change: a map becomes a
`folium.Map` with its default tiles over the same outlines, a quiz becomes the peer's.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat

from peers import SHARED, environment, run
from peers.jupyterquiz import as_jupyterquiz
from peers.outlines import as_geojson
from quizzes import load_bank

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["jupyter-book==1.0.4.post1", "jupyterquiz==2.9.6.4", "folium==0.20.0", "ipywidgets==8.1.9"]
CONFIG = """title: Stock book
author: Benchmark
execute:
  execute_notebooks: force
  timeout: 300
bibtex_bibfiles:
  - references.bib
sphinx:
  config:
    nb_execution_raise_on_error: true
"""
TOC = "format: jb-book\nroot: intro\nchapters:\n  - file: {chapter}\n"
INTRO = "# Stock book\n\n```{bibliography}\n```\n"
MAP = """import folium
world = folium.Map(location=[42, 24], zoom_start=5)
folium.GeoJson("outlines.geojson", tooltip=folium.GeoJsonTooltip(["name"])).add_to(world)
world"""
QUIZ = {
    "jupyterquiz": 'from jupyterquiz import display_quiz\ndisplay_quiz("{file}")',
    "ipywidgets": 'from widget_quiz import widget_quiz\nwidget_quiz("{file}")',
}


def build(notebook: Path, peer: str, cache: Path, python: str) -> Path:
    """Build a chapter with a peer's quizzes (a key of QUIZ) and give its HTML page."""
    folder = cache / "books" / f"{notebook.stem}-{peer}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stock = nbformat.read(notebook, as_version=4)
    stock.metadata.pop("widgets", None)  # what the book's own run left behind
    asked = quiz_files(notebook.stem, folder)
    for cell in stock.cells:
        if cell.cell_type == "code":
            cell.source, cell.outputs = stock_cell(cell.source, lambda call: (file := asked(call)) and QUIZ[peer].format(file=file) or ""), []
    nbformat.write(stock, folder / notebook.name)
    (folder / "outlines.geojson").write_text(json.dumps(as_geojson(ROOT / "data/outlines.json")), encoding="utf-8")
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "_toc.yml").write_text(TOC.format(chapter=notebook.stem), encoding="utf-8")
    (folder / "intro.md").write_text(INTRO, encoding="utf-8")
    shutil.copy(ROOT / "references.bib", folder)
    shutil.copy(Path(__file__).parent / "widget_quiz.py", folder)
    run([environment(cache / "stock", python, PACKAGES + of_the_charts()) / "jupyter-book", "build", "."],
        folder=folder, PYTHONPATH=str(ROOT))
    return without_integrity(folder / "_build/html" / f"{notebook.stem}.html")


def of_the_charts() -> list[str]:
    """What the book itself needs: its charts and tables are drawn in the stock book too."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


def stock_cell(source: str, quiz_cell: Callable[[ast.Call], str]) -> str:
    """A code cell as the stock book has it: its maps, quizzes and imports replaced, all else kept."""
    lines = []
    for statement in ast.parse(source).body:
        calls = [n for n in ast.walk(statement) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
        if asked := next((call for call in calls if call.func.id == "quiz"), None):
            lines.append(quiz_cell(asked))
        elif any(call.func.id.endswith("_map") for call in calls):
            lines.append(MAP)
        elif not (isinstance(statement, ast.ImportFrom) and statement.module == "quizzes"):
            lines.append(ast.unparse(statement))
    return "\n".join(lines)


def quiz_files(chapter: str, folder: Path) -> Callable[[ast.Call], str | None]:
    """Writes the questions that a `quiz(...)` call shows into a file of its own, and gives its name; None where the peers have none of them."""
    written = 0

    def write(call: ast.Call) -> str | None:
        nonlocal written
        written += 1
        bank, *ids = (ast.literal_eval(argument) for argument in call.args)
        options = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
        questions = [one for one in load_bank(ROOT / "quizzes/bank" / f"{bank}.yml").pick(*ids, **options) if one.type in SHARED]
        file = f"{chapter}-quiz-{written}.json"
        (folder / file).write_text(json.dumps([as_jupyterquiz(q) for q in questions], ensure_ascii=False),
                                   encoding="utf-8")
        return file if questions else None

    return write


def without_integrity(page: Path) -> Path:
    """Drop the checksums of scripts from other hosts: npm's copies are the same code, not the same bytes."""
    page.write_text(re.sub(r' integrity="[^"]*"', "", page.read_text(encoding="utf-8")), encoding="utf-8")
    return page
