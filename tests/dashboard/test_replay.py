"""The season by day: the numbers of the run, a day chosen, played, and explained."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.replay import KINDS, SEASONS
from dashboard.session import Server
from sim.experiment import replicate
from sim.experiment.median import median_season
from sim.experiment.replay import replay_season
from sim.report.day import day_name, why
from sim.results.days import SeasonDays
from sim.scenario import load_policies
from tests.dashboard.conftest import TOY, Open, finished, words


@pytest.fixture(scope="module")
def middling() -> SeasonDays:
    policies = load_policies(TOY)
    season = median_season(replicate(policies, SEASONS, 1, workers=1))
    return replay_season(policies["Backorder"], 1, season)


def shown_at(shown: AppTest, day: int) -> AppTest:
    shown.session_state["day"] = day
    return shown.run()


def test_a_day_has_the_numbers_of_the_season_and_its_reasons(
    screen: Open, server: Server, toy: str, middling: SeasonDays
) -> None:
    shown = finished(screen("replay", season=toy), server)
    busiest = int(middling.days["placed"].idxmax())
    shown_at(shown, busiest)
    assert not shown.exception
    figures = {each.label: each.value for each in shown.metric}
    assert figures["Orders placed"] == f"{middling.days['placed'][busiest]:,.0f}"
    told = words(shown).replace("\\", "")
    assert day_name(middling.calendar, busiest) in told
    assert all(sentence in told for sentence in why(middling, busiest))


def test_another_policy_and_another_season_are_another_story(
    screen: Open, server: Server, toy: str
) -> None:
    shown = shown_at(finished(screen("replay", season=toy), server), 10)
    first = words(shown)
    shown.selectbox(key="policy").select("Out of stock").run()
    shown_at(finished(shown, server), 10)
    other = words(shown)
    assert "0 on backorder" in other
    shown.selectbox(key="kind").select(list(KINDS)[1]).run()
    shown_at(finished(shown, server), 10)
    assert len({first, other, words(shown)}) == 3


def test_play_goes_on_day_by_day_and_stops_at_the_end(
    screen: Open, server: Server, toy: str, middling: SeasonDays
) -> None:
    shown = finished(screen("replay", season=toy), server)
    shown.button(key="play").click().run()
    assert shown.button(key="play").label == "Pause"
    before = shown.session_state["day"]
    shown.run()
    assert shown.session_state["day"] == before + 1
    shown_at(shown, len(middling.days) - 2)
    shown.run()
    assert not shown.exception
    assert shown.button(key="play").label == "Play"
    assert shown.session_state["day"] == len(middling.days) - 1
