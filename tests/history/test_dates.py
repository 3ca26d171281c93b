import pandas as pd
import pytest

from sim.history.dates import parse_dates
from sim.history.problems import HistoryError


def times(*texts, **options):
    return [str(time) for time in parse_dates(pd.Series(texts, dtype="str"), **options).times]


def test_dates_with_the_year_first_need_no_hint():
    assert times("2025-02-01", "2025-02-01T17:05:09") == [
        "2025-02-01 00:00:00",
        "2025-02-01 17:05:09",
    ]


def test_a_day_above_twelve_settles_the_order():
    assert times("13/02/2025", "01/02/2025")[1] == "2025-02-01 00:00:00"
    assert times("02/13/2025", "01/02/2025")[1] == "2025-01-02 00:00:00"


def test_an_ambiguous_order_is_refused_unless_it_is_given():
    with pytest.raises(HistoryError, match=r"cannot be told apart.*--date-format"):
        times("01/02/2025", "03/04/2025")
    assert times("01/02/2025", date_format="day_first") == ["2025-02-01 00:00:00"]
    assert times("01/02/2025", date_format="month_first") == ["2025-01-02 00:00:00"]


def test_contradicting_orders_are_refused():
    with pytest.raises(HistoryError, match="some dates have the day first, others the month"):
        times("13/02/2025", "02/13/2025")


def test_twelve_hour_clocks_and_short_years_are_read():
    assert times("1/13/25 12:05 AM", "1/13/25 12:05 PM", "1/13/25 1:05:30 pm") == [
        "2025-01-13 00:05:00",
        "2025-01-13 12:05:00",
        "2025-01-13 13:05:30",
    ]


def test_the_wall_clock_is_kept_across_a_change_of_summer_time():
    assert times("2025-10-25 17:00:00 +0200", "2025-10-27 17:00:00 +0100") == [
        "2025-10-25 17:00:00",
        "2025-10-27 17:00:00",
    ]


def test_times_with_an_offset_move_to_the_shops_zone_if_it_is_named():
    moved = times("2025-07-01T03:00:00Z", "2025-07-01", time_zone="America/New_York")
    assert moved == ["2025-06-30 23:00:00", "2025-07-01 00:00:00"]
    with pytest.raises(HistoryError, match="unknown time zone"):
        times("2025-07-01T03:00:00Z", time_zone="Mars/Olympus")


def test_impossible_dates_become_unknown_and_not_other_dates():
    assert times("2025-02-30", "0000-01-01", "1899-12-31", "2025-03-01", "soon")[:3] == ["NaT"] * 3


def test_a_pattern_reads_other_dates():
    assert times("1 Feb 2025", date_format="%d %b %Y") == ["2025-02-01 00:00:00"]


def test_without_any_date_the_file_is_refused():
    with pytest.raises(HistoryError, match="no date could be read"):
        times("soon", "later")
