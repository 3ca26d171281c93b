"""Every failure ends with a clear line on stderr and its documented exit code."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.errors import LawBroken, Problem, ScenarioError, SimulationError

Peakwise = Callable[..., Result]
COMMANDS = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (LawBroken("units are conserved", "MUG-RED: 3 of 4"), 70, "units are conserved"),
        (SimulationError("replication 3 ended its worker process"), 1, "replication 3"),
        (ModuleNotFoundError("no", name="plotly"), 3, "pip install plotly"),
        (KeyboardInterrupt(), 130, "Interrupted"),
        (PermissionError(13, "Permission denied", "season.yaml"), 2, "season.yaml: Permission"),
    ],
)
def test_a_failure_says_what_happened_and_sets_its_code(
    peakwise: Peakwise,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    line: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("sim.scenario.loading.load_policies", fail)
    result = peakwise("check", "holiday")
    assert result.exit_code == code
    assert line in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_every_problem_of_a_scenario_gets_a_line_of_its_own(
    peakwise: Peakwise, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = [
        Problem("demand.orders_per_day", "must be above 0", "e.g. 850", "s.yaml", 7, 3, -1),
        Problem("people", "is not known, and this line is longer than any terminal " + "x" * 90),
    ]

    def fail(*_: object) -> None:
        raise ScenarioError(problems)

    monkeypatch.setattr("sim.scenario.loading.load_policies", fail)
    result = peakwise("compare", "s.yaml")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [str(problem) for problem in problems]


def test_square_brackets_in_a_problem_are_text_and_no_markup(
    peakwise: Peakwise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ScenarioError(Problem("demand.peaks[0]", "[red]must[/red] be a date"))

    monkeypatch.setattr("sim.scenario.loading.load_policies", fail)
    assert peakwise("check", "s.yaml").stderr == "demand.peaks[0]: [red]must[/red] be a date\n"


def test_an_unexpected_error_is_not_hidden(
    peakwise: Peakwise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sim.scenario.loading.load_policies", fail)
    result = peakwise("check", "holiday")
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


def test_a_misspelled_command_gets_a_suggestion_and_code_2(peakwise: Peakwise) -> None:
    result = peakwise("compair", "holiday")
    assert result.exit_code == 2
    assert "compare" in result.stderr


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--replications", "0"), "invalid value for '--replications' / '-n': must be greater"),
        (("--workers", "0"), "invalid value for '--workers': must be greater than or equal to 1"),
        (("--seed", "-1"), "invalid value for '--seed': must be greater than or equal to 0"),
        (("--wat",), "no such option: --wat"),
        (("another",), "got unexpected extra argument"),
    ],
)
def test_an_option_that_cannot_be_used_is_one_line_and_code_2(
    peakwise: Peakwise, options: tuple[str, ...], line: str
) -> None:
    result = peakwise("compare", "holiday", *options)
    assert result.exit_code == 2
    (said,) = result.stderr.splitlines()
    assert said.startswith(f"peakwise compare: {line}")
    assert said.endswith("see peakwise compare --help")


def test_a_place_that_cannot_take_the_run_is_refused_before_simulating(
    peakwise: Peakwise, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def simulate(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("sim.cli.study.simulate_all", simulate)
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    result = peakwise("compare", "holiday", "--out", str(tmp_path))
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [f"{tmp_path}: holds something else than a run; name a new folder"],
    )


def test_a_policy_that_the_season_does_not_name_is_bad_input(peakwise: Peakwise) -> None:
    result = peakwise("compare", "holiday", "--baseline", "Backordr")
    assert result.exit_code == 2
    assert result.stderr == "there is no policy called 'Backordr'; did you mean 'Backorder'?\n"


def test_a_reader_who_leaves_is_met_with_silence_and_141() -> None:
    command = [sys.executable, "-m", "sim", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        complaint = running.stderr.read()
    assert running.returncode == 141
    assert complaint == b""


def test_output_is_utf_8_where_the_system_would_write_something_else() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sim", "--help"],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert "“out of stock”" in done.stdout.decode("utf-8")


def test_the_documented_exit_codes_are_those_of_the_program() -> None:
    from sim.cli import exits

    documented = {
        int(row.split("|")[1])
        for row in COMMANDS.read_text(encoding="utf-8").splitlines()
        if row.startswith("| ") and row.split("|")[1].strip().isdigit()
    }
    assert documented == {0} | {v for n, v in vars(exits).items() if n.isupper() and v}
