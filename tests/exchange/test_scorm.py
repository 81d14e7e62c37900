"""Packages of SCORM: whole, as the standards write them, and how answers are written and kept."""

from __future__ import annotations

import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from answering import answers
from bare_page import ROOT, guide_bank
from learning_system import FORMS, ROOM, bank_of, editions, files_of, make

from quizzes import Bank, front_end, load_bank
from quizzes.__main__ import main
from quizzes.drawing import draw_quiz
from quizzes.exchange import Loss
from quizzes.exchange.scorm.interactions import interaction, said

sys.path.insert(0, str(ROOT / "tests" / "types"))
from item_types import make_bank  # noqa: E402

BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
GUIDE = guide_bank()
CP = {"1.2": "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}", "2004": "{http://www.imsglobal.org/xsd/imscp_v1p1}"}
ADL = {"1.2": "{http://www.adlnet.org/xsd/adlcp_rootv1p2}", "2004": "{http://www.adlnet.org/xsd/adlcp_v1p3}"}
IMSSS = "{http://www.imsglobal.org/xsd/imsss}"
SCORM_TYPE = {"1.2": "scormtype", "2004": "scormType"}
VERSION = {"1.2": "1.2", "2004": "2004 3rd Edition"}


def manifest_of(edition: str, bank: Bank, **about: Any) -> Element:
    return fromstring(files_of(make(edition, bank, **about))["imsmanifest.xml"])


@editions
@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_manifest_says_what_is_in_the_package_and_how_it_is_opened(edition, path):
    bank = load_bank(path)
    files = files_of(make(edition, bank))
    manifest, space = fromstring(files["imsmanifest.xml"]), CP[edition]
    assert manifest.tag == f"{space}manifest"
    assert [manifest.findtext(f"{space}metadata/{space}{name}") for name in ("schema", "schemaversion")] == ["ADL SCORM", VERSION[edition]]
    organizations = manifest.find(f"{space}organizations")
    (organization,), (item,) = organizations.findall(f"{space}organization"), manifest.iter(f"{space}item")
    assert organizations.get("default") == organization.get("identifier")
    assert organization.findtext(f"{space}title") == item.findtext(f"{space}title") == bank.title
    (resource,) = manifest.iter(f"{space}resource")
    assert (resource.get("identifier"), resource.get("type"), resource.get("href")) == (item.get("identifierref"), "webcontent", "index.html")
    assert resource.get(f"{ADL[edition]}{SCORM_TYPE[edition]}") == "sco"
    assert {file.get("href") for file in resource} == set(files) - {"imsmanifest.xml"} == {"index.html", "quiz.css", "quiz.js"}
    ids = [element.get("identifier") for element in manifest.iter() if element.get("identifier")]
    assert len(set(ids)) == len(ids) and all(re.fullmatch("[a-z][a-z0-9-]*", id_) for id_ in ids)


@editions
def test_a_package_is_the_same_whenever_it_is_made(edition):
    first, again = (make(edition, bank_of("guide-cloze")).files[Path("bank.zip")] for _ in range(2))
    assert first == again
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert package.namelist()[0] == "imsmanifest.xml"
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_system_of_2004_takes_no_status_that_the_page_has_not_told():
    controls = manifest_of("2004", GUIDE).find(f".//{CP['2004']}item/{IMSSS}sequencing/{IMSSS}deliveryControls")
    assert controls.attrib == {"completionSetByContent": "true", "objectiveSetByContent": "true"}


def test_a_manifest_says_how_many_of_the_points_are_enough():
    assert manifest_of("1.2", GUIDE, mastery=62.5).findtext(f".//{ADL['1.2']}masteryscore") == "62.5"
    primary = manifest_of("2004", GUIDE, mastery=62.5).find(f".//{IMSSS}objectives/{IMSSS}primaryObjective")
    assert (primary.get("satisfiedByMeasure"), primary.findtext(f"{IMSSS}minNormalizedMeasure")) == ("true", "0.625")
    assert manifest_of("1.2", GUIDE).find(f".//{ADL['1.2']}masteryscore") is None
    assert manifest_of("2004", GUIDE).find(f".//{IMSSS}objectives") is None


