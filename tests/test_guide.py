"""The authors' guide says what is so: its questions are live, its YAML is theirs, its messages are those of `check`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from quizzes import Faulty, load_bank
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "chapters" / "authors"
GUIDE = ROOT / "quizzes" / "bank" / "guide.yml"
FENCE = re.compile(r"^```(\{?[a-z]+\}?) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# A slip of an author: the question, what stands in its YAML, what is written instead, what `check` says.
SLIPS = [
    ("last-into-nato", "text: Montenegro\n", "text: Montenegro\n        correct: true\n",
     "found 2 choices with 'correct: true'; accepted: exactly one"),
    ("last-into-nato", "        correct: true\n", "", "found no choice with 'correct: true'; accepted: exactly one"),
    ("last-into-nato", "        feedback: Croatia joined in 2009, together with Albania.\n", "",
     "found no 'feedback'; accepted: 'feedback' is needed beside id, text"),
    ("seecp-from-the-start", "points: 2", "credit: all", "found 'all'; accepted: 'multiple-choice', 'ou-multiple-response' or 'all-or-nothing'"),
    ("seecp-from-the-start", "        correct: true\n", "", "found no choice with 'correct: true'; accepted: one or more"),
    ("court-and-statehood", "answer: false", "answer: wrong", "found 'wrong'; accepted: true or false"),
    ("court-and-statehood", "      right: Yes,", "      rigth: Yes,", "found key 'rigth'; accepted: right, wrong"),
    ("alignment-2015", "answer: 40\n", "answer: 40 %\n", "found '40 %'; accepted: a number, like 12 or 12.5"),
    ("alignment-2015", "answer: 60\n        tolerance: 0.5", "answer: 60\n        tolerance: half",
     "found 'half'; accepted: a number of 0 or more, like 2.5, or per cent in quotes, like \"5 %\""),
    ("second-summit", "answer: Novi Sad", "answer: Karadjordjevo",
     "found 'Karadjordjevo', which counts as the same as 'Karađorđevo'; accepted: each form once"),
    ("second-summit", "text_language: sr", "text_language: Serbian", "found 'Serbian'; accepted: a language's code, like tr or bg"),
    ("first-meeting-in-gaps", "{youngest}", "{newest}", "found '{newest}'; accepted: the id of a gap: city, guests, youngest"),
    ("first-meeting-in-gaps", "{guests}", "six", "found '{guests}' 0 times in the text; accepted: once"),
    ("into-the-eu", "id: bulgaria", "id: greece",
     "found id 'greece' a second time; accepted: each id once in a question"),
    ("into-the-eu", "explanation:", "credit: partial\n    explanation:",
     "found 'partial'; accepted: 'absolute-position', 'relative-to-next' or 'all-or-nothing'"),
    ("papers-on-kosovo", "[European Parliament]", "[UN Security Council]",
     "found 'UN Security Council' a second time; accepted: a text that is no match and no other distractor"),
    ("papers-on-kosovo", "        match: UN General Assembly\n", "",
     "found no 'match'; accepted: 'match' is needed beside id, text, feedback"),
    ("fact-statement-view", "group: view", "group: opinion", "found group 'opinion'; accepted: fact, statement, view"),
    ("fact-statement-view", "    groups:\n", "    gruops:\n",
     "found key 'gruops'; accepted: id, type, prompt, points, group, section, objective, level, explanation, language, sources, claims, "
     "groups, cards, credit"),
    ("no-recognition", "[BIH, GRC, ROU, SRB]", "[BIH, GRE, ROU, SRB]",
     "found 'GRE'; accepted: ALB, BIH, BGR, HRV, GRC, MNE, MKD, ROU, SRB, SVN, TUR"),
    ("no-recognition", "      other: This state has recognised Kosovo; most in the region did so in 2008.\n", "",
     "found no feedback for 'ALB'; accepted: one for every place, or 'other' for the rest"),
    ("no-recognition", "outlines.json", "outline.json",
     "found no file '../../data/outline.json'; accepted: a TopoJSON or GeoJSON file, its path from the bank's folder"),
    ("popular-outside-nato", "answer: [kosovo, bosnia]", "answer: [kosovo, bih]",
     "found 'bih'; accepted: kosovo, albania, north-macedonia, bosnia, montenegro, serbia"),
    ("popular-outside-nato", "value: 82}", "value: 82 %}", "found '82 %'; accepted: a number"),
    ("years-of-kosovo", "year: 2025", "year: 2035", "found 2035; accepted: a year from 2005 to 2026"),
    ("years-of-kosovo", "near: 2\n", "near: 1\n", "found 1; accepted: more than the tolerance of 'summit', 1"),
    ("what-the-platform-lacks", "points: 3", "points: 4", "found criteria worth 3 points in all; accepted: 4, as 'points' says"),
    ("what-the-platform-lacks", "      - id: against\n", "      - id: for\n", "found id 'for' a second time; accepted: each id once in a question"),
    ("mediator-before", "about: mediator", "points: 1\n    about: mediator", "found 1; accepted: 0"),
    ("mediator-before", "    about: mediator\n", "",
     "found no 'about'; accepted: 'about' is needed beside id, type, prompt, group, objective, level, explanation, sources, moment, scale"),
    ("mediator-before", "moment: before", "moment: during", "found 'during'; accepted: 'before' or 'after'"),
]
GENERAL = [  # slips that any type allows; the page of all types shows their messages
    ("last-into-nato", "prompt: |", "promt: |", "found key 'promt'; accepted: id, type, prompt, points, group, section, objective, level, explanation, "
                                                "language, sources, claims, choices"),
    ("last-into-nato", "id: last-into-nato", "id: Last_into_NATO", "found 'Last_into_NATO'; accepted: lower-case ASCII letters, digits and single hyphens"),
    ("last-into-nato", "objective: forums", "objective: forum", "found objective 'forum'; accepted: forums, record, reading, judging"),
    ("last-into-nato", "[nato-members]", "[nato]", "found source 'nato'; accepted: a key of references.bib"),
    ("last-into-nato", "[nato-members]", "[]", "found 0 in 'sources'; accepted: at least 1"),
    ("last-into-nato", "text: Croatia", "text: 2009", "found 2009; accepted: text (in quotes, if it looks like something else)"),
    ("seecp-from-the-start", "id: seecp-from-the-start", "id: last-into-nato",
     "found question id 'last-into-nato' a second time; accepted: each id once in a bank"),
]


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def fences(name: str, language: str) -> list[tuple[str, str]]:
    """(what follows the language, content) of every fenced block of a page in a language."""
    return [(rest, content) for found, rest, content in FENCE.findall(page(name)) if found == language]


def questions() -> dict[str, dict]:
    return {question["id"]: question for question in yaml.safe_load(GUIDE.read_text(encoding="utf-8"))["questions"]}


def with_a_slip(question: str, before: str, after: str) -> str:
    """A bank of the guide's first question and this one, in which something else is written."""
    head, first, *rest = re.split(r"(?m)^(?=  - id: )", GUIDE.read_text(encoding="utf-8"))
    (found,) = [part for part in (first, *rest) if part.startswith(f"  - id: {question}\n")]
    assert before in found
    return head + (first if found != first else "") + found.replace(before, after)


