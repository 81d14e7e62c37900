"""How long a build takes: clean, with nothing changed, after a bank and after a chapter was saved; beside a stock Jupyter Book.

    .venv/bin/python benchmarks/rebuild.py [--runs N]

The book is copied and built there. "preview" is what `make serve` takes from saving a file to the page being ready.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", ".cache", "__pycache__", "*.egg-info", ".hypothesis", "*.png")
JUPYTER_BOOK = "import sys; from jupyter_book.cli.main import main; main(sys.argv[1:])"
BANK, CHAPTER = "quizzes/bank/energy.yml", "chapters/energy.ipynb"


def build(book: Path) -> None:
    """The book as `make site` builds it, warnings aside."""
    done = subprocess.run([sys.executable, "-c", JUPYTER_BOOK, "build", ".", "-n", "--keep-going", "-q"], cwd=book, capture_output=True,
                          env={**os.environ, "PYTHONPATH": str(book)})
    if done.returncode:
        sys.exit(done.stderr.decode())


def measure(act: Callable[[], object], before: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds by the clock, and of the processors."""
    taken = []
    for _ in range(runs):
        before()
        clock, used = time.perf_counter(), sum(os.times()[2:4])
        act()
        taken.append((time.perf_counter() - clock, sum(os.times()[2:4]) - used))
    return statistics.median(wall for wall, _ in taken), statistics.median(cpu for _, cpu in taken)


def previewed(book: Path, file: Path, runs: int) -> float:
    """Median seconds that the preview's builder takes, its process made ready beforehand."""
    script = ("import time, statistics, preview\n"
              "from pathlib import Path\n"
              "if __name__ == '__main__':\n"
              "    builder, live, taken = preview.Builder(), preview.Live(), []\n"
              f"    for _ in range({runs}):\n"
              "        time.sleep(6)\n"
              f"        Path({str(file)!r}).touch()\n"
              "        start = time.perf_counter()\n"
              "        outcome = builder.build()\n"
              "        live.show()\n"
              "        taken.append(time.perf_counter() - start)\n"
              "    print(statistics.median(taken))\n")
    (book / "measure.py").write_text(script, encoding="utf-8")
    return float(subprocess.run([sys.executable, "measure.py"], cwd=book, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


def stock(book: Path) -> None:
    """The same notebooks and texts in a Jupyter Book as it comes: no extension of ours, its own theme, the stored outputs."""
    (book / "_config.yml").write_text("title: Stock\nexecute: {execute_notebooks: 'off'}\nonly_build_toc_files: true\nbibtex_bibfiles: [references.bib]\n"
                                      "sphinx: {config: {bibtex_reference_style: author_year}}\n", encoding="utf-8")
    for page in book.glob("chapters/**/*.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("```{quiz}", "```").replace("```{progress}", "```"), encoding="utf-8")


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind; the median counts (3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "stock")
        for book in (ours, theirs):
            shutil.copytree(ROOT, book, ignore=LEFT_OUT)
        stock(theirs)
        print("| build | this book, s | of processor | stock Jupyter Book, s | of processor |\n| --- | ---: | ---: | ---: | ---: |")
        changes: dict[str, Callable[[Path], object]] = {
            "clean": lambda book: shutil.rmtree(book / "_build", ignore_errors=True), "nothing changed": lambda book: None,
            "a bank saved": lambda book: (book / BANK).touch(), "a chapter saved": lambda book: (book / CHAPTER).touch()}
        for name, change in changes.items():
            cells = [f"{value:.1f}" for book in (ours, theirs) for value in measure(lambda: build(book), lambda: change(book), options.runs)]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
        for name, file in (("a bank saved, preview", BANK), ("a chapter saved, preview", CHAPTER)):
            print(f"| {name} | {previewed(ours, ours / file, options.runs):.1f} | | | |", flush=True)


if __name__ == "__main__":
    main()
