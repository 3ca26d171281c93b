"""Made-up orders of the toy shop, for the how-to page on backtests.

`python -m tests.history.toy_orders` writes them. A season that went otherwise than planned:
56 orders a day came, not 40, and the container came two days late. Dated a year before the season.
"""

import csv
from pathlib import Path

import numpy as np

from sim.demand import sample_orders
from sim.scenario import load_scenario
from sim.warehouse import simulate
from sim.warehouse import words as s

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
FILE = FOLDER / "toy-shop-orders.csv"
CHANGES = ["demand.orders_per_day=56", "opening.open_purchase_orders.0.due=2026-12-11"]
STARTS = np.datetime64("2025-11-24", "ms")


def rows(changes=CHANGES, seed=2025):
    """Order, date, product, units, shipping and cancellation of each line."""
    scenario = load_scenario(FOLDER / "toy-shop.yaml", changes)
    book = sample_orders(scenario, seed)
    orders = simulate(scenario, book, seed).orders
    ends = np.cumsum(book.orders["n_lines"])
    for number in np.flatnonzero(orders["accepted_at"] != s.NONE):
        ended = stamp(orders["ended_at"][number])
        shipped, cancelled = (orders["status"][number] == word for word in (s.SHIPPED, s.CANCELLED))
        for line in book.lines[ends[number] - book.orders["n_lines"][number] : ends[number]]:
            yield {
                "Order ID": f"T{number:04d}",
                "Order Date": stamp(orders["accepted_at"][number]),
                "SKU": scenario.products[line["sku"]].sku,
                "Quantity": int(line["units"]),
                "Shipped At": ended if shipped else "",
                "Cancelled At": ended if cancelled else "",
            }


def stamp(ms):
    """Milliseconds of the season as a date and time of the year before."""
    return str((STARTS + ms).astype("datetime64[m]")).replace("T", " ")


def write(file=FILE, lines=None):
    """Write the file."""
    lines = list(rows() if lines is None else lines)
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    write()
