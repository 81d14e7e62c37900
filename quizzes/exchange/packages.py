"""Zip files: written the same, byte by byte, from the same files; others' read with care, in memory, and never unpacked to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path, PurePosixPath

from quizzes.exchange.opening import open_bytes

LARGEST = 50_000_000  # bytes of all files of a package together, unpacked
MOST = 5_000  # files of a package
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can say
MAGIC = b"PK\x03\x04"


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by path: the manifest first, the others in the order of their names, no dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(files, key=lambda name: (name != "imsmanifest.xml", name)):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            package.writestr(entry, files[name])
    return out.getvalue()


class Package:
    """Somebody's zip. Raises ValueError, in one line, where it is none or could do harm."""

    def __init__(self, source: Path) -> None:
        self.name = source.as_posix()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(open_bytes(source)))
        except (zipfile.BadZipFile, NotImplementedError, EOFError):
            raise self._fault("a zip that cannot be read", "a whole zip file") from None
        self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
        self._check()

    def _fault(self, found: str, accepted: str) -> ValueError:
        return ValueError(f"{self.name}: found {found}; accepted: {accepted}")

    def _check(self) -> None:
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MOST:
            raise self._fault(f"{len(entries)} files", f"at most {MOST}")
        if (size := sum(entry.file_size for entry in entries)) > LARGEST:
            raise self._fault(f"{size / 1e6:.0f} MB unpacked", f"at most {LARGEST / 1e6:.0f} MB")
        for entry in entries:
            shown = entry.filename[:60]
            if climbs(entry.filename):
                raise self._fault(f"a file '{shown}' that lies outside of the package", "files inside it")
            if entry.flag_bits & 1:
                raise self._fault(f"a file '{shown}' under a password", "files without")
        names = sorted(entry.filename for entry in entries)
        if twice := next((one for one, other in pairwise(names) if one == other), None):
            raise self._fault(f"two files '{twice[:60]}'", "each file once")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        return sorted(self._entries)

    def read(self, name: str) -> bytes:
        """What a file of the package holds: no more than it says."""
        entry = self._entries[name]
        try:
            with self._zip.open(entry) as file:
                content = file.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise self._fault(f"a file '{name[:60]}' that cannot be unpacked", "a whole zip file") from None
        if len(content) > entry.file_size:
            raise self._fault(f"a file '{name[:60]}' larger than it says", "a whole zip file")
        return content


def climbs(name: str) -> bool:
    """Whether a path in a package could lead out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name.split("/")[0] or "\0" in name


def beside(path: str, address: str) -> str:
    """The path in a package of what a file there calls by a relative address; `..` stays where it would lead out."""
    parts: list[str] = []
    for part in (PurePosixPath(path).parent / address.split("#")[0].split("?")[0]).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
