import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import BadValue
from sim.scenario.rates import (
    Positions,
    Rate,
    format_positions,
    format_rate,
    parse_positions,
    parse_rate,
)
from sim.scenario.readers import (
    read_non_negative,
    read_number,
    read_of_hundred,
    read_positive,
    read_share,
    read_work_time,
)
from sim.scenario.units import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    YEAR,
    format_duration,
    format_percent,
    format_volume,
    parse_count,
    parse_duration,
    parse_percent,
    parse_volume,
)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("3 days", 3 * DAY),
        ("45 min", 45 * MINUTE),
        ("1 day 4 hours", DAY + 4 * HOUR),
        ("1 day, 4 h and 30 min", DAY + 4 * HOUR + 30 * MINUTE),
        ("0.1 days", 8_640_000),
        ("2.5h", 9_000_000),
        ("90 sec", 90_000),
        ("12 weeks", 12 * WEEK),
        ("1 month", 30 * DAY),
        ("2 years", 2 * YEAR),
        ("0 days", 0),
        ("1.0004 s", 1000),
        ("1.0005 s", 1001),
    ],
)
def test_a_span_of_time_is_read_to_the_millisecond(text: str, ms: int) -> None:
    assert parse_duration(text) == ms


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            3,
            'a bare number is not a span of time: its unit is missing; write e.g. "3 days"',
        ),
        (
            "3",
            'a bare number is not a span of time: its unit is missing; write e.g. "3 days"',
        ),
        ("-3 days", "a span of time must not be negative"),
        (
            "5 kg",
            "'kg' is not a unit of time; use ms, s, min, hours, days, weeks, months or years",
        ),
        ("three days", 'is not a span of time; write e.g. "3 days" or "45 min"'),
        ("1e9 years", "is too long; the longest span of time is 100,000 years"),
        (True, 'must be a span of time; write e.g. "3 days"'),
        ("", 'must be a span of time, but is empty; write e.g. "3 days"'),
    ],
)
def test_what_is_not_a_span_of_time_is_refused_with_advice(value: object, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_duration(value)
    assert str(caught.value) == message


@given(st.integers(0, 100 * YEAR))
def test_a_span_of_time_is_written_so_that_it_reads_the_same(ms: int) -> None:
    assert parse_duration(format_duration(ms)) == ms


@pytest.mark.parametrize(
    ("text", "milliliters"),
    [
        ("12 liters", 12_000),
        ("1.2 l", 1200),
        ("350 ml", 350),
        ("1.2 m3", 1_200_000),
        ("2 cubic meters", 2_000_000),
        ("1 cu ft", 28_317),
        ("9 cubic inches", 147),
    ],
)
def test_a_volume_is_read_to_the_milliliter(text: str, milliliters: int) -> None:
    assert parse_volume(text) == milliliters


def test_a_weight_is_not_a_volume() -> None:
    with pytest.raises(BadValue, match="'kg' is not a unit of volume"):
        parse_volume("5kg")


@given(st.integers(0, 10**12))
def test_a_volume_is_written_so_that_it_reads_the_same(milliliters: int) -> None:
    assert parse_volume(format_volume(milliliters)) == milliliters


@given(st.floats(-10, 10))
def test_a_percentage_is_written_so_that_it_reads_the_same(share: float) -> None:
    assert parse_percent(format_percent(share)) == share


@pytest.mark.parametrize(("value", "count"), [(500, 500), ("500 units", 500), ("1 unit", 1)])
def test_units_are_counted_with_or_without_their_word(value: object, count: int) -> None:
    assert parse_count(value) == count


@pytest.mark.parametrize("value", [-1, 2.5, True, "many", "9" * 5000 + " units", None])
def test_what_is_not_a_number_of_units_is_refused(value: object) -> None:
    with pytest.raises(BadValue):
        parse_count(value)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("3 per day", Rate(3.0, DAY)),
        ("120 units per day", Rate(120.0, DAY, None, "units")),
        ("27.00 per hour", Rate(27.0, HOUR)),
        ("6 per shelf per month", Rate(6.0, 30 * DAY, "shelf")),
        ("0.5 per unit per day", Rate(0.5, DAY, "unit")),
        ("2.50 per order", Rate(2.5, None, "order")),
        ("48 hours per week", Rate(48.0 * HOUR, WEEK, None, "hours")),
        ("1.5% per week", Rate(0.015, WEEK, None, "%")),
        ("3 per 8 hours", Rate(3.0, 8 * HOUR)),
        ("every 20 min", Rate(1.0, 20 * MINUTE)),
    ],
)
def test_a_rate_is_read_with_what_it_is_per(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


def test_a_rate_per_time_has_a_value_per_millisecond() -> None:
    assert parse_rate("864 units per day").per_ms_rate == pytest.approx(1e-5)


def test_a_rate_per_thing_has_no_value_per_millisecond() -> None:
    with pytest.raises(ValueError, match=r"'2\.5 per order' is not a rate per time"):
        _ = parse_rate("2.50 per order").per_ms_rate


@given(
    st.floats(0, 1e9),
    st.sampled_from([None, MINUTE, HOUR, DAY, WEEK, 8 * HOUR]),
    st.sampled_from([None, "shelf", "unit", "box", "order"]),
    st.sampled_from([None, "units", "orders", "%"]),
)
def test_a_rate_is_written_so_that_it_reads_the_same(
    amount: float, per_ms: int | None, per: str | None, of: str | None
) -> None:
    rate = Rate(amount, per_ms, per, of)
    if per_ms is not None or per is not None:
        assert parse_rate(format_rate(rate)) == rate


@pytest.mark.parametrize("text", ["3", "3 days", "per day", "x per day", "-3 per day", "3 per 0 s"])
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_rate(text)


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("60 shelves of 80 liters", Positions(60, "shelf", 80_000)),
        ("12 pallets of 1.2 m3", Positions(12, "pallet", 1_200_000)),
        ("20 shelves", Positions(20, "shelf")),
        ("1 shelf", Positions(1, "shelf")),
    ],
)
def test_positions_have_a_number_a_kind_and_a_size(text: str, positions: Positions) -> None:
    assert parse_positions(text) == positions
    assert parse_positions(format_positions(positions)) == positions


