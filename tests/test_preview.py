"""`make serve`: what is saved is built and shown in a real browser, in a small copy of the book."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from small_book import BANK, SECOND, small_book, write_second

sys.path.insert(0, str(Path(__file__).parent.parent))
from preview import Server  # noqa: E402

WAIT = 120  # seconds for a build: a machine may be busy


class Preview:
    """A running server, with what it has said."""

    def __init__(self, book: Path) -> None:
        self.book, self.said = book, ""
        self.process = subprocess.Popen([sys.executable, "preview.py", "0"], cwd=book, text=True, encoding="utf-8", stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(book)})
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, text: str) -> str:
        """Wait until the server says something; returns all that it has said."""
        end = time.monotonic() + WAIT
        while text not in self.said:
            assert time.monotonic() < end and self.process.poll() is None, self.said
            time.sleep(0.05)
        return self.said

    @property
    def address(self) -> str:
        return self.wait_for("Ctrl+C").rpartition("The book is at ")[2].partition(",")[0]


@pytest.fixture(scope="module")
def preview(tmp_path_factory) -> Iterator[Preview]:
    running = Preview(small_book(tmp_path_factory.mktemp("preview") / "book"))
    yield running
    running.process.kill()
    running.process.wait()
    running.listener.join()
    running.process.stdout.close()


@pytest.fixture
def page(preview, chromium) -> Iterator[Page]:
    """The second chapter, as it is served; a build that makes a page load anew may end requests under way."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto(f"{preview.address}/chapters/second.html")
    yield opened
    context.close()


def save(page: Page, what: str, write, text: str) -> None:
    """Save a file and wait for its text; the seconds are printed, since they hang on the machine."""
    start = time.perf_counter()
    write()
    expect(page.locator("article").get_by_text(text)).to_be_visible(timeout=WAIT * 1000)
    print(f"{what} saved, on the screen after {time.perf_counter() - start:.1f} s")


def test_a_saved_chapter_is_shown_where_the_reader_was(preview, page):
    page.evaluate("scrollTo(0, 700)")
    save(page, "a chapter", lambda: write_second(preview.book, SECOND.replace("one line", "one new line")), "A text of one new line.")
    page.wait_for_function("scrollY === 700", timeout=5000)


def test_a_saved_bank_is_shown_and_a_broken_one_is_said_until_it_is_mended(preview, page):
    page.goto(f"{preview.address}/chapters/first.html")
    bank = preview.book / "quizzes" / "bank" / "small.yml"
    save(page, "a bank", lambda: bank.write_text(BANK.replace("is of 1923", "was of 1923"), encoding="utf-8"), "The treaty was of 1923.")
    before = len(preview.said)
    bank.write_text(BANK.replace("answer: true", "answer: maybe"), encoding="utf-8")
    preview.wait_for("small.yml:11: found 'maybe'; accepted: true or false")
    assert preview.said[before:].count("found 'maybe'") == 1
    assert "quizzes/bank/small.yml: not built, the pages stay as they are" in preview.said
    page.reload()
    expect(page.locator("article").get_by_text("The treaty was of 1923.")).to_be_visible()
    save(page, "the mended bank", lambda: bank.write_text(BANK.replace("is of 1923", "is from 1923"), encoding="utf-8"), "The treaty is from 1923.")


def test_the_script_that_loads_anew_is_not_in_the_site(preview, page):
    assert page.locator('script[src="/.preview/reload.js"]').count() == 1
    for path in (preview.book / "_build" / "html").rglob("*"):
        assert path.is_dir() or b".preview" not in path.read_bytes(), path


def test_a_book_that_a_browser_kept_from_this_address_gives_way_to_the_preview(preview, page):
    own = (preview.book / "theme" / "no_worker.js").read_text(encoding="utf-8")
    assert page.request.get(f"{preview.address}/sw.js").text() == own
    assert page.request.get(f"{preview.address}/_static/offline.js?v=1").text() == ""
    page.evaluate("navigator.serviceWorker.register('/sw.js')")
    page.wait_for_function("navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")


def test_a_port_that_is_taken_is_said_in_one_line_and_its_server_keeps_its_pages(preview, page):
    port = preview.address.rpartition(":")[2]
    done = subprocess.run([sys.executable, "preview.py", port], cwd=preview.book, capture_output=True, text=True, timeout=WAIT)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"PORT: found {port}, which is not free (") and done.stderr.count("\n") == 1
    assert page.request.get(f"{preview.address}/chapters/second.html").ok


def test_two_servers_of_a_book_show_folders_of_their_own():
    with Server(0) as one, Server(0) as other:
        assert one.live.folder != other.live.folder


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
def test_ctrl_c_ends_it(preview):
    preview.address  # noqa: B018  it is there
    preview.process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        preview.process.wait(timeout=20)
    assert preview.process.returncode == 130, preview.said
    assert "Traceback" not in preview.said
