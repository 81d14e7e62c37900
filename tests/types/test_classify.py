from __future__ import annotations

import re

import pytest
from bare_page import reload
from item_types import check, make_bank, pairs, signs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

BANK = """
  - {id: sort, type: classify, prompt: Fact or view?, points: 2, ...,
     groups: [{id: fact, text: Fact}, {id: said, text: Attributed}, {id: view, text: "View <of> & one"}], cards: [
      {id: joined, text: Albania joined NATO in 2009., group: fact, feedback: It is on record.},
      {id: area, text: شبه جزيرة البلقان, group: fact, feedback: It is a name.},
      {id: minister, text: "The minister said that *trade* doubled.", group: said, feedback: Somebody says it.},
      {id: constructor, text: "The Balkans are the most beautiful corner of Europe.", group: view, feedback: Who could check it?}]}
  - {id: strict, type: classify, credit: all-or-nothing, prompt: Odd or even?, ...,
     groups: [{id: "null", text: Odd}, {id: "0", text: Even}], cards: [
      {id: "2", text: "2", group: "0", feedback: It can be halved.},
      {id: "10", text: "10", group: "0", feedback: It can be halved.},
      {id: "3", text: "3", group: "null", feedback: It cannot be halved.}]}
"""
KEY = {"joined": "fact", "area": "fact", "minister": "said", "constructor": "view"}


@pytest.mark.parametrize(("answer", "points", "state"), [
    pytest.param(KEY, 2, "right", id="every card in its group"),
    pytest.param(KEY | {"minister": "fact"}, 1.5, "partly", id="one in another"),
    pytest.param({"area": "fact"}, 0.5, "partly", id="the others left out"),
    pytest.param({"area": "view", "joined": "said"}, 0, "wrong", id="none in its own"),
    pytest.param({}, 0, "wrong", id="an object of nothing"),
    pytest.param(None, 0, "unanswered", id="nothing"),
])
def test_every_card_in_its_group_earns_an_equal_share(bank, answer, points, state):
    mark = bank["sort"].mark(answer)
    assert (mark.points, mark.state) == (points, state)


def test_feedback_is_that_of_the_cards_in_other_groups_or_in_none(bank):
    assert bank["sort"].mark(KEY | {"minister": "fact"}).feedback == ("Somebody says it.",)
    assert set(bank["sort"].mark({"joined": "fact", "area": "said"}).feedback) == {"It is a name.", "Somebody says it.", "Who could check it?"}


def test_all_or_nothing_gives_no_part(bank):
    assert bank["strict"].mark({"2": "0", "3": "null", "10": "0"}).points == 1
    assert bank["strict"].mark({"2": "0", "3": "null"}).points == 0


def test_the_cards_are_never_drawn_in_the_order_of_the_bank(bank):
    assert set(bank["sort"].ids) == set(KEY)
    assert list(bank["sort"].ids) != list(KEY)
    html = draw_question(bank["sort"], 1)
    assert sorted(bank["sort"].ids, key=lambda id_: html.index(f'data-quiz-item="{id_}"')) == list(bank["sort"].ids)
    assert bank["sort"].public_part()["items"] == bank["sort"].ids


def test_what_is_drawn_holds_no_feedback_and_the_same_groups_for_every_card(bank):
    html = draw_question(bank["sort"], 1)
    assert "on record" not in html and "checked" not in html
    groups = {re.sub(' name="[^"]*"', "", card.split('class="quiz-groups">')[1].split("</div>")[0]) for card in html.split("<fieldset")[2:]}
    assert len(groups) == 1
    assert "View &lt;of&gt; &amp; one" in html


