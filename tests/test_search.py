"""The search: what of a page can be found, what is found first, however it is spelt; from disk, by keyboard, in light and dark."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_glossary import TERMS

from theme.entries import Entry, entries

PAGE = """<section id="page"><h1>A page<a class="headerlink" href="#page">#</a></h1>
<p>It cites <span class="bibtex-citation">[<a href="#x">Somebody, 2025</a>]</span>, and goes on.</p><script>lost()</script>
<section id="part"><h2>A part</h2><ul><li>One</li><li>Two</li></ul>
<div class="cell"><details class="hide"><summary>Code</summary></details><div class="cell_output"><figure id="fig-chart"><div>
<svg><title>Two bars.</title><text>7</text></svg><p class="atlas-source">Source: a ministry.</p>
<details><summary>The data as a table</summary><table><tr><th>Town</th><td>7</td><td>some-key-2025</td></tr></table></details></div>
<figcaption><p><span class="caption-number">Fig. 1 </span>Towns. Sources: <span class="bibtex-citation">[A]</span>, <span class="bibtex-citation">[B]</span>.</p></figcaption></figure></div></div>
<div class="scroll"><table id="tab"><tr><th>Who</th><th>What</th></tr><tr><td>Ana</td><td>A view</td></tr></table></div>
<div class="quiz"><form class="quiz-question" id="quiz-a-b"><legend><span class="quiz-number">1</span><span class="quiz-stem">Who?</span></legend>
<label>Not Ana</label></form><div class="quiz-foot">Clear</div></div>
<dl class="glossary"><dt id="term-KFOR">KFOR<a class="headerlink">#</a></dt><dd><p>The force.</p></dd></dl>
<div class="citation" id="cite-a"><span class="label">[A]</span><p>A. Title. 2025. URL: https://example.org/a.</p></div>
<section id="empty"><h3>Nothing <em>yet</em></h3></section></section></section>"""


def test_of_a_page_text_terms_questions_figures_tables_and_sources_can_be_found():
    assert entries(PAGE) == [
        Entry("text", "page", "A page", "It cites, and goes on."),
        Entry("text", "part", "A part", "One Two"),
        Entry("figure", "fig-chart", "A part", "Fig. 1 Towns.\nTwo bars.\nTown · 7"),
        Entry("table", "tab", "A part", "Who · What\nAna · A view"),
        Entry("question", "quiz-a-b", "A part", "Who?"),
        Entry("term", "term-KFOR", "KFOR", "The force."),
        Entry("source", "cite-a", "A part", "A. Title. 2025."),
        Entry("text", "empty", "Nothing yet", ""),
    ]


def test_a_book_may_leave_parts_of_a_page_out():
    assert [entry.kind for entry in entries(PAGE, "#part > :not(h2)")] == ["text", "text"]


@pytest.fixture(scope="module")
def index(site) -> dict:
    """What the page of search loads."""
    script = (site / "_static" / "search-index.js").read_text(encoding="utf-8")
    return json.loads(script[script.index("var searchIndex=") + len("var searchIndex="):].rstrip(";\n"))


def test_every_place_that_can_be_found_is_there_and_has_a_text(site, index):
    faults = []
    for address, _, _, places in index["pages"]:
        page = (site / address).read_text(encoding="utf-8")
        faults += [(address, place) for place in places if f'id="{place[1]}"' not in page or not (place[3] or place[0] == "text")]
    assert faults == []
    assert {place[0] for *_, places in index["pages"] for place in places} == {"text", "term", "question", "figure", "table", "source"}


def test_the_index_of_the_whole_book_is_small_and_sphinx_makes_none(site):
    assert len(gzip.compress((site / "_static" / "search-index.js").read_bytes())) < 165_000
    assert not any((site / name).exists() for name in ("_static/searchtools.js", "_static/language_data.js"))


@pytest.fixture(scope="module")
def address(site, served) -> str:
    return f"{served(site)}/search.html"


def search(page, *queries: str) -> list[dict]:
    """What is said and shown for each query, in the page of search."""
    page.locator("main input[name=q]").fill("Turkey")  # from the first word on there is an index
    page.locator(".search-said", has_text="“Turkey”").wait_for(state="attached")
    return page.evaluate("""(queries) => queries.map((query) => {
      const input = document.querySelector("main input[name=q]");
      input.value = query;
      input.form.requestSubmit();
      const shown = [...document.querySelectorAll("#search-results li")].map((item) => ({
        to: item.querySelector("a").getAttribute("href").split(":~:")[0], link: item.querySelector("a").textContent,
        where: item.querySelector(".search-where").textContent, marked: [...item.querySelectorAll("mark")].map((word) => word.textContent),
        lines: [...item.querySelectorAll(".search-line")].map((line) => line.textContent)}));
      return {said: document.querySelector(".search-said").textContent, shown};
    })""", list(queries))


@pytest.mark.parametrize("where", ["served", "from disk"])
def test_what_is_asked_for_is_found_first(open_page, site, address, where):
    page = open_page(address if where == "served" else (site / "search.html").as_uri())
    first = {
        "Erdogan": "chapters/glossary.html#term-Erdogan-Recep-Tayyip",
        "kfor": "chapters/glossary.html#term-KFOR",
        "kfo": "chapters/glossary.html#term-KFOR",
        "neo ottomanism": "chapters/glossary.html#term-Neo-Ottomanism",
        "economy": "chapters/economy.html#economy",
        "who sits at which table": "chapters/diplomacy.html#who-sits-at-which-table",
        "S04": "chapters/diplomacy.html#s04-the-launch",
        "who chaired the first meeting of the balkan peace platform": "chapters/diplomacy.html#quiz-diplomacy-platform-chair",
        "favorable opinions of president erdogan in six countries": "chapters/diplomacy.html#fig-erdogan",
        "bijeljina to sarajevo by brcko": "chapters/economy.html#fig-economy-sections",
        "central bank economists": "chapters/economy.html#views-side-by-side",
        "Akgunduz international migration": "chapters/sources.html#cite-akgunduz-2000",
        "recognizing": "chapters/diplomacy.html#kosovo-who-recognises-it-and-who-counts",
    }
    assert {query: found["shown"][0]["to"] for query, found in zip(first, search(page, *first), strict=True)} == first


@pytest.mark.parametrize("spellings", [
    ("İstanbul", "istanbul", "Istanbul", "ISTANBUL", "ıstanbul", "Истанбул"),
    ("Karađorđevo", "Karadjordjevo", "karadordevo", "KARAĐORĐEVO", "Карађорђево", "Karadjordjevo".replace("o", "o\u0308", 1)),
    ("Aydıntaşbaş", "Aydintasbas", "AYDINTAŞBAŞ", "aydıntas\u0327bas\u0327"),
    ("Thessaloniki", "Θεσσαλονίκη", "ΘΕΣΣΑΛΟΝΙΚΗ"),
    ("Gërvalla", "gervalla", "GËRVALLA"),
    ("organisation", "organization", "Organizations"),
], ids=lambda spellings: spellings[0])
def test_letters_and_alphabets_make_no_difference(open_page, address, spellings):
    found = [[place["to"] for place in one["shown"]] for one in search(open_page(address), *spellings)]
    assert len(found[0]) > 0
    assert sorted(map(sorted, found)) == sorted([sorted(found[0])] * len(spellings))


def test_every_term_of_the_glossary_is_found_first(open_page, site, address):
    anchors = dict(re.findall(r'<dt id="(term-[^"]*)">([^<]*)<', (site / "chapters" / "glossary.html").read_text(encoding="utf-8")))
    page = open_page(address)
    found = [one["shown"][0]["to"].partition("#")[2] if one["shown"] else None for one in search(page, *TERMS)]
    assert [(term, anchor) for term, anchor in zip(TERMS, found, strict=True) if anchors.get(anchor) != term] == []


def test_a_result_says_its_chapter_section_and_kind_and_marks_the_words(open_page, address):
    page = open_page(address)
    (chart,) = [place for place in search(page, "erdogan kosovo")[0]["shown"] if place["to"].endswith("#fig-erdogan")]
    assert (chart["link"], chart["where"]) == ("In whose eyes?", "Figure Diplomacy")
    assert chart["lines"][0].startswith("Fig. 18 Favourable opinion of President Erdoğan") and "Kosovo" in chart["lines"][1]
    assert "Erdoğan" in chart["marked"] and "Kosovo" in chart["marked"]
    longest = max(len(line) for place in search(page, "turkey")[0]["shown"] for line in place["lines"])
    assert longest < 230


@pytest.mark.parametrize(("query", "said"), [
    ("xyzzy", "Nothing found for “xyzzy”. Try another spelling, fewer words, or only the beginning of a word."),
    ("Erdgoan", "Nothing is spelt “Erdgoan” here. {} results for what is nearest: “Erdoğan”."),
    ("minaret pipeline", "No place has all of these words. {} results for some of “minaret pipeline”."),
    ("<b>Akkuyu</b> \\ \" ' & 🌍", "{} results for “<b>Akkuyu</b> \\ \" ' & 🌍”."),
    ("  ", ""),
    ("???", "Nothing found for “???”. Try another spelling, fewer words, or only the beginning of a word."),
])
def test_it_says_how_many_were_found_or_what_to_try(open_page, address, query, said):
    page = open_page(address)
    (found,) = search(page, query)
    assert re.sub(r"\d+(?= results)", "{}", found["said"]) == said
    assert page.locator(".search-said").get_attribute("role") == "status"
    assert bool(found["shown"]) == ("{}" in said)


def test_results_come_as_one_types_and_stay_in_the_address(open_page, address):
    page = open_page(address)
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("Djuric")
    page.locator("#search-results a", has_text="Đurić, Marko").wait_for()
    assert page.url.endswith("?q=Djuric")
    page.reload()
    page.locator("#search-results a", has_text="Đurić, Marko").wait_for()
    assert page.locator("main input[name=q]").input_value() == "Djuric"
    page.locator("main input[name=q]").fill("")
    page.locator("#search-results li").first.wait_for(state="detached")
    assert page.url == address


def test_arrow_keys_lead_to_a_result_and_enter_to_its_place(open_page, address):
    page = open_page(f"{address}?q=perceived zero-sum")
    page.locator("#search-results a").first.wait_for()
    page.locator("main input[name=q]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    links = page.locator("#search-results a")
    assert page.evaluate("document.activeElement.href") == links.nth(1).evaluate("(link) => link.href")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapters/*.html#*")
    target = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert page.locator(f"[id='{target}']").count() == 1
    assert page.locator(f"[id='{target}']").bounding_box()["y"] < 844


def test_more_than_twenty_results_wait_behind_a_button(open_page, address):
    page = open_page(f"{address}?q=Kosovo")
    page.locator("#search-results a").first.wait_for()
    many = int(page.locator(".search-said").inner_text().split()[0])
    button = page.get_by_role("button", name=f"Show the other {many - 20}")
    button.press("Enter")
    assert page.locator("#search-results li").count() == many and button.is_hidden()
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#search-results li')[20]")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_results_fit_a_narrow_screen_and_pass_axe(open_page, address, colours):
    page = open_page(f"{address}?q=Erdogan Kosovo", viewport={"width": 320, "height": 844}, color_scheme=colours)
    page.locator("#search-results a").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert Axe().run(page, options={"preload": False}).response["violations"] == []


def test_without_its_index_the_page_says_so(chromium, address):
    page = chromium.new_page()  # not watched: the browser says that a file is missing
    page.route("**/search-index.js", lambda route: route.abort())
    page.goto(f"{address}?q=Kosovo")
    page.get_by_role("status").get_by_text("The search could not be loaded. Load the page again.").wait_for()


def test_no_other_page_loads_what_the_search_needs(site):
    loading = [path.relative_to(site).as_posix() for path in Path(site).rglob("*.html") if "search.js" in path.read_text(encoding="utf-8")]
    assert loading == ["search.html"]
