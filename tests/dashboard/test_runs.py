"""Runs on a screen: the numbers of what was kept, and of `peakwise diff`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.runs import FOLDER, results_changed, settings_changed
from dashboard.session import Server
from sim.experiment import compare, json_result, replicate
from sim.experiment.store import Asked, Keeper, difference_of, open_run
from sim.scenario import load_policies
from tests.dashboard.conftest import TOY, Open, finished, words

Keep = Callable[..., Path]


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Keep a comparison of the toy shop in the folder from which the dashboard is started."""
    monkeypatch.chdir(tmp_path)

    def kept(name: str, *settings: str, seasons: int = 4) -> Path:
        policies = load_policies(TOY, list(settings))
        words = ("compare", "toy-shop.yaml", "-n", str(seasons))
        asked = Asked("compare", words, {"replications": seasons}, policies, 1, seasons)
        with Keeper(tmp_path / FOLDER / name, asked) as keeper:
            study = replicate(policies, seasons, 1, workers=1, memory=keeper)
            keeper.finish(json_result(study, compare(study)))
        return tmp_path / FOLDER / name

    return kept


def test_without_runs_it_says_how_to_keep_one(
    screen: Open, toy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = screen("runs", season=toy)
    assert "peakwise compare holiday --out runs/holiday" in words(shown)


def test_a_run_has_the_numbers_that_were_written(screen: Open, toy: str, keep: Keep) -> None:
    run = open_run(keep("first"))
    keep("second", "demand.orders_per_day=50")
    shown = screen("runs", season=toy)
    assert shown.dataframe[0].value["Run"].tolist() == ["first", "second"]
    shown.selectbox(key="run").select("first").run()
    assert not shown.exception
    assert run.answer is not None
    told = words(shown).replace("\\", "")
    assert run.answer["verdict"].split(". ")[0] in told
    assert "peakwise compare toy-shop.yaml -n 4" in told
    again = screen("runs", season=toy, run="first")
    assert words(again) == words(shown)
    assert [each.value for each in again.metric] == [each.value for each in shown.metric]


def test_two_runs_differ_as_the_command_says(screen: Open, toy: str, keep: Keep) -> None:
    found = difference_of(
        open_run(keep("first")), open_run(keep("second", "demand.orders_per_day=50"))
    )
    shown = screen("runs", season=toy, run="first", other="second")
    assert not shown.exception
    asked = shown.dataframe[1].value
    assert asked["Setting"].tolist() == ["demand.orders_per_day"]
    assert asked.equals(settings_changed(found))
    table = results_changed(found, "Backorder")
    assert shown.table[0].value.replace(r"\\", "", regex=True).equals(table)
    (profit,) = (r for r in found.results if (r.policy, r.kpi) == ("Backorder", "season_profit"))
    assert profit.verdict in set(table["It is"])


def test_a_damaged_run_is_told_and_the_others_are_shown(screen: Open, toy: str, keep: Keep) -> None:
    keep("good")
    bad = keep("bad") / "run.json"
    bad.write_bytes(bad.read_bytes().replace(b'"seed": 1', b'"seed": 2'))
    shown = screen("runs", season=toy)
    assert "runs/bad/run.json: " in words(shown).replace("\\", "/")
    assert shown.dataframe[0].value["Run"].tolist() == ["good"]


def test_an_address_leads_only_into_the_folder_of_runs(
    screen: Open, toy: str, keep: Keep, tmp_path: Path
) -> None:
    keep("good").rename(tmp_path / "outside")
    keep("inside")
    shown = screen("runs", season=toy, run="../outside")
    assert not shown.exception
    assert len(shown.metric) == 0


def test_an_answer_is_kept_and_stands_under_runs(
    screen: Open, server: Server, toy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = finished(screen("compare", season=toy, set=["demand.orders_per_day=30"]), server)
    (field,) = (each for each in shown.text_input if each.label == "Keep it as a run named")
    field.set_value("../outside")
    keep = next(each for each in shown.button if each.label == "Keep")
    keep.click().run()
    assert "A name has letters" in words(shown)
    field.set_value("mine")
    keep.click().run()
    finished(shown, server)
    assert not shown.exception
    run = open_run(tmp_path / FOLDER / "mine")
    policies = load_policies(TOY, ["demand.orders_per_day=30"])
    study = replicate(policies, 20, 1, workers=1)
    assert run.answer == json_result(study, compare(study))
    assert run.finished
    assert "orders" in run.tables
    assert not (tmp_path / "outside").exists()
