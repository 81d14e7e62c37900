"""The 41 claims: one table, and every chapter, bank and verdict agrees with it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from test_references import PACKS, bank, prose, runs

from quizzes import load_bank

ROOT = Path(__file__).parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
PASSAGE = re.compile(
    r"^\(claim-(?P<id>s\d\d)\)=\n### (?P<title>S\d\d): .+\n+\*\*Claim\.\*\* .+\n+\*\*Verdict: (?P<verdict>[a-z ]+)\.\*\*",
    re.MULTILINE,
)


def table() -> list[dict[str, str]]:
    with (ROOT / "data" / "claims.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CLAIMS = table()
each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])


@cache
def passages(chapter: str) -> dict[str, str]:
    """The claims that a chapter treats in due form, each with the verdict in its text."""
    path = ROOT / "chapters" / f"{chapter}.ipynb"
    if not path.exists():
        return {}
    found = list(PASSAGE.finditer(prose(path)))
    assert [one["title"].lower() for one in found] == [one["id"] for one in found]
    return {one["title"]: one["verdict"] for one in found}


@cache
def asked_about() -> Counter[str]:
    """How many questions of all banks bear on each claim; one that is borrowed counts where it is at home."""
    own = {path: {one.get("id") for one in bank(path)["questions"]} for path in BANKS}
    return Counter(claim for path in BANKS for one in load_bank(path) if one.id in own[path] for claim in one.claims)


def test_the_table_holds_every_claim_once_and_in_order():
    assert [claim["id"] for claim in CLAIMS] == [f"S{number:02}" for number in range(1, 42)]


@each_claim
def test_a_claim_is_treated_in_its_chapter_and_in_no_other(claim):
    chapters = {one["chapter"] for one in CLAIMS}
    assert [chapter for chapter in sorted(chapters) if claim["id"] in passages(chapter)] == [claim["chapter"]]


@each_claim
def test_the_verdict_in_the_text_is_the_one_in_the_table(claim):
    assert passages(claim["chapter"])[claim["id"]] == claim["verdict"]


@each_claim
def test_a_verdict_rests_on_sources_or_is_a_matter_of_judgement(claim):
    assert claim["source"].split() or claim["verdict"] == "a matter of judgement"


@each_claim
def test_two_questions_or_more_ask_about_a_claim(claim):
    assert asked_about()[claim["id"]] >= 2


def test_the_question_on_the_filters_has_the_answer_that_the_table_gives():
    shown = [claim for claim in CLAIMS if (claim["chapter"], claim["type"]) == ("security", "interpretation")]
    assert load_bank(ROOT / "quizzes" / "bank" / "weighing-the-argument.yml")["table-filters"].answer == len(shown)


def test_no_restated_claim_is_taken_from_the_notes():
    text = "\n\n".join(claim[column] for claim in CLAIMS for column in ("claim", "record"))
    assert {(pack.name, " ".join(run)) for pack in PACKS for run in runs(text) & runs(pack.read_text(encoding="utf-8"))} == set()


def test_only_what_others_ought_to_do_is_normative():
    """A recommendation cannot be looked up, so its verdict is a matter of judgement."""
    assert {claim["verdict"] for claim in CLAIMS if claim["type"] == "normative"} == {"a matter of judgement"}


def test_every_claim_leads_to_its_passage_and_to_a_question_on_it(site):
    folder = site / "chapters"
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    rows = re.findall(r'href="([a-z-]+\.html)#claim-(s\d\d)".*?href="([a-z-]+\.html)#quiz-([a-z0-9-]+)"', pages["weighing-the-argument.html"], re.DOTALL)
    assert len(rows) == 41
    for page, claim, asking, question in rows:
        assert f'id="claim-{claim}"' in pages[page], claim
        assert f'id="quiz-{question}"' in pages[asking], claim
