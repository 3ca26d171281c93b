"""Sizing: targets in, plan out; it outlives its tab, and can be canceled."""

import pytest

from dashboard.session import Server
from tests.dashboard.conftest import Open, finished, words


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer seasons than anybody would search, and no worker processes."""
    monkeypatch.setattr("dashboard.sizing.usable_cores", lambda: 1)
    monkeypatch.setattr("dashboard.sizing.SEARCH", 10)


@pytest.mark.usefixtures("quick")
def test_a_season_is_sized(screen: Open, server: Server, toy: str) -> None:
    shown = screen("size", season=toy)
    next(each for each in shown.button if each.label == "Size this season").click().run()
    assert shown.query_params["size"] == "100"
    told = words(finished(shown, server))
    assert "is the cheapest plan found" in told
    assert "One more, or one less" in told
    again = screen("size", season=toy, size="100")
    assert words(again) == told
    assert len(server.jobs.all()) == 2


@pytest.mark.usefixtures("quick")
def test_a_sizing_can_be_canceled(screen: Open, server: Server) -> None:
    shown = screen("size", season="holiday", size="100")
    next(each for each in shown.button if each.label == "Cancel").click().run()
    finished(shown, server)
    assert [job.state for job in server.jobs.all()][-1] == "canceled"
    assert "Size this season" in [each.label for each in shown.button]
    assert "size" not in shown.query_params


def test_a_target_that_makes_no_sense_is_told_and_changes_nothing(screen: Open, toy: str) -> None:
    shown = screen("size", season=toy)
    key = "set:plan.targets.space_overflow"
    shown.text_input(key=key).set_value("as few as possible").run()
    assert "plan.targets.space_overflow" in words(shown)
    assert shown.text_input(key=key).value == "none in 95% of seasons"


def test_a_season_without_a_plan_is_offered_one(screen: Open) -> None:
    shown = screen("size", season="small-shop")
    if "Use it" in [each.label for each in shown.button]:
        next(each for each in shown.button if each.label == "Use it").click().run()
    assert not shown.exception
    assert "Size this season" in [each.label for each in shown.button]
