"""What `sweep`, `breakeven` and `sensitivity` share: many variants of a season in one study."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.cli.work import Work
    from sim.experiment import Study
    from sim.experiment.variants import Variants


def simulate_variants(variants: "Variants", seasons: int, seed: int, work: "Work") -> "Study":
    """Simulate every variant on the same seasons."""
    from sim.cli.study import simulate
    from sim.experiment import replicate

    return simulate(
        lambda report: replicate(variants.scenarios, seasons, seed, progress=report, **work.how),
        seasons,
        work.quiet,
    )


def simulate_whole(variants: "Variants", seasons: int, seed: int, work: "Work") -> "Study":
    """The same for a search that can make nothing of a part of the seasons.

    Raises:
        KeyboardInterrupt: the study was interrupted.
    """
    study = simulate_variants(variants, seasons, seed, work)
    if study.wanted is not None:
        raise KeyboardInterrupt
    return study


def two_of(names: "Sequence[str]") -> tuple[str, str]:
    """The first two policies.

    Raises:
        ScenarioError: there are fewer.
    """
    if len(names) < 2:
        raise ScenarioError(Problem("", "needs two different policies", None, "--between"))
    return names[0], names[1]


def known_kpi(name: str) -> None:
    """Refuse a KPI that does not exist.

    Raises:
        ScenarioError: it does not.
    """
    from sim.results import KPIS

    if name.partition(":")[0] not in KPIS:
        close = get_close_matches(name, KPIS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "see the KPI reference"
        raise ScenarioError(Problem("", f"there is no KPI called {name!r}", hint, "--kpi"))
