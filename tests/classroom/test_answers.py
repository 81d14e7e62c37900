"""An answer is shown as the question shows it, whatever its type, and typed text stays text."""

from __future__ import annotations

import random
from typing import Any

import pytest
from bare_page import guide_bank

from quizzes import Question
from quizzes.classroom.answers import in_words, names_of, parts_of
from quizzes.classroom.simulate import right_answer, wrong_answer
from quizzes.text import inline
from quizzes.types import TYPES

EVIL = "<script>alert(1)</script>"


def an_answer(question: Question) -> Any:
    """Some answer that a question of this type can have; what is typed is hostile."""
    match question.type:
        case "true-false":
            return False
        case "number" | "short-text" | "open-answer":
            return EVIL
        case "order":
            return list(question.ids)
        case "match":
            return dict.fromkeys(question.ids, next(iter(question.rights.values())))
        case "classify":
            return dict.fromkeys(question.ids, question.groups[0].id)
        case "timeline":
            return {event.id: event.year for event in question.events}
        case "cloze":
            return {gap.id: gap.choices[0].id if gap.type == "choice" else EVIL for gap in question.gaps}
        case "one-choice" | "survey":
            return question.ids[0]
        case "many-choices":
            return list(question.ids)
    return list(question.places[:2]) if question.several else question.places[0]


@pytest.mark.parametrize("question", list(guide_bank()), ids=lambda question: question.id)
def test_every_type_shows_an_answer_in_words_and_not_in_ids(question):
    answer = an_answer(question)
    question.mark(answer)
    lines = in_words(question, answer)
    assert lines and all(line.strip() for line in lines)
    assert not any("<script" in line for line in lines)
    ids = set(names_of(question)) - {name.striptags() for name in names_of(question).values()}
    assert not ids & {word for line in lines for word in str(line).split(" → ")}


@pytest.mark.parametrize("type_", ["match", "classify", "timeline"])
def test_an_item_that_is_called_text_is_an_item(type_):
    question = next(one for one in guide_bank() if one.type == type_)
    items = {"match": "pairs", "classify": "cards", "timeline": "events"}[type_]
    first, *others = getattr(question, items)
    renamed = question.model_copy(update={items: (first.model_copy(update={"id": "text"}), *others)})
    assert [line.split(" → ")[0] for line in in_words(renamed, {"text": an_answer(renamed)["text"]})] == [names_of(renamed)["text"]]


def test_every_type_is_tried():
    assert {question.type for question in guide_bank()} == set(TYPES)


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_no_answer_is_no_line(nothing):
    assert in_words(next(iter(guide_bank())), nothing) == []


@pytest.mark.parametrize("question", list(guide_bank()), ids=lambda question: question.id)
def test_every_line_of_feedback_on_one_of_several_parts_has_the_part(question):
    chance = random.Random(1)
    for answer in (wrong_answer(question, chance), right_answer(question, chance)):
        named, said = parts_of(question, answer), question.mark(answer).feedback
        several = question.type in ("order", "match", "classify", "timeline", "many-choices") or isinstance(answer, list)
        assert len(named) == (len(said) if several else 0)


def test_a_part_is_named_as_a_page_names_it():
    one = {question.type: question for question in guide_bank()}
    events = one["timeline"].ids
    years = {event.id: event.year for event in one["timeline"].events}
    assert parts_of(one["timeline"], years | {events[1]: one["timeline"].span[0]}) == [
        next(inline(event.text).striptags() for event in one["timeline"].events if event.id == events[1])]
    assert parts_of(one["locate"], ["ROU", "SRB"] if one["locate"].several else one["locate"].answer[0]) == (["Romania", "Serbia"] if one["locate"].several else [])
