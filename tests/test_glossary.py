"""The glossary: explained beside the text, for a mouse, a finger and a keyboard."""

from __future__ import annotations

import re
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare_page import ROOT

TEXT = (ROOT / "chapters" / "glossary.md").read_text(encoding="utf-8")
TERMS = re.findall(r"^(\S.*)\n  \S", TEXT[TEXT.index("{glossary}"):], re.MULTILINE)


@pytest.fixture(scope="module")
def address(site, served) -> str:
    return served(site)


def plain(term: str) -> str:
    """A term as English sorts it: no capitals, no accents, no signs."""
    letters = unicodedata.normalize("NFD", term.translate(str.maketrans("ıłđŁĐ", "ildLD")))
    return re.sub("[^a-z0-9 ]", "", letters.casefold())


def test_every_term_stands_once_in_the_order_of_the_alphabet():
    assert len(TERMS) >= 100
    assert len({term.casefold() for term in TERMS}) == len(TERMS)
    heads = [plain(entry.split("\n")[0]) for entry in TEXT.partition(":::{glossary}\n")[2].partition("\n:::")[0].split("\n\n")]
    assert heads == sorted(heads)


def explained(page):
    return page.locator("#term-meaning:not([hidden])")


def test_a_term_says_its_meaning_to_a_keyboard_and_lets_go_at_escape(open_page, address):
    page = open_page(f"{address}/chapters/security.html", viewport={"width": 1280, "height": 800})
    link = page.locator("a[data-meaning]").first
    link.focus()
    assert explained(page).inner_text() == link.get_attribute("data-meaning")
    assert link.get_attribute("aria-describedby") == "term-meaning"
    assert Axe().run(page, options={"preload": False}).response["violations"] == []
    page.keyboard.press("Escape")
    assert explained(page).count() == 0


def test_a_first_tap_explains_a_term_and_a_second_follows_it(open_page, address):
    page = open_page(f"{address}/chapters/security.html", has_touch=True, is_mobile=True)
    link = page.locator("a[data-meaning]").first
    link.scroll_into_view_if_needed()
    link.tap()
    assert explained(page).count() == 1 and page.url.endswith("security.html")
    box = explained(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    link.tap()
    page.wait_for_url("**/glossary.html#term-*")


def test_a_mouse_may_rest_on_the_meaning(open_page, address):
    page = open_page(f"{address}/chapters/security.html", viewport={"width": 1280, "height": 800})
    link = page.locator("a[data-meaning]").first
    link.hover()
    box, word = explained(page).bounding_box(), link.bounding_box()
    page.mouse.move(word["x"] + 5, word["y"] + word["height"] - 1)
    page.mouse.move(box["x"] + 20, box["y"] + 10, steps=4)
    assert explained(page).count() == 1
    page.mouse.move(5, 5)
    assert explained(page).count() == 0


def test_without_javascript_a_term_is_a_link_to_its_entry(open_page, address):
    page = open_page(f"{address}/chapters/security.html", java_script_enabled=False)
    page.locator("a[data-meaning]").first.click()
    assert "/glossary.html#term-" in page.url
