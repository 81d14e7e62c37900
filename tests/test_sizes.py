"""Pictures say how large they are and what they show, and are small files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent
PICTURES = sorted((ROOT / "chapters" / "pictures").glob("*"))
LARGEST = 60_000  # bytes


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_of_the_walk_through_has_its_size_and_an_alternative(site, path):
    page = (site / "chapters" / "teaching.html").read_text(encoding="utf-8")
    (tag,) = re.findall(rf'<img [^>]*src="../_images/{re.escape(path.name)}"[^>]*>', page)
    with Image.open(path) as picture:
        assert (f'width="{picture.width}"' in tag, f'height="{picture.height}"' in tag) == (True, True)
    assert len(re.search('alt="([^"]*)"', tag)[1]) > 80 and path.stat().st_size <= LARGEST


def test_there_are_pictures():
    assert len(PICTURES) >= 4
