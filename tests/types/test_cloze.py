from __future__ import annotations

import random

import pytest
from bare_page import reload
from item_types import REST, bend, check, make_bank, tab_to
from test_front_end import WRONG_SHAPES, agree, numbers
from test_short_text import NEARLY, typed_texts

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

BANK = """
  - id: meeting
    type: cloze
    prompt: Fill in.
    points: 3
    ...
    text: |
      The first round of *{guest}* was in **{city}**, and {states} states came; the city
      is not far from [the sea](https://example.org/ "A title, no {gap}").
    gaps:
      - id: city
        type: text
        answer: İstanbul
        text_language: tr
        nearly: 0.5
        feedback: {right: "Yes <b>.", wrong: Look at the map.}
        cases: [{answer: Ankara, credit: 0.25, feedback: It is the capital.}]
      - id: states
        type: number
        answer: 7
        unit: states
        feedback: {right: Seven., wrong: Count again.}
      - id: guest
        type: choice
        choices:
          - {id: platform, text: "the *Platform* & <co>", correct: true, feedback: Its first.}
          - {id: summit, text: the Summit, grade: 33.33333, feedback: A part of it.}
          - {id: constructor, text: the Quartet, feedback: There is none.}
  - id: table
    type: cloze
    prompt: Fill in.
    ...
    text: |
      | State | Capital |
      | ----- | ------- |
      | Serbia | {srb} |
      | North Macedonia | {mkd} |
      | Bulgaria | {constructor} |
    gaps:
      - {id: srb, type: text, answer: Beograd, accept: [Belgrade], text_language: sr, feedback: {right: Yes., wrong: No.}}
      - {id: mkd, type: text, answer: Skopje, text_language: mk, feedback: {right: Yes., wrong: No.}}
      - {id: constructor, type: text, answer: София, text_language: bg, nearly: 0.3, feedback: {right: Yes., wrong: No.}}
""".replace("    ...\n", "".join(f"    {line}\n" for line in REST.split(", ")))


@pytest.mark.parametrize(("answer", "points", "state", "feedback"), [
    pytest.param({"guest": "platform", "city": "İstanbul", "states": "7"}, 3, "right",
                 ("<b>Gap 1</b>: Its first.", "<b>Gap 2</b>: Yes &lt;b&gt;.", "<b>Gap 3</b>: Seven."), id="all right"),
    pytest.param({"city": "Istanbul'da"}, 1, "partly", ("<b>Gap 2</b>: Yes &lt;b&gt;.", '<b>Gap 2</b>: We write it: <b lang="tr">İstanbul</b>'),
                 id="one gap, with a note"),
    pytest.param({"city": "İstambul", "states": 7}, 1.5, "partly", (f"<b>Gap 2</b>: {NEARLY}", "<b>Gap 3</b>: Seven."), id="nearly and a JSON number"),
    pytest.param({"guest": "summit"}, 0.33333, "partly", ("<b>Gap 1</b>: A part of it.",), id="a choice that is partly right"),
    pytest.param({"city": "Ankara", "guest": "summit", "states": "many"}, 0.58333, "partly",
                 ("<b>Gap 1</b>: A part of it.", "<b>Gap 2</b>: It is the capital.",
                  "<b>Gap 3</b>: This cannot be read as a number. Write it like 12.5, 12,5 or 1 250."), id="parts add up"),
    pytest.param({"city": "Kars"}, 0, "wrong", ("<b>Gap 2</b>: Look at the map.",), id="wrong"),
    pytest.param({}, 0, "wrong", (), id="an object with nothing in it"),
    pytest.param(None, 0, "unanswered", (), id="nothing"),
])
def test_every_gap_earns_an_equal_share_by_the_rules_of_its_type(bank, answer, points, state, feedback):
    mark = bank["meeting"].mark(answer)
    assert (mark.points, mark.state, mark.feedback) == (points, state, feedback)


