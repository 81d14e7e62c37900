"""What maps tell apart by colour, seen by readers whose eyes lack one kind of cone, as Chromium simulates it (Machado, Oliveira and Fernandes 2009)."""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from atlas.style import MOST, PALETTE, STEPS, Fill, line_swatch, shape_svg

APART = 5  # units of CIELAB, on average over a sign; a difference of 2.3 is just noticed (Mahy, Van Eycken and Oosterlinck 1994)
KINDS = {
    "classes": [Fill(opacity=step).swatch("step") for step in STEPS],
    "categories": [Fill(kind).swatch(f"fill-{kind}") for kind in range(MOST)],
    "layers on one another": [Fill(kind, overlaid=True).swatch(f"over-{kind}") for kind in range(1, MOST)],
    "points": [shape_svg(kind, 18) for kind in range(MOST)],
    "lines": [line_swatch(kind, 4) for kind in range(MOST)],
}


def lab(picture: bytes) -> np.ndarray:
    """A PNG's pixels in CIELAB (CIE 15:2004; sRGB of IEC 61966-2-1, white point D65)."""
    srgb = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]).T / [0.9505, 1, 1.089]
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """How far two signs of one size are apart, where one of them is drawn."""
    drawn = ((one != one[0, 0]) | (other != other[0, 0])).any(axis=-1)
    return float(np.sqrt(((one - other) ** 2).sum(axis=-1))[drawn].mean())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("eyes", ["none", "deuteranopia", "protanopia", "tritanopia"])
def test_every_pair_of_signs_is_told_apart(open_page, eyes, scheme):
    page = open_page("about:blank", color_scheme=scheme)
    page.set_content("<style>:root { color-scheme: light dark; background: Canvas } span { display: inline-block; line-height: 0 }</style>"
                     + "".join(f"<p>{''.join(f'<span>{sign}</span>' for sign in signs)}</p>" for signs in KINDS.values()))
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": eyes})
    found = {}
    for (name, signs), row in zip(KINDS.items(), page.locator("p").all(), strict=True):
        seen = [lab(one.screenshot()) for one in row.locator("span").all()]
        found[name] = min(apart(one, other) for one, other in combinations(seen, 2))
        assert len(seen) == len(signs)
    assert {name: round(least, 1) for name, least in found.items() if least < APART} == {}


def test_two_like_greens_would_be_found(open_page):
    assert len(PALETTE) == MOST
    page = open_page("about:blank")
    page.set_content("".join(f'<p><svg width="26" height="18"><rect x="1" y="1" width="24" height="16" fill="{colour}"/></svg></p>' for colour in ("#00875f", "#0a8a63")))
    assert apart(*[lab(one.screenshot()) for one in page.locator("svg").all()]) < APART
