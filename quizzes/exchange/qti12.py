"""QTI 1.2 as Canvas's classic quizzes take it: one quiz in a package, each question of one of Canvas's kinds."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from quizzes.exchange import Asked, Loss, Made, Read
from quizzes.exchange.packages import pack
from quizzes.exchange.qti.canvas import item
from quizzes.exchange.qti.classic import assessment
from quizzes.exchange.qti.unpacking import read_classic
from quizzes.model import plain

SUFFIX = ".zip"
ABOUT = "QTI 1.2, a quiz for Canvas (classic quizzes)"

QUIZ = "quiz"
MANIFEST = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource" identifier="package">
<metadata>
<schema>IMS Content</schema>
<schemaversion>1.1.3</schemaversion>
<lom:lom><lom:general><lom:title><lom:string language="{language}">{title}</lom:string></lom:title></lom:general></lom:lom>
</metadata>
<organizations/>
<resources>
<resource identifier="quiz" type="imsqti_xmlv1p2">
<file href="quiz/quiz.xml"/>
<dependency identifierref="meta"/>
</resource>
<resource identifier="meta" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="quiz/assessment_meta.xml">
<file href="quiz/assessment_meta.xml"/>
</resource>
</resources>
</manifest>
""")
META = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0" identifier="quiz">
<title>{title}</title>
<description/>
<shuffle_answers>false</shuffle_answers>
<scoring_policy>keep_highest</scoring_policy>
<quiz_type>practice_quiz</quiz_type>
<points_possible>{points}</points_possible>
<allowed_attempts>-1</allowed_attempts>
</quiz>
""")


def make(asked: Asked, out: Path) -> Made:
    """The package."""
    bank = asked.bank
    built = [item(bank, question) for question in asked.questions]
    fields = {"quiz_language": bank.language}
    files = {"quiz/quiz.xml": assessment(QUIZ, bank.title, fields, (made.element() for made, _ in built)),
             "quiz/assessment_meta.xml": str(META.format(title=bank.title, points=plain(sum(question.points for question in asked.questions)))).encode(),
             "imsmanifest.xml": str(MANIFEST.format(title=bank.title, language=bank.language)).encode()}
    always = (Loss(question="", lost="penalties for further tries", instead="left to Canvas"),
              Loss(question="", lost="the order of choices that must not be shuffled", instead="left to the settings of the quiz"))
    return Made(files={out: pack(files)}, losses=(*always, *(loss for _, losses in built for loss in losses)))


def read(source: Path) -> Read:
    """The bank of a package of QTI 1.2, or of one file."""
    return read_classic(source)
