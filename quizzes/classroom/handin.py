"""One hand-in: read from bytes that may be anything, checked against the assignment, or refused with the reason.

Nothing in a hand-in is run, and of a notebook only the saved answers are looked at.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from quizzes.classroom.collecting import Found
from quizzes.classroom.specification import HAND_IN, VERSION, Assignment, clean_name, clean_number, read_time, shown
from quizzes.model import Question, kind

LARGEST_JSON = 5_000_000  # bytes of a file of answers; a notebook may be larger
DEEPEST = 100  # brackets in brackets
SLACK = timedelta(hours=26)  # between a file's time, which may be of any zone, and the clock of a student's device
LONGEST_STAY = 30 * 24 * 3600  # seconds with one question
KEYS = ("format", "version", "assignment", "name", "number", "started", "saved", "answers", "seconds")

MOODLE = re.compile(r"(?:^|/)([^/]+)_\d+_assignsubmission_(?:file|onlinetext)")  # the account's name, as Moodle downloads submissions
CANVAS_LATE = re.compile(r"(?:^|/)[^/_]+_LATE_\d+_\d+_[^/]*$", re.IGNORECASE)  # a file that Canvas took in after its own time


class Unfit(ValueError):
    """Bytes that are no hand-in to this assignment; the message says what was found and what is accepted."""


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """What a student handed in. `number` is as they are compared, `as_typed` as the student wrote it."""

    file: str
    name: str
    number: str
    as_typed: str
    started: datetime
    saved: datetime
    late: bool
    answers: Mapping[str, Any]
    seconds: Mapping[str, float]


def read_hand_in(found: Found, assignment: Assignment) -> HandIn:
    """The hand-in in a file. Raises Unfit."""
    whole = _load(found.content)
    if whole.get("format") != HAND_IN:
        if len(found.content) > LARGEST_JSON and "cells" not in whole:
            raise Unfit(_too_large(found.content))
        whole = _of_notebook(whole)
    elif len(found.content) > LARGEST_JSON:
        raise Unfit(_too_large(found.content))
    _check_head(whole, assignment)
    try:
        name, number = clean_name(whole["name"]), clean_number(whole["number"])
    except ValueError as error:
        raise Unfit(str(error)) from None
    started, saved = _time(whole, "started"), _time(whole, "saved")
    _check_times(started, saved, found.time)
    _check_account(found.file, name)
    questions = assignment.questions
    until = assignment.specification.until
    return HandIn(
        file=found.file, name=name, number=number, as_typed=" ".join(whole["number"].split()),
        started=started, saved=saved, late=bool(until and saved > until) or bool(CANVAS_LATE.search(found.file)),
        answers=_answers(whole["answers"], questions), seconds=_seconds(whole["seconds"], questions))


def _too_large(content: bytes) -> str:
    return f"found {len(content) / 1e6:.0f} MB of answers; accepted: {LARGEST_JSON / 1e6:.0f} MB at most"


def _load(content: bytes) -> dict[str, Any]:
    """JSON that is an object, without a number that is none, a key twice or brackets too deep."""
    if not content.strip():
        raise Unfit("found an empty file; accepted: a file of answers")
    if content.startswith(b"%PDF") or b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unfit("found a file of another program; accepted: a file of answers (.json), a notebook (.ipynb), or a zip of them")
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("found bytes that are no UTF-8; accepted: a file of answers as it was saved") from None
    if not text.lstrip().startswith("{"):
        raise Unfit(f"found {shown(text.strip(), 20)} at the beginning; accepted: a file of answers (.json), a notebook (.ipynb), or a zip of them")
    try:
        value = json.loads(text, parse_constant=_no_number, object_pairs_hook=_each_once)
    except RecursionError:
        raise Unfit("found brackets in brackets, too deep; accepted: a file of answers as it was saved") from None
    except json.JSONDecodeError as error:
        raise Unfit(f"found JSON that breaks in line {error.lineno} ({error.msg}); accepted: the whole file as it was saved") from None
    except Unfit:
        raise
    except ValueError:
        raise Unfit("found a number of thousands of digits; accepted: a file of answers as it was saved") from None
    if _depth(value) > DEEPEST:
        raise Unfit("found brackets in brackets, too deep; accepted: a file of answers as it was saved")
    return value


def _no_number(name: str) -> None:
    raise Unfit(f"found {name}; accepted: JSON, which has no such number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1) if len(keys) < 1000 else keys[0]
        raise Unfit(f"found key {shown(twice)} twice; accepted: each key once")
    return made


def _depth(value: Any) -> int:
    """How many brackets stand in brackets; without recursion."""
    deepest, level = 0, [value]
    while level:
        level = [item for one in level if isinstance(one, dict | list) for item in (one.values() if isinstance(one, dict) else one)]
        deepest += 1
        if deepest > DEEPEST:
            break
    return deepest


def _of_notebook(whole: dict[str, Any]) -> dict[str, Any]:
    """The hand-in that a notebook holds; the one saved last where cells hold several."""
    cells = whole.get("cells")
    if not isinstance(cells, list) or not isinstance(whole.get("nbformat"), int):
        raise Unfit(f"found no \"format\": \"{HAND_IN}\"; accepted: a file of answers or a notebook")
    held = [one for one in _held(whole, cells) if isinstance(one, dict) and one.get("format") == HAND_IN]
    if not held:
        raise Unfit("found a notebook with no answers in it; accepted: one saved after its answers were given")
    return max(held, key=lambda one: str(one.get("saved")))


def _held(whole: dict[str, Any], cells: list[Any]) -> Iterator[Any]:
    """Whatever stands under the key of a hand-in in the metadata of the notebook, of its cells, and in their outputs."""
    holders = [whole.get("metadata")]
    for cell in cells:
        if isinstance(cell, dict):
            holders.append(cell.get("metadata"))
            outputs = cell.get("outputs")
            for output in outputs if isinstance(outputs, list) else ():
                if isinstance(output, dict):
                    data = output.get("data")
                    holders += [output, output.get("metadata"), data, *(data.values() if isinstance(data, dict) else ())]
    for holder in holders:
        if isinstance(holder, dict):
            yield holder.get(HAND_IN)
            if holder.get("format") == HAND_IN:
                yield holder


def _check_head(whole: dict[str, Any], assignment: Assignment) -> None:
    for key in KEYS:
        if key not in whole:
            raise Unfit(f"found no {key!r}; accepted: a file of answers with {', '.join(KEYS)}")
    if surplus := sorted(whole.keys() - set(KEYS)):
        raise Unfit(f"found key {shown(surplus[0])}; accepted: {', '.join(KEYS)}")
    if whole["version"] != VERSION or isinstance(whole["version"], bool):
        raise Unfit(f"found version {shown(str(whole['version']))}; accepted: {VERSION}")
    if whole["assignment"] != assignment.specification.id:
        raise Unfit(f"found answers to another assignment ({shown(str(whole['assignment']))}); accepted: '{assignment.specification.id}'")
    for key, wanted in (("name", str), ("number", str), ("started", str), ("saved", str), ("answers", dict), ("seconds", dict)):
        if not isinstance(whole[key], wanted):
            raise Unfit(f"found {kind(whole[key])} as {key!r}; accepted: {'text' if wanted is str else 'an object'}")


def _time(whole: dict[str, Any], key: str) -> datetime:
    try:
        time = read_time(whole[key])
        time.timestamp()
    except (ValueError, OverflowError):
        raise Unfit(f"found {shown(whole[key])} as {key!r}; accepted: a time, like 2026-05-08T18:00:00+02:00") from None
    if not 2000 <= time.year < 9000:
        raise Unfit(f"found the year {time.year} in {key!r}; accepted: a time, like 2026-05-08T18:00:00+02:00")
    return time


def _check_times(started: datetime, saved: datetime, time: datetime | None) -> None:
    """What can be known of times that were changed: a file cannot be saved before it was begun, nor after it was delivered."""
    if saved < started:
        raise Unfit(f"found answers saved at {saved.isoformat()}, before they were started at {started.isoformat()}; accepted: times as the page wrote them")
    if time and saved - time > SLACK:
        raise Unfit(f"found answers saved at {saved.isoformat()}, but the file is of {time.isoformat()}; accepted: times as the page wrote them")


def _check_account(file: str, name: str) -> None:
    """That a learning system, where its file names tell, has the file from the account of the student whom it names."""
    found = MOODLE.search(file)
    if found and not same_name(found[1], name, parts=True):
        raise Unfit(f"found the name {shown(name)} in a file from the account of {shown(found[1])}; accepted: one's own name")


def same_name(one: str, other: str, *, parts: bool = False) -> bool:
    """Whether two names are of one student: the same words in any order and any capitals, marks on letters aside.

    With `parts` one may leave out words of the other: a second name, a middle name.
    """
    ours, theirs = set(_folded(one).split()), set(_folded(other).split())
    return ours == theirs or parts and bool(ours) and bool(theirs) and (ours <= theirs or theirs <= ours)


def _folded(name: str) -> str:
    plain = name.translate({ord("ı"): "i", ord("İ"): "i", ord("đ"): "dj", ord("Đ"): "dj", ord("ø"): "o", ord("ł"): "l"})
    letters = unicodedata.normalize("NFKD", plain).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter)).split())


def _answers(given: dict[str, Any], questions: tuple[Question, ...]) -> dict[str, Any]:
    known = {question.id: question for question in questions}
    for id_, answer in given.items():
        if id_ not in known:
            raise Unfit(f"found an answer to question {shown(id_)}; accepted: the questions of this assignment")
        if answer is not None and (found := known[id_].found_wrong(answer)):
            raise Unfit(f"found {found} as the answer to '{id_}'; accepted: {known[id_].accepts}")
    return {id_: given.get(id_) for id_ in known}


def _seconds(given: dict[str, Any], questions: tuple[Question, ...]) -> dict[str, float]:
    known = {question.id for question in questions}
    for id_, number in given.items():
        if id_ not in known:
            raise Unfit(f"found seconds of question {shown(id_)}; accepted: the questions of this assignment")
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= LONGEST_STAY:
            raise Unfit(f"found {shown(str(number))} as seconds of '{id_}'; accepted: a number from 0 to {LONGEST_STAY}")
    return dict(given)
