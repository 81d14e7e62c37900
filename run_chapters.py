"""Runs notebooks and stores what they show; `python make.py chapters` calls it.

What differs between two runs for no reason of the reader's is left out: times, the state of widgets,
and the mark that a widget was here, for which a notebook that is only opened has no widget to show.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

WIDGET = "application/vnd.jupyter.widget-view+json"


def run(path: Path) -> None:
    """Run a notebook in its own folder and store it. Raises CellExecutionError; then nothing is stored."""
    notebook = nbformat.read(path, as_version=4)
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


def main() -> int:
    """Run the notebooks named on the command line."""
    for name in sys.argv[1:]:
        print(f"Running {name} ...", flush=True)
        try:
            run(Path(name))
        except OSError as error:
            print(f"{name}: found {error.strerror or error}; accepted: a notebook", file=sys.stderr)
            return 1
        except CellExecutionError as error:
            print(f"{name}: found an error in a cell; nothing is stored\n{error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
