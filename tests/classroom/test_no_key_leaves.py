"""An assignment holds nothing of its key."""

from __future__ import annotations

import base64
import html
import json
import re
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from bare_page import guide_bank
from sealed_pages import ALL_BANKS, BANKS, sealed_of

from quizzes import Question, load_bank
from quizzes.classroom.handout import page
from quizzes.classroom.notebook import notebook
from quizzes.classroom.sealing import secret_of
from quizzes.types import TYPES

# What must not leave the teacher's machine

PRIVATE = {"feedback", "explanation", "hints", "model", "rubric"}  # keys whose texts only a mark shows


def texts(value: Any, private: bool = False) -> Iterator[str]:
    """Every text below a key that is private."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, private or key in PRIVATE)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, private)
    elif private and isinstance(value, str):
        yield value


def letters(text: str) -> str:
    """A text without whatever differs between two ways to write it down: Markdown, bare tags, spaces, escapes of signs, capitals."""
    return "".join(letter for letter in re.sub(r"</?[a-z]+ ?>", "", html.unescape(text)).casefold() if letter.isalnum())


def unpacked(text: str, depth: int = 0) -> Iterator[str]:
    """A text, and whatever is hidden in it: escaped as JSON, as base64, compressed, in hexadecimal."""
    yield text
    if "\\u" in text or '\\"' in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text).replace('\\"', '"').replace("\\n", " ")
    if depth == 3:
        return
    runs = re.findall(r"[A-Za-z0-9+/_-]{16,}={0,2}", text) + ["".join(run.split()) for run in re.findall(r"(?:[A-Za-z0-9+/]{60,}={0,2}\s+){2,}", text)]
    for run in runs:
        for content in decoded(run):
            yield from unpacked(content, depth + 1)


def decoded(run: str) -> Iterator[str]:
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    tries = [base64.b64decode(body[cut:] + "=" * (-len(body[cut:]) % 4)) for cut in range(4) if len(body[cut:]) % 4 != 1]
    tries += [bytes.fromhex(run)] if re.fullmatch("(?:[0-9a-fA-F]{2})+", run) else []
    for data in tries:
        for way in (lambda data: data, zlib.decompress, lambda data: zlib.decompress(data, -15), lambda data: zlib.decompress(data, 31)):
            try:
                yield way(data).decode("utf-8")
            except (zlib.error, UnicodeDecodeError):
                continue


def haystack(*files: str) -> str:
    """All that two files say, in letters and digits; and the same backwards."""
    whole = " ".join(letters(text) for file in files for text in unpacked(file))
    return whole + " " + whole[::-1]


def given_away(questions: tuple[Question, ...], *files: str) -> list[str]:
    """The private texts of some questions that can be found in files."""
    hay = haystack(*files)
    public = letters(" ".join(str(value) for question in questions for value in public_texts(question.model_dump(mode="json"))))
    secrets = {text for question in questions for text in texts(question.model_dump(mode="json"))}
    telling = {text for text in secrets if len(letters(text)) >= 8 and letters(text) not in public}
    assert len(telling) >= len(questions)
    return [text for text in telling if letters(text) in hay]


def public_texts(value: Any, key: str = "") -> Iterator[str]:
    if key in PRIVATE:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from public_texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from public_texts(inner, key)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", ALL_BANKS, ids=lambda path: path.stem)
def test_no_feedback_explanation_hint_or_rubric_of_any_bank_is_in_what_students_get(path):
    bank = load_bank(path)
    sealed = sealed_of(bank.questions)
    assert given_away(bank.questions, page(sealed), notebook(sealed)) == []


@pytest.mark.parametrize("hide", [
    lambda text: text, lambda text: json.dumps(text), lambda text: html.escape(text), lambda text: text[::-1], lambda text: text.upper(),
    lambda text: base64.b64encode(text.encode()).decode(), lambda text: "xy" + base64.b64encode(text.encode()).decode(),
    lambda text: base64.b64encode(zlib.compress(text.encode())).decode(), lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(), lambda text: text.encode().hex(),
    lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text), lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: base64.b64encode(text[::-1].encode()).decode(), lambda text: "<b>" + text.replace(" ", "</b> <b>") + "</b>",
], ids=range(15))
def test_a_text_that_were_hidden_in_it_would_be_found(hide):
    bank = guide_bank()
    explanation = bank.questions[0].explanation
    sealed = page(sealed_of(bank.questions)).replace("</main>", f"<i data-x='{hide(explanation)}'></i></main>")
    assert given_away(bank.questions, sealed) == [explanation]


# What marks an answer makes no difference to what students get

def turned(things: list) -> list:
    return things[1:] + things[:1]


def with_another_key(item: dict[str, Any]) -> dict[str, Any]:
    """A question of which only what is private differs: another key, other feedback, another explanation."""
    item = json.loads(json.dumps(item))
    kind = item["type"]
    if kind in ("one-choice", "many-choices", "choice"):
        keys = turned([{key: choice.pop(key) for key in ("correct", "grade") if key in choice} for choice in item["choices"]])
        item["choices"] = [choice | key for choice, key in zip(item["choices"], keys, strict=True)]
    if kind == "true-false":
        item["answer"] = not item["answer"]
    if kind == "number":
        item |= {"answer": item["answer"] * 3 + 1, "tolerance": 7, "cases": [{"answer": 5, "feedback": "No."}]}
    if kind in ("short-text", "text"):
        item |= {"answer": "Qwertz", "accept": ["Asdf"], "cases": [{"answer": "Yxcv", "feedback": "No."}], "nearly": 0.5}
    if kind == "order":
        item["items"] = turned(item["items"])
    if kind == "match":
        rights = turned([{key: pair.pop(key) for key in ("match", "match_id") if key in pair} for pair in item["pairs"]])
        item["pairs"] = [pair | right for pair, right in zip(item["pairs"], rights, strict=True)]
    if kind == "classify":
        groups = [group["id"] for group in item["groups"]]
        for card in item["cards"]:
            card["group"] = groups[(groups.index(card["group"]) + 1) % len(groups)]
        item["cards"] = turned(item["cards"])
    if kind == "timeline":
        for event in item["events"]:
            event["year"] = item["from"] + (event["year"] * 7) % (item["to"] - item["from"])
        item |= {"events": turned(item["events"]), "near": 40}
    if kind in ("hotspot", "locate", "mark-text"):
        places = TYPES[kind].model_validate({"language": "en"} | item, context={"folder": BANKS}).places
        count = len(item["answer"]) if isinstance(item["answer"], list) else 1
        answer = [place for place in places if place not in item["answer"]][:count]
        item |= {"answer": answer if len(answer) == count else list(places[-count:]), "feedback": {place: "So." for place in places}}
    if kind == "cloze":
        item["gaps"] = [with_another_key(gap) for gap in item["gaps"]]
    if kind == "open-answer":
        item |= {"model": "Another one.", "rubric": [{"id": "all", "text": "All of it", "points": item.get("points", 1)}]}
    if "prompt" in item:  # no gap
        item |= {"explanation": "Otherwise.", "hints": ["Think."], "sources": ["elsewhere"], "claims": ["S99"], "level": "evaluate", "objective": "another"}
        item["penalty"] = 0.5
    return without_feedback(item)


def without_feedback(value: Any) -> Any:
    """Every feedback says something else."""
    if isinstance(value, dict):
        return {key: ({part: "Else." for part in inner} if isinstance(inner, dict) else "Else.") if key == "feedback" else without_feedback(inner)
                for key, inner in value.items()}
    return [without_feedback(inner) for inner in value] if isinstance(value, list) else value


@cache
def guide_items() -> dict[str, dict[str, Any]]:
    return {question.id: question.model_dump(mode="json", exclude_defaults=True) | {"type": question.type} for question in guide_bank()}


@pytest.mark.parametrize("id_", list(guide_items()))
def test_a_question_with_another_key_looks_the_same_to_students(id_):
    item = guide_items()[id_]
    cls = TYPES[item["type"]]
    one, other = (cls.model_validate({"language": "en"} | made, context={"folder": BANKS}) for made in (item, with_another_key(item)))
    assert one.marking_part() != other.marking_part() or item["type"] == "survey"
    alike = 0
    for secret in "abcdef":
        pages = [sealed_of((question,), secret) for question in (one, other)]
        alike += all(look(pages[0]) == look(pages[1]) for look in (page, notebook, lambda sealed: sealed.questions[0].accepts))
    assert alike >= 4  # an order is drawn anew where it would be the key's own: this happens to one of the two now and then
    if item["type"] not in ("order", "match", "classify", "timeline"):
        assert alike == 6


def test_students_see_orders_that_hang_on_what_only_the_teacher_has():
    bank = guide_bank()
    shown = {re.findall(r'data-quiz-item="([^"]*)"', str(sealed_of(bank.questions, secret).draw(how="assignment-how"))).__str__() for secret in "abcdef"}
    assert len(shown) == 6
    assert len({secret_of(questions, 1) for questions in (bank.questions, tuple(reversed(bank.questions)))} | {secret_of(bank.questions, 2)}) == 3


def test_the_right_answer_stands_in_no_place_more_often_than_in_another():
    order = next(question for question in guide_bank() if question.type == "order")
    key = [item.id for item in order.items]
    drawn = [order.drawn_by(str(n)).ids for n in range(2000)]
    assert tuple(key) not in drawn  # all the others are as likely
    counts = [drawn.count(one) for one in set(drawn)]
    assert len(counts) == 23 and min(counts) > 50
