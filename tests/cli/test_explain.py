"""`peakwise explain` on the screen and as JSON."""

import json
from collections.abc import Callable

from typer.testing import Result

Peakwise = Callable[..., Result]


def test_the_command_prints_it_and_its_json(peakwise: Peakwise) -> None:
    shown = peakwise("explain", "holiday")
    assert shown.exit_code == 0
    assert "Where the figures come from" in shown.stdout
    answer = json.loads(peakwise("explain", "holiday", "--json").stdout)
    assert answer["schema"] == 1
    assert answer["paragraphs"][0]["title"] == "When, and how many orders"
    assert {"place", "kind", "text", "policies"} == set(answer["origins"][0])


def test_assumed_effects_are_listed_under_whichever_policy(peakwise: Peakwise) -> None:
    shown = " ".join(peakwise("explain", "call-storm").stdout.split())
    assert "Assumed effects, without a source:" in shown
    assert "messages.news (Messages first): contacts × 0.7" in shown


def test_a_broken_season_is_refused(peakwise: Peakwise) -> None:
    refused = peakwise("explain", "holiday", "--set", "demand.scael=2")
    assert refused.exit_code == 2
    assert "did you mean 'scale'" in refused.stderr
