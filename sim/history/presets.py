"""What the exports of known shop systems look like: their headers and their habits.

Headers are compared without case, and with every run of other characters than letters, digits and
`#` as one space: `Lineitem SKU`, `lineitem-sku` and `lineitem_sku` are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

ROLES: Final[dict[str, str]] = {
    "order_id": "order number; rows with the same one are lines of one order",
    "placed_at": "date, or date and time, at which the order was placed",
    "sku": "product code",
    "quantity": "units",
    "price": "price of one unit",
    "line_total": "price of all units of the row, where there is no price of one",
    "customer_id": "opaque customer number: counted at reading, then dropped",
    "status": "state of the order or of its payment",
    "product_name": "what the product is called",
    "items": 'all products of the order in one cell, such as "2× Mug, 1× Globe"',
    "order_class": "class of the order, such as express",
    "shipped_at": "when the order, or this line of it, was shipped",
    "cancelled_at": "when the order was cancelled",
}
"""What a column may mean."""

REQUIRED: Final = ("order_id", "placed_at", "sku", "quantity")


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rows are no demand."""

    credit_prefixes: tuple[str, ...] = ()
    """An order number that begins with one of these is a credit note (a cancellation)."""
    adjustment_prefixes: tuple[str, ...] = ()
    """An order number that begins with one of these is an entry of the bookkeeper."""
    sku_pattern: str | None = None
    """A product code begins with this regular expression; others (postage, fees) are not products.
    None: every code is a product."""
    unpaid: frozenset[str] = frozenset()
    """States, in lower case, of orders that never became firm."""

    def describe(self) -> list[str]:
        """The rules in words, one line each."""
        lines = []
        for prefixes, meaning in (
            (self.credit_prefixes, "is a credit note"),
            (self.adjustment_prefixes, "is an adjustment"),
        ):
            if prefixes:
                lines.append(f"an order number beginning with {' or '.join(prefixes)} {meaning}")
        if self.sku_pattern is not None:
            lines.append(f"a product code begins with the pattern {self.sku_pattern}")
        if self.unpaid:
            lines.append(f"no order: status {', '.join(sorted(self.unpaid))}")
        return lines


@dataclass(frozen=True, slots=True)
class Preset:
    """The export of one shop system."""

    name: str
    """How it is called."""
    signature: frozenset[str]
    """Headers that give it away; all must be there."""
    aliases: dict[str, tuple[str, ...]]
    """Headers of each role, the likeliest first."""
    rules: Rules = field(default_factory=Rules)
    """Which rows are no demand."""
    fills_down: bool = False
    """Facts of the order stand on its first row only."""


_UNPAID = frozenset({"pending", "voided", "expired", "failed", "draft", "pending payment", "trash"})

