"""The provider of identities, spoken to as OpenID Connect Core 1.0 says: authorization code with PKCE.

What is checked of its answer: the signature by one of its published keys and an algorithm that needs them, issuer,
audience, time, and the nonce of the very sign-in.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, cast

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from app.errors import ProviderUnavailable, SignInBroken
from app.login.identities import Client, Identity, SignIn

PATIENCE = 5.0
"""Seconds for each of its answers."""
KEPT_FOR = timedelta(hours=1)
"""What it says of itself is asked again after that."""
LEEWAY = 60
"""Seconds by which its clock may differ from ours."""
# None that a shared secret signs, and not "none".
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Provider:
    """The provider that the settings name."""

    def __init__(self, client: Client, clock: Callable[[], datetime]) -> None:
        self.client = client
        self._clock = clock
        self._about: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: KeySet | None = None

    def address_for(self, sign_in: SignIn) -> str:
        """Where to send the browser. Raises ProviderUnavailable."""
        with self._session() as session:
            address, _ = session.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=sign_in.state,
                nonce=sign_in.nonce,
                code_verifier=sign_in.verifier,
            )
        return str(address)

    def identity(self, code: str, sign_in: SignIn) -> Identity:
        """Who came back with this code. Raises ProviderUnavailable, SignInBroken."""
        with _failures_are_named(), self._session() as session:
            token = session.fetch_token(
                self._endpoint("token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=sign_in.verifier,
            )
            said = self._claims(token, sign_in.nonce)
            subject = str(said["sub"])
            if "email" not in said and (more := self._metadata().get("userinfo_endpoint")):
                said = session.get(more).raise_for_status().json()
            # What the other answer says is about whom it names, or about nobody (section 5.3.2).
            verified = said.get("sub") == subject and said.get("email_verified") is True
            return Identity(subject, str(said["email"]) if verified and said.get("email") else None)

    def _claims(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        decoded = self._decoded(str(token["id_token"]))
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.client.issuer},
                "aud": {"essential": True, "value": self.client.client_id},
            },
            {"nonce": nonce, "client_id": self.client.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(now=int(self._clock().timestamp()), leeway=LEEWAY)
        return dict(claims)

    def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            # It has changed its keys since.
            self._keys = None
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)

    def _key_set(self) -> KeySet:
        if self._keys is None:
            self._keys = KeySet.import_key_set(cast(KeySetSerialization, _fetched(self._endpoint("jwks_uri"))))
        return self._keys

    def _endpoint(self, name: str) -> str:
        return str(self._metadata()[name])

    def _metadata(self) -> Mapping[str, Any]:
        if self._about is None or self._clock() - self._about[0] >= KEPT_FOR:
            address = f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration"
            with _failures_are_named():
                about = _fetched(address)
                # Whoever speaks for another issuer is not the one that was configured (Discovery, section 4.3).
                if about.get("issuer") != self.client.issuer or not all(about.get(name) for name in ENDPOINTS):
                    raise ProviderUnavailable
            self._about, self._keys = (self._clock(), about), None
        return self._about[1]

    def _session(self) -> OAuth2Client:
        return OAuth2Client(
            self.client.client_id,
            self.client.client_secret,
            scope="openid email",
            redirect_uri=self.client.redirect_uri,
            code_challenge_method="S256",
            timeout=PATIENCE,
        )


def _fetched(address: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx2.get(address, timeout=PATIENCE).raise_for_status().json()
    return answer


@contextmanager
def _failures_are_named() -> Iterator[None]:
    """What the provider refuses is a broken sign-in; what it fails to answer is its failure."""
    try:
        yield
    except (AuthlibBaseError, JoseError) as error:
        raise SignInBroken from error
    except (httpx2.HTTPError, ValueError, KeyError, AttributeError) as error:
        raise ProviderUnavailable from error
