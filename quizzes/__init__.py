"""A quiz engine: questions from YAML, marked by Python, answered on a page, in a notebook or on paper."""

from quizzes.bank import Bank, Faulty, load_bank
from quizzes.model import Mark, Question, Refused

__all__ = ["Bank", "Faulty", "Mark", "Question", "Refused", "asked_about", "load_bank", "quiz"]


def quiz(name, *ids, group=None, **options):
    """Show a quiz in a notebook; see `quizzes.widget.quiz`."""
    from quizzes.widget import quiz as show  # anywidget is slow to load, and only notebooks need it

    return show(name, *ids, group=group, **options)


def asked_about(claim, name):
    """Where a claim is asked about; see `quizzes.widget.asked_about`."""
    from quizzes.widget import asked_about as where

    return where(claim, name)
