"""Items that are answered by picking, as questions of a bank: choices, passages, cells of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.exchange.qti.answers import Tried, best_rule, ids, try_all
from quizzes.exchange.qti.given import Box, Given, without
from quizzes.exchange.rebuilding import MOST_PASSAGES, Keys, Said, Unasked
from quizzes.exchange.rebuilding import choices as rebuilt
from quizzes.picking import CREDIT, OTHER
from quizzes.words import languages
from quizzes.words import words as words_of

MOST_TRIED = 6  # things of which every set is tried


def choices(given: Given, box: Box) -> tuple[Keys, Tried]:
    """A list to choose from: a statement, a survey, one choice or many."""
    things = box.things("simpleChoice")
    if not 2 <= len(things) <= MOST_PASSAGES:
        raise Unasked(f"{len(things)} choices, of 2 to {MOST_PASSAGES}")
    tried = try_all(given, {one.get("identifier"): {box.name: [one.get("identifier")] if box.several else one.get("identifier")} for one in things})
    if "quiz-survey" in box.element.get("class", "").split() or (given.top == 0 and not box.several):
        return _survey(given, things, tried), tried
    if not box.several and (keys := _statement(given, things, tried)):
        return keys, tried
    key = _key(box, tried)
    options = [Said(text=given.line(one), share=_share(box, tried, one, key), feedback=tried.feedback(one.get("identifier"))) for one in things]
    keys, losses = rebuilt(options, several=box.several)
    given.lost += losses
    if box.several:
        keys |= _credit(given, box, [one.get("identifier", "") for one in things], key)
    if keys["type"] == "mark-text":
        return _renamed(keys, list(ids(given, things).values())), tried
    for choice, id_ in zip(keys["choices"], ids(given, things).values(), strict=True):
        choice["id"] = id_
    return keys | ({} if box.element.get("shuffle") == "true" else {"shuffle": False}), tried


def _renamed(keys: Keys, names: list[str]) -> Keys:
    """A question of passages under other ids."""
    to = {passage["id"]: id_ for passage, id_ in zip(keys["text"], names, strict=True)}
    answer = keys["answer"]
    return keys | {"text": [passage | {"id": to[passage["id"]]} for passage in keys["text"]],
                   "answer": [to[id_] for id_ in answer] if isinstance(answer, list) else to[answer],
                   "feedback": {to[id_]: text for id_, text in keys["feedback"].items()}}


def _key(box: Box, tried: Tried) -> list[str]:
    """What is right: what is declared to be, else what earns something."""
    return list(box.correct) or [id_ for id_ in tried.runs if tried.share(id_) > 0]


def _share(box: Box, tried: Tried, thing: Element, key: list[str]) -> Fraction:
    """What a choice adds. Of an item that gives nothing to any single one, what the key says is believed."""
    id_, whole = thing.get("identifier"), Fraction(1, len(key) or 1)
    if box.several:
        return whole if id_ in key else -whole
    if not any(tried.share(other) > 0 for other in tried.runs):
        return whole if id_ in key else Fraction(0)
    return tried.share(id_)


def _survey(given: Given, things: list[Element], tried: Tried) -> Keys:
    scale = [{"id": id_, "text": given.line(one)} for one, id_ in zip(things, ids(given, things).values(), strict=True)]
    for point, one in zip(scale, things, strict=True):
        if feedback := tried.feedback(one.get("identifier")):
            point["feedback"] = feedback
    return {"type": "survey", "points": 0, "about": "", "moment": "before", "scale": scale}


def _statement(given: Given, things: list[Element], tried: Tried) -> Keys | None:
    """True and false by their identifiers, or by their words in any language of the interface; None for other choices."""
    if len(things) != 2:
        return None
    found = {_truth(given, one): one.get("identifier") for one in things}
    if set(found) != {True, False} or {tried.share(id_) for id_ in found.values()} != {Fraction(0), Fraction(1)}:
        return None
    answer = tried.share(found[True]) == 1
    return {"type": "true-false", "answer": answer, "feedback": {"right": tried.feedback(found[answer]), "wrong": tried.feedback(found[not answer])}}


def _truth(given: Given, thing: Element) -> bool | None:
    said = {thing.get("identifier", "").lower(), given.line(thing).strip().lower()}
    for value in (True, False):
        if said & {words_of(language)[str(value).lower()].lower() for language in languages()} or str(value).lower() in said:
            return value
    return None


def _credit(given: Given, box: Box, identifiers: list[str], key: list[str]) -> Keys:
    """By which rule a part of the key is marked; nothing where it is the usual one."""
    tried = try_all(given, {picked: {box.name: list(picked)} for picked in _sets(identifiers, key)})
    rules = {name: _counting(rule, set(key)) for name, rule in CREDIT.items()}
    rule = best_rule(rules, tried, given.lost)
    return {} if rule == "multiple-choice" else {"credit": rule}


def _counting(rule: Any, key: set[str]) -> Any:
    return lambda picked: rule(len(key & set(picked)), len(set(picked) - key), len(key))


def _sets(identifiers: list[str], key: list[str]) -> Iterable[tuple[str, ...]]:
    """Every set of a few things; of many, every set of some right and wrong ones, the key, and all."""
    some = identifiers if len(identifiers) <= MOST_TRIED else [*key[:4], *[id_ for id_ in identifiers if id_ not in key][:2]]
    return dict.fromkeys([*(picked for n in range(len(some) + 1) for picked in combinations(some, n)), tuple(key), tuple(identifiers)])


def hot(given: Given, box: Box) -> tuple[Keys, Tried]:
    """Text or a table in which something can be picked."""
    things = box.things("hottext")
    tried = try_all(given, {one.get("identifier"): {box.name: [one.get("identifier")] if box.several else one.get("identifier")} for one in things})
    table = box.element.find(".//table")
    shown, names = _table(given, table) if table is not None and table.find(".//hottext") is not None else _passages(given, box)
    return shown | _picking(given, box, names, tried), tried


def _picking(given: Given, box: Box, names: Mapping[str, str], tried: Tried) -> Keys:
    """The key, the feedback and the rule of a question of places; `names` is their ids by identifier."""
    key = [id_ for id_ in names if id_ in _key(box, tried)]
    if not key:
        raise Unasked("nothing to pick is right")
    said = {id_: tried.feedback(id_) for id_ in names}
    wrong = [said[id_] for id_ in names if id_ not in key and said[id_]]
    usual = max(wrong, key=wrong.count) if wrong and wrong.count(max(wrong, key=wrong.count)) > 1 else None
    feedback = {names[id_]: text for id_, text in said.items() if text and (id_ in key or text != usual)}
    if usual or not all(said.values()):
        feedback[OTHER] = usual or ""  # to be filled in
    answer = [names[id_] for id_ in key]
    credit = _credit(given, box, list(names), key) if len(key) > 1 else {}
    return {"answer": answer if len(answer) > 1 else answer[0], "feedback": feedback} | credit


def _passages(given: Given, box: Box) -> tuple[Keys, dict[str, str]]:
    """A text in pieces: those that can be marked, and what stands between."""
    names = ids(given, box.things("hottext"))
    copy = without(box.element, *box.element.findall("prompt"))
    pieces: list[Any] = []

    def walk(element: Element) -> None:
        run.append(element.text or "")
        for child in element:
            if child.tag == "hottext":
                flush()
                pieces.append({"id": names[child.get("identifier", "")], "text": given.line(child)})
            elif child.find(".//hottext") is not None:
                walk(child)
            else:
                run.append(child)
            run.append(child.tail or "")

    def flush() -> None:
        holder = copy.makeelement("p", {})
        for part in run:
            _append(holder, part)
        if text := given.line(holder):
            pieces.append(text)
        run.clear()

    run: list[Any] = []
    walk(copy)
    flush()
    return {"type": "mark-text", "text": pieces}, names


def _append(holder: Element, part: Any) -> None:
    if not isinstance(part, str):
        made = without(part)
        made.tail = None
        holder.append(made)
    elif len(holder):
        holder[-1].tail = (holder[-1].tail or "") + part
    else:
        holder.text = (holder.text or "") + part


def _table(given: Given, table: Element) -> tuple[Keys, dict[str, str]]:
    """A table in whose cells something can be picked; one of bars is known by its class."""
    caption = next((given.line(one) for one in table.iter("caption")), "")
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if "quiz-bars" in table.get("class", "").split():
        return _bars(given, rows, caption)
    if table.find("thead") is None and any(cell.find("hottext") is not None for cell in rows[0]):
        rows.insert(0, [Element("th") for _ in rows[0]])
    texts = [[given.line(*(list(cell.iter("hottext")) or [cell])) for cell in row] for row in rows]
    names = {hot.get("identifier", ""): f"r{r}c{c}" for r, row in enumerate(rows) for c, cell in enumerate(row, 1) for hot in cell.iter("hottext")}
    usual = {f"r{r}c{c}" for r, row in enumerate(texts) for c, text in enumerate(row, 1) if r and c > 1 and text.strip()}
    some = {"choices": list(names.values())} if set(names.values()) != usual else {}
    return {"type": "hotspot", "table": {"caption": caption or "–", "columns": texts[0], "rows": texts[1:]}} | some, names


def _bars(given: Given, rows: list[list[Element]], caption: str) -> tuple[Keys, dict[str, str]]:
    unit = [given.line(row[-1]) for row in rows if row and row[0].find("hottext") is None]
    names = ids(given, [hot for row in rows for hot in row[0].iter("hottext")])
    items = [{"id": names[hot.get("identifier", "")], "label": given.line(hot), "value": float("".join(row[-1].itertext()) or "nan")}
             for row in rows for hot in row[0].iter("hottext")]
    return {"type": "hotspot", "bars": {"caption": caption or "–"} | ({"unit": unit[0]} if unit else {}) | {"items": items}}, names