@editions
def test_a_page_has_its_script_and_style_in_files_and_asks_for_nothing_else(edition):
    page = files_of(make(edition, GUIDE))["index.html"].decode()
    scripts = re.findall(r"<script([^>]*)>(.)", page, re.DOTALL)
    assert [attributes for attributes, first in scripts if first != "{"] == [' src="quiz.js" defer']
    assert {attributes.split(" class")[0] for attributes, first in scripts if first == "{"} == {' type="application/json"'}
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<style|<[^>]+\son[a-z]+=", markup)
    assert re.findall(r'(?:src|href)="([^"#]*)"', markup) == ["data:,", "quiz.css"]


@editions
@pytest.mark.parametrize("address", ["", "https://example.org/book/"])
def test_links_lead_to_the_book_where_its_address_is_known_and_else_are_text(edition, address):
    bank = bank_of("introduction")
    made = make(edition, bank, address=address)
    page = files_of(made)["index.html"].decode()
    links = set(re.findall(r'\\u003ca href=\\"([^"\\]*)\\"', page))
    assert all(re.match("https?://|mailto:", link) for link in links)
    told = {loss.lost: loss.instead for loss in made.losses}.get("links to the book, whose address is not known")
    assert ("https://example.org/book/history.html" in links) is bool(address)
    assert (told is None) is bool(address)
    assert len(re.findall("History(?:\\\\u003c/a>)? shows how people came to live", page)) == 1


@editions
def test_an_address_with_signs_in_it_stays_an_address(edition):
    page = files_of(make(edition, bank_of("introduction"), address='https://example.org/a"b\\c/'))["index.html"].decode()
    assert r'\u003ca href=\"https://example.org/a%22b%5Cc/history.html\">' in page


@pytest.mark.parametrize(("edition", "longest"), [("1.2", 255), ("2004", 4000)])
def test_the_report_names_what_a_system_does_not_get_to_know(edition, longest):
    lost = {(loss.question, loss.lost) for loss in make(edition, bank_of("guide-open-answer")).losses}
    assert ("what-the-platform-lacks", f"a text of more than {longest} characters in the system's report") in lost
    assert ("", "levels, claims and groups") in lost and ("", "penalties for further tries") in lost
    assert (("", "words of questions and choices in the system's report") in lost) is (edition == "1.2")
    assert "hints" in {loss.lost for loss in make(edition, bank_of("behaviours")).losses}
    others = [bank for bank in (bank_of(path.stem) for path in BANKS if path.stem.startswith("guide-")) if bank.name != "guide-open-answer"]
    assert {loss.question for bank in others for loss in make(edition, bank).losses} == {""}


@pytest.mark.parametrize(("type_", "in_12", "in_2004"), [
    ("one-choice", ("choice", "b"), ("choice", "north-macedonia")),
    ("many-choices", ("choice", "a,e,c"), ("choice", "bulgaria[,]romania[,]turkey")),
    ("locate", ("choice", "b,e,h,i"), ("choice", "BIH[,]GRC[,]ROU[,]SRB")),
    ("hotspot", ("choice", "d,a"), ("choice", "bosnia[,]kosovo")),
    ("mark-text", ("choice", "d,b"), ("choice", "late[,]step")),
    ("true-false", ("true-false", "f"), ("true-false", "false")),
    ("number", ("numeric", "40"), ("numeric", "39.5[:]40.5")),
    ("short-text", ("fill-in", "Karađorđevo"), ("fill-in", "{case_matters=false}Karađorđevo")),
    ("open-answer", ("fill-in",), ("long-fill-in",)),
    ("survey", ("likert",), ("likert",)),
    ("order", ("sequencing", "b,c,a,d"), ("sequencing", "greece[,]slovenia[,]bulgaria[,]croatia")),
    ("match", ("matching", "1.b,2.a,3.c"), ("matching", "resolution-1244[.]d[,]resolution-64-298[.]c[,]opinion[.]b")),
    ("classify", ("matching", "4.a,1.b,2.b,3.c"),
     ("matching", "second-meeting[.]fact[,]rhythm[.]statement[,]trade[.]statement[,]soft-power[.]view")),
    ("timeline", ("performance", "3.2008,4.2013,1.2018,2.2025"),
     ("performance", "{order_matters=false}summit[.]2017[:]2019[,]platform[.]2025[:]2025[,]independence[.]2008[:]2008[,]break[.]2013[:]2013")),
    ("cloze", ("performance", "1.istanbul,2.6,3.Kosovo"),
     ("performance", "{order_matters=false}city[.]istanbul[,]guests[.]6[:]6[,]youngest[.]Kosovo")),
])
def test_a_right_answer_is_written_as_the_edition_writes_it(type_, in_12, in_2004):
    question = bank_of(f"guide-{type_}").questions[0]
    for edition, wanted in (("1.2", in_12), ("2004", in_2004)):
        known = interaction(question, FORMS[edition])
        assert (known.type, *known.patterns) == wanted


