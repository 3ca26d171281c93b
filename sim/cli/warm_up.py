"""`peakwise warm-up`: how much of the beginning a season should leave out."""

from sim.cli import options


def warm_up(
    season: options.Season,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    workers: options.Workers = None,
    quiet: options.Quiet = False,
) -> None:
    """Say how long a season without a known opening takes to forget that it began empty."""
    from sim.cli.console import say
    from sim.cli.study import compile_once, say_cost
    from sim.experiment.warm_up import find_warm_up
    from sim.scenario import load_policies

    scenario = next(iter(load_policies(season, settings or ()).values()))
    if scenario.season.start is not None and not scenario.season.warm_up:
        say(
            "This season has dates and opens from the position that the scenario states, so it"
            " needs no warm-up: everything from its first day on counts."
        )
        return
    compile_once(quiet)
    say_cost({season: scenario}, replications, workers, quiet)
    found = find_warm_up(scenario, replications, seed, workers)
    written = f"The scenario leaves out {found.written_ms / 86_400_000:.3g} days"
    if found.needed_ms is None:
        say(f"The run is too short to tell: it has not settled by its half. {written}.")
        return
    needed = f"{found.needed_ms / 86_400_000:.3g} days"
    verdict = "enough" if found.written_ms >= found.needed_ms else f"set season.warm_up to {needed}"
    say(f"The beginning shows for {needed}. {written}: {verdict}.")
