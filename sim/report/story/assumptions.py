"""What the answer rests on: every assumption and source, and the season in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import counted
from sim.report.content import Section, Table, words
from sim.report.explain import explain

if TYPE_CHECKING:
    from sim.report.source import Source

_BRIEF = 9


def section(source: Source) -> Section:
    """Where the figures come from."""
    told = explain(source.study.scenarios)
    assumed = sum(each.kind == "assumption" for each in told.origins)
    sourced = sum(each.kind == "source" for each in told.origins)
    rows = sorted(
        ((each.place, each.kind, each.text or "as in the file") for each in told.origins),
        key=lambda row: row[1] != "source",
    )
    season = tuple(
        (words(each.title), words(sentence))
        for each in told.paragraphs
        for sentence in each.sentences
    )
    return Section(
        key="assumptions",
        title="Assumptions",
        message=(
            f"The answer rests on {counted(assumed, 'assumption')} and "
            f"{counted(sourced, 'published source')}, each named in the scenario."
        ),
        table=Table(
            "assumptions",
            ("Setting", "Kind", "What it says"),
            tuple(tuple(map(words, row)) for row in rows),
            brief=_BRIEF,
        ),
        notes=("Change an assumption in the scenario file and run the command again.",),
        more=(Table("season_in_sentences", ("Theme", "Sentence"), season),),
    )
