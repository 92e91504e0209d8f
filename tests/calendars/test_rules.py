"""The table `[silence]` of a profile."""

from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.calendars.rules import SilenceRules
from app.profile import read_profile
from app.settings import Settings

BILATERAL = Settings().profile_path


def rules_in(folder: Path, table: str) -> SilenceRules:
    """The rules of the bilateral profile with a table of its own."""
    file = folder / "profile.toml"
    before, _, rest = BILATERAL.read_text(encoding="utf-8").partition("[silence]")
    parties = rest[rest.index("[[parties]]") :]
    file.write_text(before + parties + table, encoding="utf-8")
    return read_profile(file).silence


def test_a_profile_without_the_table_has_the_periods_of_the_specification() -> None:
    rules = SilenceRules()
    assert (rules.floor_hours, rules.zone, rules.closes_at) == (72, "Europe/Brussels", time(17))
    assert rules.calendars == ("BE", "RU")
    assert rules.periods.model_dump() == {
        "normal": 20,
        "large_batch": 30,
        "recirculation": 10,
        "corrigendum": 10,
        "urgent": 3,
    }
    assert rules.large_batch_over == 30
    assert rules.extension.model_dump() == {"automatic_days": 10, "most": 2, "total_days": 30}
    assert (rules.ad_referendum_days, rules.review_days) == (20, 30)
    assert (rules.idle_months, rules.idle_reminders) == (12, (9, 11))
    assert rules.urgency_refusal_hours == 24


def test_a_profile_names_days_and_hours_as_toml_writes_them(tmp_path: Path) -> None:
    table = """
[silence]
zone = "Europe/Moscow"
closes_at = 18:30:00
calendars = ["RU", "DE-BY"]
holidays = [2027-05-04]
working_days = [2027-02-20]
periods.urgent = 5
extension.most = 1
"""
    rules = rules_in(tmp_path, table)
    assert (rules.zone, rules.closes_at) == ("Europe/Moscow", time(18, 30))
    assert rules.holidays == {date(2027, 5, 4)}
    assert rules.working_days == {date(2027, 2, 20)}
    assert (rules.periods.urgent, rules.periods.normal, rules.extension.most) == (5, 20, 1)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("[silence]\nzone = 'Europe/Bruxelles'", ("silence", "zone")),
        ("[silence]\nzone = 'Europe'", ("silence", "zone")),
        ("[silence]\nzone = '../../etc/passwd'", ("silence", "zone")),
        ("[silence]\ncloses_at = '25:00'", ("silence", "closes_at")),
        ("[silence]\ncloses_at = '17:00+03:00'", ("silence", "closes_at")),
        ("[silence]\ncalendars = ['BE', 'XX']", ("silence", "calendars", 1)),
        ("[silence]\ncalendars = ['DE-ZZ']", ("silence", "calendars", 0)),
        ("[silence]\ncalendars = ['Belgium']", ("silence", "calendars", 0)),
        ("[silence]\nholidays = ['2027-02-29']", ("silence", "holidays", 0)),
        ("[silence]\nholidays = [2027-05-04]\nworking_days = [2027-05-04]", ("silence", "working_days")),
        ("[silence]\nfloor_hours = -1", ("silence", "floor_hours")),
        ("[silence]\nidle_reminders = [9, 12]", ("silence", "idle_reminders")),
        ("[silence]\nidle_reminders = [11, 9]", ("silence", "idle_reminders")),
        ("[silence.periods]\nnormal = 0", ("silence", "periods", "normal")),
        ("[silence.periods]\nslow = 40", ("silence", "periods", "slow")),
        ("[silence.extension]\nautomatic_days = 20\ntotal_days = 10", ("silence", "extension", "total_days")),
    ],
)
def test_a_mistake_in_the_table_is_refused_by_its_name(
    tmp_path: Path, table: str, field: tuple[str | int, ...]
) -> None:
    with pytest.raises(ValidationError) as refused:
        rules_in(tmp_path, f"\n{table}\n")
    (error,) = refused.value.errors()
    # The place of a date in a set is not a number that somebody could count.
    assert error["loc"][: len(field)] == field


def test_the_reason_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="also listed under `holidays`: 2027-05-04"):
        rules_in(tmp_path, "\n[silence]\nholidays = [2027-05-04]\nworking_days = [2027-05-04]\n")
