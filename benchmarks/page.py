"""A chapter's page beside the same chapter made with other tools, on the same slow phone.

    python benchmarks/page.py
    python benchmarks/page.py _build/html/chapters/diplomacy.html --runs 5 --only "this book" --json page.json

Needs the built book (`make site`), Chromium, npm and openssl. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # quizzes and atlas are read from the tree

from playwright.sync_api import Browser  # noqa: E402

from other_hosts import OtherHosts, make_noise  # noqa: E402
from peers import Unavailable, fullmark, stock_book  # noqa: E402
from phone import LATENCY_MS, MBIT_S, SCREEN, SLOWER, Reading, Target, median, phone, visit  # noqa: E402
from quizzes import load_bank  # noqa: E402
from serve import in_folder, make_certificate, serving  # noqa: E402

CACHE = Path(__file__).parent / ".cache"
TOOLS = ("node", "npm", "openssl")
OURS = "this book"
HEAD = ["page", "requests", "kB at load", "kB after scrolling", "other hosts", "first paint, s",
        "first question, s", "blocking, ms", "question answers"]

# What a reader presses first, and the button that asks for the mark.
CHOICE = "input:is([type=radio], [type=checkbox])"
CONTROLS = {
    OURS: {"control": f"[data-alive] [data-quiz-question] {CHOICE}",
           "check": f"[data-quiz-question]:has({CHOICE}) button"},
    "jupyterquiz": {"control": ".MCButton"},
    "ipywidgets": {"control": ".widget-radio input, .widget-checkbox input", "check": "button.jupyter-button"},
    "fullmark": {"control": "#start-btn"},
}


def systems(chapter: str, page: Path) -> dict[str, Callable[[], tuple[Path, Path]]]:
    """Name -> what makes it; gives the folder that is served and the page in it."""
    notebook, bank = ROOT / "chapters" / f"{chapter}.ipynb", ROOT / "quizzes/bank" / f"{chapter}.yml"

    def stock(peer: str) -> tuple[Path, Path]:
        made = stock_book.build(notebook, peer, CACHE, sys.executable)
        return made.parent, made

    def single() -> tuple[Path, Path]:
        made = fullmark.build(load_bank(bank), CACHE)
        return made.parent, made

    ours = {OURS: lambda: (site_of(page), page)}
    if not (notebook.exists() and bank.exists()):
        return ours
    return ours | {peer: partial(stock, peer) for peer in stock_book.QUIZ} | {"fullmark": single}


def site_of(page: Path) -> Path:
    """The folder that the built site starts in: the nearest one above a page that holds `_static`."""
    return next((folder for folder in page.resolve().parents if (folder / "_static").is_dir()), page.parent)


def measure(browser: Browser, name: str, folder: Path, page: Path, runs: int) -> Reading:
    """The median of several visits, after one that warms up the servers and fetches what is missing."""
    with serving(in_folder(folder)) as port:
        path = page.resolve().relative_to(folder.resolve()).as_posix()
        target = Target(url=f"http://127.0.0.1:{port}/{path}", **CONTROLS[name])
        visit(browser, target, throttled=False)
        return median([visit(browser, target) for _ in range(runs)])


def measured(pages: list[Path], only: list[str], runs: int, hosts: OtherHosts) -> Iterator[tuple[str, Reading | str]]:
    """Row by row: its name, and its figures or the reason why there are none."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = stack.enter_context(serving(hosts.find, make_certificate(folder)))
        browser = stack.enter_context(phone(port))
        check_link(browser, folder)
        for page in pages:
            for name, make in systems(page.stem, page).items():
                if only and name not in only:
                    continue
                print(f"{page.stem}: {name} ...", file=sys.stderr, flush=True)
                try:
                    yield f"{page.stem}: {name}", measure(browser, name, *make(), runs)
                except Unavailable as reason:
                    yield f"{page.stem}: {name}", str(reason)


def check_link(browser: Browser, folder: Path) -> None:
    """Load a page of a known size, so that no table is made on a link that is not slowed."""
    site = folder / "link"
    site.mkdir()
    size = make_noise(site / "noise.png", 900, 900)
    (site / "index.html").write_text('<!doctype html><p>Link</p><img src="noise.png" alt="" onload="id=\'there\'">')
    with serving(in_folder(site)) as port:
        took = visit(browser, Target(url=f"http://127.0.0.1:{port}/", control="#there")).question_s
    wanted = 2 * LATENCY_MS / 1000 + size * 8 / (MBIT_S * 1e6)
    if not took or not 0.9 * wanted < took < 1.5 * wanted:
        raise RuntimeError(f"the link is not slowed as it should be: {size} bytes took {took} s, expected {wanted:.1f} s")


def row(name: str, reading: Reading | str) -> str:
    """One line of the table."""
    if isinstance(reading, str):
        return f"| {name} | not run: {reading} " + "| " * (len(HEAD) - 1)
    paint, question = ("–" if value is None else f"{value:.1f}" for value in (reading.paint_s, reading.question_s))
    cells = [name, f"{reading.requests:.0f}", f"{reading.bytes / 1000:,.0f}", f"{reading.bytes_scrolled / 1000:,.0f}",
             f"{reading.other_hosts:.0f}", paint, question, f"{reading.blocking_ms:,.0f}", "yes" if reading.answers else "no"]
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """What the figures depend on beside the pages."""
    return (f"{date.today():%-d %B %Y}, {os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f}; "
            f"{SCREEN['width']} x {SCREEN['height']}, CPU slowed {SLOWER} times, {MBIT_S} Mbit/s, {LATENCY_MS} ms, gzip, no cache")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, default=[ROOT / "_build/html/chapters/diplomacy.html"],
                        metavar="PAGE", help="built pages; default: the diplomacy chapter")
    parser.add_argument("--runs", type=int, default=3, help="visits a page; the median counts (default 3)")
    parser.add_argument("--only", action="append", choices=CONTROLS, default=[], metavar="ROW",
                        help=f"measure this row only; may be given again ({', '.join(CONTROLS)})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs: found {options.runs}; accepted: 1 or more")
    return options


def faults(pages: list[Path]) -> list[str]:
    """What is missing before anything can be measured."""
    return [*(f"{page}: not there; build the book first (make site)" for page in pages if not page.is_file()),
            *(f"{tool}: not found on the path; it is needed" for tool in TOOLS if not shutil.which(tool))]


def main() -> int:
    options = read_options()
    if found := faults(options.pages):
        print(*found, sep="\n", file=sys.stderr)
        return 1
    hosts, figures, conditions = OtherHosts(CACHE / "npm"), {}, machine()
    print(f"| {' | '.join(HEAD)} |\n| --- |{' ---: |' * (len(HEAD) - 1)}")
    try:
        for name, reading in measured(options.pages, options.only, options.runs, hosts):
            figures[name] = reading if isinstance(reading, str) else asdict(reading)
            print(row(name, reading), flush=True)
    except (RuntimeError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"\n{conditions}; median of {options.runs}.")
    for address in sorted(hosts.missing):
        print(f"no copy found, answered 404: {address}", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps({"measured": conditions, "runs": options.runs, "pages": figures}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
