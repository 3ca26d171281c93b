"""The engine against closed forms and published tables, as one family of tests.

The cases are the files in scenarios/validation, at the size that they state; seeds are 1 to n. The
whole table holds at a family-wise error of 1 %.
"""

from __future__ import annotations

import pytest

from sim.experiment.validate import validate
from sim.scenario.cases import Case, case_files, load_cases

WANTED = {
    *("I01", "I02", "I03", "I05", "I06", "I07", "I09", "I10", "I11", "I12", "I13", "I16", "I20"),
    *("I23", "Q01", "Q03", "Q03c", "Q04", "Q04D", "Q06", "Q07", "Q08", "Q09", "Q11", "Q14", "O03"),
}
WIDEST = 0.15
"""No interval may be wider than this share of its value: the table would prove nothing."""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load_cases(case_files(()))


def test_every_known_answer_is_shipped(cases: list[Case]) -> None:
    assert {case.id for case in cases} >= WANTED


def test_every_case_names_its_source(cases: list[Case]) -> None:
    assert [case.id for case in cases if case.validation.source is None] == []


def test_the_whole_table_agrees_with_the_known_answers(cases: list[Case]) -> None:
    findings = validate(cases)
    assert [finding.row() for finding in findings if not finding.passed] == []
    wide = [
        (finding.id, finding.half_width / abs(finding.expected))
        for finding in findings
        if not finding.half_width <= WIDEST * abs(finding.expected)
    ]
    assert wide == []
