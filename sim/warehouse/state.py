"""What the order flow knows: a few structured arrays, all integers.

Times are ms since the start of the run, volumes milliliters, speeds and factors per mille; what its
numbers stand for is in `sim.warehouse.words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from sim.demand.order_book import LINE as BOOK_LINE
from sim.demand.order_book import ORDER as BOOK_ORDER
from sim.warehouse.care_rows import CARE, CARE_PLAN, MESSAGE
from sim.warehouse.chance_rows import QUANTILE
from sim.warehouse.desk_rows import CONCERN, CONTACT, DESK, SOLUTION
from sim.warehouse.goods_rows import BACK, CUT, DOCK, EXTRA, QUEUED, SLOW, WAIT
from sim.warehouse.people_rows import PERSON, ROLL, SERVED, TEAM, WORK_QUEUE

if TYPE_CHECKING:
    from collections.abc import Callable

i1, i2, i4, i8 = np.int8, np.int16, np.int32, np.int64

wide = cast("Callable[[Any], int]", np.int64)
"""A narrow field, or a constant, as a number that Numba and Python compute with alike.

Numba compiles a helper anew for every width, and for every constant that it is given."""

COUNTERS = np.dtype(
    [
        ("now", i8),
        ("highest_rank", i8),  # of the events that happened at `now`
        ("dirty", i8),  # a dispatch is wanted at `now`
        ("fresh", i8),  # order accepted at `now` whose expiry is not yet scheduled
        ("next_order", i8),  # of the book
        ("next_at", i8),  # when it arrives
        ("next_line", i8),  # its first line
        ("due", i8),  # notes since the last hand-back that are read and acted on at once
        ("reads_from", i8),  # since or from when notes are read
        ("note_delay", i8),  # from reading a note to acting on it
        ("notes_by", i8),  # when the first note may be acted on that the business does not know
        ("withdraw", i8),  # SKUs with units to withdraw since the last hand-back
        ("hurry", i8),  # 1 + the SKU whose next delivery the supplier is asked to hurry; 0 = none
        ("season_over", i8),
        ("law", i8),  # number of the first broken law, 0 = none
        ("law_row", i8),  # order (or product, or team) that broke it
        # Fill of the growing arrays.
        ("heap_n", i8),
        ("heap_room", i8),
        ("days_open", i8),  # rows of `day` that were opened
        ("space_n", i8),
        ("space_room", i8),
        ("dock_n", i8),
        ("dock_room", i8),
        ("contact_n", i8),
        ("contact_room", i8),
        ("parcel_n", i8),
        ("parcel_room", i8),
        ("wait_n", i8),
        ("wait_room", i8),
        ("lines_at_most", i8),  # of one order
        # Sizes.
        ("n_orders", i8),
        ("n_lines", i8),
        ("n_parcels", i8),  # at most: every line of a split order may need one
        ("n_skus", i8),
        ("n_classes", i8),
        ("n_lists", i8),  # classes that have lists of their own in a SKU's queue: 1 = FIFO
        ("n_people", i8),
        ("n_teams", i8),
        ("n_queues", i8),
        ("n_days", i8),
        ("first_pack", i8),
        ("contact_queue", i8),  # NEVER = there is no team that answers
        # Levels and their integrals over time.
        ("used", i8),  # space used, in milliliters
        ("committed", i8),  # used, plus accepted units still to come
        ("backorders_open", i8),  # orders with a line that is not whole
        ("in_system", i8),  # accepted, not yet shipped or cancelled
        ("backlog", i8),  # parcels in pick queues
        ("backlog_max", i8),
        ("settled_at", i8),
        ("in_system_time", i8),
        ("backlog_time", i8),
        ("stations_busy", i8),
        ("pickup_head", i8),
        ("pickup_tail", i8),
        ("pickup_n", i8),
        ("accepted", i8),
        ("shipped", i8),
        ("cancelled", i8),
        ("lost", i8),
        ("under_way_back", i8),  # orders that will be returned
        ("desk", i8),  # contacts are modeled: orders have a row of `concern`
        ("look_head", i8),  # list of orders to look at before the next event
        ("look_tail", i8),
        # Parameters: storefront.
        ("padding", i8),
        ("live_information", i8),
        ("live_stock", i8),  # shoppers see the shelf as it is
        ("cap_quote", i8),
        ("check_area", i8),  # offer backorders only while the committed space has room
        ("n_steps", i8),
        ("step0", i8),
        ("step1", i8),
        ("step2", i8),
        ("step3", i8),
        ("step4", i8),
        ("sign_up_again", i8),
        ("sign_up_threshold", i8),  # of 2**31
        ("come_back_threshold", i8),  # of 2**31
        ("comebacks_at_most", i8),
        ("hash_key", i8),
        ("split", i8),  # short orders travel in several parcels; BY_CHOICE
        ("wants_split", i8),  # of 2**31
        ("patience_from_promise", i8),
        ("withdraws", i8),  # on_cancel: withdraw
        ("mail_all", i8),
        ("mail_batch", i8),  # that go out together
        ("mail_gap", i8),  # ms between batches; 0 = no limit
        ("recommends", i8),  # there are rows of `extra`
        ("recommend", i8),  # chance of 2**31
        ("recommended", i8),  # SKU, NONE = any
        ("recheck", i8),
        # Parameters: area, carrier, work.
        ("has_area", i8),
        ("capacity", i8),
        ("when_full", i8),
        ("slow_retrieval", i8),  # per mille
        ("carrier", i8),  # parcels wait for pickups
        ("handling", i8),  # ms that a promised ship date adds
        ("care", i8),  # orders have a row of `care`
        ("slips", i8),  # the passing of a promise is noted
        ("n_messages", i8),
        ("n_cuts", i8),
        ("cut", i8),  # at which the last search for a promise ended
        ("n_slow", i8),
        ("express", i8),  # what leaves late goes by express
        ("margin", i8),  # by which `needed_by` lies before the date's end
        # Parameters: returns, see `flow.returns`. Chances are of 2**31.
        ("returns", i8),
        ("refunds", i8),  # what was paid is given back when they arrive
        ("returned_share", i8),
        ("returned_late", i8),
        ("returned_after", i8),  # stretch of `quantile`
        ("resale", i8),
        ("return_unit", i8),  # dock work
        ("dock", i8),  # there is a receiving team
        # The third party: parameters, when it is done with all it has, and what it has.
        ("third_party", i8),
        ("third_above", i8),
        ("third_gap", i8),
        ("third_delay", i8),
        ("third_done", i8),
        ("third_head", i8),
        ("third_tail", i8),
        # Gift wrapping: chance of 2**31 (0 = nobody wants it), and its work.
        ("wraps", i8),
        ("wrap_parcel", i8),
        ("wrap_unit", i8),
        ("two_stage", i8),
        ("stations", i8),  # NEVER = no limit
        ("room_team", i8),  # picking team with a waiting room, NONE = no limit
        ("backorder_pick", i8),  # a team serves the backorder pick queue
        ("backorder_pack", i8),
        ("pick_order", i8),
        ("pick_line", i8),
        ("pick_unit", i8),
        ("pack_order", i8),
        ("pack_line", i8),
        ("pack_unit", i8),
    ],
    align=True,
)
"""One row: the flow's clock, levels and parameters. Sizes and parameters are set before t = 0."""

