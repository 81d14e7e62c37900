"""The rules of spelling.py one by one; whole answers are in typed_answers.csv."""

from __future__ import annotations

import unicodedata

import pytest

from quizzes import spelling
from quizzes.spelling import NEARLY, NOTE, RIGHT, WRONG, compare, exact, folding, one_edit, read, spellings


def nearest(typed: str, form: str, language: str = "en") -> int:
    """How near a typed text is to an author's form, without Cyrillic being read as Latin."""
    fold = folding(form, language)
    return max(compare(reading, exact(form, fold), fold) for reading in read(typed, fold))


@pytest.mark.parametrize(("text", "turkish", "other"), [
    ("IĞDIR", "ığdır", "iğdir"), ("İSTANBUL", "istanbul", "istanbul"), ("i̇stanbul", "istanbul", "istanbul"), ("I\u0307zmir", "izmir", "izmir"),
])
def test_i_and_its_dot_follow_the_language(text, turkish, other):
    assert (exact(text, "tr"), exact(text, "")) == (turkish, other)


@pytest.mark.parametrize(("text", "language", "fold"), [
    ("Ankara", "tr", "tr"), ("Bakı", "az", "tr"), ("Ankara", "tr-CY", "tr"), ("Ankara", "en", ""), ("Iğdır", "en", "tr"), ("Ankara", "trv", ""),
])
def test_a_word_with_a_letter_that_only_turkish_has_is_folded_as_turkish(text, language, fold):
    assert folding(text, language) == fold


@pytest.mark.parametrize(("text", "form"), [
    ("  Novi \u00a0\u2003 Sad\n", "novi sad"), ("«Novi Sad».", "novi sad"), ("(Novi Sad!?)", "novi sad"), ("„Novi Sad“", "novi sad"),
    ("Novi\u00adSad", "novisad"), ("\u200eNis\u200f", "nis"), ("Ｎｉｓ", "nis"), ("ﬁrat", "firat"), ("Herzeg\u2010Bosna", "herzeg-bosna"),
    ("ΣΟΦΟΣ", "σοφοσ"), ("σοφός", "σοφόσ"), ("Ǆep", "džep"), ("Đorđe", "djordje"), ("Ðorðe", "djordje"), ("Ǵorče", "gjorče"), ("Ḱosta", "kjosta"),
    ("Ș", "ş"), ("...", ""), ("", ""), ("\ufeff", ""), ("😀", "😀"), ("Ⅻ", "Ⅻ"), ("شبه", "شبه"),
])
def test_case_width_and_what_stands_around_do_not_count(text, form):
    assert exact(text, "") == form


@pytest.mark.parametrize("text", ["İstanbul", "Çankaya", "Đakovica", "Θεσσαλονίκη", "Ἀθῆναι", "Скопје", "Ѓорче", "Târgu Mureș", "Ćuprija"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_form_of_unicode_is_the_same(text, form):
    assert exact(unicodedata.normalize(form, text), "") == exact(text, "")


@pytest.mark.parametrize(("typed", "form", "outcome"), [
    ("Cacak", "Čačak", NOTE), ("Čacak", "Čačak", NOTE), ("Ćaćak", "Čačak", NEARLY), ("Čaćak", "Čačak", NEARLY), ("Čačák", "Čačak", NEARLY),
    ("NoviSad", "Novi Sad", NOTE), ("Novi-Sad", "Novi Sad", NOTE), ("St Naum", "St. Naum", NOTE), ("Strasse", "Straße", NOTE), ("Aegaeis", "Ægæis", NOTE),
    ("Sarajvo", "Sarajevo", NEARLY), ("Sarrajevo", "Sarajevo", NEARLY), ("Sarajebo", "Sarajevo", NEARLY), ("Sarajveo", "Sarajevo", WRONG),
    ("Pirt", "Pirot", NEARLY), ("Pirost", "Pirot", NEARLY), ("Bor", "Bar", WRONG), ("Iran", "Iraq", WRONG), ("Nova Sad", "Novi Sad", WRONG),
    ("Novi Pazir", "Novi Pazar", NEARLY), ("Nova Pazir", "Novi Pazar", WRONG), ("World War II", "World War I", WRONG), ("Boeing737", "Boeing747", WRONG),
    ("", "Novi Sad", WRONG), ("Novi Sad Novi Sad", "Novi Sad", WRONG), ("N'Djamena", "N'Djamena", RIGHT), ("Ba", "Ba'ath", WRONG), ("Turkey's", "Turkey", RIGHT),
    ("İstanbul'dakilerden", "İstanbul", RIGHT), ("İstanbul'dakilerdenmiş", "İstanbul", WRONG), ("İstanbul'2", "İstanbul", WRONG), ("İstanbul’da.", "İstanbul", RIGHT),
])
def test_a_mark_left_off_is_forgiven_and_a_wrong_letter_is_nearly_right(typed, form, outcome):
    assert nearest(typed, form) == outcome


@pytest.mark.parametrize(("typed", "outcome"), [
    ("ΘΕΣΣΑΛΟΝΙΚΗ", RIGHT), ("Θεσσαλονικη", NOTE), ("Θεσσαλόνικη", NOTE), ("Θεσσαλονίκης", NEARLY), ("Thessaloniki", WRONG),
])
def test_greek_accents_are_forgiven_and_capitals_have_none(typed, outcome):
    assert nearest(typed, "Θεσσαλονίκη", "el") == outcome


@pytest.mark.parametrize(("text", "language", "forms"), [
    ("Sofia", "bg", [("Sofia", "sofia", True)]),
    ("София", "bg", [("София", "софия", True), ("Sofia", "sofia", True)]),
    ("Стара Загора", "bg", [("Стара Загора", "стара загора", True), ("Stara Zagora", "stara zagora", True)]),
    ("Щърково", "bg", [("Щърково", "щърково", True), ("Shtarkovo", "shtarkovo", True)]),
    ("Скопје", "mk", [("Скопје", "скопје", True), ("Skopje", "skopje", True)]),
    ("Љиг", "sr", [("Љиг", "љиг", True), ("Ljig", "ljig", True)]),
    ("Đakovo", "hr", [("Đakovo", "djakovo", True), ("Đakovo", "dakovo", False)]),
    ("Штип", "mk", [("Штип", "штип", True), ("Štip", "štip", True), ("Štip", "shtip", False)]),
    ("Târgu", "ro", [("Târgu", "târgu", True), ("Târgu", "tîrgu", False)]),
    ("Köln", "de", [("Köln", "köln", True), ("Köln", "koeln", False)]),
])
def test_a_form_stands_for_its_other_alphabet_and_its_other_spellings(text, language, forms):
    assert [(written, form, as_written) for written, form, _, as_written in spellings(text, language)] == forms


@pytest.mark.parametrize(("one", "other", "is_one"), [
    ("abc", "abd", True), ("abc", "ab", True), ("ab", "abc", True), ("abc", "xabc", True), ("abc", "acb", False), ("abc", "axyc", False), ("", "a", True),
])
def test_one_edit_is_a_letter_more_less_or_other(one, other, is_one):
    assert one_edit(one, other) is is_one


def test_the_table_holds_composed_text_and_every_letter_once():
    for name in ("read_as", "same", "plain"):
        letters = "".join(spelling.TABLE[name].values())
        assert len(letters) == len(set(letters))
    for table in spelling.TABLE["cyrillic"].values():
        assert all(len(letter) == 1 and unicodedata.is_normalized("NFC", letter + latin) for letter, latin in table.items())
