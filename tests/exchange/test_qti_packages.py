"""Packages of QTI 2.1 and 3.0: that they are whole, the same every time, and come back as the bank that they were made of."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from answering import answers, responses
from test_hostile_text import HOSTILE, hostile_bank

from quizzes import Bank, load_bank
from quizzes.exchange import Asked, Read, cc11, qti3, qti12, qti21
from quizzes.exchange.filling import fill
from quizzes.exchange.qti.run import Processing
from quizzes.exchange.qti.xml import from_foreign
from quizzes.positions import to_yaml
from quizzes.text import block

ROOT = Path(__file__).parent.parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
FORMATS = {"qti21": qti21, "qti3": qti3}
NAMES = {"qti21": ("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1"),
         "qti3": ("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1")}


@cache
def loaded(path: Path) -> Bank:
    return load_bank(path)


@cache
def package(path: Path, form: str) -> bytes:
    return made_of(loaded(path), form)


def made_of(bank: Bank, form: str) -> bytes:
    out = Path("bank.zip")
    return FORMATS[form].make(Asked(bank=bank, questions=tuple(bank)), out).files[out]


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return {name: files.read(name) for name in files.namelist()}


def taken_in(content: bytes, form: str, folder: Path, name: str) -> tuple[Read, Bank]:
    """A package read and written as a bank, beside the bibliography of the book."""
    source, out = folder / f"{name}.zip", folder / f"{name}.yml"
    source.write_bytes(content)
    (folder / "references.bib").write_bytes((ROOT / "references.bib").read_bytes())
    read = fill(FORMATS[form].read(source), out)
    out.write_text(to_yaml(read.bank), encoding="utf-8")
    return read, load_bank(out)


def local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_package_is_whole(path, form):
    files, (of_items, of_package) = unpack(package(path, form)), NAMES[form]
    manifest = fromstring(files["imsmanifest.xml"])
    resources = list(manifest.iter(f"{{{of_package}}}resource"))
    listed = [one.get("href") for resource in resources for one in resource if local(one) == "file"]
    assert sorted(listed) == sorted(set(files) - {"imsmanifest.xml"})
    assert all(resource.get("href") in listed for resource in resources)
    ids = Counter(one.get("identifier") for one in manifest.iter() if one.get("identifier"))
    assert max(ids.values()) == 1
    assert {one.get("identifierref") for one in manifest.iter() if local(one) == "dependency"} <= set(ids)
    assert manifest.tag == f"{{{of_package}}}manifest"
    test = fromstring(files["test.xml"])
    refs = [one.get("href") for one in test.iter() if local(one) in ("assessmentItemRef", "qti-assessment-item-ref")]
    assert refs == [f"items/{question.id}.xml" for question in loaded(path)]
    for name in (*refs, "test.xml"):
        assert fromstring(files[name]).tag.startswith(f"{{{of_items}}}")
        check_names(from_foreign(fromstring(files[name])))


def check_names(item: Element) -> None:
    """Every name that an item uses is declared, each once, and can be an identifier; no two choices of an interaction share one."""
    declared = Counter(one.get("identifier") for one in item if one.tag.endswith("Declaration"))
    used = {one.get("identifier") for one in item.iter() if one.tag in ("variable", "correct", "mapResponse", "setOutcomeValue")}
    used |= {one.get("outcomeIdentifier") for one in item.iter("feedbackBlock")}
    used |= {one.get("responseIdentifier") for one in item.iter() if one.tag.endswith("Interaction")}
    assert max(declared.values()) == 1
    assert used <= set(declared)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", id_) for one in item.iter() if (id_ := one.get("identifier")))
    for box in (one for one in item.iter() if one.tag.endswith("Interaction")):
        choices = Counter(one.get("identifier") for one in box.iter() if one.get("identifier"))
        assert max(choices.values(), default=1) == 1


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_answer_earns_in_an_item_what_python_gives(path):
    files = unpack(package(path, "qti21"))
    for question in loaded(path):
        processing = Processing(from_foreign(fromstring(files[f"items/{question.id}.xml"])))
        for answer in answers(question):
            assert processing.run(responses(question, answer))["SCORE"] == question.mark(answer).points, (question.id, answer)


@pytest.mark.parametrize("n", range(0, len(HOSTILE), 4))
def test_text_that_would_run_is_text_in_every_format(n, tmp_path):
    bank = hostile_bank(tmp_path, n, HOSTILE[n])
    for form in (qti3, qti21, qti12, cc11):
        (content,) = form.make(Asked(bank=bank, questions=tuple(bank)), Path("bank.zip")).files.values()
        for name, file in unpack(content).items():
            if name.endswith(".xml"):
                root = fromstring(file)
                texts = [fromstring(f"<div>{re.sub('<(br|hr)>', '', one.text)}</div>") for one in root.iter() if one.get("texttype") == "text/html"]
                for one in (part for tree in (root, *texts) for part in tree.iter()):
                    assert local(one) not in ("script", "iframe", "object", "embed", "style", "img"), name
                    assert not [key for key in one.attrib if key.startswith("on")], name
                    assert re.match("https?:|mailto:|[^:]*$", one.get("href", "")), name


def test_the_same_bank_makes_the_same_bytes(bank):
    assert made_of(bank, "qti3") == made_of(load_bank(bank.path), "qti3")
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(made_of(bank, "qti21"))).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("path", "form"), [*(pytest.param(path, "qti3", id=f"qti3-{path.stem}") for path in BANKS),
                                            pytest.param(BANKS[1], "qti21", id=f"qti21-{BANKS[1].stem}")])
def test_a_package_comes_back_as_the_same_package(path, form, tmp_path):
    """All but a map, which comes back as a list: its picture and the ids of its places are lost, and the report says so."""
    bank, made = loaded(path), package(path, form)
    read, again = taken_in(made, form, tmp_path, path.stem)
    maps = {f"items/{question.id}.xml" for question in bank if question.type == "locate"}
    first, second = unpack(made), unpack(made_of(again, form))
    other = {name for name, content in first.items() if second.get(name) != content and not name.startswith("maps/")}
    assert other == maps | ({"imsmanifest.xml"} if maps else set())
    assert {loss.question for loss in read.losses} - {""} == {question.id for question in bank if question.type == "locate"}
    if maps:
        assert made_of(taken_in(made_of(again, form), form, tmp_path, path.stem)[1], form) == made_of(again, form)


@pytest.mark.parametrize(("distractors", "kept"), [("[European Parliament]", False), ("[]", True)])
def test_ids_of_right_sides_come_back_where_they_do_not_tell_the_distractors(distractors, kept, tmp_path):
    text = (ROOT / "quizzes" / "bank" / "guide-match.yml").read_text(encoding="utf-8").replace("[European Parliament]", distractors)
    for body, id_ in (("UN Security Council", "council"), ("UN General Assembly", "assembly"), ("International Court of Justice", "court")):
        text = text.replace(f"match: {body}", f"match: {body}\n        match_id: {id_}")
    (tmp_path / "named.yml").write_text(text, encoding="utf-8")
    read, again = taken_in(made_of(load_bank(tmp_path / "named.yml"), "qti21"), "qti21", tmp_path, "again")
    assert [pair.match_id for pair in again.questions[0].pairs] == (["council", "assembly", "court"] if kept else [None] * 3)
    assert [(loss.lost, loss.instead) for loss in read.losses if loss.question] == (
        [] if kept else [("the ids of the right sides (council, assembly, court)", "letters, which do not tell the distractors from the others")])


BRACKETS = """title: Set
objectives: {ask: Ask}
questions:
  - {id: set, type: cloze, group: all, objective: ask, level: apply, prompt: Fill in., explanation: So., sources: [any],
     text: "The set {1, 2} has [two] members and {y} is one. See [a](https://example.org/a[1]).",
     gaps: [{id: y, type: number, answer: 1, feedback: {right: "Yes.", wrong: "No."}}]}
