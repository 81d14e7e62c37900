"""Options, numbers, texts and pairs of others as questions of a bank: the keys that their type adds, and what of them is lost.

Texts are Markdown. A share is a part of the question's points, as in `simpler`. A question that no type can ask raises Unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from quizzes import spelling
from quizzes.exchange.markdown import Tangled
from quizzes.exchange.naming import lettered_by_text
from quizzes.exchange.simpler import Form, as_forms
from quizzes.text import inline
from quizzes.types import cloze, short_text

MOST_CHOICES, MOST_PASSAGES, MOST_PAIRS = 6, 20, 10
NEAR = Fraction(1, 2000)  # shares nearer to one another than this were rounded: 33.33333 %, 33.3 % and 1/3 are the same
DIGITS = 300  # of a number before its point or behind it
FIRST_MARK = 0xE100  # a sign of no language that stands for the first gap while a text is converted
ALMOST = 99.99  # per cent of the points for what is as right as the key, where a question can have one key only

Losses = list[tuple[str, str]]  # what is lost, what is done instead
Keys = dict[str, Any]


class Unasked(ValueError):
    """A question that no type can ask; says why."""


@contextmanager
def asking() -> Iterator[None]:
    """Raises Unasked for whatever goes wrong while one question is read, so that the others are read all the same."""
    try:
        yield
    except Unasked:
        raise
    except Tangled as error:
        raise Unasked(str(error)) from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Unasked("values that no question of its kind has") from error


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer of others: a choice, a typed text; its share and what is said to it."""

    text: str
    share: Fraction
    feedback: str = ""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Numbers up to `off` from `middle`, their share and what is said to them."""

    middle: Decimal
    off: Decimal
    share: Fraction
    feedback: str = ""


def number_in(text: str) -> Decimal:
    """The number in a text, with a point or a comma. Raises Unasked for what is none, or larger than a question can have."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() >= DIGITS:
        raise Unasked(f"'{text[:20]}' is no number")
    return number if number.adjusted() > -DIGITS else Decimal(0)


def unnamed(text: str) -> tuple[str, Losses]:
    """A text with gaps, not yet named, in which nothing else would be taken for the name of one."""
    found = list(dict.fromkeys(name[0] for name in cloze.NAMED.finditer(text)))
    return cloze.NAMED.sub(r"(\1)", text), [(f"braces around a word ({', '.join(found)})", "round brackets, as a gap stands in braces")] if found else []


def choices(options: Sequence[Said], *, several: bool) -> tuple[Keys, Losses]:
    """A question with choices: one-choice or many-choices; passages of a text where there are more than a list of choices can have."""
    if not any(option.share > 0 for option in options):
        raise Unasked("no choice is right")
    keys, losses = _several(options) if several else _one(options)
    if len(options) <= MOST_CHOICES:
        return keys, losses
    if len(options) > MOST_PASSAGES:
        raise Unasked(f"{len(options)} choices, of at most {MOST_PASSAGES}")
    if any("grade" in choice for choice in keys["choices"]):
        losses.append(("part of the points for a choice", "no points"))
    return _passages(keys["choices"]), [*losses, (f"{len(options)} choices in a list of at most {MOST_CHOICES}", "asked as passages to be marked")]


def _one(options: Sequence[Said]) -> tuple[Keys, Losses]:
    best = max(option.share for option in options)
    key = next(n for n, option in enumerate(options) if option.share == best)
    losses: Losses = [] if best > 1 - NEAR else [(f"at most {_percent(best):g} % of the points", "all of them for the best choice")]
    made = []
    for n, option in enumerate(options):
        choice: Keys = {"text": option.text, "feedback": option.feedback}
        if n == key:
            choice = {"text": option.text, "correct": True, "feedback": option.feedback}
        elif option.share > 1 - NEAR:
            losses.append(("a second choice that earns all points", f"earns {ALMOST} %"))
            choice["grade"] = ALMOST
        elif option.share > 0:
            choice["grade"] = _percent(option.share)
        elif option.share < 0:
            losses.append((f"a choice that costs {_percent(-option.share):g} % of the points", "costs nothing"))
        made.append(choice)
    return {"type": "one-choice", "choices": lettered_by_text(made)}, losses


def _several(options: Sequence[Said]) -> tuple[Keys, Losses]:
    each = Fraction(1, sum(option.share > 0 for option in options))
    losses: Losses = []
    if any(abs(option.share - (each if option.share > 0 else -each)) > NEAR for option in options):
        shares = ", ".join(f"{_percent(option.share):g}" for option in options)
        losses.append((f"per cent of the points for each choice ({shares})", "each right pick earns an equal share, each wrong one costs one"))
    made = ({"text": option.text} | ({"correct": True} if option.share > 0 else {}) | {"feedback": option.feedback} for option in options)
    return {"type": "many-choices", "choices": lettered_by_text(made)}, losses


def _passages(made: Iterable[Keys]) -> Keys:
    made = list(made)
    right = [choice["id"] for choice in made if choice.get("correct")]
    said = {choice["id"]: choice["feedback"] for choice in made if choice["feedback"]}
    return {"type": "mark-text", "text": [{"id": choice["id"], "text": choice["text"]} for choice in made],
            "answer": right if len(right) > 1 else right[0], "feedback": said}


def _percent(share: Fraction) -> float:
    return round(float(share * 100), 5)


