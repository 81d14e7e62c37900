"""Flaws of item writing: what a bank may have and a good one has not.

A fault stops a bank; a flaw is reported as a warning, with the line, what is better, and the guideline: a number is that
of Haladyna, Downing and Rodriguez (2002), whose taxonomy has 31. The authors' guide lists the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizzes.bank import Bank
from quizzes.flaws import options, sorting, stems, whole
from quizzes.flaws.reading import Asked, Note
from quizzes.positions import read


@dataclass(frozen=True, order=True)
class Flaw:
    """Something an author should look at again."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: warning: {self.message}"


def find_flaws(bank: Bank) -> list[Flaw]:
    """The flaws of a bank, in the order of their lines. Of questions that it borrows their own bank tells."""
    document = read(bank.path)
    items = document.value["questions"]
    asked = [Asked(question, ("questions", n)) for n, question in enumerate(bank) if "type" in items[n]]
    own = {name: bank.objectives[name] for name in document.value["objectives"]}
    return sorted({Flaw(document.file, document.line(note.place), _message(note)) for note in _notes(asked, own)})


def _notes(asked: Sequence[Asked], objectives: Mapping[str, str]) -> Iterator[Note]:
    for one in asked:
        for rule in (*stems.RULES, *sorting.RULES):
            yield from rule(one)
        for choices in one.options:
            for rule in options.RULES:
                yield from rule(one, choices)
    for rule in whole.RULES:
        yield from rule(asked)
    yield from whole.few_questions(asked, objectives)


def _message(note: Note) -> str:
    source = note.guideline
    if source[0].isdigit():
        source = f"guideline{'s' if ',' in source else ''} {source}"
    return f"found {note.found}; better: {note.better} ({source})"


__all__ = ["Flaw", "find_flaws"]
