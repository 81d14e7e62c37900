"""QTI 1.2 for Canvas: every item is of a kind that Canvas has, and comes back as the question that it was made of."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from quizzes import Bank, load_bank
from quizzes.exchange import Asked, Made, Read, qti12
from quizzes.exchange.filling import fill
from quizzes.positions import to_yaml

ROOT = Path(__file__).parent.parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
SPACE = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
KINDS = {"one-choice": "multiple_choice", "many-choices": "multiple_answers", "true-false": "true_false", "survey": "multiple_choice", "number": "numerical",
         "short-text": "short_answer", "match": "matching", "classify": "matching", "order": "matching", "timeline": "matching", "open-answer": "essay"}


@cache
def loaded(path: Path) -> Bank:
    return load_bank(path)


def made_of(bank: Bank) -> Made:
    return qti12.make(Asked(bank=bank, questions=tuple(bank)), Path("bank.zip"))


def unpack(made: Made) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.files[Path("bank.zip")])) as files:
        return {name: files.read(name) for name in files.namelist()}


def items(made: Made) -> dict[str, str]:
    """The text of every item by its ident."""
    return {found[1]: found[0] for found in re.finditer(r'<item ident="([^"]*)".*?</item>', unpack(made)["quiz/quiz.xml"].decode(), re.DOTALL)}


def taken_in(content: bytes, folder: Path, name: str) -> tuple[Read, Bank]:
    source, out = folder / f"{name}.zip", folder / f"{name}.yml"
    source.write_bytes(content)
    (folder / "references.bib").write_bytes((ROOT / "references.bib").read_bytes())
    read = fill(qti12.read(source), out)
    out.write_text(to_yaml(read.bank), encoding="utf-8")
    return read, load_bank(out)


def field(item: Element, label: str) -> str | None:
    return next((one.findtext(f"{SPACE}fieldentry") for one in item.iter(f"{SPACE}qtimetadatafield") if one.findtext(f"{SPACE}fieldlabel") == label), None)


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_item_is_of_a_kind_of_canvas_and_names_only_what_it_has(path):
    files = unpack(made_of(loaded(path)))
    manifest = fromstring(files["imsmanifest.xml"])
    assert {one.get("href") for one in manifest.iter() if one.tag.endswith("}file")} == set(files) - {"imsmanifest.xml"}
    for item in fromstring(files["quiz/quiz.xml"]).iter(f"{SPACE}item"):
        question = loaded(path)[item.get("ident")]
        kinds = {"cloze": {"multiple_dropdowns", "fill_in_multiple_blanks"}}.get(question.type, {KINDS.get(question.type)} - {None})
        assert field(item, "question_type").removesuffix("_question") in (kinds or {"multiple_choice", "multiple_answers"})
        assert float(field(item, "points_possible")) == question.points
        names = {one.get("ident") for one in item.iter() if one.tag.startswith(f"{SPACE}response_")}
        assert {one.get("respident") for one in item.iter() if one.get("respident")} <= names
        assert {one.get("linkrefid") for one in item.iter(f"{SPACE}displayfeedback")} <= {one.get("ident") for one in item.iter(f"{SPACE}itemfeedback")}
        assert not [one.get("ident") for one in item.iter(f"{SPACE}itemfeedback") if not re.fullmatch(r"fb\d+|general_fb|correct_fb|general_incorrect_fb", one.get("ident"))]


@pytest.mark.parametrize("path", sorted({*BANKS[::5], *(path for path in BANKS if path.stem.startswith("guide-"))}), ids=lambda path: path.stem)
def test_a_quiz_comes_back_as_the_same_quiz(path, tmp_path):
    """All but the ids of a map's places, which no list of a bank can have."""
    bank, made = loaded(path), made_of(loaded(path))
    read, again = taken_in(made.files[Path("bank.zip")], tmp_path, path.stem)
    first, second = items(made), items(made_of(again))
    assert {id_ for id_, text in first.items() if second.get(id_) != text} == {question.id for question in bank if question.type == "locate"}
    assert {question.id for question in again} == {question.id for question in bank}
    assert [loss for loss in read.losses if "left out" in loss.instead] == []


def test_what_canvas_cannot_say_of_a_question_stands_in_the_losses():
    lossy = set()
    for path in (path for path in BANKS if path.stem.startswith("guide-")):
        lossy |= {loaded(path)[loss.question].type for loss in made_of(loaded(path)).losses if loss.question}
    assert lossy == {"survey", "locate", "hotspot", "mark-text", "number", "short-text", "cloze", "classify", "order", "timeline", "open-answer"}


