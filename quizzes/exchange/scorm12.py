"""SCORM 1.2: the quiz of a bank for nearly every learning system."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from quizzes.exchange import Asked, Made
from quizzes.exchange.scorm.interactions import Form
from quizzes.exchange.scorm.package import Edition, make_package

SUFFIX = ".zip"
ABOUT = "SCORM 1.2, the quiz as on its page, for nearly every learning system"

MANIFEST = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="{id}" version="1">
<metadata>
<schema>ADL SCORM</schema>
<schemaversion>1.2</schemaversion>
</metadata>
<organizations default="organization">
<organization identifier="organization">
<title>{title}</title>
<item identifier="quiz" identifierref="page">
<title>{title}</title>{passing}
</item>
</organization>
</organizations>
<resources>
<resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{opened}">
{files}
</resource>
</resources>
</manifest>
""")
PASSING = Markup("\n<adlcp:masteryscore>{}</adlcp:masteryscore>")
FORM = Form(comma=",", dot=".", truth=("f", "t"), longest=255, other="fill-in", lettered=True, ranges=False, patterns=10,
            lacks={"long-fill-in": "fill-in"})


def make(asked: Asked, out: Path) -> Made:
    """The package."""
    return make_package(asked, out, Edition(name="1.2", manifest=MANIFEST, passing=PASSING, whole=100, form=FORM))
