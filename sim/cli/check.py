"""`peakwise check`: every problem of a scenario at once, or what it describes."""

from sim.cli import options
from sim.cli.console import out


def check(season: options.Season, settings: options.Settings = None) -> None:
    """Check a scenario and all its policies; list every problem with its place in the file."""
    from sim.scenario import load_policies

    policies = load_policies(season, settings or ())
    scenario = next(iter(policies.values()))
    names = ", ".join(policies)
    out.print(f"{season}: no problems", markup=False, soft_wrap=True)
    out.print(f"  {scenario.name}", markup=False, soft_wrap=True)
    if scenario.question:
        out.print(f"  {scenario.question}", markup=False, soft_wrap=True)
    out.print(
        f"  {len(scenario.products)} products, {len(scenario.suppliers)} suppliers,"
        f" {len(policies)} policies: {names}",
        markup=False,
        soft_wrap=True,
    )
