"""Days and instants as the three languages write them, in Brussels and Moscow time."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.languages.codes import LanguageCode

# The English of the compendium is British: 1 December 2026, not December 1, 2026.
LOCALES: dict[LanguageCode, str] = {"en": "en_GB", "fr": "fr_FR", "ru": "ru_RU"}
BRUSSELS, MOSCOW = "Europe/Brussels", "Europe/Moscow"

_FIRST = re.compile(r"\b1(?=[ \u00a0\u202f])")


def day(on: date, language: LanguageCode, *, weekday: bool = False) -> str:
    """A day: `1 December 2026`, `1er décembre 2026`, `1 декабря 2026 г.`."""
    text = str(format_date(on, "full" if weekday else "long", locale=LOCALES[language]))
    # Only the first of a month is an ordinal in French.
    return _FIRST.sub("1er", text, count=1) if language == "fr" and on.day == 1 else text


def day_at_end(on: date, language: LanguageCode) -> str:
    """The same where a sentence ends with it: there a Russian year is written out, without a full stop."""
    text = day(on, language)
    return f"{text.removesuffix('г.')}года" if language == "ru" else text


def local_time(moment: datetime, zone: str, language: LanguageCode) -> str:
    """Day and hour in a time zone: `Tuesday 1 December 2026, 17:00`."""
    local = moment.astimezone(ZoneInfo(zone))
    hour = f"{local:%H}\u00a0h\u00a0{local:%M}" if language == "fr" else f"{local:%H:%M}"
    return f"{day(local.date(), language, weekday=True)}, {hour}"


def instant(moment: datetime) -> str:
    """The exact instant in UTC, with no more decimals than it has: `2026-12-01T16:00:00Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
