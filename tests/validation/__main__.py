"""Write the table of known answers into its page and for the screen, from what the command says.

peakwise validate --json > table.json
python -m tests.validation table.json
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "validation.md"
SCREEN = Path(__file__).parents[2] / "dashboard" / "known-answers.csv"
HEADING = "## The table\n"


def table(cases: list[dict[str, Any]]) -> str:
    """One row per figure."""
    passed = sum(case["pass"] for case in cases)
    rows = [
        f"{passed} of {len(cases)} figures agree.",
        "",
        "| case | policy | figure | expected | simulated | n | |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {case['case']} | {case['policy']} | `{case['figure']}` | {expected(case)} "
        f"| {case['simulated']:.6g} ± {case['half_width']:.2g} | {case['replications']} "
        f"| {'pass' if case['pass'] else '**FAIL**'} |"
        for case in cases
    ]
    return "\n".join(rows) + "\n"


def expected(case: dict[str, Any]) -> str:
    """The known value, and how well it is known."""
    within = f" ± {case['within']:.3g}" if case["within"] else ""
    return f"{case['expected']:.10g}{within}"


def screen(cases: list[dict[str, Any]]) -> list[list[str]]:
    """The same for the dashboard: a head and a row per figure."""
    return [["case", "policy", "figure", "expected", "simulated", "agrees", "source"]] + [
        [
            case["case"],
            case["policy"],
            case["figure"],
            expected(case),
            f"{case['simulated']:.6g} ± {case['half_width']:.2g}",
            "yes" if case["pass"] else "no",
            case["source"],
        ]
        for case in cases
    ]


def main(path: Path) -> None:
    """Put the table behind its heading, up to the end of the page, and into the screen's file."""
    head, found, behind = PAGE.read_text(encoding="utf-8").partition(HEADING)
    introduction = behind.partition("figures agree.")[0].rpartition("\n\n")[0] if found else ""
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    PAGE.write_text(f"{head}{HEADING}{introduction}\n\n{table(cases)}", encoding="utf-8")
    with SCREEN.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(screen(cases))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
