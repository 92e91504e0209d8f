"""Signing in and out, and what people do with their own tokens."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy.orm import Session

from app.accounts import throttle
from app.accounts.actor import ANONYMOUS, Actor
from app.accounts.identities import accept_invitation, linked_account
from app.accounts.operations import add_token, find_account
from app.accounts.passwords import Passwords
from app.accounts.sessions import actor_of_session, end_session, open_session
from app.accounts.signing import Signing
from app.accounts.tables import Account, ApiToken, LoginSession, SignInMethod
from app.accounts.throttle import Attempt
from app.accounts.tokens import refuse_one_more, revoke_token
from app.db import Database
from app.errors import IdentityNotLinked, LoginFailed, TokenExceedsAccount
from app.history import operations as history
from app.history.operations import Happening
from app.login.schemas import Credentials, NewToken


@dataclass(frozen=True)
class SignedIn:
    """A session that has begun."""

    account: Account
    session: LoginSession
    secret: str
    """For the browser alone."""
    actor: Actor


# ---- with a password


def sign_in(
    database: Database,
    passwords: Passwords,
    attempt: Attempt,
    given: Credentials,
    old_secret: str | None,
) -> SignedIn:
    """A new session for whoever knows the password; the browser's old one ends.

    The password is looked at between two transactions: it takes longer than anybody should hold the writers' turn.
    Raises TooManyAttempts, LoginFailed.
    """
    with database.read() as db:
        # Whoever is blocked costs no writer anything.
        throttle.refuse_blocked(db, attempt)
    with database.write() as db:
        throttle.refuse_blocked(db, attempt)
        blocked = throttle.count(db, attempt)
        account = find_account(db, given.name)
        stored = account.password_hash if account is not None and account.disabled_at is None else None
    if not passwords.match(stored, given.password) or stored is None:
        if blocked:
            _record_block(database, account)
        raise LoginFailed
    renewed = passwords.renewed(stored, given.password)
    with database.write() as db:
        account = find_account(db, given.name)
        # It may have been disabled, or got another password, while this one was looked at.
        if account is None or account.disabled_at is not None or account.password_hash != stored:
            raise LoginFailed
        account.password_hash = renewed
        throttle.forget(db, attempt)
        return _begin(db, account, SignInMethod.PASSWORD, old_secret)


def attempt_at(signing: Signing, name: str, address: str | None) -> Attempt:
    """What an attempt to sign in is counted by."""
    return Attempt.of(signing.derived("login-name", name), signing.derived("login-address", _network(address)))


def _network(address: str | None) -> str:
    """An IPv6 customer has at least a /64, so as many addresses as they like."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def _record_block(database: Database, account: Account | None) -> None:
    """Leave an event of it, whether or not there is such an account: both take as long."""
    with database.write() as db:
        known = account.id if account is not None else None
        history.record(db, ANONYMOUS, Happening("login.block"), account=known)


# ---- at the provider


def sign_in_as(
    database: Database, issuer: str, subject: str, verified_email: str | None, old_secret: str | None
) -> SignedIn:
    """A new session for whom the provider vouches. Raises IdentityNotLinked, LoginFailed."""
    with database.write() as db:
        account = linked_account(db, issuer, subject)
        if account is None and verified_email is not None:
            account = accept_invitation(db, issuer, subject, verified_email)
            if account is not None:
                history.record(db, ANONYMOUS, Happening("account.link"), account=account.id)
        if account is None:
            raise IdentityNotLinked
        if account.disabled_at is not None:
            raise LoginFailed
        return _begin(db, account, SignInMethod.OIDC, old_secret)


def _begin(db: Session, account: Account, method: SignInMethod, old_secret: str | None) -> SignedIn:
    if old_secret is not None:
        end_session(db, old_secret)
    session, secret = open_session(db, account, method)
    actor = actor_of_session(db, secret)
    history.record(db, actor, Happening("login"), account=account.id, method=method.value)
    return SignedIn(account, session, secret, actor)


def sign_out(db: Session, actor: Actor, secret: str) -> None:
    """End the session, so that its cookie is worth nothing, whoever has a copy."""
    if end_session(db, secret) is not None:
        history.record(db, actor, Happening("logout"), account=actor.account_id)


# ---- tokens


def make_token(db: Session, actor: Actor, new: NewToken) -> tuple[ApiToken, str]:
    """A token for oneself, and its clear text for this one time. Raises TokenExceedsAccount, TooManyTokens."""
    if excess := frozenset(new.roles) - actor.roles:
        raise TokenExceedsAccount(field="roles", excess=sorted(excess))
    if actor.languages and (beyond := frozenset(new.languages) - actor.languages):
        raise TokenExceedsAccount(field="languages", excess=sorted(beyond))
    refuse_one_more(db, actor.account_id)
    token, clear = add_token(
        db,
        db.get_one(Account, actor.account_id),
        roles=frozenset(new.roles),
        languages=frozenset(new.languages),
        read_only=new.read_only,
        label=new.label,
        valid_for=timedelta(days=new.days),
    )
    record_token(db, actor, token)
    return token, clear


def end_token(db: Session, actor: Actor, token_id: int) -> None:
    """End one of one's own tokens; a token may only end itself. Raises NotFound."""
    revoke_token(db, actor.account_id, token_id if actor.token_id in (None, token_id) else 0)
    history.record(db, actor, Happening("token.revoke"), account=actor.account_id, token=token_id)


def record_token(db: Session, actor: Actor, token: ApiToken) -> None:
    """Leave an event of a token that was made."""
    history.record(
        db,
        actor,
        Happening("token.create"),
        account=token.account_id,
        token=token.id,
        roles=token.roles,
        languages=token.languages,
    )


def account_of(db: Session, actor: Actor) -> Account:
    """The caller's account."""
    return db.get_one(Account, actor.account_id)
