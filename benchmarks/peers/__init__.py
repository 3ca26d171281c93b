"""The ship desk in other simulators, as their own books would write it. Frozen: do not tune them.

Each module has `desk(orders, seed)`, which simulates and returns a function. That function reads
the share of cancelled orders and the mean wait of all orders off the finished run; it is not timed.
"""
