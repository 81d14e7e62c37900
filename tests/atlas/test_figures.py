"""What holds for every map, chart and table of the atlas."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest
from figures import ABOUT, EVENTS, NASTY, POLLS, STATES, TABLES, every_chart, every_figure, every_map

from atlas import bar_chart, category_map, layer_map, line_chart, point_map, region_map, show_table
from atlas.charts import ROOM
from atlas.page import light
from atlas.svg import WIDTH

FIGURES = every_figure()
MAPS = every_map()
CHARTS = every_chart()


def in_page(figure) -> str:
    """The figure's markup in a page, without the scripts that are files of their own."""
    return light(figure._repr_html_(), lambda stem, suffix, text: f"{stem}.{suffix}")


class Elements(HTMLParser):
    """The start tags of a piece of HTML, and whether they close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in {"meta", "input", "link", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("figure", FIGURES, ids=repr)
def test_every_element_closes(figure):
    assert Elements(in_page(figure)).open == []


@pytest.mark.parametrize("figure", FIGURES, ids=repr)
def test_text_never_becomes_markup(figure):
    assert NASTY not in in_page(figure)
    assert "script" not in {tag for tag, _ in Elements(in_page(figure)).found}
    for frame in re.findall(r'srcdoc="([^"]*)"', figure._repr_html_()):
        assert NASTY not in unescape(frame)


@pytest.mark.parametrize(("first", "second"), list(zip(FIGURES, every_figure(), strict=True)), ids=repr)
def test_two_runs_give_the_same_bytes(first, second):
    assert first._repr_html_() == second._repr_html_()
    assert repr(first) == repr(second)
    assert not re.search(r"0x[0-9a-f]{6}|[0-9a-f]{32}", first._repr_html_() + repr(first))


@pytest.mark.parametrize("figure", FIGURES, ids=repr)
def test_nothing_asks_another_host(figure):
    """Namespaces and the links in Leaflet's own text are names; nothing loads them."""
    html = in_page(figure)
    assert re.findall(r"https?://[^\s\"'<]+", html) == []
    document = unescape(figure._repr_html_())
    assert re.findall(r'(?:src|href)="?(?:https?:)?//(?!leafletjs\.com)', document) == []
    assert re.findall(r"url\((?!#)", document) == []


@pytest.mark.parametrize("figure", FIGURES, ids=repr)
def test_a_page_carries_no_inline_style_or_handler(figure):
    for tag, attributes in Elements(in_page(figure)).found:
        assert tag != "style"
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


