"""GIFT's signs and how they are escaped: a backslash before one of them makes it a letter like any other."""

from __future__ import annotations

SIGNS = "\\:#={}~"
HELD = {sign: chr(0xE200 + n) for n, sign in enumerate(SIGNS)}  # a letter of no language, while the signs of a question are looked for
LINE = chr(0xE200 + len(SIGNS))  # the same for `\n`, which is an end of line


def escape(text: str) -> str:
    """A text in one line, in which no sign means anything."""
    return "".join(f"\\{letter}" if letter in SIGNS else "\\n" if letter == "\n" else letter for letter in text)


def hold(text: str) -> str:
    """A text whose escaped signs are held back, so that the others can be looked for. A backslash before another letter stays."""
    made, rest = "", text
    while rest:
        before, slash, rest = rest.partition("\\")
        made += before
        if slash and rest[:1] in HELD:
            made, rest = made + HELD[rest[0]], rest[1:]
        elif slash and rest[:1] == "n":
            made, rest = made + LINE, rest[1:]
        else:
            made += slash
    return made


def release(text: str) -> str:
    """What was held back, as letters."""
    return text.translate({ord(held): sign for sign, held in HELD.items()} | {ord(LINE): "\n"}).strip()
