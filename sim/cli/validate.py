"""`peakwise validate`: known answers, simulated."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.experiment.validate import Finding


def validate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CASE]...",
            help="Shipped cases by name (I01, Q03), or your own files or folders of them.",
            show_default="all that are shipped",
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            metavar="N",
            min=2,
            help="Seasons to simulate of each case; their seeds are 1 to N.",
            show_default="as each case says",
        ),
    ] = None,
    workers: options.Workers = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Simulate systems whose outcome is known, and compare (exit code 4: they disagree)."""
    from sim.cli.answer import print_json
    from sim.cli.console import progress_bar
    from sim.cli.exits import DISAGREES
    from sim.cli.study import compile_once
    from sim.experiment.validate import validate as run_cases
    from sim.scenario.cases import case_files, load_cases

    cases = load_cases(case_files(paths or ()))
    total = sum(replications or case.validation.replications for case in cases)
    compile_once(quiet)
    with progress_bar("Simulating known answers", total, quiet) as report:
        findings = run_cases(cases, replications, workers, report)
    if as_json:
        print_json({"cases": [finding.row() for finding in findings]})
    else:
        _print_findings(findings)
    if not all(finding.passed for finding in findings):
        raise typer.Exit(DISAGREES)


def _print_findings(findings: "list[Finding]") -> None:
    """One block per case, with its source, and a line that sums up."""
    from rich.table import Table

    from sim.cli.console import out, say

    widest = max(len(_label(each)) for each in findings)
    for case in dict.fromkeys(each.case for each in findings):
        mine = [each for each in findings if each.case == case]
        say(f"{case}  {mine[0].source}", "bold")
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        table.add_column(min_width=min(widest, 46), overflow="fold")
        for width in (12, 24, 4):
            table.add_column(min_width=width, justify="right", no_wrap=True)
        for each in mine:
            table.add_row(_label(each), _expected(each), _simulated(each), _verdict(each))
        out.print(table)
    for line in _summary(findings):
        say(line)


def _label(finding: "Finding") -> str:
    return ": ".join(dict.fromkeys([finding.policy, finding.figure])).removeprefix("Baseline: ")


def _expected(finding: "Finding") -> str:
    within = f" ± {finding.within:.6g}" if finding.within else ""
    return f"{finding.expected:.6g}{within}"


def _simulated(finding: "Finding") -> str:
    return f"{finding.simulated:.6g} ± {finding.half_width:.2g}"


def _verdict(finding: "Finding") -> str:
    return "pass" if finding.passed else "FAIL"


def _summary(findings: "list[Finding]") -> "Iterable[str]":
    failed = sum(not each.passed for each in findings)
    wide = sum(each.is_wide for each in findings)
    yield (
        f"{len(findings) - failed} of {len(findings)} figures agree: expected, and simulated ± the"
        " half-width at which all intervals hold together with 99%."
    )
    if wide:
        yield (
            f"{wide} intervals are wider than a tenth of their value, so they would miss smaller"
            " errors; more replications make them narrower."
        )
