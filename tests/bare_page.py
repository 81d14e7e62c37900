"""A page with nothing but a quiz on it, for tests that need no book, and what is noted of any page."""

from pathlib import Path

from playwright.sync_api import Page

from quizzes import Bank, load_bank
from quizzes.bank import Head

ROOT = Path(__file__).parent.parent
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quiz</title>
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ font-family: sans-serif; background: Canvas; color: CanvasText }} {css}</style></head>
<body><main><h1>Quiz</h1>{quiz}</main><script>{script}</script></body></html>"""

WCAG = {"preload": False, "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
STORED = "Object.fromEntries(Object.entries(localStorage))"


class Watched:
    """A page, with every console message, error and request to another host that it made."""

    def __init__(self, page: Page) -> None:
        self.page, self.troubles = page, []
        page.on("console", lambda message: self.troubles.append(f"console: {message.text} ({page.url})"))
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error} ({page.url})"))
        page.on("request", self._note)

    def _note(self, request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            self.troubles.append(f"foreign request: {request.url} ({self.page.url})")


def reload(page, load=None) -> None:
    """Load a page again, by `load` where that is more than a reload.

    Chromium, short of time, can lose what any page from disk has just stored in a throw-away profile; then it is stored again.
    """
    load = load or page.reload
    stored = page.evaluate(STORED)
    load()
    if stored.keys() - page.evaluate(STORED).keys():
        page.evaluate("(stored) => { for (const [key, text] of Object.entries(stored)) localStorage.setItem(key, text); }", stored)
        load()


def guide_bank() -> Bank:
    """The questions of the authors' guide, one or more of every type, as one bank."""
    banks = [load_bank(path) for path in sorted((ROOT / "quizzes" / "bank").glob("guide-*.yml"))]
    head = Head(title="Guide", objectives={"guide": "Ask in every way"}, questions=[None])
    return Bank("guide", head, tuple(question for bank in banks for question in bank), banks[0].path)
