"""Imports point down only: a module knows those of the layers below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = [  # from the top: a module may import from its own layer and from those below
    {"__main__", "page", "progress", "ticks", "widget", "classroom", "downloads", "exchange"},
    {"controls", "drawing", "flaws", "front_end"},
    {"bank"},
    {"building", "types"},
    {"behaviours", "choices", "items", "lots", "picking"},
    {"model"},
    {"text", "words", "positions", "sources", "spelling", "maps"},
]


def modules(package: str) -> list[Path]:
    return sorted(path for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module that a file imports, in full, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str) -> int:
    """Where `quizzes.<name>...` stands; the package itself gathers what is offered and stands on top."""
    return next(n for n, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", [path for path in modules("quizzes") if path != ROOT / "quizzes" / "__init__.py"],
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_of_the_engine_imports_from_below_only(path):
    own = layer(path.relative_to(ROOT / "quizzes").parts[0].removesuffix(".py"))
    for name in imported(path):
        if name.startswith("quizzes."):
            assert layer(name.split(".")[1]) >= own, f"{path} imports {name}"


@pytest.mark.parametrize(("package", "strangers"), [
    ("quizzes", {"atlas", "theme", "jupyter_book", "sphinx_book_theme", "pydata_sphinx_theme"}),
    ("atlas", {"quizzes", "theme", "jupyter_book"}),
    ("theme", {"quizzes", "atlas"}),
])
def test_the_packages_do_not_know_each_other(package, strangers):
    for path in modules(package):
        assert not {name.split(".")[0] for name in imported(path)} & strangers, path


def test_an_upward_import_would_be_found(tmp_path):
    (tmp_path / "model.py").write_text("def late():\n    from quizzes.widget import quiz\n", encoding="utf-8")
    (name,) = imported(tmp_path / "model.py")
    assert layer(name.split(".")[1]) < layer("model")
