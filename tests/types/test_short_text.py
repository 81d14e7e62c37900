from __future__ import annotations

import random
import unicodedata

import pytest
from bare_page import reload
from item_types import check, make_bank, tab_to
from test_front_end import WRONG_SHAPES, agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

BANK = """
  - {id: igdir, type: short-text, prompt: Which?, points: 2, ..., answer: Iğdır, text_language: tr, nearly: 0.5,
     feedback: {right: "Yes.", wrong: "No."}, cases: [{answer: Ardahan, credit: 0.25, feedback: It lies to the north.}, {answer: Iğdırlı, feedback: That is a person.}]}
  - {id: port, type: short-text, prompt: Which?, ..., answer: Thessaloniki, accept: [Selanik, Θεσσαλονίκη, Солун], text_language: el,
     feedback: {right: "Yes.", wrong: "No <b>."}, cases: [{answer: Kavala, feedback: Further east.}]}
  - {id: skopje, type: short-text, prompt: Which?, ..., answer: Skopje, text_language: mk, feedback: {right: "Yes.", wrong: "No."}}
  - {id: sofia, type: short-text, prompt: Which?, ..., answer: София, text_language: bg, feedback: {right: "Yes.", wrong: "No."}}
  - {id: dakovica, type: short-text, prompt: Which?, ..., answer: Đakovica, accept: [Gjakovë, R&R <3], text_language: sr, feedback: {right: "Yes.", wrong: "No."}}
"""
NEARLY = "Nearly. Look at the spelling again, letter by letter."
PIECES = ["I", "İ", "ı", "i", "ğ", "g", "G", "Ğ", "d", "ı", "r", "s", "ş", "S", "a", "n", "l", "u", "k", "o", "e", "T", "h", "Σ", "ς", "σ", "θ", "Θ", "ε", "έ", "α",
          "ο", "ν", "ί", "ϊ", "Ἀ", "ͅ", "С", "о", "л", "у", "н", "ф", "и", "ия", "й", "и\u0306", "я", "к", "п", "ј", "е", "ђ", "Ѓ", "ќ", "Љ", "џ", "Đ", "đ", "ð", "Dj",
          "ë", "č", "ć", "ḱ", "ß", "ẞ", "ﬁ", "ﬀ", "ǆ", "ŉ", "ſ", "æ", "Œ", "ø", "ł", "ＩＧ", "ｇ", "５", "1", "9", "\u0307", "\u0306", "\u0301", "\u0327", "\u0323", "\u0335",
          " ", "\u00a0", "\u2003", "\t", "\n", "'", "’", "ʼ", "´", "`", "-", "–", "\u00ad", "\u200d", "\u200f", "\u2066", "\ufeff", "\ufe0f", ".", ",", "…", "«", "„", "“", "(", "/", "½", "²", "ª", "¨",
          "😀", "🇹🇷", "👩\u200d🚀", "ⅷ", "شبه", "\u0660", "漢", "\u1e9b\u0323", "\U0001d400", "\U0001ccd6", "\u1c89", "\ua7dc", "Å", "K", "\x85", "\x1c", "\u2028", "\u180e", "\x00", "\ud800", "<b>", "__proto__"]
KEYS = ["Iğdır", "IĞDIR", "iğdır", "Igdir", "Ardahan", "Selanik", "Thessaloniki", "Θεσσαλονίκη", "ΘΕΣΣΑΛΟΝΙΚΗ", "Солун", "Kavala", "Skopje", "Скопје", "София", "Sofia",
        "Đakovica", "Djakovica", "Dakovica", "Ђаковица", "Gjakovë", "Gjakova", "R&R <3", "Iğdır'da", "Солун’да"]


def typed_texts(seed: int, how_many: int) -> list[str]:
    """Texts around the keys: whole, bent by a few letters, in another form of Unicode or case, or of pieces alone."""
    chance = random.Random(seed)
    texts = []
    for _ in range(how_many):
        text = chance.choice([*KEYS, ""])
        for _ in range(chance.choice([0, 1, 1, 2, 3, 7])):
            place = chance.randrange(len(text) + 1)
            text = text[:place] + chance.choice([*PIECES, ""]) + text[place + chance.randrange(2):]
        text = unicodedata.normalize(chance.choice(["NFC", "NFD", "NFKC", "NFKD"]), text)
        texts.append(chance.choice([str, str.upper, str.lower, str.title, str.swapcase])(text))
    return texts


