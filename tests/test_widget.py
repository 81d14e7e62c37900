"""The quiz in a notebook: in Python, and in the browser of a real JupyterLab and a real Notebook 7."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest
from test_front_end import press_an_answer

from quizzes import Mark, quiz
from quizzes.model import Refused
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent


@pytest.fixture
def book(tmp_path, monkeypatch) -> Path:
    """A folder laid out as a book, with the bank of every type; the working folder is its chapters."""
    (tmp_path / "quizzes" / "bank").mkdir(parents=True)
    (tmp_path / "chapters").mkdir()
    shutil.copy(ROOT / "tests" / "banks" / "every-type.yml", tmp_path / "quizzes" / "bank")
    shutil.copy(ROOT / "tests" / "banks" / "references.bib", tmp_path)
    monkeypatch.chdir(tmp_path / "chapters")
    return tmp_path


def test_marks_are_pythons_and_follow_the_answers(book):
    widget = quiz("every-type")
    assert set(widget.marks) == {"one", "many", "worst", "strict", "statement", "people"}
    assert {mark.state for mark in widget.marks.values()} == {"unanswered"}
    widget.answers = {"one": "istanbul", "people": "85,4"}
    assert widget.marks["one"] == Mark(points=1, out_of=2, state="partly",
                                       feedback=("The largest city, and the capital of the empire before.",))
    assert widget.marks["people"].points == 2


def test_an_answer_of_another_shape_is_refused_by_python(book):
    widget = quiz("every-type", "statement")
    widget.answers = {"statement": "true"}
    with pytest.raises(Refused):
        widget.marks


def test_a_quiz_shows_the_questions_asked_for(book):
    assert [question.id for question in quiz("every-type", group="first")._questions] == ["one", "many"]
    assert [question.id for question in quiz("every-type", "people", "one")._questions] == ["people", "one"]


def test_the_text_of_a_widget_has_no_address(book):
    assert repr(quiz("every-type")) == "QuizWidget('every-type', 6 questions)"


def test_beside_the_widget_a_stored_notebook_holds_where_the_page_draws_the_quiz(book):
    bundle = quiz("every-type", group="first")._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert data["text/html"] == ('<div data-quiz-show="every-type" data-quiz-ids="" data-quiz-group="first">'
                                 "Quiz “Every type”: run this cell to answer it here.</div>")


@pytest.mark.parametrize(("arguments", "message"), [
    (("evry-type",), "found bank 'evry-type'; accepted: every-type"),
    (("every-type", "won"), "bank 'every-type': found question 'won'; accepted: one, many, worst, strict, statement, people"),
])
def test_what_does_not_exist_is_answered_with_what_does(book, arguments, message):
    with pytest.raises((FileNotFoundError, KeyError)) as error:
        quiz(*arguments)
    assert error.value.args[0] == message


def test_outside_a_book_the_message_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError) as error:
        quiz("every-type")
    assert str(error.value) == f"found no folder quizzes/bank in or above {tmp_path}; accepted: a working folder inside a book"


def store_notebook(path: Path, *cells: str) -> None:
    nbformat.write(nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)), metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}), path)


@pytest.fixture
def jupyter(book):
    """Start a Jupyter application on the book; gives its address and ends it."""
    store_notebook(book / "chapters" / "asked.ipynb", 'from quizzes import quiz\nasked = quiz("every-type")\nasked',
                   "import json\nprint(json.dumps([asked.answers, {id_: mark.points for id_, mark in asked.marks.items()}]))")
    store_notebook(book / "chapters" / "guide.ipynb",
                   f"from quizzes import quiz\nasked = [quiz(f'guide-{{name}}') for name in {list(TYPES)}]\ndisplay(*asked)",
                   "import json\nprint(json.dumps({id_: mark.as_json() for one in asked for id_, mark in one.marks.items()}))")
    started = []

    def start(application: str, traits: str) -> str:
        env = {**os.environ, "JUPYTER_CONFIG_DIR": str(book / "config"), "JUPYTER_DATA_DIR": str(book / "data"),
               "JUPYTER_RUNTIME_DIR": str(book / "runtime"), "HOME": str(book)}
        log = book / f"{application}.log"
        with log.open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", application, "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root",
                 "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", f"--{traits}.expose_app_in_browser=True",
                 "chapters"], cwd=book, env=env, stdout=said, stderr=subprocess.STDOUT)
        started.append(process)
        for _ in range(600):
            if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()):
                return found[0]
            time.sleep(0.1)
        raise AssertionError(log.read_text())

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=30)


def run_notebook(chromium, address: str, place: str):
    """Open a notebook of two cells and run it; gives the page, what the second cell prints, and the requests to other hosts."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    foreign: list[str] = []
    page.on("request", lambda request: request.url.startswith((address, "data:", "blob:", "ws:")) or foreign.append(request.url))
    page.goto(address + place)
    page.wait_for_function("window.jupyterapp && document.querySelectorAll('.jp-CodeCell').length === 2", timeout=60_000)
    page.wait_for_function("window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000)
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".quiz[data-alive]").first.wait_for(timeout=60_000)
    printed = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output pre").first
    printed.wait_for(state="attached", timeout=60_000)  # Jupyter does not lay out what is out of sight
    return page, printed, foreign