"""


@pytest.mark.parametrize(("form", "text", "lost"), [
    pytest.param(qti21, "The set {1, 2} has \\[two\\] members and {y} is one. See [a](https://example.org/a%5B1%5D).", [], id="qti21"),
    pytest.param(qti12, "The set {1, 2} has (two) members and {y} is one. See [a](https://example.org/a%5B1%5D).",
                 [("square brackets around a word ([two])", "round ones, as Canvas has gaps in square ones")], id="qti12")])
def test_brackets_in_a_text_with_gaps_come_back_or_are_reported(form, text, lost, tmp_path):
    (tmp_path / "set.yml").write_text(BRACKETS, encoding="utf-8")
    bank = load_bank(tmp_path / "set.yml")
    made = form.make(Asked(bank=bank, questions=tuple(bank)), tmp_path / "set.zip")
    (tmp_path / "set.zip").write_bytes(made.files[tmp_path / "set.zip"])
    assert form.read(tmp_path / "set.zip").bank["questions"][0]["text"] == text
    assert [(loss.lost, loss.instead) for loss in made.losses if "brackets" in loss.lost] == lost


@pytest.mark.parametrize("form", FORMATS)
def test_what_the_formats_cannot_say_of_a_type_stands_in_the_losses(form):
    lossy = set()
    for path in (path for path in BANKS if path.stem.startswith("guide-")):
        made = FORMATS[form].make(Asked(bank=loaded(path), questions=tuple(loaded(path))), Path("guide.zip"))
        lossy |= {loaded(path)[loss.question].type for loss in made.losses if loss.question}
    assert lossy == {"number", "short-text", "cloze", "timeline", "locate", "hotspot", "open-answer", "survey"}


def test_a_question_keeps_what_it_is_about(tmp_path):
    path = ROOT / "quizzes" / "bank" / "diplomacy.yml"
    _, again = taken_in(package(path, "qti21"), "qti21", tmp_path, "diplomacy")
    assert again.title == "Diplomacy"
    for question in loaded(path):
        other = again[question.id]
        for key in ("group", "objective", "level", "sources", "claims", "points", "language"):
            assert getattr(other, key) == getattr(question, key), (question.id, key)
        assert block(other.explanation) == block(question.explanation)
        assert again.section_of(other) == loaded(path).section_of(question)
