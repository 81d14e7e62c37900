"""Every answer of typed_answers.csv has the outcome that it deserves, in Python and on the page.

A row whose key is a number asks a number question; there `accept` holds the ways to write the unit, and a note
is "Read as ...". Add a row to add a test.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from bare_page import PAGE
from test_front_end import MARK_ALL

from quizzes import Bank, front_end, load_bank
from quizzes import words as words_module
from quizzes.drawing import draw_quiz

TABLE = Path(__file__).parent / "typed_answers.csv"
Key = tuple[str, str, str]
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
OUTCOME = {("right", 1): "right", ("right", 2): "note", ("partly", 1): "nearly", ("wrong", 1): "wrong", ("wrong", 2): "wrong"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(row: dict[str, str]) -> Key:
    return row["key"], row["accept"], row["language"]


def question(n: int, key: Key) -> dict[str, object]:
    """The question that a row answers, as a bank has it."""
    answer, accept, language = key
    listed = accept.split("|") if accept else []
    whole = {"id": f"q{n}", "prompt": "Which?", "group": "all", "objective": "ask", "level": "remember", "explanation": "So it is.",
             "sources": ["constitution-1924"], "feedback": {"right": "Yes.", "wrong": "No."}}
    if NUMBER.fullmatch(answer):
        unit = {"unit": listed[0], "also": listed[1:]} if listed else {}
        return whole | unit | {"type": "number", "answer": float(answer), "language": language}
    return whole | {"type": "short-text", "answer": answer, "accept": listed, "text_language": language, "nearly": 0.5}


@pytest.fixture(scope="module")
def ids() -> dict[Key, str]:
    return {key: f"q{n}" for n, key in enumerate(dict.fromkeys(map(key_of, rows())))}


@pytest.fixture(scope="module")
def every_language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The interface's English words stand in for those of the table's languages; numbers follow each language."""
    folder = tmp_path_factory.mktemp("words")
    shutil.copy(words_module.FOLDER / "en.json", folder)
    counted = {key: text for key, text in json.loads((folder / "en.json").read_text(encoding="utf-8")).items() if "|" in text}
    for language in {row["language"] for row in rows()} - {"en"}:
        own = {key: "|".join([text.split("|")[-1]] * len(words_module.plurals(language))) for key, text in counted.items()}
        (folder / f"{language}.json").write_text(json.dumps({"like": "en"} | own), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words_module, "FOLDER", folder)
        yield
    words_module.words.cache_clear()


@pytest.fixture(scope="module")
def bank(ids: dict[Key, str], every_language: None, tmp_path_factory: pytest.TempPathFactory) -> Bank:
    path = tmp_path_factory.mktemp("bank") / "typed.yml"
    asked = [question(n, key) for n, key in enumerate(ids)]
    path.write_text(yaml.safe_dump({"title": "Typed", "objectives": {"ask": "Ask"}, "questions": asked}, allow_unicode=True), encoding="utf-8")
    return load_bank(path)


def outcome(mark: dict[str, object]) -> str:
    return OUTCOME[mark["state"], len(mark["feedback"])]


def test_python_gives_every_typed_answer_what_it_deserves(bank, ids):
    found = [(row, outcome(bank[ids[key_of(row)]].mark(row["typed"]).as_json())) for row in rows()]
    assert [(row["key"], row["typed"], row["outcome"], out) for row, out in found if out != row["outcome"]] == []


def test_the_page_gives_every_typed_answer_what_it_deserves(bank, ids, open_page, tmp_path):
    path = tmp_path / "quiz.html"
    path.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                quiz=draw_quiz(bank, bank, book="test", tools=True)), encoding="utf-8")
    pairs = [(ids[key_of(row)], row["typed"]) for row in rows()]
    marks = open_page(path.as_uri()).evaluate(f"(text) => ({MARK_ALL})(JSON.parse(text))", json.dumps(pairs))
    found = list(zip(rows(), map(outcome, marks), strict=True))
    assert [(row["key"], row["typed"], row["outcome"], out) for row, out in found if out != row["outcome"]] == []
    assert marks == [bank[id_].mark(typed).as_json() for id_, typed in pairs]


def test_the_table_is_wide_and_says_of_every_row_why():
    table = rows()
    assert len(table) >= 300
    assert {row["outcome"] for row in table} == {"right", "note", "nearly", "wrong"}
    languages = Counter(row["language"] for row in table)
    assert all(languages[language] >= 20 for language in ("tr", "bs", "sr", "sq", "mk", "el", "bg", "ro"))
    assert sum(bool(NUMBER.fullmatch(row["key"])) for row in table) >= 40
    assert all(row["why"] for row in table)
    assert max(Counter((*key_of(row), row["typed"]) for row in table).values()) == 1
    assert sum(not unicodedata.is_normalized("NFC", row["typed"]) for row in table) >= 8
