"""Dates and times as files write them; the order of day and month is never guessed in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sim.history.problems import refuse

if TYPE_CHECKING:
    import pandas as pd

_CLOCK: Final = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_OFFSET: Final = r"\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST: Final = r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
_YEAR_LAST: Final = r"^(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4}|\d{2})"
_FIRST_YEAR, _LAST_YEAR = 1990, 2100

DayOrder = Literal["year first", "day first", "month first", "as given"]


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates, read."""

    times: pd.Series
    """Wall-clock time of each row; NaT where there is none."""
    order: DayOrder
    """How day, month and year follow each other."""
    has_clock: bool
    """Whether there is a time of day."""
    offsets: tuple[str, ...]
    """Offsets from UTC that were written, if any; the wall clock was kept unless a time zone was
    given."""


def parse_dates(
    texts: pd.Series,
    date_format: str | None = None,
    time_zone: str | None = None,
    file: str | None = None,
) -> Dates:
    """Read a text column of dates.

    Args:
        texts: The column.
        date_format: `day_first`, `month_first`, or a pattern such as `%d.%m.%Y %H:%M`. Without
            it, dates such as 01/02/2025 are refused unless some day above 12 shows the order.
        time_zone: Zone of the shop, such as `America/New_York`. Times written with an offset are
            moved there; without it their wall clock is kept.
        file: Name of the file, for messages.

    Raises:
        HistoryError: no date can be read, or the order of day and month cannot be known.
    """
    import pandas as pd

    codes, values = texts.str.strip().factorize()
    unique = pd.Series(values, dtype="str")
    parts, order = _parts(unique, date_format, file)
    if parts is None:
        times = pd.to_datetime(unique, format=date_format, errors="coerce")
        offsets: tuple[str, ...] = ()
        has_clock = bool((times.dropna() != times.dropna().dt.normalize()).any())
    else:
        times = _instants(parts)
        offsets = tuple(sorted(parts["offset"].dropna().unique()))
        has_clock = bool(parts["hour"].notna().any())
        if time_zone is not None and offsets:
            times = _moved(times, parts["offset"], time_zone, file)
    if bool(times.isna().all()):
        hint = 'give its pattern, such as --date-format "%d.%m.%Y %H:%M"'
        refuse("no date could be read", hint, file=file, value=str(next(iter(values), "")))
    spread = pd.Series(times.to_numpy()[codes], index=texts.index)
    return Dates(spread, order, has_clock, offsets)


def _parts(
    unique: pd.Series, date_format: str | None, file: str | None
) -> tuple[pd.DataFrame | None, DayOrder]:
    """Year, month, day, time and offset of each text; None where a pattern reads them whole."""
    if date_format is not None and "%" in date_format:
        return None, "as given"
    if date_format not in {None, "day_first", "month_first"}:
        hint = "give day_first, month_first, or a pattern with %d, %m and %Y"
        refuse(f"unknown date format {date_format!r}", hint, file=file)
    iso = unique.str.extract(_YEAR_FIRST + _CLOCK + _OFFSET + "$")
    other = unique[iso["year"].isna()]
    turned = other.str.extract(_YEAR_LAST + _CLOCK + _OFFSET + "$")
    if bool(turned["year"].isna().all()):
        return iso, "year first"
    order = _day_order(turned, date_format, file)
    names = ("day", "month") if order == "day first" else ("month", "day")
    turned = turned.rename(columns=dict(zip(("one", "two"), names, strict=True)))
    turned["year"] = turned["year"].where(turned["year"].str.len() != 2, "20" + turned["year"])
    iso.loc[turned.index, list(turned.columns)] = turned
    return iso, order


def _day_order(turned: pd.DataFrame, date_format: str | None, file: str | None) -> DayOrder:
    if date_format is not None:
        return "day first" if date_format == "day_first" else "month first"
    found = turned.dropna(subset=["one", "two"])
    first_is_day = bool((found["one"].astype(int) > 12).any())
    second_is_day = bool((found["two"].astype(int) > 12).any())
    if first_is_day and second_is_day:
        message = "some dates have the day first, others the month"
        refuse(message, "repair the file, or give --date-format", file=file)
    if not first_is_day and not second_is_day:
        message = "day and month cannot be told apart: no day is above 12"
        hint = "give --date-format day_first or --date-format month_first"
        refuse(message, hint, file=file)
    return "day first" if first_is_day else "month first"


def _instants(parts: pd.DataFrame) -> pd.Series:
    import pandas as pd

    numbers = parts[["year", "month", "day", "hour", "minute", "second"]].apply(pd.to_numeric)
    numbers[["hour", "minute", "second"]] = numbers[["hour", "minute", "second"]].fillna(0)
    half = parts["half"].str.upper().str[0]
    afternoon = (half == "P") & (numbers["hour"] < 12)
    midnight = (half == "A") & (numbers["hour"] == 12)
    numbers["hour"] += 12 * afternoon.astype(int) - 12 * midnight.astype(int)
    sensible = numbers["year"].between(_FIRST_YEAR, _LAST_YEAR)
    times: pd.Series = pd.to_datetime(numbers, errors="coerce").where(sensible)
    return times


def _moved(times: pd.Series, offsets: pd.Series, zone: str, file: str | None) -> pd.Series:
    """Times with an offset, moved to the shop's zone; times without stay."""
    import pandas as pd

    clean = offsets.replace({"Z": "+0000", "UTC": "+0000", "GMT": "+0000"}).str.replace(":", "")
    minutes = pd.to_numeric(clean.str[1:3]) * 60 + pd.to_numeric(clean.str[3:5])
    minutes = minutes.where(clean.str[0] != "-", -minutes)
    utc = (times - pd.to_timedelta(minutes, unit="min")).dt.tz_localize("UTC")
    try:
        local = utc.dt.tz_convert(zone).dt.tz_localize(None)
    except (KeyError, ValueError):
        refuse(f"unknown time zone {zone!r}", "try America/New_York", file=file)
    return local.where(offsets.notna(), times)
