"""The page that students get: one file, which opens from disk, asks no host and needs no network."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup, escape
from rcssmin import cssmin

from quizzes import front_end
from quizzes.classroom.sealing import Sealed

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{script_hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{styles}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{assignment}</main>
<script>{script}</script>
</body>
</html>
"""


def page(sealed: Sealed) -> str:
    """An assignment as a page."""
    script = front_end.sealed_script()
    own = cssmin(Path(front_end.FOLDER, "sealed_page.css").read_text(encoding="utf-8"))
    return PAGE.format(
        language=sealed.specification.language, title=escape(sealed.specification.title), styles=Markup(front_end.sealed_styles() + own),
        script=script, script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}", assignment=sealed.draw(how="assignment-how"))
