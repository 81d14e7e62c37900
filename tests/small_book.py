"""A small copy of the book: its configuration, theme and engine, with three chapters that build in seconds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("_config.yml", "requirements.lock", "preview.py", "theme", "atlas", "quizzes", "data/outlines.json")
TOC = "format: jb-book\nroot: chapters/first\nchapters:\n  - file: chapters/second\n  - file: chapters/terms\n  - file: chapters/sources\n"
FIRST = """# The first chapter

About {term}`KFOR`, {numref}`fig-map`, [the second chapter](second.ipynb) and {ref}`second-part`, as was said {cite}`iea-2025`.

```{quiz} small
```
"""
SECOND = "# The second chapter\n\n(second-part)=\n## Its part\n\nA text of one line.\n" + "\nMore of it.\n" * 80
TERMS = "# Terms\n\n```{glossary}\nKFOR\n    The force in Kosovo.\n\nForum\n    A table to sit at.\n```\n"
SOURCES = "# Sources\n\n```{bibliography}\n```\n"
BIB = """@misc{iea-2025, author={{International Energy Agency}}, title={{World Energy}}, year={2025}, url={https://iea.example}}

@misc{nato-2025, author={{NATO}}, title={{Members}}, year={2025}}
"""
BANK = """title: Small
language: en
objectives: {dates: Know a date}
questions:
  - id: treaty
    type: true-false
    group: first
    objective: dates
    level: remember
    prompt: True or false? The treaty is of 1923.
    answer: true
    feedback: {right: "Yes, 1923.", wrong: "It is of 1923."}
    explanation: It was signed that year.
    sources: [nato-2025]
"""


def small_book(folder: Path) -> Path:
    """Write it into a folder that does not exist yet."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "bank"))
        else:
            shutil.copy(source, target)
    for name, text in {"_toc.yml": TOC, "references.bib": BIB, "quizzes/bank/small.yml": BANK, "chapters/first.md": FIRST,
                       "chapters/terms.md": TERMS, "chapters/sources.md": SOURCES}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_second(folder)
    return folder


def write_second(folder: Path, text: str = SECOND, figures: tuple[str, ...] = ("fig-map",)) -> None:
    """The second chapter: a notebook with a stored map, "fig-map", or a chart, "fig-chart", or both, out of the chapter on energy."""
    stored = json.loads((ROOT / "chapters" / "energy.ipynb").read_text(encoding="utf-8"))
    drawn = [cell for cell in stored["cells"] if "figure" in cell["metadata"].get("mystnb", {})]
    of_map = next(cell for cell in drawn if "data-atlas-map" in json.dumps(cell))
    of_chart = next(cell for cell in drawn if "data-atlas-map" not in json.dumps(cell))
    named = {"fig-map": of_map, "fig-chart": of_chart}
    for name, cell in named.items():
        cell["metadata"]["mystnb"]["figure"] = {"name": name, "caption": "A figure."}
    first = {"cell_type": "markdown", "id": "first", "metadata": {}, "source": text}
    stored["cells"] = [first, *(named[name] for name in figures)]
    (folder / "chapters" / "second.ipynb").write_text(json.dumps(stored), encoding="utf-8")
