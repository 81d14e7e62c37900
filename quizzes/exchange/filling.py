"""What every question of a bank has and other formats know nothing of is filled in, and said once for an author to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from quizzes.building import build
from quizzes.exchange import Loss, Read
from quizzes.picking import as_list
from quizzes.positions import Document
from quizzes.sources import find_bibliography, load_bibliography
from quizzes.types import TYPES
from quizzes.words import words as words_of

IMPORTED = "imported"  # the group, the objective and the source of whatever has none
OBJECTIVE = "Answer questions that were imported"
ENTRY = "@misc{imported,\n  author = {{Imported}},\n  title = {The source is to be filled in},\n}\n"
TO_WRITE = "To be written."
LEVEL = "remember"
ORDER = ("id", "type", "language", "group", "section", "objective", "level", "prompt", "points", "penalty")  # what stands first in a question
LAST = ("hints", "explanation", "sources", "claims")


def fill(read: Read, out: Path) -> Read:
    """The bank with everything that `check` asks for, and without the questions that it would not accept; a loss says so."""
    words, counted = words_of(read.bank["language"]), Counter()
    known = _known(out)
    losses, questions = list(read.losses), []
    for question in read.bank["questions"]:
        losses += _strange_sources(question, known)
        filled = _fill(question, words, counted)
        if found := _found(filled, read.bank["language"], out):
            losses.append(Loss(question=filled["id"], lost="question", instead=f"left out ({found})", original=read.originals.get(filled["id"], "")))
        else:
            questions.append(filled)
    objectives = read.bank.get("objectives") or {}
    used = dict.fromkeys(question["objective"] for question in questions)
    said = {id_: objectives.get(id_) or OBJECTIVE for id_ in (*objectives, *used) if id_ in used}
    sections = {"sections": read.bank["sections"]} if "sections" in read.bank else {}
    bank = {"title": read.bank["title"], "language": read.bank["language"], "objectives": said} | sections | {"questions": questions}
    if unsaid := [id_ for id_ in used if id_ not in objectives and id_ != IMPORTED]:
        losses.append(Loss(question="", lost=f"the words of objectives ({', '.join(unsaid)})", instead=f"filled in with '{OBJECTIVE}', to be written by the author"))
    return replace(read, bank=bank, losses=(*losses, *_said(counted, words)))


def _known(out: Path) -> set[str] | None:
    """The keys of the bibliography above a bank; None where there is none, and every key is accepted."""
    path = find_bibliography(out)
    return None if path is None else {IMPORTED, *load_bibliography(path)}


def _strange_sources(question: dict[str, Any], known: set[str] | None) -> list[Loss]:
    """Leaves out the sources that the bibliography does not know."""
    strange = [key for key in question.get("sources", ()) if known is not None and key not in known]
    question["sources"] = [key for key in question.get("sources", ()) if key not in strange]
    return [Loss(question=question["id"], lost=f"source '{key}'", instead="left out, as the bibliography does not have it") for key in strange]


def _fill(question: dict[str, Any], words: Mapping[str, str], counted: Counter[str]) -> dict[str, Any]:
    given = {key: value for key, value in question.items() if value not in (None, "", [])}
    for key, value in (("group", IMPORTED), ("objective", IMPORTED), ("level", LEVEL), ("sources", [IMPORTED]), ("explanation", TO_WRITE)):
        if key not in given:
            counted[key] += key != "group"
            given[key] = value
    if given["type"] == "open-answer":
        for key, value in (("model", TO_WRITE), ("rubric", [{"id": "a", "text": TO_WRITE, "points": given.get("points", 1)}])):
            counted[key] += key not in given
            given.setdefault(key, value)
    _fill_feedback(given, words, counted)
    first = {key: given[key] for key in ORDER if key in given}
    last = {key: given[key] for key in LAST if key in given}
    return first | {key: value for key, value in given.items() if key not in first and key not in last} | last


def _fill_feedback(question: dict[str, Any], words: Mapping[str, str], counted: Counter[str]) -> None:
    """Says `Right.` or `Not right.` wherever a question or a gap of it has to say something and does not."""
    right, wrong, partly = (f"{words[name]}." for name in ("right", "wrong", "partly"))
    items = [item for key in ("pairs", "items", "cards", "events") for item in question.get(key, ()) if isinstance(item, dict)]
    places = [(item, "feedback", wrong) for item in items]
    for thing in (thing for key in ("choices", "cases") for thing in question.get(key, ()) if isinstance(thing, dict)):
        share = thing.get("credit", 1 if thing.get("correct") else thing.get("grade", 0))
        places.append((thing, "feedback", right if share == 1 else partly if share else wrong))
    if question["type"] in ("true-false", "number", "short-text", "text"):
        both = question.setdefault("feedback", {})
        places += [(both, "right", right), (both, "wrong", wrong)]
    if question["type"] in ("mark-text", "hotspot"):
        answer, said = as_list(question["answer"]), question.setdefault("feedback", {})
        places += [(said, id_, right) for id_ in answer]
        if "other" in said or any(isinstance(part, dict) and part["id"] not in (*answer, *said) for part in question.get("text", ())):
            places.append((said, "other", wrong))
    for holder, key, said in places:
        if not holder.get(key):
            holder[key] = said
            counted["feedback"] += 1
    for gap in question.get("gaps", ()):
        _fill_feedback(gap, words, counted)


def _found(question: dict[str, Any], language: str, out: Path) -> str:
    """What `check` would find in a question; nothing where it is right."""
    document = Document(file=out.as_posix())
    build(TYPES[question["type"]], {"language": language} | question, (), document)
    return "; ".join(fault.message for fault in document.faults)


def _said(counted: Counter[str], words: Mapping[str, str]) -> list[Loss]:
    """A line for everything that was filled in."""
    put = {"objective": f"'{IMPORTED}'", "level": f"'{LEVEL}'", "sources": f"'{IMPORTED}'", "explanation": f"'{TO_WRITE}'", "model": f"'{TO_WRITE}'",
           "rubric": f"one criterion, '{TO_WRITE}'",
           "feedback": f"'{words['right']}.' and '{words['wrong']}.'"}
    return [Loss(question="", lost=f"{what} ({counted[what]} times)", instead=f"filled in with {with_}, to be written by the author")
            for what, with_ in put.items() if counted[what]]