@pytest.mark.parametrize(("id_", "answer", "points", "state", "feedback"), [
    pytest.param("igdir", "ığdır", 2, "right", ("Yes.",), id="as it is written"),
    pytest.param("igdir", "Igdir", 2, "right", ("Yes.", 'We write it: <b lang="tr">Iğdır</b>'), id="on a keyboard without its letters"),
    pytest.param("igdir", "iğdır", 1, "partly", (NEARLY,), id="a wrong letter, for half the points"),
    pytest.param("igdir", "Ardahan", 0.5, "partly", ("It lies to the north.",), id="a known confusion"),
    pytest.param("igdir", "ARDAHAN'da", 0.5, "partly", ("It lies to the north.",), id="a known confusion in another form"),
    pytest.param("igdir", "Ardahen", 0, "wrong", ("No.",), id="nearly a known confusion"),
    pytest.param("igdir", "Iğdırlı", 0, "wrong", ("That is a person.",), id="a confusion that is near the key"),
    pytest.param("igdir", "Kars", 0, "wrong", ("No.",), id="something else"),
    pytest.param("igdir", "", 0, "wrong", ("No.",), id="an empty text"),
    pytest.param("igdir", None, 0, "unanswered", (), id="nothing"),
    pytest.param("port", "SELANİK", 1, "right", ("Yes.",), id="a dotted capital I is an i in every language"),
    pytest.param("port", "Солун", 1, "right", ("Yes.",), id="another alphabet"),
    pytest.param("port", "Θεσσαλονικη", 1, "right", ("Yes.", 'We write it: <b lang="el">Θεσσαλονίκη</b>'), id="without its accent"),
    pytest.param("port", "Салоники", 0, "wrong", ("No &lt;b&gt;.",), id="a name that the author does not list"),
    pytest.param("port", "Кавала", 0, "wrong", ("No &lt;b&gt;.",), id="Cyrillic where the author lists Cyrillic"),
    pytest.param("skopje", "Скопје", 1, "right", ("Yes.",), id="Cyrillic for Latin"),
    pytest.param("sofia", "Sofia", 1, "right", ("Yes.",), id="Latin for Cyrillic"),
    pytest.param("dakovica", "Djakovica", 1, "right", ("Yes.",), id="Dj for Đ"),
    pytest.param("dakovica", "Dakovica", 1, "right", ("Yes.", 'We write it: <b lang="sr">Đakovica</b>'), id="d for đ"),
    pytest.param("dakovica", "R&R3", 0, "wrong", ("No.",), id="signs count"),
])
def test_the_form_that_a_text_is_nearest_to_gives_the_mark(bank, id_, answer, points, state, feedback):
    mark = bank[id_].mark(answer)
    assert (mark.points, mark.state, mark.feedback) == (points, state, feedback)


@pytest.mark.parametrize(("answer", "found"), [
    ([], "a list"), (True, "true or false"), ({"a": 1}, "an object"), (7, "a number"), ("x" * 201, "text of more than 200 characters"),
    ("x" * 1_000_000, "text of more than 200 characters"), ("a\x00", "text with a character that nobody can type"),
    ("\ud800", "text with a character that nobody can type"),
])
def test_another_shape_is_refused(bank, answer, found):
    with pytest.raises(Refused) as error:
        bank["igdir"].mark(answer)
    assert str(error.value) == f"question 'igdir': found {found}; accepted: text of at most 200 characters, or null"


@pytest.mark.parametrize(("before", "after", "message"), [
    ("[Selanik,", "[thessaloniki,", "8: found 'thessaloniki', which counts as the same as 'Thessaloniki'; accepted: each form once"),
    ("answer: Iğdırlı", "answer: ığdır", "7: found 'ığdır', which counts as the same as 'Iğdır'; accepted: each form once"),
    ("[Selanik,", '["?!",', "8: found '?!'; accepted: text with a letter or a digit"),
    ("text_language: tr", "text_language: Turkish", "6: found 'Turkish'; accepted: a language's code, like tr or bg"),
    ("answer: Skopje", "answer: 1912", "10: found 1912; accepted: text (in quotes, if it looks like something else)"),
    ("nearly: 0.5", "nearly: 2", "6: found 2; accepted: less than or equal to 1"),
])
def test_a_question_that_cannot_work_is_a_fault_with_its_line(tmp_path, before, after, message):
    assert before in BANK
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, BANK.replace(before, after))
    assert [f"{fault.line}: {fault.message}" for fault in error.value.faults] == [message]


