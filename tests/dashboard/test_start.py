"""The first screen: an answer at once, and every way to open a season."""

import numpy as np

from dashboard.demo import SEASON, SEED, demo_study
from sim.experiment import replicate
from sim.scenario import load_policies, scenario_hash
from tests.dashboard.conftest import TOY, Open, words


def test_the_shipped_answer_is_that_of_fresh_seasons() -> None:
    policies = load_policies(SEASON)
    shipped, fresh = demo_study(), replicate(policies, 2, SEED, workers=1)
    anew = "numbers moved: write it anew with python -m dashboard.demo"
    assert shipped is not None, anew
    assert dict(shipped.hashes) == {n: scenario_hash(s) for n, s in policies.items()}, anew
    for policy in policies:
        assert set(shipped.values[policy]) == set(fresh.values[policy]), anew
        for kpi, values in fresh.values[policy].items():
            found = shipped.values[policy][kpi][:2]
            np.testing.assert_allclose(found, values, rtol=1e-9, err_msg=f"{kpi}: {anew}")


def test_the_first_screen_has_an_answer_without_simulating(screen: Open) -> None:
    shown = screen("start")
    assert "Backorder is the best policy of 5" in words(shown)
    assert shown.metric[0].label == "Season profit"
    assert len(shown.get("plotly_chart")) == 1


def test_dollars_are_no_formulas(screen: Open) -> None:
    assert "$" not in words(screen("start")).replace("\\$", "")


def test_a_shipped_season_opens(screen: Open) -> None:
    shown = screen("start")
    shown.selectbox(key="shipped").select("small-shop").run()
    assert "small" in words(shown).lower()
    next(button for button in shown.button if button.label == "Open it").click().run()
    assert shown.query_params["season"] == "small-shop"


def test_an_uploaded_season_opens(screen: Open) -> None:
    shown = screen("start")
    shown.file_uploader[0].upload("toy-shop.yaml", TOY.read_bytes()).run()
    assert "3 policies" in words(shown)
    shown.button(key="open-upload").click().run()
    assert shown.query_params["season"].startswith("upload-")


def test_a_bad_upload_is_told_by_file_line_and_column(screen: Open) -> None:
    shown = screen("start")
    bad = TOY.read_text(encoding="utf-8").replace("orders_per_day:", "orders_a_day:")
    shown.file_uploader[0].upload("mine.yaml", bad.encode()).run()
    line = 1 + bad[: bad.index("orders_a_day")].count("\n")
    assert f"mine.yaml:{line}:" in words(shown)
    assert "did you mean 'orders_per_day'" in words(shown)
    assert "peakwise-uploads" not in words(shown)