@pytest.mark.parametrize(("answer", "found"), [
    ([], "a list"), ("city", "text"), (True, "true or false"), (5, "a number"),
    ({"town": "a"}, "a key that is no gap ('town')"), ({"x" * 1_000_000: "a"}, f"a key that is no gap ('{'x' * 40}')"),
    ({"city": 5}, "a number in gap 'city'"), ({"city": None}, "nothing in gap 'city'"), ({"city": "x" * 201}, "text of more than 200 characters in gap 'city'"),
    ({"guest": "quartet"}, "an id that is no choice ('quartet') in gap 'guest'"), ({"states": ["7"]}, "a list in gap 'states'"),
    ({"states": float("nan")}, "a number without end in gap 'states'"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["meeting"].mark(answer)
    assert str(error.value) == f"question 'meeting': found {found}; accepted: an object, city, states, guest to what stands there, or null"


@pytest.mark.parametrize(("before", "after", "message"), [
    ("**{city}**", "**{town}**", "15: found '{town}'; accepted: the id of a gap: city, states, guest"),
    ("**{city}**", "**city**", "19: found '{city}' 0 times in the text; accepted: once"),
    ("**{city}**", "**{city}** {city}", "19: found '{city}' 2 times in the text; accepted: once"),
    ("id: states", "id: city", "26: found id 'city' a second time; accepted: each id once in a question"),
    ("type: number", "type: slider", "26: found type 'slider'; accepted: choice, text, number"),
    ("        type: number\n", "", "26: found no 'type'; accepted: choice, text, number"),
    ("answer: İstanbul", "answr: İstanbul", "21: found key 'answr'; accepted: id, type, language, answer, accept, text_language, nearly, feedback, cases"),
    ("answer: 7", "answer: seven", "28: found 'seven'; accepted: a number, like 12 or 12.5"),
    ("correct: true, ", "", "33: found no choice with 'correct: true'; accepted: exactly one"),
    ("feedback: {right: Seven., wrong: Count again.}", "points: 2", "30: found key 'points'; accepted: id, type, language, answer, tolerance, unit, also, feedback, cases"),
    ("nearly: 0.5", "accept: [istanbul]", "23: found 'istanbul', which counts as the same as 'İstanbul'; accepted: each form once"),
])
def test_a_text_that_cannot_be_filled_in_is_a_fault_with_its_line(tmp_path, before, after, message):
    assert before in BANK
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, BANK.replace(before, after, 1))
    assert message in [f"{fault.line}: {fault.message}" for fault in error.value.faults]


def test_what_is_drawn_holds_no_key_and_no_gap_inside_a_tag(bank):
    html = draw_question(bank["meeting"], 1)
    assert not [text for text in ("İstanbul", "Look at the map.", "Its first.") if text in html + str(bank["meeting"].public_part())]
    assert 'title="A title, no {gap}"' in html
    assert "the Platform &amp; &lt;co&gt;</option>" in html
    assert html.index("meeting-guest") < html.index("meeting-city") < html.index("meeting-states")  # as they stand in the text
    assert html.index('"Gap 1"') < html.index('"Gap 2"') < html.index('"Gap 3"')


def test_page_and_python_mark_alike(open_page, address, bank):
    chance = random.Random(1)
    texts, amounts = typed_texts(2, 4_000), numbers(3, 400)
    names = ["İstanbul", "Istanbul", "ıstanbul", "Ankara", "İstambul'da", "Београд", "Beograd", "Skopje", "Скопие", "София", "Sofiya"]
    answers = []
    for _ in range(1_000):
        answers.append(("meeting", {"city": chance.choice([*names, chance.choice(texts)]), "states": chance.choice(["7", 7, "7,0", chance.choice(amounts)]),
                                    "guest": chance.choice(bank["meeting"].gaps[2].ids)}))
        answers.append(("table", {id_: chance.choice([*names, chance.choice(texts)]) for id_ in chance.sample(bank["table"].ids, k=chance.randrange(4))}))
    pairs = answers + [(id_, bend(chance, answer)) for id_, answer in answers] + [(q.id, shape) for q in bank for shape in WRONG_SHAPES]
    agree(open_page(address), bank, pairs)


def signs(page) -> dict[str, str]:
    return page.locator("[data-quiz-question=meeting]").evaluate("""(form) => Object.fromEntries(
      [...form.querySelectorAll('[data-mark]')].map((gap) => [gap.dataset.quizItem,
        getComputedStyle(gap.querySelector('.quiz-name'), '::after').content.replace(/[" ]/g, '')]))""")


def test_it_is_answered_by_keyboard_alone_and_kept_over_a_reload(open_page, address):
    page = open_page(address)
    assert check(page, "meeting") == "Not answered yet"
    reload(page)
    tab_to(page, "[data-quiz-item=guest] select")
    page.keyboard.type("the P")
    tab_to(page, "[data-quiz-item=city] input")
    page.keyboard.type("Istanbul")
    tab_to(page, "[data-quiz-item=states] input")
    page.keyboard.type("8")
    assert check(page, "meeting") == ("Partly right · 2 of 3\nGap 1: Its first.\nGap 2: Yes <b>.\nGap 2: We write it: İstanbul\nGap 3: Count again.")
    assert signs(page) == {"guest": "✓", "city": "✓", "states": "✗"}
    reload(page)
    assert page.locator("[data-quiz-item=guest] select").input_value() == "platform"
    assert page.locator("[data-quiz-item=city] input").input_value() == "Istanbul"
    assert signs(page) == {"guest": "✓", "city": "✓", "states": "✗"}
    page.locator("[data-quiz-question=meeting] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=meeting] :is(select, input)").evaluate_all("(all) => all.map((box) => box.value)") == ["", "", ""]
    assert page.evaluate("document.activeElement.closest('label').dataset.quizItem") == "guest"
    assert signs(page) == {}


def test_without_javascript_and_on_paper_the_choices_of_a_list_box_read(open_page, address):
    page = open_page(address, java_script_enabled=False)
    page.emulate_media(media="print")
    assert "1: the Platform & <co> / the Summit / the Quartet" in page.locator("[data-quiz-question=meeting]").inner_text()


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("first-meeting-in-gaps", "{youngest}", "{newest}", "found '{newest}'; accepted: the id of a gap: city, guests, youngest"),
    ("first-meeting-in-gaps", "{guests}", "six", "found '{guests}' 0 times in the text; accepted: once"),
]
