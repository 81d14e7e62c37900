"""All files of a grading, and how they get into a folder: whole or not at all, and never over something that a person changed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from quizzes.classroom.analysis import analyse
from quizzes.classroom.collecting import files_below, is_empty
from quizzes.classroom.feedback import feedback_pages
from quizzes.classroom.gradebook import gradebook_csv, gradebook_xlsx, hand_ins_csv, problems_csv
from quizzes.classroom.grading import Grading
from quizzes.classroom.report import figures_csv, items_csv, options_csv, report_page
from quizzes.classroom.rubric import MARKED, SHEET, open_questions, sheet
from quizzes.classroom.specification import KEY

GRADING = "quizzes-grading"
RECORD = "record/grading.json"
Files = dict[str, bytes]


def files_of(grading: Grading) -> Files:
    """What a teacher finds after grading, by the name in the folder; the record of it is added by `regrade`."""
    analysis = analyse(grading)
    files = {"gradebook.csv": gradebook_csv(grading), "gradebook.xlsx": gradebook_xlsx(grading), "problems.csv": problems_csv(grading),
             "hand-ins.csv": hand_ins_csv(grading), "item-report.html": report_page(grading, analysis), "item-report.csv": items_csv(analysis),
             "item-options.csv": options_csv(analysis), "test-report.csv": figures_csv(analysis)}
    if open_questions(grading.assignment):
        files[SHEET] = sheet(grading.assignment, grading.written, grading.marked)
    files |= feedback_pages(grading)
    for name in (KEY, MARKED):  # as they were, so that a correction can be taken back
        if (grading.assignment.keep / name).is_file():
            files[f"record/{name}"] = (grading.assignment.keep / name).read_bytes()
    return files


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in sorted(files.items()) if name != RECORD}


def read_record(folder: Path) -> dict[str, Any] | None:
    """What the last grading left in a folder; None for no folder or an empty one. Raises ValueError for a folder of anybody else's."""
    if not folder.exists() or folder.is_dir() and is_empty(folder):
        return None
    try:
        record = json.loads((folder / RECORD).read_bytes())
        if record["format"] != GRADING or record["version"] != 1:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        raise ValueError(f"{folder.as_posix()}: found a folder that grade did not make; accepted: a new one, an empty one, or that of an earlier grading") from None
    return record


def check_untouched(folder: Path, record: Mapping[str, Any]) -> None:
    """That nobody has changed or added a file since; what an operating system or an office program adds is nobody's. Raises ValueError with a line for each."""
    faults = []
    for path in files_below(folder):
        name = path.relative_to(folder).as_posix()
        wanted = record["files"].get(name)
        if name == RECORD:
            continue
        if wanted is None:
            faults.append(f"{path.as_posix()}: found a file that grade did not make; accepted: your own files in another folder")
        elif sha256(path.read_bytes()).hexdigest() != wanted:
            keep = f"keep what you marked as {MARKED} beside the key" if name == SHEET else "save it under another folder"
            faults.append(f"{path.as_posix()}: found changes made since it was graded; accepted: as it was graded ({keep}, then delete this one)")
    if faults:
        raise ValueError("\n".join(faults))


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder in the place of what was there, an operating system's files too: all of them, or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    new, old = made / "new", made / "old"
    try:
        new.mkdir()
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    finally:
        if old.exists() and not folder.exists():  # whatever came between the two moves
            os.replace(old, folder)
        shutil.rmtree(made, ignore_errors=True)


def read_files(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder) if path.is_file()}


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip with one time for all, so that equal files make equal zips."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(entry, files[name])
    return made.getvalue()


def unpack(content: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
