"""The words that rules look for, one table a language; a rule that needs words is silent in a language without a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern


def _any(*words: str) -> Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """What a language has for the rules. Words are in lower case; a pattern meets plain text."""

    common: frozenset[str]  # words that carry no content
    articles: frozenset[str]
    negative: Pattern[str]  # what turns a stem round
    not_negative: Pattern[str]  # what looks like it and does not
    subordinate: Pattern[str]  # begins a clause in which a negative is content, not a trap
    absolute: Pattern[str]
    not_absolute: Pattern[str]
    denial: frozenset[str]  # makes of one option the opposite of another
    joining: frozenset[str]  # stands between one of several and the rest
    summing_up: tuple[tuple[Pattern[str], str], ...]  # options about other options, with the guideline against each
    instructions: frozenset[str]  # a stem without a question mark has one of these
    verdicts: frozenset[str]  # feedback of these alone teaches nothing
    numbers: Mapping[str, int]
    why: frozenset[str]  # asks for a reason: a negative after it is content
    lower_bound: str  # patterns before a number
    upper_bound: str
    between: str
    to: str


OTHERS = (r"(?:the (?:above|following|others?|other (?:options|answers|choices)|(?:two|three|four|five) (?:above|of them)"
          r"|options?|answers?|choices|statements)|the (?:options|answers|choices|statements) above|these|those|them|it)"
          r"(?: (?:options|answers|choices|statements|things|are (?:right|true|correct)|is (?:right|true|correct)))?")

NUMBERS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}

EN = Words(
    common=frozenset(
        "a about above after again against all also although an and any are as at be because been before being below between both but by can "
        "could did do does doing down during each either else few first for from further given had has have having he her here hers him his "
        "how i if in into is it its itself just last less like look made make many may me might more most much must my near no nor not now of "
        "off on once one only or other others our out over own per read same she should since so some still such take than that the their "
        "them then there these they this those three through to too two under until up upon use used very was we were what when where whether "
        "which while who whom whose why will with within without would yes you your according best did done following following found "
        "word words piece record question statement statements sentence answer true false pick choose called name named say says said".split()),
    articles=frozenset({"a", "an", "the"}),
    negative=_any("not", "except", "never", "least", r"\w+n't", r"\w+n’t"),
    not_negative=_any("at least", "not only", "whether or not", "or not", "if not", "last but not least"),
    subordinate=_any("that", "why", "because", "although", "though", "if", "whether", "when", "while", "since", "until", "whose", "who", "what", "where"),
    absolute=_any("always", "never", "all", "only", "every", "none", "must", "everybody", "everyone", "nobody", "no one", "completely",
                  "entirely", "absolutely"),
    not_absolute=_any("not all", "not only", "not every", "not always", "after all", "at all", "in all", "all the same", "all over", "above all",
                      "first of all", rf"(?:all|every) (?:{'|'.join(NUMBERS)}|\d+|second|third|other)", "every (?:day|week|month|year)",
                      "only (?:in|since|from|after) .*"),
    denial=frozenset({"no", "not", "never", "none", "without", "nobody", "neither", "nor", "false", "wrong", "less", "fewer", "more"}),
    joining=frozenset({"and", "or", "plus", "with", "only", "just"}),
    summing_up=(
        (re.compile(rf"(?:all|every one)(?: (?:of )?{OTHERS})?\.?", re.IGNORECASE), "26"),
        (re.compile(rf"none(?: (?:of )?{OTHERS})?\.?", re.IGNORECASE), "25"),
        (re.compile(rf"(?:(?:both|neither)(?: (?:of )?{OTHERS})?|(?:any|either|two|some) of {OTHERS})\.?", re.IGNORECASE), "9"),
        (re.compile(r"(?i:both |neither |only )?[A-F1-6](?:(?:, ?| )(?:and |or |nor |& ?)?[A-F1-6])+\.?"), "9"),
    ),
    instructions=frozenset(
        "add arrange assess assign calculate choose classify compare complete compute convert count decide define describe determine discuss "
        "drag estimate evaluate explain fill find finish give group identify judge label list locate mark match measure move name order "
        "pick place point put rank rate rearrange say select show sort state tell tick translate type use weigh write".split()),
    verdicts=frozenset(
        "yes no right wrong correct incorrect true false that this is it was not quite exactly indeed try again well done good great sorry "
        "oops almost close nearly unfortunately perfect excellent so the answer an are you your choice here".split()),
    numbers=NUMBERS,
    why=frozenset({"why"}),
    lower_bound="more than|over|above|at least|after|since",
    upper_bound="less than|fewer than|under|below|up to|at most|before|until",
    between="between|from",
    to="to|and|until",
)

WORDS = {"en": EN}


def words_of(language: str) -> Words | None:
    """The table of a language, or of the language that it is a kind of (en-GB)."""
    return WORDS.get(language) or WORDS.get(language.split("-")[0])
