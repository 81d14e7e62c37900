"""Text as people type it: which letters are the same, which are forgiven with a note, which are nearly right.

The letters stand in spelling.json, which the page's script gets too; short_text.js does the same with them.
Only letters are changed that no later version of Unicode can change (KNOWN), so that an old Python and a
new browser agree.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = json.loads((Path(__file__).parent / "spelling.json").read_text(encoding="utf-8"))

KNOWN = re.compile("[\0-\u052f\u1e00-\u1fff\ufb00-\ufb06\uff01-\uff5e]+")  # Latin, Greek, Cyrillic, and their other widths
LATIN = re.compile("[\u0080-\u024f\u1e00-\u1eff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
SUFFIX = re.compile("'[^ '0-9]{1,10}$")  # İstanbul'da
NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

RIGHT, NOTE, NEARLY, WRONG = 3, 2, 1, 0

# Other spellings of a letter, by language (`` is every language): right, with a note. Only an author's own
# forms are respelt, so the script need not know these.
_RESPELT = {
    "": ({"đ": "d"}, {"ǵ": "g", "ḱ": "k"}),
    "ro": ({"â": "î"},),
    "de": ({"ä": "ae", "ö": "oe", "ü": "ue"},),
    "mk": ({"č": "ch", "š": "sh", "ž": "zh"}, {"ǵ": "đ", "ḱ": "ć"}),
}


def _letters(replacements: dict[str, str]) -> dict[int, str]:
    return {ord(letter): new for new, letters in replacements.items() for letter in letters}


_READ_AS, _SAME, _PLAIN = (_letters(TABLE[name]) for name in ("read_as", "same", "plain"))


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One reading of a text: as `exact` as it counts, and what is known of the keyboard it came from."""

    exact: str
    ascii_only: bool  # no letter beyond a to z
    capitals: bool  # Greek in capitals, which bear no accents


@dataclass(frozen=True, kw_only=True)
class Loose:
    """A text without the marks on its letters; `marks` are the letters that had one, with their places."""

    joined: str
    words: tuple[str, ...]  # with i for ı
    marks: frozenset[tuple[int, str]]


def folding(text: str, language: str) -> str:
    """`tr` where i and ı are two letters: in Turkish and Azerbaijani, and in any word that has ı, İ or ğ."""
    rule = TABLE["dotless"]
    dotless = language.split("-")[0] in rule["languages"] or any(letter in text for letter in rule["letters"])
    return "tr" if dotless else ""


def cyrillic(language: str) -> str:
    """Which table turns Cyrillic into Latin: `bg` (the law of 2009) or the one of Serbian and Macedonian."""
    return language.split("-")[0] if language.split("-")[0] in TABLE["cyrillic"] else ""


def to_latin(text: str, table: str) -> str:
    """Cyrillic in lower case as Latin."""
    letters = TABLE["cyrillic"][""] | TABLE["cyrillic"][table]
    if table == "bg":  # the law's article 5: ия at the end of a word
        text = re.sub("ия(?=$|[ -])", "ia", text)
    return "".join(letters.get(letter, letter) for letter in text)


def clean(text: str) -> str:
    """The text in Unicode's plain widths, composed; apostrophes, dashes and spaces of one kind each."""
    text = text.translate(_READ_AS)
    return KNOWN.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)


def exact(text: str, fold: str, table: str | None = None) -> str:
    """The form in which two texts are compared: no case, no spaces or punctuation around; Đ is Dj.

    `fold` is what `folding` says; `table`, if given, turns Cyrillic into Latin.
    """
    text = lower(text, fold)
    if table is not None:
        text = to_latin(text, table)
    return re.sub(" +", " ", text.translate(_SAME)).strip(TABLE["edges"])


def lower(text: str, fold: str) -> str:
    """The clean text in lower case, letter by letter: I is ı where the folding is Turkish, İ is i everywhere."""
    text = clean(text).replace("I", "ı") if fold == "tr" else clean(text)
    return KNOWN.sub(lambda run: "".join(map(str.lower, run[0])), text).replace("i\u0307", "i")


def read(text: str, fold: str, table: str | None = None) -> Iterator[Typed]:
    """A typed text as it stands, and without the suffix after its last apostrophe."""
    for way in dict.fromkeys((clean(text), SUFFIX.sub("", clean(text).rstrip(TABLE["edges"])))):
        yield Typed(exact=exact(way, fold, table), ascii_only=way.isascii(),
                    capitals=bool(re.search("[Α-Ω]", way)) and not re.search("[ΐά-ώ]", way))


@lru_cache(4096)
def loosen(exact: str, fold: str) -> Loose:
    """An exact form with every mark left off: diacritics, hyphens, apostrophes, spaces."""
    plain, marks, place = "", set(), 0
    for letter in exact:
        bare = _bare(letter)
        if bare != letter and LATIN.match(letter) and not (fold == "tr" and letter in "âîû"):
            marks.add((place, letter))
        plain += bare
        place += len(bare.replace(" ", ""))
    return Loose(joined=plain.replace(" ", ""), words=tuple(filter(None, plain.replace("ı", "i").split(" "))),
                 marks=frozenset(marks))


@lru_cache(4096)
def _bare(letter: str) -> str:
    if letter in TABLE["kept"] or not KNOWN.match(letter):
        return letter
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", letter.translate(_PLAIN)))


def compare(typed: Typed, form: str, fold: str) -> int:
    """How near a typed text is to an exact form: RIGHT, NOTE, NEARLY or WRONG."""
    if typed.exact == form:
        return RIGHT
    mine, wanted = loosen(typed.exact, fold), loosen(form, fold)
    if mine.joined == wanted.joined:
        if not mine.marks <= wanted.marks:  # a mark where there is none, or another one
            return NEARLY
        return RIGHT if typed.capitals else NOTE
    if "".join(mine.words) == "".join(wanted.words):  # i for ı: forgiven to a keyboard that has no ı
        return NOTE if typed.ascii_only else NEARLY
    return NEARLY if _one_letter_off(mine.words, wanted.words) else WRONG


def _one_letter_off(typed: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """One letter too many, too few or another, in one word of five letters or more that holds no digit."""
    different = [pair for pair in zip(typed, wanted, strict=False) if pair[0] != pair[1]]
    if len(typed) != len(wanted) or len(different) != 1:
        return False
    (word, right), = different
    return len(right) >= 5 and not re.search("[0-9]", word + right) and one_edit(word, right)


def one_edit(one: str, other: str) -> bool:
    """Whether the Levenshtein distance of two different texts is 1."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:]


def spellings(text: str, language: str) -> Iterator[tuple[str, str, str, bool]]:
    """Every form that an author's text stands for: how it is written, its exact form, its folding, whether as written.

    A Cyrillic text stands for its Latin one too, and both for what `_RESPELT` makes of them.
    """
    written = [text]
    if CYRILLIC.search(text):
        written.append(_capitals(text, to_latin(lower(text, ""), cyrillic(language))))
    for one in written:
        fold = folding(one, language)
        yield one, exact(one, fold), fold, True
        for letters in (*_RESPELT[""], *_RESPELT.get(language.split("-")[0], ())):
            respelt = exact(lower(one, fold).translate(str.maketrans(letters)), fold)
            if respelt != exact(one, fold):
                yield one, respelt, fold, False


def _capitals(text: str, latin: str) -> str:
    """A transliteration with the capitals of its original, word by word."""
    pairs = zip(re.split("([ -])", text), re.split("([ -])", latin), strict=True)
    return "".join(word[:1].upper() + word[1:] if original[:1].isupper() else word for original, word in pairs)
