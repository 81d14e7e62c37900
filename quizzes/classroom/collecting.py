"""Files from a folder or a zip as a learning system or a mail program left them: any names, folders, zips and saved mails in them.

Nothing is unpacked to the disk, nothing is followed out of the folder, and no file is read beyond a limit. What cannot be
read comes back as a `Problem`, never as an exception, and nothing is left out in silence.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from quizzes.classroom.mails import BadMail, files_in

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE  # of one hand-in; a notebook with pictures is far below
LARGEST_ZIP = 500 * MEGABYTE  # of a zip inside a zip
LARGEST_TOTAL = 2_000 * MEGABYTE  # of all that is unpacked
MOST_FILES = 20_000
DEEPEST = 3  # zips in zips
STEEPEST = 200  # unpacked over packed; JSON text gets to about 20
FLAT = MEGABYTE  # below this size any ratio is harmless

SYSTEM_FILES = re.compile(r"(^|/)(__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini|\.~lock\.[^/]*#|~\$[^/]*)$", re.IGNORECASE)  # and what office programs lock with
OFFICE = {"[Content_Types].xml", "mimetype"}  # a zip with one of these is a document of an office program
END, END_64, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"  # of a zip's list of files, and of the list of a huge one
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error, IndexError)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One file and its bytes; `time` is what the file system or the zip says of its last change, if that is known."""

    file: str
    content: bytes
    time: datetime | None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A file that is not graded, and why: what was found, what is accepted."""

    file: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """A file that an operating system, an office or a mail program makes beside others; not a hand-in and no problem."""

    file: str


def files_below(folder: Path) -> list[Path]:
    """Every file and link of a folder and of those in it, in order, but for SYSTEM_FILES."""
    return sorted(path for path in folder.rglob("*") if (path.is_symlink() or not path.is_dir()) and not SYSTEM_FILES.search(path.relative_to(folder).as_posix()))


def is_empty(folder: Path) -> bool:
    """Whether a folder holds nothing but SYSTEM_FILES."""
    return all(SYSTEM_FILES.search(path.name) for path in folder.iterdir())


class Collector:
    """Walks through what was handed in, keeping count of the limits."""

    def __init__(self) -> None:
        self._files, self._bytes = 0, 0

    def walk(self, place: Path) -> Iterator[Found | Problem | Ignored]:
        """Every file of a folder, or of one zip or file. Raises ValueError where there is nothing of the name."""
        if place.is_symlink() or place.is_file():
            yield from self._path(place, place.name)
        elif place.is_dir():
            yield from self._folder(place)
        else:
            raise ValueError(f"{place.as_posix()}: found no such file or folder; accepted: a folder or a zip of hand-ins")

    def _folder(self, place: Path) -> Iterator[Found | Problem | Ignored]:
        faults: list[OSError] = []
        for folder, folders, names in os.walk(place, onerror=faults.append):
            folders.sort()
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            for name in sorted(names + links):
                path = Path(folder) / name
                yield from self._path(path, path.relative_to(place).as_posix())
        for fault in faults:
            yield Problem(file=str(fault.filename), reason=f"found {fault.strerror}; accepted: a folder that can be read")

    def _path(self, path: Path, name: str) -> Iterator[Found | Problem | Ignored]:
        if SYSTEM_FILES.search(name):
            yield Ignored(file=name)
            return
        try:
            about = path.lstat()
            if stat.S_ISLNK(about.st_mode):
                yield Problem(file=name, reason="found a symbolic link; accepted: a file")
            elif not stat.S_ISREG(about.st_mode):
                yield Problem(file=name, reason="found neither file nor folder; accepted: a file")
            else:
                yield from self._regular(path, name, about)
        except OSError as error:
            yield Problem(file=name, reason=f"found {error.strerror}; accepted: a file that can be read")

    def _regular(self, path: Path, name: str, about: os.stat_result) -> Iterator[Found | Problem | Ignored]:
        with path.open("rb") as file:
            begin = file.read(4)
            file.seek(0)
            if begin == b"PK\x03\x04" or begin == END:
                yield from self._zip(file, name, _at(about.st_mtime), 1)
            elif about.st_size > LARGEST_FILE:
                yield Problem(file=name, reason=_too_large(about.st_size))
            elif problem := self._count(name, about.st_size):
                yield problem
            else:
                yield from self._content(name, file.read(LARGEST_FILE + 1), _at(about.st_mtime), 1)

    def _content(self, name: str, content: bytes, time: datetime | None, depth: int) -> Iterator[Found | Problem | Ignored]:
        """A file; of a mail, what is attached to it."""
        if not name.lower().endswith(".eml"):
            yield Found(file=name, content=content, time=time)
            return
        try:
            if depth > DEEPEST:
                raise BadMail(f"found mails in mails, more than {DEEPEST} deep; accepted: fewer")
            for attached, inner in files_in(content):
                file = f"{name}/{attached}"
                if inner is None:
                    yield Ignored(file=file)
                elif problem := self._count(file, len(inner)):
                    yield problem
                elif inner.startswith((b"PK\x03\x04", END)):
                    yield from self._zip(BytesIO(inner), file, time, depth + 1)
                else:
                    yield from self._content(file, inner, time, depth + 1)
        except BadMail as error:
            yield Problem(file=name, reason=str(error))

    def _count(self, name: str, size: int) -> Problem | None:
        self._files += 1
        self._bytes += size
        if self._files > MOST_FILES:
            return Problem(file=name, reason=f"found more than {MOST_FILES} files; accepted: fewer")
        if self._bytes > LARGEST_TOTAL:
            return Problem(file=name, reason=f"found more than {LARGEST_TOTAL // MEGABYTE} MB in all; accepted: less")
        return None

    def _zip(self, file: BinaryIO, name: str, time: datetime | None, depth: int) -> Iterator[Found | Problem | Ignored]:
        if depth > DEEPEST:
            yield Problem(file=name, reason=f"found zips in zips, more than {DEEPEST} deep; accepted: fewer")
            return
        if found := _found_in_directory(file):
            yield Problem(file=name, reason=found)
            return
        try:
            size = file.seek(0, os.SEEK_END)
            with zipfile.ZipFile(file) as opened:
                if sum(entry.compress_size for entry in opened.infolist()) > size:
                    yield Problem(file=name, reason="found a zip whose files overlap; accepted: a plain zip")
                else:
                    yield from self._entries(opened, name, time, depth)
        except BROKEN as error:
            yield Problem(file=name, reason=f"found a broken zip ({_said(error)}); accepted: a whole one")

    def _entries(self, opened: zipfile.ZipFile, name: str, time: datetime | None, depth: int) -> Iterator[Found | Problem | Ignored]:
        entries = [entry for entry in opened.infolist() if not entry.is_dir()]
        if OFFICE & {entry.filename for entry in entries}:
            yield Problem(file=name, reason="found a document of an office program; accepted: the file of answers")
        elif not entries:
            yield Problem(file=name, reason="found an empty zip; accepted: one with hand-ins")
        elif self._files + len(entries) > MOST_FILES:
            yield Problem(file=name, reason=f"found {len(entries)} files in the zip; accepted: {MOST_FILES} at most in all")
        elif (packed := sum(entry.compress_size for entry in entries)) * STEEPEST < (size := sum(entry.file_size for entry in entries)) > FLAT:
            yield Problem(file=name, reason=f"found a zip of {packed} bytes that unpacks to {size}; accepted: at most {STEEPEST} times as much")
        else:
            for entry in sorted(entries, key=lambda entry: entry.filename):
                yield from self._entry(opened, entry, f"{name}/{entry.filename}", _local(entry) or time, depth)

    def _entry(self, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, time: datetime | None, depth: int) -> Iterator[Found | Problem | Ignored]:
        if SYSTEM_FILES.search(entry.filename):
            yield Ignored(file=name)
        elif found := _found_wrong(entry):
            yield Problem(file=name, reason=found)
        elif problem := self._count(name, entry.file_size):
            yield problem
        else:
            try:
                with opened.open(entry) as file:
                    content = file.read(LARGEST_FILE + 1)
                    is_zip = content.startswith(b"PK\x03\x04")
                    if is_zip and len(content) > LARGEST_FILE:
                        content += file.read(LARGEST_ZIP - LARGEST_FILE)
            except BROKEN as error:
                yield Problem(file=name, reason=f"found a broken file in a zip ({_said(error)}); accepted: a whole one")
                return
            if is_zip:
                yield from self._zip(BytesIO(content), name, time, depth + 1)
            elif len(content) > LARGEST_FILE:
                yield Problem(file=name, reason=_too_large(entry.file_size))
            else:
                yield from self._content(name, content, time, depth)


def _found_in_directory(file: BinaryIO) -> str | None:
    """What is wrong with a zip's list of files, before it is read into memory."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        return "found a broken zip (its end is missing); accepted: a whole one"
    listed, length = struct.unpack_from("<HI", tail, at + 10)
    if tail[max(0, at - 20):at].startswith(LOCATOR_64) and tail[max(0, at - 76):].startswith(END_64):
        listed, length = struct.unpack_from("<QQ", tail, at - 76 + 32)  # these are believed by whoever reads the zip
    if listed > MOST_FILES or length > MOST_FILES * 500:
        return f"found a zip that lists {listed} files in {length} bytes; accepted: {MOST_FILES} files at most"
    return None


