"""The table `[silence]` of a profile: how long the parties have to answer."""

from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from app.calendars.hosts import is_known


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # of a folder's name it says that it cannot be opened
        raise ValueError(f"no time zone has the name {name!r}; names are such as 'Europe/Brussels'") from error
    return name


def _known_calendar(name: str) -> str:
    if not is_known(name):
        raise ValueError(f"no country has the calendar {name!r}; names are such as 'BE' or 'DE-BY'")
    return name


def _without_zone(closing: time) -> time:
    if closing.tzinfo is not None:
        raise ValueError("the closing time stands without an offset: it is that of `zone`")
    return closing


WorkingDays = Annotated[int, Field(ge=1, le=250)]
Months = Annotated[int, Field(ge=1, le=120)]
ZoneName = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_known_zone)]
CalendarName = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"), AfterValidator(_known_calendar)
]


class Periods(BaseModel):
    """How many working days a silence lasts, by its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    normal: WorkingDays = 20
    large_batch: WorkingDays = 30
    recirculation: WorkingDays = 10
    corrigendum: WorkingDays = 10
    urgent: WorkingDays = 3


class Extensions(BaseModel):
    """How far a silence may be made longer, in working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    automatic_days: WorkingDays = 10
    """The most that the first request gets without asking anybody."""
    most: Annotated[int, Field(ge=0, le=20)] = 2
    """How many extensions one silence may have."""
    total_days: WorkingDays = 30
    """How long they may be together."""

    @field_validator("total_days")
    @classmethod
    def _holds_the_first(cls, total: int, info: ValidationInfo) -> int:
        if total < info.data.get("automatic_days", 0):
            raise ValueError("all extensions together cannot be shorter than the automatic one")
        return total


class SilenceRules(BaseModel):
    """When a silence ends, and everything else that is counted in working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor_hours: Annotated[int, Field(ge=0, le=24 * 366)] = 72
    """No silence is shorter, whatever the working days say."""
    zone: ZoneName = "Europe/Brussels"
    closes_at: Annotated[time, AfterValidator(_without_zone)] = time(17)
    calendars: Annotated[tuple[CalendarName, ...], Field(max_length=50)] = ("BE", "RU")
    """A working day is one in all of these countries."""
    holidays: frozenset[date] = frozenset()
    """Days off that the calendars do not know."""
    working_days: frozenset[date] = frozenset()
    """Days that are worked although a calendar or the week says otherwise, such as transferred Saturdays."""
    periods: Periods = Periods()
    large_batch_over: Annotated[int, Field(ge=1)] = 30
    """A batch of more entries than this has the period `large_batch`."""
    extension: Extensions = Extensions()
    ad_referendum_days: WorkingDays = 20
    review_days: WorkingDays = 30
    idle_months: Months = 12
    idle_reminders: Annotated[tuple[Months, ...], Field(max_length=12)] = (9, 11)
    """After how many months without an event the proposer is reminded."""
    urgency_refusal_hours: Annotated[int, Field(ge=1, le=24 * 31)] = 24

    @field_validator("working_days")
    @classmethod
    def _are_no_holidays(cls, days: frozenset[date], info: ValidationInfo) -> frozenset[date]:
        both = sorted(days & info.data.get("holidays", frozenset()))
        if both:
            raise ValueError(f"also listed under `holidays`: {', '.join(map(str, both))}")
        return days

    @field_validator("idle_reminders")
    @classmethod
    def _come_before_the_end(cls, months: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        if list(months) != sorted(set(months)):
            raise ValueError("reminders are listed in order, each once")
        if months and months[-1] >= info.data.get("idle_months", months[-1] + 1):
            raise ValueError("a reminder comes before `idle_months`")
        return months
