"""Readers of a small book, each with a browser and a clock of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

MONDAY = datetime(2026, 3, 2, 20, 0)


def build(source: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", source, source / "out"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


class Reader:
    """Somebody with a browser of their own and a clock that the test sets."""

    def __init__(self, page, book: str) -> None:
        self.page, self.book = page, book
        page.clock.set_fixed_time(MONDAY)

    def at(self, time: datetime) -> Reader:
        self.page.clock.set_fixed_time(time)
        return self

    def open(self, name: str):
        self.page.goto(f"{self.book}/{name}.html")
        return self.page

    def answer(self, city: str = "Ankara", name: str = "types") -> None:
        page = self.open(name)
        page.locator("[data-quiz-question=one]").get_by_label(city, exact=city == "Ankara").check()
        page.locator("[data-quiz-question=one] button[type=submit]").click()

    def stored(self) -> dict[str, str]:
        return self.page.evaluate("({ ...localStorage })")

    def store(self, **entries: object) -> None:
        self.page.evaluate("(entries) => { for (const [key, text] of Object.entries(entries)) localStorage.setItem(key, text); }",
                           {f"quizzes:small-book:{key}": text if isinstance(text, str) else json.dumps(text) for key, text in entries.items()})

    def row(self, name: str) -> list[str]:
        return self.page.locator(f"[data-row='{name}'] td").all_inner_texts()

    def said(self) -> str:
        return self.page.locator(".quiz-notice").inner_text()

    def told(self) -> str:
        return self.page.locator(".quiz-told").inner_text()

    def due(self) -> str:
        return self.page.locator("[data-part=due]").inner_text()

    def save(self, path: Path) -> dict:
        with self.page.expect_download() as download:
            self.page.locator("[data-quiz-do=export]").click()
        download.value.save_as(path)
        return json.loads(path.read_text(encoding="utf-8"))

    def take(self, path: Path) -> str:
        self.page.locator("[data-quiz-do=import]").evaluate("(button) => button.closest('.quiz').querySelector('.quiz-notice').textContent = ''")
        self.page.locator("input[type=file]").set_input_files(path)
        self.page.wait_for_function("document.querySelector('.quiz-notice').textContent")
        return self.said()


def question(state: str, **more: object) -> dict[str, object]:
    return {"state": state, "points": {"right": 2, "partly": 1, "wrong": 0}[state], "out_of": 2} | more
