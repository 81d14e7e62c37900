"""An assignment as a notebook, in a real JupyterLab. What is handed in is marked as by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from a_lab import jupyterlab, open_notebook, wait_for
from sealed_pages import GUIDE, answer_all, every_type, marks, say_who

from quizzes.classroom.collecting import Found
from quizzes.classroom.handin import read_hand_in
from quizzes.classroom.notebook import notebook
from quizzes.classroom.specification import Assignment


@pytest.fixture
def lab(tmp_path):
    """A JupyterLab on a folder that has nothing but the notebook: its address, the folder, and the assignment."""
    folder, sealed = tmp_path / "student", every_type()
    folder.mkdir()
    (folder / "assignment.ipynb").write_text(notebook(sealed), encoding="utf-8")
    with jupyterlab(folder, tmp_path) as address:
        yield address, folder, Assignment(specification=sealed.specification, bank=GUIDE, keep=Path())


def test_in_jupyterlab_answers_are_kept_and_the_notebook_and_a_file_beside_it_hold_what_is_handed_in(chromium, lab):
    address, folder, assignment = lab
    page = open_notebook(chromium, address, "assignment.ipynb")
    assert page.locator(".sealed-due time").inner_text() == "Hand in by Friday, 8 May 2026, 18:00 (GMT+02:00)"
    say_who(page)
    answer_all(page)
    assert page.locator(".jp-CodeCell").count() == 1  # the keys of an answer are not the notebook's own
    assert page.locator(".sealed-count").inner_text() == f"{len(GUIDE)} of {len(GUIDE)} answered"
    draft = folder / f".assignment-{assignment.specification.id}.draft.json"
    wait_for(draft, lambda file: file.exists() and len(json.loads(file.read_text())["kept"]) >= len(GUIDE) + 2)
    page.locator("[data-sealed-do=hand-in]").click()
    file = folder / "guide-2023-0145.json"
    wait_for(file)
    page.locator(".sealed-file").get_by_text("Written beside this notebook: guide-2023-0145.json.").wait_for()
    page.wait_for_timeout(500)
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    wait_for(folder / "assignment.ipynb", lambda file: "quizzes-hand-in" in file.read_text().split('"outputs"')[1])

    read = [read_hand_in(Found(file=path.name, content=path.read_bytes(), time=None), assignment) for path in (file, folder / "assignment.ipynb")]
    assert read[0].answers == read[1].answers and None not in read[0].answers.values()
    marks(GUIDE, read[0].answers)
    page.context.close()

    again = open_notebook(chromium, address, "assignment.ipynb")  # a new visit, the cell is run again
    assert again.locator(".sealed-count").inner_text() == f"{len(GUIDE)} of {len(GUIDE)} answered"
    assert again.get_by_label("Your name").input_value() == "Ana Kovač"
    again.context.close()
