"""The numbered words of the order flow: instants that never come, ranks, statuses, causes, reasons.

Times are ms since the start of the run. `NEVER` is a time after every run, `NONE` the empty link,
`END` the link that ends a day's list.
"""

from __future__ import annotations

NEVER, NONE, END = 1 << 60, -1, -2
DROPPED, SUBSTITUTED = -2, -3

# Ranks of simultaneous events.
CHARGE, COMPLETION, SHIFT_END, CHANGE, REVIEW, RECEIPT, SHIFT_START = 0, 1, 2, 3, 4, 5, 6
ARRIVAL, DISPATCH, EXPIRY, DISPATCH_AGAIN = 7, 8, 9, 10

# Order status.
EXPECTED, AWAY, SIGNED_UP, MAILED, WAITING, PICKING, SHIPPED, CANCELLED, LOST = range(9)
# Causes of cancellation, and reasons of a lost order.
PATIENCE, NEEDED_BY, ELSEWHERE, FORGOT, CHANGED_MIND, NO_CONSENT = 1, 2, 3, 4, 5, 6
WRONG_ANSWER, ENDED_BADLY, REFUNDED = 8, 9, 10
LEFT, BLOCKED, NOT_CONVERTED, SEASON_OVER = 11, 12, 13, 14
# Flags of an order in the book; what is hashed for one customer, by attempt.
OPENED, SUBSTITUTES, DROPS, SIGNS_UP, COMES_BACK, LEAVES_ELSEWHERE = 1, 2, 4, 8, 16, 32
PURPOSE_SIGN_UP, PURPOSE_COME_BACK, PURPOSE_CONSENT = 1, 2, 12
PURPOSE_RETURN, PURPOSE_RETURN_AFTER, PURPOSE_RESALE = 21, 22, 23
PURPOSE_SPLIT, PURPOSE_WRAP, PURPOSE_RECOMMEND = 31, 32, 33
PURPOSE_CONTACT, PURPOSE_CAUSED, PURPOSE_HANDLING, PURPOSE_CALLER_PATIENCE = 3, 4, 5, 6
PURPOSE_CALLS_AGAIN, PURPOSE_CALLS_AGAIN_AFTER, PURPOSE_ENDS_WELL = 7, 8, 9
PURPOSE_CANCELS_WRONG, PURPOSE_CANCELS_BADLY, PURPOSE_CANCELS_TOLD = 10, 11, 13
PURPOSE_SOLUTION = 14  # and the numbers of the solutions after it
# Storefront modes; steps of a shopper who finds lines short.
BACKORDER, OUT_OF_STOCK, ALERTS, HYBRID = 0, 1, 2, 3
ACCEPT, SUBSTITUTE, DROP_LINE, SIGN_UP, COME_BACK = 0, 1, 2, 3, 4
# Orders are split as the customer likes it.
BY_CHOICE = 2
# When the area is full.
STOP_OFFERING, RENT_OVERFLOW, GENERAL_STORAGE = 0, 1, 2
# Timers of an accepted order, as they lie on the heap.
EXPIRY_TIMER, CARE_TIMER, CONTACT_TIMER, TIMERS = 0, 1, 2, 3
# Why the flow returned to the business.
REACHED, REORDER, WITHDRAW, BUFFER_FULL, LAW_BROKEN, DRAINED, HURRY, NOTES = range(8)
# Queues of work: cross dock, receive, pick queues by class (backorders last), pack queues alike.
CROSS_DOCK, RECEIVE, FIRST_PICK = 0, 1, 2
THIRD_PARTY = -2
