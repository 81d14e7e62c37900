"""`python -m quizzes assign`: an assignment to hand out, and the key that stays."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from quizzes.bank import Bank, load_bank
from quizzes.classroom.handout import page
from quizzes.classroom.key import key_files
from quizzes.classroom.notebook import notebook
from quizzes.classroom.sealing import Sealed, seal, secret_of, telling_ids
from quizzes.classroom.specification import KEEP, SPECIFICATION, Specification, read_assignment, shown, write_specification
from quizzes.classroom.tools import by_machine, write_source
from quizzes.lots import SEEDS, paper
from quizzes.model import Question, to_json
from quizzes.words import words as words_of

HAND_OUT = "hand-out"
LONGEST_TITLE = 200


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """What was made: the assignment, the files by their paths in the folder, and what the teacher should look at."""

    sealed: Sealed
    files: Mapping[str, bytes]
    warnings: tuple[str, ...]


def assign(path: Path, out: Path, *, questions: Sequence[str] = (), group: str | None = None, draw: int | None = None, seed: int = 1,
           due: str | None = None, title: str | None = None, language: str | None = None, tool: str | None = None) -> Assigned:
    """Make an assignment of a bank's questions in a folder, whole or not at all; with a `tool`, also its source notebook, from the key that is there.

    Raises ValueError, KeyError or Faulty that says what is at fault; then nothing was written.
    """
    bank = load_bank(path)
    if not 0 <= seed < SEEDS:
        raise ValueError(f"--seed: found {seed}; accepted: a whole number from 0 to {SEEDS - 1}")
    asked = pick(bank, questions, group, draw, seed)
    language = language or bank.language
    words_of(language)
    sealed = seal(asked, secret_of(asked, seed), title=_title(title or bank.title), bank=bank.name, language=language, seed=seed,
                  due=read_due(due) if due else None)
    if tool and not any(map(by_machine, asked)):
        raise ValueError(f"--for {tool}: found no question that a program can mark; accepted: one or more")
    files = {f"{HAND_OUT}/assignment.html": page(sealed).encode(), f"{HAND_OUT}/assignment.ipynb": notebook(sealed).encode()}
    note = f"The key of assignment {sealed.specification.id}: never hand it out. It can be corrected here; its ids must stay."
    kept = key_files(bank, asked, title=sealed.specification.title, note=note)
    _write(out, files, kept, sealed, asked)
    if tool:
        kept |= write_source(tool, out, sealed)
    return Assigned(sealed=sealed, files=files | {f"{KEEP}/{name}": content for name, content in kept.items()}, warnings=(*telling_ids(asked), *_verdicts(asked)))


def _verdicts(asked: Sequence[Question]) -> Iterator[str]:
    """Warnings of questions that ask for views: whoever named them may not have thought of the names beside the answers."""
    for question in asked:
        if not question.points:
            yield f"question '{question.id}': found a verdict, which earns no points and is in no result; better: ask for views without names"


def pick(bank: Bank, questions: Sequence[str], group: str | None, draw: int | None, seed: int) -> tuple[Question, ...]:
    """The questions of a paper: those named, or those of a group or of the bank that are worth points; of them so many as are drawn, in their order.

    `questions` are ids, or a number of questions to draw, which may be followed by "of" and how many there are.
    """
    named = [word for text in questions for word in text.replace(",", " ").split()]
    number = re.fullmatch(r"([0-9]{1,9})(?: of ([0-9]{1,9}))?", " ".join(named))
    if number and named[0] not in {question.id for question in bank}:
        if draw is not None:
            raise ValueError(f"--draw: found it beside --questions {number[0]}; accepted: one of the two")
        draw, there, named = int(number[1]), number[2], []
    else:
        there = None
    if named and group is not None:
        raise ValueError("--group: found it beside ids of --questions; accepted: one of the two")
    pool = bank.pick(*named, group=group)
    pool = pool if named else tuple(question for question in pool if question.points)
    if not pool:
        raise ValueError(f"bank '{bank.name}': found only verdicts, which earn no points; accepted: questions with points, or ids of --questions")
    if there is not None and int(there) != len(pool):
        raise ValueError(f"--questions: found {draw} of {there}; accepted: {draw} of {len(pool)}, as many as earn points")
    if draw is not None and not 1 <= draw <= len(pool):
        raise ValueError(f"{'--questions' if number else '--draw'}: found {draw}; accepted: a number from 1 to {len(pool)}, as many as there are")
    return paper(pool, seed, draw=draw).questions


def read_due(text: str) -> str:
    """A time in ISO 8601 with its offset; a day means its last second, and a time without an offset is this computer's."""
    try:
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip())
        read = datetime.fromisoformat(text.strip())
        read = datetime.combine(read, time(23, 59, 59)) if day else read
        return (read if read.tzinfo else read.astimezone()).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"--due: found {shown(text)}; accepted: a day, like 2026-05-08, or a time, like 2026-05-08T18:00 "
                         "or 2026-05-08T18:00+02:00") from None


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise ValueError(f"--title: found {shown(text)}; accepted: 1 to {LONGEST_TITLE} characters that can be printed")
    return title