@pytest.mark.parametrize(
    "value", [60, "sixty shelves", "60", "60 shelves of 0 liters", "60 of 2 l"]
)
def test_what_is_not_positions_is_refused(value: object) -> None:
    with pytest.raises(BadValue):
        parse_positions(value)


def test_no_reader_lets_a_number_without_an_end_through() -> None:
    for read in (parse_duration, parse_volume, parse_count, parse_rate, parse_positions):
        for value in (math.nan, math.inf, ".inf days", "nan days"):
            with pytest.raises(BadValue):
                read(value)


@pytest.mark.parametrize("written", [3, "3", "three minutes", "a while", "", True])
def test_the_advice_for_work_speaks_of_minutes(written: object) -> None:
    with pytest.raises(BadValue) as refused:
        read_work_time(written)
    assert "min" in str(refused.value.hint)
    assert "days" not in str(refused.value.hint)


@pytest.mark.parametrize(
    ("read", "written", "hint"),
    [
        (read_number, math.inf, "write e.g. 1.5"),
        (read_number, "nan", "write e.g. 1.5"),
        (read_non_negative, -2, "write 0 or more"),
        (read_positive, 0, "write e.g. 1.5"),
        (read_share, math.nan, 'write e.g. "6%"'),
        (read_share, -0.1, 'write e.g. "6%" or 0.06'),
        (read_share, "101%", 'write e.g. "6%" or 0.06'),
        (read_of_hundred, math.inf, "write e.g. 60"),
    ],
)
def test_a_refused_number_comes_with_one_that_would_be_right(
    read: Callable[[object], float], written: object, hint: str
) -> None:
    with pytest.raises(BadValue) as refused:
        read(written)
    assert refused.value.hint == hint
