"""`python -m tests.fuzz --files 20000 [--seed 1] [--workers 2]`: mutated files, judged.

Prints how many ran and how many were refused; whatever else happened is shown with the number of
its file. `--show 17` prints file 17, and `--only 17` judges it alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from multiprocessing.connection import wait

from tests.fuzz.cases import case, judge_case
from tests.fuzz.crew import Worker


def main() -> int:
    """Judge the files; return 1 if one of them was not clean."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--show", type=int, help="print this file")
    parser.add_argument("--only", type=int, help="judge this file alone")
    wishes = parser.parse_args()
    if wishes.show is not None:
        shown = case(wishes.seed, wishes.show)
        sys.stdout.buffer.write(shown.text)
        sys.stderr.write(f"{shown.base}: {shown.how}\n")
        return 0
    if wishes.only is not None:
        outcome = judge_case(wishes.seed, wishes.only)
        sys.stdout.write(f"{outcome.kind}\n{outcome.detail}\n")
        return 0 if outcome.clean else 1
    return _judge_all(wishes.files, wishes.seed, wishes.workers)


def _judge_all(files: int, seed: int, workers: int) -> int:
    counts: Counter[str] = Counter()
    slowest = (0.0, 0)
    crew = [Worker(seed, list(range(1 + n, 1 + files, workers))) for n in range(workers)]
    while any(worker.numbers for worker in crew):
        busy = {worker.pipe: worker for worker in crew if worker.numbers}
        spoke = wait(list(busy), timeout=0.5)
        for said in [w.hear() if pipe in spoke else w.late() for pipe, w in busy.items()]:
            if said is None:
                continue
            counts[said.kind] += 1
            slowest = max(slowest, (said.seconds, said.number))
            if counts.total() % 1000 == 0:
                sys.stderr.write(f"{counts.total():,} files\n")
            if said.kind not in {"run", "refused"}:
                sys.stdout.write(f"file {said.number}: {said.kind}\n{said.detail}\n")
                sys.stdout.flush()
    total = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    sys.stdout.write(
        f"{files:,} files (seed {seed}): {total}; slowest: file {slowest[1]}, {slowest[0]:.1f} s\n"
    )
    return 0 if set(counts) <= {"run", "refused"} else 1


if __name__ == "__main__":
    sys.exit(main())
