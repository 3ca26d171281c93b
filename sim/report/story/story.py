"""The sections of a report in their order; a section that has nothing to say is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.content import Report
from sim.report.story import (
    answer,
    assumptions,
    customers,
    flips,
    method,
    money,
    people,
    policies,
    question,
    service,
    space,
    weeks,
)

if TYPE_CHECKING:
    from sim.report.source import Source

_CHAPTERS = (
    question,
    answer,
    policies,
    money,
    service,
    people,
    space,
    customers,
    weeks,
    flips,
    assumptions,
    method,
)


def tell(source: Source) -> Report:
    """Tell a study: its question, its answer, and what stands behind it."""
    found = [chapter.section(source) for chapter in _CHAPTERS]
    return Report(
        title=source.scenario.name,
        question=source.scenario.question or "What does the season bring?",
        verdict=source.answer["verdict"],
        policies=source.policies,
        sections=tuple(section for section in found if section is not None),
        provenance=source.provenance,
    )
