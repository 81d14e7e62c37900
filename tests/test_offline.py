"""The book without a network: kept by the browser after one visit, and from a USB stick."""

from __future__ import annotations

import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bare_page import Watched, reload
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from test_site import answer_one_of_each_type, draw_every_map

from theme.offline import HERE, NO_WORKER, SAID, kept_files, worker

sys.path.insert(0, str(Path(__file__).parent.parent))
from make_zip import NAME, date_of, pack  # noqa: E402

STATIC = HERE / "static"
LATE = "document.querySelector('output').textContent = '{}'"
PAGE = """<!doctype html><html lang="en"><head><title>{name} {edition}</title><script defer src="_static/offline.js?v=1"></script></head>
<body><h1>{name} {edition}</h1><a href="two.html">Two</a><output></output>{said}</body></html>"""
LOAD_LATE = "document.head.append(Object.assign(document.createElement('script'), { src: 'late.js?v=1' }))"


def write_edition(folder: Path, edition: str) -> None:
    """A book of two pages, each with a script that is loaded late."""
    (folder / "_static").mkdir(parents=True, exist_ok=True)
    for name in ("one", "two"):
        (folder / f"{name}.html").write_text(PAGE.format(name=name, edition=edition, said=SAID), encoding="utf-8")
    (folder / "late.js").write_text(LATE.format(edition), encoding="utf-8")
    (folder / "manifest.webmanifest").write_text("{}", encoding="utf-8")
    for name in ("offline.js", "offline.css"):
        (folder / "_static" / name).write_bytes((STATIC / name).read_bytes())
    (folder / "sw.js").write_text(worker(kept_files(folder)), encoding="utf-8")