def test_what_the_author_lists_goes_before_another_spelling_of_the_answer(tmp_path):
    listed = make_bank(tmp_path, """
  - {id: mine, type: short-text, prompt: Which?, ..., answer: Đakovica, accept: [Dakovica], text_language: sr, feedback: {right: "Yes.", wrong: "No."}}
  - {id: case, type: short-text, prompt: Which?, ..., answer: Đakovica, text_language: sr, feedback: {right: "Yes.", wrong: "No."},
     cases: [{answer: Dakovica, feedback: Not in this town.}]}
""")
    assert listed["mine"].mark("Dakovica").feedback == ("Yes.",)
    assert listed["case"].mark("Dakovica").feedback == ("Not in this town.",)
    assert listed["case"].mark("Djakovica").state == "right"


def test_what_is_drawn_holds_no_key(bank):
    for question in bank:
        html = draw_question(question, 1) + str(question.public_part())
        assert not [text for text in (question.answer, *question.accept, question.feedback.right) if text in html]


def test_page_and_python_mark_alike_whatever_is_typed(open_page, address, bank):
    texts = typed_texts(1, 5_000)
    pairs = [(list(bank)[n % len(bank)].id, text) for n, text in enumerate(texts)]
    outcomes = {(mark.state, len(mark.feedback)) for id_, text in pairs if not bank[id_].found_wrong(text) for mark in [bank[id_].mark(text)]}
    assert outcomes == {("right", 1), ("right", 2), ("partly", 1), ("wrong", 1)}  # the texts meet every rule
    agree(open_page(address), bank, pairs + [(question.id, shape) for question in bank for shape in WRONG_SHAPES])


def test_page_and_python_read_every_letter_alike(open_page, address, bank):
    letters = [chr(code) for code in [*range(0x600), *range(0x1D00, 0x2100), *range(0xFB00, 0xFB10), *range(0xFF00, 0x10000),
                                       *range(0x600, 0x1D00, 9), *range(0x2100, 0xFB00, 99), *range(0x10000, 0x1F000, 99)]]
    agree(open_page(address), bank, [(id_, form) for letter in letters for id_, form in (("igdir", f"{letter}Iğd{letter}ır"), ("sofia", f"Соф{letter}я"))])


def test_it_is_answered_by_keyboard_alone_and_kept_over_a_reload(open_page, address):
    page = open_page(address)
    assert check(page, "igdir") == "Not answered yet"
    reload(page)
    tab_to(page, "[data-quiz-question=igdir] input")
    page.keyboard.type("Igdir'da")
    assert check(page, "igdir") == "Right · 2 of 2\nYes.\nWe write it: Iğdır"
    tab_to(page, "[data-quiz-question=skopje] input")
    page.keyboard.type("Скопие")
    page.keyboard.press("Enter")
    assert page.locator("[data-quiz-question=skopje] .quiz-feedback").inner_text() == NEARLY
    reload(page)
    assert page.locator("[data-quiz-question=igdir] input").input_value() == "Igdir'da"
    assert page.locator("[data-quiz-question=igdir] .quiz-state").inner_text().endswith("Right · 2 of 2")
    page.locator("[data-quiz-question=igdir] [data-quiz-do=again]").click()
    assert page.locator("[data-quiz-question=igdir] input").input_value() == ""
    assert page.evaluate("document.activeElement.matches('[data-quiz-question=igdir] input')")


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("second-summit", "answer: Novi Sad", "answer: Karadjordjevo",
     "found 'Karadjordjevo', which counts as the same as 'Karađorđevo'; accepted: each form once"),
    ("second-summit", "text_language: sr", "text_language: Serbian", "found 'Serbian'; accepted: a language's code, like tr or bg"),
]
