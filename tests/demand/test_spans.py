"""Spans in 32 bits: to the millisecond for weeks, to the minute for centuries."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.demand.order_book import ORDER
from sim.demand.spans import ENDLESS, NEVER, pack, pack_one, unpack, unpacked
from tests.demand.shop import DAY, MINUTE
from tests.oracle.facts import BOOK_SPANS

FINE = 23 * DAY
LONGEST = FINE + (ENDLESS - 1 - FINE) * MINUTE
SPANS = st.one_of(
    st.integers(-FINE - 5 * MINUTE, FINE + 5 * MINUTE), st.integers(-LONGEST, LONGEST)
)


def nearest(span: int) -> int:
    """What is kept of a span, by the rule in words."""
    step = 1 if abs(span) <= FINE else MINUTE
    return round(Fraction(span, step)) * step


@given(SPANS)
def test_a_span_is_kept_to_the_millisecond_for_23_days_and_to_the_minute_beyond(span):
    packed = pack_one(span)
    assert unpacked(packed) == unpack(pack([span]))[0] == nearest(span)
    assert pack_one(nearest(span)) == packed


@given(SPANS, SPANS)
def test_packed_spans_compare_as_spans_do(one, other):
    assert (pack_one(one) <= pack_one(other)) >= (one <= other)
    assert (pack_one(one) < pack_one(other)) == (nearest(one) < nearest(other))


@pytest.mark.parametrize("span", [-1, 0, 1, FINE - 1, FINE, -FINE])
def test_a_short_span_is_packed_as_it_is(span):
    assert pack_one(span) == span


def test_what_is_longer_than_three_centuries_never_ends():
    assert unpacked(pack_one(LONGEST)) == LONGEST > 304 * 365 * DAY
    for span in (LONGEST + MINUTE, NEVER, float("inf")):
        assert pack_one(span) == ENDLESS
    assert unpacked(ENDLESS) == unpack(np.array([ENDLESS], np.int32))[0] == NEVER


def test_halves_go_to_the_even_neighbor():
    assert pack([0.5, 1.5, 2.5]).tolist() == [0, 2, 2]
    assert (unpack(pack([FINE + MINUTE / 2, FINE + 3 * MINUTE / 2])) - FINE).tolist() == [
        0,
        2 * MINUTE,
    ]


def test_the_spans_of_the_order_book_have_32_bits():
    assert {ORDER[name] for name in BOOK_SPANS} == {np.dtype(np.int32)}
    assert ORDER.itemsize == 72
