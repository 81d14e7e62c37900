"""A second build gives what a clean build gives, byte for byte, whatever has changed in between."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_book import BANK, BIB, FIRST, SECOND, TERMS, TOC, small_book, write_second

JUPYTER_BOOK = "import sys; from jupyter_book.cli.main import main; main(sys.argv[1:])"


def build(book: Path, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", JUPYTER_BOOK, "build", ".", "-n", "--keep-going", *options], cwd=book,
                          capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(book)})


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site but `.buildinfo`, which holds a hash of the folder's name: all that differs by nature."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name != ".buildinfo"}


def written(done: subprocess.CompletedProcess) -> set[str]:
    """The pages that a build wrote."""
    lines = done.stdout.replace("\r", "\n").splitlines()
    return {line.rpartition("chapters/")[2].split("\x1b")[0] for line in lines if "writing output" in line and "chapters/" in line}


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """A small book, built once."""
    folder = small_book(tmp_path_factory.mktemp("rebuilding") / "book")
    done = build(folder, "-W")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def write(name: str, text: str) -> Callable[[Path], None]:
    return lambda book: (book / name).write_text(text, encoding="utf-8") and None


def write_straight_line(outlines: Path) -> None:
    """A piece of border with nothing between its ends."""
    topology = json.loads(outlines.read_text(encoding="utf-8"))
    (x, y), *steps = topology["arcs"][0]
    topology["arcs"][0] = [[x, y], [sum(step[0] for step in steps), sum(step[1] for step in steps)]]
    outlines.write_text(json.dumps(topology), encoding="utf-8")


CHANGES = {
    "a touched bank": (lambda book: os.utime(book / "quizzes/bank/small.yml"), {"first"}),
    "a bank": (write("quizzes/bank/small.yml", BANK.replace("The treaty", "This treaty")), {"first"}),
    "the text of a chapter": (lambda book: write_second(book, SECOND.replace("one line", "one short line")), {"first", "second"}),
    "a heading to which another chapter links": (lambda book: write_second(book, SECOND.replace("Its part", "A part")), {"first", "second"}),
    "a figure before the others": (lambda book: write_second(book, SECOND, ("fig-chart", "fig-map")), {"first", "second"}),
    "a figure less": (lambda book: write_second(book), {"first", "second"}),
    "the meaning of a term": (write("chapters/terms.md", TERMS.replace("The force", "NATO's force")), {"first", "terms"}),
    "a citation": (write("chapters/first.md", FIRST.replace("`iea-2025`", "`iea-2025,nato-2025`")), {"first", "sources"}),
    "an entry of the bibliography": (write("references.bib", BIB.replace("{2025}", "{2024}")), {"first", "sources"}),
    "a title": (write("chapters/terms.md", TERMS.replace("# Terms", "# Words")), {"first", "second", "terms", "sources"}),
    "a page more": (lambda book: (write("chapters/new.md", "# New\n\nA page.\n")(book),
                                  write("_toc.yml", TOC + "  - file: chapters/new\n")(book)), {"first", "second", "terms", "sources", "new"}),
    "a page less": (lambda book: ((book / "chapters/new.md").unlink(missing_ok=True), write("_toc.yml", TOC)(book)), None),
    "a style sheet": (write("theme/static/terms.css", "b { color: red }\n"), None),
    "the outlines of the maps": (lambda book: write_straight_line(book / "data" / "outlines.json"), None),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_a_change_the_site_is_that_of_a_clean_build(book, what):
    change, pages = CHANGES[what]
    change(book)
    again = build(book)
    assert again.returncode == 0 and "WARNING" not in again.stderr, again.stderr
    clean = book.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    assert build(book, "--path-output", str(clean), "-q").returncode == 0
    ours, theirs = files(book / "_build" / "html"), files(clean / "_build" / "html")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in theirs if ours[name] != theirs[name]] == []
    assert pages is None or written(again) == pages


def test_a_warning_is_said_again_until_its_cause_is_gone(book):
    write("chapters/terms.md", TERMS + "\n{ref}`nowhere`\n")(book)
    for _ in range(2):
        done = build(book, "-W", "-q")
        assert done.returncode == 1 and "nowhere" in done.stderr
    write("chapters/terms.md", TERMS)(book)
    assert build(book, "-W", "-q").returncode == 0


def test_what_a_stopped_build_left_is_written_by_the_next(book):
    bank = book / "quizzes/bank/small.yml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("treaty is of", "treaty was of"), encoding="utf-8")
    second = book / "chapters/second.ipynb"
    stored = second.read_text(encoding="utf-8")
    second.write_text(stored.replace("data-atlas-map", "data-atlas-gone"), encoding="utf-8")  # fails where it is written
    assert build(book, "-q").returncode != 0
    second.write_text(stored, encoding="utf-8")
    assert build(book, "-q").returncode == 0
    assert "treaty was of" in (book / "_build/html/chapters/first.html").read_text(encoding="utf-8")
