import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import BadValue
from sim.scenario.calendar import Calendar, season_calendar
from sim.scenario.clock import (
    ALWAYS,
    format_week_hours,
    format_week_times,
    parse_clock,
    parse_days,
    parse_span,
    parse_week_hours,
    parse_week_times,
)
from sim.scenario.moments import parse_moment, parse_moment_range, thanksgiving
from sim.scenario.season import Season
from sim.scenario.units import DAY, HOUR, MINUTE

HOLIDAY = Calendar(dt.datetime(2026, 10, 5), 88 * DAY)  # noqa: DTZ001 - shop time has no zone
UNDATED = Calendar(None, 100 * DAY)
OFFICE = parse_week_hours("weekdays 09:00-17:00")


def on(date: str) -> int:
    return HOLIDAY.ms_of(parse_moment(date))


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        ("2026-11-16", "2026-11-16 00:00"),
        ("2026-11-16 09:00", "2026-11-16 09:00"),
        ("2026-11-16T09:00", "2026-11-16 09:00"),
        ("thanksgiving", "2026-11-26 00:00"),
        ("black_friday", "2026-11-27 00:00"),
        ("Black Friday 08:00", "2026-11-27 08:00"),
        ("cyber_monday", "2026-11-30 00:00"),
        ("christmas_eve", "2026-12-24 00:00"),
        ("christmas", "2026-12-25 00:00"),
        ("new_year", "2027-01-01 00:00"),
        ("3 days before christmas", "2026-12-22 00:00"),
        ("2 days after black_friday", "2026-11-29 00:00"),
        ("20 days", "2026-10-25 00:00"),
        ("2 days before start", "2026-10-03 00:00"),
        ("12 hours before christmas", "2026-12-24 12:00"),
    ],
)
def test_a_moment_is_a_date_of_the_season(moment: str, date: str) -> None:
    read = parse_moment(moment)
    assert HOLIDAY.datetime_of(HOLIDAY.ms_of(read)) == dt.datetime.fromisoformat(date)
    assert parse_moment(str(read)) == read


def test_thanksgiving_is_the_fourth_thursday_of_november() -> None:
    for year in range(2000, 2100):
        day = thanksgiving(year)
        assert (day.month, day.weekday(), (day.day - 1) // 7) == (11, 3, 3)


def test_a_named_day_before_the_season_is_the_next_one() -> None:
    late = Calendar(dt.datetime(2026, 12, 26), 30 * DAY)  # noqa: DTZ001
    assert late.datetime_of(late.ms_of(parse_moment("christmas"))).year == 2027


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-02-30", "there is no such day; dates are year-month-day"),
        ("2023-02-29", "there is no such day; dates are year-month-day"),
        ("16.11.2026", 'is not a date; write year-month-day, e.g. "2026-11-16"'),
        ("11/16/2026", 'is not a date; write year-month-day, e.g. "2026-11-16"'),
        ("cristmas", "is not a moment; did you mean 'christmas'?"),
        ("2026-11-16 25:00", "there is no such time of day; times run from 00:00 to 24:00"),
        ("2026-11-16 24:00", "24:00 is the next day's midnight; write 00:00 of the next day"),
    ],
)
def test_what_is_not_a_moment_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_moment(text)
    assert str(caught.value) == message


def test_a_date_in_a_season_without_dates_is_refused() -> None:
    with pytest.raises(BadValue) as caught:
        UNDATED.ms_of(parse_moment("black_friday"))
    assert str(caught.value) == (
        "'black_friday' needs a season with dates; give `season.start` a date, or write a span "
        'from the start such as "20 days"'
    )
    assert UNDATED.ms_of(parse_moment("20 days")) == 20 * DAY


def test_a_stretch_of_days_includes_its_last_day() -> None:
    begin, end = HOLIDAY.span_of(parse_moment_range("2026-10-06..2026-10-07"))
    assert (begin, end) == (DAY, 3 * DAY)


