"""Runs notebooks and stores what they show: python run_chapters.py NOTEBOOK ...

`python make.py chapters` calls this file. What differs between two runs for no reason of the reader's
is left out: times, the state of widgets, and the mark that a widget was here, for which a notebook that
is only opened has no widget to show.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

WIDGET = "application/vnd.jupyter.widget-view+json"


class NoNotebook(ValueError):
    """There is no notebook in a file, or no file."""


def read(path: Path) -> nbformat.NotebookNode:
    """A stored notebook. Raises NoNotebook."""
    try:
        return nbformat.read(path, as_version=4)
    except OSError as error:
        raise NoNotebook(f"{path}: found {error.strerror or error}; accepted: a notebook") from None
    except (ValueError, AttributeError, nbformat.ValidationError):  # no JSON or of no version, JSON of a list, a part is missing
        raise NoNotebook(f"{path}: found another kind of file; accepted: a notebook") from None


def run(path: Path) -> None:
    """Run a notebook in its own folder and store it. Raises NoNotebook, CellExecutionError; then nothing is stored."""
    notebook = read(path)
    NotebookClient(notebook, timeout=600, store_widget_state=False, record_timing=False,
                   resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output["data"].pop(WIDGET, None)
    notebook.metadata.pop("widgets", None)
    version = {key: notebook.metadata.language_info[key] for key in ("name", "file_extension", "mimetype")}
    notebook.metadata.language_info = version  # not the version of whoever ran it last
    nbformat.write(notebook, path)


def main(arguments: list[str]) -> int:
    """Run the notebooks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0], epilog="example: python run_chapters.py chapters/energy.ipynb")
    parser.add_argument("notebooks", nargs="+", metavar="NOTEBOOK", help="a file; it is run in its own folder")
    for name in parser.parse_args(arguments).notebooks:
        print(f"Running {name} ...", flush=True)
        try:
            run(Path(name))
        except NoNotebook as error:
            print(error, file=sys.stderr)
            return 1
        except CellExecutionError as error:
            print(f"{name}: found an error in a cell; nothing is stored\n{error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
