"""The key that stays with the teacher: a bank of just the questions that were handed out, with the files it points to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quizzes.bank import Bank
from quizzes.model import Question
from quizzes.positions import to_yaml
from quizzes.sources import find_bibliography


def key_files(bank: Bank, questions: Iterable[Question], *, title: str, note: str) -> dict[str, bytes]:
    """The files of a key, by name: `key.yml`, and beside it the maps that it draws and the bibliography that it cites."""
    questions = tuple(questions)
    files: dict[str, bytes] = {}
    items = [item_of(question, bank.path.parent, files) for question in questions]
    sections = {id_: section.model_dump(mode="json") for id_, section in bank.sections.items()
                if id_ in {name for question in questions for name in (question.group, question.section)}}
    head = {"title": title, "language": bank.language,
            "objectives": {id_: text for id_, text in bank.objectives.items() if id_ in {question.objective for question in questions}}}
    whole = head | ({"sections": sections} if sections else {}) | {"questions": items}
    files["key.yml"] = f"# {note}\n{to_yaml(whole)}".encode()
    if bibliography := find_bibliography(bank.path):
        files["references.bib"] = bibliography.read_bytes()
    return files


def item_of(question: Question, folder: Path, files: dict[str, bytes]) -> dict[str, Any]:
    """A question as a bank writes it; the files that it is drawn from, their paths from the folder, go among the files."""
    item = {"id": question.id, "type": question.type, "language": question.language} | question.model_dump(mode="json", exclude_defaults=True)
    if question.type == "match":  # the ids that students answer with, whatever is mended later
        for pair in item["pairs"]:
            pair["match_id"] = question.rights[pair["match"].strip()]
    for file in question.files:
        name = _own_name(file, (folder / file).read_bytes(), files)
        item = {key: name if value == file else value for key, value in item.items()}
    return item


def _own_name(file: str, content: bytes, files: dict[str, bytes]) -> str:
    """A name for a file beside the key; another where one of that name says something else."""
    path, number = Path(file), 2
    name = path.name
    while files.setdefault(name, content) != content:
        name, number = f"{path.stem}-{number}{path.suffix}", number + 1
    return name
