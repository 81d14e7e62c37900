"""Lighthouse's four scores (mobile) for pages of the built book.

    python benchmarks/lighthouse.py
    python benchmarks/lighthouse.py _build/html/chapters/energy.html --runs 3

Needs the built book (`make site`), Chromium and npm. Prints a Markdown table; ends with 1 where a page falls short of the budget.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from page import CACHE, ROOT, machine, site_of
from phone import FLAGS
from serve import in_folder, serving

VERSION = "12.8.2"
BUDGET = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}


def lighthouse() -> Path:
    """The program, installed once."""
    program = CACHE / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        program.parents[3].mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(program.parents[3]), f"lighthouse@{VERSION}"],
                       check=True, stdout=sys.stderr)
    return program


def scores(program: Path, address: str) -> dict[str, int]:
    """One run: the score of each category, 0 to 100. Raises RuntimeError with what Lighthouse says."""
    done = subprocess.run(
        ["node", str(program), address, "--quiet", "--output=json", f"--only-categories={','.join(BUDGET)}",
         f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}"], capture_output=True, text=True,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""})
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or f"lighthouse ended with {done.returncode}")
    return {name: round(100 * (part["score"] or 0)) for name, part in json.loads(done.stdout)["categories"].items()}


def main() -> int:
    """Prints the table, a line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="built pages; every page of the book without any")
    parser.add_argument("--runs", type=int, default=1, help="runs a page; the median counts (1)")
    options = parser.parse_args()
    pages = options.pages or sorted((ROOT / "_build" / "html").rglob("*.html"))
    if not pages or not all(page.is_file() for page in pages) or not shutil.which("npm"):
        parser.error("found no such page, or no npm; build the book first (make site)")
    program, folder, short = lighthouse(), site_of(pages[0]), []
    print(f"| page | {' | '.join(BUDGET)} |\n| --- |{' ---: |' * len(BUDGET)}")
    with serving(in_folder(folder)) as port:
        for page in pages:
            name = page.resolve().relative_to(folder.resolve()).as_posix()
            runs = [scores(program, f"http://127.0.0.1:{port}/{name}") for _ in range(options.runs)]
            found = {kind: round(statistics.median(run[kind] for run in runs)) for kind in BUDGET}
            print(f"| {name.removesuffix('.html')} | {' | '.join(str(found[kind]) for kind in BUDGET)} |", flush=True)
            short += [name for kind in BUDGET if found[kind] < BUDGET[kind]]
    print(f"\nLighthouse {VERSION}, mobile; {machine()}; median of {options.runs}.")
    return int(bool(short))


if __name__ == "__main__":
    sys.exit(main())
