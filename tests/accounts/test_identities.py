"""Which identities at the provider stand for which accounts."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.accounts.actor import Role
from app.accounts.identities import accept_invitation, invite, link_subject, linked_account, unlink
from app.accounts.operations import create_account
from app.accounts.tables import Account
from app.errors import IdentityTaken, InvalidInput, NotFound

ISSUER = "https://identity.example"


@pytest.fixture(autouse=True)
def people(db) -> dict[str, Account]:
    return {
        name: create_account(db, name=name, roles={Role.DELEGATE}, party=name.partition("-")[0])
        for name in ("nato-delegate", "russia-delegate")
    }


def test_nobody_is_linked_unless_an_administrator_has_done_it(db) -> None:
    assert linked_account(db, ISSUER, "nato-delegate") is None
    assert accept_invitation(db, ISSUER, "nato-delegate", "nato-delegate@example.org") is None


def test_a_subject_is_one_account_at_one_issuer(db, people: dict[str, Account]) -> None:
    link_subject(db, "nato-delegate", ISSUER, "248289761001")
    assert linked_account(db, ISSUER, "248289761001") is people["nato-delegate"]
    assert linked_account(db, "https://other.example", "248289761001") is None
    with pytest.raises(IdentityTaken):
        link_subject(db, "russia-delegate", ISSUER, "248289761001")
    # The same again is no conflict.
    link_subject(db, "nato-delegate", ISSUER, "248289761001")


def test_an_address_is_good_once_and_then_belongs_to_its_subject(db, people: dict[str, Account]) -> None:
    invite(db, "nato-delegate", " Délégué.OTAN@Example.org ")
    assert accept_invitation(db, ISSUER, "1", "délégué.otan@example.org") is people["nato-delegate"]
    assert people["nato-delegate"].oidc_email is None
    # Whoever gets the address after that is somebody else.
    assert accept_invitation(db, ISSUER, "2", "délégué.otan@example.org") is None
    assert linked_account(db, ISSUER, "1") is people["nato-delegate"]


def test_an_address_stands_for_one_account(db) -> None:
    invite(db, "nato-delegate", "delegate@example.org")
    with pytest.raises(IdentityTaken):
        invite(db, "russia-delegate", "DELEGATE@example.org")


def test_a_link_is_replaced_and_taken_away(db, people: dict[str, Account]) -> None:
    invite(db, "nato-delegate", "delegate@example.org")
    link_subject(db, "nato-delegate", ISSUER, "1")
    assert accept_invitation(db, ISSUER, "2", "delegate@example.org") is None
    unlink(db, "nato-delegate")
    assert linked_account(db, ISSUER, "1") is None
    link_subject(db, "russia-delegate", ISSUER, "1")
    assert linked_account(db, ISSUER, "1") is people["russia-delegate"]


@pytest.mark.parametrize(
    "email", ["", "delegate", "@example.org", "delegate@", "a b@example.org", "a@b\r\nc", "@" * 3000]
)
def test_what_is_no_address_is_refused(db, email: str) -> None:
    with pytest.raises(InvalidInput):
        invite(db, "nato-delegate", email)


@pytest.mark.parametrize("subject", ["", "x" * 256, "1\n2", "\x00"])
def test_what_is_no_subject_is_refused(db, subject: str) -> None:
    with pytest.raises(InvalidInput):
        link_subject(db, "nato-delegate", ISSUER, subject)


def test_an_account_that_there_is_not_is_not_linked(db) -> None:
    with pytest.raises(NotFound):
        invite(db, "nobody", "delegate@example.org")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"oidc_subject": "1"}, "subject_has_issuer"),
        ({"oidc_issuer": ISSUER, "oidc_subject": "1"}, "oidc_issuer"),
        ({"oidc_email": "delegate@example.org"}, "oidc_email"),
        ({"password_hash": "перехват"}, "password_is_hashed"),
    ],
)
def test_the_database_refuses_what_is_half_twice_or_in_the_clear(
    db, values: dict[str, str], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), db.begin_nested():
        db.execute(update(Account).values(**values))
