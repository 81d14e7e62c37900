"""How long `python -m quizzes check` takes for a bank of 300 questions without a fault or a flaw.

    python benchmarks/check.py
    python benchmarks/check.py --questions 1000

Prints a Markdown table: the whole command, as it is typed, and what of it is reading the bank and looking for flaws.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # quizzes and the banks made up for the tests are read from the tree

import yaml  # noqa: E402

from generated import flawless  # noqa: E402
from quizzes import load_bank  # noqa: E402
from quizzes.flaws import find_flaws  # noqa: E402
from timing import timed  # noqa: E402


def command(path: Path) -> str:
    return subprocess.run([sys.executable, "-m", "quizzes", "check", str(path)], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--questions", type=int, default=300)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bank.yml")
        path.write_text(yaml.safe_dump(flawless(given.questions), allow_unicode=True, sort_keys=False), encoding="utf-8")
        whole, said = timed(lambda: command(path), given.runs)
        reading, bank = timed(lambda: load_bank(path), given.runs)
        looking, _ = timed(lambda: find_flaws(bank), given.runs)
    print(f"{said.strip()}; median of {given.runs} runs\n")
    print("| what | seconds |\n| --- | ---: |")
    for name, seconds in (("the command", whole), ("reading the bank, faults", reading), ("flaws", looking)):
        print(f"| {name} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