ORDER = np.dtype(
    [
        ("status", i1),
        ("reason", i1),  # cause of cancellation or loss; 0 = none
        ("by_alert", i1),
        ("short_at_first", i1),  # a line was short at the first attempt
        ("backordered", i1),  # accepted with at least one unit missing
        ("substituted", i1),
        ("comebacks", i1),
        ("split", i1),  # its short lines are parcels of their own
        ("attempt", i2),  # attempts made so far, minus one
        ("mails", i2),  # back-in-stock e-mails sent to the shopper
        ("missing_lines", i2),  # lines not yet whole
        ("open_parcels", i2),  # parcels not yet shipped
        ("link", i4),  # next in a sign-up list, or in that of a day
        # Copies of the book, whose rows are far away by the time that the order is worked on.
        ("first_line", i4),
        ("n_lines", i4),
        ("error_u", i4),
        ("ended_at", i8),  # shipped, cancelled or lost
        ("accepted_at", i8),  # placement of the accepted attempt; NONE = never
        ("quote", i8),  # longest quoted wait at acceptance
        ("waits_from", i8),  # time of the sign-up
    ],
    align=True,
)
"""One row per order of the book; what happened to it. Filled when the order first arrives."""

LINE = np.dtype([("wait", i4)])
"""One row per line of the book, filled when the order first arrives: its row of WAIT.

NONE is a line that is whole at once, or not bought yet; SUBSTITUTED one that takes the substitute
of its SKU, which is on hand; DROPPED one that the shopper does without. A line without a row
travels in the first parcel of its order, and holds all its units from the order's acceptance until
they are picked or given back."""