QUIZ = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Of others"><section ident="s">
<item ident="{ident}" title="One"><itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">{stem}</mattext></material>{responses}</presentation>
<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE"/></outcomes>{conditions}</resprocessing>
</item></section></assessment></questestinterop>"""
FIELD = "<qtimetadatafield><fieldlabel>{}</fieldlabel><fieldentry>{}</fieldentry></qtimetadatafield>"
LABEL = '<response_label ident="{0}"><material><mattext>{1}</mattext></material></response_label>'


def quiz(responses: str, conditions: str, stem: str = "&lt;p&gt;Ask&lt;/p&gt;", ident: str = "q", **fields: str) -> str:
    written = "".join(FIELD.format(name, value) for name, value in fields.items())
    return QUIZ.format(ident=ident, fields=written, stem=stem, responses=responses, conditions=conditions)


def listed(*options: str, cardinality: str = "Single", name: str = "r") -> str:
    labels = "".join(LABEL.format(n, option) for n, option in enumerate(options, 101))
    return f'<response_lid ident="{name}" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'


def scored(test: str, score: int = 100, action: str = "Set", go_on: str = "No") -> str:
    return (f'<respcondition continue="{go_on}"><conditionvar>{test}</conditionvar><setvar action="{action}" varname="SCORE">{score}</setvar></respcondition>')


def equal(value: str, name: str = "r") -> str:
    return f'<varequal respident="{name}">{value}</varequal>'


TYPED = '<response_str ident="r" rcardinality="Single"><render_fib><response_label ident="a"/></render_fib></response_str>'


@pytest.mark.parametrize(("text", "keys"), [
    pytest.param(quiz(listed("one", "two"), scored(equal("102")), question_type="multiple_choice_question", points_possible="3"),
                 {"type": "one-choice", "points": 3, "choices": [{"id": "101", "text": "one", "feedback": ""},
                                                                 {"id": "102", "text": "two", "correct": True, "feedback": ""}]}, id="a choice"),
    pytest.param(quiz(listed("one", "two", "three", cardinality="Multiple"), scored(f"<and>{equal('101')}<not>{equal('102')}</not>{equal('103')}</and>")),
                 {"type": "many-choices", "credit": "all-or-nothing", "points": 1}, id="several, by their conditions"),
    pytest.param(quiz(listed("one", "two", "three", cardinality="Multiple"), scored(f"<and>{equal('101')}<not>{equal('102')}</not>{equal('103')}</and>"),
                      question_type="multiple_answers_question"), {"type": "many-choices", "points": 1}, id="several, as Canvas marks them"),
    pytest.param(quiz(TYPED, scored(equal("Ankara") + equal("Angora"))), {"type": "short-text", "answer": "Ankara", "accept": ["Angora"]}, id="a text"),
    pytest.param(quiz(TYPED.replace("<render_fib>", '<render_fib fibtype="Decimal">'), scored('<vargte respident="r">3</vargte><varlte respident="r">5</varlte>')),
                 {"type": "number", "answer": 4, "tolerance": 1}, id="a number"),
    pytest.param(quiz(TYPED, "", question_type="essay_question"), {"type": "open-answer"}, id="an essay"),
    pytest.param(quiz(listed("x", "y", name="response_a") + listed("x", "y", name="response_b"),
                      scored(equal("101", "response_a"), 50, "Add", "Yes") + scored(equal("102", "response_b"), 50, "Add", "Yes"),
                      stem="&lt;p&gt;From [a] to [b].&lt;/p&gt;", question_type="multiple_dropdowns_question"),
                 {"type": "cloze", "text": "From {a} to {b}."}, id="list boxes in a text"),
])
def test_quizzes_of_others_are_taken_in(tmp_path, text, keys):
    source = tmp_path / "quiz.xml"
    source.write_text(text, encoding="utf-8")
    (question,) = qti12.read(source).bank["questions"]
    assert {key: question.get(key) for key in keys} == keys
    if question["type"] == "many-choices" and "credit" not in keys:
        assert "credit" not in question


def test_distractors_of_others_look_like_the_other_right_sides(tmp_path):
    source = tmp_path / "quiz.xml"
    lists = "".join(listed("north", "south", "west", name=f"response_{name}") for name in ("a", "b"))
    source.write_text(quiz(lists, scored(equal("101", "response_a"), 50, "Add", "Yes") + scored(equal("102", "response_b"), 50, "Add", "Yes"),
                           question_type="matching_question"), encoding="utf-8")
    taken = qti12.read(source)
    (question,) = taken.bank["questions"]
    assert [set(pair) for pair in question["pairs"]] == [{"id", "text", "match", "feedback"}] * 2
    assert (question["distractors"], taken.losses) == (["west"], ())


@pytest.mark.parametrize(("text", "lost", "line"), [
    pytest.param(quiz('<response_xy ident="r"><render_hotspot/></response_xy>', ""), "a render_hotspot", 3, id="a picture"),
    pytest.param(quiz(listed("one", "two"), scored('<durequal respident="r">3</durequal>')), "the condition 'durequal'", 4, id="a condition"),
    pytest.param(quiz("", "", question_type="text_only_question"), "nothing to answer", 2, id="a text alone"),
])
def test_what_is_not_understood_is_left_out_with_its_line(tmp_path, text, lost, line):
    source = tmp_path / "quiz.xml"
    source.write_text(text, encoding="utf-8")
    taken = qti12.read(source)
    assert [(loss.lost, loss.instead, loss.place) for loss in taken.losses] == [(lost, "the question is left out", f"quiz.xml:{line}")]


def test_another_file_is_refused(tmp_path):
    source = tmp_path / "quiz.xml"
    source.write_text("\n<quiz/>", encoding="utf-8")
    with pytest.raises(ValueError, match="^") as refused:
        qti12.read(source)
    assert str(refused.value) == f"{source.as_posix()}:2: found <quiz>; accepted: <questestinterop>, as QTI 1.2 begins"
