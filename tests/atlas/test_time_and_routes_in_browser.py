"""The slider of years and lines of routes in a real browser, from disk."""

from __future__ import annotations

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from figures import NASTY, every_map
from map_pages import alive, write_page

from atlas import route_map

NEW = ["timed", "timed-value", "timed-point", "route"]
STEP = 1600  # milliseconds between two stops when it plays


@pytest.fixture(scope="module")
def new_maps(tmp_path_factory) -> str:
    """A page with the maps that have a slider or routes, and no other."""
    return write_page(tmp_path_factory.mktemp("new"), [one for one in every_map() if one.name in NEW])


def said(figure) -> tuple[str, str, str]:
    """The year, what a screen reader hears for it, and the line of text."""
    return (figure.locator("output").text_content(), figure.locator("input").get_attribute("aria-valuetext"),
            figure.locator('[role="status"]').text_content())


def areas(figure) -> dict[str, list]:
    """Painted countries: name -> fill, and whether it is edged as news."""
    return dict(figure.locator("path.atlas-area").evaluate_all(
        "all => all.map((one) => [one.ariaLabel.split(/ |\\./)[0],"
        " [one.getAttribute('fill'), one.classList.contains('atlas-fresh')]])"))


def test_the_slider_begins_at_its_last_stop(open_page, address):
    figure = alive(open_page(address), "timed")
    assert said(figure) == ("2020", "2020", f"2020: Albania {NASTY} and Serbia (no longer shown).")
    assert areas(figure) == {"Turkey": ["#0072b2", False]}


def test_arrow_keys_move_the_paint_the_year_and_the_text(open_page, address):
    page = open_page(address)
    figure = alive(page, "timed")
    figure.locator("input").focus()
    page.keyboard.press("ArrowLeft")
    assert said(figure) == ("2009", "2009", f"2009: Albania {NASTY} (Member).")
    assert areas(figure) == {"Albania": ["#0072b2", True], "Turkey": ["#0072b2", False],
                             "Serbia": ["url(#timed-fill-1)", False]}
    edged = figure.locator("path.atlas-area").last.evaluate("one => one.classList.contains('atlas-fresh')")
    assert edged  # nothing lies on its edge
    page.keyboard.press("Home")
    assert said(figure)[0] == "1952"
    assert areas(figure)["Albania"] == ["url(#timed-fill-1)", False]
    page.keyboard.press("End")
    assert list(areas(figure)) == ["Turkey"]


def test_the_numbers_on_the_countries_change_with_the_year(open_page, address):
    page = open_page(address, viewport={"width": 1280, "height": 844})
    figure = alive(page, "timed-value")
    labels = figure.locator(".atlas-label")
    assert labels.all_text_contents() == ["", "40", ""]
    figure.locator("input").focus()
    page.keyboard.press("ArrowLeft")
    assert labels.all_text_contents() == ["5", "30", "12"]
    assert said(figure)[2].startswith("2009: from 5 % (Albania")


def test_signs_come_with_their_year_and_the_new_ones_stand_in_a_ring(open_page, address):
    page = open_page(address)
    figure = alive(page, "timed-point")
    assert figure.locator(".atlas-point").count() == 3
    figure.locator("input").focus()
    page.keyboard.press("Home")
    assert figure.locator(".atlas-point").count() == 1
    page.keyboard.press("ArrowRight")
    assert figure.locator(".atlas-point.atlas-fresh").count() == 1
    assert figure.locator(".atlas-point.atlas-past").count() == 1
    ring = figure.locator(".atlas-fresh svg").evaluate("one => getComputedStyle(one).outlineStyle")
    assert ring == "solid"


def test_what_changed_with_the_year_is_what_the_keyboard_finds(open_page, address):
    page = open_page(address)
    figure = alive(page, "timed")
    figure.locator("input").focus()
    page.keyboard.press("Home")
    figure.locator(".atlas-canvas").focus()
    page.keyboard.press("Tab")
    heard = set()
    for _ in range(3):
        heard.add(page.evaluate("document.activeElement.ariaLabel"))
        page.wait_for_function("document.querySelectorAll('.atlas-tip').length === 1")
        page.keyboard.press("ArrowRight")
    assert heard == {f"Albania {NASTY}. {NASTY}", f"Turkey. Member. Note: {NASTY}", f"Serbia. {NASTY}"}


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_play_goes_from_the_first_stop_to_the_last_and_stops_there(open_page, address, motion):
    page = open_page(address, reduced_motion=motion)
    figure = alive(page, "timed")
    page.clock.install()
    button = figure.locator("button")
    button.press("Enter")
    assert (button.get_attribute("aria-label"), said(figure)[0]) == ("Pause", "1952")
    for year in ("2009", "2020"):
        page.clock.run_for(STEP)
        assert said(figure)[0] == year
    assert button.get_attribute("aria-label") == "Play"
    page.clock.run_for(5 * STEP)
    assert said(figure)[0] == "2020"


def test_play_is_paused_by_its_button_and_by_the_slider(open_page, address):
    page = open_page(address)
    figure = alive(page, "timed")
    page.clock.install()
    button = figure.locator("button")
    button.click()
    button.click()
    page.clock.run_for(2 * STEP)
    assert (button.get_attribute("aria-label"), said(figure)[0]) == ("Play", "1952")
    button.click()
    figure.locator("input").press("ArrowRight")
    page.clock.run_for(2 * STEP)
    assert (button.get_attribute("aria-label"), said(figure)[0]) == ("Play", "2009")


