"""Cohorts that can never matter are refused at their line; those that might are not."""

import pytest

from tests.scenario.conftest import SEASON, Complaints


def _said(complaints: Complaints, cohort: str, season: str = "") -> list[str]:
    text = SEASON.replace("2026-12-27}", f"2026-12-27{season}}}")
    return complaints(
        f"{text}people: {{pick_pack: {{cohorts: [{{name: late, people: 2, {cohort}}}]}}}}\n"
    )


@pytest.mark.parametrize(
    ("cohort", "season", "said"),
    [
        (
            "from: 2027-11-16, to: 2027-12-23",
            "",
            "6:62: {}.from: the cohort starts after the season and its drain of 60 days "
            "(got '2027-11-16')",
        ),
        (
            "from: 2026-12-29",
            ", drain: 0 days",
            "6:62: {}.from: the cohort starts after the season (got '2026-12-29')",
        ),
        (
            "from: 2025-11-16, to: 2025-12-23",
            "",
            "6:78: {}.to: the cohort ends before the season (got '2025-12-23')",
        ),
        (
            "to: 2026-10-03",
            "",
            "6:60: {}.to: the cohort ends before the season (got '2026-10-03')",
        ),
        (
            "to: 2026-09-26",
            ", warm_up: 1 week",
            "6:60: {}.to: the cohort ends before the season and its warm-up of 7 days "
            "(got '2026-09-26')",
        ),
        (
            "to: 2026-10-03, from: 2026-09-01, minimum_term: 32 days",
            "",
            "6:60: {}.to: the cohort ends before the season (got '2026-10-03')",
        ),
    ],
)
def test_a_cohort_outside_the_season_is_refused_at_its_date(
    complaints: Complaints, cohort: str, season: str, said: str
) -> None:
    wanted = said.format("people.pick_pack.cohorts.0")
    assert _said(complaints, cohort, season) == [
        f"s.yaml:{wanted}; the season runs from 2026-10-05 to 2026-12-27"
    ]


@pytest.mark.parametrize(
    ("cohort", "season"),
    [
        ("from: 2026-12-28, to: 2027-01-20", ""),  # works off what is left
        ("from: 2027-02-24, to: 2027-03-01", ""),  # on the last day of the drain
        ("to: 2026-10-04", ""),  # its night shift reaches into the season
        ("to: 2026-10-01", ", warm_up: 1 week"),
        ("from: 2026-09-01, to: 2026-09-08, minimum_term: 40 days", ""),  # paid until October 11
        ("to: 2026-09-08, minimum_term: 2 days", ""),
    ],
)
def test_a_cohort_that_may_matter_is_not_refused(
    complaints: Complaints, cohort: str, season: str
) -> None:
    assert _said(complaints, cohort, season) == []
