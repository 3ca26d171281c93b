"""All links by system, and the page that lists them: `python -m tests.links.table` writes it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.links import customers, goods
from tests.links.link import Link
from tests.links.systems import SYSTEMS

LINKS: dict[int, tuple[Link, ...]] = {
    1: customers.SUPPORT,
    2: customers.INFORMATION,
    3: customers.MESSAGES,
    4: customers.KNOWLEDGE,
    5: customers.SOLUTIONS,
    6: customers.POLITENESS,
    7: customers.GIFTS,
    8: customers.RETENTION,
    9: goods.TEAM,
    10: goods.THIRD_PARTY,
    11: goods.LAUNCHES,
    12: goods.ALERTS,
    13: goods.FORECASTS,
    14: goods.SHIPMENT,
    15: goods.REST,
}
"""What proves each system."""
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "causal-links.md"
TABLE = re.compile(r"(?<=<!-- links -->\n).*?(?=<!-- end -->)", re.DOTALL)
OVERVIEW = re.compile(r"(?<=<!-- systems -->\n).*?(?=<!-- end -->)", re.DOTALL)


def every_link() -> list[Link]:
    """The links of all systems, in order."""
    return [link for links in LINKS.values() for link in links]


def table() -> str:
    """The table of the page."""
    rows = ["| Link | Proved by | Cut in |", "|---|---|---|"]
    for number, links in LINKS.items():
        rows.append(f"| **{number}. {SYSTEMS[number].name}** | | |")
        rows += [_row(link) for link in links]
    return "\n".join(rows) + "\n"


def overview() -> str:
    """Where each system is set, and what shows it."""
    rows = ["| System | Set in | Figures | Money |", "|---|---|---|---|"]
    for number, each in SYSTEMS.items():
        cells = (
            ", ".join(f"`{name}`" for name in names)
            for names in (each.blocks, each.kpis, each.money)
        )
        rows.append(f"| {number}. {each.name} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _row(link: Link) -> str:
    file, _, name = link.test.partition("::")
    module = f"sim/{link.module.replace('.', '/')}.py"
    return f"| {link.says} | `tests/{file}` {name} | `{module}` |"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    text = OVERVIEW.sub(lambda _: overview(), text)
    PAGE.write_text(TABLE.sub(lambda _: table(), text), encoding="utf-8")
