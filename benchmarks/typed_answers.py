"""What the book and its peers say to the same typed answers (tests/typed_answers.csv).

    python benchmarks/typed_answers.py
    python benchmarks/typed_answers.py --differences jupyterquiz

Each peer's own code marks: jupyterquiz's page in a browser, typed into key by key; fullmark's Python. Needs
Chromium, and a Python 3.13 or newer for fullmark. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # quizzes is read from the tree

from babel.numbers import get_decimal_symbol  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from peers import Unavailable, environment, fullmark  # noqa: E402
from phone import phone  # noqa: E402
from quizzes.types import number, short_text  # noqa: E402

CACHE = Path(__file__).parent / ".cache"
TABLE = ROOT / "tests" / "typed_answers.csv"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
JUPYTERQUIZ = ["jupyterquiz==2.9.6.4", "ipython==8.37.0"]
OURS = "this book"
LANGUAGES = {"tr": "Turkish", "az": "Azerbaijani", "bs": "Bosnian", "cnr": "Montenegrin", "hr": "Croatian", "sr": "Serbian", "sq": "Albanian", "mk": "Macedonian",
             "bg": "Bulgarian", "el": "Greek", "ro": "Romanian", "de": "German", "fr": "French", "en": "English"}

# Runs in fullmark's own environment: a quiz and (question, response) pairs in, whether each is correct out.
GRADE = """
import json, sys
from pathlib import Path
from fullmark.grading import grade_question, grading_spec
from fullmark.validate import load_quiz
quiz, findings, _ = load_quiz(Path(sys.argv[1]))
if quiz is None:
    sys.exit(f"fullmark cannot read its quiz: {findings}")
asked = {question.id: question for question in quiz.questions}
print(json.dumps([grade_question(asked[id_].type, grading_spec(asked[id_], quiz), response)["status"] == "correct"
                  for id_, response in json.load(sys.stdin)]))
"""

# Runs in jupyterquiz's own environment: questions in, what display_quiz puts on a page out.
DISPLAY = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
InteractiveShell.instance()
from jupyterquiz import display_quiz
with capture_output() as shown:
    display_quiz(json.load(sys.stdin))
print(json.dumps([output.data for output in shown.outputs]))
"""


class Row(NamedTuple):
    """One typed answer, and what it deserves: right, note, nearly or wrong."""

    key: str
    accept: tuple[str, ...]
    language: str
    typed: str
    outcome: str

    @property
    def question(self) -> tuple[str, tuple[str, ...], str]:
        return self.key, self.accept, self.language

    @property
    def is_number(self) -> bool:
        return bool(NUMBER.fullmatch(self.key))

    @property
    def group(self) -> str:
        return "numbers, all languages" if self.is_number else LANGUAGES[self.language]

    @property
    def deserves_points(self) -> bool:
        return self.outcome in ("right", "note")


def read_table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(row["key"], tuple(filter(None, row["accept"].split("|"))), row["language"], row["typed"], row["outcome"])
                for row in csv.DictReader(file)]


def ask_the_book(rows: Iterable[Row]) -> list[bool]:
    """Full points from this book's own types."""
    return [_book_number(row) if row.is_number else _book_text(row) for row in rows]


def _book_text(row: Row) -> bool:
    asked = short_text.QuestionType.model_validate({
        "id": "asked", "type": "short-text", "prompt": "Which?", "group": "all", "objective": "ask", "level": "remember",
        "explanation": "So it is.", "sources": ["none"], "answer": row.key, "accept": row.accept, "text_language": row.language,
        "feedback": {"right": "Yes.", "wrong": "No."}})
    return asked.mark(row.typed).state == "right"


def _book_number(row: Row) -> bool:
    units = sorted({number.fold(unit) for unit in row.accept or ("%",)}, key=lambda unit: (-len(unit), unit))
    read, _ = number.read_number(row.typed, get_decimal_symbol(row.language), tuple(units))
    return read is not None and float(read) == float(row.key)


def ask_fullmark(rows: list[Row]) -> list[bool]:
    """Full points from fullmark's grader, asked with the same key and the same other answers."""
    ids = _ids(rows)
    with tempfile.TemporaryDirectory() as folder:
        quiz = Path(folder) / "quiz.md"
        quiz.write_text('---\ntitle: "Typed answers"\n---\n\n' + "\n".join(_as_fullmark(*asked) for asked in ids.items()), encoding="utf-8")
        given = [(ids[row.question], {"raw" if row.is_number else "text": row.typed}) for row in rows]
        python = environment(CACHE / "fullmark", fullmark.new_python(), fullmark.PACKAGES) / "python"
        return _run(python, GRADE, given, quiz)


def _as_fullmark(question: tuple[str, tuple[str, ...], str], id_: str) -> str:
    key, accept, _ = question
    if NUMBER.fullmatch(key):
        unit = f"\nunit: {json.dumps(accept[0], ensure_ascii=False)}" if accept else ""
        return f"## Which? {{type=numeric id={id_}}}\n\n```answer\nvalue: {key}{unit}\n```\n"
    return f"## Which? {{type=short id={id_}}}\n\n```answer\naccept: {json.dumps([key, *accept], ensure_ascii=False)}\n```\n"


