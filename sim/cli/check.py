"""`peakwise check`: every problem of a scenario at once, or what it describes."""

from sim.cli import options
from sim.cli.console import say


def check(season: options.Season, settings: options.Settings = None) -> None:
    """Check a scenario and all its policies; list every problem with its place in the file."""
    from sim.experiment.figures import counted
    from sim.experiment.size.question import load_question
    from sim.scenario import load_policies, load_scenario

    policies = load_policies(season, settings or ())
    if load_scenario(season, settings or ()).plan is not None:
        load_question(season, settings or ())
    scenario = next(iter(policies.values()))
    say(f"{season}: no problems", "bold")
    say(scenario.name)
    if scenario.question:
        say(scenario.question)
    goods = counted(len(scenario.products), "product")
    say(f"{goods}, {counted(len(scenario.suppliers), 'supplier')}")
    say(f"Policies: {', '.join(policies)}")
