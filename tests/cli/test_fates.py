"""`peakwise fates` as a user calls it."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]
SMALL = str(Path(__file__).with_name("small.yaml"))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_customers_are_written_to_a_file(
    peakwise: Peakwise, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"who.{ending}"
    result = peakwise("fates", SMALL, "-n", "2", "-q", "--customers", str(file), "--json")
    assert result.exit_code == 0
    rows = pd.read_csv(file) if ending == "csv" else pd.read_parquet(file)
    assert set(rows["before_fate"].astype(str)) >= {"at_once", "waited"}
    answer = json.loads(result.stdout)
    assert (answer["before"], answer["after"]) == ("Backorder", "Out of stock")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Backordr"], "did you mean 'Backorder'"),
        (["Backorder", "Backorder"], "is given twice"),
        (["--customers", "who.xlsx"], "end its name in .csv or .parquet"),
        (["--customers", "nowhere/who.csv"], "its folder does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_runs(
    peakwise: Peakwise, arguments: list[str], words: str
) -> None:
    result = peakwise("fates", SMALL, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
