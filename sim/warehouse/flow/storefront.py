"""A shopper arrives: is the line in stock, what is quoted, which step is taken."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.accept import accept
from sim.warehouse.flow.alerts import lose, sign_up
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.laws import BAD_BOOK, become, require
from sim.warehouse.flow.parcels import blank_parcel
from sim.warehouse.flow.quote import (
    can_substitute,
    drop_short_lines,
    lacks,
    look,
    looks_short,
    substitute,
)
from sim.warehouse.flow.spans import span
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import (
    ACCEPT,
    ARRIVAL,
    AWAY,
    BLOCKED,
    COME_BACK,
    COMES_BACK,
    DROP_LINE,
    DROPPED,
    DROPS,
    EXPECTED,
    LEAVES_ELSEWHERE,
    LEFT,
    MAILED,
    NEVER,
    NONE,
    OPENED,
    PURPOSE_COME_BACK,
    PURPOSE_SIGN_UP,
    SEASON_OVER,
    SIGN_UP,
    SIGNS_UP,
    SUBSTITUTE,
    SUBSTITUTES,
)


@compiled
def arrive(s: Flow, o: int) -> None:
    """Shopper o comes to the shop, for the first time or again."""
    c = s.counters[0]
    order = s.order[o]
    if order["status"] == EXPECTED:
        _unfold(s, o)
        if c["law"] != 0:
            return
    else:
        order["by_alert"] = order["status"] == MAILED
        order["attempt"] += 1
    buys, quote, short = True, wide(0), False
    if wide(s.book[o]["flags"]) & OPENED != 0:
        short = is_short(s, o)
    else:
        if c["season_over"] != 0:
            lose(s, o, SEASON_OVER)
            return
        if c["room_team"] != NONE and _finds_room_full(s):
            lose(s, o, BLOCKED)
            return
        if finds_short(s, o):
            buys, quote, short = _decide(s, o)
        if c["live_stock"] == 0:
            short = buys and is_short(s, o)
    if buys:
        accept(s, o, quote, short)


@compiled
def _unfold(s: Flow, o: int) -> None:
    """Prepare the rows of an order that arrives for the first time.

    Compiled code checks no bounds, so that everything it will follow is checked here.
    """
    c = s.counters[0]
    order, book = s.order[o], s.book[o]
    order["link"] = NONE
    order["accepted_at"] = NONE
    order["quote"] = NONE
    order["waits_from"] = NONE
    order["ended_at"] = NONE
    blank_parcel(s.parcel[o])
    first = wide(book["first_line"])
    last = first + wide(book["n_lines"])
    order["first_line"] = first
    order["n_lines"] = book["n_lines"]
    order["error_u"] = book["error_u"]
    class_ = wide(book["class_"])
    fits = first == c["next_line"] and first < last <= c["n_lines"]
    fits = fits and 0 <= class_ < c["n_classes"]
    require(c, fits, BAD_BOOK, o)
    if not fits:
        return
    c["next_line"] = last
    for j in range(first, last):
        s.line[j]["wait"] = NONE
        asked = s.book_line[j]
        known = 0 <= asked["sku"] < c["n_skus"] and asked["units"] >= 1
        require(c, known, BAD_BOOK, o)


@compiled
def finds_short(s: Flow, o: int) -> bool:
    """Whether the shopper sees some line as not on the shelf in full."""
    book = s.book[o]
    first = wide(book["first_line"])
    short = False
    for j in range(first, first + wide(book["n_lines"])):
        short = short or looks_short(s, j)
    return short


@compiled
def is_short(s: Flow, o: int) -> bool:
    """Whether some line of what is bought is not on the shelf in full."""
    book = s.book[o]
    first = wide(book["first_line"])
    short = False
    for j in range(first, first + wide(book["n_lines"])):
        short = short or (s.line[j]["wait"] != DROPPED and lacks(s, j))
    return short


@compiled
def _finds_room_full(s: Flow) -> bool:
    """The waiting room holds as many orders as it may, besides those that idle people can take."""
    c = s.counters[0]
    team = s.team[c["room_team"]]
    return bool(team["unlimited"] == 0 and c["backlog"] - team["idle"] >= team["waiting_room"])


@compiled
def _decide(s: Flow, o: int) -> tuple[bool, int, bool]:
    """Some line is short: the shopper takes the first step that is on offer and suits them.

    Returns:
        Whether they buy; the quoted wait in ms; whether some line is still short.
    """
    c = s.counters[0]
    order, book = s.order[o], s.book[o]
    if order["attempt"] == 0:
        order["short_at_first"] = 1
    quote, offered, alert_sku, elsewhere = look(s, o)
    steps = (c["step0"], c["step1"], c["step2"], c["step3"], c["step4"])
    needed_by = span(book["needed_by"])
    in_time = needed_by == NEVER or c["now"] + quote <= needed_by
    agrees = offered and quote <= span(book["max_quote"]) and in_time
    if not (elsewhere and wide(book["flags"]) & LEAVES_ELSEWHERE):
        for n in range(c["n_steps"]):
            if steps[n] == ACCEPT and agrees:
                return True, quote, True
            if _changes_basket(s, o, steps[n]):
                return True, wide(0), False
            if _postpones(s, o, steps[n], alert_sku):
                return False, wide(0), False
    lose(s, o, LEFT)
    return False, wide(0), False


@compiled
def _changes_basket(s: Flow, o: int, step: int) -> bool:
    """The shopper takes substitutes, or drops what is short: nothing is short any longer."""
    flags = wide(s.book[o]["flags"])
    if step == SUBSTITUTE and flags & SUBSTITUTES and can_substitute(s, o):
        substitute(s, o)
        return True
    return bool(step == DROP_LINE and flags & DROPS and drop_short_lines(s, o))


@compiled
def _postpones(s: Flow, o: int, step: int, alert_sku: int) -> bool:
    """The shopper signs up for an alert, or comes back later unprompted."""
    c = s.counters[0]
    if step == SIGN_UP and alert_sku != NONE and _wants_alert(s, o):
        sign_up(s, o, alert_sku)
        return True
    if step == COME_BACK and _wants_to_come_back(s, o):
        become(s, o, wide(AWAY))
        s.order[o]["comebacks"] += 1
        push(s.heap, c, c["now"] + span(s.book[o]["comeback_after"]), ARRIVAL, o)
        return True
    return False


@compiled
def _wants_alert(s: Flow, o: int) -> bool:
    c = s.counters[0]
    attempt = wide(s.order[o]["attempt"])
    if attempt == 0:
        return wide(s.book[o]["flags"]) & SIGNS_UP != 0
    if c["sign_up_again"] == 0:
        return False
    return happens(s, o, wide(PURPOSE_SIGN_UP), attempt, c["sign_up_threshold"])


@compiled
def _wants_to_come_back(s: Flow, o: int) -> bool:
    c = s.counters[0]
    order = s.order[o]
    if order["comebacks"] >= c["comebacks_at_most"]:
        return False
    if order["comebacks"] == 0:
        return wide(s.book[o]["flags"]) & COMES_BACK != 0
    occasion = wide(order["attempt"])
    return happens(s, o, wide(PURPOSE_COME_BACK), occasion, c["come_back_threshold"])
