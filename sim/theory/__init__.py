"""Closed forms of queueing and inventory theory: the known answers that the model must meet.

This room stands aside: it imports no other, so that an answer here owes nothing to the model. Every
function names its source, and its docstring holds a published number that is recomputed by the
tests.
"""
