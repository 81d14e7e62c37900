"""Items and packages that others made: what a bank makes of them, and one message for each that could do harm or is none."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from quizzes.exchange import Read, qti3, qti12, qti21
from quizzes.exchange.packages import LARGEST, MOST, beside, climbs, pack

SPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
ITEM = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem {space} identifier="{id}" title="A title" adaptive="false" timeDependent="false" xml:lang="en-GB">
{declared}
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody>{body}</itemBody>
{processing}
</assessmentItem>
"""
TEMPLATE = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"/>'
MATCH, MAP = TEMPLATE.format("match_correct"), TEMPLATE.format("map_response")
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/><resources>{}</resources></manifest>"""
RESOURCE = '<resource identifier="{0}" type="imsqti_item_xmlv2p1" href="{0}.xml"><file href="{0}.xml"/></resource>'


def item(declared: str, body: str, processing: str = MATCH, id_: str = "given") -> str:
    return ITEM.format(space=SPACE, id=id_, declared=declared, body=body, processing=processing)


def declared(correct: list[str], cardinality: str = "single", kind: str = "identifier", more: str = "") -> str:
    values = "".join(f"<value>{one}</value>" for one in correct)
    return (f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{kind}">'
            f"<correctResponse>{values}</correctResponse>{more}</responseDeclaration>")


def choices(*ids: str, most: int = 1, shuffle: str = "false") -> str:
    options = "".join(f'<simpleChoice identifier="{id_}">Choice {id_}</simpleChoice>' for id_ in ids)
    return f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}"><prompt>Which?</prompt>{options}</choiceInteraction>'


def read(text: str, folder: Path) -> Read:
    source = folder / "given.xml"
    source.write_text(text, encoding="utf-8")
    return qti21.read(source)


def only(text: str, folder: Path) -> dict:
    """The one question of an item, less what every question has."""
    taken = read(text, folder)
    (question,) = taken.bank["questions"]
    return {key: value for key, value in question.items() if key not in ("id", "prompt", "points")}


def test_a_choice_is_taken_in_by_its_template(tmp_path):
    assert only(item(declared(["B"]), choices("A", "B", "C", shuffle="true")), tmp_path) == {"type": "one-choice", "choices": [
        {"id": "a", "text": "Choice A", "feedback": ""}, {"id": "b", "text": "Choice B", "correct": True, "feedback": ""},
        {"id": "c", "text": "Choice C", "feedback": ""}]}


@pytest.mark.parametrize(("mapping", "rule"), [
    pytest.param('<mapping lowerBound="0"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="1"/>'
                 '<mapEntry mapKey="C" mappedValue="-1"/></mapping>', None, id="right less wrong"),
    pytest.param("", "all-or-nothing", id="nothing but the key")])
def test_the_rule_of_several_choices_is_found_by_trying(tmp_path, mapping, rule):
    text = item(declared(["A", "B"], "multiple", more=mapping), choices("A", "B", "C", most=0), MAP if mapping else MATCH)
    assert only(text, tmp_path).get("credit") == rule


def test_a_rule_that_no_type_has_is_reported(tmp_path):
    mapping = '<mapping lowerBound="0"><mapEntry mapKey="A" mappedValue="3"/><mapEntry mapKey="B" mappedValue="1"/></mapping>'
    losses = read(item(declared(["A", "B"], "multiple", more=mapping), choices("A", "B", "C", most=0), MAP), tmp_path).losses
    assert [(loss.question, loss.lost, loss.instead) for loss in losses] == [
        ("given", "how a part of the key is marked", "by the rule 'multiple-choice'")]


def test_statements_are_known_by_their_words_in_any_language(tmp_path):
    body = ('<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Ankara başkenttir.</prompt>'
            '<simpleChoice identifier="x1">Doğru</simpleChoice><simpleChoice identifier="x2">Yanlış</simpleChoice></choiceInteraction>')
    assert only(item(declared(["x1"]), body), tmp_path) == {"type": "true-false", "answer": True, "feedback": {"right": "", "wrong": ""}}


def test_a_number_is_taken_in_with_its_tolerance(tmp_path):
    processing = ('<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.05 0.05">'
                  '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
                  '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>')
    body = '<p>How long is the border?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/> km</p>'
    taken = read(item(declared(["3.5"], kind="float"), body, processing), tmp_path)
    assert taken.bank["questions"] == [{"id": "given", "prompt": "How long is the border?", "points": 2, "type": "number", "answer": 3.5,
                                        "tolerance": 0.05, "feedback": {"right": "", "wrong": ""}, "unit": "km"}]


def test_a_box_in_a_sentence_is_a_gap(tmp_path):
    body = '<p>The capital is <textEntryInteraction responseIdentifier="RESPONSE"/>, not the largest city.</p>'
    question = only(item(declared(["Ankara"], kind="string"), body), tmp_path)
    assert question["text"] == "The capital is {gap}, not the largest city."
    assert question["gaps"] == [{"id": "gap", "type": "text", "answer": "Ankara", "feedback": {"right": "", "wrong": ""}}]


def test_braces_that_would_be_a_gap_are_reported(tmp_path):
    body = '<p>Of {1, 2} and {y} the capital is {<textEntryInteraction responseIdentifier="RESPONSE"/>}, not {y}.</p>'
    taken = read(item(declared(["Ankara"], kind="string"), body), tmp_path)
    assert taken.bank["questions"][0]["text"] == "Of {1, 2} and (y) the capital is {{gap}}, not (y)."
    assert [(loss.lost, loss.instead) for loss in taken.losses] == [("braces around a word ({y})", "round brackets, as a gap stands in braces")]


def test_an_order_and_pairs_are_taken_in(tmp_path):
    order = '<orderInteraction responseIdentifier="RESPONSE">' + "".join(f'<simpleChoice identifier="{id_}">{id_}</simpleChoice>' for id_ in "ABC") + "</orderInteraction>"
    question = only(item(declared(["C", "A", "B"], "ordered"), order), tmp_path)
    assert ([one["id"] for one in question["items"]], question["credit"]) == (["c", "a", "b"], "all-or-nothing")
    sets = "".join("<simpleMatchSet>" + "".join(f'<simpleAssociableChoice identifier="{id_}" matchMax="1">{id_}</simpleAssociableChoice>' for id_ in ids)
                   + "</simpleMatchSet>" for ids in ("AB", "XYZ"))
    mapping = '<mapping><mapEntry mapKey="A Y" mappedValue="1"/><mapEntry mapKey="B X" mappedValue="1"/></mapping>'
    question = only(item(declared(["A Y", "B X"], "multiple", "directedPair", mapping),
                         f'<matchInteraction responseIdentifier="RESPONSE" maxAssociations="2">{sets}</matchInteraction>', MAP), tmp_path)
    assert [(pair["text"], pair["match"]) for pair in question["pairs"]] == [("A", "Y"), ("B", "X")]
    assert question["distractors"] == ["Z"]


def test_ids_go_by_the_alphabet_where_identifiers_of_others_could_tell_the_key(tmp_path):
    named = {"first": "Sofia", "second": "Plovdiv", "third": "Varna"}
    order = '<orderInteraction responseIdentifier="RESPONSE">' + "".join(f'<simpleChoice identifier="{id_}">{text}</simpleChoice>' for id_, text in named.items())
    question = only(item(declared(list(named), "ordered"), f"{order}</orderInteraction>"), tmp_path)
    assert [(one["id"], one["text"]) for one in question["items"]] == [("b", "Sofia"), ("a", "Plovdiv"), ("c", "Varna")]
    question = only(item(declared(["right"]), choices("right", "b", "c")), tmp_path)
    assert [(one["id"], one.get("correct", False)) for one in question["choices"]] == [("c", True), ("a", False), ("b", False)]


def test_feedback_is_that_which_an_answer_alone_has_shown(tmp_path):
    body = ('<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><simpleChoice identifier="A">One'
            '<feedbackInline outcomeIdentifier="FEEDBACK" identifier="A">Said to one.</feedbackInline></simpleChoice>'
            '<simpleChoice identifier="B">Two</simpleChoice></choiceInteraction>')
    processing = ('<responseProcessing><setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue><responseCondition>'
                  '<responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match><setOutcomeValue identifier="SCORE">'
                  '<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>'
                  '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="none" showHide="hide">Said to all.</modalFeedback>')
    more = '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    question = only(item(declared(["A"]) + more, body, processing), tmp_path)
    assert [one["feedback"] for one in question["choices"]] == ["Said to one.", ""]
    assert question["explanation"] == "Said to all."


def test_a_picture_is_lost_with_a_line(tmp_path):
    taken = read(item(declared(["A"]), f'<p>Look.<img src="a.png" alt="A map"/></p>{choices("A", "B")}'), tmp_path)
    assert taken.bank["questions"][0]["prompt"] == "Look.\n\nWhich?"
    assert [(loss.lost, loss.instead) for loss in taken.losses] == [("<img>", "left out of the text")]


def test_scripts_do_not_come_in(tmp_path):
    body = f'<p>Ask.<script>alert(1)</script><a href="javascript:alert(1)">link</a></p>{choices("A", "B")}'
    taken = read(item(declared(["A"]), body), tmp_path)
    assert taken.bank["questions"][0]["prompt"] == "Ask.link\n\nWhich?"
    assert [loss.lost for loss in taken.losses] == ["<script>", "a link to javascript:alert(1)"]


GRAPHIC = '<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><hotspotChoice identifier="A" shape="circle" coords="1,1,1"/></hotspotInteraction>'
RANDOM = ('<responseProcessing><setOutcomeValue identifier="SCORE">\n<customOperator class="mine"><variable identifier="RESPONSE"/></customOperator>'
          "</setOutcomeValue></responseProcessing>")


@pytest.mark.parametrize(("text", "lost", "line"), [
    pytest.param(item(declared(["A"]), f"\n\n{GRAPHIC}"), "a hotspotInteraction", 7, id="an interaction that no type has"),
    pytest.param(item(declared(["A"]), choices("A", "B"), RANDOM), "the expression 'customOperator'", 7, id="a rule of its own"),
    pytest.param(item("", choices("A", "B")), "an interaction whose response 'RESPONSE' is not declared", 5, id="nothing declared"),
    pytest.param(item(declared(["A"]), "<p>Read this.</p>"), "nothing to answer", 2, id="nothing to answer"),
    pytest.param(item(declared(["A"]), choices(*(f"c{n}" for n in range(30)))), "30 choices, of 2 to 20", 2, id="too many choices"),
    pytest.param(item(declared([]), '<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="A">A</simpleChoice></orderInteraction>'),
                 "an order of which not every place is known", 2, id="no key"),
])
def test_what_no_type_can_ask_is_left_out_with_its_line_and_its_text(tmp_path, text, lost, line):
    taken = read(text, tmp_path)
    assert taken.bank["questions"] == []
    (loss,) = taken.losses
    assert (loss.question, loss.lost, loss.instead, loss.place) == ("given", lost, "the question is left out", f"given.xml:{line}")
    assert loss.original == text


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<assessmentItem>&b;</assessmentItem>'
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<assessmentItem>&a;</assessmentItem>'


@pytest.mark.parametrize(("content", "message"), [
    pytest.param(b"", "given.xml:1: found XML with a fault (no element found); accepted: well-formed XML", id="an empty file"),
    pytest.param(b"<assessmentItem>\n<p></assessmentItem>", "given.xml:2: found XML with a fault (mismatched tag); accepted: well-formed XML", id="broken"),
    pytest.param(BOMB.encode(), "given.xml:2: found an entity of its own; accepted: XML without one", id="an entity bomb"),
    pytest.param(OUTSIDE.encode(), "given.xml:2: found an entity of its own; accepted: XML without one", id="another file"),
    pytest.param(b"\n<html/>", "given.xml:2: found <html>; accepted: a package (.zip) or an item of QTI 2 or 3", id="no item"),
    pytest.param(b"<a>" * 200 + b"</a>" * 200, "given.xml:1: found elements more than 100 deep; accepted: at most 100", id="too deep"),
])
def test_a_file_that_is_no_item_is_refused_in_one_line(tmp_path, content, message):
    source = tmp_path / "given.xml"
    source.write_bytes(content)
    with pytest.raises(ValueError, match="^") as refused:
        qti3.read(source)
    assert str(refused.value) == f"{tmp_path.as_posix()}/{message}"


def zipped(folder: Path, files: dict[str, bytes | str]) -> Path:
    source = folder / "given.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return source


def with_a_lie(folder: Path) -> Path:
    """A zip in which a file is larger than both headers say."""
    source = zipped(folder, {"imsmanifest.xml": b" " * 5000})
    content = source.read_bytes()
    source.write_bytes(content.replace(struct.pack("<I", 5000), struct.pack("<I", 50)))
    return source


def twice(folder: Path) -> Path:
    source = folder / "given.zip"
    with zipfile.ZipFile(source, "w") as package:
        package.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr("a.xml", "2")
    return source


@pytest.mark.parametrize(("made", "message"), [
    pytest.param(lambda folder: zipped(folder, {"imsmanifest.xml": b"0" * (LARGEST + 1)}), "found 50 MB unpacked; accepted: at most 50 MB", id="a bomb"),
    pytest.param(lambda folder: zipped(folder, {f"{n}.xml": "" for n in range(MOST + 1)}), "found 5001 files; accepted: at most 5000", id="many files"),
    pytest.param(lambda folder: zipped(folder, {"../../evil.xml": ""}), "found a file '../../evil.xml' that lies outside of the package; accepted: files inside it", id="out"),
    pytest.param(lambda folder: zipped(folder, {"/etc/evil": ""}), "found a file '/etc/evil' that lies outside of the package; accepted: files inside it", id="absolute"),
    pytest.param(with_a_lie, "found a file 'imsmanifest.xml' that cannot be unpacked; accepted: a whole zip file", id="a lie about its size"),
    pytest.param(twice, "found two files 'a.xml'; accepted: each file once", id="a file twice"),
    pytest.param(lambda folder: zipped(folder, {"a.xml": ""}), "found no imsmanifest.xml; accepted: a content package of QTI 2 or 3", id="no manifest"),
    pytest.param(lambda folder: zipped(folder, {"imsmanifest.xml": MANIFEST.format(RESOURCE.format("gone"))}),
                 "found no item 'gone.xml', which the manifest or the test names; accepted: a whole package", id="a file that is not there"),
    pytest.param(lambda folder: zipped(folder, {"imsmanifest.xml": MANIFEST.format(RESOURCE.format("../../gone"))}),
                 "found an item '../../gone.xml' that lies outside of the package; accepted: files inside it", id="a way out in the manifest"),
])
def test_a_package_that_could_do_harm_is_refused_in_one_line(tmp_path, made, message):
    source = made(tmp_path)
    with pytest.raises(ValueError, match="^") as refused:
        qti21.read(source)
    assert str(refused.value) == f"{source.as_posix()}: {message}"
    assert list(tmp_path.iterdir()) == [source]


def test_broken_xml_in_a_package_is_named_with_file_and_line(tmp_path):
    source = zipped(tmp_path, {"imsmanifest.xml": MANIFEST.format(RESOURCE.format("a")), "a.xml": "<assessmentItem>\n<p>"})
    with pytest.raises(ValueError, match="^") as refused:
        qti21.read(source)
    assert str(refused.value) == f"{source.as_posix()}/a.xml:2: found XML with a fault (no element found); accepted: well-formed XML"


def test_a_truncated_zip_is_refused(tmp_path):
    source = tmp_path / "given.zip"
    source.write_bytes(pack({"imsmanifest.xml": b"<manifest/>"})[:-10])
    with pytest.raises(ValueError, match="^") as refused:
        qti12.read(source)
    assert str(refused.value) == f"{source.as_posix()}: found a zip that cannot be read; accepted: a whole zip file"


def test_items_of_a_package_come_in_the_order_of_its_test_and_with_its_sections(tmp_path):
    test = (f'<assessmentTest {SPACE} identifier="t" title="A test"><testPart><assessmentSection identifier="later" title="Later"><assessmentItemRef identifier="b" href="b.xml"/>'
            '</assessmentSection><assessmentSection identifier="first"><assessmentItemRef identifier="a" href="a.xml"/></assessmentSection></testPart></assessmentTest>')
    resources = RESOURCE.format("a") + RESOURCE.format("b") + RESOURCE.format("c") + '<resource identifier="t" type="imsqti_test_xmlv2p1" href="t.xml"/>'
    files = {f"{id_}.xml": item(declared(["A"]), choices("A", "B"), id_=id_) for id_ in "abc"}
    taken = qti21.read(zipped(tmp_path, {"imsmanifest.xml": MANIFEST.format(resources), "t.xml": test} | files))
    assert [(question["id"], question.get("group")) for question in taken.bank["questions"]] == [("b", "later"), ("a", "first"), ("c", None)]
    assert taken.bank["title"] == "A test"
    assert taken.places == {"b": "b.xml:2", "a": "a.xml:2", "c": "c.xml:2"}


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "C:/a", "..\\a", "a\0b"])
def test_a_path_that_leads_out_is_known(name):
    assert climbs(name)


def test_addresses_are_followed_from_where_they_stand():
    assert beside("tests/t.xml", "../items/a.xml#x") == "items/a.xml"
    assert beside("t.xml", "items/a.xml") == "items/a.xml"
    assert climbs(beside("t.xml", "../a.xml"))