@pytest.mark.parametrize("figure", MAPS + CHARTS, ids=repr)
def test_ids_are_unique_on_a_page_and_begin_with_the_figures_name(figure):
    ids = [attributes["id"] for _, attributes in Elements(in_page(figure)).found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for one in ids:
        assert one.removeprefix("map_").replace("_", "-").startswith(figure.name), one


@pytest.mark.parametrize("figure", MAPS, ids=repr)
def test_a_stored_map_stays_small(figure):
    assert len(figure._repr_html_().encode()) < 300_000


@pytest.mark.parametrize("figure", CHARTS, ids=repr)
def test_a_chart_is_an_image_with_its_text_alternative(figure):
    image = next(attributes for tag, attributes in Elements(in_page(figure)).found if tag == "svg"
                 and attributes.get("role") == "img")
    assert image["aria-labelledby"] == f"{figure.name}-alt"
    assert f'<title id="{figure.name}-alt">What is shown. &lt;img src=x' in in_page(figure)


@pytest.mark.parametrize("figure", CHARTS, ids=repr)
def test_a_chart_is_drawn_in_the_text_colour_around_it(figure):
    html = in_page(figure)
    assert "currentColor" in html
    assert not re.search(r"#0[123]0[123]0[123]|#000000|#ffffff|DejaVu", html)
    assert len(html.encode()) < 30_000


@pytest.mark.parametrize("figure", [one for one in MAPS + CHARTS if one.name != "region"], ids=repr)
def test_the_data_stands_one_click_away(figure):
    html = in_page(figure)
    assert f"<summary>The data of this {figure.kind} as a table</summary>" in html
    assert html.count("<tr>") == len(figure.data) + 1


@pytest.mark.parametrize("missing", ["alt", "source", "name"])
def test_a_figure_without_name_alt_or_source_cannot_be_built(missing):
    about = {"name": "n", "alt": "a", "source": "s"}
    del about[missing]
    message = f"found no {missing}; a figure needs ['alt', 'name', 'source']"
    with pytest.raises(TypeError) as failure:
        region_map(**about)
    assert str(failure.value) == message
    with pytest.raises(TypeError) as failure:
        bar_chart(POLLS, label="country", value="percent", **about)
    assert str(failure.value) == message


@pytest.mark.parametrize(
    ("build", "message"),
    [
        pytest.param(lambda: region_map(name="r", alt=" ", source="s"), "figure 'r': alt is empty", id="empty alt"),
        pytest.param(lambda: region_map(name="A b", alt="a", source="s"),
                     "name: found 'A b'; accepted: a lower-case letter, then a-z, 0-9 and hyphens", id="bad name"),
        pytest.param(lambda: region_map(name="r", view="world", alt="a", source="s"),
                     "view: found 'world'; accepted: ['balkans', 'region']", id="unknown view"),
        pytest.param(lambda: category_map(STATES, category="kind", categories={"yes": "Y"}, name="r", **ABOUT),
                     "kind: found 'self'; accepted: ['yes']", id="unknown category"),
        pytest.param(lambda: category_map(STATES, category="sort", categories={}, name="r", **ABOUT),
                     "found no column ['sort']; accepted: ['iso3', 'country', 'kind', 'number', 'note']",
                     id="unknown column"),
        pytest.param(lambda: layer_map(TABLES, layer="table", layers={"eu": "EU"}, switch="all", name="r", **ABOUT),
                     "switch: found 'all'; accepted: 'one', 'many'", id="unknown switch"),
        pytest.param(lambda: layer_map(TABLES, layer="table", layers={"eu": "EU"}, switch="many", role="role",
                                       name="r", **ABOUT),
                     "switch 'many': found role 'role'; accepted: no role", id="roles on top of one another"),
        pytest.param(lambda: category_map(STATES, category="kind", categories=dict.fromkeys("abcdefg", ""), name="r",
                                          **ABOUT), "found 7 categories; accepted: at most 6", id="too many"),
    ],
)
def test_what_cannot_be_drawn_is_said(build, message):
    with pytest.raises(ValueError) as failure:
        build()
    assert str(failure.value) == message


def test_an_unknown_keyword_is_refused():
    with pytest.raises(TypeError) as failure:
        region_map(name="r", alt="a", source="s", veiw="region")
    assert str(failure.value) == "found keywords ['veiw']; accepted: ['alt', 'columns', 'name', 'source', 'view']"


def test_the_table_of_a_layer_map_has_a_row_a_country_and_a_column_a_layer():
    table = MAPS[3].data
    assert list(table.columns) == ["Country", f"NATO {NASTY}", "European Union"]
    assert table.set_index("Country").loc["Turkey"].tolist() == ["Member", NASTY]
    assert MAPS[4].data.set_index("Country").loc["Serbia"].tolist() == ["–", "yes"]


def test_rows_at_one_spot_of_different_kinds_stand_side_by_side_and_far_ones_are_named():
    html = MAPS[5]._repr_html_()
    assert MAPS[5].summary == "3 signs"
    assert "Outside this map: Far." in html
    shifts = [int(n) for n in re.findall(r'"shift": (-?\d+)', unescape(html))]
    assert shifts[0] == 0 and shifts[1] != shifts[2]


def test_the_view_of_a_point_map_holds_every_sign():
    east = pd.DataFrame({"title": ["Kars"], "lat": [40.6], "lon": [43.1]})
    html = unescape(point_map(east, label="title", name="p", view="balkans", **ABOUT)._repr_html_())
    assert '"view": [[35.0, 13.2], [48.3, 43.6]]' in html


def test_a_missing_number_leaves_its_country_unpainted_but_in_the_table():
    assert MAPS[2].summary == "2 countries"
    assert "Serbia" in in_page(MAPS[2])


def test_a_category_differs_by_pattern_as_well_as_colour():
    patterns = re.findall(r'<pattern id="category-fill-(\d)".*?<path d="([^"]+)" stroke="([^"]+)"', in_page(MAPS[1]))
    assert [number for number, _, _ in patterns] == ["1", "2"]
    assert len({mark for _, mark, _ in patterns}) == len({colour for _, _, colour in patterns}) == 2


def test_bars_stand_longest_first_unless_the_tables_order_is_asked_for():
    table = pd.DataFrame({"c": ["few", "many"], "v": [1, 2]})
    for sort, order in ((True, ["many", "few"]), (False, ["few", "many"])):
        html = in_page(bar_chart(table, label="c", value="v", sort=sort, name="b", **ABOUT))
        assert re.findall(r">(few|many)<", html.split("<details")[0]) == order


@pytest.mark.parametrize("values", [
    pytest.param([-5, -4], id="all below zero"), pytest.param([-5, 3], id="on both sides"), pytest.param([1, 3], id="all above"),
])
def test_bars_leave_room_for_their_numbers_on_the_sheet(values):
    table = pd.DataFrame({"c": ["one", "two"], "v": values})
    drawn = in_page(bar_chart(table, label="c", value="v", name="b", **ABOUT)).split("<details")[0]
    across = [float(x) for x in re.findall(r"[ML] (\S+) ", drawn)]
    assert (min(across), max(across)) == (0, WIDTH - ROOM)


def test_a_table_has_a_caption_headings_and_numbers_to_the_right():
    html = show_table(STATES, caption="States", columns={"country": "State", "number": "How many"})._repr_html_()
    assert "<caption>States</caption>" in html
    assert '<th scope="col" class="atlas-short">State</th>' in html
    assert '<td class="atlas-number atlas-short">20</td>' in html
    assert '<th scope="row" class="atlas-short">Kosovo</th>' in html
    assert "iso3" not in html.split("</style>")[1]


def test_only_events_with_a_place_become_signs():
    events = EVENTS.assign(lat=[None, 41.0, None, None])
    assert point_map(events, label="title", name="p", **ABOUT).summary == "1 signs"


def test_a_line_that_ends_earlier_is_led_to_its_name():
    def faint(last: int) -> int:
        table = pd.DataFrame({"year": [2000, 2020, 2000, last], "number": [1, 2, 3, 4], "who": ["a", "a", "b", "b"]})
        return line_chart(table, x="year", y="number", series="who", name="led", alt="a", source="s").picture.count('stroke-opacity=".28"')

    assert faint(2010) == faint(2020) + 1
