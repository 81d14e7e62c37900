"""Pick one place or several on a map, or in the list of their names beside it."""

from __future__ import annotations

import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from markupsafe import Markup
from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from quizzes.maps import Outlines, Sheet, path, read_outlines
from quizzes.model import Text, fault
from quizzes.picking import Picking

NEAR = 19  # radius, in units of a map 480 wide, of what a finger hits: over 24 px across where the map is 320 px wide
DOT = 4  # radius of a place that is too small to have a shape
SPECK = 3  # square units: an island or a hole smaller than this is left out; twice as much where nothing can be picked

MAP = Markup('<svg class="quiz-map" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false"><defs>'
             '<pattern id="{field}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
             '<path d="M0 0h2v5H0z"/></pattern>'
             '<mask id="{field}-gap" maskUnits="userSpaceOnUse" x="0" y="0" width="{width}" height="{height}">'
             '<path d="M0 0h{width}v{height}H0z" fill="#fff"/><path d="{dashed}" fill="none" stroke="#000" stroke-width="2.5"/></mask></defs>'
             '<g mask="url(#{field}-gap)"><path class="quiz-context" d="{context}"/><g>{large}</g>{near}<g>{small}</g></g>'
             '<path class="quiz-dashed" d="{dashed}"/></svg>')
PLACE = Markup('<path data-place="{}" d="{}"><title>{}</title></path>')
HIT = Markup('<circle data-place="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>')
OPTION = Markup('<label class="quiz-option"><input type="{}" name="{}" value="{}"><span dir="auto">{}</span></label>')


class QuestionType(Picking):
    """Answered by a place's id on a map file, or by a list of ids."""

    type: Literal["locate"]
    map: Annotated[Text, Field(description="A TopoJSON or GeoJSON file, its path from the bank's folder")]
    choices: Annotated[tuple[Text, ...], Field(description="Ids of what can be picked; without it every place with "
                                               "`\"pick\": true` in the file, or simply every place")] = ()
    _outlines: Outlines = PrivateAttr()

    @model_validator(mode="after")
    def _fits_the_map(self, info: ValidationInfo) -> QuestionType:
        try:
            self._outlines = read_outlines(Path((info.context or {}).get("folder", "."), self.map))
        except FileNotFoundError:
            raise fault(("map",), f"no file '{self.map}'", "a TopoJSON or GeoJSON file, its path from the bank's folder") from None
        except ValueError as error:
            raise fault(("map",), str(error), "TopoJSON or GeoJSON of areas, each with an id and a name") from None
        for n, id_ in enumerate(self.choices):
            if id_ not in self._outlines.places:
                raise fault(("choices", n), f"'{id_}'", ", ".join(sorted(self._outlines.places)))
            if id_ in self.choices[:n]:
                raise fault(("choices", n), f"'{id_}' a second time", "each id once")
        self.check_places()
        return self

    @property
    def files(self) -> tuple[str, ...]:
        return (self.map,)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """What can be picked, in the order of the names."""
        known = self._outlines.places
        ids = self.choices or [id_ for id_, place in known.items() if place.pick] or known
        return tuple(sorted(ids, key=lambda id_: (unicodedata.normalize("NFKD", known[id_].name).casefold(), id_)))

    def name_of(self, place: str) -> str:
        return Markup("{}").format(self._outlines.places[place].name)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        names = Markup().join(OPTION.format(self.box, field, id_, self._outlines.places[id_].name) for id_ in self.places)
        return self.draw_map(field) + Markup('<div class="quiz-places">{}</div>').format(names)

    def draw_map(self, field: str) -> Markup:
        """One SVG: what cannot be picked in one path, then a path a place in the order of their ids, which tells nothing of the key.

        Small places lie on top of the large ones. What a finger hits for a small one lies between the two, so that
        it takes nothing from another small one.
        """
        return MAP.format(field=field, **_shapes(self._outlines, self.places))


@lru_cache(maxsize=64)
def _shapes(outlines: Outlines, places: tuple[str, ...]) -> dict[str, Any]:
    """What is drawn of a map, the same for every question that asks for the same places of it."""
    sheet, known = Sheet(outlines, places), outlines.places
    drawn: dict[str, list[Any]] = {"large": [], "near": [], "small": []}
    for id_ in sorted(places):
        rings = sheet.rings(known[id_], SPECK) or [_dot(*sheet.spot(known[id_]))]
        (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*rings[0], strict=True))
        small = min(right - left, bottom - top) < 2 * NEAR
        drawn["small" if small else "large"].append(PLACE.format(id_, path(rings, closed=True), known[id_].name))
        if small:
            drawn["near"].append(HIT.format(id_, (left + right) // 2, (top + bottom) // 2, NEAR, known[id_].name))
    context = [ring for id_, place in known.items() if id_ not in places for ring in sheet.rings(place, 2 * SPECK)]
    return {"width": sheet.width, "height": sheet.height, "context": path(context, closed=True),
            "dashed": path(map(sheet.line, outlines.dashed), closed=False), **{layer: Markup().join(shapes) for layer, shapes in drawn.items()}}


def _dot(x: int, y: int) -> list[tuple[int, int]]:
    """A small diamond."""
    return [(x - DOT, y), (x, y - DOT), (x + DOT, y), (x, y + DOT)]