def test_more_cells_than_letters_are_written_by_their_ids(tmp_path):
    table = {"caption": "Many", "columns": ["Row", *"abcdefghi"], "rows": [[f"row {n}", *"123456789"] for n in range(5)]}
    question = bank_of("guide-hotspot").questions[0]
    many = type(question).model_validate(question.model_dump(exclude={"bars", "credit"}) | {
        "table": table, "answer": ["r1c2", "r5c10"], "feedback": {"r1c2": "Yes.", "r5c10": "Yes.", "other": "No."}})
    assert (interaction(many, FORMS["1.2"]).type, interaction(many, FORMS["1.2"]).patterns) == ("performance", ("r1c2,r5c10",))
    assert (interaction(many, FORMS["2004"]).type, interaction(many, FORMS["2004"]).patterns) == ("choice", ("r1c2[,]r5c10",))


def test_a_right_answer_that_is_too_long_is_left_out_and_reported(tmp_path):
    gap = "type: text, answer: {0}, feedback: {{right: Yes., wrong: No.}}"
    bank = make_bank(tmp_path, "  - {id: long, type: cloze, prompt: Fill in, text: '{one} and {two}', points: 2, ..., gaps: ["
                     f"{{id: one, {gap.format('x' * 150)}}}, {{id: two, {gap.format('y' * 150)}}}]}}")
    lost = Loss(question="long", lost="the right answer in the system's report", instead="left out")
    assert (lost in make("1.2", bank).losses, lost in make("2004", bank).losses) == (True, False)
    assert [len(interaction(bank.questions[0], form).patterns) for form in FORMS.values()] == [0, 1]


@pytest.fixture(scope="module")
def parts(chromium):
    """A page with the parts of the script, none of which runs by itself."""
    page = chromium.new_context(offline=True).new_page()
    page.set_content("<!doctype html><title>Parts</title>")
    page.add_script_tag(content=front_end._sources("core.js", "scorm_answers.js", "scorm_system.js"))
    yield page
    page.context.close()


def data_of(bank: Bank) -> str:
    """What a page's script looks things up in."""
    return re.search(r'class="quiz-data">(.*?)</script>', draw_quiz(bank, bank, book="test", tools=False), re.DOTALL)[1]


def typed(answer: Any) -> Any:
    """An answer as a page reads it, where a number in a gap is text."""
    return {key: f"{value:.12g}" if isinstance(value, float) else value for key, value in answer.items()} if isinstance(answer, dict) else answer


@pytest.mark.parametrize("path", [path for path in BANKS if not path.stem.startswith("guide-")] + [ROOT / "tests" / "banks" / "every-type.yml"],
                         ids=lambda path: path.stem)
def test_script_and_python_write_every_answer_alike(parts, path):
    bank = load_bank(path)
    for edition, form in FORMS.items():
        known = {question.id: interaction(question, form) for question in bank}
        tried = [(question.id, typed(answer)) for question in bank if question.type not in ("number", "open-answer") for answer in answers(question)]
        written = parts.evaluate("([edition, known, tried]) => tried.map(([id, answer]) => saidAs(answer, EDITIONS[edition], known[id]))",
                                 [edition, {id_: vars(one) for id_, one in known.items()}, tried])
        assert written == [said(answer, form, known[id_].keys, known[id_].codes) for id_, answer in tried]
        assert max(map(len, written)) <= form.longest


KEEP_AND_READ = """([data, given, room]) => {
  const { questions } = JSON.parse(data);
  const records = new Map(given.map(([id, answer], n) => [id, { answer, checked: n % 2 === 0 }]));
  const { text, short } = packAnswers(["version", 3], records, questions, room);
  const { kept, ...head } = unpackAnswers(text, questions);
  return { ...head, kept: [...kept], text, short: [...short] };
}"""


