"""Deadlines as iCalendar: held against the rules of RFC 5545 and read back by another implementation."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import example, given
from hypothesis import strategies as st

from app.calendars.deadlines import deadline_after
from app.calendars.icalendar import LONGEST_LINE, Deadline, DeadlineStatus, folded, write
from app.calendars.rules import SilenceRules

TITLE = "Процедура молчания: «дальность; высота, курс» — défense antimissile de théâtre, systèmes à longue portée"
OPENED = datetime(2027, 3, 15, 9, 30, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=("C",), include_characters="\n\t"), max_size=200)


def deadline(**changed: object) -> Deadline:
    given: dict[str, object] = {
        "uid": "S(2027)0007@terms.example.org",
        "number": "S(2027)0007",
        "title": TITLE,
        "expires_at": deadline_after(OPENED, 10, SilenceRules()),
        "zone": "Europe/Brussels",
        "last_modified": OPENED,
    }
    return Deadline(**(given | changed))  # type: ignore[arg-type]


def read(document: bytes) -> icalendar.Calendar:
    """The calendar, which another implementation must find nothing wrong with."""
    found = icalendar.Calendar.from_ical(document)
    assert isinstance(found, icalendar.Calendar)
    for component in found.walk():
        assert component.errors == []
    return found


def assert_lines_are_those_of_the_rfc(document: bytes) -> None:
    lines = document.split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= LONGEST_LINE
        assert line.decode("utf-8")
        assert b"\r" not in line
        assert b"\n" not in line


def test_a_calendar_says_when_a_deadline_is_and_how_it_is_called() -> None:
    document = write("Délais · Сроки", [deadline()])
    assert_lines_are_those_of_the_rfc(document)
    calendar = read(document)
    assert calendar["VERSION"] == "2.0"
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Délais · Сроки"
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == "S(2027)0007@terms.example.org"
    assert event["SUMMARY"] == f"S(2027)0007 {TITLE}"
    assert event["DTSTART"].dt == datetime(2027, 3, 30, 15, tzinfo=UTC)
    assert event["DTSTART"].dt.astimezone(ZoneInfo("Europe/Moscow")).hour == 18
    assert event["DESCRIPTION"] == "2027-03-30 17:00 Europe/Brussels"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == OPENED
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert "DTEND" not in event


def test_a_calendar_rings_three_days_and_a_day_before() -> None:
    document = write("Deadlines", [deadline()])
    alarms = read(document).walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(days=-3), timedelta(hours=-24)]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}
    assert all(alarm["DESCRIPTION"] == f"S(2027)0007 {TITLE}" for alarm in alarms)
    # A day of the calendar and 24 hours differ when the clocks are changed.
    assert b"TRIGGER:-PT24H\r\n" in document


def test_a_deadline_that_no_longer_holds_is_struck_through_and_silent() -> None:
    calendar = read(write("Deadlines", [deadline(status=DeadlineStatus.CANCELLED)]))
    (event,) = calendar.walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert calendar.walk("VALARM") == []


def test_a_calendar_without_deadlines_is_one() -> None:
    document = write("Deadlines", [])
    assert_lines_are_those_of_the_rfc(document)
    assert read(document).walk("VEVENT") == []


def test_the_order_in_which_deadlines_are_given_makes_no_difference() -> None:
    some = [deadline(uid=f"{n}@terms.example.org", expires_at=OPENED + timedelta(days=n % 2)) for n in range(4)]
    assert write("Deadlines", some) == write("Deadlines", reversed(some))
    assert [event["UID"][0] for event in read(write("Deadlines", some)).walk("VEVENT")] == ["0", "2", "1", "3"]


@given(TEXT)
@example("BEGIN:VALARM\nEND:VEVENT\r\nX-INJECTED:1")
@example("a\\nb\\;c\\,d;e,f:g\"h'")
@example("ё" * 80)
@example("🛰️" * 40)
def test_any_title_comes_through_and_stays_a_title(title: str) -> None:
    document = write("Deadlines", [deadline(title=title)])
    assert_lines_are_those_of_the_rfc(document)
    (event,) = read(document).walk("VEVENT")
    assert event["SUMMARY"] == f"S(2027)0007 {title}".replace("\r\n", "\n").replace("\r", "\n")
    assert not any(name.startswith("X-") for name in event)


@given(st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=300))
def test_folding_loses_nothing_and_uses_the_room_that_there_is(line: str) -> None:
    lines = folded(line).split(b"\r\n")
    assert lines.pop() == b""
    assert lines[0] + b"".join(one[1:] for one in lines[1:]) == line.encode()
    assert all(one.startswith(b" ") for one in lines[1:])
    # Only what would cut a character in two, at most three octets, is left free.
    assert all(LONGEST_LINE - 3 <= len(one) <= LONGEST_LINE for one in lines[:-1])


def test_a_control_character_has_no_place_in_a_calendar() -> None:
    document = write("Deadlines", [deadline(title="a\x00b\x07c\x7fd\x0be")])
    (event,) = read(document).walk("VEVENT")
    assert event["SUMMARY"] == "S(2027)0007 abcde"
