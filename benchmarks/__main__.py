"""Run every benchmark: `python -m benchmarks`, or only some: `python -m benchmarks year workers`.

With `--write` the tables also go into docs/reference/benchmarks.md, each to its place there.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from benchmarks.measure import machine, placed

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks.md"
NAMES = (
    "ship_desk",
    "year",
    "profile_year",
    "average_company",
    "growth",
    "workers",
    "cluster",
    "report",
    "dashboard",
)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs page")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    for name in options.names or NAMES:
        text = f"{import_module(f'benchmarks.{name}').report()}\n\nMeasured with {machine()}."
        print(f"{name}\n{text}\n", flush=True)
        if options.write:
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(placed(page, name, text), encoding="utf-8")


if __name__ == "__main__":
    main()
