from __future__ import annotations

import json
import os
import random
import re
from itertools import chain, combinations
from pathlib import Path

import pytest
from bare_page import reload
from item_types import bend, check, make_bank, pairs, tab_to
from test_front_end import agree

from quizzes import Faulty, Refused
from quizzes.drawing import draw_question

ROOT = Path(__file__).parent.parent.parent
TWELVE = "[XKX, MKD, MNE, ALB, BIH, SRB, SVN, HRV, BGR, GRC, ROU, TUR]"
FEEDBACK = "feedback: {XKX: In 2008., MNE: In 2006., other: Earlier.}"
ALLIES = "answer: [ALB, HRV, MNE, MKD], feedback: {ALB: In 2009., HRV: In 2009., MNE: In 2017., MKD: In 2020., other: No.}"


def questions(map_: str) -> str:
    return f"""
  - {{id: newest, type: locate, prompt: Which is the youngest?, points: 2, ..., map: {map_}, choices: {TWELVE}, answer: XKX, {FEEDBACK}}}
  - {{id: allies, type: locate, prompt: Which joined?, points: 3, ..., map: {map_}, choices: {TWELVE}, {ALLIES}}}
  - {{id: worst, type: locate, prompt: Which joined?, credit: ou-multiple-response, ..., map: {map_}, choices: {TWELVE}, {ALLIES}}}
  - {{id: strict, type: locate, prompt: Which joined?, credit: all-or-nothing, ..., map: {map_}, choices: {TWELVE}, {ALLIES}}}
"""


def square(west: float, south: float, side: float) -> list[list[float]]:
    return [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]


GEOJSON = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": id_, "properties": {"name": name} | more, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    for id_, name, more, ring in [("big", "Çatal & <b>", {"pick": True}, square(0, 40, 10)), ("b2", "cayır", {"pick": True}, square(10, 40, 5)),
                                  ("speck", "Adacık", {"pick": True}, square(12, 47, 0.01)), ("far", "Far", {}, square(14, 47, 1)),
                                  ("with space", "No", {}, square(1, 41, 1)), ("nameless", "", {}, square(1, 41, 1))]]}


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    return make_bank(folder, questions(os.path.relpath(ROOT / "data" / "outlines.json", folder)))


@pytest.fixture
def squares(tmp_path):
    (tmp_path / "map.json").write_text(json.dumps(GEOJSON), encoding="utf-8")
    return make_bank(tmp_path, "\n  - {id: one, type: locate, prompt: Where?, ..., map: map.json, answer: big, feedback: {big: Yes., other: No.}}\n")["one"]


def subsets(question) -> list[list[str]]:
    return [list(picked) for picked in chain.from_iterable(combinations(question.places, n) for n in range(len(question.places) + 1))]


@pytest.mark.parametrize(("question", "picked", "points", "feedback"), [
    pytest.param("newest", "XKX", 2, ("In 2008.",), id="the place"),
    pytest.param("newest", ["XKX"], 2, ("In 2008.",), id="the place, as a list of one"),
    pytest.param("newest", "TUR", 0, ("Earlier.",), id="another place"),
    pytest.param("allies", ["MNE", "ALB", "MKD", "HRV"], 3, ("In 2009.", "In 2009.", "In 2017.", "In 2020."), id="all, in any order"),
    pytest.param("allies", "MNE", 0.75, ("In 2017.",), id="one of four, alone"),
    pytest.param("allies", ["MNE", "MKD", "SRB"], 0.75, ("In 2017.", "In 2020.", "No."), id="two right and one wrong"),
    pytest.param("allies", [], 0, (), id="none of them"),
    pytest.param("worst", ["ALB", "HRV", "MNE", "MKD", "SRB"], 0.75, ("In 2009.", "In 2009.", "In 2017.", "In 2020.", "No."), id="one too many"),
    pytest.param("strict", ["ALB", "HRV", "MNE"], 0, ("In 2009.", "In 2009.", "In 2017."), id="nearly all"),
])
def test_right_and_wrong_places_are_counted(bank, question, picked, points, feedback):
    mark = bank[question].mark(picked)
    assert (mark.points, mark.feedback) == (points, feedback)


