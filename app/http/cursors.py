"""Cursors: where the next page of a list begins, sealed against use with another list."""

import base64
import binascii
import hashlib
import json
from typing import Any

from app.errors import InvalidInput

Place = list[str | int | float]


def encode_cursor(place: Place, *question: Any) -> str:
    """The cursor for the page after `place`, valid for this question only."""
    body = json.dumps([_seal(question), *place], ensure_ascii=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode("ascii")).decode("ascii").rstrip("=")


def decode_cursor(cursor: str, kinds: tuple[type, ...], *question: Any) -> Place:
    """The place that a cursor names, of values of these kinds. Raises InvalidInput."""
    try:
        body = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise InvalidInput(field="cursor", reason="bad_cursor") from error
    if not isinstance(body, list) or len(body) != len(kinds) + 1 or body[0] != _seal(question):
        raise InvalidInput(field="cursor", reason="bad_cursor")
    place = body[1:]
    if any(type(value) is not kind for value, kind in zip(place, kinds, strict=True)):
        raise InvalidInput(field="cursor", reason="bad_cursor")
    if any(isinstance(value, int) and abs(value) > 2**31 for value in place):
        raise InvalidInput(field="cursor", reason="bad_cursor")
    return list(place)


def _seal(question: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(question).encode("utf-8", "surrogatepass")).hexdigest()[:12]
