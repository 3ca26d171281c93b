"""What checking the laws costs: this build beside one without a single check, in turn.

    python -m benchmarks.laws_cost [--runs 3] [--orders 1000000]

Both builds are copies of `sim` in a temporary folder; the bare one lacks the asserts of the order
flow and the checks after a run, and exists nowhere else. Each run is a process that repeats the
same replication, and counts CPU seconds of `simulate` and of the whole replication (book, simulate,
KPIs). Memory that one repetition frees serves the next: fetching fresh pages would take as long as
the flow itself, and differs from run to run by more than any check costs. The least of all counts,
since what else the machine does can only add to it.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SEASONS = ("ship desk", "holiday", "year")
BUILDS = ("checked", "bare")
REPETITIONS = 4
KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 40)}
"""Tells the C library (GNU) to keep what is freed."""


class _Bare(ast.NodeTransformer):
    """Takes out the asserts, and the loops that did nothing but assert."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        call = node.value
        asserts = isinstance(call, ast.Call) and ast.unparse(call.func) == "require"
        return None if asserts else node

    def visit_For(self, node: ast.For) -> ast.For | None:
        statements = [self.visit(each) for each in node.body]
        kept = [each for each in statements if each is not None]
        if len(kept) < len(statements) and all(map(_only_names, kept)):
            return None
        node.body = kept
        return node


def _only_names(node: ast.stmt) -> bool:
    """Whether a statement only gives something a name; what writes into a table does more."""
    return isinstance(node, ast.Assign) and all(isinstance(to, ast.Name) for to in node.targets)


def make_build(folder: Path, *, bare: bool) -> None:
    """Copy the sources to `folder`, without the checks if `bare`."""
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("scenarios", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name)
    if not bare:
        return
    for path in (folder / "sim/warehouse/flow").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "require(" in source:
            path.write_text(ast.unparse(_Bare().visit(ast.parse(source))), encoding="utf-8")
    path = folder / "sim/warehouse/simulation.py"
    source = path.read_text(encoding="utf-8")
    path.write_text(source.replace("check: bool = True", "check: bool = False"), encoding="utf-8")


class Run(NamedTuple):
    """What one replication took, in CPU seconds, and what came out."""

    simulate: float
    replication: float
    outcome: str
    """Digest of what happened to every order and line."""


def one_run(name: str, orders: int) -> Run:
    """Simulate one replication in this process."""
    from sim import load_policies, load_scenario, sample_orders, simulate
    from sim.results import kpis

    if name == "ship desk":
        length = f"season.length={orders / 20.4:.3f} min"
        scenario = load_scenario(ROOT / "benchmarks/ship-desk.yaml", [length])
    elif name == "year":
        scenario = load_scenario(ROOT / "benchmarks/year.yaml", [])
    else:
        scenario = load_policies(ROOT / "scenarios/holiday.yaml")["Backorder"]
    begin = time.process_time()
    book = sample_orders(scenario, 1, 1)
    drawn = time.process_time()
    ledger = simulate(scenario, book, 1, 1)
    simulated = time.process_time()
    kpis(ledger)
    ended = time.process_time()
    outcome = blake2b(ledger.orders.tobytes() + ledger.lines.tobytes(), digest_size=8).hexdigest()
    return Run(simulated - drawn, ended - begin, outcome)


def child(name: str, orders: int) -> None:
    """Repeat a replication, and print the least times."""
    one_run(name, orders)
    runs = [one_run(name, orders) for _ in range(REPETITIONS)]
    print(*(min(column) for column in zip(*runs, strict=True)))


def measured(folder: Path, name: str, orders: int) -> Run:
    """Run the build in `folder`, in a process of its own."""
    environment = {**os.environ, **KEEP_MEMORY, "PYTHONPATH": str(folder)}
    environment["PEAKWISE_CACHE"] = str(folder / "cache")
    command = [sys.executable, "-m", "benchmarks.laws_cost", "--child", name, str(orders)]
    done = subprocess.run(  # noqa: S603 - this file
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    simulated, whole, outcome = done.stdout.split()
    return Run(float(simulated), float(whole), outcome)


def main() -> None:
    """Measure both builds in turn and print the least times and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--seasons", nargs="*", default=SEASONS, choices=SEASONS)
    parser.add_argument("--child", nargs=2)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], int(options.child[1]))
        return
    print("| Season | Part | Checked | Without checks | Ratio |\n|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as temporary:
        for build in BUILDS:
            make_build(Path(temporary) / build, bare=build == "bare")
        for name in options.seasons:
            done: dict[str, list[Run]] = {build: [] for build in BUILDS}
            for _ in range(options.runs):
                for build in BUILDS:
                    done[build].append(measured(Path(temporary) / build, name, options.orders))
            if len({run.outcome for runs in done.values() for run in runs}) > 1:
                sys.exit(f"{name}: the build without checks does something else")
            for part in ("simulate", "replication"):
                checked, bare = (min(getattr(run, part) for run in done[each]) for each in BUILDS)
                row = f"| {name} | {part} | {checked:.3f} s | {bare:.3f} s | {checked / bare:.3f} |"
                print(row, flush=True)


if __name__ == "__main__":
    main()
