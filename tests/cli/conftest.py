"""A command under test, and a study that needs no simulation."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.experiment import Study
from sim.results import KPIS

Values = Mapping[str, Mapping[str, Sequence[float]]]


@pytest.fixture
def peakwise(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command in this process, on a terminal of 80 columns that is not watched."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return call


@pytest.fixture
def fake_study(monkeypatch: pytest.MonkeyPatch) -> Callable[[Values], None]:
    """Let `run` and `compare` meet these values instead of a simulation."""

    def pretend(values: Values) -> None:
        arrays = {
            policy: {kpi: np.array(series, dtype=float) for kpi, series in own.items()}
            for policy, own in values.items()
        }
        count = len(next(iter(next(iter(values.values())).values())))

        def study(policies: Mapping[str, object], *_: object) -> Study:
            scenario = next(iter(policies.values()))
            return Study(
                policies=tuple(arrays),
                seed=1,
                replications=count,
                values=arrays,
                kpis=KPIS,
                scenarios=dict.fromkeys(arrays, scenario),
            )

        monkeypatch.setattr("sim.cli.study.simulate_all", study)

    return pretend