@pytest.mark.parametrize(("answer", "found"), [
    (["fact"], "a list"), ("fact", "text"), (False, "true or false"), (1.5, "a number"),
    ({"fact": "joined"}, "a key that is no item ('fact')"),
    ({"joined": "facts"}, "a value that is no place ('facts')"),
    ({"joined": {"fact": 1}}, "an object in the object"), ({"joined": True}, "true or false in the object"),
    ({"z": 1, "b": 2}, "a key that is no item ('b')"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["sort"].mark(answer)
    assert str(error.value) == (f"question 'sort': found {found}; accepted: an object, {', '.join(bank['sort'].ids)} "
                                "to fact, said, view, or null")


@pytest.mark.parametrize(("before", "after", "message"), [
    ("group: said", "group: says", "10: found group 'says'; accepted: fact, said, view"),
    ("id: area", "id: joined", "9: found id 'joined' a second time; accepted: each id once in a question"),
    ("{id: said,", "{id: fact,", "7: found id 'fact' a second time; accepted: each id once in a question"),
    (', {id: "0", text: Even}', "", "13: found 1 in 'groups'; accepted: at least 2"),
])
def test_a_sorting_that_cannot_work_is_a_fault_with_its_line(tmp_path, before, after, message):
    assert before in BANK
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, BANK.replace(before, after))
    assert f"{error.value.faults[0].line}: {error.value.faults[0].message}" == message


def test_page_and_python_mark_alike(open_page, address, bank):
    def answer(chance, id_):
        question = bank[id_]
        return {card: chance.choice(question.places) for card in chance.sample(question.ids, k=chance.randrange(len(question.ids) + 1))}
    agree(open_page(address), bank, pairs(bank, answer))


def test_it_is_answered_by_keyboard_alone_and_kept_over_a_reload(open_page, address):
    page = open_page(address)
    assert check(page, "sort") == "Not answered yet"
    reload(page)
    for card in sorted(KEY, key=lambda id_: page.locator(".quiz-card").evaluate_all("(all) => all.map((card) => card.dataset.quizItem)").index(id_)):
        if card != "constructor":
            tab_to(page, f"[data-quiz-item={card}] input")
            page.keyboard.press("Space")
            if card == "area":
                page.keyboard.press("ArrowDown")
    said = check(page, "sort").splitlines()
    assert said[0] == "Partly right · 0.5 of 2"
    assert sorted(said[1:]) == sorted(["شبه جزيرة البلقان: It is a name.", "The minister said that trade doubled: Somebody says it.",
                                       "The Balkans are the most beautiful corner of Europe: Who could check it?"])
    assert signs(page, "sort") == {"joined": "✓", "area": "✗", "minister": "✗", "constructor": "✗"}
    reload(page)
    assert page.locator("[data-quiz-item=area] input:checked").input_value() == "said"
    assert page.locator("[data-quiz-item=constructor] input:checked").count() == 0
    assert signs(page, "sort") == {"joined": "✓", "area": "✗", "minister": "✗", "constructor": "✗"}
    page.locator("[data-quiz-question=sort] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=sort] input:checked").count() == 0
    assert page.evaluate("document.activeElement.type") == "radio"


def test_a_card_from_right_to_left_is_laid_out_from_the_right(open_page, address):
    page = open_page(address)
    assert page.locator("[data-quiz-item=area] legend").evaluate("(legend) => getComputedStyle(legend).direction") == "rtl"
    assert page.locator("[data-quiz-item=joined] legend").evaluate("(legend) => getComputedStyle(legend).direction") == "ltr"


def test_without_javascript_every_card_and_group_reads(open_page, address):
    text = open_page(address, java_script_enabled=False).locator("[data-quiz-question=sort]").inner_text()
    assert all(words in text for words in ("Albania joined NATO in 2009.", "Attributed", "View <of> & one"))


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("fact-statement-view", "group: view", "group: opinion", "found group 'opinion'; accepted: fact, statement, view"),
    ("fact-statement-view", "    groups:\n", "    gruops:\n",
     "found key 'gruops'; accepted: id, type, prompt, points, group, section, objective, level, explanation, language, sources, claims, hints, penalty, "
     "groups, cards, credit"),
]
