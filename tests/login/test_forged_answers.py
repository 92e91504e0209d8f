"""What a provider might say that proves nothing."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from app.clock import system_clock
from app.errors import DomainError, ProviderUnavailable, SignInBroken
from app.login.identities import Client, Identity, SignIn
from app.login.provider import Provider
from tests.login.forger import KEY, OTHER_KEY, Forger, forging, made_by_hand

SECRET = "a-secret-that-both-of-them-know-and-nobody-else"
SIGN_IN = SignIn("state" * 9, "nonce" * 9, "verifier" * 6)


@pytest.fixture
def forger() -> Iterator[Forger]:
    with forging() as running:
        running.claims = {
            "iss": running.issuer,
            "aud": "compendium",
            "sub": "248289761001",
            "exp": int(time.time()) + 600,
            "iat": int(time.time()),
            "nonce": SIGN_IN.nonce,
        }
        yield running


def identity(forger: Forger) -> Identity:
    client = Client(forger.issuer, "compendium", SECRET, "http://127.0.0.1:8000/v1/login/oidc/callback")
    return Provider(client, system_clock).identity("code", SIGN_IN)


def refused(forger: Forger) -> type[DomainError]:
    """How it was refused; and that nothing of it is in what would be logged."""
    with pytest.raises(DomainError) as error:
        identity(forger)
    assert "248289761001" not in str(error.value)
    return type(error.value)


def test_an_honest_answer_is_taken(forger: Forger) -> None:
    assert identity(forger) == Identity("248289761001", None)
    exchanged = next(form for path, form in forger.asked if path == "/token")
    assert exchanged["code_verifier"] == [SIGN_IN.verifier]
    assert exchanged["grant_type"] == ["authorization_code"]


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-service"},
        {"aud": ["another-service"]},
        {"aud": ["compendium", "another-service"], "azp": "another-service"},
        {"aud": None},
        {"exp": 1},
        {"exp": int(time.time()) - 61},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"at_hash": "bm90IGl0cyBoYXNo"},
    ],
)
def test_a_token_for_somebody_else_or_another_time_is_refused(forger: Forger, changed: dict[str, Any]) -> None:
    merged = forger.claims | changed
    forger.claims = {name: value for name, value in merged.items() if value is not None}
    assert refused(forger) is SignInBroken


@pytest.mark.parametrize(
    ("algorithm", "secret"),
    [
        ("HS256", SECRET.encode()),
        ("HS256", KEY.as_pem(private=False)),
        ("HS256", KEY.as_der(private=False)),
        ("HS256", b""),
        ("none", b""),
        ("None", b""),
        ("RS256", b""),
    ],
    ids=[
        "our own secret",
        "the public key",
        "the same as bytes",
        "an empty secret",
        "none",
        "None",
        "no signature",
    ],
)
def test_a_token_without_a_signature_of_the_provider_is_refused(
    forger: Forger, algorithm: str, secret: bytes
) -> None:
    forger.token = made_by_hand(algorithm, forger.claims, secret)
    assert refused(forger) is SignInBroken


def test_a_token_signed_with_a_key_that_was_not_published_is_refused(forger: Forger) -> None:
    forger.key = OTHER_KEY
    assert refused(forger) is SignInBroken
    # Nor with one that only bears the name of the published one.
    forger.key = RSAKey.generate_key(2048, {"kid": "published", "use": "sig"})
    assert refused(forger) is SignInBroken


@pytest.mark.parametrize("token", ["", "a.b.c", "not a token", "." * 20])
def test_what_is_no_token_is_refused(forger: Forger, token: str) -> None:
    forger.token = token
    assert refused(forger) in (SignInBroken, ProviderUnavailable)


@pytest.mark.parametrize(
    ("verified", "address"),
    [(True, "lead@example.org"), (False, None), ("true", None), (1, None), (None, None)],
)
def test_an_address_counts_only_if_it_is_said_to_be_verified(
    forger: Forger, verified: Any, address: str | None
) -> None:
    forger.userinfo = {"sub": "248289761001", "email": "lead@example.org", "email_verified": verified}
    assert identity(forger).verified_email == address
    forger.claims |= {"email": "lead@example.org", "email_verified": verified}
    assert identity(forger).verified_email == address


def test_an_address_of_somebody_else_is_not_taken(forger: Forger) -> None:
    forger.userinfo = {"sub": "another", "email": "chair@example.org", "email_verified": True}
    assert identity(forger) == Identity("248289761001", None)


def test_what_is_verified_of_one_address_is_not_of_another(forger: Forger) -> None:
    """The token names an address of its own choice; that of the other answer is the verified one."""
    forger.claims |= {"email_verified": True}
    forger.userinfo = {"sub": "248289761001", "email": "chair@example.org", "email_verified": False}
    assert identity(forger).verified_email is None


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"jwks_uri": ""},
        {"userinfo_endpoint": "http://127.0.0.1:1/"},
    ],
)
def test_a_provider_that_is_not_the_one_configured_is_not_asked(forger: Forger, about: dict[str, Any]) -> None:
    forger.about = about
    assert refused(forger) is ProviderUnavailable


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_provider_that_fails_is_named_as_the_reason(forger: Forger, status: int) -> None:
    forger.status = status
    assert refused(forger) is ProviderUnavailable


def test_new_keys_are_fetched_when_a_token_names_one(forger: Forger) -> None:
    client = Client(forger.issuer, "compendium", SECRET, "http://127.0.0.1:8000/v1/login/oidc/callback")
    provider = Provider(client, system_clock)
    for _ in range(2):
        provider.identity("code", SIGN_IN)
    paths = [path for path, _ in forger.asked]
    assert (paths.count("/.well-known/openid-configuration"), paths.count("/jwks")) == (1, 1)
    forger.key = OTHER_KEY
    with pytest.raises(SignInBroken):
        provider.identity("code", SIGN_IN)
    assert [path for path, _ in forger.asked].count("/jwks") == 2
