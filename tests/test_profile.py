"""The profile of a working group."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.calendars.rules import Extensions, Periods, SilenceRules
from app.languages.codes import LANGUAGES
from app.profile import ApprovalLevel, Profile, read_profile
from app.settings import Settings

BILATERAL = Settings().profile_path
SHIPPED = sorted(path.stem for path in BILATERAL.parent.glob("*.toml"))
LATER = {"bulgaria", "estonia", "latvia", "lithuania", "romania", "slovakia", "slovenia"}
"""Who joined in 2004."""


def shipped(name: str) -> Profile:
    return read_profile(Settings(profile=name).profile_path)


def profile_file(folder: Path, old: str, new: str) -> Path:
    """The bilateral profile with one passage changed."""
    text = BILATERAL.read_text(encoding="utf-8")
    assert old in text
    file = folder / "profile.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_the_default_profile_has_two_parties_that_both_must_consent() -> None:
    profile = read_profile(BILATERAL)
    assert profile.consensus_set == {"nato", "russia"}
    assert profile.co_chairs_decide_at is ApprovalLevel.WORKING_GROUP
    assert profile.sides_of(profile.consensus_set) == {"nato": {"nato"}, "russia": {"russia"}}
    assert {party.code: party.languages for party in profile.parties} == {"nato": {"en", "fr"}, "russia": {"ru"}}


def test_the_default_profile_writes_out_the_rules_that_hold_without_it() -> None:
    assert read_profile(BILATERAL).silence == SilenceRules()
    written = tomllib.loads(BILATERAL.read_text(encoding="utf-8"))["silence"]
    assert written.keys() == SilenceRules.model_fields.keys()
    assert written["periods"].keys() == Periods.model_fields.keys()
    assert written["extension"].keys() == Extensions.model_fields.keys()


def test_the_shipped_profiles_are_these() -> None:
    assert SHIPPED == ["bilateral", "nations", "single"]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_has_names_and_an_answer_for_every_language(name: str) -> None:
    profile = shipped(name)
    assert {language for party in profile.parties for language in party.languages} == set(LANGUAGES)
    for party in profile.parties:
        assert set(party.name) == set(LANGUAGES)
        assert all(text == text.strip() != "" for text in party.name.values())
        assert not set(party.name["en"] + party.name["fr"]) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")
    for language in LANGUAGES:
        assert len({party.name[language] for party in profile.parties}) == len(profile.parties)


def test_a_single_team_agrees_with_itself() -> None:
    profile = shipped("single")
    assert profile.consenting_on(date(2026, 11, 27)) == {"team"}
    assert profile.sides_of({"team"}) == {"team": {"team"}}


def test_the_nations_were_twenty_and_became_twenty_seven() -> None:
    profile = shipped("nations")
    before, after = profile.consenting_on(date(2004, 3, 28)), profile.consenting_on(date(2004, 3, 29))
    assert (len(before), len(after), after - before) == (20, 27, LATER)
    sides = profile.sides_of(after)
    assert {side: len(parties) for side, parties in sides.items()} == {"nato": 26, "russia": 1}
    assert sides["russia"] == {"russia"}


def test_the_sides_are_those_of_the_parties_asked_about() -> None:
    profile = shipped("nations")
    assert profile.sides_of({"france", "norway"}) == {"nato": {"france", "norway"}}
    assert profile.sides_of(()) == {}
    assert profile.sides_of({"russia", "atlantis"}) == {"russia": {"russia"}, "atlantis": {"atlantis"}}


def test_a_party_consents_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    member = 'code = "nato"\nmember_from = 2026-01-02\nmember_until = 2026-11-27'
    profile = read_profile(profile_file(tmp_path, 'code = "nato"', member))
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 11, 27), date(2026, 11, 28)]
    assert ["nato" in profile.consenting_on(day) for day in days] == [False, True, True, False]
    assert all("russia" in profile.consenting_on(day) for day in days)


def test_the_default_profile_keeps_the_numbers_of_the_shipped_glossary_free() -> None:
    numbers = [int(file.name[:4]) for file in (BILATERAL.parents[2] / "glossary" / "entries").glob("*.yaml")]
    assert max(numbers) < read_profile(BILATERAL).first_entry


def test_the_consent_of_an_observer_is_not_needed(tmp_path: Path) -> None:
    file = profile_file(tmp_path, "consents = true", "consents = false")
    assert read_profile(file).consensus_set == {"russia"}
    assert read_profile(file).consenting_on(date(2026, 11, 27)) == {"russia"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first_entry = 1001", "first_entry = 0"),
        ("first_entry = 1001", ""),
        ("first_entry", "first_number = 1\nfirst_entry"),
        ('"working_group"', '"nations"'),
        ('code = "nato"', 'code = "НАТО"'),
        ("name.fr", "name.de"),
        ("consents = true", ""),
        ('code = "nato"', 'code = "russia"'),
        ('languages = ["ru"]', 'languages = ["de"]'),
        ('code = "nato"', 'code = "nato"\nside = "Alliance"'),
        ('code = "nato"', 'code = "nato"\nmember_from = "soon"'),
        ('code = "nato"', 'code = "nato"\nmember_from = 2026-11-27\nmember_until = 2026-11-26'),
        ('name.ru = "НАТО"\n', ""),
    ],
)
def test_a_profile_with_a_mistake_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ValidationError):
        read_profile(profile_file(tmp_path, old, new))


def test_a_profile_of_observers_alone_is_refused(tmp_path: Path) -> None:
    file = profile_file(tmp_path, "consents = true", "consents = false")
    file.write_text(file.read_text("utf-8").replace("consents = true", "consents = false"), "utf-8")
    with pytest.raises(ValidationError, match="at least one party"):
        read_profile(file)


def test_a_profile_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    file = profile_file(tmp_path, "1001", "5001")
    assert read_profile(Settings(profile=str(file)).profile_path).first_entry == 5001
