"""One request to a receiver: bounded in time, to an address that was checked, without following it elsewhere."""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from threading import Timer
from time import monotonic

from app.webhooks.addresses import Place, Resolve, parsed, resolved

SECONDS = 10.0
"""For everything from the connection to the first line of the answer and its headers; the rest is not read."""


class Outcome(StrEnum):
    """What came of an attempt."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    """The receiver answered with another status than 2xx; a redirect is one."""
    NAME_NOT_FOUND = "name_not_found"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    """The name leads to an address that is not public."""
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    BAD_CERTIFICATE = "bad_certificate"
    UNREADABLE_ANSWER = "unreadable_answer"


@dataclass(frozen=True)
class Answer:
    """What came of an attempt, with the status of the receiver's answer if there was one."""

    outcome: Outcome
    status: int | None = None


def send(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    allow_internal: bool,
    seconds: float = SECONDS,
    resolve: Resolve = resolved,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Post a body and say what came of it; no failure of the receiver raises anything."""
    target = parsed(url)
    if target is None or not (target.is_secure or allow_internal):
        return Answer(Outcome.ADDRESS_NOT_ALLOWED)
    try:
        # The only time that the name is asked: the connection is made to what is checked here.
        places = resolve(target.host, target.port)
    except (OSError, UnicodeError):
        return Answer(Outcome.NAME_NOT_FOUND)
    if not allow_internal and not all(place.is_public for place in places):
        return Answer(Outcome.ADDRESS_NOT_ALLOWED)
    secure = (context or _trusting_public_authorities()) if target.is_secure else None
    connection = _Connection(target.host, target.port, places, secure, _Deadline(seconds))
    return _answer_of(connection, target.path, headers, body)


def _answer_of(connection: "_Connection", path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    deadline = connection.deadline
    try:
        with deadline.ending(connection):
            connection.request("POST", path, body, dict(headers))
            with connection.getresponse() as response:
                status = response.status
    except ssl.SSLCertVerificationError:
        return Answer(Outcome.BAD_CERTIFICATE)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if deadline.has_passed or isinstance(error, TimeoutError):
            return Answer(Outcome.TIMED_OUT)
        return Answer(Outcome.UNREACHABLE if isinstance(error, OSError) else Outcome.UNREADABLE_ANSWER)
    finally:
        connection.close()
    if deadline.has_passed:
        return Answer(Outcome.TIMED_OUT)  # broken off among the headers, whose end then looks like any other
    return Answer(Outcome.DELIVERED if 200 <= status < 300 else Outcome.REFUSED, status)


class _Deadline:
    """The end of an attempt, whatever the receiver does: a socket's own limit begins again with each byte."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    @property
    def has_passed(self) -> bool:
        return monotonic() >= self._end

    @contextmanager
    def ending(self, connection: "_Connection") -> Iterator[None]:
        """Break the connection off when the time is up."""
        timer = Timer(self.left, connection.break_off)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


class _Connection(http.client.HTTPConnection):
    """A connection to one of the places given, by the name of the receiver."""

    def __init__(
        self, host: str, port: int, places: Sequence[Place], context: ssl.SSLContext | None, deadline: _Deadline
    ) -> None:
        super().__init__(host, port)
        self.default_port = 443 if context is not None else 80
        self.deadline = deadline
        self._places = places
        self._context = context
        self.sock: socket.socket | None = None

    def connect(self) -> None:
        self.sock = raw = self._connected()
        raw.settimeout(self.deadline.left)
        if self._context is not None:
            # The handshake comes after, so that it, too, can be broken off.
            self.sock = secure = self._context.wrap_socket(
                raw, server_hostname=self.host, do_handshake_on_connect=False
            )
            secure.do_handshake()

    def break_off(self) -> None:
        """End whatever is being sent or read, from another thread."""
        if self.sock is not None:
            # Not the method of a TLS socket, which would take its state away from the thread that is reading.
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def _connected(self) -> socket.socket:
        failure: OSError = OSError("the name leads nowhere")
        for place in self._places:
            raw = socket.socket(place.family, socket.SOCK_STREAM)
            try:
                raw.settimeout(self.deadline.left)
                raw.connect(place.address)
            except OSError as error:
                raw.close()
                failure = error
            else:
                return raw
        raise failure


@cache
def _trusting_public_authorities() -> ssl.SSLContext:
    return ssl.create_default_context()
