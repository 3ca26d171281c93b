"""Bugs planted in the order flow, one at a time: `python -m tests.oracle.mutants`.

Each is a small change of one file of the flow. The random seasons that CI compares with the oracle
have to see every one of them. The season that did is kept in `killers.json`, and CI runs only that;
`--search` looks for it anew. Everything runs as plain Python, so that nothing is compiled.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.machinery
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.oracle.check import book_of, difference, scenario_of
from tests.oracle.mutant import Mutant
from tests.oracle.oracle import Records, oracle
from tests.oracle.planted import MUTANTS
from tests.oracle.seasons import random_season

SEASONS = 400
"""Random seasons that CI compares; a mutant has to differ in one of them."""
KILLERS = Path(__file__).parent / "killers.json"
ROOM = "sim.warehouse"
LONGEST = 20
"""Seconds after which a mutant is held to run for ever."""


class Known(NamedTuple):
    """A season as the oracle sees it."""

    season: Any
    scenario: Any
    book: Any
    records: Records


def main(words: list[str]) -> int:
    """Run every mutant; 1 if one lives."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.mutants", description=__doc__)
    parser.add_argument("--search", action="store_true", help="look for the first season again")
    parser.add_argument("--only", default="", help="mutants whose title contains this")
    wishes = parser.parse_args(words)
    if os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"}:
        os.environ["NUMBA_DISABLE_JIT"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "tests.oracle.mutants", *words])  # noqa: S606
    killers: dict[str, int] = json.loads(KILLERS.read_text("utf-8")) if KILLERS.exists() else {}
    alive = []
    for mutant in MUTANTS:
        if wishes.only not in mutant.title:
            continue
        numbers = range(SEASONS) if wishes.search else [killers.get(mutant.title, 0)]
        found = first_killer(mutant, numbers)
        if found is None:
            alive.append(mutant.title)
            _say(f"ALIVE   {mutant.title}")
            continue
        killers[mutant.title], how = found
        _say(f"killed  {mutant.title}: season {found[0]}, {how}")
    if wishes.search:
        listed = {
            mutant.title: killers[mutant.title] for mutant in MUTANTS if mutant.title in killers
        }
        KILLERS.write_text(json.dumps(listed, indent=2) + "\n", encoding="utf-8")
    _say(f"{len(alive)} alive")
    return int(bool(alive))


def first_killer(mutant: Mutant, numbers: Any) -> tuple[int, str] | None:
    """The first season in which a mutant differs from the oracle, and how; None if it lives."""
    with planted(mutant):
        for number in numbers:
            how = _seen(known(number))
            if how:
                break
        else:
            return None
    # Without the bug there is nothing to see in that season.
    assert _seen(known(number)) is None, number
    return number, how


def _seen(known: Known) -> str | None:
    """What gives the mutant away in a season."""
    signal.alarm(LONGEST)
    try:
        told = difference(known.season, known.scenario, known.book, known.records)
    except Exception as error:  # noqa: BLE001 - a crash gives it away as well
        return f"{type(error).__name__}: {error}".splitlines()[0]
    finally:
        signal.alarm(0)
    return told.splitlines()[0] if told else None


@cache
def known(number: int) -> Known:
    """A random season of CI and the oracle's records of it."""
    season = random_season(number)
    scenario = scenario_of(season)
    book = book_of(season, scenario)
    return Known(season, scenario, book, oracle(scenario, book, season.seed, 0))


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """The warehouse with the mutant in it, imported anew in the place of the real one."""
    import sim

    real = _taken_out()
    path = f"{ROOM}.{mutant.file.removesuffix('.py').replace('/', '.')}"
    finder = _Changing(path, mutant)
    sys.meta_path.insert(0, finder)
    try:
        importlib.import_module(ROOM)
        importlib.import_module(path)
        yield
    finally:
        sys.meta_path.remove(finder)
        _taken_out()
        sys.modules.update(real)
        if ROOM in real:
            vars(sim)["warehouse"] = real[ROOM]


def _taken_out() -> dict[str, Any]:
    """The modules of the warehouse, which from now on have to be imported again."""
    names = [name for name in sys.modules if name == ROOM or name.startswith(f"{ROOM}.")]
    return {name: sys.modules.pop(name) for name in names}


class _Changing(importlib.machinery.PathFinder):
    """Finds one module with its text changed."""

    def __init__(self, path: str, mutant: Mutant) -> None:
        self.path, self.mutant = path, mutant

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:  # type: ignore[override]
        if name != self.path:
            return None
        spec = super().find_spec(name, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(name, spec.origin, self.mutant)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, mutant: Mutant) -> None:
        super().__init__(name, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> Any:  # noqa: ARG002 - as importlib calls it
        text = Path(self.path).read_text("utf-8")
        assert text.count(self.mutant.old) == 1, f"{self.mutant.title}: not there, or not once"
        return compile(text.replace(self.mutant.old, self.mutant.new), self.path, "exec")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _give_up(*_: Any) -> None:
    message = f"still running after {LONGEST} s"
    raise TimeoutError(message)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _give_up)
    sys.exit(main(sys.argv[1:]))
