"""Days and instants as each language writes them."""

from datetime import UTC, date, datetime

import pytest

from app.texts.dates import BRUSSELS, MOSCOW, day, day_at_end, instant, local_time


@pytest.mark.parametrize(
    ("on", "language", "expected"),
    [
        (date(2026, 12, 1), "en", "1 December 2026"),
        (date(2026, 12, 1), "fr", "1er décembre 2026"),
        (date(2026, 12, 11), "fr", "11 décembre 2026"),
        (date(2026, 12, 1), "ru", "1 декабря 2026 г."),
        (date(2026, 8, 31), "ru", "31 августа 2026 г."),
    ],
)
def test_a_day(on: date, language, expected: str) -> None:
    assert day(on, language).replace("\u00a0", " ").replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1 December 2026"), ("fr", "1er décembre 2026"), ("ru", "1 декабря 2026 года")],
)
def test_a_day_at_the_end_of_a_sentence(language, expected: str) -> None:
    said = day_at_end(date(2026, 12, 1), language)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("moment", "brussels", "moscow"),
    [
        # Before and after both changes of the Brussels clock; Moscow has none.
        (datetime(2026, 3, 28, 16, tzinfo=UTC), "17:00", "19:00"),
        (datetime(2026, 3, 29, 15, tzinfo=UTC), "17:00", "18:00"),
        (datetime(2026, 10, 24, 15, tzinfo=UTC), "17:00", "18:00"),
        (datetime(2026, 10, 25, 16, tzinfo=UTC), "17:00", "19:00"),
    ],
)
def test_an_instant_in_both_capitals(moment: datetime, brussels: str, moscow: str) -> None:
    assert local_time(moment, BRUSSELS, "en").endswith(f", {brussels}")
    assert local_time(moment, MOSCOW, "ru").endswith(f", {moscow}")
    assert local_time(moment, BRUSSELS, "fr").endswith(brussels.replace(":", "\u00a0h\u00a0"))


def test_a_night_that_is_another_day_in_moscow() -> None:
    moment = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    assert local_time(moment, BRUSSELS, "fr") == "jeudi 31 décembre 2026, 23\u00a0h\u00a030"
    assert local_time(moment, MOSCOW, "fr") == "vendredi 1er janvier 2027, 01\u00a0h\u00a030"


def test_the_exact_instant_has_no_more_decimals_than_it_has() -> None:
    assert instant(datetime(2026, 12, 1, 16, tzinfo=UTC)) == "2026-12-01T16:00:00Z"
    assert instant(datetime(2026, 12, 1, 16, 0, 0, 1, tzinfo=UTC)) == "2026-12-01T16:00:00.000001Z"
