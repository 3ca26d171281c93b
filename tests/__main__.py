"""Every gate a change must pass, cheapest first: `python -m tests`.

The first gate that fails ends the round with its exit code. Pytest comes last, so that a round that
passes ends with pytest's own closing line. What follows the command goes to pytest, and then only
pytest runs: `python -m tests tests/cli -x`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST_WORKERS = 8  # each worker imports Numba and pandas: more of them cost more than they bring


def gates() -> list[list[str]]:
    """The commands of the gates, as arguments of this very Python."""
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    return [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        ["-m", "pytest", "--numprocesses", workers, "--dist", "worksteal"],
    ]


def main(wishes: list[str]) -> int:
    """Run the gates one after the other; return the exit code of the first that fails, or 0."""
    for gate in [["-m", "pytest", *wishes]] if wishes else gates():
        sys.stdout.write(f"--- {gate[1] if gate[0] == '-m' else 'import-linter'}\n")
        sys.stdout.flush()
        code = subprocess.run([sys.executable, *gate], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
