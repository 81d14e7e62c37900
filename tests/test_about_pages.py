"""What pages say of themselves to search engines, feed readers and those who share them; and how the book is published."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image
from small_book import small_book
from sphinx.config import Config
from sphinx.errors import ExtensionError
from test_rebuilding import JUPYTER_BOOK, files

from quizzes import load_bank
from theme.about_pages import VARIABLE, shortened, take_address
from theme.news import BadNews, read_news

ROOT = Path(__file__).parent.parent
ADDRESS = "https://example.org/book/"
ATOM, MAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "# What is new\n\n## 2026-02-03: A second chapter\n\nIt is [here](chapters/second.ipynb#its-part).\n\n## 2026-01-02: The first\n\nIt **begins**.\n"


class Head(HTMLParser):
    """The meta elements, links and data of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.meta, self.links, self.data, self._in_data = {}, {}, [], False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list) -> None:
        found = dict(attributes)
        if tag == "meta" and "content" in found:
            self.meta[found.get("property") or found.get("name") or found.get("http-equiv")] = found["content"]
        elif tag == "link":
            self.links.setdefault(found["rel"], []).append(found.get("href"))
        self._in_data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(json.loads(data))


def pages(site: Path) -> dict[str, Head]:
    """Every page of a site but one that only leads on to another."""
    return {path.relative_to(site).as_posix(): Head(path) for path in sorted(site.rglob("*.html")) if path.stat().st_size > 500}


