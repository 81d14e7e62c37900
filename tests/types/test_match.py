from __future__ import annotations

import html
import re
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import pytest
from bare_page import reload
from item_types import check, make_bank, pairs, signs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused, load_bank
from quizzes.drawing import draw_question
from quizzes.words import words

GUIDE = Path(__file__).parent.parent.parent / "quizzes" / "bank" / "guide-match.yml"

BANK = """
  - {id: capitals, type: match, prompt: Match., points: 3, ..., distractors: [Zagreb, Bar & Budva <coast>], pairs: [
      {id: alb, text: Albania, match: Tirana, match_id: tirana, feedback: Tirana is.},
      {id: mne, text: "Montenegro", match: Podgorica, feedback: Podgorica is.},
      {id: constructor, text: شبه جزيرة, match: Ljubljana, feedback: Ljubljana is.}]}
  - {id: strict, type: match, credit: all-or-nothing, prompt: Match., ..., distractors: [odd], pairs: [
      {id: two, text: "2", match: even, feedback: It can be halved.},
      {id: four, text: "4", match: even, feedback: It can be halved.},
      {id: "0", text: "0", match: nothing, match_id: "null", feedback: It is nothing.}]}
"""


def key(question) -> dict[str, str]:
    return {pair.id: question.rights[pair.match] for pair in question.pairs}


def test_every_pair_earns_an_equal_share_and_only_what_is_wrong_is_spoken_of(bank):
    question = bank["capitals"]
    right = key(question)
    assert (question.mark(right).points, question.mark(right).state, question.mark(right).feedback) == (3, "right", ())
    mark = question.mark({"alb": "tirana", "mne": "tirana"})
    assert (mark.points, mark.state, mark.feedback) == (1, "partly", ("Podgorica is.", "Ljubljana is."))
    assert (question.mark({}).points, question.mark({}).state) == (0, "wrong")
    assert question.mark(None).state == "unanswered"


def test_all_or_nothing_gives_no_part(bank):
    question = bank["strict"]
    assert question.mark(key(question)).points == 1
    assert question.mark({"two": question.rights["even"], "four": question.rights["even"]}).points == 0


def test_the_same_text_on_the_right_stands_there_once(bank):
    assert sorted(bank["strict"].rights) == ["even", "nothing", "odd"]
    assert sorted(bank["strict"].rights.values()) == ["a", "b", "null"]


def test_the_right_sides_keep_a_given_id_and_the_others_are_lettered_by_the_alphabet_which_tells_nothing_of_the_pairs(bank):
    rights = bank["capitals"].rights
    assert rights["Tirana"] == "tirana"
    assert {text: rights[text] for text in sorted(rights) if text != "Tirana"} == {"Bar & Budva <coast>": "a", "Ljubljana": "b", "Podgorica": "c", "Zagreb": "d"}
    assert list(rights) != ["Tirana", "Podgorica", "Ljubljana", "Zagreb", "Bar & Budva <coast>"]