class Server(ThreadingHTTPServer):
    """Serves a folder, and can be made to break off in the middle of a file."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.cut_off: str | None = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # editions follow within a second, which is as fine as Last-Modified is
        super().end_headers()

    def copyfile(self, source, outputfile) -> None:
        if self.server.cut_off and self.path.partition("?")[0].endswith(self.server.cut_off):
            outputfile.write(source.read(20))
            self.close_connection = True
        else:
            super().copyfile(source, outputfile)


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Server]]:
    servers = []

    def start(folder: Path) -> Server:
        servers.append(Server(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.end()


@pytest.fixture
def reader(chromium) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script("{ const wait = setTimeout; window.setTimeout = (act, time) => wait(act, Math.min(time, 50)); }")  # the worker comes at once
    yield context
    context.close()


@pytest.fixture
def small(tmp_path, serve) -> tuple[Path, Server]:
    """The first edition of a small book, below the root of its host."""
    write_edition(tmp_path / "book", "first")
    return tmp_path / "book", serve(tmp_path)


def visit(reader: BrowserContext, address: str) -> Page:
    page = reader.new_page()
    page.goto(address)
    return page


def status(page: Page, text: str) -> None:
    expect(page.locator("[data-offline] p")).to_contain_text(text, timeout=20_000)


def stored(page: Page) -> list[str]:
    """The names of what the browser keeps."""
    return page.evaluate("caches.keys()")


def go_offline(reader: BrowserContext, server: Server) -> None:
    reader.set_offline(True)
    server.end()


def check_new_edition(page: Page) -> None:
    """Have the browser look for a new worker, as it does by itself after a page was opened."""
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    expect(page.get_by_text("A new edition of the book is ready.")).to_be_visible(timeout=20_000)


def late(page: Page) -> str:
    """What the script that a page loads late says."""
    page.evaluate("document.querySelector('output').textContent = ''")
    page.evaluate(LOAD_LATE)
    page.wait_for_function("document.querySelector('output').textContent")
    return page.locator("output").inner_text()


# The whole book

@pytest.fixture
def kept_book(site, serve, reader) -> Page:
    """A chapter of the whole book, opened once, with its server gone since the browser keeps the book."""
    server = serve(site.parent)  # the book lies below the root of its host, as on GitHub Pages
    page = visit(reader, f"{server.address}/{site.name}/chapters/progress.html")
    page.evaluate("navigator.serviceWorker.ready")
    go_offline(reader, server)
    return page


def read_on(page: Page, root: str, site: Path) -> None:
    """Open every page, draw the maps, answer, come back, search; nothing may be missing or said."""
    watched = Watched(page)
    for name in sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")):
        page.goto(f"{root}/{name}")
        page.locator("h1").first.wait_for(state="attached")  # the first page may lead on to another
    page.goto(f"{root}/chapters/diplomacy.html")
    draw_every_map(page)
    how_many = answer_one_of_each_type(page)
    states = page.locator(".quiz-state").all_inner_texts()
    assert len(states) == how_many >= 4
    reload(page)
    assert page.locator(".quiz-state").all_inner_texts() == states
    assert watched.troubles == []
    page.goto(f"{root}/search.html?q=Platform")
    page.locator("#search-results a").first.wait_for()


def test_after_one_visit_the_whole_book_reads_without_a_network(kept_book, site):
    read_on(kept_book, kept_book.url.removesuffix("/chapters/progress.html"), site)


def test_the_book_reads_from_the_unpacked_usb_copy(site, reader, tmp_path):
    pack(site, tmp_path / "book.zip", (2026, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(tmp_path / "book.zip") as packed:
        packed.extractall(tmp_path)
    copy = tmp_path / NAME
    assert "index.html" in (copy / "READ-ME.txt").read_text(encoding="utf-8")
    page = reader.new_page()
    read_on(page, copy.as_uri(), copy)
    page.goto(f"{copy.as_uri()}/chapters/progress.html")
    status(page, "It needs no network.")
    assert page.locator("link[rel=manifest]").count() == 0


def test_what_a_browser_keeps_is_under_15_megabytes_and_has_every_page(site):
    names = [name for name, _ in kept_files(site)]
    assert sum((site / name).stat().st_size for name in names) < 15_000_000
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} <= set(names)


def test_the_book_can_be_installed(site, serve, reader):
    page = visit(reader, f"{serve(site).address}/chapters/progress.html")
    page.evaluate("navigator.serviceWorker.ready")
    devtools = reader.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["url"].endswith("/manifest.webmanifest") and found["errors"] == []
    trouble = [one["errorId"] for one in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [one for one in trouble if one != "in-incognito"] == []  # a test's browser keeps nothing
    for icon in page.evaluate("fetch('../manifest.webmanifest').then((one) => one.json())")["icons"]:
        with Image.open(site / icon["src"]) as drawn:
            assert icon["sizes"] == f"{drawn.width}x{drawn.height}"


# A small book


def test_a_visit_to_the_first_page_is_enough(small, reader):
    _, server = small
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "is kept in this browser")
    go_offline(reader, server)
    assert late(page) == "first"  # the open page too
    page.get_by_role("link", name="Two").click()
    expect(page.locator("h1")).to_have_text("two first")
    page.goto(f"{server.address}/book/one?asked=anything")  # some hosts leave ".html" out
    expect(page.locator("h1")).to_have_text("one first")


def test_a_new_edition_takes_over_when_the_next_page_is_opened_and_answers_stay(small, reader):
    folder, server = small
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "is kept in this browser")
    page.evaluate("localStorage.setItem('quizzes:answer', 'mine')")
    page.reload()
    write_edition(folder, "second")
    check_new_edition(page)
    assert late(page) == "first"  # the open page stays what it is
    page.get_by_role("link", name="Two").click()
    expect(page.locator("h1")).to_have_text("two second")
    assert late(page) == "second"
    assert page.evaluate("localStorage.getItem('quizzes:answer')") == "mine"
    page.wait_for_timeout(500)  # in which it could be told of the edition that it is of
    assert page.get_by_role("button", name="Show it").count() == 0
    go_offline(reader, server)
    page.goto(f"{server.address}/book/one.html#part")
    expect(page.locator("h1")).to_have_text("one second")
    page.close()  # the new worker takes over, and forgets the first edition
    page = visit(reader, f"{server.address}/book/two.html")
    expect(page.locator("h1")).to_have_text("two second")
    page.wait_for_function("caches.keys().then((names) => names.length === 2)")


def test_two_tabs_of_two_editions_mix_nothing(small, reader):
    folder, server = small
    first = visit(reader, f"{server.address}/book/one.html")
    status(first, "is kept in this browser")
    first.reload()
    second = visit(reader, f"{server.address}/book/two.html")
    write_edition(folder, "second")
    check_new_edition(first)
    first.get_by_role("button", name="Show it").click()
    expect(first.locator("h1")).to_have_text("one second")
    assert (late(first), late(second)) == ("second", "first")
    assert second.locator("h1").inner_text() == "two first"
    second.get_by_role("button", name="Show it").click()
    expect(second.locator("h1")).to_have_text("two second")
    assert (late(first), late(second)) == ("second", "second")


def test_an_old_worker_that_has_lost_a_file_gives_way_to_the_new_book(small, reader):
    folder, server = small
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "is kept in this browser")
    page.reload()
    page.evaluate("caches.keys().then((names) => Promise.all(names.map(async (name) => (await caches.open(name)).delete('late.js'))))")
    assert late(page) == "first"  # fetched again
    page.evaluate("caches.keys().then((names) => Promise.all(names.map(async (name) => (await caches.open(name)).delete('late.js'))))")
    write_edition(folder, "second")
    with page.expect_navigation():
        page.evaluate(LOAD_LATE)
    expect(page.locator("h1")).to_have_text("one second")
    assert late(page) == "second"


def test_a_file_that_was_cut_off_is_never_kept(small, reader):
    _, server = small
    server.cut_off = "two.html"
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "did not arrive whole")
    in_caches = "caches.match('two.html').then(Boolean)"
    assert stored(page) and not page.evaluate(in_caches)
    server.cut_off = None
    page.reload()
    status(page, "is kept in this browser")
    assert page.evaluate(in_caches)


def test_a_book_that_was_changed_on_its_way_is_read_from_the_network(small, reader):
    folder, server = small
    (folder / "two.html").write_text((folder / "two.html").read_text(encoding="utf-8") + "<!-- from the host -->", encoding="utf-8")
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "did not arrive whole")
    page.goto(f"{server.address}/book/two.html")
    expect(page.locator("h1")).to_have_text("two first")


def test_where_there_is_no_room_the_reader_is_told_and_reads_on(small, reader):
    folder, server = small
    (folder / "big.txt").write_text("x" * 3_000_000, encoding="utf-8")
    write_edition(folder, "first")
    page = reader.new_page()
    reader.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 1_000_000})
    page.goto(f"{server.address}/book/one.html")
    status(page, "has no room to keep the book")
    assert stored(page) == []
    page.get_by_role("link", name="Two").click()
    expect(page.locator("h1")).to_have_text("two first")
    status(page, "has no room to keep the book")


def test_a_device_that_saves_data_keeps_the_book_only_when_asked(small, reader):
    _, server = small
    reader.add_init_script("Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true })")
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "asks to save data")
    assert stored(page) == []
    page.get_by_role("button", name="Keep it all the same").click()
    status(page, "is kept in this browser")


def test_a_reader_can_have_the_book_kept_no_longer(small, reader):
    _, server = small
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "is kept in this browser")
    page.get_by_role("button", name="Keep it no longer").click()
    status(page, "is not kept")
    assert late(page) == "first"
    page.reload()
    status(page, "is not kept")
    assert stored(page) == [] and page.evaluate("navigator.serviceWorker.controller") is None


def test_a_page_in_a_closed_off_frame_says_that_it_cannot_be_kept(small, reader):
    folder, server = small
    (folder / "frame.html").write_text('<iframe sandbox="allow-scripts" src="one.html"></iframe>', encoding="utf-8")
    page = reader.new_page()
    watched = Watched(page)
    page.goto(f"{server.address}/book/frame.html")
    expect(page.frame_locator("iframe").locator("[data-offline] p")).to_contain_text("cannot keep the book", timeout=20_000)
    assert [one for one in watched.troubles if one.startswith("error")] == []


def test_a_site_that_is_not_to_be_kept_any_more_is_forgotten(small, reader):
    folder, server = small
    page = visit(reader, f"{server.address}/book/one.html")
    status(page, "is kept in this browser")
    page.reload()
    (folder / "sw.js").write_bytes(NO_WORKER.read_bytes())
    (folder / "one.html").write_text("<h1>From the network</h1>", encoding="utf-8")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    expect(page.locator("h1")).to_have_text("From the network")
    assert stored(page) == []


def test_the_worker_is_the_same_bytes_for_the_same_files_and_another_for_others(tmp_path):
    for name in ("a", "b"):
        write_edition(tmp_path / name, "first")
    first, again = (tmp_path / name / "sw.js" for name in ("a", "b"))
    assert first.read_bytes() == again.read_bytes()
    write_edition(tmp_path / "b", "second")
    assert first.read_bytes() != again.read_bytes()


def test_the_same_site_packs_to_the_same_bytes(tmp_path):
    write_edition(tmp_path / "book", "first")
    (tmp_path / "book" / ".hidden").write_text("", encoding="utf-8")
    dates = [date_of(text) for text in (None, "0", "1764115200")]
    assert dates == [(1980, 1, 1, 0, 0, 0), (1980, 1, 1, 0, 0, 0), (2025, 11, 26, 0, 0, 0)]
    for name in ("first", "second"):
        pack(tmp_path / "book", tmp_path / f"{name}.zip", dates[2])
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "first.zip") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {dates[2]}
        assert f"{NAME}/.hidden" not in packed.namelist()


@pytest.mark.parametrize("text", ["yesterday", "-1", "1e9", "99999999999"])
def test_a_date_that_is_none_is_said_in_one_line(text):
    with pytest.raises(ValueError, match=f"^SOURCE_DATE_EPOCH: found '{text}'; accepted: seconds since 1970$"):
        date_of(text)
