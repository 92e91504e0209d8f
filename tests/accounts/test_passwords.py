"""Passwords and their hashes."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from app.accounts.passwords import LONGEST, SHORTEST, Passwords, _hash_of_nothing
from app.errors import InvalidInput

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "оборона театра военных действий"


def test_hashes_are_made_as_rfc_9106_recommends_where_memory_is_short() -> None:
    made = extract_parameters(Passwords().hashed(PASSWORD))
    assert (made.type, made.memory_cost, made.time_cost, made.parallelism) == (Type.ID, 64 * 1024, 3, 4)
    assert (made.salt_len, made.hash_len) == (16, 32)


def test_a_password_matches_its_own_hash_alone() -> None:
    passwords = Passwords(CHEAP)
    stored = passwords.hashed(PASSWORD)
    assert stored != passwords.hashed(PASSWORD)
    assert passwords.match(stored, PASSWORD)
    for other in (PASSWORD.upper(), PASSWORD[:-1], f"{PASSWORD} ", "", "\udcff"):
        assert not passwords.match(stored, other)


@pytest.mark.parametrize("stored", [None, "", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$", "no hash at all"])
def test_without_a_hash_nothing_matches(stored: str | None) -> None:
    assert not Passwords(CHEAP).match(stored, PASSWORD)


def test_comparing_with_nothing_costs_what_comparing_with_a_hash_does() -> None:
    for hasher in (CHEAP, PasswordHasher()):
        nothing = _hash_of_nothing(hasher)
        assert extract_parameters(nothing) == extract_parameters(hasher.hash(PASSWORD))
        assert not hasher.check_needs_rehash(nothing)
    assert _hash_of_nothing(CHEAP) != _hash_of_nothing(CHEAP)


@pytest.mark.parametrize("password", ["", "x" * (SHORTEST - 1), "x" * (LONGEST + 1)])
def test_a_password_has_a_certain_length(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Passwords(CHEAP).hashed(password)
    assert (refused.value.field, refused.value.params["reason"]) == ("password", "bad_password")
    assert password not in str(refused.value) or not password


def test_a_hash_is_made_anew_when_the_costs_have_changed_however_short_the_password() -> None:
    passwords = Passwords(CHEAP)
    stored = passwords.hashed(PASSWORD)
    assert passwords.renewed(stored, PASSWORD) == stored
    old = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash("leurre")
    new = passwords.renewed(old, "leurre")
    assert extract_parameters(new) == extract_parameters(stored)
    assert passwords.match(new, "leurre")
