"""The arguments and options that several subcommands share, each explained once."""

from pathlib import Path
from typing import Annotated

import typer

Season = Annotated[
    str,
    typer.Argument(
        metavar="SEASON",
        help="A shipped season by name (holiday, small-shop, …), or your scenario file.",
        show_default=False,
    ),
]

Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one setting, as in --set demand.orders_per_day=900. May be repeated.",
        show_default=False,
    ),
]

Replications = Annotated[
    int,
    typer.Option(
        "--replications",
        "-n",
        metavar="N",
        min=1,
        help="Seasons to simulate. Every policy meets the same ones.",
    ),
]

Seed = Annotated[
    int,
    typer.Option(metavar="N", min=0, help="The same seed draws the same seasons."),
]

Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="Processes to share the work. The result does not depend on it.",
        show_default="all cores",
    ),
]

Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Simulate on a Dask cluster instead, as at tcp://127.0.0.1:8786. The result does not"
        " depend on it.",
        show_default=False,
    ),
]

Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        file_okay=False,
        help="Keep the run there: every season as it finishes, scenario, versions, tables. The"
        " same command goes on after an interruption.",
        show_default=False,
    ),
]

Html = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        dir_okay=False,
        help="Write the verdict and its figure there, as a page that needs no network (.html).",
        show_default=False,
    ),
]

Json = Annotated[
    bool, typer.Option("--json", help="Print one documented JSON object instead of tables.")
]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]

EveryFigure = Annotated[
    bool, typer.Option("--all", "-a", help="Show every figure, not only the headlines.")
]

Precision = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GOAL",
        help="Go on until figures are known this well: 2% (each headline figure, of its mean), or"
        " season_profit=10000 (for compare: the difference). May be repeated.",
        show_default=False,
    ),
]

Budget = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="Most seasons to simulate for --precision.",
        show_default="100, or --replications if that is more",
    ),
]

Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy",
        metavar="POLICY",
        help="Only this policy of the scenario. May be repeated.",
        show_default="all of them",
    ),
]

Kpi = Annotated[str, typer.Option(metavar="KPI", help="The figure that decides.")]

Between = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="A B", help="The two policies.", show_default="the two that are ahead"),
]
