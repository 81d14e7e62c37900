"""What a peer's page asks of other hosts, answered from copies in npm packages.

An address is recognised by the shape of its path, so any host that serves npm packages is answered.
"""

from __future__ import annotations

import random
import re
import struct
import subprocess
import tarfile
import threading
import zlib
from pathlib import Path

SPEC = r"/((?:@[^/@]+/)?[^/@]+@[^/]+)"

# Path of an address -> npm package, file in it.
RULES = [
    (rf"(?:/npm)?{SPEC}/(.+)", r"\1", r"\2"),
    (r"/jquery-([\d.]+\d)((?:\.min)?\.js)", r"jquery@\1", r"dist/jquery\2"),
    (r"/ajax/libs/require\.js/([^/]+)/require\.min\.js", r"requirejs@\1", "require.min.js"),
    (r"/ajax/libs/Leaflet\.awesome-markers/[^/]+/(.+)", "leaflet.awesome-markers@2.0.5", r"dist/\1"),
    (r".*/bootstrap-glyphicons\.css", "glyphicons-only-bootstrap@1.0.1", "css/bootstrap.min.css"),
]
TILE = re.compile(r"/\d+/\d+/\d+\.png")


class OtherHosts:
    """Finds the copy of a file, and gets its package when it is asked for the first time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.missing: set[str] = set()  # addresses that no copy was found for; answered 404
        self._one_at_a_time = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        make_noise(folder / "tile.png", 256, 230)  # the size of a usual map tile, about 15 kB

    def find(self, host: str, path: str) -> Path | None:
        """The file for an address on another host; a map tile is always the same picture."""
        if TILE.fullmatch(path):
            return self.folder / "tile.png"
        with self._one_at_a_time:
            for shape, spec, name in RULES:
                if (found := re.fullmatch(shape, path)) and (file := self._copy(found, spec, name)):
                    return file
        self.missing.add(host + path)
        return None

    def _copy(self, found: re.Match[str], spec: str, name: str) -> Path | None:
        package = self._package(found.expand(spec))
        if package is None:
            return None
        file = package / found.expand(name)
        if file.name == "require.min.js" and not file.exists():
            shrink_require(package)
        return file if file.is_file() else None

    def _package(self, spec: str) -> Path | None:
        """The unpacked npm package, or None when npm has none of that name and version."""
        folder = self.folder / re.sub(r"[^\w.@-]", "_", spec)
        if not folder.exists():
            run = subprocess.run(["npm", "pack", "--silent", spec], cwd=self.folder, capture_output=True, text=True)
            if run.returncode:
                return None
            archive = self.folder / run.stdout.split()[-1]
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
            archive.unlink()
        return next(folder.iterdir())


def shrink_require(package: Path) -> None:
    """npm holds RequireJS whole; its own optimizer makes the small file that pages load."""
    (package / "loader.js").write_text((package / "require.js").read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run(["node", "bin/r.js", "-o", "baseUrl=.", "name=loader", "out=require.min.js",
                    "optimize=uglify", "skipModuleInsertion=true"], cwd=package, check=True, capture_output=True)


def make_noise(file: Path, side: int, busy_rows: int) -> int:
    """A square grey PNG that cannot be compressed but for its last rows; gives its size in bytes."""
    noise, width = random.Random(0), side // 4  # four pixels a byte
    rows = b"".join(b"\0" + (noise.randbytes(width) if y < busy_rows else bytes(width)) for y in range(side))
    head = struct.pack(">IIBBBBB", side, side, 2, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks))
