"""The work behind a citation, beside it."""

from __future__ import annotations

import pytest
from pybtex.database import parse_string

from theme.citations import author_year


@pytest.fixture(scope="session")
def address(site, served) -> str:
    return served(site)


@pytest.mark.parametrize("where", ["served", "from disk"])
def test_a_citation_says_which_work_it_is_and_the_works_are_loaded_when_first_asked_for(open_page, site, address, where):
    name = "chapters/energy.html"
    page = open_page(f"{address}/{name}" if where == "served" else (site / name).as_uri(), viewport={"width": 1280, "height": 800})
    asked = []
    page.on("request", lambda request: request.url.endswith(".js") and asked.append(request.url.rpartition("/")[2]))
    link = page.locator(".bibtex-citation a").first
    link.focus()
    shown = page.locator("#term-meaning")
    shown.wait_for()
    assert asked == ["citations.js"]
    assert link.inner_text().partition(",")[0] in shown.inner_text() and link.get_attribute("aria-describedby") == "term-meaning"
    page.keyboard.press("Escape")
    assert shown.is_hidden()
    other = page.locator(".bibtex-citation a").nth(3)
    other.focus()
    assert shown.is_visible() and asked == ["citations.js"]


def test_every_citation_of_the_book_leads_to_a_work(site):
    cited = (site / "_static" / "citations.js").read_text(encoding="utf-8")
    pages = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]
    anchors = {part.partition('"')[0] for page in pages for part in page.split('sources.html#cite-')[1:]}
    assert len(anchors) > 300
    assert [anchor for anchor in anchors if f'"cite-{anchor}":' not in cited] == []


def test_the_keys_in_a_table_of_data_are_citations_too(open_page, address):
    page = open_page(f"{address}/chapters/diplomacy.html", viewport={"width": 1280, "height": 800})
    page.locator("#fig-events .atlas-data summary").click()
    cell = page.locator("#fig-events .atlas-data td .bibtex-citation a", has_text="International Court of Justice, 2010").first
    cell.focus()
    page.locator("#term-meaning", has_text="Advisory Opinion").wait_for()
    cell.click()
    page.wait_for_url("**/sources.html#cite-icj-2010-07-22")


@pytest.mark.parametrize(("authors", "said"), [
    ("{Anadolu Agency}", "Anadolu Agency, 2026"), ("Hake, Mariya and Radzyner, Alice", "Hake and Radzyner, 2026"),
    ("Marangos, John and others", "Marangos et al., 2026"), ("One, A and Two, B and Three, C", "One et al., 2026"), ("{R\\\"{o}e}", "Röe, 2026")])
def test_an_entry_is_cited_by_author_and_year(authors, said):
    assert author_year(parse_string(f"@misc{{key, author = {{{authors}}}, year = {{2026}}}}", "bibtex").entries["key"]) == said


def test_an_entry_without_author_or_year_is_cited_by_its_key():
    for fields in ("title = {T}, year = {2026}", "title = {T}, author = {A}"):
        assert author_year(parse_string(f"@misc{{a-key, {fields}}}", "bibtex").entries["a-key"]) == "a-key"
