"""Accounts and tokens: who a caller is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from app.accounts import operations as accounts
from app.accounts.actor import ANONYMOUS, Actor, Role
from app.accounts.operations import (
    TOKEN_PREFIX,
    account_named,
    actor_of_token,
    adopt_profile,
    create_token,
    revoke_tokens,
)
from app.accounts.tables import Account, ApiToken, Party
from app.errors import AccountOfAnotherParty, BadToken, NotFound, UnknownParty
from app.profile import read_profile
from app.settings import Settings
from tests.clocks import FakeClock

DELEGATE = frozenset({Role.DELEGATE})


def bilateral():
    return read_profile(Settings().profile_path)


def test_a_token_stands_for_its_account_roles_party_and_languages(db) -> None:
    token = create_token(
        db,
        name="russian-lead",
        roles=frozenset({Role.LANGUAGE_LEAD, Role.DELEGATE}),
        party="russia",
        languages=frozenset({"ru"}),
    )
    db.expire_all()
    actor = actor_of_token(db, token)
    account = account_named(db, "russian-lead", "russia")
    assert actor == Actor(account.id, "russia", frozenset({Role.LANGUAGE_LEAD, Role.DELEGATE}), frozenset({"ru"}))
    assert not actor.is_anonymous


def test_the_clear_text_of_a_token_is_stored_nowhere(db) -> None:
    token = create_token(db, name="nato-delegate", roles=DELEGATE, party="nato")
    assert token.startswith(TOKEN_PREFIX)
    assert len(token) > 40
    row = db.execute(select(*ApiToken.__table__.columns)).one()
    assert not any(token in str(value) or token.removeprefix(TOKEN_PREFIX) in str(value) for value in row)


def test_every_token_is_another(db) -> None:
    made = {create_token(db, name="nato-delegate", roles=DELEGATE, party="nato") for _ in range(20)}
    assert len(made) == 20
    assert db.scalar(select(func.count()).select_from(Account)) == 1


def test_a_token_that_was_never_given_out_is_refused(db) -> None:
    token = create_token(db, name="nato-delegate", roles=DELEGATE, party="nato")
    for other in (token[:-1], token + "A", token.swapcase(), TOKEN_PREFIX, ""):
        with pytest.raises(BadToken):
            actor_of_token(db, other)


def test_the_stored_hash_is_no_token(db) -> None:
    create_token(db, name="nato-delegate", roles=DELEGATE, party="nato")
    stored = db.scalars(select(col(ApiToken.token_hash))).one()
    with pytest.raises(BadToken):
        actor_of_token(db, stored)


def test_half_a_character_in_a_token_is_refused_like_any_other(db) -> None:
    with pytest.raises(BadToken):
        actor_of_token(db, "tmd_\udcff")


def test_a_token_is_good_until_the_moment_it_expires(db, clock: FakeClock) -> None:
    token = create_token(db, name="nato-delegate", roles=DELEGATE, party="nato", valid_for=timedelta(days=1))
    expiry = db.scalars(select(col(ApiToken.expires_at))).one()
    clock.set_to(expiry - timedelta(microseconds=1))
    assert actor_of_token(db, token).party == "nato"
    clock.advance(microseconds=1)
    with pytest.raises(BadToken):
        actor_of_token(db, token)


def test_a_revoked_token_is_refused_and_one_given_out_later_is_good(db) -> None:
    revoked = create_token(db, name="nato-delegate", roles=DELEGATE, party="nato")
    revoke_tokens(db, "nato-delegate")
    later = create_token(db, name="nato-delegate", roles=DELEGATE, party="nato")
    db.expire_all()
    with pytest.raises(BadToken):
        actor_of_token(db, revoked)
    assert actor_of_token(db, later).party == "nato"


def test_revoking_ends_all_tokens_of_an_account_and_no_other(db) -> None:
    ended = [create_token(db, name="nato-delegate", roles=DELEGATE, party="nato") for _ in range(2)]
    other = create_token(db, name="russia-delegate", roles=DELEGATE, party="russia")
    revoke_tokens(db, "nato-delegate")
    for token in ended:
        with pytest.raises(BadToken):
            actor_of_token(db, token)
    assert actor_of_token(db, other).party == "russia"
    with pytest.raises(NotFound):
        revoke_tokens(db, "nobody")


@pytest.mark.parametrize("party", ["russia", None])
def test_an_account_never_acts_for_another_party(db, party: str | None) -> None:
    create_token(db, name="nato-delegate", roles=DELEGATE, party="nato")
    with pytest.raises(AccountOfAnotherParty):
        create_token(db, name="nato-delegate", roles=DELEGATE, party=party)


def test_an_account_belongs_to_a_party_of_the_profile(db) -> None:
    with pytest.raises(UnknownParty):
        create_token(db, name="observer", roles=DELEGATE, party="atlantis")


def test_the_database_refuses_a_token_in_the_clear(db) -> None:
    account = account_named(db, "nato-delegate", "nato")
    with pytest.raises(IntegrityError, match="token_hash_is_sha256"), db.begin_nested():
        db.add(
            ApiToken(
                account_id=account.id,
                token_hash="tmd_secret",
                roles=[],
                languages=[],
                created_at=account.created_at,
            )
        )


def test_the_command_line_acts_as_the_secretariat_without_a_party(db) -> None:
    actor = accounts.secretariat(db)
    assert (actor.party, actor.roles) == (None, frozenset({Role.SECRETARIAT}))
    assert accounts.secretariat(db) == actor


def test_the_parties_in_the_database_are_those_of_the_profile(db) -> None:
    adopt_profile(db, bilateral())
    parties = {party.code: party.consents for party in db.scalars(select(Party))}
    assert parties == {"nato": True, "russia": True}
    assert db.get_one(Party, "nato").names["fr"] == "OTAN"


def test_the_database_knows_sides_languages_and_times_of_membership(db) -> None:
    adopt_profile(db, read_profile(Settings(profile="nations").profile_path))
    db.expire_all()
    latvia, france = db.get_one(Party, "latvia"), db.get_one(Party, "france")
    assert (latvia.side, latvia.languages, latvia.member_from, latvia.member_until) == (
        "nato",
        [],
        date(2004, 3, 29),
        None,
    )
    assert (france.side, france.languages, france.member_from) == ("nato", ["fr"], None)
    # The parties of the profile before it stay.
    assert not db.get_one(Party, "nato").consents


def test_a_party_that_left_the_profile_stays_for_its_past_acts_but_consents_no_more(db) -> None:
    profile = bilateral()
    adopt_profile(db, profile.model_copy(update={"parties": profile.parties[:1]}))
    assert {party.code: party.consents for party in db.scalars(select(Party))} == {"nato": True, "russia": False}
    adopt_profile(db, profile)
    db.expire_all()
    assert db.get_one(Party, "russia").consents


def test_nobody_in_particular_is_anonymous() -> None:
    assert ANONYMOUS.is_anonymous
    assert not ANONYMOUS.has(*Role)


def test_adopting_the_same_profile_again_changes_nothing(db) -> None:
    profile = bilateral()
    assert not adopt_profile(db, profile)
    assert adopt_profile(db, profile.model_copy(update={"parties": profile.parties[:1]}))
    assert not adopt_profile(db, profile.model_copy(update={"parties": profile.parties[:1]}))
    assert adopt_profile(db, profile)