def test_a_single_day_is_a_stretch_of_one_day() -> None:
    begin, end = HOLIDAY.span_of(parse_moment_range("thanksgiving"))
    assert end - begin == DAY


def test_a_stretch_of_spans_from_the_start_ends_at_its_last_instant() -> None:
    assert UNDATED.span_of(parse_moment_range("2 days..5 days")) == (2 * DAY, 5 * DAY)


@pytest.mark.parametrize("text", ["2026-10-07..2026-10-06", "5 days..2 days", "a..b..c"])
def test_a_stretch_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_moment_range(text)


def test_weekdays_follow_the_date_or_begin_on_a_monday() -> None:
    assert HOLIDAY.weekday_of(0) == 0
    assert HOLIDAY.weekday_of(on("2026-11-26")) == 3
    assert UNDATED.weekday_of(0) == 0
    assert UNDATED.weekday_of(6 * DAY + 5) == 6
    assert UNDATED.weekday_of(-1) == 6


def test_days_run_over_the_whole_season() -> None:
    days = list(HOLIDAY.days())
    assert [days[0].number, days[-1].number] == [0, 87]
    assert days[-1].date == dt.date(2026, 12, 31)
    assert days[-1].midnight + DAY == HOLIDAY.length_ms


def test_a_season_that_starts_at_noon_still_has_its_midnights() -> None:
    noon = Calendar(dt.datetime(2026, 10, 5, 12), 10 * DAY)  # noqa: DTZ001
    assert noon.midnight_before(0) == -12 * HOUR
    assert noon.ms_of(parse_moment("2026-10-06")) == 12 * HOUR
    assert noon.day_number(13 * HOUR) == 1
    assert noon.midnight_before(12 * HOUR) == 12 * HOUR


def test_a_note_sent_on_friday_at_five_is_read_on_monday() -> None:
    friday = on("2026-10-09 17:00")
    assert HOLIDAY.next_open(friday, OFFICE) == on("2026-10-12 09:00")
    assert HOLIDAY.next_open(friday - 1, OFFICE) == friday - 1


def test_closed_days_are_passed_over() -> None:
    closed = HOLIDAY.closed_days((parse_moment_range("thanksgiving..black_friday"),))
    assert HOLIDAY.next_open(on("2026-11-25 17:00"), OFFICE, closed) == on("2026-11-30 09:00")


def test_open_time_is_counted_over_nights_and_weekends() -> None:
    thursday = on("2026-10-08 16:00")
    assert HOLIDAY.add_open_time(thursday, 10 * HOUR, OFFICE) == on("2026-10-12 10:00")
    assert HOLIDAY.add_open_time(thursday, HOUR, OFFICE) == on("2026-10-08 17:00")


def test_hours_past_midnight_belong_to_the_day_they_begin() -> None:
    night = parse_week_hours({"fri": "22:00-06:00"})
    assert HOLIDAY.next_open(on("2026-10-10 03:00"), night) == on("2026-10-10 03:00")
    assert HOLIDAY.next_open(on("2026-10-10 06:00"), night) == on("2026-10-16 22:00")


def test_hours_that_are_never_open_are_an_error_and_not_an_endless_search() -> None:
    with pytest.raises(BadValue, match="never open"):
        HOLIDAY.next_open(0, parse_week_hours({"daily": "closed"}))


@given(st.integers(0, 60 * DAY), st.integers(0, 60 * HOUR))
def test_open_time_around_the_clock_is_just_time(ms: int, span: int) -> None:
    assert UNDATED.add_open_time(ms, span, ALWAYS) == ms + span


@given(st.integers(0, 30 * DAY), st.integers(0, 30 * HOUR), st.integers(0, 30 * HOUR))
def test_open_time_adds_up(ms: int, first: int, second: int) -> None:
    at_once = HOLIDAY.add_open_time(ms, first + second, OFFICE)
    in_parts = HOLIDAY.add_open_time(HOLIDAY.add_open_time(ms, first, OFFICE), second, OFFICE)
    assert HOLIDAY.next_open(in_parts, OFFICE) == HOLIDAY.next_open(at_once, OFFICE)


