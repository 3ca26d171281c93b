"""The season as forms: what is changed is simulated, told, kept, and taken back."""

import io
import zipfile
from pathlib import Path

import pytest

from dashboard.forms import parts_of
from dashboard.saving import changed_file, download
from dashboard.session import Server
from sim.scenario import load_policies, scenario_hash
from sim.scenario.shipped import shipped_names
from tests.dashboard.conftest import TOY, Open, finished, words


def hashes(source: str | Path, *settings: str) -> dict[str, str]:
    return {name: scenario_hash(each) for name, each in load_policies(source, settings).items()}


def test_a_setting_is_changed_and_taken_back(screen: Open, toy: str) -> None:
    shown = screen("season", season=toy)
    assert "No change" in words(shown)
    shown.text_input(key="set:demand.orders_per_day").set_value("55").run()
    assert "1 change from the season" in words(shown)
    assert shown.query_params["set"] == "demand.orders_per_day=55"
    shown.button(key="back:demand.orders_per_day").click().run()
    assert shown.text_input(key="set:demand.orders_per_day").value == "40"


def test_the_picture_of_the_season_follows_a_change(screen: Open, server: Server, toy: str) -> None:
    shown = finished(screen("season", season=toy), server)
    first = shown.get("plotly_chart")[0].proto
    shown.text_input(key="set:demand.orders_per_day").set_value("55").run()
    finished(shown, server)
    second = shown.get("plotly_chart")[0].proto
    assert "orders expected" in first.alt
    assert first.alt != second.alt


def test_what_cannot_be_is_told_and_changes_nothing(screen: Open, toy: str) -> None:
    shown = screen("season", season=toy)
    shown.text_input(key="set:demand.orders_per_day").set_value("many").run()
    assert "demand.orders_per_day" in words(shown)
    assert shown.text_input(key="set:demand.orders_per_day").value == "40"
    assert "set" not in shown.query_params


def test_a_cell_of_a_table_is_a_setting() -> None:
    scenario = load_policies(TOY)["Backorder"]
    (part,) = (each for each in parts_of(scenario) if each.path == "products")
    (table,) = part.tables
    assert table.rows[1]["price"] == "14"
    assert table.cell(1, "price") == "products.PUZZLE.price"
    assert load_policies(TOY, [f"{table.cell(1, 'price')}=15"])["Alerts"].products[1].price == 15


def test_every_part_can_be_shown(screen: Open, toy: str) -> None:
    shown = screen("season", season=toy)
    for part in parts_of(load_policies(TOY)["Backorder"]):
        shown.selectbox(key="part").select(part.path).run()
        assert not shown.exception, part


@pytest.mark.parametrize("season", shipped_names())
def test_what_the_forms_show_reads_back_the_same(season: str) -> None:
    scenario = next(iter(load_policies(season).values()))
    first = next(iter(hashes(season)))
    waiting, settings = list(parts_of(scenario)), []
    while waiting:
        part = waiting.pop()
        waiting.extend(part.parts)
        settings += [f"{each.path}={each.value}" for each in part.fields if each.given]
    assert hashes(season, *settings)[first] == hashes(season)[first]


def test_a_kept_season_is_the_changed_one_with_its_comments(tmp_path: Path) -> None:
    changes = {
        "demand.orders_per_day": "55",
        "people.pick_pack.cohorts.crew.people": "3",
        "customers.patience": "{still_waiting: {1 week: 90%}}",
    }
    settings = [f"{path}={value}" for path, value in changes.items()]
    text = changed_file(str(TOY), changes)
    assert text.startswith("# The small season of the worked examples")
    file = tmp_path / "kept.yaml"
    file.write_text(text, encoding="utf-8")
    assert hashes(file) == hashes(TOY, *settings)


def test_a_change_of_a_table_elsewhere_is_kept_too(tmp_path: Path) -> None:
    scenario = load_policies("holiday")["Backorder"]
    change = {f"products.{scenario.products[0].sku}.price": "99.00"}
    data, ending = download("holiday", change)
    assert ending == ".zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    settings = [f"{path}={value}" for path, value in change.items()]
    assert hashes(tmp_path / "holiday.yaml") == hashes("holiday", *settings)
