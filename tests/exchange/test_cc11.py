"""Common Cartridge 1.1: whole, of the six kinds of question that it has, and as Moodle's restore takes it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from quizzes import Bank, load_bank
from quizzes.exchange import Asked, Made, cc11, qti12

ROOT = Path(__file__).parent.parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
SPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
PROFILES = {"cc.multiple_choice.v0p1", "cc.multiple_response.v0p1", "cc.true_false.v0p1", "cc.fib.v0p1", "cc.essay.v0p1"}
PIECES = ("match", "classify", "order", "timeline", "cloze")  # types that become an item for each of their parts


@cache
def loaded(path: Path) -> Bank:
    return load_bank(path)


def made_of(bank: Bank, address: str = "") -> Made:
    return cc11.make(Asked(bank=bank, questions=tuple(bank), address=address), Path("bank.imscc"))


def unpack(made: Made) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.files[Path("bank.imscc")])) as files:
        return {name: files.read(name) for name in files.namelist()}


def items(made: Made) -> list[Element]:
    return list(fromstring(unpack(made)["quiz/assessment.xml"]).iter(f"{QTI}item"))


def field(item: Element, label: str) -> str | None:
    return next((one.findtext(f"{QTI}fieldentry") for one in item.iter(f"{QTI}qtimetadatafield") if one.findtext(f"{QTI}fieldlabel") == label), None)


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_cartridge_is_whole(path):
    files = unpack(made_of(loaded(path)))
    assert f'xmlns="{SPACE}"'.encode() in files["imsmanifest.xml"][:1024]
    manifest = fromstring(files["imsmanifest.xml"])
    resources = list(manifest.iter(f"{{{SPACE}}}resource"))
    assert {one.get("href") for one in manifest.iter(f"{{{SPACE}}}file")} == set(files) - {"imsmanifest.xml"}
    ids = Counter(one.get("identifier") for one in manifest.iter() if one.get("identifier"))
    assert max(ids.values()) == 1
    assert {one.get("identifierref") for one in manifest.iter(f"{{{SPACE}}}item")} - {None} == {one.get("identifier") for one in resources}
    assert manifest.find(f"{{{SPACE}}}metadata/{{{SPACE}}}schemaversion").text == "1.1.0"
    assert "imsqti_xmlv1p2/imscc_xmlv1p1/assessment" in {one.get("type") for one in resources}


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_question_is_there_as_an_item_or_as_one_for_each_of_its_parts(path):
    found = Counter(item.get("ident").split(".")[0] for item in items(made_of(loaded(path))))
    assert set(found) == {question.id for question in loaded(path)}
    assert {id_ for id_, number in found.items() if number > 1} <= {question.id for question in loaded(path) if question.type in PIECES}


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_items_are_as_moodle_reads_them(path):
    idents = Counter()
    for item in items(made_of(loaded(path))):
        idents[item.get("ident")] += 1
        profile = field(item, "cc_profile")
        assert profile in PROFILES
        assert re.fullmatch(r"\d\d?", field(item, "cc_weighting"))
        labels = [one.get("ident") for one in item.iter(f"{QTI}response_label")]
        right = [one for one in item.iter(f"{QTI}respcondition") if one.findtext(f"{QTI}setvar") == "100"]
        if profile == "cc.true_false.v0p1":
            assert labels == ["true", "false"]
        if profile == "cc.multiple_response.v0p1":
            (condition,) = right
            assert {one.get("case") for one in condition.iter(f"{QTI}varequal")} == {"Yes"}
            assert sorted(one.text for one in condition.iter(f"{QTI}varequal")) == sorted(labels)
        if profile == "cc.multiple_choice.v0p1":
            assert {one.find(f"{QTI}conditionvar/{QTI}varequal").text for one in right} <= set(labels)
            assert right
        shown_to_all = [one for one in item.iter(f"{QTI}respcondition") if one.get("continue") == "Yes" and one.find(f"{QTI}displayfeedback") is not None]
        assert [one.find(f"{QTI}displayfeedback").get("linkrefid") for one in shown_to_all] == ["general_fb"]
    assert max(idents.values()) == 1


def test_links_lead_to_the_book_where_its_address_is_known():
    bank = loaded(ROOT / "quizzes" / "bank" / "diplomacy.yml")
    files = unpack(made_of(bank, "https://example.org/book/"))
    links = {name: fromstring(content) for name, content in files.items() if name.startswith("links/")}
    assert len(links) == len({bank.section_of(question).address for question in bank if bank.section_of(question)})
    addresses = {link.find("{http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1}url").get("href") for link in links.values()}
    assert "https://example.org/book/diplomacy.html#diplomacy-platform" in addresses
    assert "book/index.html" not in files


def test_without_an_address_a_page_names_the_sections_and_the_report_says_so():
    bank = loaded(ROOT / "quizzes" / "bank" / "diplomacy.yml")
    made = made_of(bank)
    assert b"Two formats of three (diplomacy.html#diplomacy-trilaterals)" in unpack(made)["book/index.html"]
    assert "links to the book, whose address is not known" in [loss.lost for loss in made.losses]


def test_what_a_cartridge_cannot_say_of_a_type_stands_in_the_losses():
    lossy = set()
    for path in (path for path in BANKS if path.stem.startswith("guide-")):
        lossy |= {loaded(path)[loss.question].type for loss in made_of(loaded(path)).losses if loss.question}
    assert lossy >= {"survey", "locate", "hotspot", "mark-text", "many-choices", "number", "short-text", "open-answer", *PIECES}
    assert "true-false" not in lossy


def test_a_cartridge_of_ours_can_be_taken_in(tmp_path):
    bank = loaded(ROOT / "quizzes" / "bank" / "guide-one-choice.yml")
    source = tmp_path / "bank.imscc"
    source.write_bytes(made_of(bank).files[Path("bank.imscc")])
    (question,) = qti12.read(source).bank["questions"]
    assert [choice["text"] for choice in question["choices"] if choice.get("correct")] == [choice.text for choice in bank.questions[0].choices if choice.correct]