PARCEL = np.dtype(
    [
        ("order", i4),
        ("person", i4),  # last person who worked on it
        ("next", i4),
        ("prev", i4),
        ("queue", i2),  # queue it waits in, NONE = none
        ("home", i2),  # its pick queue, or THIRD_PARTY
        ("lines", i2),
        ("backorder", i1),
        ("wrong", i1),  # an error was made
        ("remaining", i8),  # work left of the present stage; when the third party is done
        ("ready_at", i8),
        ("started_at", i8),
        ("picked_at", i8),
        ("packed_at", i8),
        ("shipped_at", i8),
    ],
    align=True,
)
"""One row per parcel: the first of order i is row i, further ones (split) are appended behind.

`order` is NONE in a row that no accepted order used."""

SKU = np.dtype(
    [
        ("mode", i1),
        ("armed", i1),  # continuous rule may trigger
        ("on_level", i1),  # compare inventory level, not position
        ("elsewhere", i1),
        ("mailing", i1),
        ("substitute", i4),
        ("supplier", i4),
        ("volume", i8),
        ("weight", i8),  # per mille of work.per_unit
        ("cap_units", i8),
        ("trigger", i8),  # reorder when the basis is at or below
        ("noted_at", i8),  # when a note went out that the business does not know yet; NONE = none
        ("free", i8),
        ("reserved", i8),  # reserved in storage, not staged
        ("staged", i8),  # reserved units in the backorder area or in general storage
        ("picked", i8),  # picked, not shipped
        ("at_dock", i8),
        ("on_order", i8),
        ("backorders", i8),
        ("position", i8),
        ("received", i8),
        ("shipped", i8),
        ("returned", i8),  # of these came back
        ("written_off", i8),  # of these cannot be sold again
        ("given", i8),  # gifts to customers whose promise passed
        ("discount", i8),  # off a unit by the backup plan, in millionths of the currency
        ("sold", i8),  # units accepted
        ("withdraw", i8),  # units to take back from the supplier; the business empties it
        ("known_backorders", i8),  # as of the snapshot
        ("shown", i8),  # units that shoppers see as free, as of the last refresh
        ("hurry_from", i8),  # from when on an agent can have the next delivery hurried; NEVER = not
        ("news_at", i8),  # when something became known that agents may not know; NONE = never
        ("standard_wait", i8),
        ("released", i8),  # when a launched product is released, as announced; else 0
        ("pipeline_n", i8),
        ("signups", i8),
        ("signups_head", i4),
        ("signups_tail", i4),
        ("next_mail_at", i8),
        ("settled_at", i8),
        ("held_time", i8),  # integral of all units in the building
        ("free_time", i8),
        ("backorder_time", i8),
        ("stockout_time", i8),
    ],
    align=True,
)
"""One row per product."""

PIPELINE_SLOTS = 24
PIPELINE = np.dtype([("due", i8), ("units", i8)], align=True)
"""What the shop believes is coming: row sku * PIPELINE_SLOTS + slot, by due date, cumulative."""

SPACE = np.dtype([("at", i8), ("used", i8), ("committed", i8), ("backorders", i8)], align=True)
"""One row per instant at which the backorder area or the number of waiting orders changed."""

KEY_SHIFT = 48
CONTACT_IDS = 1 << 40
"""Where the numbers of contacts begin among the tasks of unlimited staff."""
HEAP = np.dtype([("at", i8), ("key", i8)], align=True)
"""Entry of the event heap, ordered by (at, key) with key = rank << KEY_SHIFT | id."""

DAY_LENGTH = 24 * 3_600_000
DAY = np.dtype([("head", i4)], align=True)
"""Orders with a timer that goes off on a later day of the run, as a list; see `flow.timers`.

Row n is for the n-th 24 hours of the run; the last day also for everything after it."""

TABLES = {
    "counters": COUNTERS,
    "book": BOOK_ORDER,
    "book_line": BOOK_LINE,
    "order": ORDER,
    "line": LINE,
    "wait": WAIT,
    "parcel": PARCEL,
    "sku": SKU,
    "queued": QUEUED,
    "pipeline": PIPELINE,
    "queue": WORK_QUEUE,
    "person": PERSON,
    "team": TEAM,
    "served": SERVED,
    "dock": DOCK,
    "heap": HEAP,
    "care": CARE,
    "back": BACK,
    "extra": EXTRA,
    "care_plan": CARE_PLAN,
    "message": MESSAGE,
    "solution": SOLUTION,
    "day": DAY,
    "space": SPACE,
    "cuts": CUT,
    "slow": SLOW,
    "roll": ROLL,
    "quantile": QUANTILE,
    "desk": DESK,
    "contact": CONTACT,
    "concern": CONCERN,
}
"""The tables of the flow and what their rows are made of, in the order of their addresses."""

Table: TypeAlias = NDArray[np.void]
Row: TypeAlias = Any  # a row of a table, written in place: NumPy's void, Numba's record


class Flow(Protocol):
    """What a function of the flow sees of the state: its tables."""

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