def _write(out: Path, files: Mapping[str, bytes], kept: Mapping[str, bytes], sealed: Sealed, asked: Sequence[Question]) -> None:
    """Write the folder beside its place, read the key back, and only then move it there."""
    place = out.resolve()
    making = place.parent / f".{place.name}.{os.getpid()}.part"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        (making / HAND_OUT).mkdir(parents=True)
        (making / KEEP).mkdir()
        for name, content in {**files, **{f"{KEEP}/{name}": content for name, content in kept.items()}}.items():
            (making / name).write_bytes(content)
        write_specification(sealed.specification, making / KEEP)
        _check_key(making, asked)
        _put_in_place(making, out)
    except OSError as error:
        raise ValueError(f"{error.filename or out}: found {error.strerror or error}; accepted: a folder that can be written") from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _check_key(making: Path, asked: Sequence[Question]) -> None:
    """That the key which was written marks as the bank does."""
    for question, written in zip(asked, read_assignment(making).questions, strict=True):
        if [to_json(one) for one in (question.public_part(), question.marking_part())] != [to_json(one) for one in (written.public_part(), written.marking_part())]:
            raise ValueError(f"question '{question.id}': found another key after writing it to {KEEP}/key.yml; accepted: the same (please report this)")


def _put_in_place(making: Path, out: Path) -> None:
    """Move what was made to its place. A key that is there already is left alone: it may have been corrected, and answers wait for it."""
    if out.is_dir() and any(out.iterdir()):
        _check_same(out, making / KEEP / SPECIFICATION)
        (out / HAND_OUT).mkdir(exist_ok=True)
        for file in sorted((making / HAND_OUT).iterdir()):
            os.replace(file, out / HAND_OUT / file.name)
        return
    if out.is_dir():  # which stays the same folder: somebody may be in it
        for name in (KEEP, HAND_OUT):
            os.replace(making / name, out / name)
    elif out.exists():
        raise ValueError(f"{out.as_posix()}: found a file; accepted: a new folder or an empty one")
    else:
        os.replace(making, out)


def _check_same(out: Path, made: Path) -> None:
    """That the assignment in a folder is the one that was made. Raises ValueError that says whether only the due time differs."""
    file = out / KEEP / SPECIFICATION
    if not file.is_file():
        raise ValueError(f"{out.as_posix()}: found other files; accepted: a new folder or an empty one")
    try:
        there, new = (Specification.model_validate_json(path.read_bytes()) for path in (file, made))
    except ValueError:
        raise ValueError(f"{out.as_posix()}: found another assignment (one that cannot be read); accepted: a new folder or an empty one") from None
    if there == new:
        return
    if there == new.model_copy(update={"due": there.due}):
        raise ValueError(f"{out.as_posix()}: found this assignment, due {there.due or 'at no time'}; accepted: the same --due, or {json.dumps(new.due)} "
                         f"written as `due` into {file.as_posix()} and then this command again")
    raise ValueError(f"{out.as_posix()}: found another assignment ({shown(there.title)}, {there.id}); accepted: a new folder or an empty one")
