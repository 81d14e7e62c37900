"""The same chapter and the same questions, made with the tools that the book is measured against."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


SHARED = ("one-choice", "many-choices", "true-false", "number")  # the types of questions that every peer has; others are left out of its page


class Unavailable(RuntimeError):
    """A peer that cannot be made on this machine; the message says why."""


def run(command: list[str | Path], *, folder: Path, **environment: str) -> None:
    """Run a command in a folder. Raises RuntimeError with the errors that it told of when it fails."""
    done = subprocess.run(list(map(str, command)), cwd=folder, env=os.environ | environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        log = folder / "failed.log"
        log.write_text(done.stdout, encoding="utf-8")
        told = [line for line in done.stdout.splitlines() if "Error" in line]
        raise RuntimeError("\n".join([f"{' '.join(map(str, command))}: exit {done.returncode}", *told, f"all of it: {log}"]))


def environment(folder: Path, python: str | Path, packages: list[str]) -> Path:
    """The `bin` folder of a virtual environment with exactly these packages asked for; made once."""
    asked = folder / "asked.txt"
    wish = "\n".join([str(python), *packages])
    if not asked.exists() or asked.read_text() != wish:
        folder.parent.mkdir(parents=True, exist_ok=True)
        run([python, "-m", "venv", "--clear", folder], folder=folder.parent)
        run([folder / "bin/python", "-m", "pip", "install", "--quiet", *packages], folder=folder)
        asked.write_text(wish)
    return folder / "bin"


def path_of(program: Path) -> str:
    """The PATH by which a program of a virtual environment finds the others of it."""
    return os.pathsep.join([str(program.parent), os.environ["PATH"]])
