"""The authors' guide says what is so: its questions are live, its YAML is theirs, its messages are those of `check`."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from quizzes import Faulty, load_bank
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "chapters" / "authors"
sys.path.insert(0, str(ROOT / "tests" / "types"))
# A slip of an author, one list beside the tests of each type: the question, what stands in its YAML, what is written
# instead, what `check` says.
SLIPS = [slip for name in TYPES for slip in getattr(import_module(f"test_{name.replace('-', '_')}"), "GUIDE_SLIPS", ())]
FENCE = re.compile(r"^```(\{?[a-z]+\}?) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

GENERAL = [  # slips that any type allows; the page of all types shows their messages
    ("last-into-nato", "prompt: |", "promt: |", "found key 'promt'; accepted: id, type, prompt, points, group, section, objective, level, explanation, "
                                                "language, sources, claims, hints, penalty, choices, shuffle"),
    ("last-into-nato", "id: last-into-nato", "id: Last_into_NATO", "found 'Last_into_NATO'; accepted: lower-case ASCII letters, digits and single hyphens"),
    ("last-into-nato", "objective: forums", "objective: forum", "found objective 'forum'; accepted: forums"),
    ("last-into-nato", "[nato-members]", "[nato]", "found source 'nato'; accepted: a key of references.bib"),
    ("last-into-nato", "[nato-members]", "[]", "found 0 in 'sources'; accepted: at least 1"),
    ("last-into-nato", "text: Croatia", "text: 2009", "found 2009; accepted: text (in quotes, if it looks like something else)"),
    ("mediator-after", "id: mediator-after", "id: mediator-before",
     "found question id 'mediator-before' a second time; accepted: each id once in a bank"),
]


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def fences(name: str, language: str) -> list[tuple[str, str]]:
    """(what follows the language, content) of every fenced block of a page in a language."""
    return [(rest, content) for found, rest, content in FENCE.findall(page(name)) if found == language]


def bank_of(name: str) -> Path:
    """The bank of the live question on a type's page."""
    return ROOT / "quizzes" / "bank" / f"guide-{name}.yml"


def questions() -> dict[str, dict]:
    return {question["id"]: question for name in TYPES for question in yaml.safe_load(bank_of(name).read_text(encoding="utf-8"))["questions"]}


def test_every_type_has_its_page_and_every_page_its_type():
    assert {path.stem for path in PAGES.glob("*.md")} == {*TYPES, "index", "behaviours", "exchange", "flaws", "languages"}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_yaml_on_a_page_is_that_of_the_live_question_below_it(name):
    asked = [arguments.split() for arguments, _ in fences(name, "{quiz}")]
    shown = [question for _, content in fences(name, "yaml") for question in yaml.safe_load(content)]
    assert asked == [[f"guide-{name}", *(question["id"] for question in shown)]]
    assert shown == [questions()[question["id"]] for question in shown]
    assert {question["type"] for question in shown} == {name}


def test_every_question_of_the_guides_bank_is_asked_on_a_page():
    asked = {id_ for name in TYPES for arguments, _ in fences(name, "{quiz}") for id_ in arguments.split()[1:]}
    assert asked == set(questions())


@pytest.mark.parametrize(("question", "before", "after", "message"), SLIPS + GENERAL)
def test_a_slip_is_answered_as_the_guide_says(tmp_path, question, before, after, message):
    source = bank_of(questions()[question]["type"])
    text = source.read_text(encoding="utf-8")
    at = text.index(f"  - id: {question}\n")
    end = text.find("\n  - id: ", at + 1) % len(text)
    assert before in text[at:end + 1]
    bank = tmp_path / "quizzes" / "bank" / source.name
    bank.parent.mkdir(parents=True)
    bank.write_text(text[:at] + text[at:end + 1].replace(before, after) + text[end + 1:], encoding="utf-8")
    for name in ("data", "references.bib"):  # what a bank points at
        (tmp_path / name).symlink_to(ROOT / name)
    with pytest.raises(Faulty) as error:
        load_bank(bank)
    assert [fault.message for fault in error.value.faults] == [message]
    assert f"`{message}`" in page("index" if (question, before, after, message) in GENERAL else questions()[question]["type"])


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_page_shows_the_messages_of_two_slips_or_more(name):
    assert len([slip for slip in SLIPS if questions()[slip[0]]["type"] == name]) >= 2


def test_the_bank_on_the_page_of_all_types_is_one(tmp_path):
    (tmp_path / "data").symlink_to(ROOT / "data")
    (_, content), *_ = fences("index", "yaml")
    (tmp_path / "economy.yml").write_text(content, encoding="utf-8")
    assert len(load_bank(tmp_path / "economy.yml")) == 1
