"""When a silence ends: working days of two host countries, closing time in Brussels, instants in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendars.deadlines import (
    Reminder,
    ReminderKind,
    deadline_after,
    extended,
    months_after,
    reminders,
    works,
)
from app.calendars.rules import SilenceRules

RULES = SilenceRules()
NO_FLOOR = SilenceRules(floor_hours=0)
BRUSSELS = ZoneInfo("Europe/Brussels")


def brussels(text: str) -> datetime:
    """An instant, as a clock in Brussels shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def on_the_wall(instant: datetime) -> str:
    """What a clock in Brussels shows at an instant."""
    return instant.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-08",  # the last of the Russian New Year holidays
        "2027-03-29",  # Easter Monday, Belgium
        "2027-05-06",  # Ascension, Belgium
        "2027-05-10",  # 9 May was a Sunday, Russia
        "2027-06-14",  # 12 June was a Saturday, Russia
        "2027-07-21",  # the Belgian national day
        "2027-11-04",  # Unity Day, Russia
        "2027-12-31",  # given for 3 January, Russia
        "2028-05-09",  # Victory Day, a Tuesday
        "2027-02-20",  # a Saturday that Russia works for the Monday after: Belgium does not
        "2027-02-22",
        "2027-08-07",
        "2027-08-08",
    ],
)
def test_a_day_off_in_one_country_is_no_working_day(day: str) -> None:
    assert not works(date.fromisoformat(day), RULES)


@pytest.mark.parametrize("day", ["2027-01-11", "2027-03-30", "2027-05-07", "2027-07-22", "2028-02-29"])
def test_a_day_that_both_countries_work_is_a_working_day(day: str) -> None:
    assert works(date.fromisoformat(day), RULES)


def test_each_calendar_counts_alone() -> None:
    national_day, victory_day = date(2027, 7, 21), date(2028, 5, 9)
    assert works(national_day, SilenceRules(calendars=("RU",)))
    assert works(victory_day, SilenceRules(calendars=("BE",)))
    assert works(national_day, SilenceRules(calendars=()))


def test_the_table_of_the_profile_has_the_last_word() -> None:
    rules = SilenceRules(
        holidays=frozenset({date(2027, 9, 1)}), working_days=frozenset({date(2027, 2, 20), date(2027, 7, 21)})
    )
    assert not works(date(2027, 9, 1), rules)
    assert works(date(2027, 2, 20), rules)
    assert works(date(2027, 7, 21), rules)


@pytest.mark.parametrize(
    ("moment", "days", "expiry"),
    [
        # Winter and summer: 17:00 in Brussels is 16:00 and 15:00 in UTC.
        ("2027-02-01 09:00", 10, "2027-02-15T16:00:00+00:00"),
        ("2027-08-02 09:00", 10, "2027-08-16T15:00:00+00:00"),
        # Across the last Sunday of March, Easter Monday being the day after it.
        ("2027-03-22 12:00", 5, "2027-03-30T15:00:00+00:00"),
        # Across the last Sunday of October; off are 1, 4, 5 and 11 November.
        ("2027-10-25 12:00", 10, "2027-11-12T16:00:00+00:00"),
        # The Russian New Year holidays, after a Friday that is off as well.
        ("2027-12-22 10:00", 8, "2028-01-11T16:00:00+00:00"),
        # 1 to 10 May: 3 May and 10 May off in Russia, 6 May in Belgium.
        ("2027-04-30 10:00", 4, "2027-05-11T15:00:00+00:00"),
        # The Belgian national day.
        ("2027-07-19 10:00", 3, "2027-07-23T15:00:00+00:00"),
        # 29 February.
        ("2028-02-24 10:00", 3, "2028-02-29T16:00:00+00:00"),
        # A moment after closing time counts as its day all the same; one past midnight in Brussels is the next.
        ("2027-02-01 23:59", 10, "2027-02-15T16:00:00+00:00"),
        ("2027-02-02 00:00", 10, "2027-02-16T16:00:00+00:00"),
    ],
)
def test_counting_begins_on_the_day_after(moment: str, days: int, expiry: str) -> None:
    assert deadline_after(brussels(moment), days, RULES).isoformat() == expiry


