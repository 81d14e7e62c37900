"""Ids for what had other names in the place it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase

LONGEST = 40  # characters of an id that is made of a text


class Names:
    """Ids, none of them twice."""

    def __init__(self, other: str = "question") -> None:
        self._other, self._taken = other, dict[str, int]()  # id -> the number that its next namesake gets

    def take(self, *texts: str) -> str:
        """An id made of the first of the texts that has letters or digits; with a number behind it where that is taken."""
        name = next(filter(None, map(slug, texts)), self._other)
        id_ = name
        while id_ in self._taken:
            self._taken[name] += 1
            id_ = f"{name}-{self._taken[name]}"
        self._taken[id_] = 1
        return id_


def slug(text: str) -> str:
    """A text in lower-case ASCII and hyphens, cut after a word; nothing where it has no such letters."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) and len(text) <= 60:
        return text
    plain = unicodedata.normalize("NFKD", text.translate({0x131: "i", 0x111: "d", 0x110: "d", 0xDF: "ss"}))
    name = "-".join(re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))
    return name if len(name) <= LONGEST else name[:LONGEST + 1].rpartition("-")[0] or name[:LONGEST]


def lettered(things: Iterable[dict]) -> list[dict]:
    """Things with the ids a, b, c and so on before their own keys, in the order they came in."""
    return [{"id": letter(n)} | thing for n, thing in enumerate(things)]


def lettered_by_text(things: Iterable[dict]) -> list[dict]:
    """The same by the alphabet of their texts: students see ids, and the order that things came in may be the key."""
    things = list(things)
    places = {n: place for place, n in enumerate(sorted(range(len(things)), key=lambda n: things[n]["text"]))}
    return [{"id": letter(places[n])} | thing for n, thing in enumerate(things)]


def letter(n: int) -> str:
    """a, b, c and so on, then aa, bb, cc."""
    return ascii_lowercase[n % 26] * (1 + n // 26)
