"""`peakwise warm-up` answers in words and as one object."""

import json


def test_a_season_with_an_opening_needs_none_and_simulates_nothing(peakwise):
    said = peakwise("warm-up", "holiday")
    assert said.exit_code == 0
    assert "needs no warm-up" in " ".join(said.stdout.split())
    answer = json.loads(peakwise("warm-up", "holiday", "--json").stdout)
    assert (answer["needed_days"], answer["written_days"], answer["replications"]) == (0, 0, 0)
