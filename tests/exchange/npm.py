"""Packages of npm that tests judge by: installed once beside the Python ones, without their install scripts."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from filelock import FileLock

OLDER = {"undici": "^6"}  # version 7 wants Node.js 20, and Debian 12 has 18
HOME = Path(__file__).parent.parent.parent / ".venv" / "npm"


def installed(name: str, version: str) -> Path:
    """The folder of a package, with those it needs beside it. Fails, with what to do, where it cannot be had."""
    home = HOME / f"{name.rsplit('/', 1)[-1]}-{version}"
    folder = home / "node_modules" / name
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "lock"):
        if not _is_there(folder, version):
            npm = shutil.which("npm")
            assert npm, f"found no npm; install Node.js with npm, which fetches {name} {version} for this test"
            (home / "package.json").write_text(json.dumps({"private": True, "overrides": OLDER}), encoding="utf-8")
            got = subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", str(home), f"{name}@{version}"],
                                 check=False, capture_output=True, text=True)
            assert _is_there(folder, version), f"npm could not fetch {name} {version}; let it reach a registry once:\n{got.stdout}{got.stderr}"
    return folder


def _is_there(folder: Path, version: str) -> bool:
    about = folder / "package.json"
    return about.is_file() and json.loads(about.read_text(encoding="utf-8"))["version"] == version
