"""Processes that judge files, and are ended when one takes too long."""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING, NamedTuple

import psutil

from tests.fuzz.cases import judge_case, judge_sound

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

HANGS_AFTER = 10.0
"""Seconds of processor time that a file may take."""
STALLS_AFTER = 60.0
"""Seconds on the clock that a file may take, on a machine that has other things to do."""
STARTS_IN = 300.0
"""Seconds on the clock that a worker may take to start: it may have to compile."""


class Report(NamedTuple):
    """What became of one file."""

    number: int
    kind: str
    detail: str
    seconds: float
    """Processor time."""


def work(pipe: Connection, seed: int, numbers: list[int]) -> None:
    """Judge the files one after the other, and tell of each."""
    judge_sound()  # whatever starts slowly starts here
    pipe.send(None)
    for number in numbers:
        began = time.process_time()
        outcome = judge_case(seed, number)
        pipe.send(Report(number, outcome.kind, outcome.detail, time.process_time() - began))


class Worker:
    """A process that judges files; it is ended when one takes too long."""

    def __init__(self, seed: int, numbers: list[int]) -> None:
        self.seed, self.numbers = seed, numbers
        self._doubted: int | None = None
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe(duplex=False)
        arguments = (theirs, self.seed, self.numbers)
        self.process = context.Process(target=work, args=arguments, daemon=True)
        self.process.start()
        theirs.close()
        self._ready = False
        self._due, self._spent = time.monotonic() + STARTS_IN, 0.0

    def hear(self) -> Report | None:
        """What the process says next; a process that died blames its file."""
        try:
            said: Report | None = self.pipe.recv()
        except EOFError:
            return self._give_up("crash")
        self._ready = True
        self._due, self._spent = time.monotonic() + STALLS_AFTER, self._cpu()
        if said is not None:
            self.numbers.remove(said.number)
        return said

    def late(self) -> Report | None:
        """Give up the file that takes too long, if one does."""
        hangs = self._ready and self._cpu() - self._spent > HANGS_AFTER
        return self._give_up("hang") if hangs or time.monotonic() > self._due else None

    def _cpu(self) -> float:
        """Processor time that the process has taken so far."""
        try:
            spent = psutil.Process(self.process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(spent.user + spent.system)

    def _give_up(self, kind: str) -> Report | None:
        """Start anew; what is given up twice is to blame, as the machine itself may stall."""
        if not self._ready:
            message = "a worker did not start"
            raise RuntimeError(message)
        self.process.kill()
        self.process.join()
        number, again = self.numbers[0], self._doubted == self.numbers[0]
        self._doubted = number
        if again:
            self.numbers.pop(0)
        if self.numbers:
            self._start()
        return Report(number, kind, "", HANGS_AFTER) if again else None