def numbers(found: Sequence[Counted], otherwise: str = "") -> tuple[Keys, Losses]:
    """A question answered by a number: the first that earns most is the key, the others are cases."""
    if not any(one.share > 0 for one in found):
        raise Unasked("no number is right")
    best = max(one.share for one in found)
    at = next(n for n, one in enumerate(found) if one.share == best)
    key = found[at]
    losses: Losses = [] if best > 1 - NEAR else [(f"at most {_percent(best):g} % of the points", "all of them for the best answer")]
    if any(abs(one.middle - key.middle) <= one.off + key.off for one in found[:at]):
        losses.append(("answers that overlap with the right one and go before it", "the right one goes first"))
    if any(one.share < 0 for one in found):
        losses.append(("an answer that costs points", "costs nothing"))
    cases = [_number(one) | ({"credit": _share(one.share)} if one.share > 0 else {}) | {"feedback": one.feedback} for one in found if one is not key]
    return {"type": "number"} | _number(key) | {"feedback": {"right": key.feedback, "wrong": otherwise}} | ({"cases": cases} if cases else {}), losses


def _number(one: Counted) -> Keys:
    return {"answer": _plain(one.middle)} | ({"tolerance": _plain(one.off)} if one.off else {})


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() and abs(number) < 10 ** 15 else float(number)


def _share(share: Fraction) -> float | int:
    return 1 if share > 1 - NEAR else float(round(share, 7))


def texts(found: Sequence[Said], otherwise: str = "", *, language: str, exact: bool = False, text_language: str | None = None) -> tuple[Keys, Losses]:
    """A question answered by a text. A spelling that follows from an earlier answer is not listed again; `exact`: they stand in every case."""
    if not any(one.share > 0 for one in found):
        raise Unasked("no answer is right")
    best = max(one.share for one in found)
    losses: Losses = [] if best > 1 - NEAR else [(f"at most {_percent(best):g} % of the points", "all of them for the best answer")]
    if any(one.share < 0 for one in found):
        losses.append(("an answer that costs points", "costs nothing"))
    key = next(one for one in found if one.share == best)
    keys: Keys = {"type": "short-text", "answer": key.text} | ({"text_language": text_language} if text_language else {}) | {
        "feedback": {"right": key.feedback, "wrong": otherwise}}
    listed, seen, accept, cases = _spelled(keys, language, exact), {_counts_as(key.text, text_language or language)}, [], []
    for one in found:
        if one is key or _follows(listed, one, exact):
            continue
        if (same := _counts_as(one.text, text_language or language)) in seen or not same[0]:
            losses.append((f"answer '{one.text[:40]}'", "left out, as it counts as the same as another"))
            continue
        seen.add(same)
        if one.share == best and one.feedback in ("", key.feedback):
            accept.append(one.text)
            listed += _spelled(keys | {"accept": accept[-1:]}, language, exact)
        else:
            cases.append({"answer": one.text} | ({"credit": _share(one.share)} if one.share > 0 else {}) | {"feedback": one.feedback})
            listed += _spelled(keys | {"cases": cases[-1:]}, language, exact)
    return keys | ({"accept": accept} if accept else {}) | ({"cases": cases} if cases else {}), losses


def _counts_as(text: str, language: str) -> tuple[str, str]:
    """What two texts have in common that a question takes for the same."""
    fold = spelling.folding(text, language)
    return spelling.exact(text, fold), fold


def _spelled(keys: Keys, language: str, exact: bool) -> list[Form]:
    """The spellings that follow from the answers of a question; none where the question cannot be."""
    question = _typed(keys, language)
    return list(as_forms(question, any_case=not exact).forms) if question else []


def _follows(listed: Sequence[Form], one: Said, exact: bool) -> bool:
    """Whether a text is among the spellings, with the same share and, if it has any, the same words."""
    written = one.text if exact else one.text.casefold()
    return any((form.text if exact else form.text.casefold()) == written and abs(form.share - max(one.share, Fraction(0))) < NEAR
               and (not one.feedback or form.feedback == inline(one.feedback)) for form in listed)


def _typed(keys: Keys, language: str) -> short_text.QuestionType | None:
    """A question of these keys, to be marked with only; None where they do not fit."""
    said = {name: text or "-" for name, text in keys["feedback"].items()}
    cases = [case | {"feedback": case["feedback"] or "-"} for case in keys.get("cases", ())]
    try:
        return short_text.QuestionType.model_validate(keys | {
            "id": "typed", "prompt": "-", "group": "typed", "objective": "typed", "level": "remember", "explanation": "-", "sources": ["-"],
            "language": language, "feedback": said, "cases": cases})
    except ValidationError:
        return None


def pairs(found: Sequence[tuple[str, str]], others: Sequence[str] = (), feedback: Sequence[str] = ()) -> tuple[Keys, Losses]:
    """Matching where there are three right sides or more, which `match` asks for; otherwise cards sorted into groups."""
    said = [*feedback, *[""] * (len(found) - len(feedback))]
    rights = list(dict.fromkeys((*(right for _, right in found), *others)))
    if len(found) < 2 or len(rights) < 2:
        raise Unasked(f"{len(found)} pairs with {len(rights)} right sides, of at least two")
    if len(rights) >= 3 and len(found) <= MOST_PAIRS:
        left_over = [text for text in dict.fromkeys(others) if text not in {right for _, right in found}]
        made = lettered_by_text({"text": left, "match": right, "feedback": text} for (left, right), text in zip(found, said, strict=True))
        return {"type": "match", "pairs": made} | ({"distractors": left_over} if left_over else {}), []
    groups = lettered_by_text({"text": right} for right in rights)
    ids = {group["text"]: group["id"] for group in groups}
    cards = lettered_by_text({"text": left, "group": ids[right], "feedback": text} for (left, right), text in zip(found, said, strict=True))
    return {"type": "classify", "groups": groups, "cards": cards}, [("matching", "asked as cards to be sorted into groups")]
