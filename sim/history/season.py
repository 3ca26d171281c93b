"""Write a fitted season in the scenario language, each figure with its source."""

from __future__ import annotations

import csv
import io
import json
import math
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.history.assumed import assumed_blocks, assumed_policies
from sim.history.baskets import mean_of
from sim.history.opening import opening_block, purchases_file, stock_file, write_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.history.fitting import FittedSeason
    from sim.history.mix import FittedProduct
    from sim.history.opening import OpeningPosition

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GLUE: Final = "\x1f"
_MANY: Final = 40
"""More products than this go into a file of their own."""
_NOTICEABLE: Final = 0.05
"""Prices are scaled when the revenue of the season would be off by more than this."""
COST_SHARE: Final = 0.45
"""Assumed landed cost as a share of the price."""


@dataclass(frozen=True, slots=True)
class SeasonText:
    """A scenario, as text."""

    scenario: str
    """The scenario file."""
    products: str | None
    """The file of products beside it; None if they stand in the scenario."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the season is called and where its figures come from."""

    name: str
    """Title of the season."""
    source: str
    """Source of the fitted figures."""
    currency: str = "USD"
    """Currency of the prices."""


def season_text(fitted: FittedSeason, heading: Heading, products_file: str) -> SeasonText:
    """Write the scenario.

    Args:
        fitted: The season.
        heading: Title, source and currency.
        products_file: Name of the products' file, used when there are many of them.
    """
    many = len(fitted.mix.products) > _MANY
    blocks = [
        _head(fitted, heading),
        _demand(fitted, heading),
        _product_file(fitted, products_file) if many else _product_list(fitted),
        assumed_blocks(fitted),
        assumed_policies(),
    ]
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    return SeasonText(text, _product_table(fitted) if many else None)


def write_season(
    fitted: FittedSeason,
    path: str | Path,
    heading: Heading,
    opening: OpeningPosition | None = None,
) -> tuple[Path, ...]:
    """Write the scenario, and `NAME-products.csv` beside it if there are many products.

    Args:
        fitted: The season.
        path: The scenario file.
        heading: Title, source and currency.
        opening: Stock and purchase orders on the first day, in tables beside the scenario.

    Returns:
        The files written, the scenario first.
    """
    scenario = Path(path)
    table = scenario.with_name(f"{scenario.stem}-products.csv")
    text = season_text(fitted, heading, table.name)
    written = [scenario]
    blocks = text.scenario
    if opening is not None:
        names = stock_file(scenario).name, purchases_file(scenario).name
        blocks += "\n" + "\n".join(opening_block(opening, *names)) + "\n"
        written += write_tables(opening, scenario)
    scenario.write_text(blocks, encoding="utf-8")
    if text.products is not None:
        table.write_text(text.products, encoding="utf-8")
        written.insert(1, table)
    return tuple(written)


def price_scale(fitted: FittedSeason) -> float:
    """Factor on median prices, 1 where they bring in the history's revenue as they are."""
    factor = fitted.price_factor
    if math.isnan(factor) or abs(factor - 1.0) <= _NOTICEABLE:
        return 1.0
    return factor


def known_to(fitted: FittedSeason) -> str:
    """How well the history tells the figures of the demand, as `peakwise sensitivity` reads it."""
    errors = fitted.errors
    known = (
        ("orders_per_day", errors.orders_per_day, 2),
        ("trend", errors.trend, 6),
        ("weekdays", errors.weekdays, 3),
        ("day_noise", errors.day_noise, 3),
    )
    parts = [f"{name} known to ±{1.96 * error:.{n}f}" for name, error, n in known if error > 0]
    lines = sum(product.lines for product in fitted.mix.products)
    return ", ".join([*parts, f"shares of products known from {lines:,} lines"])


def _head(fitted: FittedSeason, heading: Heading) -> list[str]:
    about = (
        f"Fitted by `peakwise fit` to an order history ({heading.source}). Demand, baskets,"
        " products and prices come from it. Supply, staff, costs and how customers wait are"
        " assumptions: replace them by what the shop knows."
    )
    return [
        *textwrap.wrap(about, 98, initial_indent="# ", subsequent_indent="# "),
        f"name: {_quoted(heading.name)}",
        'question: Sell on backorder, or show "out of stock" and send a back-in-stock email?',
        f"currency: {_quoted(heading.currency)}",
        "",
        f"season: {{start: {fitted.dates.start}, end: {fitted.dates.end}}}",
    ]


def _demand(fitted: FittedSeason, heading: Heading) -> list[str]:
    weekdays = dict(zip(_WEEKDAYS, fitted.weekdays, strict=True))
    lines, units = dict(fitted.lines_per_order), dict(fitted.units_per_line)
    return [
        "demand:",
        f"  source: {_quoted(f'{heading.source}; {known_to(fitted)}')}",
        f"  orders_per_day: {fitted.orders_per_day:.2f}"
        "            # on the first day, away from the holidays",
        f"  trend: {fitted.trend:.6f}                # growth per day"
        + (f", from {fitted.baseline.weeks} quiet weeks" if fitted.baseline.weeks else ": unknown"),
        *_flow_map("weekdays", {day: f"{weight:.3f}" for day, weight in weekdays.items()}, 2),
        *_hours(fitted),
        f"  day_noise: {fitted.day_noise:.3f}",
        *_peaks(fitted),
        "  forecast_error: {total: 15%, peak: 25%, sku_share: 30%, assumption: yes}",
        "  basket:",
        f"    # {mean_of(lines):.2f} lines per order, {mean_of(units):.2f} units per line,"
        f" from {fitted.basket_orders:,} orders",
        *_long_orders(fitted),
        *_flow_map("lines", _weights(lines), 4),
        *_flow_map("units_per_line", _weights(units), 4),
    ]