@pytest.mark.parametrize(("question", "answer", "found"), [
    ("allies", ["ALB", "ALB"], "one id twice"),
    ("allies", "alb", "an id that is no choice ('alb')"),
    ("allies", ["ITA"], "an id that is no choice ('ITA')"),
    ("allies", [["ALB"]], "a list in the list"),
    ("allies", 8, "a number"),
    ("newest", ["XKX", "SRB"], "2 ids"),
    ("newest", [], "0 ids"),
])
def test_another_shape_is_refused(bank, question, answer, found):
    ids = "ALB, BIH, BGR, HRV, GRC, XKX, MNE, MKD, ROU, SRB, SVN, TUR"
    accepted = f"a list of {ids}, each once at most, one of them alone, or null" if question == "allies" else f"one of {ids}, or null"
    with pytest.raises(Refused) as error:
        bank[question].mark(answer)
    assert str(error.value) == f"question '{question}': found {found}; accepted: {accepted}"


MAP = "map: map.json"
FORM = "TopoJSON or GeoJSON of areas, each with an id and a name"


@pytest.mark.parametrize(("keys", "found"), [
    ("map: ../none.json, answer: big", "found no file '../none.json'; accepted: a TopoJSON or GeoJSON file, its path from the bank's folder"),
    ("map: items.yml, answer: big", f"found items.yml is neither TopoJSON nor GeoJSON; accepted: {FORM}"),
    ("map: list.json, answer: big", f"found list.json is neither TopoJSON nor GeoJSON; accepted: {FORM}"),
    ("map: empty.json, answer: big", f"found empty.json has no feature with an id and a name; accepted: {FORM}"),
    (f"{MAP}, answer: far", "found 'far'; accepted: speck, b2, big"),
    (f"{MAP}, answer: [big, XKX]", "found 'XKX'; accepted: speck, b2, big"),
    (f"{MAP}, answer: [big, big]", "found 'big' a second time; accepted: each id once"),
    (f"{MAP}, answer: b2", "found no feedback for 'b2'; accepted: one for every id of the answer"),
    (f"{MAP}, answer: big, choices: [big, sea]", "found 'sea'; accepted: b2, big, far, speck"),
    (f"{MAP}, answer: big, choices: [big, b2, big]", "found 'big' a second time; accepted: each id once"),
    (f"{MAP}, answer: big, choices: [big]", "found 1 places to pick from (big); accepted: two or more, none of them 'other'"),
])
def test_a_question_that_does_not_fit_its_map_is_a_fault(tmp_path, keys, found):
    (tmp_path / "map.json").write_text(json.dumps(GEOJSON), encoding="utf-8")
    (tmp_path / "list.json").write_text("[1]", encoding="utf-8")
    (tmp_path / "empty.json").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    with pytest.raises(Faulty) as error:
        make_bank(tmp_path, f"\n  - {{id: one, type: locate, prompt: Where?, ..., {keys}, feedback: {{big: A., other: B.}}}}\n")
    assert [fault.message for fault in error.value.faults] == [found]


def test_a_file_says_what_can_be_picked_and_the_names_stand_in_the_order_of_the_alphabet(squares, bank):
    assert squares.places == ("speck", "b2", "big")  # Adacık, cayır, Çatal & <b>
    assert [bank["newest"]._outlines.places[id_].name for id_ in bank["newest"].places] == [
        "Albania", "Bosnia and Herzegovina", "Bulgaria", "Croatia", "Greece", "Kosovo", "Montenegro", "North Macedonia", "Romania",
        "Serbia", "Slovenia", "Turkey"]


