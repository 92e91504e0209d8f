"""Choosing the form of an answer: `format` in the address first, then the Accept header."""

from collections.abc import Mapping
from functools import lru_cache

from app.errors import NotAcceptable


def chosen(asked: str | None, accept: str, offers: Mapping[str, str]) -> str:
    """The name of one of the offers, given as name to media type; the first if the reader does not mind.

    Raises NotAcceptable.
    """
    if asked is not None:
        if asked in offers:
            return asked
        raise NotAcceptable(field="format", offered=list(offers))
    if not accept.strip():
        return next(iter(offers))
    ranges = _ranges(accept[:1000])
    weights = {name: _weight(media_type, ranges) for name, media_type in offers.items()}
    best = max(weights.values())
    if best <= 0:
        raise NotAcceptable(offered=list(offers))
    return next(name for name, weight in weights.items() if weight == best)


def weight_of(name: str, accepted: str) -> float:
    """The weight of one name in a header of names, such as Accept-Encoding; that of `*` if it is not named."""
    ranges = _ranges(accepted)
    return ranges.get(name, ranges.get("*", 0.0))


def _weight(media_type: str, ranges: Mapping[str, float]) -> float:
    """The weight of the most specific range that covers a media type (RFC 9110, 12.5.1)."""
    plain = media_type.split(";")[0]
    main = plain.split("/")[0]
    return next((ranges[name] for name in (plain, f"{main}/*", "*/*") if name in ranges), 0.0)


@lru_cache(maxsize=200)
def _ranges(accept: str) -> Mapping[str, float]:
    found = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        found[name.lower()] = _quality(parameters)
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
