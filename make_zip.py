"""Packs the built site for a USB stick: python make_zip.py

`make zip` calls this file. The same site gives the same bytes: files are sorted, and all bear the date of SOURCE_DATE_EPOCH (seconds
since 1970), or that of the oldest that a zip can have, 1 January 1980.
"""

from __future__ import annotations

import os
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SITE = ROOT / "_build" / "html"
NAME = "turkey-and-the-balkans"
Date = tuple[int, ...]  # year, month, day, hour, minute, second
FIRST: Date = (1980, 1, 1, 0, 0, 0)  # what a zip has room for
LAST_YEAR = 2107
READ_ME = """TURKEY AND THE BALKANS

Unpack everything, then open the file index.html with a browser: the book begins there. It needs no network and installs nothing.

Answers are kept by the browser of the computer on which they are given. To take them along, save them to a file on the page
"Your progress", and open that file there again.

Text and questions: CC BY 4.0. Code: MIT. Data: as each table says on the page "Sources".
"""


def pack(site: Path, target: Path, date: Date) -> None:
    """A zip of a site's files, but for hidden ones, in a folder with a READ-ME. It is there whole or not at all."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and not path.name.startswith("."))
    texts = {"READ-ME.txt": READ_ME.replace("\n", "\r\n").encode()} | {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in texts.items():
            entry = zipfile.ZipInfo(f"{NAME}/{name}", date)
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o100644 << 16, zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    unfinished.replace(target)


def date_of(seconds: str | None) -> Date:
    """The date that all files bear. Raises ValueError where it is no number, or one that no zip can hold."""
    if not seconds:
        return FIRST
    found = time.gmtime(int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 12 else None
    if found is None or found.tm_year > LAST_YEAR:
        raise ValueError(f"SOURCE_DATE_EPOCH: found '{seconds}'; accepted: seconds since 1970")
    return max(tuple(found[:6]), FIRST)


def main() -> int:
    """Packs the site that has been built, and says how large the file is."""
    if not (SITE / "index.html").is_file():
        print(f"{SITE}: found no index.html; accepted: a built book (make site)", file=sys.stderr)
        return 1
    target = SITE.parent / f"{NAME}.zip"
    try:
        date = date_of(os.environ.get("SOURCE_DATE_EPOCH"))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    pack(SITE, target, date)
    print(f"{target.relative_to(ROOT).as_posix()}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
