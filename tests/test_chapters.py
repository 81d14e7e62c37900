"""Stored notebooks: nbval runs them again and compares, which is worth nothing for a cell that was never run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from run_chapters import main  # noqa: E402

NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def with_numpy(output: nbformat.NotebookNode) -> list[str]:
    """The texts of an output, shown or glued, in which a number says that it is numpy's."""
    texts = [str(data) for mime, data in output.get("data", {}).items() if mime.endswith("text/plain")]
    return [text for text in texts if re.search(r"\bnp\.\w+\(", text)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_code_cell_was_run_in_order(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_notebook_holds_no_widget_state_and_no_error(path):
    notebook = nbformat.read(path, as_version=4)
    assert "widgets" not in notebook.metadata
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type in {"execute_result", "display_data", "stream"}, output
            assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_in_the_text_shows_that_it_came_from_a_library(path):
    """numpy's numbers print as `np.float64(1.5)`, in a sentence as well."""
    assert [text for cell in code_cells(path) for output in cell.outputs for text in with_numpy(output)] == []


@pytest.mark.parametrize(("mime", "text", "found"), [
    pytest.param("text/plain", "np.float64(1.5)", True, id="the value of a cell"),
    pytest.param("text/plain", "('Bosnia', np.int64(3))", True, id="in a tuple"),
    pytest.param("application/papermill.record/text/plain", "np.float64(1.5)", True, id="glued into a sentence"),
    pytest.param("text/plain", "1.5", False, id="a plain number"),
])
def test_a_number_of_numpys_would_be_found(mime, text, found):
    output = nbformat.v4.new_output("display_data", data={mime: text})
    assert with_numpy(output) == [text] * found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_code_cell_is_short_and_defines_nothing(path):
    for cell in code_cells(path):
        lines = cell.source.splitlines()
        assert len(lines) <= 5, cell.source
        assert not any(line.lstrip().startswith(("def ", "class ", "%", "!")) for line in lines), cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_map_and_chart_has_a_name_and_a_caption_with_its_source(path):
    for cell in code_cells(path):
        if any('class="atlas-figure atlas-' in output.get("data", {}).get("text/html", "") for output in cell.outputs):
            figure = cell.metadata.get("mystnb", {}).get("figure", {})
            assert figure.get("name", "").startswith("fig-"), cell.source
            assert "Source" in figure.get("caption", ""), cell.source


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 2


@pytest.mark.parametrize(("text", "found"), [
    pytest.param("# A text\n", "another kind of file", id="no JSON"),
    pytest.param('{"a": 1}', "another kind of file", id="other JSON"),
    pytest.param("[1]", "another kind of file", id="a list"),
    pytest.param(None, "No such file or directory", id="no file"),
])
def test_what_is_no_notebook_is_said_in_one_line(text, found, tmp_path, capsys):
    path = tmp_path / "a.ipynb"
    if text:
        path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 1
    assert capsys.readouterr().err == f"{path}: found {found}; accepted: a notebook\n"


def test_help_is_no_notebook(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0 and "example: python run_chapters.py chapters/energy.ipynb" in capsys.readouterr().out
