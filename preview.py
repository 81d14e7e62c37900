"""Serves the book to its authors: builds it again when a file is saved, and has open pages load anew. python preview.py [PORT]

`make serve` calls this file. What readers get is `_build/html`, and nothing of this is in there.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, Queue
from socket import socket
from urllib.parse import urlsplit

from watchfiles import DefaultFilter, watch

ROOT = Path(__file__).resolve().parent
SITE = ROOT / "_build" / "html"
NO_WORKER = ROOT / "theme" / "no_worker.js"  # in place of the one that keeps the book in the browser, of which an earlier server may have left one
SHOWN = ROOT / "_build" / "preview"  # the last good build, once for each port: a page is never seen half written
FOLDERS = ("chapters", "data", "quizzes", "atlas", "theme")
FILES = ("references.bib", "_config.yml", "_toc.yml", "CHANGES.md", "index.md")  # beside the folders
CODE = ("atlas", "theme", "quizzes")  # what a process has once it has imported it, but for the banks
WARM = ("jupyter_book.cli.main", "jupyter_book.sphinx", "sphinx.builders.html", "myst_nb.sphinx_ext", "sphinxcontrib.bibtex", "sphinx_comments",
        "sphinx_external_toc", "quizzes.page", "quizzes.ticks", "atlas.page", "atlas.pictures", "theme", "theme.terms", "theme.listings", "theme.offline", "theme.rebuilding")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

SCRIPT = """(() => {
  const built = document.currentScript.dataset.built, place = "preview-place";
  const kept = JSON.parse(sessionStorage.getItem(place) || "null");
  sessionStorage.removeItem(place);
  if (kept && kept.page === location.pathname) {
    const back = () => scrollTo({left: kept.x, top: kept.y, behavior: "instant"});
    history.scrollRestoration = "manual";
    addEventListener("load", () => { back(); requestAnimationFrame(back); });
  }
  const ask = async () => {
    try {
      if (!document.hidden && await (await fetch("/.preview/built")).text() !== built) {
        sessionStorage.setItem(place, JSON.stringify({page: location.pathname, x: scrollX, y: scrollY}));
        location.reload();
        return;
      }
    } catch { /* the server is gone, or not yet back */ }
    setTimeout(ask, 150);
  };
  ask();
})();
"""
TAG = '<script src="/.preview/reload.js" data-built="{}"></script>'
NOT_YET = '<!doctype html><html lang="en"><title>Not built</title><h1>The book could not be built</h1><pre>{}</pre></body>'


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a build ended."""

    good: bool
    said: str  # what went wrong, or the warnings


