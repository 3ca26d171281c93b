"""The reference page of a run's tables, from the declarations of their columns.

`python -m sim.results.tables_page > docs/reference/tables.md` writes it anew.
"""

from __future__ import annotations

import sys
from typing import Final

from sim.results.columns import COLUMNS, INSTANT

_ROWS: Final = {
    "orders": "One row per order and shopper of the order book.",
    "lines": "One row per order line.",
    "parcels": "One row per parcel whose goods were there.",
    "purchase_orders": "One row per purchase order; those open at the start first.",
    "shifts": "One row per person and rostered shift.",
    "space": "One row per instant at which a level changed.",
    "contacts": "One row per contact with the support desk, planned or made.",
}

_OPENING: Final = f"""\
# Tables of a run

Generated with `python -m sim.results.tables_page > docs/reference/tables.md`. `sim.results.tables`
gives these tables of one season; `--out` writes them of the median season, each with the column
`policy` in front. Instants are in "{INSTANT}": milliseconds since the start of the season. What did
not happen is missing.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [_OPENING]
    for table, columns in COLUMNS.items():
        rows = "\n".join(f"| `{c.name}` | {c.dtype} | {c.unit} | {c.meaning} |" for c in columns)
        head = "| Column | Dtype | Unit | Meaning |\n|---|---|---|---|"
        parts.append(f"## {table}\n\n{_ROWS[table]}\n\n{head}\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
