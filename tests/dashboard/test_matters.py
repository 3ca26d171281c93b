"""What matters, and what the model is."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.session import Server
from tests.dashboard.conftest import TOY, Open, finished, words


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer seasons than anybody would claim something from, and no worker processes."""
    threads = ThreadPoolExecutor(2)
    monkeypatch.setattr("dashboard.matters.local_pool", lambda _: threads)
    monkeypatch.setattr("dashboard.matters.SEASONS", 2)
    monkeypatch.setattr("dashboard.matters.SWEPT", 2)


def test_the_assumptions_that_decide_are_found(screen: Open, server: Server) -> None:
    text = TOY.read_text(encoding="utf-8").replace("assumption: yes", "note: known")
    text = text.replace("half_life: 14 days, note: known", "half_life: 14 days, assumption: yes")
    name = server.uploads.add({"few.yaml": text.encode()})
    shown = screen("matters", season=name)
    next(each for each in shown.button if each.label == "Find what decides").click().run()
    assert "of 2 inputs" in words(finished(shown, server))
    assert len(shown.get("plotly_chart")) == 1
    assert shown.query_params["matters"] == "yes"


def test_a_sweep_says_where_it_turns(screen: Open, server: Server, toy: str) -> None:
    shown = screen("matters", season=toy)
    next(each for each in shown.button if each.label == "See where it turns").click().run()
    finished(shown, server)
    assert not shown.error
    assert len(shown.get("plotly_chart")) == 1


def test_the_model_is_told(screen: Open, toy: str) -> None:
    shown = screen("about", season=toy)
    assert "Where the figures of this season come from" in words(shown)
    assert len(shown.dataframe) == 4
    assert "189 of 189 figures agree" in words(shown)
