"""Stored notebooks: nbval runs them again and compares, which is worth nothing for a cell that was never run."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
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
