"""Takes the pictures of the chapter on teaching, of the walk-through's own assignment and its simulated class.

    .venv/bin/python docs/pictures.py

It needs the packages of the extra `test`, and a browser (CHROMIUM= names one). The pictures go into chapters/pictures.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from make import find_chromium  # noqa: E402
from quizzes.classroom.assign import assign  # noqa: E402
from quizzes.classroom.regrade import run  # noqa: E402
from quizzes.classroom.simulate import simulate  # noqa: E402
from quizzes.classroom.specification import read_assignment  # noqa: E402

PICTURES = ROOT / "chapters" / "pictures"
PHONE, DESK = {"width": 390, "height": 760}, {"width": 700, "height": 900}
LARGEST = 60_000  # bytes of a picture


@contextmanager
def opened(browser: Browser, file: Path, size: dict[str, int]) -> Iterator[Page]:
    """A page from disk, on a fine screen."""
    context = browser.new_context(viewport=size, device_scale_factor=1.5, color_scheme="light", locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def keep(page: Page, name: str, of: str | None = None) -> None:
    """What is on the screen, or one part of the page with a margin, as WebP."""
    box = page.locator(of).first.bounding_box() if of else None
    clip = {"x": box["x"] - 14, "y": box["y"] - 14, "width": box["width"] + 28, "height": box["height"] + 28} if box else None
    shot = page.screenshot(clip=clip, full_page=bool(clip), animations="disabled", caret="hide")
    path = PICTURES / f"{name}.webp"
    Image.open(BytesIO(shot)).convert("RGB").save(path, quality=70, method=6)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT).as_posix()} ({size / 1000:.0f} kB)")
    if size > LARGEST:
        sys.exit(f"{path}: found {size} bytes; accepted: {LARGEST} at most")


def take(browser: Browser, hand_out: Path, results: Path) -> None:
    """The page that a student answers, a page of feedback, the item report."""
    with opened(browser, hand_out / "assignment.html", PHONE) as page:
        page.get_by_label("Your name").fill("Simulated Student 001")
        page.get_by_label("Your student number").fill("SIM-001")
        page.get_by_label("True", exact=True).first.check()
        page.locator(".sealed-who").evaluate("(form) => scrollTo(0, form.offsetTop - 12)")
        keep(page, "hand-out")
    with opened(browser, results / "feedback" / "SIM-001.html", PHONE) as page:
        keep(page, "feedback")
    with opened(browser, results / "item-report.html", DESK) as page:
        for name, title in (("flags", "Look at these"), ("map", "Easy and hard, telling and not")):
            keep(page, f"item-report-{name}", f"section:has(> h2:text-is('{title}'))")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        monday, hand_ins, results = (Path(folder, name) for name in ("monday", "hand-ins", "results"))
        assign(ROOT / "quizzes" / "bank" / "history.yml", monday, group="review", due="2026-05-08T23:59:59+00:00", title="History, week 19")
        assignment = read_assignment(monday)
        simulate(assignment, hand_ins)
        run(assignment, hand_ins, results)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        take(browser, monday / "hand-out", results)
        browser.close()


if __name__ == "__main__":
    main()
