"""atlas.page: a stored figure becomes a light part of a page."""

from __future__ import annotations

import re

import pytest
from figures import every_chart, every_map, filtered_table
from sphinx.application import Sphinx

from atlas.page import light, writer

RST = """{title}
{line}

{blocks}
"""


def raw(html: str) -> str:
    """A stored output as reStructuredText."""
    return ".. raw:: html\n\n" + "\n".join("   " + line for line in html.splitlines()) + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small site: a page with two maps, one with a chart, one with filters, one with nothing."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    pages = {"index": [], "maps": every_map()[:2], "chart": every_chart()[:1], "table": [filtered_table()]}
    for name, figures in pages.items():
        blocks = "\n".join(raw(figure._repr_html_()) for figure in figures)
        if name == "index":
            blocks += "\n.. toctree::\n\n   maps\n   chart\n   table\n"
        (source / f"{name}.rst").write_text(RST.format(title=name, line="=" * len(name), blocks=blocks))
    (source / "conf.py").write_text("extensions = ['atlas.page']\nhtml_theme = 'basic'\n")
    app = Sphinx(source, source, target, target / ".doctrees", "html", status=None, warningiserror=True)
    app.build()
    return target


def files(html: str) -> list[str]:
    return re.findall(r'_static/atlas/([\w-]+)\.', html)


def test_a_map_stays_in_the_page_and_its_script_becomes_a_file(built):
    html = (built / "maps.html").read_text()
    assert "<iframe" not in html and "srcdoc" not in html and "<style" not in html
    scripts = re.findall(r'data-atlas-script="([^"]+)"', html)
    assert len(set(scripts)) == 2
    for script in scripts:
        text = (built / "_static" / "atlas" / script).read_text()
        assert text.startswith("var map_") and "L.map(" in text


def test_what_maps_share_is_written_once(built):
    html = (built / "maps.html").read_text()
    shared = set(re.findall(r'data-atlas-shared="([^"]+)"', html))
    assert len(shared) == 1
    stems = [name.rsplit("-", 1)[0] for name in shared.pop().split()]
    assert stems == ["leaflet", "leaflet", "outlines", "draw"]
    written = sorted(path.name.rsplit("-", 1)[0] for path in (built / "_static" / "atlas").iterdir())
    assert written == ["atlas", "draw", "filter", "filter", "leaflet", "leaflet", "loader", "map", "map", "outlines"]


def test_a_page_loads_only_what_it_shows(built):
    stems = {name: [one.rsplit("-", 1)[0] for one in files((built / f"{name}.html").read_text())]
             for name in ("index", "maps", "chart", "table")}
    assert stems == {"index": [], "maps": ["atlas", "loader"], "chart": ["atlas"], "table": ["atlas", "filter", "filter"]}


def test_the_same_text_is_stored_under_the_same_name(tmp_path):
    write = writer(tmp_path)
    assert write("map", "js", "1") == write("map", "js", "1") != write("map", "js", "2")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_stored_map_that_is_cut_short_is_reported():
    with pytest.raises(ValueError) as failure:
        light('<iframe class="atlas-frame" title="" srcdoc="&lt;p>"></iframe>', writer)
    assert str(failure.value) == "found a stored map without its script; run its notebook again"
