"""The map of a question as a picture that stands alone."""

from __future__ import annotations

from xml.etree.ElementTree import Element
from zlib import crc32

from markupsafe import Markup

from quizzes.exchange.qti.xml import make
from quizzes.types.locate import QuestionType

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="640" '
LOOK = ("<style>path{vector-effect:non-scaling-stroke;stroke-linejoin:round}g>path{fill:#d7dce0;stroke:#5b6670}"
        "g>.quiz-context{fill:#f4f5f6;stroke:#c3c9ce}circle{fill:none}.quiz-dashed{fill:none;stroke:#5b6670;stroke-dasharray:3 2}</style>")


def picture(question: QuestionType) -> tuple[str, bytes, Element]:
    """The map as a file of SVG: its path in a package, what it holds, and the block that shows it. The same map has the same path."""
    drawn = str(question.draw_map("map")).replace("<svg ", HEAD, 1).replace("<defs>", f"{LOOK}<defs>", 1)
    path = f"maps/map-{crc32(drawn.encode()):08x}.svg"
    names = ", ".join(Markup(question.name_of(place)).unescape() for place in question.places)
    return path, drawn.encode(), make("p", None, make("img", {"src": f"../{path}", "alt": names, "width": 640}))
