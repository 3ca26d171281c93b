"""Cases of known answers: what is checked, what is refused, and what the command says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.errors import ScenarioError
from sim.experiment.validate import Finding, validate
from sim.scenario.cases import case_files, load_cases

CASE = """\
name: Desk
season: {length: 400 hours, warm_up: 20 hours}
demand: {rate: 3 per hour, forecast_error: no}
products: [{sku: ITEM, stock: 1000000 units}]
people:
  pick_pack:
    waiting_room: 0
    service_target: 1 min
    work: {per_order: 1 hour, distribution: {exponential: 1}}
    cohorts: [{name: desk, people: 5}]
POLICIES
validation:
  source: Erlang B
  replications: 12
  expected: EXPECTED
"""
ERLANG_B = "0.1100543478"  # five people, an offered load of 3
POLICIES = "policies: {five: {}, six: {people.pick_pack.cohorts.desk.people: 6}}"


def written(folder: Path, expected: str, policies: str = "", name: str = "desk") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(CASE.replace("EXPECTED", expected).replace("POLICIES", policies))
    return path


def run(folder: Path, expected: str, policies: str = "", extra: str = "") -> list[Finding]:
    path = written(folder, expected, policies)
    path.write_text(path.read_text() + extra)
    return validate(load_cases([path]), workers=1)


def problem(folder: Path, expected: str, policies: str = "") -> str:
    with pytest.raises(ScenarioError) as caught:
        run(folder, expected, policies)
    return str(caught.value)


def test_a_true_answer_passes_and_a_wrong_one_fails(tmp_path: Path) -> None:
    (right,) = run(tmp_path, f"{{blocked_rate: {ERLANG_B}}}")
    assert right.passed
    assert right.id == "desk/blocked_rate"
    assert right.simulated == pytest.approx(0.110, abs=right.half_width)
    (wrong,) = run(tmp_path, "{blocked_rate: 0.2}")
    assert not wrong.passed
    assert (wrong.simulated, wrong.half_width) == (right.simulated, right.half_width)


def test_the_interval_is_at_the_level_of_the_whole_table(tmp_path: Path) -> None:
    (alone,) = run(tmp_path, "{blocked_rate: 0.11}")
    first, *_ = run(
        tmp_path, "{blocked_rate: 0.11, lost_orders: 132, orders: 1200, accepted_orders: 1068}"
    )
    assert first.half_width > 1.1 * alone.half_width


def test_what_the_source_does_not_know_is_added_to_the_interval(tmp_path: Path) -> None:
    (finding,) = run(tmp_path, '{blocked_rate: "0.2 ± 0.1"}')
    assert finding.passed
    assert (finding.expected, finding.within) == (0.2, 0.1)


def test_a_figure_per_time_is_divided_by_the_length_of_the_season(tmp_path: Path) -> None:
    hourly, total = run(tmp_path, "{orders per hour: 3, orders: 1200}")
    assert hourly.passed
    assert hourly.simulated * 400 == pytest.approx(total.simulated)


def test_answers_may_differ_by_policy(tmp_path: Path) -> None:
    findings = run(tmp_path, f"{{blocked_rate: {{five: {ERLANG_B}, six: 0.0521}}}}", POLICIES)
    assert [finding.id for finding in findings] == [
        "desk/five/blocked_rate",
        "desk/six/blocked_rate",
    ]
    assert all(finding.passed for finding in findings)


def test_one_answer_holds_under_every_policy(tmp_path: Path) -> None:
    findings = run(tmp_path, "{orders per hour: 3}", POLICIES)
    assert [finding.policy for finding in findings] == ["five", "six"]


def test_work_starts_at_once_or_never_where_nobody_may_wait(tmp_path: Path) -> None:
    level, stage = run(tmp_path, "{service_level: 1, pick_time_mean: 1}")
    assert (level.simulated, level.half_width, level.passed) == (1.0, 0.0, True)
    assert stage.passed


def test_intervals_of_studies_cover_as_often_as_they_say(tmp_path: Path) -> None:
    extra = "  studies_of: 5\n"
    (finding,) = run(tmp_path, f"{{blocked_rate: {ERLANG_B}}}", extra=extra)
    assert (finding.figure, finding.expected) == ("coverage of blocked_rate", 0.95)
    assert finding.passed
    (never,) = run(tmp_path, "{blocked_rate: 0.2}", extra=extra)
    assert (never.simulated, never.passed) == (0.0, False)


def test_the_result_does_not_depend_on_the_workers(tmp_path: Path) -> None:
    path = written(tmp_path, "{blocked_rate: 0.11}")
    cases = load_cases([path])
    assert validate(cases, 4, workers=1) == validate(cases, 4, workers=2)


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("{fill_rat: 1}", "there is no figure called 'fill_rat'"),
        ("{orders per fortnight: 1}", "'fortnight' is no unit of time"),
        ("{orders: {seven: 1}}", "no policy has this name"),
        ("{orders: many}", 'write e.g. 0.888 or "0.888 ± 0.0005"'),
        ("{overtime: {}}", "is empty"),
        ('{orders: "1 ± -1"}', "must not be negative"),
        ("{utilization:pack: 0.5}", "is not defined in this season"),
    ],
)
def test_a_case_that_cannot_be_checked_is_refused_with_its_place(
    tmp_path: Path, expected: str, message: str
) -> None:
    text = problem(tmp_path, expected.replace("utilization:pack", '"utilization:pack"'), POLICIES)
    assert message in text
    assert "desk.yaml:" in text


def test_a_season_without_answers_is_no_case(tmp_path: Path) -> None:
    path = written(tmp_path, "{orders: 1}")
    path.write_text(path.read_text().split("validation:")[0])
    with pytest.raises(ScenarioError, match="states no known answers"):
        load_cases([path])


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [written(tmp_path, "{orders: 1}"), written(tmp_path / "other", "{orders: 1}")]
    with pytest.raises(ScenarioError, match="another case has the same name"):
        load_cases(paths)


def test_cases_are_found_by_name_by_file_and_by_folder(tmp_path: Path) -> None:
    path = written(tmp_path, "{orders: 1}")
    assert case_files([str(tmp_path), str(path)]) == [path]
    assert [file.stem for file in case_files(["I01", "Q03"])] == ["I01", "Q03"]
    with pytest.raises(ScenarioError, match="did you mean 'I"):
        case_files(["I011"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(ScenarioError, match="holds no scenario file"):
        case_files([str(tmp_path / "empty")])


@pytest.mark.parametrize(("answer", "code"), [(ERLANG_B, 0), ("0.3", 4)])
def test_the_command_says_so_by_its_exit_code(tmp_path: Path, answer: str, code: int) -> None:
    path = written(tmp_path, f"{{blocked_rate: {answer}}}")
    shown = CliRunner().invoke(app, ["validate", str(path), "--workers", "1", "-q"])
    assert shown.exit_code == code, shown.output
    assert "Erlang B" in shown.stdout
    assert ("pass" in shown.stdout, "FAIL" in shown.stdout) == (code == 0, code == 4)
    told = CliRunner().invoke(app, ["validate", str(path), "--workers", "1", "-q", "--json"])
    assert told.exit_code == code
    (case,) = json.loads(told.stdout)["cases"]
    assert {"id", "expected", "simulated", "half_width", "pass"} <= set(case)
    assert case["pass"] is (code == 0)


def test_the_command_refuses_an_unknown_case() -> None:
    shown = CliRunner().invoke(app, ["validate", "I99"])
    assert shown.exit_code == 2
    assert "there is no case called 'I99'" in shown.stderr