def run_second_cell(page) -> None:
    page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1")
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell')")


@pytest.mark.parametrize(("application", "traits", "place"), [
    pytest.param("jupyterlab", "LabApp", "lab/tree/asked.ipynb", id="JupyterLab 4"),
    pytest.param("notebook", "JupyterNotebookApp", "notebooks/asked.ipynb", id="Notebook 7"),
])
def test_a_live_quiz_is_answered_and_python_sees_it(chromium, jupyter, application, traits, place):
    address = jupyter(application, traits)
    page, printed, foreign = run_notebook(chromium, address, place)

    page.get_by_label("Ankara", exact=True).check()
    page.locator("[data-quiz-question=one] button[type=submit]").click()
    assert page.locator("[data-quiz-question=one] .quiz-state").inner_text() == "Right · 2 of 2"
    page.get_by_label("Albania").focus()  # the keys of an answer are not the notebook's own
    for key in ("Space", "Tab", "b", "d", "d", "Space"):
        page.keyboard.press(key)
    assert page.locator("[data-quiz-question=many] input:checked").evaluate_all("(boxes) => boxes.map((box) => box.value)") == ["alb", "mne"]
    assert page.locator(".jp-CodeCell").count() == 2
    page.locator("[data-quiz-question=people] input").fill("85,3")
    for _ in range(20):  # a widget tells its kernel one change at a time; the cell may run in between
        run_second_cell(page)
        answers, points = json.loads(printed.text_content())
        if len(answers) == 3:
            break
        page.wait_for_timeout(500)
    assert answers == {"one": "ankara", "many": ["alb", "mne"], "people": "85,3"}
    assert points == {"one": 2, "many": 2, "worst": 0, "strict": 0, "statement": 0, "people": 2}
    assert foreign == []
    urlopen(address + "api/status").close()  # the server is still there: nothing was lost on the way
    page.context.close()


def test_a_question_of_every_type_is_answered_in_jupyterlab_and_marked_there_as_python_marks_it(book, chromium, jupyter):
    (book / "data").mkdir()
    shutil.copy(ROOT / "data" / "outlines.json", book / "data")
    for path in (ROOT / "quizzes" / "bank").glob("guide-*.yml"):
        shutil.copy(path, book / "quizzes" / "bank")
    with (book / "references.bib").open("a", encoding="utf-8") as more:
        more.write((ROOT / "references.bib").read_text(encoding="utf-8"))
    page, printed, foreign = run_notebook(chromium, jupyter("jupyterlab", "LabApp"), "lab/tree/guide.ipynb")
    page.wait_for_function(f"document.querySelectorAll('.quiz[data-alive]').length === {len(TYPES)}")
    shown = {}
    for form in page.locator("form[data-quiz-question]").all():
        form.locator(".quiz-inputs :is(input, select, textarea, button)").first.focus()
        press_an_answer(page)
        form.locator("button[type=submit]").click()
        shown[form.get_attribute("data-quiz-question")] = form.get_attribute("data-state")
    for _ in range(20):  # a widget tells its kernel one change at a time; the cell may run in between
        run_second_cell(page)
        marks = {id_: mark["state"] for id_, mark in json.loads(printed.text_content()).items()}
        if marks == shown:
            break
        page.wait_for_timeout(500)
    assert marks == shown
    assert list(shown.values()).count("unanswered") == 1  # a text of the reader's own is compared before it is marked
    assert foreign == []
    page.context.close()
