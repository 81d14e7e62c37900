"""Maps in a real browser, from disk: seen, moved, switched and read by keyboard and by mouse."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from figures import NASTY, every_map
from map_pages import alive, centre, write_page

from atlas import point_map


def test_a_map_that_is_far_away_is_not_loaded(open_page, address):
    page = open_page(address, viewport={"width": 390, "height": 400})
    alive(page, "region")
    assert page.locator('[data-atlas="point"] .atlas-alive').count() == 0
    alive(page, "point")


def test_nothing_moves_when_a_map_comes_alive(open_page, address):
    page = open_page(address, java_script_enabled=False)
    heights = "document.documentElement.scrollHeight"
    before = page.evaluate(heights)
    page = open_page(address)
    for one in every_map():
        alive(page, one.name)
    assert page.evaluate(heights) == before


def test_a_map_is_moved_by_mouse_and_by_keyboard(open_page, address):
    page = open_page(address, viewport={"width": 1280, "height": 844})
    figure = alive(page, "category")
    canvas = figure.locator(".atlas-canvas")
    canvas.focus()
    zoom = page.evaluate("map_category.getZoom()")
    page.keyboard.press("+")
    page.wait_for_function(f"map_category.getZoom() > {zoom}")
    start = centre(page, "category")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"map_category.getCenter().lng > {start[1] + 0.1}")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 200, steps=4)
    page.mouse.up()
    page.wait_for_function(f"map_category.getCenter().lng < {centre(page, 'category')[1] + 1}")
    assert centre(page, "category")[1] < start[1] + 5


def test_the_layer_is_switched_by_arrow_keys_and_announced(open_page, address):
    page = open_page(address)
    figure = alive(page, "layer-one")
    assert figure.locator("path.atlas-area").count() == 2
    figure.locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    assert figure.locator("input").nth(1).is_checked()
    assert figure.locator('[role="status"]').text_content() == "European Union: Turkey and Serbia."
    names = figure.locator("path.atlas-area").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert [name.split(".")[0] for name in names] == ["Turkey", "Serbia"]


def test_layers_are_laid_on_one_another_by_mouse(open_page, address):
    page = open_page(address)
    figure = alive(page, "layer-many")
    figure.locator("label", has_text="European Union").click()
    assert figure.locator("path.atlas-area").count() == 4
    figure.locator("label", has_text="European Union").click()
    assert figure.locator("path.atlas-area").count() == 2


def test_the_places_are_one_tab_stop_and_each_says_what_it_is(open_page, address):
    page = open_page(address)
    figure = alive(page, "category")
    figure.locator(".atlas-canvas").focus()
    page.keyboard.press("Tab")
    said = [page.evaluate("document.activeElement.ariaLabel")]
    page.keyboard.press("ArrowRight")
    said.append(page.evaluate("document.activeElement.ariaLabel"))
    assert said == [f"Albania {NASTY}. Yes. Note: {NASTY}", "Kosovo. Kosovo"]
    page.wait_for_function("document.querySelectorAll('.atlas-tip').length === 1")
    assert page.locator(".atlas-tip").all_inner_texts() == ["Kosovo\nKosovo"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Zoom in"


def test_a_list_says_what_the_map_shows_and_each_entry_leads_to_its_place(open_page, address):
    page = open_page(address)
    figure = alive(page, "category")
    opener = figure.locator(".atlas-places summary")
    opener.focus()
    page.keyboard.press("Enter")
    entries = figure.locator(".atlas-places button")
    entries.first.wait_for()
    assert entries.all_inner_texts() == [" ".join(place.get_attribute("aria-label").split()) for place in figure.locator("[data-atlas-place]").all()]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "Kosovo. Kosovo"
    page.locator(".atlas-tip").wait_for()
    assert not entries.first.is_visible()
    opener.click()
    entries.first.wait_for()
    entries.first.focus()
    page.keyboard.press("Escape")
    assert not entries.first.is_visible() and page.evaluate("document.activeElement.localName") == "summary"


def test_the_list_is_of_the_layer_that_is_shown(open_page, address):
    page = open_page(address)
    figure = alive(page, "layer-many")
    figure.locator("label", has_text="European Union").click()
    figure.locator(".atlas-places summary").click()
    figure.locator(".atlas-places button").first.wait_for()
    assert figure.locator(".atlas-places button").count() == figure.locator("[data-atlas-place]").count() == 4


def test_a_scale_says_how_far_a_kilometre_is(open_page, address):
    page = open_page(address)
    assert re.fullmatch(r"\d+ km", alive(page, "region").locator(".leaflet-control-scale-line").inner_text())


def test_a_tooltip_stays_within_the_map(open_page, address):
    page = open_page(address, viewport={"width": 320, "height": 640})
    figure = alive(page, "point")
    sign = figure.locator(".atlas-point").first
    sign.hover()
    page.locator(".atlas-tip").wait_for()
    tip, canvas = page.locator(".atlas-tip").bounding_box(), figure.locator(".atlas-canvas").bounding_box()
    assert canvas["x"] <= tip["x"] and tip["x"] + tip["width"] <= canvas["x"] + canvas["width"]


def test_a_touch_of_one_finger_scrolls_the_page_and_not_the_map(open_page, address):
    page = open_page(address, has_touch=True, is_mobile=True)
    figure = alive(page, "region")
    assert page.evaluate("map_region.dragging.enabled()") is False
    assert "none" not in figure.locator(".atlas-canvas").evaluate("one => getComputedStyle(one).touchAction")


def test_a_map_fits_again_when_its_room_changes(open_page, address):
    page = open_page(address, viewport={"width": 1280, "height": 844})
    alive(page, "region")
    wide = page.evaluate("map_region.getZoom()")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"map_region.getZoom() < {wide} - 0.3")
    assert page.evaluate("map_region.getBounds().contains([[34.9, 13.3], [48.2, 44.8]])")


def test_the_border_of_kosovo_and_serbia_is_dashed(open_page, address):
    page = open_page(address)
    figure = alive(page, "region")
    assert figure.locator("path.atlas-dashed").evaluate("one => getComputedStyle(one).strokeDasharray") == "4px, 3.5px"
    assert figure.locator("path.atlas-area").evaluate_all(
        "all => all.every((one) => one.getAttribute('stroke') === 'none')")


def test_without_scripts_the_text_alternative_the_legend_and_the_table_are_there(open_page, address):
    page = open_page(address, java_script_enabled=False)
    figure = page.locator('[data-atlas="layer-one"]')
    assert figure.locator(".atlas-alt").is_visible()
    assert "European Union" in figure.locator(".atlas-switch").inner_text()
    assert "Member" in figure.locator(".atlas-legend").inner_text()
    figure.locator("summary").click()
    assert "Turkey" in figure.locator("table").inner_text()


def test_the_stored_block_is_a_map_without_a_page(open_page, tmp_path):
    """As a notebook shows it: the light text around it becomes the map's text colour."""
    block = every_map()[3]._repr_html_()
    (tmp_path / "cell.html").write_text(
        f'<!doctype html><html lang="en"><title>Cell</title><body style="background:#111;color:#eee">{block}</body>',
        encoding="utf-8")
    page = open_page((tmp_path / "cell.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(".atlas-alive").wait_for()
    frame.locator("label", has_text="European Union").click()
    assert frame.locator("path.atlas-area").count() == 2
    assert frame.locator("body").evaluate("one => getComputedStyle(one).color") == "rgb(238, 238, 238)"
    assert frame.locator(":root").evaluate("one => getComputedStyle(one).colorScheme") == "dark"


def test_a_layers_name_is_text_in_the_switch_too(open_page, address):
    page = open_page(address)  # an image in it would be asked for, and not found
    page.locator(".atlas-map").nth(3).scroll_into_view_if_needed()
    page.locator(".atlas-map").nth(3).locator(".leaflet-control-layers label").first.wait_for()
    assert page.locator(".leaflet-control-layers img").count() == 0
    assert "<img" in page.locator(".atlas-map").nth(3).locator(".leaflet-control-layers").inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_row_of_signs_stays_inside_the_map_at_every_size(open_page, tmp_path, width):
    """Six signs at one place stand side by side; the place is near the edge of what the map has to hold."""
    table = pd.DataFrame({"title": list("abcdef"), "lat": 39.93, "lon": 32.86, "kind": list("uvwxyz")})
    figure = point_map(table, label="title", category="kind", categories=dict(zip("uvwxyz", "UVWXYZ", strict=True)), name="row", view="balkans", alt="a", source="s")
    page = open_page(write_page(tmp_path, [figure]), viewport={"width": width, "height": 844})
    box = alive(page, "row")
    for size in (width, 40, width):  # a window on its way to another size may be nearly nothing
        page.set_viewport_size({"width": size, "height": 844})
        page.wait_for_timeout(200)
    frame = box.locator(".atlas-canvas").bounding_box()
    signs = [sign.bounding_box() for sign in box.locator(".atlas-point").all()]
    assert len(signs) == 6
    assert min(sign["x"] for sign in signs) >= frame["x"] and max(sign["x"] + sign["width"] for sign in signs) <= frame["x"] + frame["width"]
