"""A bank as the rules read it: every question with its place, its options and its feedback, whatever its type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from quizzes.choices import WithChoices
from quizzes.flaws.words import Words, words_of
from quizzes.model import Part, Question
from quizzes.positions import Place

EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARKS = re.compile(r"\\([^\w\s]|_)|(?<!\w)(__+)(?!\w)|[`*]|(?<!\w)_|_(?!\w)")  # what was escaped stays, and a gap of underscores
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE = re.compile(r"(?<=[.?!:])[\"”’)]*\s+")
ENDINGS = re.compile(r"(?:['’]s|ings?|edly|ed|ers?|ies|es|s|ly|al|e|y)$")


class Note(NamedTuple):
    """What a rule found: where, what, what is better, and which guideline says so."""

    place: Place
    found: str
    better: str
    guideline: str


class Option(NamedTuple):
    """One of several that a reader picks from."""

    text: str  # plain, in one line
    correct: bool
    place: Place


@dataclass(frozen=True)
class Options:
    """What one question, or one gap of it, is answered from."""

    place: Place
    all: tuple[Option, ...]
    single: bool  # exactly one is picked
    inside: bool  # in a part of the question

    @property
    def keys(self) -> list[Option]:
        return [option for option in self.all if option.correct]

    @property
    def distractors(self) -> list[Option]:
        return [option for option in self.all if not option.correct]


def plain(markdown: str) -> str:
    """Markdown as it reads, in one line."""
    return " ".join(MARKS.sub(r"\1\2", LINK.sub(r"\1", markdown)).split())


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def root(word: str) -> str:
    """What a word shares with its other forms, roughly: enough to see one word in two forms."""
    while len(word) > 4 and (shorter := ENDINGS.sub("", word, count=1)) != word and len(shorter) >= 4:
        word = shorter
    return word


def content(text: str, words: Words) -> set[str]:
    """The roots of the words that carry content."""
    return {root(word) for word in tokens(text) if word not in words.common and (len(word) > 3 or word.isdigit())}


def quoted(text: str) -> str:
    """A text in quotes, cut where it is long."""
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}...'"


@dataclass(frozen=True)
class Asked:
    """One question of a bank and where it stands in the file."""

    question: Question
    place: Place

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def words(self) -> Words | None:
        return words_of(self.question.language)

    @property
    def judged(self) -> bool:
        """Whether an answer can be wrong; a survey's cannot."""
        return self.question.points > 0

    @property
    def is_statement(self) -> bool:
        """Whether the stem is itself what is judged, as true or false."""
        return isinstance(getattr(self.question, "answer", None), bool)

    @cached_property
    def stem(self) -> str:
        return plain(self.question.prompt)

    @cached_property
    def parts(self) -> list[tuple[Place, Part]]:
        """The question and every part inside it, with their places."""
        return list(_walk(self.question, self.place))

    @cached_property
    def options(self) -> list[Options]:
        """Every set of choices in the question: its own, and those of its gaps."""
        return [Options((*place, "choices"), tuple(Option(plain(choice.text), choice.correct, (*place, "choices", n, "text"))
                                                   for n, choice in enumerate(part.choices)),
                        single=part.how == "pick-one", inside=place != self.place)
                for place, part in self.parts if isinstance(part, WithChoices)]

    @cached_property
    def feedback(self) -> list[tuple[Place, str]]:
        """All that the question says back."""
        return [said for place, part in self.parts for said in _said(getattr(part, "feedback", None), (*place, "feedback"))]

    @cached_property
    def key_texts(self) -> list[str]:
        """What is right, as text, where one text is: the key of a question with one key, the answer to be typed."""
        answer = getattr(self.question, "answer", None)
        typed = [answer] if isinstance(answer, str) else []
        return typed + [options.keys[0].text for options in self.options if options.single and not options.inside]


def _walk(part: Part, place: Place) -> Iterator[tuple[Place, Part]]:
    yield place, part
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from _walk(value, (*place, name))
        elif isinstance(value, tuple):
            for n, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _walk(item, (*place, name, n))


def _said(feedback: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(feedback, str):
        yield place, plain(feedback)
    elif isinstance(feedback, Part):
        feedback = {name: getattr(feedback, name) for name in type(feedback).model_fields}
    if isinstance(feedback, Mapping):
        for name, text in feedback.items():
            if isinstance(text, str):
                yield (*place, name), plain(text)