def test_without_a_choice_by_question_or_file_every_named_place_can_be_picked(tmp_path):
    map_ = os.path.relpath(ROOT / "data" / "outlines.json", tmp_path)
    bank = make_bank(tmp_path, f"\n  - {{id: one, type: locate, prompt: Where?, ..., map: {map_}, answer: SMR, feedback: {{SMR: Yes., other: No.}}}}\n")
    names = json.loads((ROOT / "data" / "outlines.json").read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    assert sorted(bank["one"].places) == sorted(country["id"] for country in names)
    assert bank["one"].draw_map("one").count("<path data-place=") == len(names)


def test_the_map_is_small_and_drawn_alike_whatever_the_key_is(bank):
    drawn = str(bank["newest"].draw_map("x"))
    assert len(drawn.encode()) < 8000
    assert drawn == str(bank["allies"].draw_map("x"))
    assert "2008" not in draw_question(bank["newest"], 1)


def test_a_place_too_small_to_have_a_shape_is_a_dot_and_names_are_text(squares):
    drawn = str(squares.draw_map("x"))
    (speck,) = re.findall(r'<path data-place="speck" d="([^"]*)">', drawn)
    assert re.fullmatch(r"M\d+ \d+l4-4 4 4-4 4z", speck)
    assert "<title>Çatal &amp; &lt;b&gt;</title>" in drawn


def test_the_line_between_kosovo_and_serbia_is_the_dashed_one(bank):
    drawn = str(bank["newest"].draw_map("x"))
    (dashed,) = set(re.findall(r'<path class="quiz-dashed" d="([^"]*)"', drawn))
    kosovo, serbia = (set(corners(re.search(f'<path data-place="{id_}" d="([^"]*)"', drawn)[1])) for id_ in ("XKX", "SRB"))
    assert len(corners(dashed)) > 3
    assert set(corners(dashed)) == kosovo & serbia


def corners(path: str) -> list[tuple[int, int]]:
    """Every point of path data made of `M`, `l` and `z`."""
    points = []
    for line in path.rstrip("z").split("M")[1:]:
        x = y = 0
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            points.append((x, y))
    return points


def test_page_and_python_mark_every_set_of_places_alike(open_page, address, bank):
    page = open_page(address)
    chance = random.Random(3)
    for question in ("allies", "worst", "strict"):
        agree(page, bank, [(question, chance.sample(picked, k=len(picked))) for picked in subsets(bank[question])])

    def some(chance: random.Random, id_: str) -> list[str]:
        return chance.sample(bank[id_].places, k=chance.randrange(6))

    agree(page, bank, pairs(bank, some))
    agree(page, bank, [(question.id, place) for question in bank for place in question.places])
    agree(page, bank, [("newest", bend(chance, [place])) for place in bank["newest"].places for _ in range(100)])


def press(page, question: str, place: str) -> None:
    """Press the middle of a place's shape."""
    page.locator(f"[data-quiz-question={question}] path[data-place={place}]").click()


def picked(page, question: str) -> tuple[list[str], list[str]]:
    """What is picked in the list and on the map."""
    form = page.locator(f"[data-quiz-question={question}]")
    return (form.locator("input:checked").evaluate_all("(all) => all.map((one) => one.value).sort()"),
            form.locator("path[data-picked]").evaluate_all("(all) => all.map((one) => one.dataset.place).sort()"))


def test_the_map_and_the_list_are_one(open_page, address):
    page = open_page(address)
    press(page, "allies", "ROU")
    press(page, "allies", "MNE")
    assert picked(page, "allies") == (["MNE", "ROU"], ["MNE", "ROU"])
    assert page.evaluate("document.activeElement.value") == "MNE"  # the focus goes where the map was pressed
    press(page, "allies", "ROU")
    assert picked(page, "allies") == (["MNE"], ["MNE"])
    page.locator("[data-quiz-question=allies] input[value=ALB]").check()
    assert picked(page, "allies") == (["ALB", "MNE"], ["ALB", "MNE"])
    assert "-hatch" in page.locator("[data-quiz-question=allies] path[data-picked]").first.get_attribute("style")
    press(page, "newest", "SRB")
    press(page, "newest", "XKX")
    assert picked(page, "newest") == (["XKX"], ["XKX"])
    reload(page)
    assert picked(page, "allies") == (["ALB", "MNE"], ["ALB", "MNE"])
    assert page.locator(".quiz-total").inner_text() == "0 of 7 points, 0 of 4 answered"
    page.locator("[data-quiz-question=allies] button[type=submit]").click()
    assert page.locator("[data-quiz-question=allies] .quiz-state").inner_text() == "Partly right · 1.5 of 3"
    page.locator("[data-quiz-question=allies] [data-quiz-do=again]").click()
    assert picked(page, "allies") == ([], [])


def test_a_finger_beside_a_small_place_picks_it_but_none_inside_another_small_one(open_page, address):
    page = open_page(address, viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    circles = page.locator("[data-quiz-question=newest] circle")
    sizes = circles.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().width * 320 / one.closest('svg').clientWidth)")
    assert sizes and min(sizes) >= 24
    hits = page.locator("[data-quiz-question=newest] svg").evaluate("""(svg) => {
      svg.scrollIntoView();
      return [...svg.querySelectorAll("circle")].map((circle) => {
        const { left, top, width, height } = circle.getBoundingClientRect();
        const seen = new Set();
        for (let x = 0; x < width; x++) for (let y = 0; y < height; y++) {
          if (Math.hypot(x - width / 2, y - height / 2) > width / 2 - 1) continue;
          const spot = document.elementFromPoint(left + x, top + y);
          if (spot?.dataset.place) seen.add(spot.dataset.place);
        }
        return [circle.dataset.place, [...seen]];
      });
    }""")
    small = {place for place, _ in hits}
    for place, seen in hits:
        assert place in seen
        assert set(seen) <= small
    page.locator("[data-quiz-question=newest] path[data-place=XKX]").tap()
    assert picked(page, "newest") == (["XKX"], ["XKX"])


def test_the_list_is_answered_by_keyboard_alone(open_page, address):
    page = open_page(address)
    tab_to(page, "[data-quiz-question=newest] input")
    for key in ["Space", *["ArrowDown"] * 5]:
        page.keyboard.press(key)
    assert picked(page, "newest") == (["XKX"], ["XKX"])
    assert check(page, "newest") == "Right · 2 of 2\nIn 2008."
    tab_to(page, "[data-quiz-question=allies] input")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert check(page, "allies") == "Not right · 0 of 3\nAlbania: In 2009.\nBosnia and Herzegovina: No."
    reload(page)
    assert picked(page, "newest") == (["XKX"], ["XKX"])


def test_without_javascript_the_list_reads(open_page, address):
    page = open_page(address, java_script_enabled=False)
    assert "North Macedonia" in page.locator("[data-quiz-question=newest]").inner_text()
    assert page.locator("[data-quiz-question=newest] svg").is_visible()


# Slips of an author, for the guide: the question, what stands in its YAML, what is written instead, what `check` says
GUIDE_SLIPS = [
    ("no-recognition", "[BIH, GRC, ROU, SRB]", "[BIH, GRE, ROU, SRB]",
     "found 'GRE'; accepted: ALB, BIH, BGR, HRV, GRC, MNE, MKD, ROU, SRB, SVN, TUR"),
    ("no-recognition", "      other: This state has recognised Kosovo; most in the region did so in 2008.\n", "",
     "found no feedback for 'ALB'; accepted: one for every place, or 'other' for the rest"),
    ("no-recognition", "outlines.json", "outline.json",
     "found no file '../../data/outline.json'; accepted: a TopoJSON or GeoJSON file, its path from the bank's folder"),
]
