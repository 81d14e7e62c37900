"""A bank as a content package: a manifest, a test with a section for every group, an item for every question, the pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from markupsafe import Markup

from quizzes.bank import Bank
from quizzes.exchange import Asked, Loss, Made
from quizzes.exchange.packages import pack
from quizzes.exchange.qti.item import Item, build, title
from quizzes.exchange.qti.parts import identifier
from quizzes.exchange.qti.processing import outcome
from quizzes.exchange.qti.xml import XSI, Version, make, to_text
from quizzes.model import Question
from quizzes.sources import Source, find_bibliography, load_bibliography

MANIFEST = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="{space}" xmlns:lom="{lom}" xmlns:imsqti="{qti}" xmlns:xsi="{xsi}" xsi:schemaLocation="{space} {schema}" identifier="{id}">
<metadata>
<schema>{kind}</schema>
<schemaversion>{version}</schemaversion>
<lom:lom>
<lom:general><lom:title><lom:string language="{language}">{title}</lom:string></lom:title><lom:language>{language}</lom:language></lom:general>
{objectives}
</lom:lom>
</metadata>
<organizations/>
<resources>
{resources}
</resources>
</manifest>
""")
RESOURCE = Markup("""<resource identifier="{id}" type="{kind}" href="{path}">
{metadata}<file href="{path}"/>
{needs}</resource>""")
ITEM = Markup("""<metadata>
<lom:lom>
<lom:general><lom:identifier><lom:catalog>question</lom:catalog><lom:entry>{id}</lom:entry></lom:identifier>
<lom:title><lom:string language="{language}">{title}</lom:string></lom:title><lom:language>{language}</lom:language>
{keywords}</lom:general>
{relations}
{objective}
{level}
</lom:lom>
<imsqti:qtiMetadata><imsqti:timeDependent>false</imsqti:timeDependent>{interactions}<imsqti:feedbackType>nonadaptive</imsqti:feedbackType>
<imsqti:solutionAvailable>{solved}</imsqti:solutionAvailable></imsqti:qtiMetadata>
</metadata>
""")
PURPOSE = Markup("<lom:classification><lom:purpose><lom:source>LOMv1.0</lom:source><lom:value>{}</lom:value></lom:purpose>\n{}</lom:classification>")
TAXON = Markup('<lom:taxonPath><lom:source><lom:string language="en">{}</lom:string></lom:source><lom:taxon><lom:id>{}</lom:id>'
               '<lom:entry><lom:string language="{}">{}</lom:string></lom:entry></lom:taxon></lom:taxonPath>\n')
RELATION = Markup("<lom:relation><lom:kind><lom:source>LOMv1.0</lom:source><lom:value>{}</lom:value></lom:kind><lom:resource>\n{}"
                  '<lom:description><lom:string language="{}">{}</lom:string></lom:description></lom:resource></lom:relation>')
ENTRY = Markup("<lom:identifier><lom:catalog>{}</lom:catalog><lom:entry>{}</lom:entry></lom:identifier>\n")
KEYWORD = Markup('<lom:keyword><lom:string language="{}">{}</lom:string></lom:keyword>\n')
OBJECTIVES, LEVELS = "objectives of the bank", "Anderson and Krathwohl 2001"
TEST = "test.xml"


def make_package(asked: Asked, out: Path, version: Version) -> Made:
    """The zip with all of it."""
    items = [build(asked.bank, question) for question in asked.questions]
    files = {_path(item): to_text(item.root, version) for item in items}
    for item in items:
        files |= item.files
    files[TEST] = to_text(_test(asked), version)
    files["imsmanifest.xml"] = _manifest(asked, items, version).encode()
    return Made(files={out: pack(files)}, losses=(*_lost(asked), *(loss for item in items for loss in item.losses)))


def _path(item: Item) -> str:
    return f"items/{item.question.id}.xml"


def _lost(asked: Asked) -> Iterator[Loss]:
    yield Loss(question="", lost="penalties for further tries", instead="left to the player")
    if any(question.type not in ("open-answer", "survey") for question in asked.questions):
        yield Loss(question="", lost="the words right, partly right and not right beside a mark", instead="left to the player")


