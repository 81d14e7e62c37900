"""Every item of every bank, played in the reference player of QTI 3.0 in a real browser: the marks and the feedback are Python's."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from answering import answers, responses
from markupsafe import Markup
from npm import installed
from playwright.sync_api import Browser, Page

from quizzes import Bank, Question, load_bank
from quizzes.exchange import Asked, qti3, qti21
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent.parent
BANKS = [*sorted((ROOT / "quizzes" / "bank").glob("*.yml")), ROOT / "tests" / "banks" / "every-type.yml"]
PLAYER, CONVERTER = ("@citolab/qti-components", "7.27.4"), ("@citolab/qti-convert", "0.3.52")

LOAD = """async (text) => {
  document.body.replaceChildren();
  const frame = document.createElement("qti-item"), holder = document.createElement("item-container");
  const ready = new Promise((done) => frame.addEventListener("qti-assessment-item-connected", (event) => done(event.detail)));
  frame.append(holder);
  document.body.append(frame);
  await holder.updateComplete;
  holder.itemXML = text;
  window.item = await ready;
  await new Promise((done) => setTimeout(done, 0));
  return item.identifier;
}"""
MARK = """(given) => given.map((responses) => {
  item.resetResponses();
  for (const [name, value] of Object.entries(responses)) item.updateResponseVariable(name, value);
  item.processResponse(true, false);
  const shown = [...item.querySelectorAll("qti-feedback-block")].filter((block) => block.showStatus === "on");
  return [Number(item.variables.find((one) => one.identifier === "SCORE").value), shown.map((block) => block.textContent.trim().replace(/\\s+/g, " "))];
})"""

SUBMIT = """() => {
  item.processResponse(true, false);
  return Number(item.variables.find((one) => one.identifier === "SCORE").value);
}"""


@pytest.fixture(scope="module")
def player(chromium: Browser) -> Iterator[Page]:
    """A page with the player, which loads nothing from anywhere."""
    page = chromium.new_context(offline=True).new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_content("<!doctype html><title>Player</title><script>console.debug = console.warn = () => {}</script><body></body>")
    page.add_script_tag(path=installed(*PLAYER) / "cdn" / "index.global.js")
    yield page
    page.context.close()
    assert troubles == []


def items_of(bank: Bank) -> dict[str, str]:
    """The items of a package of QTI 3.0, by the ids of their questions."""
    out = Path("bank.zip")
    made = qti3.make(Asked(bank=bank, questions=tuple(bank)), out)
    return unpacked(made.files[out])


def unpacked(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return {Path(name).stem: files.read(name).decode() for name in files.namelist() if name.startswith("items/")}


def said(question: Question, answer: object) -> list[str]:
    """The words of what Python says to an answer, in no order."""
    return sorted(Markup(" ".join(question.mark(answer).feedback)).striptags().split())


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_the_player_gives_the_marks_and_the_feedback_of_python(player, path):
    bank = load_bank(path)
    items = items_of(bank)
    different = []
    for question in bank:
        player.evaluate(LOAD, items[question.id])
        tried = answers(question)
        for answer, (score, shown) in zip(tried, player.evaluate(MARK, [responses(question, one) for one in tried]), strict=True):
            mark, explained = question.mark(answer), shown.pop()
            if abs(score - mark.points) > 1e-9 or sorted(" ".join(shown).split()) != said(question, answer) or not explained:
                different.append((question.id, answer, score, mark.points, shown, said(question, answer)))
    assert different == []


GUIDE = {path.stem.removeprefix("guide-"): path for path in BANKS if path.stem.startswith("guide-")}


def click(page: Page, selector: str, *places: int) -> None:
    for place in places:
        page.locator(selector).nth(place).click()


def type_into(page: Page, *texts: str) -> None:
    for place, text in enumerate(texts):
        page.locator("qti-text-entry-interaction input").nth(place).fill(text)
        page.keyboard.press("Tab")


def fill_gaps(page: Page) -> None:
    page.locator("qti-inline-choice-interaction [part=trigger]").click()
    page.locator("qti-inline-choice").nth(1).click()
    type_into(page, "6", "Kosova")


@pytest.mark.parametrize(("type_", "act", "answer"), [
    pytest.param("one-choice", lambda page: click(page, "qti-simple-choice", 0, 2), lambda question: question.ids[2], id="one-choice"),
    pytest.param("many-choices", lambda page: click(page, "qti-simple-choice", 0, 2), lambda question: [question.ids[0], question.ids[2]], id="many-choices"),
    pytest.param("true-false", lambda page: click(page, "qti-simple-choice", 1), lambda question: False, id="true-false"),
    pytest.param("survey", lambda page: click(page, "qti-simple-choice", 1), lambda question: question.ids[1], id="survey"),
    pytest.param("locate", lambda page: click(page, "qti-simple-choice", 0, 3), lambda question: [question.places[0], question.places[3]], id="locate"),
    pytest.param("mark-text", lambda page: click(page, "qti-hottext", 0, 1), lambda question: list(question.places[:2]), id="mark-text"),
    pytest.param("hotspot", lambda page: click(page, "qti-hottext", 0, 1), lambda question: list(question.places[:2]), id="hotspot"),
    pytest.param("number", lambda page: type_into(page, "40.5"), lambda question: 40.5, id="number"),
    pytest.param("short-text", lambda page: type_into(page, "zzz"), lambda question: "zzz", id="short-text"),
    pytest.param("cloze", fill_gaps, lambda question: {"city": "istanbul", "guests": 6, "youngest": "Kosova"}, id="cloze"),
    pytest.param("timeline", lambda page: type_into(page, "2018", "2025", "2008", "2013"),
                 lambda question: dict(zip(question.ids, (2018, 2025, 2008, 2013), strict=True)), id="timeline"),
    pytest.param("match", lambda page: click(page, "qti-match-interaction input[type=radio]", 1),
                 lambda question: {question.ids[0]: list(question.rights.values())[1]}, id="match"),
    pytest.param("classify", lambda page: click(page, "qti-match-interaction input[type=radio]", 1),
                 lambda question: {question.ids[0]: question.places[1]}, id="classify"),
])
def test_what_is_clicked_and_typed_in_the_player_is_marked_as_python_marks_it(player, type_, act, answer):
    question = load_bank(GUIDE[type_]).questions[0]
    player.evaluate(LOAD, items_of(load_bank(GUIDE[type_]))[question.id])
    act(player)
    score = player.evaluate(SUBMIT)
    assert score == pytest.approx(question.mark(answer(question)).points, abs=1e-9)
    held = player.evaluate("() => Object.fromEntries(item.variables.map((one) => [one.identifier, one.value]))")
    wanted = responses(question, answer(question))
    assert {name: sorted(value) if isinstance(value, list) else value for name, value in held.items() if name in wanted} == {
        name: sorted(value) if isinstance(value, list) else value for name, value in wanted.items()}


def test_an_order_is_made_by_dragging(player):
    question = load_bank(GUIDE["order"]).questions[0]
    player.evaluate(LOAD, items_of(load_bank(GUIDE["order"]))[question.id])
    player.wait_for_timeout(200)
    start, end = (player.locator(selector).first.bounding_box() for selector in ("qti-order-interaction > qti-simple-choice", "drop-list"))
    player.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    player.mouse.down()
    player.mouse.move(start["x"] + 30, start["y"] + 30, steps=4)
    player.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    player.mouse.up()
    player.wait_for_timeout(200)
    assert player.evaluate("() => item.variables.find((one) => one.identifier === 'RESPONSE').value[0]") == question.drawn[0].id


def every_type(folder: Path) -> Bank:
    """The questions of the authors' guide in one bank."""
    parts = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in GUIDE.values()]
    whole = {"title": "Every type", "language": "en", "objectives": {id_: text for part in parts for id_, text in part["objectives"].items()},
             "questions": [question for part in parts for question in part["questions"]]}
    (folder / "every.yml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    (folder / "references.bib").write_bytes((ROOT / "references.bib").read_bytes())
    maps = GUIDE["locate"].parent / load_bank(GUIDE["locate"]).questions[0].map
    for question in whole["questions"]:
        if question["type"] == "locate":
            question["map"] = maps.resolve().as_posix()
    (folder / "every.yml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return load_bank(folder / "every.yml")


def test_qti_2_1_turned_into_3_0_by_another_program_is_marked_the_same(player, tmp_path):
    bank, out = every_type(tmp_path), tmp_path / "every.zip"
    out.write_bytes(qti21.make(Asked(bank=bank, questions=tuple(bank)), out).files[out])
    done = subprocess.run(["node", installed(*CONVERTER) / "dist" / "qti-convert-pkg.mjs", out], check=False, capture_output=True, text=True)
    assert "Successfully converted the package" in done.stdout, done.stderr
    converted = out.with_name("every-qti3.zip")
    items = unpacked(converted.read_bytes())
    for question in bank:
        player.evaluate(LOAD, items[question.id])
        tried = answers(question)
        scores = [score for score, _ in player.evaluate(MARK, [responses(question, one) for one in tried])]
        assert scores == pytest.approx([question.mark(one).points for one in tried], abs=1e-9), question.id
    ours, theirs = (form.read(source).bank for form, source in ((qti21, out), (qti3, converted)))
    assert [question["id"] for question in theirs["questions"]] == [question["id"] for question in ours["questions"]]
    assert {one["id"]: one["type"] for one in theirs["questions"]} == {one["id"]: one["type"] for one in ours["questions"]}


def test_every_type_has_been_played():
    assert {question.type for path in BANKS for question in load_bank(path)} == set(TYPES)
