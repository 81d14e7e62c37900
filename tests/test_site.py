"""The built book, as a reader meets it: served and from disk, light and dark, on a phone and at a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import WCAG, reload
from test_front_end import agree, numbers, possible, press_an_answer

from quizzes import load_bank

ROOT = Path(__file__).parent.parent
CHAPTERS = [path.relative_to(ROOT).with_suffix("").as_posix() for end in ("ipynb", "md") for path in sorted((ROOT / "chapters").rglob(f"*.{end}"))]
PAGES = ["index", *CHAPTERS, "search", "genindex"]


@pytest.fixture(scope="session")
def address(site, served) -> str:
    return served(site)


def draw_every_map(page) -> None:
    """Scroll to the maps one by one; each waits for its turn."""
    for one in page.locator(".atlas-map").all():
        one.scroll_into_view_if_needed()
        one.locator(".leaflet-pane path").first.wait_for(state="attached")


def test_the_pages_listed_here_are_the_pages_of_the_book(site):
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert built == set(PAGES)


@pytest.mark.parametrize(("name", "width", "scheme"), [
    (name, width, scheme) for name in PAGES for width in (320, 1280) for scheme in ("light", "dark")
    if not name.startswith("chapters/authors/") or (width, scheme) in {(320, "light"), (1280, "dark")}])  # the guide's pages are made alike
def test_a_page_is_accessible_fits_and_asks_no_other_host(open_page, address, name, scheme, width):
    page = open_page(f"{address}/{name}.html", color_scheme=scheme, viewport={"width": width, "height": 844})  # asserts that nothing is asked or said
    assert page.locator("h1").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    draw_every_map(page)
    answer_one_of_each_type(page)  # marked questions too
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # what is half under the bar would count as a small target
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_page_and_python_mark_the_whole_bank_alike(open_page, address):
    page = open_page(f"{address}/chapters/diplomacy.html")
    bank = load_bank(ROOT / "quizzes" / "bank" / "diplomacy.yml")
    assert len(bank) >= 30
    assert {form.get_attribute("data-quiz-question") for form in page.locator("[data-quiz-question]").all()} == {q.id for q in bank}
    choices = [(q.id, answer) for q in bank if q.type in {"one-choice", "many-choices", "true-false"} for answer in possible(q)]
    asked = [q for q in bank if q.type == "number"]
    agree(page, bank, choices + [(q.id, answer) for n, q in enumerate(asked) for answer in numbers(n, 10_000 // len(asked) + 1)])


INPUTS = ".quiz-inputs :is(input, select, textarea, button)"


def answer(page, form) -> None:
    """Answer a question with the keyboard alone, and check it."""
    form.locator(INPUTS).first.focus()
    press_an_answer(page)
    form.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")
    assert form.locator(".quiz-state").inner_text()


def answer_one_of_each_type(page) -> int:
    """Answer the first question of every type that is marked at once; returns how many types there are."""
    at_once = page.locator(".quiz:not(:has(.quiz-head))")  # a quiz with a behaviour has a head; tests/behaviours answers those
    types = sorted({form.get_attribute("data-quiz-type") for form in at_once.locator("[data-quiz-type]").all()})
    for name in types:
        answer(page, at_once.locator(f"[data-quiz-type={name}]").first)
    return len(types)


@pytest.mark.parametrize("where", ["served", "from disk"])
def test_a_question_of_each_type_is_answered_and_kept(open_page, site, address, where):
    name = "chapters/diplomacy.html"
    page = open_page(f"{address}/{name}" if where == "served" else (site / name).as_uri())
    how_many = answer_one_of_each_type(page)
    assert how_many >= 4
    states = page.locator(".quiz-state").all_inner_texts()
    assert len(states) == how_many
    reload(page)
    assert page.locator(".quiz-state").all_inner_texts() == states


@pytest.mark.parametrize("where", ["served", "from disk"])
def test_a_map_is_panned_and_a_layer_switched(open_page, site, address, where):
    name = "chapters/diplomacy.html"
    page = open_page(f"{address}/{name}" if where == "served" else (site / name).as_uri(), viewport={"width": 1280, "height": 900})
    one = page.locator(".atlas-map").first
    one.scroll_into_view_if_needed()
    one.locator(".leaflet-pane path").first.wait_for(state="attached")
    place = one.locator(".leaflet-map-pane")
    before = place.get_attribute("style")
    box = one.locator(".leaflet-container").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 80, box["y"] + box["height"] / 2 + 30, steps=5)
    page.mouse.up()
    assert place.get_attribute("style") != before

    drawn = lambda: one.locator(".leaflet-overlay-pane").inner_html()  # noqa: E731
    first = drawn()
    one.get_by_label("NATO").check()
    page.wait_for_function("([one, first]) => one.querySelector('.leaflet-overlay-pane').innerHTML !== first", arg=[one.element_handle(), first])


def test_with_javascript_off_the_chapter_its_questions_and_the_data_of_its_figures_read(open_page, address):
    page = open_page(f"{address}/chapters/diplomacy.html", java_script_enabled=False)
    text = page.locator("article").inner_text()
    for question in load_bank(ROOT / "quizzes" / "bank" / "diplomacy.yml"):
        for choice in question.choices if question.type.endswith(("one-choice", "many-choices")) else ():
            assert choice.text.replace("*", "") in text
    assert page.locator(".atlas-figure table").count() >= 5


def test_the_reader_chooses_the_colours_and_they_stay(open_page, address):
    page = open_page(f"{address}/chapters/diplomacy.html", color_scheme="light")
    paper = lambda: page.evaluate("getComputedStyle(document.documentElement).backgroundColor")  # noqa: E731
    light = paper()
    button = page.locator(".bar-colours")
    assert button.get_attribute("aria-label") == "Colours: as the device has them"
    button.click()
    assert button.get_attribute("aria-label") == "Colours: dark" and paper() != light
    page.goto(f"{address}/chapters/energy.html")
    assert paper() != light
    page.locator(".bar-colours").click()
    assert page.locator(".bar-colours").get_attribute("aria-label") == "Colours: light" and paper() == light


def test_on_a_phone_the_contents_open_and_close_by_keyboard(open_page, address):
    page = open_page(f"{address}/chapters/energy.html", viewport={"width": 390, "height": 844})
    contents, opener = page.locator("#contents"), page.get_by_role("button", name="Contents")
    assert not contents.is_visible() and opener.get_attribute("aria-expanded") == "false"
    opener.focus()
    page.keyboard.press("Enter")
    assert contents.is_visible() and opener.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.closest('#contents') !== null")
    page.keyboard.press("Escape")
    contents.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className") == "bar-menu"
    opener.press("Space")
    contents.get_by_role("link", name="What is a hub?").click()
    contents.wait_for(state="hidden")
    assert "#" in page.url and page.get_by_role("heading", name="What is a hub?").bounding_box()["y"] < 300


def test_without_scripts_the_contents_stand_below_the_text(open_page, address):
    page = open_page(f"{address}/chapters/energy.html", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.get_by_role("link", name="Contents").click()
    link = page.locator("#contents").get_by_role("link", name="Introduction")
    assert link.is_visible() and link.bounding_box()["y"] < 844
    assert page.locator(".bar-colours").is_hidden()  # it could do nothing


def test_the_contents_say_where_the_reader_is_and_how_far(open_page, address):
    page = open_page(f"{address}/chapters/diplomacy.html", viewport={"width": 1280, "height": 900})
    here = page.locator("#contents [aria-current=page]")
    assert here.count() == 1 and here.inner_text() == "Diplomacy"
    answer_one_of_each_type(page)
    page.wait_for_function("document.querySelector('#contents .quiz-tick')")
    tick = here.locator(".quiz-tick")
    many = int(tick.inner_text().split("/")[0])
    assert many >= 4 and tick.get_attribute("aria-label").startswith(f"{many} of ")
    page.evaluate("""() => {
        const key = Object.keys(localStorage).find((key) => /:diplomacy\\/[a-z-]+$/.test(key));
        localStorage.setItem(`${key}:a-test`, localStorage.getItem(key));
        localStorage.setItem(`${key}-broken`, "{");
    }""")
    page.goto(f"{address}/chapters/energy.html")  # a question that a test asks too counts once, and what can't be read does not
    assert page.locator("#contents").get_by_role("link", name="Diplomacy").locator(".quiz-tick").inner_text().startswith(f"{many}/")


def test_a_page_lets_no_inline_script_and_no_other_host_in(chromium, address):
    page = chromium.new_page()  # not watched: the browser says what it stops
    page.goto(f"{address}/chapters/history.html")
    broken = page.evaluate("""() => new Promise((done) => {
      const found = [];
      document.addEventListener("securitypolicyviolation", (event) => {
        found.push(event.effectiveDirective);
        if (found.length === 3) done(found.sort());
      });
      document.body.append(Object.assign(document.createElement("script"), {textContent: "window.ran = true"}));
      document.body.append(Object.assign(new Image(), {src: "https://example.org/pixel.gif"}));
      fetch("https://example.org/").catch(() => {});
    })""")
    assert broken == ["connect-src", "img-src", "script-src-elem"]
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("where", ["served", "from disk"])
def test_no_page_breaks_its_own_policy(open_page, site, address, where):
    for name in PAGES:
        page = open_page(f"{address}/{name}.html" if where == "served" else (site / f"{name}.html").as_uri())  # asserts that nothing is said
        assert page.locator("html.js").count() == 1
        page.close()


def test_the_search_works(open_page, address):
    page = open_page(f"{address}/chapters/diplomacy.html", viewport={"width": 1280, "height": 900})
    page.get_by_role("searchbox").first.fill("Platform")
    page.keyboard.press("Enter")
    page.locator("#search-results li a").first.wait_for()
    page.get_by_role("main").get_by_role("link", name="index", exact=True).click()  # for who knows the term but not how it is written
    page.get_by_role("heading", name="Index", exact=True).wait_for()


def one_of_each_type() -> list[tuple[str, str, str]]:
    """(bank, id, version) of a question of each type, from wherever in the book there is one."""
    found = {}
    for name in ("weighing-the-argument", "introduction", "history", "diplomacy", "economy", "energy", "security"):
        bank = load_bank(ROOT / "quizzes" / "bank" / f"{name}.yml")
        found |= {q.type: (name, q.id, q.version) for q in bank if q.points and (q.section or q.group) in bank.sections and not bank.lenders}
    return list(found.values())


def no_violations(page) -> None:
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []


@pytest.mark.parametrize(("where", "width", "scheme"), [("served", 320, "dark"), ("from disk", 1280, "light")])
def test_a_review_on_the_page_of_progress_asks_every_type_by_keyboard_and_is_accessible(open_page, site, address, where, width, scheme):
    name = "chapters/progress.html"
    page = open_page(f"{address}/{name}" if where == "served" else (site / name).as_uri(), color_scheme=scheme, viewport={"width": width, "height": 844})
    asked = one_of_each_type()
    assert len(asked) >= 12
    reviews = {f"review:{bank}/{id_}@2026-01-02T10:00:00.000Z": {"state": "wrong", "points": 0, "out_of": 1, "certainty": n % 3 + 1, "version": version}
               for n, (bank, id_, version) in enumerate(asked)}
    page.evaluate("(all) => Object.entries(all).forEach(([key, review]) => localStorage.setItem(`quizzes:turkey-and-the-balkans:${key}`, JSON.stringify(review)))",
                  reviews)
    reload(page)
    no_violations(page)
    assert page.locator(".quiz-told").is_hidden()
    types = set()
    for _ in range(2):  # ten questions at a time
        page.locator("[data-quiz-do=review]").focus()
        page.keyboard.press("Enter")
        form = page.locator("[data-part=review] form")
        form.wait_for()
        no_violations(page)
        while form.count():
            types.add(form.get_attribute("data-quiz-type"))
            answer(page, form)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.locator("[data-part=review] > .quiz-actions button").first.focus()
            page.keyboard.press("Enter")
    assert len(types) == len(asked)
    assert "Due today" not in page.locator("[data-part=due]").inner_text()
    no_violations(page)