@pytest.mark.parametrize(
    ("written", "weekly"),
    [
        ("weekdays 09:00-17:00", {"mon-fri": "09:00-17:00"}),
        (
            "weekdays 09:00-17:00, sat 10:00-14:00",
            {"mon-fri": "09:00-17:00", "sat": "10:00-14:00"},
        ),
        ("09:00-17:00", {"mon-sun": "09:00-17:00"}),
        ({"mon, wed": "08:00-12:00"}, {"mon": "08:00-12:00", "wed": "08:00-12:00"}),
        ({"sat-sun": "closed", "weekdays": "08:00-16:30"}, {"mon-fri": "08:00-16:30"}),
        ({"daily": "22:00-06:00"}, {"mon-sun": "22:00-06:00"}),
        ("always", "always"),
    ],
)
def test_weekly_hours_are_read_in_every_spelling(written: object, weekly: object) -> None:
    week = parse_week_hours(written)
    assert format_week_hours(week) == weekly
    assert parse_week_hours(weekly) == week


def test_cut_offs_are_one_time_per_weekday() -> None:
    week = parse_week_times({"mon-fri": "16:00", "sat": "12:00"})
    assert week == (16 * HOUR,) * 5 + (12 * HOUR, None)
    assert parse_week_times(format_week_times(week)) == week
    assert parse_week_times("16:00") == (16 * HOUR,) * 7


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"mon-fri": "09:00-17:00", "fri": "09:00-12:00"}, "fri is given twice"),
        ({"tues": "09:00-17:00"}, "'tues' is not a day of the week"),
        ({"fri": "22:00-09:00", "sat": "08:00-12:00"}, "the hours of fri run into those of sat"),
        ({"mon": "08:00"}, 'is not a span of hours; write e.g. "08:00-16:30"'),
        ({"mon": "08:00-08:00"}, "opens and closes at the same time"),
        ({}, "names no day"),
        (8, "must say what holds on which days"),
    ],
)
def test_hours_that_cannot_be_are_refused(written: object, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_week_hours(written)
    assert message in str(caught.value)


def test_times_of_day_run_from_midnight_to_midnight() -> None:
    assert parse_clock("00:00") == 0
    assert parse_clock("16:30") == 16 * HOUR + 30 * MINUTE
    assert parse_clock("24:00") == DAY
    assert parse_span("22:00-06:00") == (22 * HOUR, 30 * HOUR)
    for text in ("24:01", "12:60", "9", "nine", 1320):
        with pytest.raises(BadValue):
            parse_clock(text)


def test_days_may_run_over_the_end_of_the_week() -> None:
    assert parse_days("fri-mon") == [4, 5, 6, 0]


def test_a_season_has_its_last_day_inside() -> None:
    season = Season.model_validate({"start": "2026-10-05", "end": "2026-12-31"})
    assert season_calendar(season) == HOLIDAY
    assert HOLIDAY.span_text() == "from 2026-10-05 to 2026-12-31"


@pytest.mark.parametrize(
    ("season", "message"),
    [
        ({"start": "2026-10-05"}, "needs either `end` or `length`"),
        ({"start": "2026-10-05", "end": "2026-10-04"}, "the season ends before it starts"),
        ({"start": "black_friday", "length": "3 days"}, "`start` must be a date"),
        ({"start": "2026-10-05", "length": "9000 years"}, "the season would end in the year"),
        ({"end": "2026-10-04"}, "needs a season with dates"),
    ],
)
def test_a_season_without_a_beginning_or_an_end_is_refused(
    season: dict[str, str], message: str
) -> None:
    with pytest.raises(BadValue) as caught:
        season_calendar(Season.model_validate(season))
    assert message in str(caught.value)
