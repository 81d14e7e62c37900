"""Where a question sends the reader back to, and questions that one bank borrows from another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from bare_page import PAGE

from quizzes import Bank, Faulty, front_end, load_bank
from quizzes.drawing import draw_quiz

TRUE = {"type": "true-false", "group": "trade", "objective": "sums", "level": "remember", "prompt": "True or false? Two and two make four.",
        "answer": True, "feedback": {"right": "Yes.", "wrong": "Count again."}, "explanation": "Counted.", "sources": ["euclid"]}
SECTIONS = {"trade": {"title": "Who <trades>", "address": "economy.html#economy-trade"}, "roads": {"title": "Roads", "address": "#roads"}}


class Plain(yaml.SafeDumper):
    """Writes everything out; a bank has no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def store(folder: Path, name: str, questions: list[dict], **head: object) -> Path:
    path = folder / f"{name}.yml"
    text = yaml.dump({"title": name, "objectives": {"sums": "Count"}, **head, "questions": questions}, Dumper=Plain, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def economy(tmp_path) -> Bank:
    questions = [{"id": "four"} | TRUE, {"id": "five", "section": "roads"} | TRUE, {"id": "six"} | TRUE | {"group": "review"}]
    return load_bank(store(tmp_path, "economy", questions, sections=SECTIONS))


def faults(path: Path) -> list[str]:
    with pytest.raises(Faulty) as error:
        load_bank(path)
    return [f"{fault.line}: {fault.message}" for fault in error.value.faults]


def test_a_questions_own_section_goes_before_its_group(economy):
    assert [economy.section_of(question) and economy.section_of(question).title for question in economy] == ["Who <trades>", "Roads", None]


def test_an_answer_that_is_not_right_says_what_to_read_again(economy, tmp_path, open_page):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                quiz=draw_quiz(economy, economy, book="test", tools=True)), encoding="utf-8")
    page = open_page(file.as_uri())
    for id_, answer, says in [("four", "false", "Read again: Who <trades>"), ("four", "true", ""), ("five", "false", "Read again: Roads"), ("six", "false", "")]:
        form = page.locator(f"[data-quiz-question={id_}]")
        form.locator(f"input[value={answer}]").check()
        form.locator("[type=submit]").click()
        assert "".join(form.locator(".quiz-read-again").all_inner_texts()) == says
    assert page.locator("[data-quiz-question=five] .quiz-read-again a").get_attribute("href") == "#roads"


def test_a_notebook_names_the_section_without_a_link(economy):
    drawn = str(draw_quiz(economy, economy, book="notebook", tools=False))
    assert "Read again: Roads" in drawn and "#roads" not in drawn


def test_a_section_that_does_not_exist_and_an_address_that_runs_are_faults(tmp_path):
    path = store(tmp_path, "economy", [{"id": "four", "section": "rail"} | TRUE],
                 sections={"roads": {"title": "Roads", "address": "javascript:alert(1)"}})
    assert faults(path) == ["7: found 'javascript:alert(1)'; accepted: an address that begins with https:// or is a page of the book"]
    path = store(tmp_path, "economy", [{"id": "four", "section": "rail"} | TRUE], sections={"roads": {"title": "Roads", "address": "#roads"}})
    assert faults(path) == ["10: found section 'rail'; accepted: roads"]


def test_a_borrowed_question_is_asked_as_it_is_under_its_own_objective(economy, tmp_path):
    mixed = load_bank(store(tmp_path, "mixed", [{"id": "one"} | TRUE, {"borrow": "economy/five", "group": "mixed"}, {"borrow": "economy/six", "group": "mixed"}]))
    five = mixed["five"]
    assert [question.id for question in mixed.pick(group="mixed")] == ["five", "six"]
    assert (five.objective, mixed.objectives["economy-sums"]) == ("economy-sums", "Count")
    assert (mixed.section_of(five).address, mixed.section_of(mixed["six"])) == ("#roads", None)
    assert five.mark(True) == economy["five"].mark(True)
    assert [bank.path for bank in mixed.lenders] == [economy.path]


@pytest.mark.parametrize("borrow", ["economy/seven", "nowhere/four", "mixed/four", "chain/four", "broken/four"])
def test_what_cannot_be_borrowed_is_a_fault(economy, tmp_path, borrow):
    store(tmp_path, "broken", [{"id": "four"} | TRUE | {"answer": "maybe"}])
    store(tmp_path, "chain", [{"borrow": "economy/four", "group": "mixed"}])
    path = store(tmp_path, "mixed", [{"borrow": borrow, "group": "mixed"}])
    assert faults(path) == [f"5: found '{borrow}'; accepted: bank/question of a bank in this folder that has no fault and borrows nothing"]


def test_a_borrowed_id_that_the_bank_has_itself_is_a_fault(economy, tmp_path):
    path = store(tmp_path, "mixed", [{"id": "four"} | TRUE, {"borrow": "economy/four", "group": "mixed"}])
    assert [re.sub(r"^\d+: ", "", fault) for fault in faults(path)] == ["found question id 'four' a second time; accepted: each id once in a bank"]


def test_a_borrowed_question_is_named_bank_and_id(tmp_path):
    path = store(tmp_path, "mixed", [{"borrow": "four", "group": "mixed"}])
    assert faults(path) == ["5: found 'four'; accepted: bank/question, in lower-case ASCII letters, digits and single hyphens"]
