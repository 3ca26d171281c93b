"""The registry says what every figure means."""

from __future__ import annotations

import pytest

from sim.results.profit import LINES
from sim.results.registry import KPIS, find_kpi


def test_every_kpi_has_a_label_a_unit_and_a_definition() -> None:
    assert all(kpi.label and kpi.unit and kpi.definition.endswith(".") for kpi in KPIS.values())


def test_a_suffix_finds_the_kpi_of_a_team() -> None:
    assert find_kpi("utilization:pick_pack") is KPIS["utilization"]


def test_an_unknown_kpi_is_refused() -> None:
    with pytest.raises(KeyError):
        find_kpi("profitability")


def test_profit_lines_and_kpis_do_not_share_a_name() -> None:
    assert not set(LINES) & set(KPIS)
