"""Flaws of one question's stem, and of what it says back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.flaws.reading import EMPHASIS, SENTENCE, Asked, Note, plain, quoted, tokens
from quizzes.flaws.words import Words

SHORTEST = 3  # words of a stem
GAP = re.compile(r"_{2,}|…|\.\.\.")
TEACHES = 2  # words of feedback, beside those that only say right or wrong
SHORT = 12  # characters of feedback, in a language without a table


def hidden_negative(asked: Asked) -> Iterator[Note]:
    """The stem is turned round by a word that is easily read past."""
    if not asked.words or not asked.judged:
        return
    words = asked.words
    unmarked = plain(EMPHASIS.sub(" ", asked.question.prompt))
    sentences = SENTENCE.split(words.not_negative.sub(" ", unmarked))
    asking = sentences if asked.is_statement else [one for one in sentences if one.endswith("?")] or sentences[:1]
    for sentence in asking:
        for found in words.negative.finditer(sentence):
            if not found[0].isupper() and not _is_content(sentence[:found.start()], words):
                yield Note((*asked.place, "prompt"), f"'{found[0]}' in the stem without emphasis",
                           "a positive stem, or the word emphasised, like *not*", "17")
                return


def _is_content(before: str, words: Words) -> bool:
    """Whether a negative after these words tells what is asked about, as in "why did they not meet"."""
    first, *rest = before.split(maxsplit=1) or [""]
    return first.lower() in words.why or bool(words.subordinate.search(" ".join(rest)))


def asks_nothing(asked: Asked) -> Iterator[Note]:
    """The stem holds neither a question nor an instruction, or hardly a word."""
    said = tokens(asked.stem)
    if len(said) < SHORTEST:
        yield Note((*asked.place, "prompt"), f"a stem of {len(said)} {'word' if len(said) == 1 else 'words'}", "the whole question in the stem", "15")
    elif asked.words and not asked.is_statement and "?" not in asked.stem and not asked.words.instructions & set(said) \
            and not GAP.search(asked.stem) and not asked.stem.endswith(":"):
        yield Note((*asked.place, "prompt"), f"a stem that asks nothing ({quoted(asked.stem)})", "a question or an instruction", "14")


def feedback_teaches_nothing(asked: Asked) -> Iterator[Note]:
    """Feedback only says right or wrong, or is the same for two answers."""
    seen: dict[str, str] = {}
    for place, text in asked.feedback:
        said = tokens(text)
        if asked.words:
            short = len([word for word in said if word not in asked.words.verdicts]) < TEACHES
        else:
            short = len(text) < SHORT
        if short:
            yield Note(place, f"feedback that teaches nothing ({quoted(text)})", "what the confusion was, or why it is so", "Shute 2008")
        elif " ".join(said) in seen:
            yield Note(place, f"the same feedback twice ({quoted(text)})", "feedback of its own for each answer", "Shute 2008")
        seen.setdefault(" ".join(said), text)


RULES = (hidden_negative, asks_nothing, feedback_teaches_nothing)
