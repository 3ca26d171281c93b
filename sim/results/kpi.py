"""The registry of KPIs: name, unit, denominator and direction of each, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of a season."""

    name: str
    """Name in tables and `--json`; a suffix `:NAME` is the same figure for one team or class."""
    label: str
    """Plain words for screens."""
    unit: str
    """Unit of the value; `share` is 0 to 1."""
    definition: str
    """What is counted, over what."""
    better: Literal["higher", "lower"] | None = None
    """Which direction is better, where that is clear."""
    headline: bool = False
    """Whether it stands in the short table."""


_ROWS: tuple[Kpi, ...] = (
    Kpi(
        "season_profit",
        "Season profit",
        "money",
        "Sum of all lines of the profit and loss.",
        "higher",
        headline=True,
    ),
    Kpi(
        "revenue",
        "Net sales",
        "money",
        "Shipped units at their price, less discounts, of orders "
        "placed in the season or open at its start.",
        "higher",
        headline=True,
    ),
    Kpi(
        "orders",
        "Shoppers who wanted to order",
        "orders",
        "Shoppers who came in the season; one shopper counts once, however often they return.",
    ),
    Kpi("accepted_orders", "Orders placed", "orders", "Of these, orders that were placed."),
    Kpi(
        "shipped_orders",
        "Orders shipped",
        "orders",
        "Of these, orders handed over in full.",
        "higher",
        headline=True,
    ),
    Kpi(
        "open_orders",
        "Orders still open",
        "orders",
        "Of these, orders that had not ended when the run was cut off.",
        "lower",
    ),
    Kpi(
        "fill_rate",
        "Units served at once",
        "share",
        "Type 2: units on hand when first asked for, "
        "of orders placed at once, over all units asked for.",
        "higher",
        headline=True,
    ),
    Kpi(
        "order_fill_rate",
        "Orders complete at once",
        "share",
        "Orders placed at the first attempt with every unit on hand, over shoppers.",
        "higher",
    ),
    Kpi(
        "line_fill_rate",
        "Lines complete at once",
        "share",
        "Lines wholly on hand when first asked for, of orders placed at once, over all lines.",
        "higher",
    ),
    Kpi(
        "shortage_rate",
        "Orders that met a shortage",
        "share",
        "Shoppers who found a line short at their first attempt, over shoppers.",
        "lower",
    ),
    Kpi(
        "backorder_rate",
        "Orders with a backorder",
        "share",
        "Orders placed with a unit missing, over shoppers.",
    ),
    Kpi("backorders", "Backorders", "orders", "Orders placed with a unit missing.", headline=True),
    Kpi(
        "backordered_units", "Units backordered", "units", "Units missing when orders were placed."
    ),
    Kpi(
        "lost_orders",
        "Orders lost",
        "orders",
        "Shoppers who ended without an order.",
        "lower",
        headline=True,
    ),
    Kpi("lost_sales", "Units lost", "units", "Units of lost orders and of dropped lines.", "lower"),
    Kpi(
        "lost_sales_rate",
        "Share of units lost",
        "share",
        "`lost_sales` over all units asked for.",
        "lower",
    ),
    Kpi(
        "blocked_rate",
        "Turned away at a full waiting room",
        "share",
        "Shoppers lost because the waiting room was full, over shoppers.",
        "lower",
    ),
    Kpi(
        "cancelled_orders",
        "Orders cancelled",
        "orders",
        "Orders placed and cancelled later.",
        "lower",
    ),
    Kpi(
        "cancel_rate",
        "Share of orders cancelled",
        "share",
        "`cancelled_orders` over `accepted_orders`.",
        "lower",
        headline=True,
    ),
    Kpi(
        "cancelled_due_to_backorder_share",
        "Cancellations due to a backorder",
        "share",
        "Cancelled by a cause of waiting (not a changed mind) on an order with a backordered line, "
        "over `cancelled_orders`.",
    ),
    Kpi(
        "alerts_signed_up",
        "Signed up for an alert",
        "orders",
        "Shoppers who signed up at least once.",
    ),
    Kpi(
        "alerts_converted",
        "Bought from an alert",
        "orders",
        "Orders placed on return from an alert.",
        "higher",
    ),
    Kpi(
        "on_time_ship_rate",
        "Shipped on time",
        "share",
        "Orders shipped by the promised ship date, over `accepted_orders`.",
        "higher",
        headline=True,
    ),
    Kpi(
        "otif",
        "On time and in full",
        "share",
        "Orders delivered by the promised date, whole and "
        "without an error, over `accepted_orders`.",
        "higher",
        headline=True,
    ),
    Kpi(
        "cycle_time_mean",
        "Order to carrier, mean",
        "hours",
        "From placing the order to handing over its last parcel; shipped orders.",
        "lower",
    ),
    Kpi("cycle_time_p50", "Order to carrier, median", "hours", "Median of the same.", "lower"),
    Kpi(
        "cycle_time_p90",
        "Order to carrier, 9 of 10 within",
        "hours",
        "90 % quantile of the same.",
        "lower",
        headline=True,
    ),
    Kpi(
        "cycle_time_p99",
        "Order to carrier, 99 of 100 within",
        "hours",
        "99 % quantile of the same.",
        "lower",
    ),
    Kpi(
        "backorder_wait_mean",
        "Wait for stock, mean",
        "days",
        "From placing a backorder until its "
        "last unit was reserved; backorders filled by the end of the run and not cancelled.",
        "lower",
    ),
    Kpi(
        "backorder_wait_p90",
        "Wait for stock, 9 of 10 within",
        "days",
        "90 % quantile of the same, over the same backorders.",
        "lower",
        headline=True,
    ),
    Kpi(
        "stock_wait_mean",
        "Wait for stock over all orders",
        "days",
        "The same over all orders placed and filled, not cancelled; 0 when complete at once.",
        "lower",
    ),
    Kpi(
        "pick_wait_mean",
        "Wait for a picker, mean",
        "hours",
        "From ready to the start of picking, of parcels ready in the season and started.",
        "lower",
    ),
    Kpi(
        "pick_time_mean",
        "Ready until picked, mean",
        "hours",
        "Wait and work of the picking stage, of parcels ready in the season and picked.",
        "lower",
    ),
    Kpi(
        "pack_time_mean",
        "Picked until packed, mean",
        "hours",
        "Wait and work of the packing stage, of parcels ready in the season and packed; "
        "0 in one stage.",
        "lower",
    ),
    Kpi(
        "service_level",
        "Started within the target",
        "share",
        "Parcels that were started within `service_target` of being ready, over parcels ready "
        "in the season.",
        "higher",
    ),
    Kpi(
        "wait_probability",
        "Had to wait for a picker",
        "share",
        "Parcels that were not started or "
        "cancelled at the instant when they were ready, over parcels ready in the season.",
        "lower",
    ),
    Kpi(
        "queue_time_mean",
        "Time in the pick queue",
        "hours",
        "From ready until picking or cancelling, mean over parcels ready in the season.",
        "lower",
    ),
    Kpi(
        "backlog_max",
        "Largest backlog",
        "parcels",
        "Most parcels ready and not started.",
        "lower",
        headline=True,
    ),
    Kpi("backlog_mean", "Mean backlog", "parcels", "Time-weighted mean of the same.", "lower"),
    *(
        Kpi(
            f"{name}_{stat}",
            f"{label}, {words}",
            unit,
            f"{definition} {words[0].upper()}{words[1:]} over the season's time.",
            "lower" if name != "backorders_open" else None,
            headline=(name, stat) == ("space_used", "peak"),
        )
        for name, label, unit, definition in (
            (
                "space_used",
                "Backorder space used",
                "positions",
                "Goods in the backorder area, in positions.",
            ),
            (
                "space_committed",
                "Backorder space committed",
                "positions",
                "The same plus accepted units still to come.",
            ),
            ("backorders_open", "Backorders open", "orders", "Orders that wait for a unit."),
        )
        for stat, words in (
            ("peak", "peak"),
            ("mean", "mean"),
            ("p95", "95 % quantile"),
            ("p99", "99 % quantile"),
        )
    ),
    Kpi(
        "backorder_time_share",
        "Time with backorders",
        "share",
        "Time with an order waiting for stock, over the season's time.",
        "lower",
    ),
    Kpi(
        "space_over_capacity_share",
        "Time over the area's capacity",
        "share",
        "Time with more goods in the area than it holds, over the season's time.",
        "lower",
    ),
    Kpi("utilization", "Utilization", "share", "Busy over rostered time on shift, per team."),
    Kpi(
        "labor_hours",
        "Hours paid",
        "hours",
        "Paid hours in the season, with training and overtime.",
    ),
    Kpi("overtime_hours", "Overtime", "hours", "Overtime, ordered or to finish an order.", "lower"),
    Kpi(
        "labor_cost_per_order",
        "Labor per order shipped",
        "money",
        "All labor lines over `shipped_orders`.",
        "lower",
    ),
    Kpi(
        "lines_per_hour",
        "Lines per paid hour",
        "lines",
        "Lines shipped over paid hours of the picking teams.",
        "higher",
    ),
    Kpi("purchase_orders", "Purchase orders", "orders", "Purchase orders placed in the season."),
    Kpi(
        "inventory_cost",
        "Cost of inventory",
        "money",
        "Purchase orders, freight, holding stock, backorders and lost sales.",
        "lower",
    ),
    Kpi("on_hand_mean", "Units free on the shelf", "units", "Time-weighted mean, all products."),
    Kpi(
        "backorders_mean",
        "Units on backorder",
        "units",
        "Time-weighted mean, all products.",
        "lower",
    ),
    Kpi(
        "stockout_time_share",
        "Time without stock",
        "share",
        "Time without a free unit of a product, over the season's time; mean over products.",
        "lower",
    ),
    Kpi(
        "leftover_units",
        "Units left over",
        "units",
        "On hand or on order when the run ended.",
        "lower",
    ),
)

KPIS: dict[str, Kpi] = {row.name: row for row in _ROWS}
"""All KPIs by name. Lines of the profit and loss are KPIs too, see `profit.LINES`."""


def find_kpi(name: str) -> Kpi:
    """Return the KPI behind a name, which may carry a suffix `:team`.

    Raises:
        KeyError: if there is no such KPI.
    """
    return KPIS[name.partition(":")[0]]