def test_the_local_day_is_that_of_the_zone_and_not_of_the_caller() -> None:
    in_moscow = datetime(2027, 2, 2, 1, 30, tzinfo=ZoneInfo("Europe/Moscow"))  # 23:30 on Monday in Brussels
    assert deadline_after(in_moscow, 10, RULES) == deadline_after(brussels("2027-02-01 12:00"), 10, RULES)
    assert deadline_after(in_moscow, 10, SilenceRules(zone="Europe/Moscow")) == datetime(
        2027, 2, 16, 14, tzinfo=UTC
    )


def test_a_period_across_the_change_to_summer_time_is_an_hour_shorter_by_the_stopwatch() -> None:
    before, after = brussels("2027-03-25 17:00"), deadline_after(brussels("2027-03-25 17:00"), 2, RULES)
    assert on_the_wall(after) == "2027-03-30 17:00"
    assert after - before.astimezone(UTC) == timedelta(days=5) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("moment", "expiry"),
    [
        # Three working days from Monday evening end on Thursday at 17:00, 66 hours later: Friday it is.
        ("2027-02-01 23:00", "2027-02-05 17:00"),
        # From Monday 17:00 they are 72 hours to the second, and a second later they are not.
        ("2027-02-01 17:00:00", "2027-02-04 17:00"),
        ("2027-02-01 17:00:01", "2027-02-05 17:00"),
        # 72 hours from Tuesday evening end on Friday evening: the next closing time is that of Monday.
        ("2027-02-02 18:00", "2027-02-08 17:00"),
        # 72 hours of a stopwatch, across an hour that is struck twice.
        ("2026-10-22 17:30", "2026-10-27 17:00"),
    ],
)
def test_no_silence_is_shorter_than_the_floor(moment: str, expiry: str) -> None:
    assert on_the_wall(deadline_after(brussels(moment), RULES.periods.urgent, RULES)) == expiry


def test_the_floor_alone_can_decide() -> None:
    rules = SilenceRules(floor_hours=240)
    assert on_the_wall(deadline_after(brussels("2027-07-09 10:00"), 1, rules)) == "2027-07-19 17:00"
    # Ten days later is the national day.
    assert on_the_wall(deadline_after(brussels("2027-07-11 10:00"), 1, rules)) == "2027-07-22 17:00"


@pytest.mark.parametrize(
    ("expires", "days", "later"),
    [
        ("2027-03-26 17:00", 1, "2027-03-30 17:00"),
        ("2027-10-29 17:00", 3, "2027-11-08 17:00"),
        ("2027-12-30 17:00", 10, "2028-01-21 17:00"),
    ],
)
def test_an_extension_counts_from_the_deadline(expires: str, days: int, later: str) -> None:
    assert on_the_wall(extended(brussels(expires), days, RULES)) == later


def test_reminders_come_at_the_opening_half_way_three_days_and_a_day_before() -> None:
    opened, expires = brussels("2027-02-01 09:00"), brussels("2027-03-01 17:00")
    assert [(r.kind.value, on_the_wall(r.at)) for r in reminders(opened, expires, RULES)] == [
        ("opened", "2027-02-01 09:00"),
        ("half_time", "2027-02-15 13:00"),
        ("three_days", "2027-02-26 17:00"),
        ("one_day", "2027-02-28 17:00"),
    ]


def test_three_days_are_days_of_the_calendar_and_24_hours_are_hours() -> None:
    found = reminders(brussels("2027-03-01 09:00"), brussels("2027-03-29 10:00"), RULES)
    assert [on_the_wall(r.at) for r in found[-2:]] == ["2027-03-26 10:00", "2027-03-28 10:00"]
    found = reminders(brussels("2027-03-01 09:00"), brussels("2027-03-28 17:00"), RULES)
    # The clocks go forward in the last night.
    assert [on_the_wall(r.at) for r in found[-2:]] == ["2027-03-25 17:00", "2027-03-27 16:00"]


def test_a_reminder_that_would_come_before_the_opening_is_left_out() -> None:
    opened = brussels("2027-02-01 17:00")
    found = reminders(opened, opened + timedelta(hours=72), RULES)
    assert [(r.kind.value, on_the_wall(r.at)) for r in found] == [
        ("opened", "2027-02-01 17:00"),
        ("half_time", "2027-02-03 05:00"),
        ("one_day", "2027-02-03 17:00"),
    ]
    found = reminders(opened, opened + timedelta(hours=20), RULES)
    assert [r.kind.value for r in found] == ["opened", "half_time"]


def test_of_two_reminders_at_one_instant_the_more_pressing_stays() -> None:
    opened = brussels("2027-02-01 17:00")
    found = reminders(opened, opened + timedelta(days=6), RULES)
    assert [r.kind for r in found] == [ReminderKind.OPENED, ReminderKind.THREE_DAYS, ReminderKind.ONE_DAY]


