"""Deadlines as an iCalendar file (RFC 5545), for the calendars that people keep anyway; pure.

Instants are written in UTC: a calendar shows them in the zone of whoever looks, and no table of a zone that
is out of date there can move them. What the clock shows in the zone of the deadline stands in the description.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

MEDIA_TYPE = "text/calendar"

LONGEST_LINE = 75
"""Octets, the end of the line not counted."""

_ALARMS = ("-P3D", "-PT24H")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class DeadlineStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    """It no longer holds; calendars strike it through, and ring no more."""


@dataclass(frozen=True)
class Deadline:
    """One deadline."""

    uid: str
    """Never changes, and differs from that of everything else in the world."""
    number: str
    title: str
    expires_at: datetime
    zone: str
    """The name of the zone in which it was reckoned."""
    last_modified: datetime
    status: DeadlineStatus = DeadlineStatus.CONFIRMED


def write(name: str, deadlines: Iterable[Deadline]) -> bytes:
    """A calendar of this name. The same deadlines, in whatever order, give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Compendium of theatre missile defence terms//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        # The first is of RFC 7986, the other what calendars read in its place.
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for deadline in sorted(deadlines, key=lambda one: (one.expires_at, one.uid)):
        lines += _event(deadline)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, none of which ends within a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode("utf-8")
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "  # says that the line goes on, and counts
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _event(deadline: Deadline) -> Iterator[str]:
    local = deadline.expires_at.astimezone(ZoneInfo(deadline.zone))
    summary = _text(f"{deadline.number} {deadline.title}")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(deadline.uid)}"
    yield f"DTSTAMP:{_instant(deadline.last_modified)}"
    yield f"LAST-MODIFIED:{_instant(deadline.last_modified)}"
    # Without an end or a duration it is over in the instant in which it begins (RFC 5545, 3.6.1).
    yield f"DTSTART:{_instant(deadline.expires_at)}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{_text(f'{local:%Y-%m-%d %H:%M} {deadline.zone}')}"
    yield f"STATUS:{deadline.status.value}"
    yield "TRANSP:TRANSPARENT"
    if deadline.status is DeadlineStatus.CONFIRMED:
        for trigger in _ALARMS:
            yield from (
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{summary}",
                f"TRIGGER:{trigger}",
                "END:VALARM",
            )
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text as a value: escaped, on one line, without the control characters that have no place in one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or not (c < " " or c == "\x7f"))
    return "".join(_ESCAPES.get(character, character) for character in kept)
