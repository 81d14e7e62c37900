"""A quiz engine: questions from YAML, marked by Python, answered on a page, in a notebook or on paper."""

from quizzes.bank import Bank, Faulty, load_bank
from quizzes.model import Mark, Question, Refused

__all__ = ["Bank", "Faulty", "Mark", "Question", "Refused", "load_bank", "quiz"]


def quiz(name, *ids, group=None, **options):
    """Show a quiz in a notebook; see `quizzes.widget.quiz`."""
    from quizzes.widget import quiz as show  # anywidget is slow to load, and only notebooks need it

    return show(name, *ids, group=group, **options)
