"""Flaws of the options of one question: what gives the key away, and what makes options hard to compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from quizzes.flaws.numbers import amount, overlap, span, spelt_amount
from quizzes.flaws.reading import Asked, Note, Option, Options, content, quoted, root, tokens
from quizzes.flaws.words import Words

STANDS_OUT = 1.25  # times as long as the next option, and
BY = 12  # characters longer
UNEQUAL = 2.5  # times as long as the shortest option, and
UNEQUAL_BY = 30  # characters longer
FULL_STOP = re.compile(r"(?<!\.\.)(?<!\b\w)(?<!\betc)[.!?][\"”’)]*$")  # none after an initial, and three dots are none
FEWEST = 3  # options of a question with one key


def key_by_length(asked: Asked, options: Options) -> Iterator[Note]:
    """The key is clearly longer, or clearly shorter, than every other option."""
    right, wrong = ([len(option.text) for option in side] for side in (options.keys, options.distractors))
    if not right or not wrong:
        return
    for word, short, long in (("longer", max(wrong), min(right)), ("shorter", max(right), min(wrong))):
        if long >= STANDS_OUT * short and long - short >= BY:
            key, other = (long, short) if word == "longer" else (short, long)
            yield Note(options.keys[0].place, f"the key {word} than every other option ({key} characters to {other})",
                       "options of like length", "24, 28d")


def unequal_length(asked: Asked, options: Options) -> Iterator[Note]:
    """One option is far longer than another, though the key does not stand out."""
    longest, shortest = (pick(options.all, key=lambda option: len(option.text)) for pick in (max, min))
    long, short = len(longest.text), len(shortest.text)
    if long > UNEQUAL * short and long - short > UNEQUAL_BY and not list(key_by_length(asked, options)):
        yield Note(longest.place, f"options of {short} to {long} characters", "options of like length", "24")


def about_other_options(asked: Asked, options: Options) -> Iterator[Note]:
    """An option speaks of the other options: all, none, both of them."""
    for option in options.all if asked.words else ():
        if guideline := _sums_up(option.text, asked.words):
            yield Note(option.place, f"an option about the other options ({quoted(option.text)})",
                       "an option that stands for itself, or a question with many choices", guideline)


def _sums_up(text: str, words: Words) -> str | None:
    """The guideline against an option that is about the others; None for one that is not."""
    return next((guideline for pattern, guideline in words.summing_up if pattern.fullmatch(text)), None)


def absolute_words(asked: Asked, options: Options) -> Iterator[Note]:
    """Words like *always* stand in wrong options only, which readers know to leave out."""
    words = asked.words
    if not words or not options.keys or any(_absolutes(option.text, words) for option in options.keys):
        return
    found = [(option, word) for option in options.distractors for word in _absolutes(option.text, words)[:1]
             if not _sums_up(option.text, words)]
    if found:
        said = ", ".join(dict.fromkeys(f"'{word}'" for _, word in found))
        yield Note(found[0][0].place, f"{said} in wrong options only", "such words in none of the options, or in the key too", "28a")


def _absolutes(text: str, words: Words) -> list[str]:
    return [word.lower() for word in words.absolute.findall(words.not_absolute.sub(" ", text))]


def overlapping(asked: Asked, options: Options) -> Iterator[Note]:
    """Two options say the same, or one holds the other, so that both are right or both are wrong."""
    for one, other in combinations(options.all, 2):
        a, b = tokens(one.text), tokens(other.text)
        if not a or not b:
            continue
        if asked.words and (spans := [span(option.text, asked.words) for option in (one, other)]) and all(spans):
            if overlap(*spans):
                yield Note(other.place, f"{quoted(other.text)}, which overlaps {quoted(one.text)}", "spans that share no number", "22")
        elif _alike(a, b, asked.words):
            yield Note(other.place, f"{quoted(other.text)}, which says the same as {quoted(one.text)}", "options that differ", "22")
        elif options.single and asked.words and (pair := _inside(one, other, asked.words)):
            yield Note(pair[1].place, f"{quoted(pair[1].text)}, which contains the option {quoted(pair[0].text)}",
                       "options that exclude each other", "22")


def _alike(a: list[str], b: list[str], words: Words | None) -> bool:
    """Whether two options are the same words in the same order, but for articles and for endings."""
    if words:
        a, b = ([word for word in side if word not in words.articles] or side for side in (a, b))
    if a == b:
        return True
    long = len(a) == len(b) and len(a) >= 4
    return bool(words) and long and all(x == y or (len(x) > 3 and root(x) == root(y) and not x[0].isdigit()) for x, y in zip(a, b))


def _inside(one: Option, other: Option, words: Words) -> tuple[Option, Option] | None:
    """(the shorter, the longer) of two options where the longer holds all words of the shorter in a row and is not its opposite."""
    short, long = sorted((one, other), key=lambda option: len(tokens(option.text)))
    a, b = ([word for word in tokens(option.text) if word not in words.articles] for option in (short, long))
    if not a or len(a) >= len(b):
        return None
    for at in range(len(b) - len(a) + 1):
        before, after = b[:at], b[at + len(a):]
        if b[at:at + len(a)] == a and not {*before, *after} & words.denial and _one_of(before, after, len(a), words):
            return short, long
    return None


def _one_of(before: list[str], after: list[str], count: int, words: Words) -> bool:
    """Whether so many words between these two are a whole of their own there: one of several, a head, a date without its day."""
    if before:
        return before[-1] in words.joining or all(word.isdigit() for word in before)
    return count > 1 or after[0] in words.joining


def not_parallel(asked: Asked, options: Options) -> Iterator[Note]:
    """Options of different form: sentences and fragments, capitals and none, figures and words."""
    ended = [option for option in options.all if FULL_STOP.search(option.text)]
    open_ = [option for option in options.all if option not in ended]
    if ended and open_:
        odd = min(ended, open_, key=len)[0]
        yield Note(odd.place, f"{len(ended)} of {len(options.all)} options with a full stop", "all of them sentences, or none", "23")
    if not asked.words:
        return
    lower = [option for option in options.all if option.text[:1].islower()]
    upper = [option for option in options.all if _begins_a_sentence(option.text, asked.words)]
    if lower and upper:
        odd = min(lower, upper, key=len)[0]
        yield Note(odd.place, "some options that begin with a capital and some that do not", "one form for all", "23")
    figures = [option for option in options.all if amount(option.text)]
    spelt = [option for option in options.all if spelt_amount(option.text, asked.words)]
    if figures and spelt:
        odd = min(figures, spelt, key=len)[0]
        yield Note(odd.place, f"numbers in figures and in words ({quoted(figures[0].text)}, {quoted(spelt[0].text)})", "one form for all", "23")


def _begins_a_sentence(text: str, words: Words) -> bool:
    """Whether a text has a capital because it begins, and not because its first word always has one."""
    first = text.split()[0] if text.split() else ""
    return first[:1].isupper() and first.lower() in words.common


def clang(asked: Asked, options: Options) -> Iterator[Note]:
    """A word of the stem stands in the key and in no other option."""
    if not asked.words or not options.single or options.inside or not options.distractors:
        return
    stem = content(asked.stem, asked.words)
    key = options.keys[0]
    shared = stem & content(key.text, asked.words)
    others = [stem & content(option.text, asked.words) for option in options.distractors]
    own = shared.difference(*others)
    if own and all(other <= shared for other in others):
        word = next(word for word in tokens(key.text) if root(word) in own)
        yield Note(key.place, f"'{word}' in the stem and in the key alone", "the word in no option, or in a wrong one too", "28b")


def too_few(asked: Asked, options: Options) -> Iterator[Note]:
    """A question with one key has two options only."""
    if options.single and not options.inside and len(options.all) < FEWEST:
        yield Note(options.place, f"{len(options.all)} options", "three or more, or a question of the type true-false", "18")


def out_of_order(asked: Asked, options: Options) -> Iterator[Note]:
    """All options are numbers, and neither rise nor fall."""
    amounts = [amount(option.text) or spelt_amount(option.text, asked.words) for option in options.all]
    if len(amounts) < 3 or not all(amounts) or len({unit for _, unit in amounts}) > 1:
        return
    numbers = [number for number, _ in amounts]
    if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        steps = [after - before for before, after in pairwise(numbers)]
        first = next((step for step in steps if step), 0)
        n = next((n for n, step in enumerate(steps, 1) if step * first < 0), len(steps))
        yield Note(options.all[n].place, "numbers out of order", "numbers that rise", "21")


RULES = (key_by_length, unequal_length, about_other_options, absolute_words, overlapping, not_parallel, clang, too_few, out_of_order)
