"""The key that signs cookies, and what is signed with it.

Without SESSION_SECRET the key is made once and kept in the database: all workers on all machines have it, and a
restart signs nobody out. Whoever reads the database gains little by it: a cookie also needs the session's secret.
"""

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import SecretStr
from sqlalchemy.orm import Session

from app.accounts.tables import SigningKey
from app.db import Database


class Signing:
    """Signs for one purpose at a time: what was signed for one is nothing to another."""

    def __init__(self, database: Database, secret: SecretStr | None) -> None:
        self._database = database
        self._key = secret.get_secret_value() if secret is not None else None

    def signed(self, purpose: str, value: object) -> str:
        """The value with its signature, fit for a cookie or an address."""
        return str(_serializer(self._secret(), purpose).dumps(value))

    def opened(self, purpose: str, text: str) -> object | None:
        """The value that was signed; None if it was not signed by us, or for something else."""
        # Without a key nothing was ever signed, and a mere reader does not wait for one to be made.
        key = self._kept()
        if key is None:
            return None
        try:
            value: object = _serializer(key, purpose).loads(text.encode("utf-8", "surrogatepass"))
        except BadSignature:
            return None
        return value

    def derived(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits that follow from the value, for whoever has the key."""
        message = f"{purpose}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret().encode(), message, hashlib.sha256).hexdigest()

    def _kept(self) -> str | None:
        if self._key is None:
            with self._database.read() as db:
                kept = db.get(SigningKey, 1)
            self._key = kept.key if kept is not None else None
        return self._key

    def _secret(self) -> str:
        key = self._kept()
        if key is None:
            with self._database.write() as db:
                key = _made_once(db).key
            self._key = key
        return key


def _serializer(key: str, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})


def _made_once(db: Session) -> SigningKey:
    # Writers take turns, so another worker's key is there by now or never.
    kept = db.get(SigningKey, 1)
    if kept is None:
        kept = SigningKey(id=1, key=secrets.token_urlsafe(48))
        db.add(kept)
        db.flush()
    return kept
