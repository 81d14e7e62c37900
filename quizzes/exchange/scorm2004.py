"""SCORM 2004, 3rd edition, which systems of the 4th play as well: the quiz of a bank, with more to say of every answer than in SCORM 1.2."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from quizzes.exchange import Asked, Made
from quizzes.exchange.scorm.interactions import Form
from quizzes.exchange.scorm.package import Edition, make_package

SUFFIX = ".zip"
ABOUT = "SCORM 2004, the quiz as on its page, with room for long answers"

# Both set by content: a system must not take for completed or passed what the page has not said.
MANIFEST = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" \
xmlns:imsss="http://www.imsglobal.org/xsd/imsss" identifier="{id}" version="1">
<metadata>
<schema>ADL SCORM</schema>
<schemaversion>2004 3rd Edition</schemaversion>
</metadata>
<organizations default="organization">
<organization identifier="organization">
<title>{title}</title>
<item identifier="quiz" identifierref="page">
<title>{title}</title>
<imsss:sequencing>{passing}
<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
</imsss:sequencing>
</item>
<imsss:sequencing>
<imsss:controlMode choice="true" flow="true"/>
</imsss:sequencing>
</organization>
</organizations>
<resources>
<resource identifier="page" type="webcontent" adlcp:scormType="sco" href="{opened}">
{files}
</resource>
</resources>
</manifest>
""")
PASSING = Markup("""
<imsss:objectives>
<imsss:primaryObjective objectiveID="points" satisfiedByMeasure="true">
<imsss:minNormalizedMeasure>{}</imsss:minNormalizedMeasure>
</imsss:primaryObjective>
</imsss:objectives>""")
FORM = Form(comma="[,]", dot="[.]", truth=("false", "true"), longest=4000, other="other", lettered=False, ranges=True, patterns=5)


def make(asked: Asked, out: Path) -> Made:
    """The package."""
    return make_package(asked, out, Edition(name="2004", manifest=MANIFEST, passing=PASSING, whole=1, form=FORM))
