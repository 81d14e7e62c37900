"""The phone that every page is measured on, and what it reads off a page.

The profile is the one of the book's budgets: 390 x 844 pixels and touch, the processor slowed
four times, 1.6 Mbit/s with 150 ms a round trip, nothing in the cache.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # make.py is read from the tree

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright  # noqa: E402

from make import find_chromium  # noqa: E402

MBIT_S = 1.6
LATENCY_MS = 150
SLOWER = 4
SCREEN = {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]
QUIET_S = 2.0      # no request and no long task for so long: the page has come to rest
PATIENCE_S = 120.0

# Looks every 20 ms for the first control that can be used, and keeps the long tasks.
WATCH = """
if (window === top) {
  window.phone = { tasks: [], question: null };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) phone.tasks.push([task.startTime, task.duration]);
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    const control = document.querySelector(CONTROL);
    if (control && control.checkVisibility() && control.getClientRects().length) {
      phone.question = performance.now();
    } else setTimeout(look, 20);
  };
  look();
}
"""
READ = """() => ({
  loaded: document.readyState === "complete",
  now: performance.now(),
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
  question: phone.question,
  tasks: phone.tasks,
})"""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A page, and how its questions are used.

    `control` is the CSS selector of what a reader presses first; it matches once a script stands
    behind it. A press on it, and on `check` where there is such a button, must change the text of
    the page: then the question answers.
    """

    url: str
    control: str
    check: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One visit. Bytes are as sent (headers and compressed bodies), times count from navigation."""

    requests: float
    bytes: float
    bytes_scrolled: float
    other_hosts: float
    paint_s: float | None
    question_s: float | None
    blocking_ms: float
    answers: bool


@dataclass
class Wire:
    """Every request of a page, as the browser's network events tell them."""

    open: dict[str, str] = field(default_factory=dict)
    done: int = 0
    bytes: float = 0
    hosts: set[str] = field(default_factory=set)
    last: float = field(default_factory=time.monotonic)

    def listen(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.requestServedFromCache", lambda event: self.open.pop(event["requestId"], None))
        session.on("Network.loadingFinished", lambda event: self._ended(event, event["encodedDataLength"]))
        session.on("Network.loadingFailed", lambda event: self._ended(event, 0))

    def _sent(self, event: dict) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme in ("http", "https"):
            self.open[event["requestId"]] = url.netloc
            self.last = time.monotonic()

    def _ended(self, event: dict, size: float) -> None:
        if host := self.open.pop(event["requestId"], None):
            self.done += 1
            self.bytes += size
            self.hosts.add(host)
            self.last = time.monotonic()


@contextmanager
def phone(other_hosts_port: int) -> Iterator[Browser]:
    """A browser for which every host but this machine is the server at `other_hosts_port`."""
    rules = f"MAP * 127.0.0.1:{other_hosts_port}, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, f"--host-resolver-rules={rules}"])
        yield browser
        browser.close()


def visit(browser: Browser, target: Target, *, throttled: bool = True) -> Reading:
    """Open a page for the first time, scroll to its end, answer its first question.

    Every visit has a browser context of its own: no cache, no answers kept from the last one. Raises
    TimeoutError when the page does not come to rest.
    """
    context = browser.new_context(viewport=SCREEN, is_mobile=True, has_touch=True, device_scale_factor=2, ignore_https_errors=True,
                                  service_workers="block")  # what they fetch in the background is no part of the page
    page = context.new_page()
    page.add_init_script(WATCH.replace("CONTROL", json.dumps(target.control)))
    session = context.new_cdp_session(page)
    wire = Wire()
    wire.listen(session)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if throttled:
        throttle(session)
    page.goto(target.url, wait_until="commit", timeout=PATIENCE_S * 1000)
    seen = rest(page, wire)
    at_load = wire.done, wire.bytes
    scroll(page)
    rest(page, wire)
    reading = Reading(
        requests=at_load[0], bytes=at_load[1], bytes_scrolled=wire.bytes,
        other_hosts=len(wire.hosts - {urlsplit(target.url).netloc}),
        paint_s=seconds(seen["paint"]), question_s=seconds(later(seen["paint"], seen["question"])),
        blocking_ms=blocking(seen["tasks"], seen["paint"] or 0), answers=answers(page, target))
    context.close()
    return reading


def throttle(session: CDPSession) -> None:
    """Slow the link and the processor."""
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY_MS,
        "downloadThroughput": MBIT_S * 1e6 / 8, "uploadThroughput": MBIT_S * 1e6 / 8})


def rest(page: Page, wire: Wire) -> dict:
    """Wait until nothing is on the wire and no long task runs, and read the page's clocks.

    A long task is told of only after it has ended, so the page must be found at rest three times running.
    """
    end, quiet = time.monotonic() + PATIENCE_S, 0
    while time.monotonic() < end:
        page.wait_for_timeout(200)
        seen = page.evaluate(READ)
        idle = (seen["now"] - max((start + length for start, length in seen["tasks"]), default=0)) / 1000
        still = seen["loaded"] and not wire.open and time.monotonic() - wire.last > QUIET_S and idle > QUIET_S
        quiet = quiet + 1 if still else 0
        if quiet == 3:
            return seen
    raise TimeoutError(f"{page.url}: still busy after {PATIENCE_S:.0f} s; open: {sorted(wire.open.values())}")


def scroll(page: Page) -> None:
    """To the end of the page, half a screen at a time, as a thumb does."""
    page.evaluate("""async () => {
      const root = document.scrollingElement;
      for (let y = 0; y < root.scrollHeight; y += innerHeight / 2) {
        scrollTo({ top: y, behavior: "instant" });
        await new Promise((done) => setTimeout(done, 60));
      }
    }""")


def answers(page: Page, target: Target) -> bool:
    """Press the first control and, where there is one, the check button: does the page say anything?"""
    text = "() => document.body.innerText"
    before = page.evaluate(text)
    for selector in filter(None, (target.control, target.check)):
        if not page.locator(selector).count():
            return False
        page.locator(selector).first.dispatch_event("click")
    page.wait_for_timeout(1000)
    return page.evaluate(text) != before


def blocking(tasks: list[tuple[float, float]], paint: float) -> float:
    """Total blocking time: what every task after the first paint took beyond 50 ms, in ms."""
    after = (min(length, start + length - paint) for start, length in tasks)
    return sum(max(0.0, length - 50) for length in after)


def later(paint: float | None, question: float | None) -> float | None:
    """A control that stands in the page before anything is painted can be used once it is painted."""
    return None if paint is None or question is None else max(paint, question)


def seconds(ms: float | None) -> float | None:
    return None if ms is None else ms / 1000


def median(readings: list[Reading]) -> Reading:
    """The median of every figure by itself; a question answers if it did so on every visit."""
    def middle(name: str) -> float | None:
        values = [getattr(reading, name) for reading in readings]
        return None if None in values else statistics.median(values)

    figures = {name: middle(name) for name in Reading.__dataclass_fields__ if name != "answers"}
    return Reading(**figures, answers=all(reading.answers for reading in readings))
