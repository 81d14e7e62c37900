"""The chapter's questions as fullmark's page: one file, no book around it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from peers import SHARED, Unavailable, environment, run
from quizzes import Bank, Question

PACKAGES = ["fullmark==0.10.2"]
NEEDS = (3, 13)


def build(bank: Bank, cache: Path) -> Path:
    """Build the page. Raises Unavailable where no Python is new enough for fullmark."""
    folder = cache / "fullmark-pages" / bank.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source = f'---\ntitle: "{bank.title}"\nfeedback: instant\n---\n\n' + "\n".join(as_fullmark(q) for q in bank if q.type in SHARED)
    (folder / "quiz.md").write_text(source, encoding="utf-8")
    tool = environment(cache / "fullmark", new_python(), PACKAGES) / "fullmark"
    run([tool, "build", "quiz.md", "--output", "quiz.html"], folder=folder)
    return folder / "quiz.html"


def as_fullmark(question: Question) -> str:
    """One question in fullmark's Markdown; the feedback on choices stands in the explanation."""
    first, _, rest = question.prompt.strip().partition("\n\n")
    kind, answer, said = _parts(question)
    points = f" points={question.points:g}" if question.points != 1 else ""
    lines = [f"## {' '.join(first.split())} {{type={kind} id={question.id}{points}}}", rest, answer,
             "\n".join(f"> {line}" for line in ["[!explanation]", *said, *question.explanation.strip().splitlines()])]
    return "\n\n".join(filter(None, lines)) + "\n"


def _parts(question: Question) -> tuple[str, str, list[str]]:
    """fullmark's type, the answer part of the source, lines of feedback."""
    if question.type in ("one-choice", "many-choices"):
        marks = {True: "x", False: " "}
        choices = "\n".join(f"- [{marks[c.correct]}] {' '.join(c.text.split())}" for c in question.choices)
        return ("single" if question.type == "one-choice" else "multi"), choices, _said(
            c.feedback for c in question.choices)
    feedback = _said([question.feedback.right, question.feedback.wrong])
    if question.type == "true-false":
        return "truefalse", f"```answer\nvalue: {str(question.answer).lower()}\n```", feedback
    if question.type == "number":
        low, high, *_ = question.intervals[0]
        unit = f'\nunit: "{question.unit}"' if question.unit else ""
        return ("numeric", f"```answer\nvalue: {question.answer}\ntolerance: {(high - low) / 2:g}{unit}\n```",
                feedback + _said(case.feedback for case in question.cases))
    raise ValueError(f"question '{question.id}': fullmark is not given questions of type '{question.type}'")


def _said(texts) -> list[str]:
    """Each text as a paragraph of its own inside a quotation."""
    return [line for text in texts for line in (" ".join(text.split()), "")]


def new_python() -> str:
    """A Python that is new enough. Raises Unavailable, with what was looked for, where there is none."""
    names = [f"python3.{minor}" for minor in range(NEEDS[1], NEEDS[1] + 4)] + ["python3"]
    kept = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.*/bin/python3"))
    for python in [*filter(None, map(shutil.which, names)), *map(str, kept)]:
        test = subprocess.run([python, "-c", f"import sys; sys.exit(sys.version_info < {NEEDS})"],
                              capture_output=True, check=False)
        if test.returncode == 0:
            return python
    raise Unavailable(f"fullmark needs Python {'.'.join(map(str, NEEDS))} or newer; "
                      f"looked for {', '.join(names)} on the path, and in pyenv")