def build(folder: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", JUPYTER_BOOK, "build", ".", "-n", "-W", "--keep-going", "-q"], cwd=folder, capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, "PYTHONPATH": str(folder), **environment})


@pytest.fixture(scope="module")
def addressed(tmp_path_factory) -> Path:
    """A small book that knows its address and has news, built."""
    folder = small_book(tmp_path_factory.mktemp("addressed") / "book")
    (folder / "CHANGES.md").write_text(NEWS, encoding="utf-8")
    done = build(folder, BOOK_ADDRESS=ADDRESS.rstrip("/"), PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build" / "html"


# The whole book


def test_every_page_has_a_description_of_its_own_and_says_what_it_is_where_it_is_shared(site):
    found = pages(site)
    descriptions = [head.meta["description"] for head in found.values()]
    assert len(set(descriptions)) == len(descriptions) >= 20
    assert [text for text in descriptions if not 20 <= len(text) <= 200 or "{" in text] == []
    for head in found.values():
        assert head.meta["og:description"] == head.meta["description"] and head.meta["og:title"]


def test_the_title_of_every_page_names_the_book(site):
    titles = [re.search("<title>(.*?)</title>", (site / name).read_text(encoding="utf-8"))[1] for name in pages(site)]
    assert len(set(titles)) == len(titles) and [title for title in titles if "Turkey and the Balkans" not in title] == []
    assert "Economy – Turkey and the Balkans" in titles


def test_a_book_that_does_not_know_its_address_names_none(site):
    for head in pages(site).values():
        assert not {"og:url", "og:image"} & head.meta.keys() and "canonical" not in head.links
        assert "example.org" not in json.dumps(head.data)
    assert not (site / "sitemap.xml").exists()
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


def test_a_chapters_data_name_its_quiz_and_the_stem_of_every_question_it_asks(site):
    (data,) = Head(site / "chapters" / "economy.html").data
    assert data["@type"] == ["Chapter", "LearningResource"] and data["name"] == "Economy" and data["isPartOf"]["@type"] == "Book"
    (quiz,) = data["hasPart"]
    bank = load_bank(ROOT / "quizzes" / "bank" / "economy.yml")
    asked = re.findall(r'data-quiz-question="([^"]*)"', (site / "chapters" / "economy.html").read_text(encoding="utf-8"))
    assert len(quiz["hasPart"]) == len(asked) >= 20
    number = next(n for n, id_ in enumerate(asked) if bank[id_].type == "number")
    assert quiz["hasPart"][number]["eduQuestionType"] == "number"
    assert quiz["hasPart"][number]["text"][:30] in bank[asked[number]].prompt.replace("*", "").replace("\n", " ")


def test_the_books_data_list_its_chapters_in_order(site):
    (book,) = [data for head in pages(site).values() for data in head.data if "Book" in data["@type"]]
    names = [part["name"] for part in book["hasPart"]]
    assert names[-6:] == ["History", "Diplomacy", "Economy", "Energy", "Security", "Weighing the argument"]
    assert [part["position"] for part in book["hasPart"]] == list(range(1, len(names) + 1))
    assert book["learningResourceType"] == "textbook" and book["license"].startswith("https://creativecommons.org/")


def test_each_chapter_with_a_map_has_a_picture_of_it_that_is_light(site):
    sizes = {path.name: path.stat().st_size for path in (site / "pictures").iterdir()}
    with_map = {f"chapters-{path.stem}.png" for path in (site / "chapters").glob("*.html") if "data-atlas-script" in path.read_text(encoding="utf-8")}
    assert set(sizes) == with_map | {"book.png"} and len(with_map) >= 6
    assert max(sizes.values()) < 60_000
    colours = {}
    for name in sizes:
        with Image.open(site / "pictures" / name) as picture:
            assert picture.size == (1200, 630)
            colours[name] = frozenset(colour for _, colour in picture.convert("RGB").getcolors())
    assert len(set(colours.values())) == len(colours)


def test_the_books_own_news_can_be_read_by_feed_readers(site):
    feed = ElementTree.parse(site / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) >= 2 and feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    for link in re.findall(r'href="([^"]*)"', "".join(entry.findtext(f"{ATOM}content") for entry in entries)):
        assert (site / link).is_file()
    for name, head in pages(site).items():
        assert (site / name).parent.joinpath(head.links["alternate"][0]).resolve() == (site / "feed.xml").resolve()


# A small book with an address


def test_with_an_address_pages_name_themselves_and_their_picture(addressed):
    found = pages(addressed)
    for name, head in found.items():
        assert head.links["canonical"] == [ADDRESS + name] == [head.meta["og:url"]]
        assert head.meta["og:image"].startswith(f"{ADDRESS}pictures/")
        assert (addressed / head.meta["og:image"].removeprefix(ADDRESS)).is_file()
        assert all(urljoin(ADDRESS, data["url"]) == ADDRESS + name for data in head.data)
    assert found["chapters/second.html"].meta["og:image"] == f"{ADDRESS}pictures/chapters-second.png"
    assert "map" in found["chapters/second.html"].meta["og:image:alt"].lower()
    assert found["chapters/first.html"].meta["og:image"] == f"{ADDRESS}pictures/book.png"


def test_with_an_address_the_sitemap_lists_the_pages_and_the_feed_leads_to_them(addressed):
    listed = [one.text for one in ElementTree.parse(addressed / "sitemap.xml").iter(f"{MAP}loc")]
    assert sorted(listed) == sorted(f"{ADDRESS}chapters/{name}.html" for name in ("first", "second", "sources", "terms"))
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in (addressed / "robots.txt").read_text(encoding="utf-8")
    entry, _ = ElementTree.parse(addressed / "feed.xml").getroot().findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "A second chapter" and entry.findtext(f"{ATOM}updated") == "2026-02-03T00:00:00Z"
    assert f'<a href="{ADDRESS}chapters/second.html#its-part">' in entry.findtext(f"{ATOM}content")


def test_a_second_build_elsewhere_and_at_another_time_gives_the_same_bytes(addressed, tmp_path):
    folder = small_book(tmp_path / "another")
    (folder / "CHANGES.md").write_text(NEWS, encoding="utf-8")
    done = build(folder, BOOK_ADDRESS=ADDRESS, PYTHONHASHSEED="2", TZ="Pacific/Auckland", SOURCE_DATE_EPOCH="1")
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = files(addressed), files(folder / "_build" / "html")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize(("variable", "configured", "address"), [
    ("", "", ""), ("", "https://example.org/book", ADDRESS), (ADDRESS, "https://example.com/", ADDRESS), ("http://127.0.0.1:8000", "", "http://127.0.0.1:8000/"),
])
def test_the_environments_address_goes_before_the_configurations_and_ends_with_a_slash(monkeypatch, variable, configured, address):
    monkeypatch.setenv(VARIABLE, variable)
    config = Config({}, {"html_baseurl": configured})
    config.add("html_baseurl", "", "html", str)
    take_address(None, config)
    assert config.html_baseurl == address


@pytest.mark.parametrize("address", ["example.org/book", "/book/", "file:///book/", "https://example.org/?book", "https://example.org/#book", "https:///book"])
def test_what_is_no_address_is_said(monkeypatch, address):
    monkeypatch.setenv(VARIABLE, address)
    with pytest.raises(ExtensionError) as trouble:
        take_address(None, Config())
    assert str(trouble.value) == f"BOOK_ADDRESS: found '{address}'; accepted: an address such as https://example.org/book/"


# Texts


@pytest.mark.parametrize(("text", "short"), [
    ("One. Two.", "One. Two."),
    ("A first sentence. And a second one.", "A first sentence."),
    ("Of 3.5 billion. And more than that", "Of 3.5 billion."),
    ("A sentence, that never seems to end", "A sentence, that…"),
])
def test_a_description_ends_with_a_sentence_or_a_word(text, short):
    assert shortened(text, 20) == short


@pytest.mark.parametrize(("text", "said"), [
    ("# New\n", "CHANGES.md:1: found no news;"),
    ("## 2026-13-01: A month\n\nText.\n", "CHANGES.md:1: found '## 2026-13-01: A month';"),
    ("\n## Yesterday\n\nText.\n", "CHANGES.md:2: found '## Yesterday';"),
    ("## 2026-01-01: Old\n\nText.\n\n## 2026-01-02: New\n\nText.\n", "CHANGES.md:5: found '## 2026-01-02: New' below an older one;"),
    ("## 2026-01-01: Empty\n", "CHANGES.md:1: found '## 2026-01-01: Empty' and no text;"),
    ("## 2026-01-01: Link\n\nText.\n\n[To](chapters/gone.md)\n", "CHANGES.md:5: found a link to 'chapters/gone.md'; accepted: a page's file, such as a.md, or an address with https://"),
])
def test_news_that_cannot_be_read_are_said_with_file_and_line(tmp_path, text, said):
    (tmp_path / "CHANGES.md").write_text(text, encoding="utf-8")
    with pytest.raises(BadNews) as trouble:
        read_news(tmp_path / "CHANGES.md", {"a.md": "a.html"}, "")
    message = str(trouble.value)
    assert message == said or message == f"{said} accepted: '## YEAR-MONTH-DAY: what is new', the newest first, each with a text"


def test_news_hold_no_markup_that_runs(tmp_path):
    (tmp_path / "CHANGES.md").write_text("## 2026-01-01: A day\n\n<script>alert(1)</script> [x](https://example.org)\n", encoding="utf-8")
    (news,) = read_news(tmp_path / "CHANGES.md", {}, "")
    assert "<script" not in news.html and '<a href="https://example.org">' in news.html


# What the guide to publishing names


def asked_for(site: Path) -> set[str]:
    """The addresses that pages ask for, as a server sees them."""
    found = set()
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for address in re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^":]+)"', text):
            found.add(urljoin(f"/{path.relative_to(site).as_posix()}", address))
    return found | {f"/_static/atlas/{path.name}" for path in (site / "_static" / "atlas").iterdir()}


@pytest.mark.parametrize("name", ["nginx.conf", "apache.conf"])
def test_the_servers_rules_fit_the_files_of_the_book(site, name):
    text = (ROOT / "docs" / "publishing" / name).read_text(encoding="utf-8")
    for file in re.findall(r"location = /(\S+)|<Files \"(\S+)\">", text):
        assert (site / "".join(file)).is_file()
    rules = re.findall(r'"~(\S+)"', text) if name == "nginx.conf" else re.findall(r"=~ /(\S+)/\"", text)
    kept = {address for address in asked_for(site) if any(re.search(rule, address.partition("?")[2] if rule[0] == "^" else address) for rule in rules)}
    assert len(rules) == 2 and len(kept) >= 20
    for address in kept:  # it has to change with the content
        assert re.search(r"[0-9a-f]{8,}", address) and not address.endswith((".html", "sw.js")), address
    assert {"manifest+json", "atom+xml", "svg+xml"} <= {kind for kind in re.findall(r"[\w]+\+(?:json|xml)", text.replace("application/", "").replace("image/", ""))}


def test_the_workflow_runs_commands_that_there_are_and_publishes_what_they_make():
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    (command,) = [step for step in steps if "run" in step]
    (given,) = re.findall(r"python make\.py (\w+)", command["run"])
    offered = subprocess.run([sys.executable, "make.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^  {given} ", offered, re.MULTILINE)
    assert list(command["env"]) == [VARIABLE]
    assert [step["with"]["path"] for step in steps if "path" in step.get("with", {})] == ["_build/html", "_build/turkey-and-the-balkans.zip"]
    assert jobs["deploy"]["needs"] == "build" and jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_guide_to_publishing_names_files_that_there_are():
    text = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / "docs" / link).is_file()
    for file in re.findall(r"`([\w./-]+\.(?:yml|md|lock))`", text):
        assert (ROOT / file).is_file(), file
