"""Back-in-stock e-mails, and the shoppers who wait for one."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.laws import become
from sim.warehouse.flow.spans import span
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import (
    ARRIVAL,
    AWAY,
    LOST,
    MAILED,
    NEVER,
    NONE,
    NOT_CONVERTED,
    SEASON_OVER,
    SIGNED_UP,
)


@compiled
def lose(s: Flow, o: int, reason: int) -> None:
    """The would-be buyer is lost."""
    c = s.counters[0]
    order = s.order[o]
    become(s, o, wide(LOST))
    order["reason"] = reason
    order["ended_at"] = c["now"]
    c["lost"] += 1


@compiled
def sign_up(s: Flow, o: int, k: int) -> None:
    """The shopper joins the list of SKU k."""
    order, sku = s.order[o], s.sku[k]
    become(s, o, wide(SIGNED_UP))
    order["waits_from"] = s.counters[0]["now"]
    order["link"] = NONE
    if sku["signups_head"] == NONE:
        sku["signups_head"] = o
    else:
        s.order[sku["signups_tail"]]["link"] = o
    sku["signups_tail"] = o
    sku["signups"] += 1


@compiled
def start_mailing(s: Flow, k: int) -> None:
    """Units of SKU k reached the shelf: its list is mailed, from this instant on."""
    c = s.counters[0]
    sku = s.sku[k]
    if sku["signups_head"] == NONE or sku["mailing"] != 0:
        return
    sku["mailing"] = 1
    sku["next_mail_at"] = c["now"]
    push(s.heap, c, c["now"], ARRIVAL, c["n_orders"] + k)


@compiled
def send_mail(s: Flow, k: int) -> None:
    """The next e-mail of SKU k is due, or all of them."""
    c = s.counters[0]
    sku = s.sku[k]
    if sku["mailing"] == 0 or sku["next_mail_at"] != c["now"]:
        return
    if c["mail_all"] != 0:
        for _ in range(sku["signups"]):
            _mail_first(s, k)
    elif (c["recheck"] == 0 or sku["free"] > 0) and not _is_back_already(s, k):
        _mail_first(s, k)
        for _ in range(1, wide(c["mail_batch"])):
            if sku["signups_head"] != NONE and not _is_back_already(s, k):
                _mail_first(s, k)
        if sku["signups_head"] != NONE:
            sku["next_mail_at"] = c["now"] + c["mail_gap"]
            push(s.heap, c, sku["next_mail_at"], ARRIVAL, c["n_orders"] + k)
            return
    sku["mailing"] = 0
    sku["next_mail_at"] = NEVER


@compiled
def _is_back_already(s: Flow, k: int) -> bool:
    """The next on the list returned at this very instant and found it short again.

    Mailing them at once, again and again, would never end.
    """
    order = s.order[s.sku[k]["signups_head"]]
    return bool(order["attempt"] > 0 and order["waits_from"] == s.counters[0]["now"])


@compiled
def _mail_first(s: Flow, k: int) -> None:
    """Mail the first on the list: they return to buy, or their intent has faded."""
    c = s.counters[0]
    sku = s.sku[k]
    o = wide(sku["signups_head"])
    order, book = s.order[o], s.book[o]
    sku["signups_head"] = order["link"]
    if order["link"] == NONE:
        sku["signups_tail"] = NONE
    order["link"] = NONE
    sku["signups"] -= 1
    order["mails"] += 1
    back_at = c["now"] + span(book["alert_opened_after"])
    if span(book["alert_intent"]) >= back_at - order["waits_from"]:
        become(s, o, wide(MAILED))
        push(s.heap, c, back_at, ARRIVAL, o)
    else:
        lose(s, o, NOT_CONVERTED)


@compiled
def end_season(s: Flow) -> None:
    """The season is over: sign-ups, mailed shoppers and planned comebacks are lost."""
    c = s.counters[0]
    c["season_over"] = 1
    for o in range(c["next_order"]):
        status = s.order[o]["status"]
        if status in (AWAY, SIGNED_UP, MAILED):
            lose(s, o, SEASON_OVER)
            s.order[o]["link"] = NONE
    for k in range(c["n_skus"]):
        sku = s.sku[k]
        sku["signups_head"] = NONE
        sku["signups_tail"] = NONE
        sku["signups"] = 0
        sku["mailing"] = 0
        sku["next_mail_at"] = NEVER
