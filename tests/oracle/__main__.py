"""Compare many random seasons with the oracle: `python -m tests.oracle --seasons 10000`.

Prints every difference, and a table of what the seasons covered; both go to the folder `--out` too.
A season that differs is made small and written there as a scenario file, with the command that runs
it again: `python -m tests.oracle FILE --seed N [--ticked] [--cramped]`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path

from tests.oracle.batch import some
from tests.oracle.check import checked
from tests.oracle.coverage import Item, rare, table
from tests.oracle.failure import from_file, written
from tests.oracle.seasons import random_season

STEP = 50
"""Seasons that a worker takes at a time."""
MOST_WRITTEN = 10
"""Seasons that are made small and written down; more would take long, and tell the same."""


def main(words: list[str]) -> int:
    """Run what the command line asks for; 1 if a season differs, 2 if something is too rare."""
    wishes = _parser().parse_args(words)
    if wishes.file is not None:
        season = from_file(wishes.file, wishes.seed, ticked=wishes.ticked, cramped=wishes.cramped)
        found = checked(season).difference
        _say(found or "no difference")
        return int(found is not None)
    return _many(wishes)


def _many(wishes: argparse.Namespace) -> int:
    began, cpu, done = time.monotonic(), 0.0, 0
    counts: Counter[Item] = Counter()
    differing: dict[int, str] = {}
    numbers = range(wishes.first, wishes.first + wishes.seasons)
    batches = [(wishes.seed, numbers[n : n + STEP]) for n in range(0, len(numbers), STEP)]
    with _pool(wishes.workers) as pool:
        results = (pool.map if pool else map)(some, batches)
        for batch, (found, items, spent) in zip(batches, results, strict=True):
            done += len(batch[1])
            cpu += spent
            differing |= found
            counts += items
            for number, difference in found.items():
                _say(f"season {number} of seed {wishes.seed}\n{difference}")
            if time.monotonic() - began > 60 * wishes.minutes:
                break
        if pool:
            pool.shutdown(cancel_futures=True)
    took = f"{time.monotonic() - began:.0f} s, {cpu:.0f} s of CPU"
    return _report(wishes, counts, differing, done, took)


def _report(
    wishes: argparse.Namespace,
    counts: Counter[Item],
    differing: dict[int, str],
    done: int,
    took: str,
) -> int:
    """Write down what was found; return the exit code."""
    for number in list(differing)[:MOST_WRITTEN]:
        _say(written(random_season(number, wishes.seed), wishes.out / f"season-{number}.yaml"))
    missing = rare(counts, done)
    closing = [
        f"{len(missing)} of these in fewer than 1 % of the seasons"
        + "".join(f"; {kind} {name}" for kind, name in missing),
        f"{done} seasons in {took}, from season {wishes.first} of seed {wishes.seed} on",
        f"{len(differing)} differ",
    ]
    text = table(counts, done) + "\n" + "\n".join(closing)
    wishes.out.mkdir(parents=True, exist_ok=True)
    (wishes.out / "coverage.md").write_text(text + "\n", encoding="utf-8")
    _say(text)
    return 1 if differing else 2 * bool(missing)


def _pool(workers: int) -> Executor | nullcontext[None]:
    if workers == 1:
        return nullcontext()
    return ProcessPoolExecutor(workers, get_context("spawn"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="scenario file of one season")
    parser.add_argument("--seasons", type=int, default=300, help="how many random seasons")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", type=int, default=0, help="of the random seasons, or of the file")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--ticked", action="store_true", help="file: times in whole hours")
    parser.add_argument("--cramped", action="store_true", help="file: begin with small buffers")
    parser.add_argument("--out", type=Path, default=Path("build/oracle"), help="folder for files")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