def _test(asked: Asked) -> Element:
    """The test: one part, whose sections are the groups, unless questions of a group stand apart."""
    runs = [(group, list(questions)) for group, questions in groupby(asked.questions, lambda question: question.group)]
    if len({group for group, _ in runs}) < len(runs):
        runs = [("all", list(asked.questions))]
    sections = [make("assessmentSection", {"identifier": f"section-{group}", "title": _heading(asked.bank, group), "visible": True},
                     [make("assessmentItemRef", {"identifier": identifier(question.id), "href": f"items/{question.id}.xml",
                                                 "category": identifier(question.group)}) for question in questions]) for group, questions in runs]
    added = make("sum", None, make("testVariables", {"variableIdentifier": "SCORE"}))
    return make("assessmentTest", {"identifier": identifier(_name(asked.bank)), "title": asked.bank.title}, outcome("SCORE", "float", 0),
                make("testPart", {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "individual"},
                     make("itemSessionControl", {"maxAttempts": 0, "showFeedback": True}), sections),
                make("outcomeProcessing", None, make("setOutcomeValue", {"identifier": "SCORE"}, added)))


def _name(bank: Bank) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in bank.name).strip("-") or "bank"


def _heading(bank: Bank, group: str) -> str:
    return bank.sections[group].title if group in bank.sections else bank.title


def _manifest(asked: Asked, items: Sequence[Item], version: Version) -> str:
    bank, known = asked.bank, _bibliography(asked.bank)
    pictures = sorted({path for item in items for path in item.files})
    resources = [RESOURCE.format(id="test", kind=f"imsqti_test_{version.suffix}", path=TEST, metadata="",
                                 needs=Markup().join(Markup('<dependency identifierref="item-{}"/>\n').format(item.question.id) for item in items))]
    resources += [RESOURCE.format(id=f"item-{item.question.id}", kind=f"imsqti_item_{version.suffix}", path=_path(item),
                                  metadata=_metadata(bank, item, known),
                                  needs=Markup().join(Markup('<dependency identifierref="{}"/>\n').format(_picture(path)) for path in sorted(item.files)))
                  for item in items]
    resources += [RESOURCE.format(id=_picture(path), kind="webcontent", path=path, metadata="", needs="") for path in pictures]
    used = dict.fromkeys(question.objective for question in asked.questions)
    objectives = Markup().join(_objective(bank, id_) for id_ in used)
    return str(MANIFEST.format(
        space=version.package, schema=version.package_schema, lom=version.lom, qti=version.qti_metadata, xsi=XSI, id=f"package-{_name(bank)}",
        kind="QTI Package" if version.kebab else "QTIv2.1 Package", version=version.package_version, language=bank.language, title=bank.title,
        objectives=PURPOSE.format("educational objective", objectives), resources=Markup("\n").join(resources)))


def _picture(path: str) -> str:
    return path.removesuffix(".svg").rpartition("/")[2]


def _bibliography(bank: Bank) -> Mapping[str, Source]:
    path = find_bibliography(bank.path)
    return load_bibliography(path) if path else {}


def _objective(bank: Bank, id_: str) -> Markup:
    return TAXON.format(OBJECTIVES, id_, bank.language, bank.objectives[id_])


def _metadata(bank: Bank, item: Item, known: Mapping[str, Source]) -> Markup:
    """What an item is about: its objective and level, the claims as keywords, the sources, the section to read again."""
    question, language = item.question, item.question.language
    return ITEM.format(
        id=question.id, language=language, title=title(question), keywords=Markup().join(KEYWORD.format(language, claim) for claim in question.claims),
        relations=Markup("\n").join(_relations(bank, question, known)), objective=PURPOSE.format("educational objective", _objective(bank, question.objective)),
        level=PURPOSE.format("skill level", TAXON.format(LEVELS, question.level, "en", question.level)),
        interactions=Markup().join(Markup("<imsqti:interactionType>{}</imsqti:interactionType>").format(name) for name in item.interactions),
        solved=str(question.type not in ("open-answer", "survey")).lower())


def _relations(bank: Bank, question: Question, known: Mapping[str, Source]) -> Iterator[Markup]:
    for key in question.sources:
        yield RELATION.format("isbasedon", ENTRY.format("source", key), "en", known[key].title if key in known else key)
    if section := bank.section_of(question):
        entries = ENTRY.format("section", question.section or question.group) + ENTRY.format("URI", section.address)
        yield RELATION.format("references", entries, bank.language, section.title)
