"""A hand-in is hostile until it is read: every way to break one is refused in a sentence, and nothing in it is run."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from a_class import as_notebook, hand_in, to_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.classroom.collecting import Found
from quizzes.classroom.handin import Unfit, read_hand_in, same_name
from quizzes.classroom.specification import HAND_IN, clean_name, clean_number, shown

AT = datetime(2026, 5, 8, 20, 0, tzinfo=UTC)


def read(monday, content, file="a.json", time=AT):
    return read_hand_in(Found(file=file, content=content if isinstance(content, bytes) else to_bytes(content), time=time), monday)


def refused(monday, content, **more) -> str:
    with pytest.raises(Unfit) as said:
        read(monday, content, **more)
    return str(said.value)


def test_a_hand_in_is_read(monday):
    whole = hand_in(monday, 3)
    found = read(monday, whole)
    assert (found.name, found.number, found.as_typed, found.late) == (whole["name"], "2023-0003", "2023/0003", False)
    assert found.answers == {id_: whole["answers"].get(id_) for id_ in monday.specification.questions}


@pytest.mark.parametrize("change", [lambda content: b"\xef\xbb\xbf" + content, lambda content: content.decode().encode("utf-16"), lambda content: b"\n " + content])
def test_what_a_mail_program_does_to_a_text_is_forgiven(monday, change):
    assert read(monday, change(to_bytes(hand_in(monday, 3)))).number == "2023-0003"


@pytest.mark.parametrize("wrap", [
    as_notebook,
    lambda value: to_bytes({"nbformat": 4, "cells": [], "metadata": {HAND_IN: value}}),
    lambda value: to_bytes({"nbformat": 4, "metadata": {}, "cells": [{"metadata": {HAND_IN: value}}]}),
    lambda value: to_bytes({"nbformat": 4, "metadata": {}, "cells": [{"outputs": [{"data": {"application/json": {HAND_IN: value}}}]}]}),
], ids=["output's metadata", "metadata", "cell's metadata", "output's data"])
def test_a_notebook_hands_in_what_it_holds(monday, wrap):
    assert read(monday, wrap(hand_in(monday, 3))).number == "2023-0003"


def test_of_several_in_a_notebook_the_one_saved_last_counts(monday):
    old, new = hand_in(monday, 3), hand_in(monday, 3, saved="2026-05-07T10:00:00+00:00")
    cells = [{"outputs": [{"data": {HAND_IN: one}}]} for one in (new, old)]
    assert read(monday, {"nbformat": 4, "metadata": {}, "cells": cells}).saved.day == 7


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "found an empty file; accepted: a file of answers"),
    (b"  \n", "found an empty file; accepted: a file of answers"),
    (b"<html>", "found '<html>' at the beginning; accepted: a file of answers (.json), a notebook (.ipynb), or a zip of them"),
    (b"[1]", "found '[1]' at the beginning; accepted: a file of answers (.json), a notebook (.ipynb), or a zip of them"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "found a file of another program; accepted: a file of answers (.json), a notebook (.ipynb), or a zip of them"),
    (b"{\xff", "found bytes that are no UTF-8; accepted: a file of answers as it was saved"),
    (b'{"a": 1', "found JSON that breaks in line 1 (Expecting ',' delimiter); accepted: the whole file as it was saved"),
    (b'{"a": Infinity}', "found Infinity; accepted: JSON, which has no such number"),
    (b'{"a": ' + b"9" * 5000 + b"}", "found a number of thousands of digits; accepted: a file of answers as it was saved"),
    (b'{"a": 1, "a": 2}', "found key 'a' twice; accepted: each key once"),
    (b'{"a":' * 150 + b"1" + b"}" * 150, "found brackets in brackets, too deep; accepted: a file of answers as it was saved"),
    (b'{"a":' * 100_000, "found brackets in brackets, too deep; accepted: a file of answers as it was saved"),
    (b'{"a": "' + b"a" * 5_000_001 + b'"}', "found 5 MB of answers; accepted: 5 MB at most"),
    (b'{"hello": 1}', 'found no "format": "quizzes-hand-in"; accepted: a file of answers or a notebook'),
    (b'{"format": "quizzes-answers", "version": 2}', 'found no "format": "quizzes-hand-in"; accepted: a file of answers or a notebook'),
    (b'{"cells": [], "nbformat": 4}', "found a notebook with no answers in it; accepted: one saved after its answers were given"),
    (b'{"cells": [1, {"outputs": 1}, {"outputs": [[], {"data": [1]}]}], "nbformat": 4}',
     "found a notebook with no answers in it; accepted: one saved after its answers were given"),
])
def test_what_is_no_hand_in_is_refused(monday, content, reason):
    assert refused(monday, content) == reason


@pytest.mark.parametrize(("instead", "reason"), [
    ({"version": 2}, "found version '2'; accepted: 1"),
    ({"version": True}, "found version 'True'; accepted: 1"),
    ({"assignment": "f" * 16}, "found answers to another assignment ('ffffffffffffffff'); accepted: '{id}'"),
    ({"assignment": None}, "found answers to another assignment ('None'); accepted: '{id}'"),
    ({"name": 3}, "found a number as 'name'; accepted: text"),
    ({"name": " "}, "found name ' '; accepted: 1 to 100 characters, with a letter"),
    ({"name": "Ana\u202egnp.exe"}, "found name 'Ana\\u202egnp.exe'; accepted: 1 to 100 characters, with a letter"),
    ({"name": "Ana\ud800"}, "found name 'Ana\\ud800'; accepted: 1 to 100 characters, with a letter"),
    ({"name": "A" * 101}, f"found name '{'A' * 60}...'; accepted: 1 to 100 characters, with a letter"),
    ({"number": "../../etc"}, "found number '../../etc'; accepted: 1 to 30 letters and digits, with spaces or ./_- between them"),
    ({"number": "=1+1"}, "found number '=1+1'; accepted: 1 to 30 letters and digits, with spaces or ./_- between them"),
    ({"answers": []}, "found a list as 'answers'; accepted: an object"),
    ({"answers": {"q99": 1}}, "found an answer to question 'q99'; accepted: the questions of this assignment"),
    ({"answers": {"q2": "yes"}}, "found text as the answer to 'q2'; accepted: true, false or null"),
    ({"seconds": {"q99": 1}}, "found seconds of question 'q99'; accepted: the questions of this assignment"),
    ({"seconds": {"q2": -1}}, "found '-1' as seconds of 'q2'; accepted: a number from 0 to 2592000"),
    ({"seconds": {"q2": 10 ** 400}}, f"found '1{'0' * 59}...' as seconds of 'q2'; accepted: a number from 0 to 2592000"),
    ({"seconds": {"q2": True}}, "found 'True' as seconds of 'q2'; accepted: a number from 0 to 2592000"),
    ({"started": "yesterday"}, "found 'yesterday' as 'started'; accepted: a time, like 2026-05-08T18:00:00+02:00"),
    ({"started": "0001-01-01T00:00:00+14:00"}, "found the year 1 in 'started'; accepted: a time, like 2026-05-08T18:00:00+02:00"),
    ({"saved": "2026-05-04T07:00:00+00:00"}, "found answers saved at 2026-05-04T07:00:00+00:00, before they were started at "
     "2026-05-04T08:03:00+00:00; accepted: times as the page wrote them"),
    ({"saved": "2027-05-04T09:00:00+00:00"}, "found answers saved at 2027-05-04T09:00:00+00:00, but the file is of 2026-05-08T20:00:00+00:00; "
     "accepted: times as the page wrote them"),
    ({"run": "rm"}, "found key 'run'; accepted: format, version, assignment, name, number, started, saved, answers, seconds"),
])
def test_what_is_wrong_in_a_hand_in_is_said(monday, instead, reason):
    assert refused(monday, json.dumps(hand_in(monday, 3, **instead)).encode()) == reason.replace("{id}", monday.specification.id)


def test_what_is_missing_is_said(monday):
    whole = hand_in(monday, 3)
    del whole["saved"]
    assert refused(monday, whole).startswith("found no 'saved'; accepted: ")


def test_a_file_without_a_time_of_its_own_is_taken_at_its_word(monday):
    assert read(monday, hand_in(monday, 3, saved="2027-05-04T09:00:00+00:00"), time=None).late


@pytest.mark.parametrize(("saved", "late"), [("2026-05-08T18:00:00+00:00", False), ("2026-05-08T20:00:00+02:00", False), ("2026-05-08T18:00:01+00:00", True)])
def test_late_is_after_the_time_that_was_set(monday, saved, late):
    assert read(monday, hand_in(monday, 3, saved=saved)).late == late


def test_a_file_that_canvas_calls_late_is_late(monday):
    assert read(monday, hand_in(monday, 3), file="hoxhailir_LATE_12345_67890_monday.json").late


def test_a_file_from_somebody_elses_account_is_refused(monday):
    file = "{}_123_assignsubmission_file_/a.json"
    assert refused(monday, hand_in(monday, 3, name="Ana Kaya"), file=file.format("Marko Kaya")) == (
        "found the name 'Ana Kaya' in a file from the account of 'Marko Kaya'; accepted: one's own name")
    assert read(monday, hand_in(monday, 3, name="kaya ana"), file=file.format("Ana Petra Kaya"))


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Ana Šarić", "SARIC ana", True), ("Iğdır Yılmaz", "Igdir Yilmaz", True), ("Đorđe Ilić", "Djordje Ilic", True),
    ("Ana Kaya", "Ana Kara", False), ("Ana", "Ana Kaya", False), ("O'Neill, Ana", "Ana O Neill", True)])
def test_names_are_compared_without_marks_capitals_and_order(one, other, same):
    assert same_name(one, other) == same


@pytest.mark.parametrize(("typed", "number"), [("2023/0145", "2023-0145"), (" sw 12/2020 ", "SW-12-2020"), ("a.b_c", "A-B-C"), ("РА 12", "РА-12"), ("１２", "12")])
def test_numbers_are_compared_without_their_signs(typed, number):
    assert clean_number(typed) == number


@pytest.mark.parametrize("name", ["Ana", "Özge Şahin-Kaya", "Жељко", "Ελένη", "O'Neill"])
def test_a_name_is_what_people_are_called(name):
    assert clean_name(f" {name}  ") == name


def test_a_message_shows_nothing_that_a_terminal_obeys():
    assert shown("\x1b[31m\n" + "a" * 100) == "'\\u001b[31m\\u000a" + "a" * 54 + "...'"


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["name", "number", "started", "saved", "answers", "seconds", "version"]), VALUES)
def test_no_value_anywhere_raises_anything_but_a_refusal(monday, key, value):
    try:
        read(monday, json.dumps(hand_in(monday, 3, **{key: value})).encode())
    except Unfit as said:
        assert "; accepted: " in str(said) and "\n" not in str(said)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_answer_raises_anything_but_a_refusal(monday, data):
    id_ = data.draw(st.sampled_from(monday.specification.questions))
    try:
        read(monday, json.dumps(hand_in(monday, 3, answers={id_: data.draw(VALUES)})).encode())
    except Unfit as said:
        assert "; accepted: " in str(said)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_refusal(monday, content):
    with pytest.raises(Unfit):
        read(monday, content)