class Builder:
    """Builds the book in processes that have imported everything beforehand; each builds once, so none holds anything stale."""

    def __init__(self) -> None:
        self._spawn = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._pipe, other = self._spawn.Pipe()
        self._process = self._spawn.Process(target=_work, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def renew(self) -> None:
        """Takes a new process: the code has changed."""
        self._process.kill()
        self._process.join()
        self._start()

    def build(self, *, packages: bool = False) -> Outcome:
        """Builds, and makes the next process ready; the packages for other systems only where they are wanted."""
        try:
            self._pipe.send(packages)
            outcome = self._pipe.recv()
        except (EOFError, OSError):
            outcome = Outcome(good=False, said="the builder ended before it was done")
        self._process.join()
        self._start()
        return outcome


def _work(pipe: Connection) -> None:
    """What a process of the builder does: imports, waits, builds, tells."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told to end, and ends this
    os.chdir(ROOT)
    heard = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(heard):
        for name in WARM:
            with suppress(Exception):  # said when the book is built
                import_module(name)
        with suppress(EOFError):
            if not pipe.recv():
                os.environ["QUIZZES_NO_PACKAGES"] = "1"
            outcome = _build(heard)
            pipe.send(outcome)


def _build(heard: io.StringIO) -> Outcome:
    try:
        from jupyter_book.cli.main import main as jupyter_book

        jupyter_book(["build", ".", "-n", "--keep-going", "-q"], standalone_mode=False)
    except (Exception, SystemExit) as error:
        return Outcome(good=False, said=str(error.__cause__ or error) or type(error).__name__)
    lines = COLOUR.sub("", heard.getvalue()).splitlines()
    return Outcome(good=True, said="\n".join(line.replace(f"{ROOT}{os.sep}", "") for line in lines if "WARNING: " in line))


class Live:
    """What the server shows: the last good build under a number, and why there is none yet."""

    def __init__(self, folder: Path = SHOWN) -> None:
        self.folder, self._since, self._number, self.trouble = folder, time.time_ns(), 0, ""

    @property
    def built(self) -> str:
        """Another text after each build."""
        return f"{self._since}-{self._number}"

    def show(self) -> None:
        """Takes over what was built: files that differ are copied, others go."""
        new = {path.relative_to(SITE) for path in SITE.rglob("*") if path.is_file()}
        for name in new:
            old, stat = self.folder / name, (SITE / name).stat()
            if not old.exists() or (old.stat().st_size, old.stat().st_mtime_ns) != (stat.st_size, stat.st_mtime_ns):
                old.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(SITE / name, old)
        for path in [path for path in self.folder.rglob("*") if path.is_file() and path.relative_to(self.folder) not in new]:
            path.unlink()
        self._number += 1


class Handler(SimpleHTTPRequestHandler):
    """Serves files; a page gets the script that loads it anew."""

    def __init__(self, request: socket, client: tuple[str, int], server: Server) -> None:
        self._live = server.live
        super().__init__(request, client, server, directory=str(server.live.folder))

    def do_GET(self) -> None:
        """Answers the script's question, sends the script, a page or a file."""
        path = urlsplit(self.path).path
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if path.endswith("/") else file
        if path == "/.preview/built":
            self._send(self._live.built, "text/plain")
        elif path == "/.preview/reload.js":
            self._send(SCRIPT, "text/javascript")
        elif path in ("/sw.js", "/_static/offline.js"):
            self._send(NO_WORKER.read_text(encoding="utf-8") if path == "/sw.js" else "", "text/javascript")
        elif file.suffix == ".html" and file.is_file():
            self._send(self._with_script(file.read_text(encoding="utf-8")), "text/html")
        elif path == "/" and self._live.trouble:
            self._send(self._with_script(NOT_YET.format(escape(self._live.trouble))), "text/html")
        else:
            super().do_GET()

    def _with_script(self, page: str) -> str:
        before, end, after = page.rpartition("</body>")
        tag = TAG.format(self._live.built)
        return before + tag + end + after if end else page + tag

    def _send(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """No copy is kept: the next build may differ within the same second."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for the builds."""


class Server(ThreadingHTTPServer):
    """Serves until it is told to end, from a folder that no other server has."""

    allow_reuse_address = os.name == "posix"  # on Windows that would be to share a port that is taken

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.live = Live(SHOWN / str(self.server_port))

    def handle_error(self, *client: object) -> None:
        """Nothing where a browser has gone before it had all of a file, as it does when it loads a page anew."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*client)


@contextmanager
def watching(ended: threading.Event) -> Iterator[Queue[set[Path]]]:
    """Saved files, as they come, relative to the root. Nothing watches on behind the block: a thread of it could keep Python from ending."""
    saved: Queue[set[Path]] = Queue()

    def listen(*folders: Path, **options: object) -> None:
        for changes in watch(*folders, debounce=200, raise_interrupt=False, stop_event=ended, **options):
            saved.put({Path(path).relative_to(ROOT) for _, path in changes})

    hidden = DefaultFilter()
    threads = [threading.Thread(target=listen, args=folders, kwargs=options, daemon=True) for folders, options in (
        ([ROOT / name for name in FOLDERS], {"watch_filter": lambda change, path: hidden(change, path) and not Path(path).name.startswith(".")}),
        ([ROOT], {"recursive": False, "watch_filter": lambda _, path: Path(path).name in FILES}),
    )]
    for thread in threads:
        thread.start()
    try:
        yield saved
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def take(saved: Queue[set[Path]], ended: threading.Event) -> set[Path]:
    """Waits for files to be saved; returns all that were by now, none when it is time to end."""
    found: set[Path] = set()
    while not (found or ended.is_set()):
        with suppress(Empty):  # a wait without end could not be interrupted on Windows
            found |= saved.get(timeout=0.5)
    with suppress(Empty):
        while True:
            found |= saved.get_nowait()
    return found


def is_code(path: Path) -> bool:
    """Whether a process that has imported the code has an old one now."""
    return path.parts[0] in CODE and path.parts[:2] != ("quizzes", "bank")


def say(outcome: Outcome, what: str, seconds: float) -> None:
    """One message for each build."""
    clock = time.strftime("%H:%M:%S")
    if not outcome.good:
        print(f"{clock} {what}: not built, the pages stay as they are\n{outcome.said}", file=sys.stderr, flush=True)
        return
    print(f"{clock} {what}: built in {seconds:.1f} s" + (f", with warnings\n{outcome.said}" if outcome.said else ""), flush=True)


def work(live: Live, builder: Builder, what: str, *, packages: bool = False) -> None:
    """One build, told and shown."""
    start = time.perf_counter()
    outcome = builder.build(packages=packages)
    if outcome.good:
        live.show()
    live.trouble = "" if outcome.good else outcome.said
    say(outcome, what, time.perf_counter() - start)


def port_number(text: str) -> int:
    """0 is whichever is free."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"found '{text}'; accepted: a number from 0 to 65535")
    return int(text)


def main(arguments: list[str]) -> int:
    """Serves until it is interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0].rpartition(" python")[0])
    parser.add_argument("port", nargs="?", type=port_number, default=8000, metavar="PORT", help="of this machine (default: %(default)s)")
    port, ended = parser.parse_args(arguments).port, threading.Event()

    def end(*_: object) -> None:
        ended.set()  # stays known where the exception is lost, as in a finalizer
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        server = Server(port)
    except OSError as error:
        print(f"PORT: found {port}, which is not free ({error.strerror}); accepted: another one, PORT=8001 make serve", file=sys.stderr)
        return 1
    shutil.rmtree(server.live.folder, ignore_errors=True)  # not before: a running server of this port shows it
    server.live.folder.mkdir(parents=True, exist_ok=True)
    with server, suppress(KeyboardInterrupt), watching(ended) as saved:
        builder = Builder()
        work(server.live, builder, "the book", packages=True)  # an author who saves a bank does not wait for them again
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"The book is at http://localhost:{server.server_port}, and follows what you save (Ctrl+C ends it)", flush=True)
        while files := take(saved, ended):
            if any(map(is_code, files)):
                builder.renew()
            work(server.live, builder, ", ".join(sorted(path.as_posix() for path in files)[:3]) + (" ..." if len(files) > 3 else ""))
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
