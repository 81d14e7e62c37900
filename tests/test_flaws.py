"""Flaws of item writing: one planted in each file, none in a bank made without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generated import flawless
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.__main__ import main
from quizzes.flaws import chance
from quizzes.flaws.numbers import amount, overlap, span
from quizzes.flaws.reading import plain, root
from quizzes.flaws.words import EN
from quizzes.positions import to_yaml
from quizzes.types import TYPES

BANKS = Path(__file__).parent / "banks"
TESTS = BANKS.parent


def expected(kind: str) -> dict[str, list[str]]:
    """The messages of each file of a folder, as `<folder>.txt` has them."""
    found: dict[str, list[str]] = {path.name: [] for path in sorted((BANKS / kind).glob("*.yml"))}
    for line in (BANKS / f"{kind}.txt").read_text(encoding="utf-8").replace("{types}", ", ".join(TYPES)).splitlines():
        found[line.split(":")[0]].append(line)
    return found


FAULTY, FLAWED = expected("faulty"), expected("flawed")


def check(capsys, *arguments: str | Path) -> tuple[int, list[str], list[str]]:
    """What `check` ends with, prints, and reports."""
    done = main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    return done, out.splitlines(), err.splitlines()


def write(folder: Path, bank: dict) -> Path:
    path = folder / "bank.yml"
    path.write_text(to_yaml(bank), encoding="utf-8")
    return path


def of_one(prompt: str, *texts: str, **more) -> dict:
    """A bank of one question; the first option is the key."""
    choices = [{"id": f"c{n}", "text": text, "feedback": f"The record has number {n} for it."} | ({"correct": True} if n == 0 else {})
               for n, text in enumerate(texts)]
    question = {"id": "one", "type": "one-choice", "group": "all", "objective": "ask", "level": "apply", "prompt": prompt, "choices": choices,
                "explanation": "It is on record.", "sources": ["any"]}
    return {"title": "One", "objectives": {"ask": "Ask"}, "questions": [question | more]}


def warnings(capsys, folder: Path, bank: dict) -> list[str]:
    done, _, found = check(capsys, write(folder, bank))
    assert done == 0, found
    return [line.split(": warning: ")[1] for line in found]


def test_a_hundred_faults_and_flaws_are_planted():
    assert len(FAULTY) + len(FLAWED) >= 100
    assert all(FAULTY.values()) and all(FLAWED.values())


@pytest.mark.parametrize("name", FLAWED)
def test_every_flaw_of_a_file_is_reported_with_its_line(capsys, name):
    done, out, found = check(capsys, BANKS / "flawed" / name)
    assert [line.removeprefix(f"{(BANKS / 'flawed').as_posix()}/") for line in found] == FLAWED[name]
    assert done == 0
    assert out[0].endswith(f" in 1 bank: no fault, {len(found)} warning{'s' if len(found) > 1 else ''}")


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_of_a_file_is_reported_with_its_line(capsys, name):
    done, out, found = check(capsys, BANKS / "faulty" / name)
    assert [line.removeprefix(f"{(BANKS / 'faulty').as_posix()}/") for line in found] == FAULTY[name]
    assert done == 1
    assert out == [f"1 bank: {len(found)} fault{'s' if len(found) > 1 else ''}, no warning"]


@pytest.mark.parametrize("name", ["not.yml", "all-of-the-above.yml"])
def test_a_strict_check_ends_with_1_where_there_is_a_warning(capsys, name):
    loose, strict = check(capsys, BANKS / "flawed" / name), check(capsys, "--strict", BANKS / "flawed" / name)
    assert (loose[0], strict[0]) == (0, 1)
    assert loose[1:] == strict[1:]


def test_a_strict_check_of_a_bank_without_a_flaw_ends_with_0(capsys, tmp_path):
    assert check(capsys, "--strict", write(tmp_path, flawless(40))) == (0, ["40 questions in 1 bank: no fault, no warning"], [])


def test_the_authors_guide_shows_messages_as_they_are():
    shown = re.findall(r"(?m)^- `(found .*)`$", (TESTS.parent / "chapters" / "authors" / "flaws.md").read_text(encoding="utf-8"))
    said = {line.split(": warning: ")[1] for lines in FLAWED.values() for line in lines}
    assert len(shown) > 15 and set(shown) <= said


@settings(deadline=None, max_examples=25)
@given(number=st.integers(12, 80), seed=st.integers(0, 2**32))
def test_a_bank_made_without_a_flaw_gives_no_warning(tmp_path_factory, number, seed):
    path = write(tmp_path_factory.mktemp("generated"), flawless(number, seed))
    assert main(["check", "--strict", str(path)]) == 0


def test_warnings_of_several_banks_stand_in_the_order_of_their_lines(capsys):
    files = [BANKS / "flawed" / "not.yml", BANKS / "faulty" / "no-key.yml", BANKS / "flawed" / "all-of-the-above.yml"]
    done, out, found = check(capsys, *files)
    assert done == 1
    assert out == ["3 banks: 1 fault, 2 warnings"]
    assert [line.split("/")[-1].split(":")[0] for line in found] == ["no-key.yml", "all-of-the-above.yml", "not.yml"]


@pytest.mark.parametrize("stem", [
    pytest.param("Which of these states is *not* in the alliance?", id="emphasised"),
    pytest.param("Which of these states is **not** in the alliance?", id="bold"),
    pytest.param("Which of these states is NOT in the alliance?", id="in capitals"),
    pytest.param("Two states joined late, but not by choice. Which of them came first?", id="not in the question"),
    pytest.param("Why did the two states not meet again?", id="asked for a reason"),
    pytest.param("Which reason explains that the two states did not meet again?", id="in a clause"),
    pytest.param("Which of these states has at least two neighbours?", id="at least"),
    pytest.param("Which of these states borders not only on Greece, but on Serbia?", id="not only"),
])
def test_a_negative_that_nobody_reads_past_is_left_alone(capsys, tmp_path, stem):
    assert warnings(capsys, tmp_path, of_one(stem, "Albania", "Bulgaria", "Romania")) == []


@pytest.mark.parametrize("gap", ["__", "___", "_____", r"\_\_", r"\_\_\_\_\_"])
def test_a_gap_is_seen_also_where_an_import_escaped_it(capsys, tmp_path, gap):
    assert warnings(capsys, tmp_path, of_one(f"The capital of Japan is {gap}.", "Tokyo", "Osaka", "Kyoto")) == []


@pytest.mark.parametrize("texts", [
    pytest.param(("Albania", "North Macedonia", "Montenegro"), id="names of unequal length"),
    pytest.param(("It is binding", "It is not binding", "It is an opinion"), id="opposites"),
    pytest.param(("Serbia to Turkey", "Turkey to Serbia", "Turkey to Greece"), id="the same words in another order"),
    pytest.param(("10 to 19", "20 to 29", "30 to 39"), id="ranges side by side"),
    pytest.param(("less than 10", "10 to 20", "more than 20"), id="ranges that touch an open end"),
    pytest.param(("All three sent a minister", "Two sent a minister", "One sent a minister"), id="all of a number"),
    pytest.param(("Once every six months", "Twice a month", "Once a year"), id="every so often"),
    pytest.param(("a mayor", "Germany", "the parliament"), id="a name among fragments"),
    pytest.param(("In the U.S.", "In Canada", "In Mexico"), id="an abbreviation at the end"),
    pytest.param(("They met.", "He said \"no.\"", "They left."), id="a full stop before a quotation mark"),
    pytest.param(("Serbia", "Serbia's rivals", "Old Serbia"), id="a name as part of another thing"),
    pytest.param(("1995", "2004", "2013"), id="numbers that rise"),
    pytest.param(("12 %", "8 %", "4 %"), id="numbers that fall"),
])
def test_options_that_only_look_flawed_are_left_alone(capsys, tmp_path, texts):
    assert warnings(capsys, tmp_path, of_one("Which of these is on record for 2010?", *texts)) == []


def test_a_survey_may_ask_the_same_before_and_after(capsys, tmp_path):
    bank = of_one("Can a neighbour mediate between two states in a quarrel?", "a", "b", "c")
    (question,) = bank["questions"]
    del question["choices"]
    survey = question | {"type": "survey", "about": "m", "scale": [{"id": "rather", "text": "Rather"}, {"id": "hardly", "text": "Hardly"}]}
    bank["questions"] = [survey | {"id": moment, "moment": moment} for moment in ("before", "after")]
    assert warnings(capsys, tmp_path, bank) == []


def test_a_rule_that_needs_words_is_silent_in_another_language(monkeypatch, capsys, tmp_path):
    bank = of_one("Which of these is not a state?", "Never a state", "A state", "all of the above")
    assert len(warnings(capsys, tmp_path, bank)) > 1
    monkeypatch.setattr("quizzes.flaws.words.WORDS", {})
    assert warnings(capsys, tmp_path, bank) == []


@pytest.mark.parametrize(("chances", "count", "probability"), [
    ([0.5] * 6, 6, 1 / 64), ([0.25] * 4, 0, 1.0), ([0.25, 0.5], 2, 0.125), ([0.25, 0.5], 1, 0.625), ([], 0, 1.0),
])
def test_chance_is_counted_exactly(chances, count, probability):
    assert chance.at_least(count, chances) == pytest.approx(probability)
    assert chance.at_most(count, chances) + chance.at_least(count + 1, chances) == pytest.approx(1)


@pytest.mark.parametrize(("text", "number"), [
    ("12", (12, "")), ("12,5 %", (12.5, "%")), ("1 234 km²", (1234, "km²")), ("85,372,377", (85372377, "")), ("−3", (-3, "")),
    ("€7 billion", (7, "€ billion")), ("twelve", None), ("26 July 2025", None), ("about 3", None),
])
def test_an_option_that_is_a_number_is_read(text, number):
    assert amount(text) == number


@pytest.mark.parametrize(("one", "other", "meet"), [
    ("1 to 5", "5 to 9", True), ("1–5", "6–9", False), ("under 5", "5 to 9", False), ("more than 3", "more than 9", True),
    ("between 1 and 5 %", "from 4 to 9 %", True), ("1 to 5 km", "1 to 5 miles", False),
])
def test_spans_that_share_a_number_overlap(one, other, meet):
    assert overlap(span(one, EN), span(other, EN)) is meet


def test_markdown_is_read_as_it_shows():
    assert plain("A **bold** word, a [link](https://example.org/_a_),\n a `code`, snake_case and _more_.") == \
        "A bold word, a link, a code, snake_case and more."


@pytest.mark.parametrize(("one", "other"), [("recognise", "recognised"), ("state", "states"), ("country", "countries"), ("meeting", "meetings")])
def test_two_forms_of_a_word_have_one_root(one, other):
    assert root(one) == root(other)


@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_read(text):
    plain(text)
    amount(text)
    span(text, EN)


ODD = st.one_of(st.text(min_size=1, max_size=30), st.text("0123456789 -–.,%()*_[]ABto", min_size=1, max_size=20)).filter(
    lambda text: text.strip() and text.isprintable())


@settings(deadline=None, max_examples=30)
@given(prompt=ODD, texts=st.lists(ODD, min_size=2, max_size=6), said=ODD)
def test_no_question_is_too_odd_to_check(tmp_path_factory, prompt, texts, said):
    bank = of_one(prompt, *texts)
    bank["questions"][0]["choices"][1]["feedback"] = said
    assert main(["check", str(write(tmp_path_factory.mktemp("odd"), bank))]) == 0


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_spoilt_file_is_checked_without_a_traceback(tmp_path_factory, data):
    lines = (BANKS / "every-type.yml").read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    spoil = data.draw(st.sampled_from(["", "  - ", ": ", "  id: one", "&a", "    choices: []", "\t", "    language: tr", lines[at - 1]]))
    lines[at:at + data.draw(st.integers(0, 3))] = [spoil]
    path = tmp_path_factory.mktemp("spoilt") / "bank.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", str(path)]) in (0, 1)
