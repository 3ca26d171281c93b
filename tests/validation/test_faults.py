"""The table is worth something only if a wrong rule fails in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.validate import validate
from sim.scenario.cases import case_files, load_cases

FAULTS = {
    "buy only below s": ("I06", "trigger: at_or_below", "trigger: below"),
    "a lead time of L protects L periods": ("I07", "lead_time: 4 days", "lead_time: 3 days"),
    "hold the units of part-filled orders": ("I07", "held: on_shelf", "held: in_building"),
    "room for one more": ("Q08", "waiting_room: 7", "waiting_room: 8"),
    "patience of the same mean": (
        "Q04D",
        "patience: 0.5 hours",
        "patience: {exponential: 0.5 hours}",
    ),
    "the lower class first": (
        "Q06",
        "    shift: always",
        "    serves: [low, high]\n    shift: always",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_rule_is_seen(fault: str, tmp_path: Path) -> None:
    name, right, wrong = FAULTS[fault]
    (original,) = case_files([name])
    text = original.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / original.name
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    findings = validate(load_cases([path]), replications=10, workers=1)
    assert any(not finding.passed for finding in findings)
