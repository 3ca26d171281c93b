"""The sound files that are mutated, and the n-th mutant of a seed."""

from __future__ import annotations

import tempfile
from contextlib import chdir
from functools import cache
from pathlib import Path
from random import Random

from sim.scenario.locating import plain
from sim.scenario.reading import read_tree
from sim.scenario.starter import template
from tests.fuzz.judge import Outcome, judge
from tests.fuzz.mutate import Base, Mutant, mutant

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = Path(__file__).parents[1] / "determinism" / "season.yaml"


@cache
def bases() -> list[Base]:
    """The starter, the shipped seasons, the known answers, and a small season with everything."""
    with tempfile.TemporaryDirectory() as folder:
        starter = Path(folder) / "starter.yaml"
        starter.write_text(template(), encoding="utf-8")
        found = [_base(starter)]
    found += [_base(path) for path in sorted(SCENARIOS.rglob("*.yaml"))]
    # Small files are read and run quickly; in this one every part of the model is at work.
    return found + [_base(SMALL)] * 10


def _base(path: Path) -> Base:
    tree = plain(read_tree(path))
    named = tree.get("products")
    table = (named, (path.parent / named).read_bytes()) if isinstance(named, str) else None
    return Base(path.stem, path.read_bytes(), tree, table)


def case(seed: int, number: int) -> Mutant:
    """The n-th mutated file of a seed."""
    return mutant(Random(f"{seed}/{number}"), bases())  # noqa: S311 - no secrets here


def judge_case(seed: int, number: int) -> Outcome:
    """What becomes of it."""
    given = case(seed, number)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("season.yaml").write_bytes(given.text)
        if given.table is not None:
            Path(given.table[0]).write_bytes(given.table[1])
        return judge(Path("season.yaml"), Random(number))  # noqa: S311 - no secrets here


def judge_sound() -> Outcome:
    """What becomes of a file that nobody mutated."""
    return judge(SMALL, Random(1))  # noqa: S311 - no secrets here