@pytest.mark.parametrize("path", [path for path in BANKS if not path.stem.startswith("guide-")], ids=lambda path: path.stem)
def test_the_answers_to_every_question_are_read_as_they_were_kept(parts, path):
    """In half of the room that the smallest system gives, the texts of open answers aside."""
    bank = load_bank(path)
    for n in range(4):
        given = {question.id: answers(question)[-1 - n % len(answers(question))] for question in bank}
        came = parts.evaluate(KEEP_AND_READ, [data_of(bank), list(given.items()), ROOM["1.2"] // 2])
        assert dict(came["kept"]) == {id_: {"answer": answer, "checked": n % 2 == 0} for n, (id_, answer) in enumerate(given.items())}
        assert (came["version"], came["first"], came["lost"], came["short"]) == ("version", 3, False, [])


@pytest.mark.parametrize("typed", ["#", "##", "#5", "12", "ankara", "constructor", "__proto__", "\"\\\n", "İı", "\U0001f600"])
def test_whatever_is_typed_is_read_as_it_was_kept(parts, typed):
    bank = bank_of("guide-short-text")
    came = parts.evaluate(KEEP_AND_READ, [data_of(bank), [[bank.questions[0].id, typed]], 4096])
    assert dict(came["kept"]) == {bank.questions[0].id: {"answer": typed, "checked": True}}


@pytest.mark.parametrize(("room", "cut"), [(4096, 0), (900, 2), (300, 2)])
def test_long_texts_are_cut_alike_until_all_fits_and_keep_what_was_ticked(parts, room, cut):
    bank = bank_of("weighing-the-argument")
    open_ = [question for question in bank if question.type == "open-answer"]
    given = [[question.id, {"text": "\U0001f600 word\n" * 60, "met": [question.ids[0]]}] for question in open_]
    came = parts.evaluate(KEEP_AND_READ, [data_of(bank), given, room])
    texts = [record["answer"]["text"] for _, record in came["kept"]]
    assert (len(came["short"]), len(came["text"]) <= room, came["lost"]) == (cut, True, False)
    assert all(given[0][1]["text"].startswith(text.removesuffix("…")) and len(text) >= 40 for text in texts)
    assert [record["answer"]["met"] for _, record in came["kept"]] == [answer["met"] for _, answer in given]


def test_where_even_that_is_too_much_the_longest_answers_are_left_out_and_named(parts):
    given = [[question.id, "x" * 100] for question in GUIDE if question.type in ("short-text", "number")]
    came = parts.evaluate(KEEP_AND_READ, [data_of(GUIDE), given, 180])
    assert (len(came["kept"]), len(came["short"]), len(came["text"]) <= 180) == (1, 1, True)


@pytest.mark.parametrize(("text", "lost"), [
    ("", False), ('["v"]', False), ('["v",0,null,[1]]', False), ("{", True), ("null", True), ("7", True), ('"x"', True), ('{"a":1}', True),
    ('["v",0,{"f3b07f3c":[99]},{}]', True), ('["v",0,{"00000000":0},{}]', True),
])
def test_what_a_system_kept_of_another_page_is_no_answer(parts, text, lost):
    came = parts.evaluate("([data, text]) => { const { kept, lost } = unpackAnswers(text, JSON.parse(data).questions); return [kept.size, lost]; }",
                          [data_of(GUIDE), text])
    assert came == [0, lost]


def test_no_more_than_500_windows_are_asked_for_the_system(parts):
    asked = parts.evaluate("""() => {
      let asked = 0;
      const make = () => ({ get API() { asked += 1; }, get parent() { return make(); } });
      return [findSystem("API", make(), null), asked];
    }""")
    assert asked == [None, 501]  # its own and 500 around it


def test_the_command_takes_the_points_that_are_enough(tmp_path, capsys):
    out = tmp_path / "quiz.zip"
    assert main(["export", str(ROOT / "quizzes" / "bank" / "guide-one-choice.yml"), "--format", "scorm12", "--out", str(out), "--pass", "50"]) == 0
    assert b"<adlcp:masteryscore>50</adlcp:masteryscore>" in zipfile.ZipFile(out).read("imsmanifest.xml")
    for wrong in ("101", "-1", "half"):
        with pytest.raises(SystemExit):
            main(["export", "x.yml", "--format", "scorm12", "--out", str(out), f"--pass={wrong}"])
        assert capsys.readouterr().err.rstrip().endswith(f"argument --pass: found '{wrong}'; accepted: a number from 0 to 100")


def test_a_package_of_a_whole_chapter_is_small():
    sizes = {path.stem: len(make("2004", load_bank(path)).files[Path("bank.zip")]) for path in BANKS}
    assert max(sizes.values()) < 100_000, sizes
