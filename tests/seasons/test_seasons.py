"""Shipped seasons answer as they say, and only as long as their bottleneck is there.

Few seasons of each pair of policies; `python -m tests.seasons` checks the answers at full size.
"""

import pytest

from sim.scenario.shipped import shipped_names
from tests.seasons.answers import PAGE, TABLE, answer_of, table
from tests.seasons.claims import CLAIMS, Claim


def named(claim: Claim) -> str:
    return f"{claim.season}: {claim.higher} over {claim.lower} in {claim.kpi}"


@pytest.mark.parametrize("claim", CLAIMS, ids=named)
def test_the_answer_holds_in_fewer_seasons(claim: Claim) -> None:
    assert claim.difference().low > 0


@pytest.mark.parametrize("claim", CLAIMS, ids=named)
def test_without_the_bottleneck_the_answer_does_not_hold(claim: Claim) -> None:
    assert not claim.difference(*claim.without).low > 0


@pytest.mark.parametrize("season", shipped_names())
def test_a_claim_stands_behind_the_answer(season: str) -> None:
    first, *_ = (claim for claim in CLAIMS if claim.season == season)
    assert first.kpi == "season_profit"
    ahead, _, ruled_out = answer_of(season).answer.partition(";")
    assert first.higher in ahead
    assert not ruled_out or first.lower in ruled_out


def test_the_page_lists_what_the_files_say() -> None:
    (shown,) = TABLE.findall(PAGE.read_text(encoding="utf-8"))
    assert shown == table(shipped_names()), "write it anew: python -m tests.seasons --write"
