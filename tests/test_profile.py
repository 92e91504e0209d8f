"""The profile of a working group."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.profile import ApprovalLevel, read_profile
from app.settings import Settings

BILATERAL = Settings().profile_path


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
    assert all(set(party.name) == {"en", "fr", "ru"} for party in profile.parties)


def test_the_default_profile_keeps_the_numbers_of_the_shipped_glossary_free() -> None:
    numbers = [int(file.name[:4]) for file in (BILATERAL.parents[2] / "glossary" / "entries").glob("*.yaml")]
    assert max(numbers) < read_profile(BILATERAL).first_entry


def test_the_consent_of_an_observer_is_not_needed(tmp_path: Path) -> None:
    file = profile_file(tmp_path, "consents = true", "consents = false")
    assert read_profile(file).consensus_set == {"russia"}


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
    ],
)
def test_a_profile_with_a_mistake_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ValidationError):
        read_profile(profile_file(tmp_path, old, new))


def test_a_profile_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    file = profile_file(tmp_path, "1001", "5001")
    assert read_profile(Settings(profile=str(file)).profile_path).first_entry == 5001
