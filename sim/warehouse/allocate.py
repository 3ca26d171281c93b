"""Making the arrays of the order flow, and making them larger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict, Unpack

import numpy as np

from sim.demand.order_book import LINE as BOOK_LINE
from sim.demand.order_book import blank_orders
from sim.errors import SimulationError
from sim.warehouse.care_rows import CARE, CARE_PLAN, MESSAGE
from sim.warehouse.chance_rows import QUANTILE, QUANTILES
from sim.warehouse.compiled import handle_of, warm_up
from sim.warehouse.desk_rows import CONCERN, CONTACT, DESK, SOLUTION
from sim.warehouse.goods_rows import BACK, CUT, DOCK, EXTRA, QUEUED, SLOW, WAIT
from sim.warehouse.people_rows import PERSON, ROLL, SERVED, TEAM, WORK_QUEUE
from sim.warehouse.state import (
    COUNTERS,
    DAY,
    DAY_LENGTH,
    HEAP,
    LINE,
    ORDER,
    PARCEL,
    PIPELINE,
    PIPELINE_SLOTS,
    SKU,
    SPACE,
    TABLES,
    Row,
    Table,
)
from sim.warehouse.words import END, FIRST_PICK, NEVER, NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_LINES = int(np.iinfo(np.int16).max)
"""Most lines of an order: they are counted in 16 bits."""
FIRST_ROWS = 1024
"""Rows with which the growing tables begin."""
GROWING = ("heap", "space", "dock", "wait", "parcel", "contact")
"""Tables filled from the front; the counter `<name>_n` says how far."""
_SHORT_LINES = 8
"""Of so many further lines of split orders, one is at first expected to need a parcel."""
_SPARE = 16
"""Rows that a growing table has left when the flow goes on, besides those it may ask for."""


class State:
    """The tables of one run, under the names of `TABLES`.

    Those of `GROWING` are replaced by larger ones when they fill up: read them from here each time.
    The other tables are never replaced, only written into.
    """

    __slots__ = (*TABLES, "c", "handle", "serves")

    counters: Table
    book: Table
    book_line: Table
    order: Table
    line: Table
    wait: Table
    parcel: Table
    sku: Table
    queued: Table
    pipeline: Table
    queue: Table
    person: Table
    team: Table
    served: Table
    dock: Table
    heap: Table
    care: Table
    back: Table
    extra: Table
    care_plan: Table
    message: Table
    solution: Table
    day: Table
    space: Table
    cuts: Table
    slow: Table
    roll: Table
    quantile: Table
    desk: Table
    contact: Table
    concern: Table

    c: Row
    """The one row of `counters`."""
    serves: NDArray[np.int64]
    """Queues that each team serves, in order, ended by NONE; shape (teams, queues + 1)."""
    handle: Any
    """What `call` takes: the addresses of the tables, or, uncompiled, this state."""

    def __init__(self, tables: dict[str, Table]) -> None:
        for name in TABLES:
            setattr(self, name, tables[name])
        self.c = self.counters[0]
        self.serves = self.served.view(np.int64).reshape(len(self.team), -1)
        self._locate()

    def grow(self) -> None:
        """Make every growing table large enough for the next event, and for twice what it holds."""
        mails, lines = int(self.sku["signups"].max(initial=0)), int(self.c["lines_at_most"])
        trips = int(self.c["pickup_n"]) if self.c["returns"] else 0
        more = {
            "heap": len(self.sku) + len(self.message) + mails + trips,
            "wait": lines,
            "parcel": lines,
            "dock": lines,
        }
        at_most = {"parcel": int(self.c["n_parcels"])}
        for name in GROWING:
            table, filled = getattr(self, name), int(self.c[f"{name}_n"])
            begun = len(self.order) if name == "parcel" else 0
            room = filled + more.get(name, 0) + _SPARE
            if min(room, at_most.get(name, room)) > len(table):
                larger = np.zeros(room + (filled - begun), table.dtype)
                n_bytes = filled * table.itemsize  # NumPy would copy rows field by field
                larger.view(np.uint8)[:n_bytes] = table.view(np.uint8)[:n_bytes]
                setattr(self, name, larger)
        self._locate()

    def release(self) -> None:
        """Let go of every table, at the end of the run; the ledger keeps those that it needs.

        The processes of a run refer to each other in circles, and are taken apart only when the
        collector comes by. Until then its tables would lie beside those of the next run.
        """
        del self.c, self.serves, self.handle
        for name in TABLES:
            delattr(self, name)

    def _locate(self) -> None:
        for name in ("heap", "space", "wait", "parcel", "dock", "contact"):
            self.c[f"{name}_room"] = len(getattr(self, name))
        self.handle = handle_of(self, TABLES)


class Sizes(TypedDict, total=False):
    """How large a run is, and what cannot change within it."""

    n_skus: Required[int]
    """Products."""
    n_people: int
    """People of all cohorts, hired or not yet; 0."""
    n_teams: int
    """Teams; 1."""
    n_classes: int
    """Order classes; 1."""
    n_cuts: int
    """Rows of the cut-off table; 0."""
    n_slow: int
    """Slow stretches of the carrier; 0."""
    lasts: int
    """When the run ends at the latest, in ms; 0."""
    split: bool
    """Split shipments: lines may become parcels of their own, at once; no."""
    splits_later: bool
    """The same, on request; no."""
    by_class: bool
    """Arriving units go to higher classes first; no."""
    stretches: int
    """Distributions that amounts are drawn from by hash; 0."""
    answers: bool
    """There is a team that answers contacts, with a queue; no."""
    desk: bool
    """Customers make contacts: rows of `concern`; no."""
    care: bool
    """The shop looks after waiting orders: rows of `care`; no."""
    returns: bool
    """Orders may come back: rows of `back`; no."""
    recommends: bool
    """Alerts recommend a product: rows of `extra`; no."""
    n_messages: int
    """Kinds of messages to customers who wait; 0."""
    n_solutions: int
    """Solutions that agents offer; 0."""


def allocate(orders: Table, lines: Table, **sizes: Unpack[Sizes]) -> State:
    """Empty state for a book of orders; every parameter switched off.

    Without further settings: no stock, no people, every wait accepted, no area, no carrier, one
    stage of picking and packing, live information, and the step `accept` only.

    Args:
        orders: Orders of the book, dtype `sim.demand.order_book.ORDER`.
        lines: Lines of the book, dtype `sim.demand.order_book.LINE`.
        sizes: How large the run is.
    """
    warm_up()
    return _allocate(orders, lines, sizes)


def _allocate(orders: Table, lines: Table, sizes: Sizes) -> State:
    n_skus, n_teams = sizes["n_skus"], sizes.get("n_teams", 1)
    n_classes, n_people = sizes.get("n_classes", 1), sizes.get("n_people", 0)
    split = sizes.get("split", False)
    splits = split or sizes.get("splits_later", False)
    extra = max(0, len(lines) - len(orders)) if splits else 0
    parcels = len(orders) + min(extra, extra // _SHORT_LINES + FIRST_ROWS)
    answers, desk = sizes.get("answers", False), sizes.get("desk", False)
    n_queues = FIRST_PICK + 2 * (n_classes + 1) + answers
    state = State(
        {
            "counters": np.zeros(1, COUNTERS),
            "book": _read_only(orders),
            "book_line": _read_only(lines),
            "order": np.zeros(len(orders), ORDER),
            "line": np.zeros(len(lines), LINE),
            "wait": np.zeros(FIRST_ROWS, WAIT),
            "parcel": np.zeros(parcels, PARCEL),
            "sku": _skus(n_skus),
            "queued": _ends(n_skus * n_classes, QUEUED),
            "pipeline": np.zeros(n_skus * PIPELINE_SLOTS, PIPELINE),
            "queue": _ends(n_queues, WORK_QUEUE),
            "person": _people(n_people),
            "team": _teams(n_teams),
            "served": _served(n_teams * (n_queues + 1)),
            "dock": np.zeros(FIRST_ROWS, DOCK),
            "heap": np.zeros(FIRST_ROWS + 2 * n_skus + n_people, HEAP),
            "back": _back(len(orders) if sizes.get("returns") else 1),
            "extra": _extra(len(orders) if sizes.get("recommends") else 1),
            "care": np.zeros(len(orders) if sizes.get("care") else 0, CARE),
            "care_plan": _care_plan(),
            "message": np.zeros(sizes.get("n_messages", 0), MESSAGE),
            "solution": np.zeros(sizes.get("n_solutions", 0), SOLUTION),
            "day": _days(sizes.get("lasts", 0)),
            "space": np.zeros(FIRST_ROWS, SPACE),
            "cuts": np.zeros(sizes.get("n_cuts", 0), CUT),
            "slow": np.zeros(sizes.get("n_slow", 0), SLOW),
            "roll": np.zeros(n_people, ROLL),
            "quantile": np.zeros(sizes.get("stretches", 0) * QUANTILES, QUANTILE),
            "desk": _desk(),
            "contact": np.zeros(FIRST_ROWS if desk else 16, CONTACT),
            "concern": np.zeros(len(orders) if desk else 1, CONCERN),
        }
    )
    state.c["returns"] = sizes.get("returns", False)
    state.c["recommends"] = sizes.get("recommends", False)
    state.c["n_parcels"] = len(orders) + extra
    longest = int(state.book["n_lines"].max(initial=1))
    if longest > MOST_LINES:
        message = f"an order has {longest:,} lines; at most {MOST_LINES:,} are simulated"
        raise SimulationError(message)
    # What is recommended is one line more.
    state.c["lines_at_most"] = longest + bool(sizes.get("recommends"))
    state.c["care"], state.c["desk"] = sizes.get("care", False), desk
    state.c["contact_queue"] = n_queues - 1 if answers else NEVER
    _set_counters(state, n_classes, split=split, by_class=sizes.get("by_class", False))
    return state


def _set_counters(state: State, n_classes: int, *, split: bool, by_class: bool) -> None:
    n_orders = len(state.order)
    settings = {
        "fresh": NONE,
        "next_at": max(0, int(state.book[0]["placed_at"])) if n_orders else NEVER,
        "law_row": NONE,
        "parcel_n": n_orders,
        "n_orders": n_orders,
        "n_lines": len(state.line),
        "n_skus": len(state.sku),
        "n_classes": n_classes,
        "n_lists": n_classes if by_class else 1,
        "n_people": len(state.person),
        "n_teams": len(state.team),
        "n_queues": len(state.queue),
        "n_days": len(state.day),
        "days_open": 1,
        "first_pack": FIRST_PICK + n_classes + 1,
        "third_head": NONE,
        "pickup_head": NONE,
        "pickup_tail": NONE,
        "look_head": NONE,
        "look_tail": NONE,
        "notes_by": NEVER,
        "live_information": 1,
        "live_stock": 1,
        "cap_quote": NEVER,
        "n_steps": 1,
        "recheck": 1,
        "mail_batch": 1,
        "recommended": NONE,
        "slow_retrieval": 1000,
        "stations": NEVER,
        "room_team": NONE,
        "split": split,
        "n_cuts": len(state.cuts),
        "n_slow": len(state.slow),
        "n_messages": len(state.message),
    }
    for name, value in settings.items():
        state.c[name] = value


def _read_only(array: Table) -> Table:
    """The same rows, contiguous, that nobody writes to."""
    view = np.ascontiguousarray(array).view()
    view.setflags(write=False)
    return view


def _ends(n: int, dtype: np.dtype[np.void]) -> Table:
    ends = np.zeros(n, dtype)
    ends["head"] = ends["tail"] = NONE
    return ends


def _days(lasts: int) -> Table:
    """A row for every day of the run and one for what comes after; at least the first."""
    days = np.zeros(lasts // DAY_LENGTH + (2 if lasts else 1), DAY)
    days["head"] = END
    return days


def _back(n: int) -> Table:
    back = np.zeros(n, BACK)
    back["at"] = NONE
    return back


def _extra(n: int) -> Table:
    extra = np.zeros(n, EXTRA)
    extra["sku"] = NONE
    return extra


def _care_plan() -> Table:
    plan = np.zeros(1, CARE_PLAN)
    plan["consent_after"] = NEVER
    plan["gift"] = NONE
    return plan


def _desk() -> Table:
    desk = np.zeros(1, DESK)
    desk["restless"] = QUANTILES
    return desk


def _served(n: int) -> Table:
    served = np.zeros(n, SERVED)
    served["queue"] = NONE
    return served


def _skus(n: int) -> Table:
    skus = np.zeros(n, SKU)
    links = ("substitute", "supplier", "signups_head", "signups_tail")
    for name in (*links, "trigger", "noted_at", "news_at"):
        skus[name] = NONE
    skus["cap_units"] = skus["next_mail_at"] = skus["hurry_from"] = NEVER
    skus["weight"] = 1000
    return skus


def _people(n: int) -> Table:
    people = np.zeros(n, PERSON)
    for name in ("task", "next", "prev", "queue"):
        people[name] = NONE
    people["speed"] = 1000
    people["done_at"] = NEVER
    return people


def _teams(n: int) -> Table:
    teams = np.zeros(n, TEAM)
    teams["idle_head"] = teams["idle_tail"] = teams["waiting_room"] = NONE
    return teams


def allocate_for_warm_up() -> State:
    """A state with nothing in it, to compile the flow with."""
    return _allocate(blank_orders(0), np.zeros(0, BOOK_LINE), {"n_skus": 1})
