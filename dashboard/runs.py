"""Runs that were kept, read back: the questions, without a screen."""

from __future__ import annotations

import re
import shlex
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.live import Answer, Remembered, elsewhere, pool
from sim.errors import shown
from sim.experiment import compare, json_result, replicate
from sim.experiment.figures import amount
from sim.experiment.median import median_tables
from sim.experiment.season import key_of, simulate_season
from sim.experiment.store import Asked, Keeper, Run, StoreError, list_runs, open_run
from sim.experiment.store.disk import MANIFEST
from sim.experiment.store.reading import RUNS
from sim.report.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.jobs import Job
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


def keeping(
    name: str, season: str, settings: Sequence[str], answer: Answer, memory: Remembered
) -> Callable[[Job], None]:
    """Work for a job that keeps an answer, as `peakwise compare --out runs/NAME` does.

    Args:
        name: Of the run: a new one, or that of the same question.
        season: What the command would open.
        settings: Changes as with `--set`.
        answer: What is kept.
        memory: Seasons that it knows are not simulated again.
    """
    study = answer.study
    seed, wanted = study.seed, study.replications
    words = ["compare", season, "--replications", str(wanted), "--seed", str(seed)]
    for each in settings:
        words += ["--set", each]
    options = {"replications": wanted, "seed": seed}
    asked = Asked("compare", tuple(words), options, study.scenarios, seed, wanted)

    def work(job: Job) -> None:
        key = key_of(simulate_season, seed, study.hashes, study.versions)
        with Keeper(FOLDER / name, asked) as keeper:
            for number, outcome in memory.known(key).items():
                if number < wanted:
                    keeper.keep(key, number, outcome)
            how: dict[str, Any] = {"executor": pool(), "memory": keeper, "progress": job.report}
            kept = replicate(study.scenarios, wanted, seed, **how)
            keeper.finish(json_result(kept, compare(kept)), lambda: elsewhere(median_tables, kept))
        job.publish(name)

    return work


def is_name(text: str) -> bool:
    """Whether it can name a run, and nothing outside of the folder of runs.

    >>> [is_name(text) for text in ("holiday-2", "", "../other", ".hidden", "a/b")]
    [True, False, False, False, False]
    """
    return bool(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,60}", text))


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
