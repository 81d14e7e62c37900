"""A page with nothing but a quiz on it, for tests that need no book."""

from pathlib import Path

from quizzes import Bank, load_bank
from quizzes.bank import Head

ROOT = Path(__file__).parent.parent
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quiz</title>
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ font-family: sans-serif; background: Canvas; color: CanvasText }} {css}</style></head>
<body><main><h1>Quiz</h1>{quiz}</main><script>{script}</script></body></html>"""


def guide_bank() -> Bank:
    """The questions of the authors' guide, one or more of every type, as one bank."""
    banks = [load_bank(path) for path in sorted((ROOT / "quizzes" / "bank").glob("guide-*.yml"))]
    head = Head(title="Guide", objectives={"guide": "Ask in every way"}, questions=[None])
    return Bank("guide", head, tuple(question for bank in banks for question in bank), banks[0].path)
