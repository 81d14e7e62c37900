"""A table with filters: whole without a script, narrowed down with one."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from figures import NASTY

from atlas import filter_table
from atlas.page import light, writer
from atlas.static import filter_script, filter_styles, styles

WORKS = pd.DataFrame({
    "id": ["A1", "A2", "A3", "A4"], "title": [f"Bridge {NASTY}", "Road", "Port", "Dam"],
    "kind": ["new", "old", "new", NASTY], "place": ["coast", "coast", "hills", "hills"], "length": [1.5, 12500, None, 3],
    "passage": ["works.html#a1", "works.html#a2", None, 'x.html#"><b>'], "said": ["A sentence of some length. " * 3] * 4})
COLUMNS = {"id": "Work", "title": "Title", "kind": "Kind", "length": "Length in km", "said": "What is said of it"}
ASKED = {"caption": f"Works {NASTY}", "columns": COLUMNS, "filters": ["kind", "place"], "links": {"id": "passage"},
         "noun": "works"}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Works</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{css}"><link rel="stylesheet" href="{own}">
<style>:root {{ color-scheme: light dark }} body {{ background: Canvas; color: CanvasText; font-family: sans-serif }}
</style></head><body><main><h1>Works</h1>{table}</main><script defer src="{js}"></script></body></html>"""


def table(**other):
    return filter_table(WORKS, name="works", **ASKED | other)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    """A page on disk with one table."""
    folder = tmp_path_factory.mktemp("filtered")
    write = writer(folder)
    files = {"css": write("atlas", "css", styles()), "own": write("filter", "css", filter_styles()),
             "js": write("filter", "js", filter_script())}
    (folder / "works.html").write_text(PAGE.format(table=light(table()._repr_html_(), write), **files), encoding="utf-8")
    return (folder / "works.html").as_uri()


def rows(page) -> list[str]:
    """The headings of the rows that can be seen."""
    return page.locator("tbody tr:visible th").all_inner_texts()


def test_the_markup_holds_every_row_a_choice_for_each_filter_and_no_script():
    html = table()._repr_html_()
    assert re.findall(r'<option value="(\d*)">([^<]*)', html) == [
        ("", "All"), ("0", "new"), ("1", "old"), ("2", html.split('<option value="2">')[1].split("</option>")[0]),
        ("", "All"), ("0", "coast"), ("1", "hills")]
    assert re.findall(r'data-atlas-kinds="([^"]*)"', html) == ["0 0", "1 0", "0 1", "2 1"]
    assert re.findall(r'<label for="([^"]*)">(\w+)', html) == [("works-0", "Kind"), ("works-1", "Place")]
    assert "<script" not in html and "<img" not in html and "<b>" not in html
    assert "12,500" in html and ">4 of 4 works</p>" in html
    assert repr(table()) == f"FilteredTable({ASKED['caption']!r}, 4 rows)"


def test_a_cell_without_an_address_is_plain_text():
    assert re.findall(r'<th scope="row"[^>]*>(.*?)</th>', table()._repr_html_()) == [
        '<a href="works.html#a1">A1</a>', '<a href="works.html#a2">A2</a>', "A3",
        '<a href="x.html#&quot;&gt;&lt;b&gt;">A4</a>']


@pytest.mark.parametrize(("other", "message"), [
    ({"filters": ["kinds"]}, "found no column ['kinds']; accepted: " + str(list(WORKS.columns))),
    ({"links": {"place": "passage"}}, "links: found ['place']; accepted: " + str(list(COLUMNS))),
    ({"filters": []}, "filters: found none; accepted: one column or more"),
])
def test_what_does_not_fit_the_table_is_reported(other, message):
    with pytest.raises(ValueError) as failure:
        table(**other)
    assert str(failure.value) == message


@pytest.mark.parametrize("width", [390, 1280])
def test_the_choices_narrow_the_table_and_say_what_is_left(open_page, address, width):
    page = open_page(address, viewport={"width": width, "height": 844})
    page.get_by_label("Kind", exact=True).select_option("new")
    assert rows(page) == ["A1", "A3"]
    assert page.get_by_role("status").inner_text() == "2 of 4 works"
    page.get_by_label("Place", exact=True).select_option("hills")
    assert rows(page) == ["A3"]
    page.get_by_label("Kind", exact=True).select_option("old")
    assert rows(page) == []
    assert page.get_by_role("status").inner_text() == "0 of 4 works"
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelectorAll('tbody tr:not([hidden])').length === 4")
    assert page.get_by_role("status").inner_text() == "4 of 4 works"


def test_the_keyboard_is_enough(open_page, address):
    page = open_page(address)
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    assert rows(page) == ["A1", "A3"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('tbody tr:not([hidden])').length === 4")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "A1"


def test_without_scripts_the_whole_table_is_there_and_no_dead_filter(open_page, address):
    page = open_page(address, java_script_enabled=False)
    assert rows(page) == ["A1", "A2", "A3", "A4"]
    assert not page.locator("form").is_visible()
    page.get_by_role("link", name="A1").click()
    assert page.url.endswith("works.html#a1")


def test_nothing_moves_when_the_filters_come_alive(open_page, address):
    page = open_page(address)
    tall = "document.documentElement.scrollHeight"
    alive = page.evaluate(tall)
    page.evaluate("document.querySelector('.atlas-filtered').classList.remove('atlas-alive')")
    assert page.evaluate(tall) == alive


@pytest.mark.parametrize("width", [320, 390, 599, 768, 1280])
def test_the_table_needs_no_sideways_scrolling(open_page, address, width):
    page = open_page(address, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_page_shows_cards_that_name_each_value(open_page, address):
    page = open_page(address)
    cell = page.locator("tbody td").nth(2)
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == '"Length in km"'
    assert cell.evaluate("one => getComputedStyle(one).display") == "block"
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["role"]["value"] for node in tree if not node["ignored"]}
    assert roles >= {"table", "row", "rowheader", "cell"}  # a screen reader still meets a table
    wide = open_page(address, viewport={"width": 1280, "height": 844}).locator("tbody td").nth(2)
    assert wide.evaluate("one => getComputedStyle(one).display") == "table-cell"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, address, width, scheme):
    page = open_page(address, viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert Axe().run(page, options={"preload": False}).response["violations"] == []
    assert page.get_by_role("rowheader").count() == 4


def test_the_stored_block_shows_the_table_and_no_filter(open_page, tmp_path):
    """As a notebook shows it, where no script of ours runs."""
    (tmp_path / "cell.html").write_text(
        f'<!doctype html><html lang="en"><title>Cell</title><body>{table()._repr_html_()}</body>', encoding="utf-8")
    page = open_page((tmp_path / "cell.html").as_uri())
    assert rows(page) == ["A1", "A2", "A3", "A4"]
    assert page.locator("form").is_hidden()
    assert page.locator("form").bounding_box() is None
