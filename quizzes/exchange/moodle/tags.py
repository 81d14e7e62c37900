"""What a question says of itself beside what it asks, as tags: `objective:forums`, `claim:S04`. Both formats of Moodle have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from quizzes.exchange.rebuilding import Keys
from quizzes.model import Question
from quizzes.types import short_text, survey
from quizzes.words import languages

LONGEST = 50  # characters; Moodle cuts a longer tag
LEVELS = get_args(Question.model_fields["level"].annotation)
ELSEWHERE = ("language", "text-language", "about", "moment")  # read with what they belong to


def write_tags(question: Question) -> tuple[list[str], list[tuple[str, str]]]:
    """The tags of a question; and those that are left out, as a loss."""
    said = [("objective", question.objective), ("level", question.level), *(("claim", claim) for claim in question.claims),
            *(("source", source) for source in question.sources), *([("language", question.language)] if question.language != "en" else [])]
    if isinstance(question, short_text.QuestionType) and question.text_language:
        said.append(("text-language", question.text_language))
    if isinstance(question, survey.QuestionType):
        said += [("about", question.about), ("moment", question.moment)]
    tags = [f"{name}:{value}" for name, value in said]
    lost = [(f"tag '{tag}'", f"left out, as Moodle cuts one longer than {LONGEST} characters") for tag in tags if len(tag) > LONGEST]
    return [tag for tag in tags if len(tag) <= LONGEST], lost


def tagged(tags: Iterable[str], name: str) -> str | None:
    """What the first tag of a name says."""
    return next((tag.partition(":")[2] for tag in tags if tag.startswith(f"{name}:")), None)


def language_of(tags: Iterable[str]) -> str:
    """The language that a tag names, if there are words of the interface for it."""
    named = tagged(tags, "language")
    return named if named in languages() else "en"


def read_tags(tags: Iterable[str]) -> tuple[Keys, list[tuple[str, str]]]:
    """The keys of a question that tags say; and the tags of others, as a loss."""
    found: Keys = {"claims": [], "sources": []}
    lost = []
    for tag in tags:
        name, _, value = tag.partition(":")
        if name in ("claim", "source") and value:
            found[f"{name}s"].append(value)
        elif (name == "objective" and value) or (name == "level" and value in LEVELS):
            found[name] = value
        elif name not in ELSEWHERE or not value or (name == "language" and value not in languages()):
            lost.append((f"tag '{tag}'", "left out"))
    return found, lost


def common_language(questions: list[Keys]) -> str:
    """The language that most of the questions have, for their bank; it is taken away from those."""
    common = Counter(question["language"] for question in questions).most_common(1)
    language = common[0][0] if common else "en"
    for question in questions:
        if question["language"] == language:
            del question["language"]
    return language
