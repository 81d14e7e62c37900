"""The bank's questions in the form that jupyterquiz reads (a list of JSON objects)."""

from __future__ import annotations

from typing import Any

from quizzes import Question
from quizzes.text import inline, stem

CHOICE_TYPES = {"one-choice": "multiple_choice", "many-choices": "many_choice"}


def as_jupyterquiz(question: Question) -> dict[str, Any]:
    """One question with all its feedback. Raises ValueError for a type that jupyterquiz has not got."""
    first, rest = stem(question.prompt)
    asked = {"question": first + rest}
    if question.type in CHOICE_TYPES:
        return asked | {"type": CHOICE_TYPES[question.type], "answers": [
            {"answer": inline(c.text), "correct": c.correct, "feedback": inline(c.feedback)} for c in question.choices]}
    if question.type == "true-false":
        return asked | {"type": "multiple_choice", "answers": [
            {"answer": word, "correct": right, "feedback": inline(said)}
            for word, right, said in _true_false(question)]}
    if question.type == "number":
        return asked | {"type": "numeric", "answers": [
            *(_number(*case) for case in question.intervals),
            {"type": "default", "feedback": inline(question.feedback.wrong)}]}
    raise ValueError(f"question '{question.id}': jupyterquiz has no type for '{question.type}'")


def _true_false(question: Question) -> list[tuple[str, bool, str]]:
    said = {True: question.feedback.right, False: question.feedback.wrong}
    return [(word, value is question.answer, said[value is question.answer])
            for word, value in (("True", True), ("False", False))]


def _number(low: float, high: float, share: float, feedback: str) -> dict[str, Any]:
    held = {"value": low} if low == high else {"range": [low, high]}
    return {"type": next(iter(held)), **held, "correct": share == 1, "feedback": feedback}
