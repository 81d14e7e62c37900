"""Common Cartridge 1.1: the bank's quiz and links to the book, for Moodle, Canvas, Blackboard, Sakai and others.

The manifest's own namespace stands in its first 1,024 bytes, by which Moodle knows a cartridge.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from markupsafe import Markup

from quizzes.bank import Section
from quizzes.exchange import Asked, Loss, Made
from quizzes.exchange.packages import pack
from quizzes.exchange.qti.cartridge import items
from quizzes.exchange.qti.classic import assessment

SUFFIX = ".imscc"
ABOUT = "Common Cartridge 1.1, a quiz and links to the book"

SPACE = "http://www.imsglobal.org/xsd/imsccv1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM"
MANIFEST = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="{space}/imscp_v1p1" xmlns:lom="{lom}/resource" xmlns:lomimscc="{lom}/manifest" identifier="cartridge">
<metadata>
<schema>IMS Common Cartridge</schema>
<schemaversion>1.1.0</schemaversion>
<lomimscc:lom>
<lomimscc:general>
<lomimscc:title><lomimscc:string language="{language}">{title}</lomimscc:string></lomimscc:title>
<lomimscc:language>{language}</lomimscc:language>
<lomimscc:description><lomimscc:string language="{language}">{about}</lomimscc:string></lomimscc:description>
</lomimscc:general>
</lomimscc:lom>
</metadata>
<organizations>
<organization identifier="organization" structure="rooted-hierarchy">
<item identifier="root">
<item identifier="folder">
<title>{title}</title>
{entries}
</item>
</item>
</organization>
</organizations>
<resources>
{resources}
</resources>
</manifest>
""")
ENTRY = Markup('<item identifier="entry-{id}" identifierref="{id}"><title>{title}</title></item>')
RESOURCE = Markup('<resource identifier="{id}" type="{kind}"{href}>\n<file href="{path}"/>\n</resource>')
LINK = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="{space}/imswl_v1p1">
<title>{title}</title>
<url href="{address}" target="_blank"/>
</webLink>
""")
PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<ul>
{sections}
</ul>
</body>
</html>
""")
QUIZ, READ, WEB = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "webcontent", "imswl_xmlv1p1"
EXAM = {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage", "qmd_feedbackpermitted": "Yes",
        "qmd_hintspermitted": "No", "qmd_solutionspermitted": "Yes", "cc_maxattempts": "unlimited"}


def make(asked: Asked, out: Path) -> Made:
    """The cartridge."""
    built = [items(asked.bank, question) for question in asked.questions]
    quiz = assessment("quiz", asked.bank.title, EXAM, (item.element() for made, _ in built for item in made))
    files, links = _links(asked)
    files |= {"quiz/assessment.xml": quiz}
    listed = [("quiz", QUIZ, "quiz/assessment.xml", asked.bank.title), *links]
    files["imsmanifest.xml"] = _manifest(asked, listed).encode()
    always = (Loss(question="", lost="penalties for further tries", instead="left to the system"),
              Loss(question="", lost="objectives, levels, claims and groups", instead="left out"))
    return Made(files={out: pack(files)}, losses=(*always, *(loss for _, losses in built for loss in losses), *_lost(asked, links)))


def _sections(asked: Asked) -> list[Section]:
    """The sections of the book that the questions send back to, each once."""
    found = (asked.bank.section_of(question) for question in asked.questions)
    return list({section.address: section for section in found if section}.values())


def _links(asked: Asked) -> tuple[dict[str, bytes], list[tuple[str, str, str, str]]]:
    """The files that lead to the book, and their entries: id, kind, path, title."""
    sections = _sections(asked)
    web = [section for section in sections if urljoin(asked.address, section.address).startswith(("https://", "http://"))]
    files, entries = {}, []
    for n, section in enumerate(web, 1):
        path = f"links/link{n}.xml"
        files[path] = str(LINK.format(space=SPACE, title=section.title, address=urljoin(asked.address, section.address))).encode()
        entries.append((f"link{n}", WEB, path, section.title))
    if asked.address and not web:
        files["links/book.xml"] = str(LINK.format(space=SPACE, title=asked.bank.title, address=asked.address)).encode()
        entries.append(("book", WEB, "links/book.xml", asked.bank.title))
    elif sections and not web:
        lines = Markup("\n").join(Markup("<li>{} ({})</li>").format(section.title, section.address) for section in sections)
        files["book/index.html"] = str(PAGE.format(language=asked.bank.language, title=asked.bank.title, sections=lines)).encode()
        entries.append(("book", READ, "book/index.html", asked.bank.title))
    return files, entries


def _lost(asked: Asked, links: list[tuple[str, str, str, str]]) -> list[Loss]:
    if any(kind == WEB for _, kind, *_ in links) or not _sections(asked):
        return []
    return [Loss(question="", lost="links to the book, whose address is not known", instead="a page names the sections (--address URL makes links)")]


def _manifest(asked: Asked, listed: list[tuple[str, str, str, str]]) -> str:
    entries = Markup("\n").join(ENTRY.format(id=id_, title=title) for id_, _, _, title in listed)
    resources = Markup("\n").join(RESOURCE.format(id=id_, kind=kind, path=path, href=Markup(' href="{}"').format(path) if kind == READ else "")
                                  for id_, kind, path, _ in listed)
    about = "; ".join(dict.fromkeys(asked.bank.objectives[question.objective] for question in asked.questions))
    return str(MANIFEST.format(space=SPACE, lom=LOM, language=asked.bank.language, title=asked.bank.title, about=about, entries=entries, resources=resources))
