"""Runs that were kept, read back: the questions, without a screen."""

from __future__ import annotations

import shlex
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.live import Answer
from sim.errors import shown
from sim.experiment.figures import amount
from sim.experiment.store import Run, StoreError, list_runs, open_run
from sim.experiment.store.disk import MANIFEST
from sim.experiment.store.reading import RUNS
from sim.report.labels import label

if TYPE_CHECKING:
    from sim.experiment.store import RunDifference

FOLDER: Final = Path(RUNS)
"""Where runs are looked for, as the command line does: in the folder from which it was started."""


def history(folder: Path = FOLDER) -> tuple[dict[str, Run], tuple[str, ...]]:
    """The runs that can be read, by name; and of the others, why they cannot be."""
    try:
        found = list(list_runs(folder))
    except StoreError:
        return {}, ()
    damaged = [each for each in found if isinstance(each, StoreError)]
    told = tuple(f"{each.filename}: {each.strerror}" for each in damaged)
    return {each.name: each for each in found if isinstance(each, Run)}, told


def listed(runs: dict[str, Run]) -> pd.DataFrame:
    """What each run asked, how far it came, and its verdict."""
    rows = []
    for name, run in runs.items():
        answer = run.answer or {}
        verdict = str(answer.get("verdict", "")).partition(". ")[0].rstrip(".")
        seasons = f"{run.seasons:,}" + ("" if run.finished else f" of {run.wanted:,}")
        state = verdict if run.finished else "not finished"
        rows.append((name, run.command, run.scenario().name, seasons, run.seed, state))
    return pd.DataFrame(rows, columns=["Run", "Command", "Season", "Seasons", "Seed", "Verdict"])


def whole(run: Run) -> Run:
    """The run with every byte checked; once, as long as it does not change.

    Raises:
        StoreError: Something in it is not what was written.
    """
    manifest = run.folder / MANIFEST
    return _checked(run.folder, manifest.stat().st_mtime_ns) if run.finished else run


@lru_cache(maxsize=8)
def _checked(folder: Path, _written: int) -> Run:
    return open_run(folder)


def answer_of(run: Run) -> Answer | None:
    """Its answer as the screens show one; None after commands that vary the scenario."""
    study = run.study
    if study is None or not study.replications:
        return None
    baseline = run.options.get("baseline")
    return Answer(study, study.replications if run.finished else run.wanted, baseline)


def command_of(run: Run) -> str:
    """The command that makes it again."""
    return shlex.join(["peakwise", *run.arguments])


def settings_changed(found: RunDifference) -> pd.DataFrame:
    """What was asked differently: settings by path, then options and versions."""
    names = list(found.before.hashes)
    rows = [
        (
            each.change.path,
            shown(each.change.before),
            shown(each.change.after),
            "" if len(each.policies) == len(names) else ", ".join(each.policies),
        )
        for each in found.scenario
    ]
    rows += [(f"({c.path})", shown(c.before), shown(c.after), "") for c in found.options]
    return pd.DataFrame(rows, columns=["Setting", found.before.name, found.after.name, "Under"])


def results_changed(found: RunDifference, policy: str) -> pd.DataFrame:
    """Headline figures of a policy in both runs, with the difference and how sure it is."""
    study, rows = found.before.study, []
    for each in found.results:
        if each.policy != policy or study is None:
            continue
        if not getattr(study.meaning(each.kpi), "headline", False):
            continue
        unit, money = study.unit(each.kpi), study.currency()
        spelled = unit if unit in {"money", "share"} else ""
        ends = [amount(end.mean, spelled, money) for end in (each.before, each.after)]
        known = each.difference
        change = amount(known.mean, spelled, money, sign=True)
        low, high = (amount(end, spelled, money, sign=True) for end in (known.low, known.high))
        rows.append((label(each.kpi), *ends, change, f"{low} to {high}", each.verdict))
    columns = ["Figure", found.before.name, found.after.name, "Difference", "Between", "It is"]
    return pd.DataFrame(rows, columns=columns)
