"""All links by system, and the page that lists them: `python -m tests.links.table` writes it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.links import customers, goods
from tests.links.link import SYSTEMS, Link

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


def every_link() -> list[Link]:
    """The links of all systems, in order."""
    return [link for links in LINKS.values() for link in links]


def table() -> str:
    """The table of the page."""
    rows = ["| Link | Proved by | Cut in |", "|---|---|---|"]
    for number, links in LINKS.items():
        rows.append(f"| **{number}. {SYSTEMS[number]}** | | |")
        rows += [_row(link) for link in links]
    return "\n".join(rows) + "\n"


def _row(link: Link) -> str:
    file, _, name = link.test.partition("::")
    module = f"sim/{link.module.replace('.', '/')}.py"
    return f"| {link.says} | `tests/{file}` {name} | `{module}` |"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: table(), text), encoding="utf-8")
