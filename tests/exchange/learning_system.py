"""A learning system for packages of SCORM: a page with scorm-again's API, which keeps what is committed, and the package in a frame."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bare_page import ROOT
from npm import installed
from playwright.sync_api import Frame, Page

from quizzes import Bank, load_bank
from quizzes.exchange import Asked, Made, scorm12, scorm2004

SCORM_AGAIN = ("scorm-again", "3.4.3")
EDITIONS = {"1.2": scorm12, "2004": scorm2004}
FORMS = {name: module.FORM for name, module in EDITIONS.items()}
ROOM = {"1.2": 4096, "2004": 64000}  # characters that a system keeps of a reader
NAMES = {"1.2": ("Scorm12API", "LMS", "API"), "2004": ("Scorm2004API", "", "API_1484_11")}  # of scorm-again's class, before its functions, of the API
HOST = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>System</title><link rel="icon" href="data:,"><script src="system.js"></script></head>
<body><script>
const api = new %s({ logLevel: "NONE" });
api.loadFromJSON(JSON.parse(localStorage.getItem("kept") ?? "{}"), "cmi");
window.told = {};
window.refused = [];
window.deaf = false;
for (const name of ["Initialize", "SetValue", "Commit", "Finish", "Terminate"].map((name) => "%s" + name).filter((name) => api[name])) {
  const real = api[name];
  api[name] = (...texts) => {
    const answer = window.deaf ? "false" : real.apply(api, texts);
    if (answer !== "true") refused.push([name, ...texts]);
    else if (texts.length === 2) told[texts[0]] = texts[1];
    if (answer === "true" && /Commit|Finish|Terminate/.test(name)) localStorage.setItem("kept", JSON.stringify(api.cmi));
    return answer;
  };
}
window.%s = api;
</script>
<iframe title="Quiz" width="380" height="800"></iframe>
<script>document.querySelector("iframe").src = new URLSearchParams(location.search).get("frame") ?? "package/index.html";</script></body></html>
"""


editions = pytest.mark.parametrize("edition", EDITIONS)


def bank_of(name: str) -> Bank:
    return load_bank(ROOT / "quizzes" / "bank" / f"{name}.yml")


def make(edition: str, bank: Bank, **about: Any) -> Made:
    """The package of a bank, at `bank.zip`."""
    return EDITIONS[edition].make(Asked(bank=bank, questions=tuple(bank), **about), Path("bank.zip"))


def files_of(made: Made) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.files[Path("bank.zip")])) as package:
        return {name: package.read(name) for name in package.namelist()}


def unpack(made: Made, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, content in files_of(made).items():
        (folder / name).write_bytes(content)


def install(edition: str, made: Made, folder: Path) -> None:
    """A system with a package in it, to be served; what it keeps lasts as long as a browser's context."""
    unpack(made, folder / "package")
    script = NAMES[edition][0].removesuffix("API").lower() + ".min.js"
    shutil.copy(installed(*SCORM_AGAIN) / "dist" / script, folder / "system.js")
    (folder / "index.html").write_text(HOST % NAMES[edition], encoding="utf-8")


def quiz_in(page: Page) -> Frame:
    """The quiz, alive, in the innermost frame."""
    frame = page.frames[-1]
    frame.wait_for_selector(".quiz[data-alive]")
    return frame


def kept(page: Page) -> dict[str, Any]:
    """What the system keeps of a reader."""
    return json.loads(page.evaluate("localStorage.getItem('kept')"))


def core(page: Page) -> dict[str, Any]:
    """The part of it that has status, points and time."""
    memory = kept(page)
    return memory.get("core", memory)


def interactions(page: Page) -> dict[str, dict[str, Any]]:
    """What it heard of each question, by id, in the order of its numbers."""
    return {heard["id"]: heard for heard in kept(page)["interactions"].values()}


def launch_with(page: Page, memory: dict[str, Any]) -> Frame:
    """Open the package again in a system that keeps what is given."""
    page.evaluate("(memory) => { window.deaf = true; localStorage.setItem('kept', memory); }", json.dumps(memory))
    page.reload()
    return quiz_in(page)
