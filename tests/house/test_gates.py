"""`python -m tests` fails when anything fails, and its last word is pytest's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import __main__ as round_of_gates

ROOT = Path(__file__).parents[2]


def run_round(*wishes: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests", "-p", "no:cacheprovider", *wishes]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("body", "code", "closing"), [("assert True", 0, "1 passed"), ("assert False", 1, "1 failed")]
)
def test_the_last_line_is_the_closing_line_of_pytest(
    tmp_path: Path, body: str, code: int, closing: str
) -> None:
    (tmp_path / "test_one.py").write_text(f"def test_one():\n    {body}\n", encoding="utf-8")
    done = run_round(str(tmp_path / "test_one.py"))
    assert done.returncode == code
    last = done.stdout.rstrip().splitlines()[-1]
    assert re.fullmatch(rf"=+ {closing} in [0-9.]+s =+", last)
    assert done.stderr == ""


def test_a_round_without_a_test_fails(tmp_path: Path) -> None:
    assert run_round(str(tmp_path)).returncode != 0


@pytest.mark.parametrize("fails", range(3))
def test_the_first_gate_that_fails_ends_the_round_with_its_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fails: int
) -> None:
    def gate(number: int) -> list[str]:
        touched = tmp_path / str(number)
        code = 7 if number == fails else 0
        work = f"from pathlib import Path; Path({str(touched)!r}).touch(); raise SystemExit({code})"
        return ["-c", work]

    monkeypatch.setattr(round_of_gates, "gates", lambda: [gate(number) for number in range(3)])
    assert round_of_gates.main([]) == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == [str(n) for n in range(fails + 1)]


def test_pytest_is_the_last_gate() -> None:
    assert [gate[1] for gate in round_of_gates.gates()].index("pytest") == 4
    assert len(round_of_gates.gates()) == 5