def _found_wrong(entry: zipfile.ZipInfo) -> str | None:
    """What is wrong with an entry of a zip that can be seen without reading it."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "found a symbolic link in a zip; accepted: a file"
    if kind not in (0, stat.S_IFREG):
        return "found neither file nor folder in a zip; accepted: a file"
    parts = re.split(r"[/\\]", entry.filename)
    if ".." in parts or parts[0] == "" or re.match("[A-Za-z]:", entry.filename):
        return "found a path that leads out of the zip; accepted: a path inside it"
    if entry.flag_bits & 1:
        return "found a file locked with a password; accepted: one without"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"found a packing that is not read (method {entry.compress_type}); accepted: a plain zip"
    if entry.file_size > (LARGEST_ZIP if entry.filename.lower().endswith(".zip") else LARGEST_FILE):
        return _too_large(entry.file_size)
    if entry.file_size > FLAT and entry.file_size > STEEPEST * entry.compress_size:
        return f"found a file of {entry.compress_size} bytes that unpacks to {entry.file_size}; accepted: at most {STEEPEST} times as much"
    return None


def _too_large(size: int) -> str:
    return f"found {size / MEGABYTE:.0f} MB; accepted: {LARGEST_FILE // MEGABYTE} MB at most"


def _said(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:80] or type(error).__name__


def _at(time: float) -> datetime:
    return datetime.fromtimestamp(int(time), UTC)


def _local(entry: zipfile.ZipInfo) -> datetime | None:
    """A zip's time of a file, taken as UTC; a zip does not say of which zone it is. None for 1980, where nobody set it."""
    try:
        time = datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None
    return time if time.year > 1980 else None
