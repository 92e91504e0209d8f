"""The identifier that ties an answer, a log line and an audit event to one request."""

from contextvars import ContextVar
from random import getrandbits

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def begin_request() -> str:
    """Give the current request an identifier of 16 hexadecimal digits and return it."""
    # It need not be hard to guess, and the system's own randomness takes as long as all else here.
    identifier = f"{getrandbits(64):016x}"
    _current.set(identifier)
    return identifier


def current_request_id() -> str | None:
    """The identifier of the current request; None outside of one, as on the command line."""
    return _current.get()