def ask_jupyterquiz(rows: list[Row], fuzzy: float | None) -> list[bool]:
    """Marked correct on jupyterquiz's page; `fuzzy` is its own threshold for near answers."""
    python = environment(CACHE / "jupyterquiz", sys.executable, JUPYTERQUIZ) / "python"
    ids = list(_ids(rows))
    outputs = _run(python, DISPLAY, [_as_jupyterquiz(question, fuzzy) for question in ids])
    html = "".join(output.get("text/html", "") for output in outputs)
    script = "".join(output.get("application/javascript", "") for output in outputs)
    with phone(9) as browser:  # port 9 answers nothing: what the page asks of other hosts is refused
        page = browser.new_page()
        page.set_content(f'<!doctype html><meta charset="utf-8">{html}</div>')
        page.add_script_tag(content=script)
        page.locator(".Quiz").nth(len(ids) - 1).wait_for()
        return [_type(page, ids.index(row.question), row.typed) for row in rows]


def _as_jupyterquiz(question: tuple[str, tuple[str, ...], str], fuzzy: float | None) -> dict[str, Any]:
    key, accept, _ = question
    if NUMBER.fullmatch(key):
        return {"question": "Which?", "type": "numeric", "answers": [{"type": "value", "value": float(key), "correct": True, "feedback": "Yes."}]}
    near = {"fuzzy_threshold": fuzzy} if fuzzy else {}
    return {"question": "Which?", "type": "string",
            "answers": [{"answer": form, "correct": True, "feedback": "Yes."} | near for form in (key, *accept)]}


def _type(page: Page, place: int, text: str) -> bool:
    """Type into one question's box as a reader does, press Enter, see whether it turns green."""
    box = page.locator(".Quiz").nth(place).locator("input")
    box.focus()  # the page empties the box
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    marked = box.get_attribute("class") or ""
    if "correctButton" not in marked:  # also a part of incorrectButton
        raise RuntimeError(f"jupyterquiz: no mark for {text!r}")
    box.evaluate("(box) => { box.className = 'Input-text'; box.blur(); }")
    return "incorrectButton" not in marked


def _ids(rows: Iterable[Row]) -> dict[tuple[str, tuple[str, ...], str], str]:
    """Every question of the table, with an id."""
    return {question: f"q{n}" for n, question in enumerate(dict.fromkeys(row.question for row in rows))}


def _run(python: Path, code: str, given: Any, *arguments: Path) -> Any:
    done = subprocess.run([python, "-c", code, *arguments], input=json.dumps(given), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or done.stdout)
    return json.loads(done.stdout)


SYSTEMS: dict[str, Callable[[list[Row]], list[bool]]] = {
    OURS: ask_the_book,
    "jupyterquiz": partial(ask_jupyterquiz, fuzzy=None),
    "jupyterquiz, fuzzy 0.8": partial(ask_jupyterquiz, fuzzy=0.8),
    "fullmark": ask_fullmark,
}


def print_table(rows: list[Row], said: dict[str, list[bool]]) -> None:
    """For each group of answers: how many of them each system gives the points that they deserve."""
    print(f"| typed answers | number | {' | '.join(said)} |\n| --- | ---: |{' ---: |' * len(said)}")
    groups = sorted({row.group for row in rows}, key=lambda group: (group.startswith("numbers"), -sum(row.group == group for row in rows)))
    for group in groups:
        _line(group, [row.group == group for row in rows], rows, said)
    for outcome, words in (("right", "right"), ("note", "right, with a note on the spelling"), ("nearly", "nearly right: no points"), ("wrong", "wrong: no points")):
        _line(f"*deserved: {words}*", [row.outcome == outcome for row in rows], rows, said)
    _line("**all**", [True] * len(rows), rows, said)


def _line(name: str, chosen: list[bool], rows: list[Row], said: dict[str, list[bool]]) -> None:
    count = sum(chosen)
    agreed = (sum(pick and points == row.deserves_points for pick, row, points in zip(chosen, rows, given, strict=True)) for given in said.values())
    print(f"| {name} | {count} | {' | '.join(f'{n} ({100 * n / count:.0f} %)' for n in agreed)} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--differences", choices=SYSTEMS, help="print every answer that this system marks otherwise")
    options = parser.parse_args()
    rows, said = read_table(), {}
    for name, ask in SYSTEMS.items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            said[name] = ask(rows)
        except Unavailable as reason:
            print(f"{name}: not run: {reason}", file=sys.stderr)
    print_table(rows, said)
    for row, points in zip(rows, said.get(options.differences, ()), strict=False):
        if points != row.deserves_points:
            print(f"{row.key!r} ({row.language}): {row.typed!r} deserves {row.outcome}, is given {'points' if points else 'no points'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
