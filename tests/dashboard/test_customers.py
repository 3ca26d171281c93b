"""The same customers under two policies."""

from dashboard.session import Server
from sim.experiment.fates import compare_fates, customers_of_season
from sim.experiment.fates_words import fates_in_words
from sim.scenario import load_policies
from tests.dashboard.conftest import TOY, Open, finished, words


def test_it_says_what_the_command_says(screen: Open, server: Server, toy: str) -> None:
    shown = finished(screen("customers", season=toy), server)
    policies = load_policies(TOY)
    pair = {name: policies[name] for name in ("Backorder", "Out of stock")}
    assert fates_in_words(compare_fates(pair, 20, workers=1)) in words(shown).replace("\\", "")


def test_a_band_shows_its_customers(screen: Open, server: Server, toy: str) -> None:
    shown = finished(screen("customers", season=toy), server)
    finished(shown, server)
    policies = load_policies(TOY)
    frame = customers_of_season({n: policies[n] for n in ("Backorder", "Out of stock")})
    band = shown.selectbox(key="band").value
    there = (frame["before_fate"] == band.before) & (frame["after_fate"] == band.after)
    assert len(shown.dataframe[0].value) == min(1000, there.sum())


def test_any_two_policies_can_be_chosen(screen: Open, server: Server, toy: str) -> None:
    shown = finished(screen("customers", season=toy), server)
    shown.selectbox(key="after").select("Alerts").run()
    assert "under Alerts" in words(finished(shown, server))
