"""Passwords, as Argon2id with the second parameters that RFC 9106 recommends: 64 MiB, three passes, four lanes."""

import base64
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from app.errors import InvalidInput

SHORTEST, LONGEST = 12, 256


class Passwords:
    """Makes and compares hashes. Comparing takes the same work whether or not there is a hash to compare with."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._nobodys = _hash_of_nothing(self._hasher)

    def hashed(self, password: str) -> str:
        """What to store of a new password. Raises InvalidInput if it is too short or too long."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise InvalidInput(field="password", reason="bad_password", least=SHORTEST, most=LONGEST)
        return self._hasher.hash(_normal(password))

    def match(self, stored: str | None, password: str) -> bool:
        """Whether the password is that of the hash; False without one, after as much work."""
        try:
            self._hasher.verify(stored or self._nobodys, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def renewed(self, stored: str, password: str) -> str:
        """The hash of a password that matches it, made anew if it was made with other parameters than today's."""
        # However short: it was good enough when it was chosen.
        return self._hasher.hash(_normal(password)) if self._hasher.check_needs_rehash(stored) else stored


def _normal(password: str) -> bytes:
    # Keyboards differ in how they compose é and й (NIST SP 800-63B-4, 3.1.1.2).
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """A hash in the form of the others that no password has, made without the work of making one."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).rstrip(b"=").decode()
        for length in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"
