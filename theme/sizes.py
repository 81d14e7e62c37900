"""A Sphinx extension: every picture of a page says how large it is, so that nothing moves while it loads, and loads when it is near."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import imagesize
from sphinx.application import Sphinx

PICTURE = re.compile(r'<img (?P<rest>[^>]*?src="(?:[^"]*/)?_images/(?P<name>[^"/]+)")')


def say_sizes(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the pictures of a page their sizes in pixels."""
    sources = {name: source for source, name in app.builder.images.items()}

    def sized(found: re.Match[str]) -> str:
        width, height = imagesize.get(Path(app.srcdir, sources[found["name"]]))
        return f'<img width="{width}" height="{height}" loading="lazy" {found["rest"]}'

    context["body"] = PICTURE.sub(sized, context.get("body", ""))


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", say_sizes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
