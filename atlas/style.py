"""Colours, patterns and shapes: never colour alone, legible on light and on dark.

Every colour has a contrast of at least 3:1 both to white and to a dark page (#121212), so
one palette serves both. It follows Okabe and Ito's set for colour-blind readers, darkened
where needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

PALETTE = ("#0072b2", "#d55e00", "#00875f", "#a8528f", "#8a6d00", "#6f6f6f")
STEPS = (0.16, 0.36, 0.56, 0.78, 1.0)  # opacity of a value map's classes, low to high

TILE = 8  # a pattern repeats every so many pixels
MARKS = (  # drawn in a tile; None is a solid area
    None,
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M2 2h.01M6 6h.01",
    "M0 0L8 8M8 0L0 8",
    "M0 2H8M0 6H8",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
)
SHAPES = (  # within a square from -10 to 10
    "M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9Z",
    "M-8-8H8V8H-8Z",
    "M0-10L10 8H-10Z",
    "M0-10L10 0L0 10L-10 0Z",
    "M0 10L10-8H-10Z",
    "M-3-9H3V-3H9V3H3V9H-3V3H-9V-3H-3Z",
)
DASHES = (  # of lines: stroke, gap, ... in widths of the line; None is a solid line
    None,
    (3, 1.5),
    (1, 1),
    (4, 1, 1, 1),
    (2, 3),
    (4, 1, 1, 1, 1, 1),
)
MOST = len(PALETTE)


@dataclass(frozen=True)
class Fill:
    """How an area is filled: the n-th pattern of a figure, or one step of a value map."""

    pattern: int = 0
    opacity: float = 0.85
    overlaid: bool = False  # several layers may lie on one another

    @property
    def colour(self) -> str:
        return PALETTE[self.pattern]

    @property
    def solid(self) -> bool:
        return MARKS[self.pattern] is None

    def paint(self, prefix: str) -> dict[str, object]:
        """For the script: the value of `fill` and its opacity."""
        if self.solid:
            return {"fill": self.colour, "opacity": self.opacity}
        return {"fill": f"url(#{prefix}-{self.pattern})", "opacity": 1}

    def definition(self, prefix: str) -> str:
        """The SVG pattern behind the fill; nothing for a solid one."""
        if self.solid:
            return ""
        width = 3.5 if self.pattern == 2 else 2
        return (
            f'<pattern id="{prefix}-{self.pattern}" width="{TILE}" height="{TILE}"'
            ' patternUnits="userSpaceOnUse">'
            f'<rect width="{TILE}" height="{TILE}" fill="{self.colour}"'
            f' fill-opacity="{0.08 if self.overlaid else 0.3}"/>'
            f'<path d="{MARKS[self.pattern]}" stroke="{self.colour}" stroke-width="{width}"'
            ' stroke-linecap="round" fill="none"/></pattern>'
        )

    def swatch(self, prefix: str) -> str:
        """A sample of the fill for the legend."""
        paint = self.paint(prefix)
        return (
            '<svg class="atlas-swatch" width="26" height="18" aria-hidden="true" focusable="false">'
            f"{self.definition(prefix)}"
            f'<rect width="26" height="18" fill="{paint["fill"]}"'
            f' fill-opacity="{paint["opacity"]}" stroke="currentColor" stroke-opacity=".6"/></svg>'
        )


def definitions(prefix: str, fills: list[Fill]) -> str:
    """The patterns that a map's areas refer to."""
    patterns = "".join(dict.fromkeys(fill.definition(prefix) for fill in fills))
    if not patterns:
        return ""
    return (
        '<svg class="atlas-defs" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{patterns}</defs></svg>"
    )


def shape_svg(kind: int, size: int) -> str:
    """A point's sign: the n-th shape in the n-th colour, `size` pixels wide."""
    return (
        f'<svg width="{size}" height="{size}" viewBox="-11 -11 22 22" aria-hidden="true"'
        f' focusable="false"><path class="atlas-sign" d="{SHAPES[kind]}"'
        f' fill="{PALETTE[kind]}"/></svg>'
    )


def dashes(kind: int, width: float) -> tuple[str, str | None]:
    """The n-th kind of line at a width in pixels: its colour, its dashes (None: solid).

    The gaps show the same colour, paler.
    """
    step = min(max(width, 3), 7)
    pattern = DASHES[kind]
    return PALETTE[kind], pattern and " ".join(f"{part * step:g}" for part in pattern)


def arrow_svg(kind: int, size: int, angle: int) -> str:
    """An arrowhead in the n-th colour, turned clockwise from east."""
    return (
        f'<svg width="{size}" height="{size}" viewBox="-11 -11 22 22" aria-hidden="true"'
        f' focusable="false"><path class="atlas-head" d="M-8-9L10 0L-8 9L-4 0Z"'
        f' transform="rotate({angle})" fill="{PALETTE[kind]}"/></svg>'
    )


def line_swatch(kind: int | None, width: float) -> str:
    """A sample of a kind of line for the legend; without a kind, of a width alone."""
    colour, pattern = ("currentColor", None) if kind is None else dashes(kind, width)
    dashed = f'stroke-opacity=".4"/><path d="M0 9H48" stroke-dasharray="{pattern}"' if pattern else ""
    return (
        '<svg class="atlas-swatch" width="48" height="18" aria-hidden="true" focusable="false">'
        f'<g stroke="{colour}" stroke-width="{width:.3g}"><path d="M0 9H48" {dashed}/></g></svg>'
    )


def fresh_swatch() -> str:
    """A sample of the edge around a country that has changed, for the legend."""
    return (
        '<svg class="atlas-swatch" width="26" height="18" aria-hidden="true" focusable="false">'
        '<rect x="1.5" y="1.5" width="23" height="15" fill="none" stroke="currentColor"'
        ' stroke-width="3"/></svg>'
    )


def ring_svg(size: int) -> str:
    """A sample of the ring around a new sign, for the legend."""
    return (
        f'<svg width="{size}" height="{size}" viewBox="-11 -11 22 22" aria-hidden="true"'
        ' focusable="false"><circle r="9" fill="none" stroke="currentColor"'
        ' stroke-width="2.5"/></svg>'
    )


def past_svg(size: int) -> str:
    """A sample of a sign of an earlier year, for the legend."""
    return (
        f'<svg class="atlas-past" width="{size}" height="{size}" viewBox="-11 -11 22 22"'
        ' aria-hidden="true" focusable="false"><circle r="9" fill="currentColor"/></svg>'
    )


def legend(entries: list[tuple[str, str]]) -> str:
    """A legend: pairs of a sign (HTML) and its text."""
    items = "".join(f"<li>{sign}<span>{escape(text)}</span></li>" for sign, text in entries)
    return f'<ul class="atlas-legend">{items}</ul>' if items else ""


def at_most(found: int, what: str) -> None:
    """Raise ValueError when there are more kinds than signs to tell them apart."""
    if found > MOST:
        raise ValueError(f"found {found} {what}; accepted: at most {MOST}")
