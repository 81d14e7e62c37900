"""A sample class: simulated students' hand-ins, so that a teacher can try the grading before a class does.

The students follow the two-parameter logistic model of item response theory: one of ability t answers a question of difficulty b and
discrimination a rightly with probability 1 / (1 + exp(-a (t - b))) (A. Birnbaum, "Some latent trait models and their use in inferring
an examinee's ability", in F. M. Lord and M. R. Novick, Statistical Theories of Mental Test Scores, Addison-Wesley 1968). Abilities and
difficulties are drawn from a normal distribution of mean 0 and deviation 1, the logarithms of the discriminations from one of deviation
0.3; wrong answers by lot. No figure of a simulated class says anything about real students or about the questions.
"""

from __future__ import annotations

import json
import math
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizzes.classroom.collecting import is_empty
from quizzes.classroom.specification import HAND_IN, VERSION, Assignment
from quizzes.model import Question
from quizzes.picking import as_list

STUDENTS = 40
UNDATED = datetime(2026, 5, 8, 18, 0, tzinfo=UTC)  # where the assignment names no time
UNANSWERED, LATE = 0.02, 0.05
TRIES = 100  # by lot, for an answer that is wrong
TEXT = "A simulated text, written by nobody. It stands where a student would give a reason and a source."


def simulate(assignment: Assignment, out: Path, *, students: int = STUDENTS, seed: int = 1) -> list[Path]:
    """Write a class's hand-ins into a new or empty folder; the same seed writes the same files. Raises ValueError."""
    if students < 1 or students > 999:
        raise ValueError(f"--students: found {students}; accepted: a number from 1 to 999")
    if out.exists() and (not out.is_dir() or not is_empty(out)):
        raise ValueError(f"{out.as_posix()}: found other files; accepted: a new folder or an empty one")
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"{' '.join(assignment.specification.questions)} {seed}")
    items = {question.id: (chance.lognormvariate(0, 0.3), chance.gauss(0, 1)) for question in assignment.questions}
    written = []
    for n in range(1, students + 1):
        given, saved = _hand_in(assignment, n, items, chance)
        path = out / f"simulated-{n:03}.json"
        path.write_text(json.dumps(given, ensure_ascii=False, indent=1), encoding="utf-8")
        os.utime(path, (saved.timestamp(),) * 2)  # a file is not older than its answers, nor much younger
        written.append(path)
    return written


def _hand_in(assignment: Assignment, n: int, items: dict[str, tuple[float, float]], chance: random.Random) -> tuple[dict[str, Any], datetime]:
    ability = chance.gauss(0, 1)
    answers, seconds = {}, {}
    for question in assignment.questions:
        discrimination, difficulty = items[question.id]
        right = chance.random() < 1 / (1 + math.exp(-discrimination * (ability - difficulty)))
        if chance.random() >= UNANSWERED:
            answers[question.id] = right_answer(question, chance) if right else wrong_answer(question, chance)
            seconds[question.id] = round(chance.lognormvariate(3.5, 0.5), 1)
    until = assignment.specification.until or UNDATED
    saved = until + timedelta(minutes=chance.randrange(5, 300) * (1 if chance.random() < LATE else -15))
    started = saved - timedelta(seconds=sum(seconds.values()) + 60)
    return {"format": HAND_IN, "version": VERSION, "assignment": assignment.specification.id, "name": f"Simulated Student {n:03}",
            "number": f"SIM-{n:03}", "started": started.isoformat(timespec="seconds"), "saved": saved.isoformat(timespec="seconds"),
            "answers": answers, "seconds": seconds}, saved


def right_answer(question: Question, chance: random.Random) -> Any:
    """The answer of the key; to a question without one, something to read."""
    match question.type:
        case "open-answer":
            return {"text": TEXT, "met": []}
        case "survey":
            return chance.choice(question.ids)
        case "number" | "true-false" | "short-text":  # a number as a number: as text it could be read in two ways
            return question.answer
        case "order":
            return [item.id for item in question.items]
        case "match":
            return {id_: question.rights[pair.match.strip()] for id_, pair in zip(question.ids, question.pairs, strict=True)}
        case "classify":
            return {card.id: card.group for card in question.cards}
        case "timeline":
            return {event.id: event.year for event in question.events}
        case "cloze":
            return {gap.id: _choice(gap) if gap.type == "choice" else gap.answer for gap in question.gaps}
    key = _key(question)
    return key if _several(question) else key[0]


def _key(question: Question) -> list[str]:
    return sorted(question.key if hasattr(question, "key") else as_list(question.answer))


def _several(question: Question) -> bool:
    return getattr(question, "several", question.type == "many-choices")


def _choice(gap: Any) -> str:
    return next(choice.id for choice in gap.choices if choice.correct)


def wrong_answer(question: Question, chance: random.Random) -> Any:
    """An answer that does not earn all of the points; nothing where lots find none."""
    if question.type in ("open-answer", "survey"):
        return right_answer(question, chance)
    for _ in range(TRIES):
        answer = _any_answer(question, chance)
        if not question.found_wrong(answer) and question.mark(answer).state != "right":
            return answer
    return None


def _any_answer(question: Question, chance: random.Random) -> Any:
    match question.type:
        case "true-false":
            return chance.random() < 0.5
        case "number":
            return str(round(float(question.answer) * chance.choice([0.1, 0.5, 1.5, 2, 10]) + chance.choice([0, 1, 5])))
        case "short-text":
            return chance.choice(["I do not know", "somebody else"])
        case "order":
            return chance.sample(list(question.ids), k=len(question.ids))
        case "match":
            return dict(zip(question.ids, chance.sample(list(question.rights.values()) * len(question.ids), k=len(question.ids)), strict=True))
        case "classify":
            return {id_: chance.choice(question.groups).id for id_ in question.ids}
        case "timeline":
            first, last = question.span
            return {event.id: chance.randint(first, last) for event in question.events}
        case "cloze":
            return {gap.id: chance.choice(gap.choices).id if gap.type == "choice" else "7" for gap in question.gaps}
    ids = list(getattr(question, "places", None) or question.ids)
    if _several(question):
        return sorted(chance.sample(ids, k=min(len(ids), len(_key(question)))))
    return chance.choice(ids)