def _hours(fitted: FittedSeason) -> list[str]:
    if len(set(fitted.hours)) == 1:
        return ["  hours: flat                          # the history has no time of day"]
    weights = ", ".join(f"{weight:.3f}" for weight in fitted.hours)
    return _wrapped(f"hours: [{weights}]", 2)


def _peaks(fitted: FittedSeason) -> list[str]:
    if not fitted.peaks:
        return ["  peaks: []                            # none stands out from the baseline"]
    lines = ["  peaks:"]
    for peak in fitted.peaks:
        when = f"from: {peak.first}, to: {peak.last}"
        if peak.first == peak.last:
            when = f"on: {peak.first}"
        basis = f"{peak.days} days of the history, known to ±{1.96 * peak.error:.2f}"
        basis = basis if peak.times else "closed in the history"
        lines += [
            f"    - {{name: {_quoted(peak.name)}, {when}, times: {peak.times:.3f},",
            f"       source: {_quoted(basis)}}}",
        ]
    return lines


def _long_orders(fitted: FittedSeason) -> list[str]:
    if not fitted.long_orders:
        return []
    longest = max(fitted.lines_per_order)
    share = fitted.long_orders / fitted.basket_orders
    return [
        f"    # {fitted.long_orders} orders ({share:.1%}) have more than {longest} lines;"
        f" {longest} stands for them,",
        "    # weighted to keep the mean",
    ]


def _product_file(fitted: FittedSeason, name: str) -> list[str]:
    stand_ins = [product for product in fitted.mix.products if product.stands_for > 1]
    lines = [f"products: {name}"]
    note = _price_note(fitted)
    if stand_ins:
        behind = sum(product.stands_for for product in stand_ins)
        note += f"; {len(stand_ins)} stand-ins hold the demand of the other {behind:,} products"
    return [*textwrap.wrap(note, 98, initial_indent="# ", subsequent_indent="# "), *lines]


def _product_list(fitted: FittedSeason) -> list[str]:
    lines = [f"products:{' ' * 30}# {_price_note(fitted)}"]
    for row in _product_rows(fitted):
        text = ", ".join(
            f"{key}: {_quoted(value) if key in {'sku', 'name'} else value}"
            for key, value in row.items()
            if value
        )
        lines.append(f"  - {{{text}}}")
    return lines


def _product_table(fitted: FittedSeason) -> str:
    rows = _product_rows(fitted)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _product_rows(fitted: FittedSeason) -> list[dict[str, str]]:
    scale = price_scale(fitted)
    return [_product_row(product, scale) for product in fitted.mix.products]


def _product_row(product: FittedProduct, scale: float) -> dict[str, str]:
    known = not math.isnan(product.price)
    price = product.price * scale
    return {
        "sku": product.sku,
        "name": _plain(product.name),
        "share": f"{product.weight:.4%}",
        "price": f"{price:.2f}" if known else "",
        "cost": f"{price * COST_SHARE:.2f}" if known else "",
        "volume": "1 liter",
        "supplier": "supplier",
    }


def _price_note(fitted: FittedSeason) -> str:
    scale = price_scale(fitted)
    if scale == 1.0:
        return "median prices; costs and volumes are assumptions"
    return f"median prices × {scale:.2f}, so that revenue is the history's; costs are assumptions"


def _plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula, of printable characters."""
    clean = "".join(sign for sign in name if sign.isprintable()).strip()
    return clean.lstrip("=+-@ ")[:100]


def _weights(weights: Mapping[int, float]) -> dict[str, str]:
    """Weights in millionths that add up to 1 exactly, the largest remainders rounded up."""
    total = sum(weights.values())
    exact = {value: weight / total * 1e6 for value, weight in weights.items()}
    whole = {value: int(weight) for value, weight in exact.items()}
    missing = 1_000_000 - sum(whole.values())
    for value in sorted(exact, key=lambda each: whole[each] - exact[each])[:missing]:
        whole[value] += 1
    return {str(value): f"{count / 1e6:.6f}" for value, count in whole.items() if count}


def _flow_map(name: str, pairs: Mapping[str, str], indent: int) -> list[str]:
    # Pairs are kept whole: a line break between key and value is legal but hard on the eye.
    inside = ", ".join(f"{key}:{_GLUE}{value}" for key, value in pairs.items())
    return _wrapped(f"{name}: {{{inside}}}", indent)


def _wrapped(text: str, indent: int) -> list[str]:
    pad = " " * indent
    lines = textwrap.wrap(
        text, 98, initial_indent=pad, subsequent_indent=pad + "  ", break_on_hyphens=False
    )
    return [line.replace(_GLUE, " ") for line in lines]


def _quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar; JSON's are a subset."""
    return json.dumps(text, ensure_ascii=False)