SHOPIFY: Final = Preset(
    "Shopify orders",
    frozenset({"name", "lineitem quantity", "lineitem sku", "created at"}),
    {
        "order_id": ("name",),
        "placed_at": ("created at",),
        "sku": ("lineitem sku",),
        "quantity": ("lineitem quantity",),
        "price": ("lineitem price",),
        "status": ("financial status",),
        "product_name": ("lineitem name",),
        "shipped_at": ("fulfilled at",),
        "cancelled_at": ("cancelled at",),
    },
    Rules(unpaid=_UNPAID),
    fills_down=True,
)
AMAZON: Final = Preset(
    "Amazon all orders",
    frozenset({"amazon order id", "purchase date", "sku", "quantity"}),
    {
        "order_id": ("amazon order id",),
        "placed_at": ("purchase date",),
        "sku": ("sku",),
        "quantity": ("quantity",),
        "line_total": ("item price",),
        "status": ("order status",),
        "product_name": ("product name",),
    },
    Rules(unpaid=frozenset({"pending"})),
)
SHIPSTATION: Final = Preset(
    "ShipStation",
    frozenset({"order number", "date order date", "item sku", "item qty"}),
    {
        "order_id": ("order number",),
        "placed_at": ("date order date",),
        "sku": ("item sku",),
        "quantity": ("item qty",),
        "price": ("item unit price", "item price"),
        "product_name": ("item name",),
        "status": ("order status",),
    },
    Rules(unpaid=_UNPAID),
)
WOOCOMMERCE: Final = Preset(
    "WooCommerce Analytics orders",
    frozenset({"date", "order #", "product s"}),
    {
        "order_id": ("order #",),
        "placed_at": ("date",),
        "items": ("product s",),
        "status": ("status",),
    },
    Rules(unpaid=_UNPAID),
)
UCI: Final = Preset(
    "UCI Online Retail",
    frozenset({"stockcode", "quantity", "invoicedate"}),
    {
        "order_id": ("invoiceno", "invoice"),
        "placed_at": ("invoicedate",),
        "sku": ("stockcode",),
        "quantity": ("quantity",),
        "price": ("unitprice", "price"),
        "customer_id": ("customerid", "customer id"),
        "product_name": ("description",),
    },
    Rules(credit_prefixes=("C",), adjustment_prefixes=("A",), sku_pattern=r"\d{5}"),
)
GENERIC: Final = Preset(
    "generic",
    frozenset(),
    {
        "order_id": (
            *("order id", "order number", "order no", "order #", "orderid", "ordernumber"),
            *("order", "order name", "invoice no", "invoiceno", "invoice number", "invoice"),
            *("increment id", "transaction id", "sales order"),
        ),
        "placed_at": (
            *("placed at", "order date", "orderdate", "created at", "date created", "ordered at"),
            *("purchase date", "invoice date", "invoicedate", "order time", "datetime"),
            *("timestamp", "date"),
        ),
        "sku": (
            *("sku", "item sku", "product sku", "variant sku", "lineitem sku", "stock code"),
            *("stockcode", "item code", "product code", "product id", "item id", "item number"),
            *("article", "product"),
        ),
        "quantity": (
            *("quantity", "qty", "units", "item qty", "item quantity", "quantity ordered"),
            *("qty ordered", "lineitem quantity", "pieces"),
        ),
        "price": ("unit price", "unitprice", "price", "item price", "lineitem price", "item cost"),
        "line_total": ("line total", "total price", "row total", "amount"),
        "customer_id": ("customer id", "customerid", "customer number", "user id"),
        "status": ("status", "order status", "financial status", "payment status"),
        "product_name": ("product name", "item name", "description", "title"),
        "order_class": ("order class",),
        "shipped_at": (
            *("shipped at", "ship date", "shipped date", "date shipped", "shipped on"),
            *("fulfilled at", "dispatched at", "dispatch date"),
        ),
        "cancelled_at": (
            *("cancelled at", "canceled at", "cancelled on", "canceled on"),
            *("cancellation date", "cancel date"),
        ),
    },
    Rules(unpaid=_UNPAID),
)

PRESETS: Final = (SHOPIFY, AMAZON, SHIPSTATION, WOOCOMMERCE, UCI, GENERIC)
"""Known exports; the first whose signature fits is taken."""

_PERSONAL = re.compile(
    r"e ?mail|phone|fax|mobile|address|street|city|zip|post ?code|postal|province|recipient|buyer"
    r"|company|birth|gender|iban|payment reference|\bip\b|notes?\b|(billing|shipping|ship to)\b"
    r"|(first|last|full|customer|user|client|contact|account) ?name|^name$|^customer$|^employee$"
)


def plain_header(header: str) -> str:
    """A header as it is compared: lower case, words joined by single spaces."""
    return re.sub(r"[^\w#]+|_+", " ", header.casefold()).strip()


def is_personal(header: str) -> bool:
    """Whether a column by this header may say who somebody is."""
    return _PERSONAL.search(plain_header(header)) is not None
