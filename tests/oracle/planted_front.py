"""Bugs planted in the storefront: what shoppers are shown, and what they do."""

from __future__ import annotations

from tests.oracle.mutant import Mutant

FRONT = (
    Mutant(
        "a line of exactly what is on hand is short",
        "flow/storefront.py",
        "short = short or looks_short(s, j)",
        'short = short or s.sku[s.book_line[j]["sku"]]["free"] <= s.book_line[j]["units"]',
    ),
    Mutant(
        "the quote forgets the queue",
        "flow/quote.py",
        'if coming["units"] >= queue + missing:',
        'if coming["units"] >= missing:',
    ),
    Mutant(
        "a cap leaves room for one unit less",
        "flow/quote.py",
        'sku["backorders"] + missing <= sku["cap_units"]',
        'sku["backorders"] + missing < sku["cap_units"]',
    ),
    Mutant(
        "room in the area counts only what is used",
        "flow/quote.py",
        'c["committed"] + space > c["capacity"]',
        'c["used"] + space > c["capacity"]',
    ),
    Mutant(
        "the sign-up is for the last of equal quotes",
        "flow/quote.py",
        "and wait > alert_wait",
        "and wait >= alert_wait",
    ),
    Mutant(
        "two lines may take the same substitute",
        "flow/quote.py",
        "if sku_of(s, each) == other or (each < j and _substitute_of(s, each) == other):",
        "if sku_of(s, each) == other:",
    ),
    Mutant(
        "a returning shopper always signs up again",
        "flow/storefront.py",
        'if c["sign_up_again"] == 0:\n        return False',
        'if c["sign_up_again"] == 0:\n        return True',
    ),
    Mutant(
        "customers who wait for all ship each line as it comes",
        "flow/stock.py",
        'if order["split"] != 0 or order',
        'if s.counters[0]["split"] != 0 or order',
    ),
    Mutant(
        "a customer with two lines has no choice",
        "flow/splitting.py",
        's.book[o]["n_lines"] > 1',
        's.book[o]["n_lines"] > 2',
    ),
    Mutant(
        "who picks wraps as well",
        "flow/parcels.py",
        'if c["wraps"] != 0 and (c["two_stage"] == 0 or not picks):',
        'if c["wraps"] != 0:',
    ),
    Mutant(
        "many units are wrapped as fast as one",
        "flow/wrapping.py",
        'c["wrap_unit"] * units',
        'c["wrap_unit"]',
    ),
    Mutant(
        "what is in the order is recommended once more",
        "flow/extras.py",
        " and not _holds(s, o, k)",
        "",
    ),
    Mutant(
        "a batch of e-mails is followed by the pause of one",
        "setup.py",
        "HOUR * alerts.batch // alerts.per_hour",
        "HOUR // alerts.per_hour",
    ),
    # What shoppers are shown as on hand may be out of date.
    Mutant(
        "shoppers see the shelf as it is",
        "flow/quote.py",
        'sku["free"] if s.counters[0]["live_stock"] != 0 else sku["shown"]',
        'sku["free"]',
    ),
    Mutant(
        "who was shown a shortage waits though all is there",
        "flow/storefront.py",
        "short = buys and is_short(s, o)",
        "short = buys and (short or is_short(s, o))",
    ),
    Mutant(
        "a dropped line is oversold",
        "flow/storefront.py",
        's.line[j]["wait"] != DROPPED and lacks(s, j)',
        "lacks(s, j)",
    ),
)
