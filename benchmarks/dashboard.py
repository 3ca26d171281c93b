"""What a visitor of the dashboard waits for, in a real browser, and what it does to memory.

    python -m benchmarks.dashboard [--moves 30] [--more 200] [--sessions 10]

A server is started as a user starts it, and Chromium looks at it; Debian has it as `chromium`.
Times are seconds on the clock, from the key press to the answer on the screen: what counts here is
what a person waits, so run it on an idle machine. Levers of `holiday` are moved to and fro with the
keyboard so that nearly every season is a new one. The first verdict may be marked preliminary; the
last has all of its 20 seasons. Memory is that of the server and its worker processes.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import expect

from benchmarks.measure import arguments, table
from tests.dashboard.chromium import PATIENCE, browsing, serving, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Browser, Page

MOVES, MORE, SESSIONS, VISITS = 30, 200, 10, 5
_LEVERS = (0, -1)
"""Orders per day, and people for the season: each has a dozen values or more."""
_ANSWER = """() => [...document.querySelectorAll('[class*="st-key-answer-"]')]
    .flatMap(each => [...each.classList]).filter(name => name.startsWith("st-key-answer-"))"""
_LAST = "20 simulated seasons"


class Visitor:
    """Somebody with `holiday` open who moves levers."""

    def __init__(self, browser: Browser, address: str, change: str = "") -> None:
        self.page: Page = visit(browser, f"{address}/compare?season=holiday{change}")
        self._right = dict.fromkeys(_LEVERS, True)
        self._moves = 0

    def press(self) -> set[str]:
        """Move the next lever by a step; return the answers that were there before."""
        lever = _LEVERS[self._moves % len(_LEVERS)]
        slider = self.page.get_by_role("slider").nth(lever)
        slider.focus()
        at, most = (int(slider.get_attribute(each) or 0) for each in ("value", "max"))
        self._right[lever] = at == 0 or (self._right[lever] and at < most)
        before = set(self.page.evaluate(_ANSWER))
        self.page.keyboard.press("ArrowRight" if self._right[lever] else "ArrowLeft")
        self._moves += 1
        return before

    def first(self, before: set[str]) -> None:
        """Wait for an answer that was not there before."""
        before_ = list(before)
        self.page.wait_for_function(
            f"before => ({_ANSWER})().some(name => !before.includes(name))", arg=before_
        )

    def last(self) -> None:
        """Wait for an answer that is not preliminary, and until the screen is at rest."""
        self.page.get_by_text("Preliminary").first.wait_for(state="detached")
        self.page.get_by_text(_LAST).first.wait_for()


def report(moves: int = MOVES, more: int = MORE, sessions: int = SESSIONS) -> str:
    """Tables of waiting times and of memory."""
    expect.set_options(timeout=PATIENCE)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as (address, process),
        browsing() as browser,
    ):
        opened = [_seconds(lambda: _first_screen(browser, address)) for _ in range(VISITS)]
        visitor = Visitor(browser, address)
        visitor.last()
        firsts, lasts = _moved(visitor, moves)
        memory = [_memory(process)]
        for _ in range(more):
            visitor.first(visitor.press())
        visitor.last()
        memory.append(_memory(process))
        together = _together(browser, address, sessions)
    rows = [
        ("First screen", *_figures(opened)),
        ("Lever to first verdict", *_figures(firsts)),
        ("Lever to last verdict", *_figures(lasts)),
        (f"The same, {sessions} visitors at once: first", *_figures(together[0])),
        (f"The same, {sessions} visitors at once: last", *_figures(together[1])),
    ]
    waits = table(["What", "Times", "Median, s", "P95, s", "Most, s"], rows)
    held = table(
        ["Memory of server and workers", "MB"],
        [(f"after {moves} moves", f"{memory[0]:.0f}"), (f"after {more} more", f"{memory[1]:.0f}")],
    )
    return f"{waits}\n\n{held}"


def _first_screen(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    page.get_by_text("An example, already run").wait_for()
    page.context.close()


def _moved(visitor: Visitor, moves: int) -> tuple[list[float], list[float]]:
    """Seconds to the first and to the last verdict of each move."""
    firsts, lasts = [], []
    for _ in range(moves):
        before, begin = visitor.press(), time.perf_counter()
        visitor.first(before)
        firsts.append(time.perf_counter() - begin)
        visitor.last()
        lasts.append(time.perf_counter() - begin)
    return firsts, lasts


def _together(browser: Browser, address: str, sessions: int) -> tuple[list[float], list[float]]:
    """The same for visitors with a season of their own each, who all move a lever at once."""
    changes = [f"&set=customers.sign_up_for_alert%3D{number + 1}" for number in range(sessions)]
    visitors = [Visitor(browser, address, change) for change in changes]
    for visitor in visitors:
        visitor.last()
    begin = time.perf_counter()
    before = [visitor.press() for visitor in visitors]
    firsts, lasts = [], []
    for visitor, known in zip(visitors, before, strict=True):
        visitor.first(known)
        firsts.append(time.perf_counter() - begin)
    for visitor in visitors:
        visitor.last()
        lasts.append(time.perf_counter() - begin)
    return firsts, lasts


def _seconds(call: Callable[[], None]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _memory(process: int) -> float:
    """Megabytes that the server and its workers hold."""
    server = psutil.Process(process)
    return sum(each.memory_info().rss for each in (server, *server.children(True))) / 1e6


def _figures(seconds: Sequence[float]) -> tuple[str, ...]:
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    times = (statistics.median(ordered), late, ordered[-1])
    return str(len(ordered)), *(f"{each:.2f}" for each in times)


if __name__ == "__main__":
    chosen = arguments(__doc__, moves=MOVES, more=MORE, sessions=SESSIONS)
    print(report(chosen.moves, chosen.more, chosen.sessions))
