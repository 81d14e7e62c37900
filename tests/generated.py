"""Banks made up by a rule: as many questions as asked for, none with a fault or a flaw."""

from __future__ import annotations

import random
from typing import Any

LEVELS = ("remember", "understand", "apply", "analyse", "evaluate")
OBJECTIVES = ("find", "tell", "weigh")
THINGS = ("bridge", "market", "harbour", "school", "mill", "tower", "library", "garden", "quarry", "well")


class Names:
    """Made-up names, none twice."""

    def __init__(self, seed: int) -> None:
        self._random, self._given = random.Random(seed), set()

    def take(self, syllables: int = 4) -> str:
        while True:
            name = "".join(self._random.choice("bdgklmprtv") + self._random.choice("aiou") for _ in range(syllables)).capitalize() + "k"
            if name not in self._given:
                self._given.add(name)
                return name


def flawless(number: int, seed: int = 0) -> dict[str, Any]:
    """A bank of so many questions (12 or more), as its YAML would be read."""
    names, chance = Names(seed), random.Random(seed)
    makers = (_one, _many, _statement, _number, _one, _text, _order, _gaps)
    turns = [0] * len(makers)
    questions = []
    for n in range(number):
        at = n % len(makers)
        made = makers[at](names, chance, turns[at] if makers[at] is not _one else 2 * turns[at] + (at > 0))
        turns[at] += 1
        questions.append({"id": f"q{n}", "group": "all", "objective": OBJECTIVES[n % 3], "level": LEVELS[n % 5],
                          "explanation": f"The register of {names.take()} says so.", "sources": ["constitution-1924"]} | made)
    return {"title": "Generated", "language": "en", "objectives": {id_: f"Learn to {id_} things" for id_ in OBJECTIVES}, "questions": questions}


def _choice(n: int, text: str, thing: str, right: bool, names: Names) -> dict[str, Any]:
    said = f"Yes, builders from {names.take()} made it." if right else f"Its {thing} was made by people from {names.take()}, a century later."
    return {"id": f"c{n}", "text": text, "feedback": said} | ({"correct": True} if right else {})


def _one(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    """The key goes through the places, and through the ranks of length, in turn."""
    place, rank, thing = turn % 4, turn // 4 % 4, chance.choice(THINGS)
    syllables = [3, 4, 5, 6]
    key = syllables.pop(rank)
    chance.shuffle(syllables)
    syllables.insert(place, key)
    return {"type": "one-choice", "prompt": f"Which town in the valley of {names.take()} has the oldest {thing}?",
            "choices": [_choice(n, names.take(long), thing, n == place, names) for n, long in enumerate(syllables)]}


def _many(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    thing, right = chance.choice(THINGS), chance.sample(range(5), 1 + turn % 4)
    return {"type": "many-choices", "prompt": f"Which of these villages near {names.take()} have a {thing}?",
            "choices": [_choice(n, names.take(), thing, n in right, names) for n in range(5)]}


def _statement(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    thing = chance.choice(THINGS)
    return {"type": "true-false", "prompt": f"The {thing} of {names.take()} is older than that of {names.take()}.", "answer": turn % 2 == 0,
            "feedback": {"right": f"The {thing} of {names.take()} lies between them in age.", "wrong": f"Compare both with {names.take()}."}}


def _number(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    thing = chance.choice(THINGS)
    return {"type": "number", "prompt": f"How many steps lead up to the {thing} of {names.take()}?", "answer": 10 + turn,
            "feedback": {"right": f"So counted the mayor of {names.take()}.", "wrong": f"Look at the plan of {names.take()} again."}}


def _text(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    thing = chance.choice(THINGS)
    return {"type": "short-text", "prompt": f"Who built the {thing} of {names.take()}?", "answer": names.take(),
            "feedback": {"right": f"The builder came from {names.take()}.", "wrong": f"Read the page on {names.take()} again."}}


def _order(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    thing = chance.choice(THINGS)
    return {"type": "order", "prompt": f"Put these towns in the order in which their {thing} was built, beginning with {names.take()}.",
            "items": [{"id": f"i{n}", "text": names.take(), "feedback": f"It was built by masters from {names.take()}."} for n in range(4)]}


def _gaps(names: Names, chance: random.Random, turn: int) -> dict[str, Any]:
    thing = chance.choice(THINGS)
    return {"type": "cloze", "prompt": f"Complete the note on the {thing} of {names.take()}.", "text": "It stands in {where}.",
            "gaps": [{"id": "where", "type": "choice", "choices": [_choice(n, names.take(), thing, n == turn % 3, names) for n in range(3)]}]}
