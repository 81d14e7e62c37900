"""The guide's table of question types and formats, made from what the formats report of one question of each type.

`python tests/exchange/formats_table.py` prints it, to be put into chapters/authors/exchange.md.
"""

from __future__ import annotations

from pathlib import Path

from quizzes import Question, load_bank
from quizzes.exchange import Asked, exporting
from quizzes.types import TYPES

BANKS = Path(__file__).parent.parent.parent / "quizzes" / "bank"


def cell(question: Question, asked: Asked, name: str) -> str:
    """What becomes of a question in a format: whole, less, another kind of question, or nothing."""
    module = exporting()[name]
    losses = [loss for loss in module.make(asked, Path(f"x{module.SUFFIX}")).losses if loss.question == question.id]
    if any(loss.lost == "question" for loss in losses):
        return "–"
    other = next((loss.instead.removeprefix("asked ").split(",")[0] for loss in losses if loss.instead.startswith("asked as ")), None)
    return other or ("less" if losses else "whole")


def plainest(type_: str) -> tuple[Question, Asked]:
    """The first question of a type in its guide, with nothing that is not the type's own: one point, no hints, the usual penalty."""
    bank = load_bank(BANKS / f"guide-{type_}.yml")
    question = next(question for question in bank if question.type == type_)
    usual = {name: TYPES[type_].model_fields[name].default for name in ("hints", "penalty")}
    question = question.model_copy(update=usual | ({} if type_ in ("survey", "cloze", "timeline", "open-answer") else {"points": 1}))
    return question, Asked(bank=bank, questions=(question,))


def table() -> str:
    """The table in Markdown."""
    lines = [["type", *(f"`{name}`" for name in exporting())], ["---"] * (1 + len(exporting()))]
    for type_ in sorted(TYPES):
        question, asked = plainest(type_)
        lines.append([f"[{type_}]({type_}.md)", *(cell(question, asked, name) for name in exporting())])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    print(table())
