"""The bugs that are planted in the order flow to see whether the oracle finds them."""

from __future__ import annotations

from tests.oracle.mutant import Mutant
from tests.oracle.planted_front import FRONT

MUTANTS = (
    # The order of simultaneous events.
    Mutant(
        "expiry comes before arrivals",
        "words.py",
        "ARRIVAL, DISPATCH, EXPIRY, DISPATCH_AGAIN = 7, 8, 9, 10",
        "EXPIRY, ARRIVAL, DISPATCH, DISPATCH_AGAIN = 7, 8, 9, 10",
    ),
    Mutant(
        "expiry comes before dispatch",
        "words.py",
        "ARRIVAL, DISPATCH, EXPIRY, DISPATCH_AGAIN = 7, 8, 9, 10",
        "ARRIVAL, EXPIRY, DISPATCH, DISPATCH_AGAIN = 7, 8, 9, 10",
    ),
    Mutant(
        "receipts come after arrivals",
        "words.py",
        "RECEIPT, SHIFT_START = 0, 1, 2, 3, 4, 5, 6",
        "RECEIPT, SHIFT_START = 0, 1, 2, 3, 4, 8, 6",
    ),
    Mutant(
        "a shift ends before work is completed",
        "words.py",
        "COMPLETION, SHIFT_END, CHANGE",
        "SHIFT_END, COMPLETION, CHANGE",
    ),
    Mutant(
        "reviews come before changes",
        "words.py",
        "SHIFT_END, CHANGE, REVIEW, RECEIPT",
        "SHIFT_END, REVIEW, CHANGE, RECEIPT",
    ),
    Mutant(
        "an order of the book arrives after all else at its instant",
        "flow/advance.py",
        'if c["next_at"] < at or arrival < key:',
        'if c["next_at"] < at:',
    ),
    Mutant(
        "the clocks of an order amid cancellations start after the dispatch",
        "flow/accept.py",
        'if short or c["highest_rank"] >= EXPIRY:',
        "if short:",
    ),
    # Queues and lists.
    Mutant(
        "waiting lines are served last come, first served",
        "flow/stock.py",
        'w = wide(s.queued[row]["head"])',
        'w = wide(s.queued[row]["tail"])',
    ),
    Mutant(
        "parcels join the head of their work queue",
        "flow/parcels.py",
        "append(s.parcel, queue, i)\n    s.parcel[i]",
        "from sim.warehouse.flow.queues import prepend as join\n"
        "    join(s.parcel, queue, i)\n    s.parcel[i]",
    ),
    Mutant(
        "a paused parcel goes to the tail of its queue",
        "flow/people.py",
        "prepend(s.parcel, queue, i)",
        "from sim.warehouse.flow.queues import append; append(s.parcel, queue, i)",
    ),
    Mutant(
        "a paused dock task goes to the tail of its queue",
        "flow/people.py",
        "prepend(s.dock, queue, i)",
        "from sim.warehouse.flow.queues import append; append(s.dock, queue, i)",
    ),
    Mutant(
        "of those idle since the same instant the highest number starts",
        "flow/queues.py",
        'before > p and person[before]["idle_since"] == now',
        'before < p and person[before]["idle_since"] == now',
    ),
    Mutant(
        "the carrier takes equals by the highest number",
        "flow/queues.py",
        'before > i and parcel[before]["packed_at"] == at',
        'before < i and parcel[before]["packed_at"] == at',
    ),
    Mutant(
        "arriving units go to the lowest class first",
        "flow/stock.py",
        'for row in range(k * c["n_classes"], k * c["n_classes"] + c["n_lists"]):',
        'for row in range(k * c["n_classes"] + c["n_lists"] - 1, k * c["n_classes"] - 1, -1):',
    ),
    # Units.
    Mutant(
        "units of a cancelled order go to the shelf",
        "flow/cancel.py",
        "put_away(s, k, held)",
        'sku["free"] += held',
    ),
    Mutant(
        "a withdrawal counts the whole line",
        "flow/cancel.py",
        'sku["withdraw"] += missing',
        'sku["withdraw"] += units',
    ),
    Mutant(
        "the position of a cancelled order rises by what was missing",
        "flow/cancel.py",
        'sku["position"] += units',
        'sku["position"] += units if w == NONE else units - wide(s.wait[w]["reserved"])',
    ),
    Mutant(
        "an order that could be served in part waits for all",
        "flow/accept.py",
        'taken = min(wide(sku["free"]), units)',
        'taken = units if sku["free"] >= units else wide(0)',
    ),
    Mutant(
        "a parcel of a split order is staged although it is whole",
        "flow/accept.py",
        "form_parcel(s, o, o, wide(0), wide(whole))",
        "form_parcel(s, o, o, wide(1), wide(whole))",
    ),
    *FRONT,
    # Launches.
    Mutant(
        "what the first delivery does not cover is promised before the release",
        "flow/quote.py",
        'to_release = max(0, wide(sku["released"] - c["now"]))',
        "to_release = wide(0)",
    ),
    Mutant(
        "the first delivery of a launch never slips",
        "launches.py",
        "if slips is None or not launch.slips:",
        "if True:",
    ),
    Mutant(
        "pre-orders are taken for ever",
        "storefront.py",
        'self.run.state.sku[sku]["mode"] = self._policy[sku]\n\n',
        "pass\n\n",
    ),
    Mutant(
        "a launched product is bought before its release",
        "replenishment.py",
        "[released <= 0 for released in self._released]",
        "1",
    ),
    # Cancellation and alerts.
    Mutant(
        "the clocks of open orders start with the run",
        "flow/clock.py",
        'opened = wide(s.book[o]["flags"]) & OPENED',
        "opened = wide(0)",
    ),
    Mutant(
        "intent fades from the e-mail",
        "flow/alerts.py",
        'back_at - order["waits_from"]',
        'back_at - c["now"]',
    ),
    Mutant(
        "mailing goes on although nothing is left",
        "flow/alerts.py",
        'c["recheck"] == 0 or sku["free"] > 0',
        'c["recheck"] == 0 or sku["free"] >= 0',
    ),
    # Care.
    Mutant(
        "an order slips at its promise",
        "flow/care.py",
        'if c["slips"] != 0 and c["now"] == promise(s, o) + 1:',
        'if c["slips"] != 0 and c["now"] >= promise(s, o):',
    ),
    Mutant(
        "care of an order comes before e-mails and later shoppers",
        "flow/timers.py",
        'push(s.heap, c, at, ARRIVAL, timer * c["n_orders"] + c["n_skus"] + o)',
        "push(s.heap, c, at, 7, o)",
    ),
    Mutant(
        "changed patience is rounded down",
        "flow/clock.py",
        "(left * per_mille + 500) // 1000",
        "left * per_mille // 1000",
    ),
    Mutant(
        "shortened patience ends when it would have",
        "flow/clock.py",
        "if per_mille < 1000:",
        "if False:",
    ),
    Mutant(
        "lengthened patience ends when it would have",
        "flow/cancel.py",
        'if at > s.counters[0]["now"]:',
        "if False:",
    ),
    Mutant(
        "messages go to every order",
        "flow/messages.py",
        'if message["to"] == TO_BACKORDERED and s.order[o]["missing_lines"] == 0:',
        "if False:",
    ),
    Mutant(
        "messages do not change how often customers ask",
        "flow/messages.py",
        'if s.care[o]["calm"] != message["contacts"]:',
        "if False:",
    ),
    Mutant(
        "messages to late orders count from the order",
        "flow/messages.py",
        'start = slipped_at if message["to"] == TO_LATE else placed_at(s, o)',
        "start = placed_at(s, o)",
    ),
    Mutant(
        "one message too many",
        "flow/timers.py",
        "if nth >= at_most or every >= NEVER:",
        "if nth > at_most or every >= NEVER:",
    ),
    Mutant(
        "consent is asked for while work is under way",
        "flow/consent.py",
        's.order[o]["status"] == WAITING and ',
        "",
    ),
    Mutant(
        "every consent is the first",
        "flow/consent.py",
        "wide(PURPOSE_CONSENT), wide(nth)",
        "wide(PURPOSE_CONSENT), wide(0)",
    ),
    Mutant(
        "a gift is given where nothing is missing",
        "flow/gifts.py",
        'if plan["gives"] == 0 or s.order[o]["missing_lines"] == 0:',
        'if plan["gives"] == 0:',
    ),
    Mutant(
        "a gift leaves the reorder point alone",
        "flow/gifts.py",
        "    check_trigger(s, k)",
        "    pass",
    ),
    Mutant(
        "the budget ends before it is used up",
        "flow/gifts.py",
        'if cost > plan["budget"] - plan["used"]',
        'if cost >= plan["budget"] - plan["used"]',
    ),
    # Solutions.
    Mutant(
        "a solution is taken with the chance of the one before",
        "flow/solutions.py",
        "purpose = wide(PURPOSE_SOLUTION) + offer",
        "purpose = wide(PURPOSE_SOLUTION) + n",
    ),
    Mutant(
        "the new date of a hurried delivery is no news",
        "pipeline.py",
        "        self.run.stock.news_at[sku] = now\n        if part.due_at != due_at:",
        "        if part.due_at != due_at:",
    ),
    Mutant(
        "messages are never out of date",
        "flow/messages.py",
        'if knows_latest(s, o, wide(message["information_age"])):',
        "if True:",
    ),
    # Work.
    Mutant(
        "durations are rounded down",
        "flow/work.py",
        "(work * 1000 + speed - 1) // speed",
        "work * 1000 // speed",
    ),
    Mutant(
        "a person who finishes after the shift stays",
        "flow/work.py",
        'person["on_duty"] = 0\n        pay_late',
        'person["on_duty"] = 1\n        pay_late',
    ),
    Mutant(
        "a paused task keeps its pack station",
        "flow/people.py",
        'c["stations_busy"] -= 1',
        "pass",
    ),
    Mutant(
        "a parcel with units in general storage is picked as fast as any",
        "flow/parcels.py",
        "if picks and slow:",
        "if False:",
    ),
    Mutant(
        "the waiting room does not see who is idle",
        "flow/storefront.py",
        'c["backlog"] - team["idle"] >= team["waiting_room"]',
        'c["backlog"] >= team["waiting_room"]',
    ),
)
