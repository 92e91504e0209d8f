"""Working days and the instants that are counted in them.

A deadline is an instant of UTC, reckoned once and then stored: a later edition of the holiday tables or of
the time zones does not move it.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from app.calendars.hosts import public_holidays
from app.calendars.rules import SilenceRules

_SATURDAY = 5


class ReminderKind(StrEnum):
    """Why the parties are told of a running silence."""

    OPENED = "opened"
    HALF_TIME = "half_time"
    THREE_DAYS = "three_days"
    ONE_DAY = "one_day"


@dataclass(frozen=True)
class Reminder:
    """One reminder and its instant."""

    kind: ReminderKind
    at: datetime


def works(day: date, rules: SilenceRules) -> bool:
    """Whether a day is a working day in all host countries."""
    if day in rules.working_days:
        return True
    if day in rules.holidays or day.weekday() >= _SATURDAY:
        return False
    return not any(day in public_holidays(calendar, day.year) for calendar in rules.calendars)


def deadline_after(moment: datetime, working_days: int, rules: SilenceRules) -> datetime:
    """The closing instant of the last of so many working days, in UTC.

    The day after the local day of `moment` is the first to count. If that would leave less than the floor,
    it is the first closing instant at which the floor has passed.
    """
    closing = _closing(_nth_working_day(moment, working_days, rules), rules)
    floor = _utc(moment) + timedelta(hours=rules.floor_hours)
    if closing >= floor:
        return closing
    days = _working_days_from(_local_day(floor, rules), rules)
    return next(instant for instant in (_closing(day, rules) for day in days) if instant >= floor)


def extended(expires_at: datetime, working_days: int, rules: SilenceRules) -> datetime:
    """The closing instant so many working days after a deadline, in UTC."""
    return _closing(_nth_working_day(expires_at, working_days, rules), rules)


def reminders(opened_at: datetime, expires_at: datetime, rules: SilenceRules) -> tuple[Reminder, ...]:
    """When the parties are told of a silence: at its opening, half-way, three days and 24 hours before; in order.

    Three days are days of the calendar, so the reminder comes at the hour at which the silence will end.
    What does not lie between opening and end is left out; of two at one instant, the more pressing stays.
    """
    opened, expires = _utc(opened_at), _utc(expires_at)
    local = expires.astimezone(ZoneInfo(rules.zone))
    pressing = {
        opened + (expires - opened) / 2: ReminderKind.HALF_TIME,
        # Arithmetic within one zone is that of the wall clock.
        (local - timedelta(days=3)).astimezone(UTC): ReminderKind.THREE_DAYS,
        expires - timedelta(hours=24): ReminderKind.ONE_DAY,
    }
    between = {at: kind for at, kind in pressing.items() if opened < at < expires}
    return tuple(Reminder(kind, at) for at, kind in sorted({opened: ReminderKind.OPENED, **between}.items()))


def months_after(moment: datetime, months: int, rules: SilenceRules) -> datetime:
    """The same local day and hour so many months later, or the last day of a month that has no such day; in UTC."""
    local = _utc(moment).astimezone(ZoneInfo(rules.zone))
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    day = min(local.day, monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day).astimezone(UTC)


def _nth_working_day(moment: datetime, working_days: int, rules: SilenceRules) -> date:
    if working_days < 1:
        raise ValueError("a deadline is at least one working day away")
    following = _local_day(_utc(moment), rules) + timedelta(days=1)
    return next(islice(_working_days_from(following, rules), working_days - 1, None))


def _working_days_from(day: date, rules: SilenceRules) -> Iterator[date]:
    while True:
        if works(day, rules):
            yield day
        day += timedelta(days=1)


def _local_day(moment: datetime, rules: SilenceRules) -> date:
    return moment.astimezone(ZoneInfo(rules.zone)).date()


def _closing(day: date, rules: SilenceRules) -> datetime:
    return datetime.combine(day, rules.closes_at, ZoneInfo(rules.zone)).astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    """The moment in UTC, in which spans are spans of real time."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is no instant")
    return moment.astimezone(UTC)
