"""Sets up, builds, serves and tests the book, with nothing but Python: python make.py COMMAND

The Makefile calls this file; on Windows it is called as it is. Everything is installed into .venv,
pinned by requirements.lock; nothing asks a question.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    *(Path(os.environ.get(base, "")) / end for base in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
      for end in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")),
)


def main(arguments: list[str]) -> int:
    """Run one command; its exit status is the status of what it ran."""
    commands = {"site": site, "serve": serve, "test": test, "chapters": chapters, "report": report, "lab": lab, "lock": lock, "zip": usb}
    described = "\n".join(f"  {name:<9} {act.__doc__.splitlines()[0]}" for name, act in commands.items())
    parser = argparse.ArgumentParser(description=f"{__doc__}\n{described}", epilog="example: python make.py serve",
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=commands, metavar="COMMAND")
    parser.add_argument("more", nargs="*", default=[], help="after test: arguments of pytest; after chapters: notebooks to run")
    command, more = parser.parse_args(arguments[:1]).command, arguments[1:]  # what follows is passed on in the order in which it was typed
    if more[:1] in (["-h"], ["--help"]):
        parser.parse_args(more[:1])
    if more and command not in ("test", "chapters"):
        parser.error(f"found '{more[0]}'; accepted after {command}: nothing")
    try:
        return commands[command](more)
    except subprocess.CalledProcessError as error:
        return error.returncode
    except KeyboardInterrupt:
        return 130


def site(_: list[str]) -> int:
    """build the book into _build/html; a warning is an error"""
    set_up()
    return run(BIN / "jupyter-book", "build", ".", "-n", "-W", "--keep-going", "-q").returncode


def usb(_: list[str]) -> int:
    """build the book and pack it for a USB stick, as _build/turkey-and-the-balkans.zip"""
    site([])
    return run(PYTHON, "make_zip.py", check=False).returncode


def serve(_: list[str]) -> int:
    """build the book and serve it on http://localhost:8000 (PORT= another port); what is saved is built and shown anew"""
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return fail(f"PORT: found '{port}'; accepted: a number from 1 to 65535", 2)
    set_up()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what ends this ends the server
    return run(PYTHON, "preview.py", port, check=False).returncode


def test(more: list[str]) -> int:
    """run every test: units, notebooks, the build, a real browser"""
    set_up("test")
    find_npm()
    find_driver()
    return run(PYTHON, "-m", "pytest", *side_by_side(more), *more, check=False, env={**os.environ, "CHROMIUM": find_chromium()}).returncode


def chapters(more: list[str]) -> int:
    """run the chapters' notebooks again and store what they show"""
    set_up()
    notebooks = [str(Path(name).resolve()) for name in more] or sorted(str(path) for path in (ROOT / "chapters").glob("*.ipynb"))
    return run(PYTHON, "run_chapters.py", *notebooks, check=False).returncode


def report(_: list[str]) -> int:
    """say how large each chapter is and what its questions ask; fail where one falls short"""
    set_up()
    return run(PYTHON, "report.py", check=False).returncode


def lab(_: list[str]) -> int:
    """open the chapters in JupyterLab"""
    set_up("lab")
    return run(PYTHON, "-m", "jupyterlab", "chapters").returncode


def lock(_: list[str]) -> int:
    """write requirements.lock anew from what is installed: names and versions, no addresses"""
    set_up("test")
    frozen = run(PYTHON, "-m", "pip", "freeze", "--exclude-editable", "--all", capture_output=True, text=True).stdout
    pins = [line for line in frozen.splitlines() if "==" in line and not line.startswith(("pip=", "setuptools=", "wheel="))]
    (ROOT / "requirements.lock").write_text("\n".join(pins) + "\n", encoding="utf-8")
    return 0


def side_by_side(more: list[str]) -> list[str]:
    """pytest's options for as many processes as there are processors, but for those that are given."""
    processes = [] if any(one.startswith(("-n", "--numprocesses")) for one in more) else ["-n", str(os.cpu_count() or 1)]
    whole_files = [] if any(one.startswith("--dist") for one in more) else ["--dist", "loadfile"]  # a notebook's cells share a kernel
    return [*processes, *whole_files]


def set_up(extra: str = "") -> None:
    """Make .venv and install what pyproject.toml asks for, once for each state of it and of the lock."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python: found {sys.version.split()[0]}; accepted: 3.11 or newer")
    if not PYTHON.exists():
        make_venv()
    wanted = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "requirements.lock"))
    state = hashlib.sha256(wanted.encode()).hexdigest()
    stamp = VENV / f"installed-{extra or 'book'}"
    if stamp.exists() and stamp.read_text() == state:
        return
    print("Installing packages into .venv (the first time takes a few minutes) ...", flush=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "-c", "requirements.lock", "-e", f".[{extra}]" if extra else ".")
    stamp.write_text(state)


def make_venv() -> None:
    """Make .venv; on a Debian without python3-venv install that first, where root can."""
    try:
        import ensurepip  # noqa: F401  Debian packs it apart from Python
    except ImportError:
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not install_debian(name):
            sys.exit(f"Python: found no module ensurepip; install it first, on Debian: apt-get install {name}")
    run(sys.executable, "-m", "venv", VENV)


def find_chromium() -> str:
    """The browser for the tests: CHROMIUM, or the system's, or Debian's package where root can install it."""
    def found() -> str | None:
        named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
        return named or next((str(place) for place in CHROMIUM_PLACES if place.is_file()), None)

    browser = found() or (install_debian("chromium") and found())
    if not browser:
        sys.exit("Tests: found no Chromium; install Chromium, Chrome or Edge (on Debian: apt-get install chromium), "
                 "or name one with CHROMIUM=")
    return browser


def find_npm() -> None:
    """Node.js with npm, which fetches what some tests judge by: the system's, or Debian's package where root can install it."""
    if not (shutil.which("npm") or (install_debian("npm") and shutil.which("npm"))):
        sys.exit("Tests: found no npm; install Node.js with npm (on Debian: apt-get install npm)")


def find_driver() -> None:
    """What drives the browser brings a Node.js of its own, which wants a library that a small system may lack."""
    def trial() -> subprocess.CompletedProcess:
        return run(PYTHON, "-m", "playwright", "--version", check=False, capture_output=True, text=True)

    done = trial()
    if done.returncode and install_debian("libatomic1"):
        done = trial()
    if done.returncode:
        said = (done.stderr.strip() or "nothing was said").splitlines()[-1]
        sys.exit(f"Tests: Playwright does not start ({said}); on Debian: apt-get install libatomic1")


def install_debian(package: str) -> bool:
    """Install a Debian package without a question; False where that is not possible."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    print(f"Installing Debian's {package} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=env, check=False)
    return run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package, env=env, check=False).returncode == 0


def run(*command: str | Path, check: bool = True, **more) -> subprocess.CompletedProcess:
    """Run a command in the root of the book."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=check, **more)


def fail(message: str, status: int = 1) -> int:
    """Say what is wrong; returns the exit status."""
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
