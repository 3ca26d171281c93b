"""The shipped answer: `peakwise compare holiday`, already run, so that the first screen has one.

It is a kept run like any other, without the tables of its first season. A test compares it with
fresh seasons; when numbers move, `python -m dashboard.demo` writes it anew.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.experiment.store import StoreError, open_run

if TYPE_CHECKING:
    from sim.experiment import Study

FOLDER: Final = Path(__file__).parent / "holiday-run"
SEASON: Final = "holiday"
SEASONS: Final = 20
SEED: Final = 1


@cache
def demo_study() -> Study | None:
    """Twenty seasons of `holiday` under its policies, as they were shipped.

    None: this checkout has changed what a scenario is since; a screen does without, and a test says
    so.
    """
    try:
        return open_run(FOLDER).study
    except StoreError:
        return None


def write(folder: Path = FOLDER) -> None:
    """Simulate it again, and put it in the place of the one before."""
    from sim.experiment import compare, json_result, replicate
    from sim.experiment.store import Asked, Keeper
    from sim.scenario import load_policies

    if folder.exists():
        shutil.rmtree(folder)
    policies = load_policies(SEASON)
    words = ("compare", SEASON, "--replications", str(SEASONS), "--seed", str(SEED))
    options = {"replications": SEASONS, "seed": SEED}
    asked = Asked("compare", words, options, policies, SEED, SEASONS)
    with Keeper(folder, asked) as keeper:
        study = replicate(policies, SEASONS, SEED, memory=keeper)
        keeper.finish(json_result(study, compare(study)))


if __name__ == "__main__":
    write()
    sys.stdout.write(f"Written to {FOLDER.name}\n")
