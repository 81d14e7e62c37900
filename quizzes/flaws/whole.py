"""Flaws of a bank as a whole. What is left to chance is reported only where chance no longer explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from quizzes.flaws.chance import LEVEL, at_least, at_most
from quizzes.flaws.reading import Asked, Note, Options, content, quoted, tokens

QUESTIONS = ("questions",)  # where a flaw of all of them is reported
ENOUGH = 8  # questions with one key, to compare lengths
ENOUGH_PLACES = 12  # questions with one key, to compare places
ENOUGH_STATEMENTS = 6
ENOUGH_SEVERAL = 5  # questions with several keys
BANK = 10  # questions of a bank that is more than an example
PER_OBJECTIVE = 3
ABOVE_RECALL = 0.4
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


def _single(asked: Sequence[Asked]) -> list[tuple[Asked, Options]]:
    return [(one, options) for one in asked for options in one.options if options.single and not options.inside]


def key_by_length(asked: Sequence[Asked]) -> Iterator[Note]:
    """Over the bank, the key is the longest option, or the shortest, more often than by chance."""
    questions = _single(asked)
    if len(questions) < ENOUGH:
        return
    chances = [1 / len(options.all) for _, options in questions]
    for word, sign in (("longest", 1), ("shortest", -1)):
        met = [one.id for one, options in questions
               if sign * len(options.keys[0].text) > max(sign * len(option.text) for option in options.distractors)]
        if at_least(len(met), chances) < LEVEL:
            yield Note(QUESTIONS, f"the key the {word} option in {len(met)} of {len(questions)} questions with one choice ({', '.join(met)})",
                       f"about {_about(chances)}, as by chance", "24, 28d")


def _about(chances: Sequence[float]) -> str:
    return str(round(sum(chances)))


def key_by_place(asked: Sequence[Asked]) -> Iterator[Note]:
    """Over the bank, the key stands in one place too often, or hardly ever."""
    questions = [options for _, options in _single(asked)]
    if len(questions) < ENOUGH_PLACES:
        return
    most = max(len(options.all) for options in questions)
    for place in range(most):
        having = [options for options in questions if len(options.all) > place]
        chances = [1 / len(options.all) for options in having]
        met = sum(options.all[place].correct for options in having)
        if 2 * min(at_least(met, chances), at_most(met, chances)) < LEVEL / most:
            yield Note(QUESTIONS, f"the key {PLACES[place]} in {met} of {len(having)} questions with one choice",
                       f"about {_about(chances)}, as by chance", "20")


def statements_by_truth(asked: Sequence[Asked]) -> Iterator[Note]:
    """Statements are true, or false, more often than by chance; those with absolute words are all false."""
    statements = [one for one in asked if one.is_statement]
    true = sum(one.question.answer for one in statements)
    if len(statements) >= ENOUGH_STATEMENTS and 2 * at_most(min(true, len(statements) - true), [0.5] * len(statements)) < LEVEL:
        yield Note(QUESTIONS, f"{true} of {len(statements)} statements true", "about as many true as false", "20")
    absolute = [one for one in statements if one.words and one.words.absolute.search(one.words.not_absolute.sub(" ", one.stem))]
    if len(absolute) >= 3 and not any(one.question.answer for one in absolute) and true:
        yield Note((*absolute[0].place, "prompt"), f"words like 'always' or 'all' in false statements only ({', '.join(one.id for one in absolute)})",
                   "such words in true statements too, or in none", "28a")


def number_of_keys(asked: Sequence[Asked]) -> Iterator[Note]:
    """Wherever several choices may be right, the same number of them is."""
    counts = [len(options.keys) for one in asked for options in one.options if not options.single]
    if len(counts) >= ENOUGH_SEVERAL and len(set(counts)) == 1:
        yield Note(QUESTIONS, f"{counts[0]} right in each of {len(counts)} questions with many choices", "numbers that differ", "28")


def alike(asked: Sequence[Asked]) -> Iterator[Note]:
    """Two questions have the same stem, or one that differs in small words only."""
    read = [(one, tokens(one.stem), content(one.stem, one.words) if one.words else set()) for one in asked]
    for (a, said_a, words_a), (b, said_b, words_b) in combinations(read, 2):
        if not (a.judged or b.judged):
            continue
        if said_a == said_b:
            yield Note((*b.place, "prompt"), f"the same stem as question '{a.id}'", "each question once", "4")
        elif len(words_a & words_b) >= 6 and len(words_a ^ words_b) <= 1 and _numbers(said_a) == _numbers(said_b) \
                and not _names(a.stem) ^ _names(b.stem):
            yield Note((*b.place, "prompt"), f"nearly the same stem as question '{a.id}'", "each question once", "4")


def _numbers(said: Sequence[str]) -> list[str]:
    return [word for word in said if word[0].isdigit()]


def _names(stem: str) -> set[str]:
    return {word for word in stem.split()[1:] if word[:1].isupper()}


def given_away(asked: Sequence[Asked]) -> Iterator[Note]:
    """The stem of another question on the same matter holds the key, word for word."""
    stems = [(one, f" {' '.join(tokens(one.stem))} ", content(one.stem, one.words)) for one in asked if one.words]
    for one, own, about in stems:
        for key in one.key_texts:
            said = tokens(key)
            phrase, words = f" {' '.join(said)} ", content(key, one.words)
            if len(phrase) < 7 or not words or phrase in own:
                continue
            for other, stem, matter in stems:
                if other is not one and phrase in stem and (len(words) >= 4 or len((about & matter) - words) >= 4):
                    yield Note((*other.place, "prompt"), f"the key of question '{one.id}' in the stem ({quoted(key)})",
                               "questions that do not answer each other", "4")


def few_questions(asked: Sequence[Asked], objectives: Iterable[str]) -> Iterator[Note]:
    """An objective has no question, or too few to say whether it was reached."""
    for name in objectives:
        count = sum(one.question.objective == name for one in asked)
        if not count or (count < PER_OBJECTIVE and len(asked) >= BANK):
            yield Note(("objectives", name), f"{count or 'no'} {'question' if count == 1 else 'questions'} for objective '{name}'",
                       f"{PER_OBJECTIVE} or more", "1")


def recall(asked: Sequence[Asked]) -> Iterator[Note]:
    """Most questions ask for what can be known by heart."""
    judged = [one for one in asked if one.judged]
    above = sum(one.question.level != "remember" for one in judged)
    if len(judged) >= BANK and above < ABOVE_RECALL * len(judged):
        yield Note(QUESTIONS, f"{above} of {len(judged)} questions above the level 'remember'", f"{ABOVE_RECALL:.0%} or more".replace("%", " %"), "3")


RULES = (key_by_length, key_by_place, statements_by_truth, number_of_keys, alike, given_away, recall)
