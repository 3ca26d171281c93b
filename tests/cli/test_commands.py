"""The commands from end to end, on a season of ten days."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]
SMALL = Path(__file__).with_name("small.yaml")


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(SMALL, tmp_path))


def test_compare_gives_a_verdict_and_run_its_figures(peakwise: Peakwise, season: Path) -> None:
    compared = peakwise("compare", season.name, "-n", "12", "--json")
    assert compared.exit_code == 0, compared.stderr
    answer = json.loads(compared.stdout)
    assert answer["verdict"].startswith("Backorder is the better policy")
    alone = peakwise("run", season.name, "--policy", "Backorder", "-n", "12", "--json")
    assert json.loads(alone.stdout)["policies"]["Backorder"] == answer["policies"]["Backorder"]


def test_run_takes_the_season_as_it_is_written(peakwise: Peakwise, season: Path) -> None:
    answer = json.loads(peakwise("run", season.name, "-n", "1", "--json").stdout)
    assert list(answer["policies"]) == ["Baseline"]
    assert answer["comparisons"] == []
    assert answer["policies"]["Baseline"]["orders"]["half_width"] is None


def test_a_setting_changes_every_policy(peakwise: Peakwise, season: Path) -> None:
    arguments = ("compare", season.name, "-n", "2", "--json")
    before = json.loads(peakwise(*arguments).stdout)["policies"]
    after = json.loads(peakwise(*arguments, "--set", "demand.scale=3").stdout)["policies"]
    for policy, figures in before.items():
        assert after[policy]["orders"]["mean"] > 2 * figures["orders"]["mean"]


def test_the_seed_decides_and_the_workers_do_not(peakwise: Peakwise, season: Path) -> None:
    arguments = ("compare", season.name, "-n", "3", "--json")
    first = peakwise(*arguments, "--seed", "7").stdout
    assert peakwise(*arguments, "--seed", "7", "--workers", "2").stdout == first
    assert peakwise(*arguments, "--seed", "8").stdout != first


def test_stdout_holds_the_result_and_stderr_nothing_when_quiet(season: Path) -> None:
    command = [sys.executable, "-m", "sim", "compare", str(season), "-n", "2", "--quiet", "--json"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert json.loads(done.stdout)["replications"] == 2
    assert done.stderr == ""


def test_out_stores_the_median_season_under_every_policy(
    peakwise: Peakwise, season: Path, tmp_path: Path
) -> None:
    from sim.experiment.store import open_run

    assert peakwise("compare", season.name, "-n", "3", "--out", "run").exit_code == 0
    stored = open_run(tmp_path / "run")
    orders = stored.table("orders")
    wanted = stored.answer["policies"]["Backorder"]["orders"]["mean"]
    by_policy = orders.groupby("policy", observed=True).size()
    assert by_policy["Backorder"] == by_policy["Out of stock"]
    assert by_policy["Backorder"] == pytest.approx(wanted, rel=0.2)
    kpis = stored.table("kpis")
    profit = kpis[kpis["kpi"] == "season_profit"].groupby("replication")["value"].mean()
    (median,) = profit.index[profit == profit.median()]
    shown = kpis[(kpis["replication"] == median) & (kpis["kpi"] == "orders")]
    assert set(shown["value"]) == {by_policy["Backorder"]}


def test_check_describes_a_good_season(peakwise: Peakwise, season: Path) -> None:
    result = peakwise("check", season.name)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "small.yaml: no problems",
        "Ten days of mugs",
        "Wait for the delivery, or send shoppers away?",
        "2 products, 0 suppliers",
        "Policies: Backorder, Out of stock",
    ]


def test_check_lists_all_problems_with_their_places(peakwise: Peakwise, season: Path) -> None:
    text = season.read_text(encoding="utf-8")
    text = text.replace("length: 10 days", "length: 10").replace("price: 12.00", "prize: 12.00")
    season.write_text(text, encoding="utf-8")
    result = peakwise("check", season.name)
    assert result.exit_code == 2
    places = [line.split(": ")[0] for line in result.stderr.splitlines()]
    assert places == ["small.yaml:3:37", "small.yaml:9:33"]
    assert "did you mean 'price'" in result.stderr


def test_a_new_scenario_passes_its_check_and_brings_its_schema(
    peakwise: Peakwise, season: Path
) -> None:
    made = peakwise("new", "mine.yaml")
    assert made.exit_code == 0
    first_line = Path("mine.yaml").read_text(encoding="utf-8").splitlines()[0]
    named = first_line.split("$schema=")[1]
    assert json.loads(Path(named).read_text(encoding="utf-8"))["type"] == "object"
    assert peakwise("check", "mine.yaml").exit_code == 0
    assert season.exists()


def test_a_new_scenario_of_a_shipped_name_becomes_a_file_beside_it(
    peakwise: Peakwise, season: Path
) -> None:
    made = peakwise("new", "holiday")
    assert "Written: holiday.yaml" in made.stderr
    assert Path("holiday.yaml").exists()
    assert not Path("holiday").exists()
    assert peakwise("check", "holiday.yaml").stdout.startswith(
        "holiday.yaml: no problems\nMy season"
    )
    assert peakwise("check", "holiday").stdout.startswith("holiday: no problems\nHoliday season")
    assert season.exists()


def test_new_replaces_nothing_unless_told(peakwise: Peakwise, season: Path) -> None:
    before = season.read_text(encoding="utf-8")
    refused = peakwise("new", season.name)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert season.read_text(encoding="utf-8") == before
    assert peakwise("new", season.name, "--force").exit_code == 0
    assert season.read_text(encoding="utf-8") != before


def test_schema_goes_to_stdout_or_to_a_file(peakwise: Peakwise, season: Path) -> None:
    printed = peakwise("schema").stdout
    assert peakwise("schema", "--out", "schema.json").exit_code == 0
    assert Path("schema.json").read_text(encoding="utf-8") == printed
    assert season.exists()


def test_doctor_reports_versions_and_the_state_of_the_cache(peakwise: Peakwise) -> None:
    from sim import __version__

    shown = peakwise("doctor").stdout
    assert __version__ in shown
    for finding in ("Python", "numba", "Processor cores", "Order flow", "Compiler cache"):
        assert finding in shown


def test_the_first_compilation_is_announced(
    peakwise: Peakwise, season: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[bool] = []
    monkeypatch.setattr("sim.warehouse.compiled.is_compiled", lambda: False)
    monkeypatch.setattr("sim.warehouse.compiled.warm_up", lambda: warmed.append(True))
    result = peakwise("run", season.name, "-n", "1")
    assert result.stderr.startswith("Compiling the order flow once")
    assert warmed == [True]
    assert peakwise("run", season.name, "-n", "1", "-q").stderr == ""