def test_nothing_fades_for_whoever_wants_no_motion(open_page, address):
    for motion, animation in (("no-preference", "atlas-in"), ("reduce", "none")):
        figure = alive(open_page(address, reduced_motion=motion), "timed-point")
        figure.locator("input").press("ArrowLeft")
        shown = figure.locator(".atlas-fresh").evaluate("one => getComputedStyle(one).animationName")
        assert shown == animation


def test_on_paper_stands_the_last_stop(open_page, address):
    page = open_page(address)
    figure = alive(page, "timed")
    figure.locator("input").press("Home")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert said(figure)[0] == "2020"
    assert figure.locator('[role="status"]').is_visible() and not figure.locator("button").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert said(figure)[0] == "1952"


def test_nothing_moves_below_the_slider_from_stop_to_stop(open_page, address):
    page = open_page(address, viewport={"width": 320, "height": 640})
    figure = alive(page, "timed")
    heights = []
    for key in ("End", "ArrowLeft", "ArrowLeft"):
        figure.locator("input").press(key)
        heights.append(figure.locator(".atlas-time").bounding_box()["height"])
    assert len(set(heights)) == 1


def test_what_a_thumb_presses_is_large_enough_and_nothing_is_wider_than_the_page(open_page, new_maps):
    page = open_page(new_maps, viewport={"width": 320, "height": 640})
    for name in NEW[:3]:
        figure = alive(page, name)
        for part in ("button", "input"):
            box = figure.locator(part).bounding_box()
            assert box["width"] >= 44 and box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_routes_are_walked_by_arrow_keys_and_say_what_they_are(open_page, address):
    page = open_page(address)
    figure = alive(page, "route")
    figure.locator(".atlas-canvas").focus()
    page.keyboard.press("Tab")
    heard = []
    for _ in range(3):
        heard.append(page.evaluate("document.activeElement.ariaLabel"))
        page.keyboard.press("ArrowRight")
    assert heard == ["Wide. 30 bcm. A", f"Narrow {NASTY}. 3 bcm. {NASTY}. Status: {NASTY}", "Unknown. no number. A"]
    assert page.evaluate("getComputedStyle(document.activeElement).strokeOpacity") == "0.4"
    page.wait_for_function("document.querySelectorAll('.atlas-tip').length === 1")
    assert page.locator(".atlas-tip").all_inner_texts() == ["Wide\n30 bcm\nA"]


def test_a_label_makes_room_for_a_line(open_page, tmp_path):
    """Kosovo's name stands in the middle of the country, where this line runs."""
    about = {"label": "name", "path": "path", "alt": "a", "source": "s", "view": "balkans"}
    tables = [pd.DataFrame({"name": ["Line"], "path": [path]}) for path in ("42.55 18; 42.55 24", "36 18; 36 24")]
    figures = [route_map(table, name=name, **about) for table, name in zip(tables, ("on", "off"), strict=True)]
    page = open_page(write_page(tmp_path, figures), viewport={"width": 1280, "height": 844})
    classes = {name: set(alive(page, name).locator(".atlas-label", has_text="Kosovo").get_attribute("class").split()) for name in ("on", "off")}
    assert "atlas-here" in classes["off"]
    assert not {"atlas-here", "atlas-hidden"} & classes["on"]  # beside the line and its arrow, and still to be read


def test_a_route_is_hit_beside_its_line_and_edged_in_the_colour_of_the_page(open_page, address):
    for scheme, edge in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(18, 18, 18)")):
        page = open_page(address, color_scheme=scheme)
        figure = alive(page, "route")
        widths = figure.locator("path.atlas-route").evaluate_all("all => all.map((one) => one.getAttribute('stroke-width'))")
        assert widths == ["28"] * 3
        assert figure.locator("path.atlas-casing").first.evaluate("one => getComputedStyle(one).stroke") == edge
        assert figure.locator(".atlas-arrow path").count() == 3


def test_without_scripts_the_text_the_legend_and_the_table_are_there_and_no_dead_slider(open_page, address):
    page = open_page(address, java_script_enabled=False)
    figure = page.locator('[data-atlas="timed"]')
    assert figure.locator(".atlas-alt").is_visible()
    assert not figure.locator("input").is_visible()
    figure.locator("summary").click()
    assert "2009" in figure.locator("table").inner_text()


def test_the_slider_works_in_a_notebook_too(open_page, tmp_path):
    block = next(one for one in every_map() if one.name == "timed")._repr_html_()
    (tmp_path / "cell.html").write_text(
        f'<!doctype html><html lang="en"><title>Cell</title><body>{block}</body>', encoding="utf-8")
    page = open_page((tmp_path / "cell.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(".atlas-alive").wait_for()
    frame.locator("input").press("ArrowLeft")
    assert frame.locator("path.atlas-area").count() == 3
    assert frame.locator("body").evaluate("one => one.scrollHeight <= innerHeight")
    assert frame.locator(".atlas-canvas").bounding_box()["height"] > 250


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, new_maps, scheme):
    page = open_page(new_maps, color_scheme=scheme, viewport={"width": 320, "height": 640})
    for name in NEW:
        alive(page, name)
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []
