"""A page with nothing but a quiz on it, for tests that need no book."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quiz</title>
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ font-family: sans-serif; background: Canvas; color: CanvasText }} {css}</style></head>
<body><main><h1>Quiz</h1>{quiz}</main><script>{script}</script></body></html>"""
