"""What the answer rests on: every assumption and source, and the season in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.experiment.figures import counted
from sim.report.content import Section, Table, words
from sim.report.explain.explanation import shown
from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.report.source import Source

_SAYS = ("name", "source", "assumption", "note")
"""Keys of a block that are told beside its values."""


def section(source: Source) -> Section:
    """Where the figures come from."""
    told = source.told
    assumed = sum(each.kind == "assumption" for each in told.origins)
    sourced = sum(each.kind == "source" for each in told.origins)
    settings = {name: resolved(each) for name, each in source.study.scenarios.items()}
    rows = sorted(
        (
            (
                f"{each.place}{_under(each.policies)}",
                each.kind,
                each.text or _value(settings[(each.policies or source.policies)[0]], each.place),
            )
            for each in told.origins
        ),
        key=lambda row: row[1] != "source",
    )
    effects = [
        (
            f"{each.place}.{each.setting}{_under(each.policies)}",
            "assumed effect",
            f"{each.value}{f': {each.assumption}' if each.assumption else ''}",
        )
        for each in told.effects
    ]
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
            f"{counted(sourced, 'published source') if sourced else 'no published source'}, "
            "each named in the scenario."
        ),
        table=Table(
            "assumptions",
            ("Setting", "Kind", "What it says"),
            tuple(tuple(map(words, row)) for row in [*effects, *rows]),
        ),
        notes=("Change an assumption in the scenario file and run the command again.",),
        more=(Table("season_in_sentences", ("Theme", "Sentence"), season),),
    )


def _value(settings: object, place: str) -> str:
    """What is set at a place, on one line."""
    for key in _keys(settings, place):
        settings = _inside(settings, key)
    if isinstance(settings, dict):
        settings = {key: value for key, value in settings.items() if key not in _SAYS}
    return shown(settings)


def _keys(settings: object, place: str) -> Iterator[str]:
    """The keys along a place; names in it may hold dots."""
    while place and isinstance(settings, dict | list):
        named = [key for key in _names(settings) if f"{place}.".startswith(f"{key}.")]
        key = max(named, key=len, default=place)
        yield key
        settings, place = _inside(settings, key), place[len(key) + 1 :]


def _names(settings: Any) -> list[str]:
    if isinstance(settings, dict):
        return [str(key) for key in settings]
    return [
        str(entry.get("name") or entry.get("sku") or entry.get("offer") or number)
        if isinstance(entry, dict)
        else str(number)
        for number, entry in enumerate(settings)
    ]


def _inside(settings: Any, key: str) -> object:
    if key not in _names(settings):
        return None
    values = list(settings.values()) if isinstance(settings, dict) else settings
    found: object = values[_names(settings).index(key)]
    return found


def _under(policies: Sequence[str]) -> str:
    return f" ({', '.join(policies)})" if policies else ""
