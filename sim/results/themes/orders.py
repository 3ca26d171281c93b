"""Shoppers and orders: served at once, on backorder, lost or cancelled. By date of placement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
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
    Kpi(
        "backorder_share",
        "Orders placed with a backorder",
        "share",
        "`backorders` over `accepted_orders`.",
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
        "backorder_cancel_rate",
        "Share of backorders cancelled",
        "share",
        "Cancelled by a cause of waiting (not a changed mind) on an order with a backordered line, "
        "over `backorders`.",
        "lower",
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
)


def figures(view: View) -> dict[str, float]:
    """Counts and shares of shoppers, orders and units."""
    counts = view.counts.total
    n, accepted, cancelled = counts["orders"], counts["accepted"], counts["cancelled"]
    return {
        "orders": n,
        "accepted_orders": accepted,
        "shipped_orders": counts["shipped"],
        "open_orders": counts["open"],
        "fill_rate": ratio(counts["units_at_once"], counts["units"]),
        "order_fill_rate": ratio(counts["complete_at_once"], n),
        "line_fill_rate": ratio(counts["lines_at_once"], counts["lines"]),
        "shortage_rate": ratio(counts["short_at_first"], n),
        "backorder_rate": ratio(counts["backordered"], n),
        "backorder_share": ratio(counts["backordered"], accepted),
        "backorders": counts["backordered"],
        "backordered_units": counts["backordered_units"],
        "lost_orders": counts["lost"],
        "lost_sales": counts["lost_units"],
        "lost_sales_rate": ratio(counts["lost_units"], counts["units"]),
        "blocked_rate": ratio(counts["blocked"], n),
        "cancelled_orders": cancelled,
        "cancel_rate": ratio(cancelled, accepted),
        "cancelled_due_to_backorder_share": ratio(counts["cancelled_waiting"], cancelled),
        "backorder_cancel_rate": ratio(counts["cancelled_waiting"], counts["backordered"]),
        "alerts_signed_up": counts["signed_up"],
        "alerts_converted": counts["by_alert"],
    }
