"""JSON in the one form that everybody computes alike (RFC 8785, JSON Canonicalization Scheme), and its digest.

What the compendium puts into this form holds only texts, integers, lists and objects with ASCII keys. For
those Python's own encoder with sorted keys writes exactly that form; a property test holds it against an
implementation of the RFC.
"""

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def encode(value: Any) -> str:
    """The value as canonical JSON."""
    return _ENCODER.encode(value)


def digest(canonical: str) -> str:
    """The SHA-256 of a canonical form in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
