"""GIFT: questions as plain text (MoodleDocs, "GIFT format"; the notation of ordering questions is qtype_ordering's)."""

from quizzes.exchange.gift.reading import read
from quizzes.exchange.gift.writing import make

SUFFIX = ".gift"
ABOUT = "GIFT, plain text for Moodle and others"

__all__ = ["ABOUT", "SUFFIX", "make", "read"]
