"""An answer in words: what the student picked, put in order or typed, as the question shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from quizzes.model import Part, Question, plain
from quizzes.picking import Picking, as_list
from quizzes.text import inline
from quizzes.words import words as words_of

LONGEST = 12_000  # characters of a text that is shown
WORDS = 6  # of a passage; of a longer one the first five are enough to find it again


def in_words(question: Question, answer: Any) -> list[Markup]:
    """An answer as lines of HTML; typed text is escaped. Nothing for none."""
    if answer is None or answer == "":
        return []
    names = names_of(question)
    if isinstance(answer, dict) and hasattr(question, "rubric"):
        answer = answer["text"]
    if isinstance(answer, dict):
        return [Markup("{} → {}").format(names.get(key, _gap(question, key)), _value(question, key, value, names))
                for key, value in _sorted(question, answer).items() if value is not None]
    if isinstance(answer, list):
        return [_one(question, one, names) for one in answer]
    return [_one(question, answer, names)]


def parts_of(question: Question, answer: Any) -> list[str]:
    """What each line of an answer's feedback is about, where a question has several parts, as a page names it; else nothing.

    A cloze says so itself.
    """
    if answer is None:
        return []
    if isinstance(question, Picking):
        picked = as_list(answer) if question.several else []
        return [_short(question.name_of(place), WORDS if question.type == "mark-text" else None) for place in question.places if place in picked]
    told, names = _tells_ids(question), names_of(question)
    return [_short(names[id_]) for id_ in told.mark(answer).feedback] if told else []


def _short(name: str, most: int | None = None) -> str:
    """A name without tags and without a full stop at its end, cut where it has more than so many words."""
    words = Markup(name).striptags().removesuffix(".").split(" ")
    return " ".join(words) if most is None or len(words) <= most else " ".join([*words[:most - 1], "…"])


def _tells_ids(question: Question) -> Question | None:
    """The question with the id of each item or choice as its feedback, if it has several: so the marking itself tells which ones it speaks of."""
    for field in ("items", "pairs", "cards", "events", "choices"):
        if (parts := getattr(question, field, None)) and question.type != "one-choice":
            told = tuple(part.model_copy(update={"feedback": part.id}) for part in parts)
            return question.drawn_by(question.lot).model_copy(update={field: told})
    return None


def names_of(question: Question) -> dict[str, Markup]:
    """What is shown for the ids of choices, items, cells, places: whatever a question has by an id."""
    return dict(_named(question)) | _drawn(question)


def _named(part: Part) -> Iterator[tuple[str, Markup]]:
    for field in type(part).model_fields:
        value = getattr(part, field)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Part):
                text = getattr(one, "text", None) or getattr(one, "label", None)
                if isinstance(text, str) and hasattr(one, "id") and not hasattr(one, "gaps"):
                    yield one.id, inline(text)
                if field not in ("gaps", "groups", "rubric", "cases"):
                    yield from _named(one)


def _drawn(question: Question) -> dict[str, Markup]:
    """Names that a question takes from elsewhere: the cells of its table, the places of its map."""
    table, outlines = getattr(question, "table", None), getattr(question, "_outlines", None)
    if table is not None:
        return {id_: inline(cell) for id_, cell in table.cells.items()}
    return {id_: Markup("{}").format(place.name) for id_, place in outlines.places.items()} if outlines is not None else {}


def _sorted(question: Question, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of an answer in the order in which the question has them."""
    order = list(getattr(question, "ids", ()))
    return dict(sorted(answer.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))


def _gap(question: Question, key: str) -> Markup:
    gaps = [gap.id for gap in getattr(question, "in_text", ())]
    number = str(gaps.index(key) + 1) if key in gaps else key
    return Markup("{}").format(words_of(question.language)["gap"].replace("{number}", number))


def _value(question: Question, key: str, value: Any, names: Mapping[str, Markup]) -> Markup:
    """What was put beside an item: a right side, a group, what stands in a gap, a year."""
    if isinstance(rights := getattr(question, "rights", None), dict):
        names = {id_: inline(text) for text, id_ in rights.items()}
    elif groups := getattr(question, "groups", None):
        names = {group.id: inline(group.text) for group in groups}
    elif gaps := getattr(question, "gaps", None):
        gap = next((gap for gap in gaps if gap.id == key), None)
        names = {choice.id: inline(choice.text) for choice in getattr(gap, "choices", ())}
    return _one(question, value, names)


def _one(question: Question, value: Any, names: Mapping[str, Markup]) -> Markup:
    words = words_of(question.language)
    if isinstance(value, bool):
        return Markup("{}").format(words["true" if value else "false"])
    if isinstance(value, int | float):
        return Markup("{}").format(f"{plain(value)}".replace(".", words["decimal"]))
    return names.get(value) or Markup("{}").format(value[:LONGEST])
