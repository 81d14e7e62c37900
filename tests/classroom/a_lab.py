"""A real JupyterLab on a folder, with nothing of the settings of whoever runs the tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

JUPYTER = ["--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True",
           "--LabApp.expose_app_in_browser=True"]


@contextmanager
def jupyterlab(folder: Path, own: Path) -> Iterator[str]:
    """Its address; `own` is a folder for its settings."""
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(own / "config"), "JUPYTER_DATA_DIR": str(own / "data"),
           "JUPYTER_RUNTIME_DIR": str(own / "runtime"), "HOME": str(own)}
    log = own / "lab.log"
    with log.open("w") as said:
        process = subprocess.Popen([sys.executable, "-m", "jupyterlab", *JUPYTER, str(folder)], cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT)
    for _ in range(900):
        if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()):
            break
        time.sleep(0.1)
    yield found[0]
    process.terminate()
    process.wait(timeout=30)


def open_notebook(chromium: Any, address: str, notebook: str) -> Any:
    """Open a notebook and run its cells, until the assignment in it is alive."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}lab/tree/{notebook}")
    page.wait_for_function("window.jupyterapp && document.querySelectorAll('.jp-CodeCell').length >= 1", timeout=90_000)
    page.wait_for_function("window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=90_000)
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".sealed[data-alive]").first.wait_for(timeout=90_000)
    return page


def wait_for(file: Path, ready: Callable[[Path], bool] = Path.exists) -> None:
    for _ in range(200):
        if ready(file):
            return
        time.sleep(0.1)
    raise AssertionError(f"{file}: not ready; {sorted(path.name for path in file.parent.iterdir())}")
