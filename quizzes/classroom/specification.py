"""What an assignment is and what a hand-in is: `assign` writes the first, `grade` reads both.

An assignment's folder has `hand-out/` for the students and `keep/` for the teacher. `keep/` holds `specification.json` (a
`Specification`), `key.yml` (a bank of just these questions, with the files that they point to and its `references.bib` beside
it), and whatever the teacher adds: `class.csv` and `marked-open-answers.csv`.

A hand-in is a JSON object with `format` (HAND_IN), `version`, `assignment` (the specification's id), `name`, `number`, `started` and
`saved` (times), `answers` (question id -> answer) and `seconds` (question id -> number). A notebook hands in the same object, under
the key HAND_IN of its metadata or of a cell's output.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator

from quizzes.bank import Bank, load_bank
from quizzes.model import Id, Part, Question, Text, fault, to_json
from quizzes.words import words as words_of

ASSIGNMENT = "quizzes-assignment"
HAND_IN = "quizzes-hand-in"
VERSION = 1
KEEP, KEY, SPECIFICATION = "keep", "key.yml", "specification.json"

LONGEST_NAME = 100
LONGEST_NUMBER = 30
BETWEEN = " ./_-"  # what may stand inside a student's number: 2023/0145, SW-12/2020
NUMBER_IN_HTML = r"[\p{L}\p{N}]([\p{L}\p{N} .\/_\-]{0,28}[\p{L}\p{N}])?"  # for the attribute `pattern`; `clean_number` decides


class Specification(Part):
    """What the teacher keeps beside the key: which questions, in which order, until when."""

    format: Literal["quizzes-assignment"] = ASSIGNMENT
    version: Literal[1] = VERSION
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    title: Text
    bank: Text
    language: Text
    seed: int
    questions: Annotated[tuple[Id, ...], Field(min_length=1)]
    due: str | None = None

    @field_validator("due")
    @classmethod
    def _is_time(cls, due: str | None) -> str | None:
        if due is not None:
            try:
                read_time(due)
            except ValueError:
                raise fault((), f"'{due}'", "a time, like 2026-05-08T18:00:00+02:00, or null") from None
        return due

    @property
    def until(self) -> datetime | None:
        return read_time(self.due) if self.due else None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A specification with its key, and the folder that the teacher keeps."""

    specification: Specification
    bank: Bank
    keep: Path

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in the order in which they were handed out."""
        return self.bank.pick(*self.specification.questions)


def identity(title: str, questions: Iterable[Question]) -> str:
    """The id of an assignment: 16 hex digits of a hash over its title and all that its students see of the questions.

    A corrected key, better feedback or another explanation leave it as it is.
    """
    seen = [[question.id, question.prompt, question.public_part(), question.draw(words_of(question.language), question.id)]
            for question in questions]
    return sha256(to_json([title, seen]).encode("utf-8")).hexdigest()[:16]


def write_specification(specification: Specification, keep: Path) -> None:
    """Leave it in the folder that the teacher keeps."""
    text = json.dumps(specification.model_dump(mode="json"), ensure_ascii=False, indent=2)
    (keep / SPECIFICATION).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_assignment(folder: Path) -> Assignment:
    """An assignment from its folder, or from its `keep/`. Raises ValueError (Faulty for the key) with what is at fault."""
    keep = folder / KEEP if (folder / KEEP).is_dir() else folder
    file = keep / SPECIFICATION
    try:
        specification = Specification.model_validate_json(file.read_bytes())
        bank = load_bank(keep / KEY)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise ValueError(f"{file.as_posix()}: found a fault in {where} ({first['msg']}); accepted: the file that assign made") from None
    except OSError as error:
        raise ValueError(f"{error.filename or file}: found {error.strerror or error}; accepted: a folder that assign made") from None
    if missing := [id_ for id_ in specification.questions if id_ not in {question.id for question in bank}]:
        raise ValueError(f"{(keep / KEY).as_posix()}: found no question '{missing[0]}'; accepted: every question of {file.name}")
    return Assignment(specification=specification, bank=bank, keep=keep)


def read_time(text: str) -> datetime:
    """A time in ISO 8601; without an offset it is UTC. Raises ValueError for anything else."""
    time = datetime.fromisoformat(text)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time


def clean_name(text: str) -> str:
    """A student's name without spaces around it or doubled in it. Raises ValueError, with what is accepted."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME or not all(map(_is_written, name)):
        raise ValueError(f"found name {shown(text)}; accepted: 1 to {LONGEST_NAME} characters, with a letter")
    return name


def clean_number(text: str) -> str:
    """A student's number as it is compared: in capitals, and with a hyphen for whatever stands between its parts."""
    number = unicodedata.normalize("NFKC", text).strip().upper()
    if not (0 < len(number) <= LONGEST_NUMBER and all(letter.isalnum() or letter in BETWEEN for letter in number)
            and number[0].isalnum() and number[-1].isalnum()):
        raise ValueError(f"found number {shown(text)}; accepted: 1 to {LONGEST_NUMBER} letters and digits, with spaces or ./_- between them")
    for sign in BETWEEN:
        number = number.replace(sign, "-")
    while "--" in number:
        number = number.replace("--", "-")
    return number


def _is_written(letter: str) -> bool:
    """Whether a character can stand in a name: no control, no half letter, nothing that turns the direction of the text."""
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or letter in "\u200c\u200d"


def shown(text: str, longest: int = 60) -> str:
    """A text from outside, cut short and on one line, for a message."""
    short = text if len(text) <= longest else text[:longest] + "..."
    return "'" + "".join(letter if _is_written(letter) else f"\\u{ord(letter):04x}" for letter in short) + "'"
