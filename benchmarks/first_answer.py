"""How soon after a page's load event its first question can be answered and all of them can, on this machine as it is.

    python benchmarks/first_answer.py
    python benchmarks/first_answer.py _build/html/chapters/history.html --runs 9

Needs the built book (`make site`) and Chromium. Prints a Markdown table. Milliseconds count from the load event: a minus
says that a question could be answered before the page had loaded. "Pressed to marked" is an answer given right after
the load event, until its mark stands in the page.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # quizzes is read from the tree

from playwright.sync_api import sync_playwright  # noqa: E402

from quizzes import front_end  # noqa: E402
from serve import in_folder, serving  # noqa: E402

WATCH = """new MutationObserver((changes) => {
  for (const { target } of changes) {
    if (target.dataset?.alive !== undefined) { window.firstAlive ??= performance.now(); window.lastAlive = performance.now(); }
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-alive"] });"""
ANSWER = """async () => {
  const start = performance.now();
  const form = document.querySelector("form:is([data-quiz-type=one-choice], [data-quiz-type=many-choices])");
  form.querySelector("input").click();
  form.querySelector("[type=submit]").click();
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  if (!form.querySelector(".quiz-state")) throw new Error("no mark");
  return performance.now() - start;
}"""


def visit(browser, address: str) -> tuple[float, float, float, int]:
    """First and last question alive (ms after the load event), pressed to marked (ms), number of questions."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    marked = page.evaluate(ANSWER)
    load = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    first, last, asked = page.evaluate("[firstAlive, lastAlive, document.querySelectorAll('[data-quiz-question]').length]")
    page.context.close()
    return first - load, last - load, marked, asked


def main() -> int:
    """Measure the pages named, or every chapter with 30 questions or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="built pages; every chapter with 30 questions or more without any")
    parser.add_argument("--runs", type=int, default=5, help="visits of which the median is taken (5)")
    options = parser.parse_args()
    site = ROOT / "_build" / "html"
    pages = options.pages or [path for path in sorted(site.glob("chapters/*.html")) if path.read_text(encoding="utf-8").count("data-quiz-question=") >= 30]
    if not pages:
        print(f"{site}: found no page with 30 questions; accepted: a built book (make site)", file=sys.stderr)
        return 1
    print(f"All scripts, minified and gzipped at level 6: {len(gzip.compress(front_end.script().encode(), 6)) / 1000:.1f} kB; "
          f"style {len(gzip.compress(front_end.styles().encode(), 6)) / 1000:.1f} kB\n")
    print("| page | questions | first can be answered, ms | all can, ms | pressed to marked, ms |\n| --- | ---: | ---: | ---: | ---: |")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with serving(in_folder(site)) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        for page in pages:
            visits = [visit(browser, f"http://127.0.0.1:{port}/{page.resolve().relative_to(site).as_posix()}") for _ in range(options.runs + 1)][1:]
            first, last, marked, asked = map(median, zip(*visits, strict=True))
            print(f"| {page.stem} | {asked:.0f} | {first:.0f} | {last:.0f} | {marked:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
