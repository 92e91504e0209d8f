"""What is said between this service and a provider of identities."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """What the provider knows this service by."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True)
class SignIn:
    """What ties one sign-in together: browser by state, token by nonce, code by verifier."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Whom the provider vouches for."""

    subject: str
    verified_email: str | None
