"""A page on disk with maps, and how a test waits for one of them."""

from __future__ import annotations

from pathlib import Path

from atlas.page import light, writer
from atlas.static import loader, styles

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Maps</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{css}">
<style>:root {{ color-scheme: light dark }} body {{ background: Canvas; color: CanvasText }}</style></head>
<body><main><h1>Maps</h1>{maps}</main><script defer src="{js}"></script></body></html>"""


def write_page(folder: Path, figures: list) -> str:
    """Write a page with these maps as the site carries them; its address."""
    write = writer(folder)
    maps = "".join(light(one._repr_html_(), write) for one in figures)
    page = PAGE.format(css=write("atlas", "css", styles()), js=write("loader", "js", loader()), maps=maps)
    (folder / "maps.html").write_text(page, encoding="utf-8")
    return (folder / "maps.html").as_uri()


def alive(page, name):
    """The map of that name, once it is there."""
    figure = page.locator(f'[data-atlas="{name}"]')
    figure.scroll_into_view_if_needed()
    figure.locator(".atlas-alive").wait_for()
    return figure


def centre(page, name):
    return page.evaluate(f"(({{lat, lng}}) => [lat, lng])(map_{name.replace('-', '_')}.getCenter())")
