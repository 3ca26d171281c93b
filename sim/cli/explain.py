"""`peakwise explain`: the season in sentences that a client can check."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from sim.cli import options
from sim.cli.console import say
from sim.cli.effects import say_effects

if TYPE_CHECKING:
    from sim.report.explain import Explanation, Origin


def explain(
    season: options.Season, settings: options.Settings = None, as_json: options.Json = False
) -> None:
    """Tell a season in sentences, with every assumption and where its figures come from."""
    from sim.report.explain import explain as tell
    from sim.scenario import load_policies

    told = tell(load_policies(season, settings or ()))
    if as_json:
        from sim.cli.answer import print_json

        print_json({"schema": 1, **asdict(told)})
    else:
        _show(told)


def _show(told: "Explanation") -> None:
    say(told.name, "bold")
    if told.question:
        say(told.question)
    for paragraph in told.paragraphs:
        say(f"\n{paragraph.title}", "bold")
        for sentence in paragraph.sentences:
            say(sentence)
    say_effects({"assumed_effects": [asdict(each) for each in told.effects]})
    if told.origins:
        say("\nWhere the figures come from", "bold")
        for origin in told.origins:
            under = f" ({', '.join(origin.policies)})" if origin.policies else ""
            say(f"{origin.place}{under}: {_of(origin)}")


def _of(origin: "Origin") -> str:
    if origin.kind == "source":
        return origin.text
    return f"{origin.kind}: {origin.text}" if origin.text else origin.kind