@pytest.mark.parametrize(
    ("moment", "months", "later"),
    [
        ("2027-01-15 10:00", 9, "2027-10-15 10:00"),
        ("2027-01-15 10:00", 12, "2028-01-15 10:00"),
        ("2027-12-01 10:00", 1, "2028-01-01 10:00"),
        ("2026-11-30 10:00", 13, "2027-12-30 10:00"),
        ("2028-02-29 10:00", 12, "2029-02-28 10:00"),
        ("2027-05-31 10:00", 9, "2028-02-29 10:00"),
        ("2027-02-28 18:00", 24, "2029-02-28 18:00"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(moment: str, months: int, later: str) -> None:
    assert on_the_wall(months_after(brussels(moment), months, RULES)) == later


def test_a_moment_without_a_zone_and_a_count_of_no_days_are_mistakes_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no instant"):
        deadline_after(datetime(2027, 2, 1), 10, RULES)
    with pytest.raises(ValueError, match="at least one"):
        deadline_after(datetime(2027, 2, 1, tzinfo=UTC), 0, RULES)


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
DAYS = st.integers(1, 40)
SOME_RULES = st.builds(
    SilenceRules,
    floor_hours=st.integers(0, 400),
    zone=st.sampled_from(["Europe/Brussels", "Europe/Moscow", "America/St_Johns", "Pacific/Kiritimati"]),
    closes_at=st.sampled_from([time(0), time(2, 30), time(17), time(23, 59, 59)]),
    calendars=st.sampled_from([(), ("BE",), ("RU",), ("BE", "RU")]),
    holidays=st.frozensets(st.dates(date(2020, 1, 1), date(2032, 1, 1)), max_size=5),
)


@given(MOMENTS, DAYS, SOME_RULES)
def test_a_deadline_is_the_closing_time_of_a_working_day_and_not_under_the_floor(
    moment: datetime, days: int, rules: SilenceRules
) -> None:
    expiry = deadline_after(moment, days, rules)
    local = expiry.astimezone(ZoneInfo(rules.zone))
    assert expiry.tzinfo is UTC
    assert works(local.date(), rules)
    # At 02:30 on the day when there is none, the clock shows 03:30.
    exists = local.replace(tzinfo=None) == datetime.combine(local.date(), rules.closes_at)
    assert exists or (rules.closes_at == time(2, 30) and local.time() == time(3, 30))
    assert expiry - moment >= timedelta(hours=rules.floor_hours)
    assert expiry > moment


@given(MOMENTS, DAYS, SOME_RULES)
def test_without_a_floor_there_are_exactly_so_many_working_days(
    moment: datetime, days: int, rules: SilenceRules
) -> None:
    rules = rules.model_copy(update={"floor_hours": 0})
    first = moment.astimezone(ZoneInfo(rules.zone)).date()
    last = deadline_after(moment, days, rules).astimezone(ZoneInfo(rules.zone)).date()
    between = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    assert sum(works(day, rules) for day in between) == days


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)), DAYS, DAYS, SOME_RULES)
def test_later_moments_and_more_days_never_end_earlier(
    moment: datetime, later: timedelta, some: int, others: int, rules: SilenceRules
) -> None:
    fewer, more = sorted((some, others))
    assert deadline_after(moment, fewer, rules) <= deadline_after(moment + later, fewer, rules)
    assert deadline_after(moment, fewer, rules) <= deadline_after(moment, more, rules)


@given(MOMENTS, DAYS, DAYS, SOME_RULES)
def test_an_extension_never_shortens(moment: datetime, days: int, more: int, rules: SilenceRules) -> None:
    expiry = deadline_after(moment, days, rules)
    later = extended(expiry, more, rules)
    assert later > expiry
    assert works(later.astimezone(ZoneInfo(rules.zone)).date(), rules)


@given(MOMENTS, DAYS, SOME_RULES)
def test_reminders_are_in_order_within_the_silence(moment: datetime, days: int, rules: SilenceRules) -> None:
    expiry = deadline_after(moment, days, rules)
    found = reminders(moment, expiry, rules)
    assert found[0] == Reminder(ReminderKind.OPENED, moment)
    instants = [reminder.at for reminder in found]
    assert instants == sorted(set(instants))
    assert all(moment <= instant < expiry for instant in instants)