@pytest.mark.parametrize(("answer", "found"), [
    ([], "a list"), ("alb", "text"), (True, "true or false"), (5, "a number"),
    ({"srb": "a"}, "a key that is no item ('srb')"),
    ({"alb": "e"}, "a value that is no place ('e')"),
    ({"alb": None}, "nothing in the object"), ({"alb": ["a"]}, "a list in the object"),
    ({"x" * 1_000_000: "a"}, f"a key that is no item ('{'x' * 40}')"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["capitals"].mark(answer)
    places = ", ".join(bank["capitals"].rights.values())
    assert str(error.value) == f"question 'capitals': found {found}; accepted: an object, alb, mne, constructor to {places}, or null"


@pytest.mark.parametrize(("before", "after", "message"), [
    ("id: mne", "id: alb", "8: found id 'alb' a second time; accepted: each id once in a question"),
    ("[Zagreb,", "[Tirana,", "6: found 'Tirana' a second time; accepted: a text that is no match and no other distractor"),
    ("match: Podgorica", "match: Tirana, match_id: other", "8: found another match_id for 'Tirana'; accepted: the same one wherever the text is the same"),
    ("match: Podgorica", "match: Podgorica, match_id: tirana", "8: found match_id 'tirana' for another text; accepted: one text an id"),
    ("distractors: [odd]", "distractors: []", "10: found 2 different right sides; accepted: three or more, distractors among them"),
])
def test_a_match_that_cannot_work_is_a_fault_with_its_line(tmp_path, before, after, message):
    assert before in BANK
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, BANK.replace(before, after))
    assert [f"{fault.line}: {fault.message}" for fault in error.value.faults] == [message]


def test_what_is_drawn_holds_no_feedback_and_every_list_box_is_the_same(bank):
    drawn = draw_question(bank["capitals"], 1)
    assert "Tirana is." not in drawn
    boxes = [box.split("</select>")[0].split("</option>", 1)[1] for box in drawn.split("<select")[1:]]
    assert len(boxes) == 3 and len(set(boxes)) == 1
    assert "Bar &amp; Budva &lt;coast&gt;</option>" in drawn


def test_page_and_python_mark_alike(open_page, address, bank):
    def answer(chance, id_):
        question = bank[id_]
        rights = [*question.rights.values()]
        return {pair: chance.choice([rights[0], chance.choice(rights), key(question)[pair]])
                for pair in chance.sample(question.ids, k=chance.randrange(4))}
    agree(open_page(address), bank, pairs(bank, answer))


def test_it_is_answered_by_keyboard_alone_and_kept_over_a_reload(open_page, address, bank):
    page = open_page(address)
    assert check(page, "capitals") == "Not answered yet"
    reload(page)
    for pair, text in (("alb", "Tirana"), ("mne", "Zagreb")):
        tab_to(page, f"[data-quiz-item={pair}] select")
        for _ in range([*bank["capitals"].rights].index(text) + 1):
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") == bank["capitals"].rights[text]
    assert check(page, "capitals") == "Partly right · 1 of 3\nMontenegro: Podgorica is.\nشبه جزيرة: Ljubljana is."
    assert signs(page, "capitals") == {"alb": "✓", "mne": "✗", "constructor": "✗"}
    reload(page)
    assert page.locator("[data-quiz-item=mne] select").input_value() == bank["capitals"].rights["Zagreb"]
    assert page.locator("[data-quiz-question=capitals] .quiz-state").inner_text() == "Partly right · 1 of 3"
    page.locator("[data-quiz-question=capitals] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=capitals] select").evaluate_all("(all) => all.map((box) => box.value)") == ["", "", ""]
    assert page.evaluate("document.activeElement.closest('[data-quiz-item]').dataset.quizItem") == "alb"
    assert signs(page, "capitals") == {}


def test_without_javascript_and_on_paper_both_sides_read(open_page, address):
    page = open_page(address, java_script_enabled=False)
    page.emulate_media(media="print")
    text = page.locator("[data-quiz-question=capitals]").inner_text()
    assert all(word in text for word in ("Albania", "Tirana", "Podgorica", "Zagreb", "Bar & Budva <coast>"))


def test_a_letter_on_paper_is_the_id_that_mark_takes():
    question = load_bank(GUIDE)["papers-on-kosovo"]
    listed = on_paper(question)
    assert listed == sorted(question.rights) and listed != [*question.rights]
    answer = {pair.id: ascii_lowercase[listed.index(pair.match)] for pair in question.pairs}
    assert question.mark(answer).state == "right"
    assert question.solution({})[0][0] == "Resolution 1244 of 1999 → D. UN Security Council"


def test_where_ids_are_an_authors_own_paper_letters_by_place_and_the_key_names_the_id(bank):
    question = bank["capitals"]
    assert on_paper(question) == [*question.rights]
    letter = ascii_uppercase[[*question.rights].index("Tirana")]
    assert question.solution({})[0][0] == f"Albania → {letter}. Tirana (<code>tirana</code>)"


def on_paper(question) -> list[str]:
    """The right sides in the order in which the list in print letters them."""
    return [html.unescape(text) for text in re.findall('<li dir="auto">(.*?)</li>', question.draw(words("en"), "field"))]


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("papers-on-kosovo", "[European Parliament]", "[UN Security Council]",
     "found 'UN Security Council' a second time; accepted: a text that is no match and no other distractor"),
    ("papers-on-kosovo", "        match: UN General Assembly\n", "",
     "found no 'match'; accepted: 'match' is needed beside id, text, feedback"),
]
