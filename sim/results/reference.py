"""The reference page of every KPI, from the registry itself.

`python -m sim.results.reference > docs/reference/kpis.md` writes it anew.
"""

from __future__ import annotations

import sys

from sim.results.profit import LINES
from sim.results.registry import KPIS

_OPENING = """\
# KPI reference

Every figure of a season, generated from the registry with
`python -m sim.results.reference > docs/reference/kpis.md`. Names are those of `--json` and of the
tables on disk; a suffix such as `:pick_pack` is the same figure for one team. Better says which
direction is good, where that is clear. Figures in **bold** stand in the short table.
A figure without anything to count is unknown: `n/a` on the screen, `null` in `--json`, never 0.
"""

_LINES = """\
## Profit and loss

The lines add up to `season_profit`. Income is positive, cost negative, all in the scenario's
currency: of every line, higher is better.
"""


def page() -> str:
    """The page as Markdown."""
    figures = [
        f"| {f'**`{name}`**' if kpi.headline else f'`{name}`'} | {kpi.label} | {kpi.unit}"
        f" | {kpi.better or ''} | {kpi.definition} |"
        for name, kpi in KPIS.items()
    ]
    lines = [f"| `{name}` | {label} |" for name, label in LINES.items()]
    return "\n".join(
        [
            _OPENING,
            "| Name | On screens | Unit | Better | Definition |",
            "|---|---|---|---|---|",
            *figures,
            "",
            _LINES,
            "| Name | Line |",
            "|---|---|",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(page())
