"""What several tests need: the built book, a browser that reports all it does, a bank of every type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bare_page import PAGE, ROOT, Watched
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from quizzes import Bank, front_end, load_bank
from quizzes.drawing import draw_quiz

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def bank() -> Bank:
    """A bank with one question or more of every type."""
    return load_bank(ROOT / "tests" / "banks" / "every-type.yml")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built as `make site` builds it, once for all processes; a warning is an error."""
    run = tmp_path_factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    log = run / "site.log"
    with FileLock(run / "site.lock"):
        if not log.exists():
            built = subprocess.run([Path(sys.executable).parent / "jupyter-book", "build", ".", "-n", "-W", "--keep-going", "-q"],
                                   cwd=ROOT, capture_output=True, text=True)
            log.write_text("" if built.returncode == 0 else built.stdout + built.stderr, encoding="utf-8")
    assert log.read_text(encoding="utf-8") == ""
    return ROOT / "_build" / "html"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine: its path in, its address out."""
    servers = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "found no Chromium; `make test` installs one, or name one with CHROMIUM="
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address; at the end of the test no page may have caused trouble."""
    contexts, watched = [], []

    def open_(address: str, **options) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
        context.add_init_script("delete Navigator.prototype.serviceWorker")  # what it would load is the subject of tests/test_offline.py
        contexts.append(context)
        watched.append(Watched(context.new_page()))
        watched[-1].page.goto(address)
        return watched[-1].page

    yield open_
    troubles = [trouble for one in watched for trouble in one.troubles]
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="session")
def quiz_page(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address, on disk, of a bare page with the bank of every type."""
    path = tmp_path_factory.mktemp("page") / "quiz.html"
    path.write_text(PAGE.format(css=front_end.styles(), script=front_end.script(),
                                quiz=draw_quiz(bank, bank, book="test", tools=True)), encoding="utf-8")
    return path.as_uri()
