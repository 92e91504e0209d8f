"""Signatures as Standard Webhooks 1.0 describes them; pure."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime

SECRET_PREFIX = "whsec_"  # noqa: S105
"""Lets receivers' libraries and secret scanners recognise a secret."""


def new_secret() -> str:
    """A secret of 256 random bits, in the form that the libraries of receivers read."""
    return SECRET_PREFIX + b64encode(secrets.token_bytes(32)).decode("ascii")


def signed_headers(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows who sent this body, and when."""
    timestamp = str(int(at.timestamp()))
    key = b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{b64encode(signed).decode('ascii')}",
    }
