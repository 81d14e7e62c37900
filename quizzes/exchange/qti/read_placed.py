"""Items that are answered by putting things where they belong, as questions of a bank: pairs, groups, an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from string import ascii_lowercase
from xml.etree.ElementTree import Element

from quizzes.exchange.qti.answers import Tried, best_rule, ids, lines, try_all
from quizzes.exchange.qti.given import Box, Given
from quizzes.exchange.rebuilding import MOST_PAIRS, Keys, Unasked

MOST = 20  # things on a side, or in an order
Answer = tuple[str, ...]


def pairs(given: Given, box: Box) -> tuple[Keys, Tried]:
    """Things on two sides, each on the left with one on the right."""
    sets = [one for one in box.element if one.tag == "simpleMatchSet"]
    if len(sets) != 2:
        raise Unasked(f"{len(sets)} sets to match, of two")
    lefts, rights = ([thing for thing in one if thing.get("identifier")] for one in sets)
    if not (2 <= len(lefts) <= MOST and 2 <= len(rights) <= MOST):
        raise Unasked(f"{len(lefts)} things to match with {len(rights)}, of 2 to {MOST}")
    key = _pairing(given, box, lefts, rights)
    tried = try_all(given, {left: {box.name: [f"{one} {right}" for one, right in key.items() if one != left]} for left in ("", *key)})
    credit = _sharing(tried, len(key), given.lost)
    left_ids, right_ids = ids(given, lefts), ids(given, rights)
    texts = {one.get("identifier"): given.line(one) for one in (*lefts, *rights)}
    told = [{"id": left_ids[left], "text": texts[left], "feedback": tried.feedback(left)} for left in key]
    distinct = len(dict.fromkeys(texts[one.get("identifier")] for one in rights))
    if "quiz-classify" in box.element.get("class", "").split() or distinct < 3 or len(key) > MOST_PAIRS:
        groups = [{"id": right_ids[one.get("identifier")], "text": texts[one.get("identifier")]} for one in rights]
        cards = [card | {"group": right_ids[right]} for card, right in zip(told, key.values(), strict=True)]
        return {"type": "classify", "groups": groups, "cards": cards} | credit, tried
    made = [pair | {"match": texts[right]} for pair, right in zip(told, key.values(), strict=True)]
    others = [texts[one.get("identifier")] for one in rights if one.get("identifier") not in key.values()]
    named = {texts[one.get("identifier")]: right_ids[one.get("identifier")] for one in rights}
    if not others and not _lettered(named):
        made = [pair | {"match_id": right_ids[right]} for pair, right in zip(made, key.values(), strict=True)]
    elif given.ours and not _lettered(named):
        given.lost.append((f"the ids of the right sides ({', '.join(dict.fromkeys(right_ids[right] for right in key.values()))})",
                           "letters, which do not tell the distractors from the others"))
    return {"type": "match", "pairs": made} | ({"distractors": others} if others else {}) | credit, tried


def _lettered(named: dict[str, str]) -> bool:
    """Whether the ids of texts are the letters that `match` itself gives them."""
    return all(named[text] == letter for text, letter in zip(sorted(named), ascii_lowercase, strict=False))


def _pairing(given: Given, box: Box, lefts: Sequence[Element], rights: Sequence[Element]) -> dict[str, str]:
    """What goes with each thing on the left: as is declared, else what earns most."""
    if box.correct:
        found = [pair.split() for pair in box.correct]
        known = {one.get("identifier") for one in lefts}
        key = {left: right for left, right in ((pair if pair[0] in known else pair[::-1]) for pair in found if len(pair) == 2)}
        if len(key) < len(found):
            raise Unasked("things on the left that go with several on the right")
    else:
        names = [one.get("identifier", "") for one in rights]
        earned = {one.get("identifier", ""): [given.share({box.name: [f"{one.get('identifier')} {right}"]}) for right in names] for one in lefts}
        key = {left: names[shares.index(max(shares))] for left, shares in earned.items() if max(shares) > 0}
    if left_over := [one for one in lefts if one.get("identifier") not in key]:
        given.lost.append((f"{len(left_over)} things on the left that go with nothing", "left out"))
    return key


def _sharing(tried: Tried, parts: int, losses: list[tuple[str, str]]) -> Keys:
    """Whether every part earns its share, or only all together: told by all parts but one."""
    rules = {"partial": lambda left: Fraction(parts - bool(left), parts), "all-or-nothing": lambda left: Fraction(not left)}
    rule = best_rule(rules, tried, losses)
    return {} if rule == "partial" else {"credit": rule}


def in_order(given: Given, box: Box) -> tuple[Keys, Tried]:
    """Things to be put in order."""
    things = {one.get("identifier", ""): one for one in box.things("simpleChoice")}
    key = box.correct
    if len(things) > MOST:
        raise Unasked(f"{len(things)} things in an order, of at most {MOST}")
    if sorted(key) != sorted(things):
        raise Unasked("an order of which not every place is known")
    swapped = [key[:n] + (key[n + 1], key[n]) + key[n + 2:] for n in range(len(key) - 1)]
    turned = key[1:] + key[:1]
    tried = try_all(given, {answer: {box.name: list(answer)} for answer in (key, *swapped, turned, key[::-1])})
    rule = best_rule({name: _measured(name, key) for name in ("absolute-position", "relative-to-next", "all-or-nothing")}, tried, given.lost)
    names = ids(given, list(things.values()))
    said = {id_: _told(given, tried, [answer for answer in tried.runs if _wrong(rule, key, answer, id_)]) for id_ in key}
    items = [{"id": names[id_], "text": given.line(things[id_]), "feedback": said[id_]} for id_ in key]
    return {"type": "order", "items": items} | ({} if rule == "absolute-position" else {"credit": rule}), tried


def _measured(rule: str, key: Answer) -> Callable[[Answer], Fraction]:
    if rule == "all-or-nothing":
        return lambda answer: Fraction(answer == key)
    return lambda answer: Fraction(sum(not _wrong(rule, key, answer, id_) for id_ in _judged(rule, key)), len(_judged(rule, key)))


def _judged(rule: str, key: Answer) -> Answer:
    return key[:-1] if rule == "relative-to-next" else key


def _wrong(rule: str, key: Answer, answer: Answer, id_: str) -> bool:
    if rule != "relative-to-next":
        return answer.index(id_) != key.index(id_)
    after = dict(pairwise(answer))
    return id_ != key[-1] and after.get(id_) != key[key.index(id_) + 1]


def _told(given: Given, tried: Tried, wrong: list[Answer]) -> str:
    """What is said in just those answers in which a thing is wrong."""
    common = tried.common
    shown = [one for one in (tried.runs[wrong[0]].said if wrong else ()) if one not in common]
    return lines(given, (one for one in shown if [answer for answer, run in tried.runs.items() if one in run.said] == wrong))
