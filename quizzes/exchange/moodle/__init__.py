"""Moodle XML: questions with all feedback, penalties, hints, tags and parts of the points (MoodleDocs, "Moodle XML format")."""

from quizzes.exchange.moodle.reading import read
from quizzes.exchange.moodle.writing import make

SUFFIX = ".xml"
ABOUT = "Moodle XML, for the question bank of a Moodle course"

__all__ = ["ABOUT", "SUFFIX", "make", "read"]
