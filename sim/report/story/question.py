"""What is asked, and what may be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import counted
from sim.report.content import Section, Table, words

if TYPE_CHECKING:
    from sim.report.source import Source

_TOLD = 3


def section(source: Source) -> Section:
    """The question, the season in short, and the policies."""
    told = source.told
    season = next((each.sentences for each in told.paragraphs), ())
    named = {each.title: each.sentences for each in told.paragraphs}.get("Policies to compare", ())
    rows = tuple(tuple(map(words, line.split(": ", 1))) for line in named)
    return Section(
        key="question",
        title="The question",
        message=source.scenario.question or "What does the season bring?",
        points=(
            *season[:_TOLD],
            _who_met_whom(source),
        ),
        table=Table("policies_compared", ("Policy", "What it changes"), rows) if rows else None,
        notes=("The season in full is told under “Assumptions”.",),
    )


def _who_met_whom(source: Source) -> str:
    seasons = counted(source.study.replications, "simulated season")
    if len(source.policies) == 1:
        return f"{source.lead} met {seasons}."
    return f"{len(source.policies)} policies met the same customers in {seasons}."