def test_every_type_has_its_page_and_every_page_its_type():
    assert {path.stem for path in PAGES.glob("*.md")} == {*TYPES, "index", "flaws"}


def test_the_guides_bank_asks_a_question_of_every_type():
    assert {question.type for question in load_bank(GUIDE)} == set(TYPES)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_yaml_on_a_page_is_that_of_the_live_question_below_it(name):
    asked = [arguments.split() for arguments, _ in fences(name, "{quiz}")]
    shown = [question for _, content in fences(name, "yaml") for question in yaml.safe_load(content)]
    assert asked == [["guide", *(question["id"] for question in shown)]]
    assert shown == [questions()[question["id"]] for question in shown]
    assert {question["type"] for question in shown} == {name}


def test_every_question_of_the_guides_bank_is_asked_on_a_page():
    asked = {id_ for name in TYPES for arguments, _ in fences(name, "{quiz}") for id_ in arguments.split()[1:]}
    assert asked == set(questions())


@pytest.mark.parametrize(("question", "before", "after", "message"), SLIPS + GENERAL)
def test_a_slip_is_answered_as_the_guide_says(tmp_path, question, before, after, message):
    bank = tmp_path / "quizzes" / "bank" / "guide.yml"
    bank.parent.mkdir(parents=True)
    bank.write_text(with_a_slip(question, before, after), encoding="utf-8")
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
