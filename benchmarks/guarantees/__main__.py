"""Measure every guarantee: `python -m benchmarks.guarantees`, or some: `… means selection`.

With `--write` the tables also go into docs/reference/guarantees.md, each to its place there. All of
it takes some six minutes of one core. `--trials` repeats each experiment less or more often.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from benchmarks.measure import cpu_seconds, placed

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "guarantees.md"
NAMES = ("means", "looks", "quantiles", "selection", "winners", "shared_books")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs page")
    parser.add_argument("--trials", type=int, help="repetitions of each experiment")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no guarantee is called {', '.join(sorted(unknown))}")
    trials = [] if options.trials is None else [options.trials]
    for name in options.names or NAMES:
        report = import_module(f"benchmarks.guarantees.{name}").report
        seconds, text = cpu_seconds(lambda report=report: report(*trials))
        print(f"{name}\n{text}\n({seconds:.0f} s of CPU)\n", flush=True)
        if options.write:
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(placed(page, name, text), encoding="utf-8")


if __name__ == "__main__":
    main()
