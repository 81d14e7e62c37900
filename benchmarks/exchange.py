"""How long the whole book takes to be written for other systems, and to be read back from them.

    python benchmarks/exchange.py

Prints a Markdown table: the command for all formats, as it is typed, and every format by itself with what it makes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # quizzes is read from the tree

from quizzes import Bank, load_bank  # noqa: E402
from quizzes.exchange import Asked, Loss, exporting, importing, write  # noqa: E402
from timing import timed  # noqa: E402

BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))


def command(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "quizzes", "export", "--all-formats", "--out", str(folder)], cwd=ROOT, capture_output=True, check=True)


def export(name: str, banks: list[Bank], folder: Path) -> tuple[int, list[Loss]]:
    """Bytes and losses of the whole book in a format; the files are left in the folder."""
    module, size, losses = exporting()[name], 0, []
    for bank in banks:
        made = module.make(Asked(bank=bank, questions=tuple(bank)), folder / f"{bank.name}.{name}{module.SUFFIX}")
        write(made.files)
        size += sum(map(len, made.files.values()))
        losses += made.losses
    return size, losses


def read_all(name: str, folder: Path) -> int:
    """The number of questions that are read back."""
    return sum(len(importing()[name].read(path).bank["questions"]) for path in sorted(folder.glob(f"*.{name}{importing()[name].SUFFIX}")))


def rows(runs: int, folder: Path) -> Iterator[tuple[str, ...]]:
    banks = [load_bank(path) for path in BANKS]
    yield "all formats, the command", f"{timed(lambda: command(folder / 'all'), runs)[0]:.2f}", "", "", "", ""
    for name in exporting():
        seconds, (size, losses) = timed(lambda: export(name, banks, folder), runs)  # noqa: B023
        left_out = sum(loss.lost == "question" for loss in losses)
        read = (f"{(back := timed(lambda: read_all(name, folder), runs))[0]:.2f}", str(back[1])) if name in importing() else ("", "")  # noqa: B023
        yield f"`{name}`", f"{seconds:.2f}", f"{size / 1000:.0f}", str(left_out), *read


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"{len(BANKS)} banks, {sum(len(load_bank(path)) for path in BANKS)} questions\n")
        print("| format | seconds to write | kB | questions left out | seconds to read back | questions read |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for row in rows(given.runs, Path(folder)):
            print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
