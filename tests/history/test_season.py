import datetime as dt

import pytest

from sim.demand import sample_orders
from sim.history.check import fit_check
from sim.history.fitting import FitOptions, fit_season
from sim.history.replay import write_replay
from sim.history.season import Heading, write_season
from sim.history.summary import describe_fit
from sim.scenario import load_policies, load_scenario
from tests.history.made import Truth, as_csv, cleaned, made_rows

HEADING = Heading('The "best" shop: 100 %', "made for a test", "EUR")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A cleaned history, its fit, and the season file that was written from it."""
    folder = tmp_path_factory.mktemp("made")
    history = cleaned(folder / "orders.csv", as_csv(made_rows(Truth())))
    fitted = fit_season(history)
    (file,) = write_season(fitted, folder / "season.yaml", HEADING)
    return history, fitted, file


def test_the_written_season_loads_with_its_policies(made):
    _, fitted, file = made
    policies = load_policies(file)
    assert list(policies) == ["Backorder", "Out of stock", "Alerts", "Capped hybrid"]
    season = policies["Backorder"]
    assert season.name == HEADING.name
    assert season.currency == "EUR"
    assert season.demand.orders_per_day == pytest.approx(fitted.orders_per_day, abs=0.01)
    assert [peak.times for peak in season.demand.peaks] == pytest.approx(
        [peak.times for peak in fitted.peaks], abs=0.001
    )


def test_codes_that_look_like_numbers_stay_codes(made):
    _, _, file = made
    assert {product.sku for product in load_scenario(file).products} >= {"00", "01", "09"}


def test_every_block_names_its_source_or_calls_itself_an_assumption(made):
    _, _, file = made
    season = load_scenario(file)
    assert season.demand.source.startswith("made for a test; orders_per_day known to ±")
    assert all(peak.source for peak in season.demand.peaks)
    for block in ("replenishment", "storefront", "alerts", "customers", "carrier", "costs"):
        assert getattr(season, block).assumption is True


def test_many_products_go_into_a_table_beside_the_season(tmp_path):
    truth = Truth(weights=tuple(1.0 + number % 7 for number in range(60)))
    history = cleaned(tmp_path / "orders.csv", as_csv(made_rows(truth)))
    files = write_season(fit_season(history), tmp_path / "big.yaml", HEADING)
    assert [file.name for file in files] == ["big.yaml", "big-products.csv"]
    assert len(load_scenario(files[0]).products) == 60


def test_names_cannot_become_formulas_or_break_the_file(tmp_path):
    header = "Order ID,Order Date,SKU,Quantity,Unit Price,Product Name\n"
    nasty = '"=HYPERLINK(""x""): {a, b} # \'c\'"'
    rows = made_rows(Truth(last=dt.date(2025, 3, 1), peaks=()))
    body = "".join(",".join(map(str, row)) + f",{nasty}\n" for row in rows)
    fitted = fit_season(cleaned(tmp_path / "orders.csv", header + body))
    (file,) = write_season(fitted, tmp_path / "season.yaml", HEADING)
    assert load_scenario(file).products[0].name == "HYPERLINK(\"x\"): {a, b} # 'c'"


def test_seasons_drawn_from_the_fit_look_like_the_history(made):
    history, fitted, file = made
    check = fit_check(history, fitted, load_scenario(file), replications=20)
    assert check.agrees, "\n".join(check.describe())
    figures = {row.name: row for row in check.rows}
    assert figures["orders per open day"].mean == pytest.approx(
        figures["orders per open day"].history, rel=0.05
    )
    assert figures["lines per order, mean"].mean == pytest.approx(
        figures["lines per order, mean"].history, rel=0.02
    )


def test_the_check_notices_a_season_that_is_not_the_history(made):
    history, fitted, file = made
    wrong = load_scenario(file, ["demand.orders_per_day=40", "demand.basket.lines={1: 1}"])
    outside = {
        row.name for row in fit_check(history, fitted, wrong, replications=5).rows if not row.agrees
    }
    assert {"orders per open day", "lines per order, mean"} <= outside


def test_a_replay_has_the_same_orders_lines_and_units(made, tmp_path):
    history, fitted, file = made
    start, end = fitted.dates.start, fitted.dates.end
    replay = write_replay(history, tmp_path / "replay.csv", fitted.mix, start, end)
    season = load_scenario(file)
    replayed = season.demand.model_copy(
        update={"history": str(replay.file), "orders_per_day": None}
    )
    book = sample_orders(season.model_copy(update={"demand": replayed}), 1)
    placed = history.lines["placed_at"].dt.date
    lines = history.lines[(placed >= start) & (placed <= end)]
    assert len(book) == replay.orders == lines["order"].nunique()
    assert len(book.lines) == replay.lines == len(lines)
    assert int(book.lines["units"].sum()) == replay.units == lines["quantity"].sum()


def test_a_replay_with_stand_ins_keeps_lines_apart(made, tmp_path):
    history, _, _ = made
    mix = fit_season(history, FitOptions(top=2, stand_ins=4)).mix
    replay = write_replay(history, tmp_path / "replay.csv", mix)
    assert 0 < replay.merged < 0.02 * replay.lines
    assert replay.units == history.lines["quantity"].sum()


def test_the_fit_is_told_in_words(made):
    _, fitted, _ = made
    text = "\n".join(describe_fit(fitted))
    assert "season 2025-09-29 to 2025-12-23, from the history's year 2025" in text
    assert "Sat closed" in text
    assert "Cyber Monday: × " in text
