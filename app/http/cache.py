"""Answers to anonymous reads, kept in memory as they were sent, for as long as nothing has changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db import Database
from app.http.etags import matches
from app.http.locale import preferred
from app.http.request_id import begin_request

LARGEST = 256 * 1024
"""Longer answers are not kept."""

Address = tuple[str, bytes]
"""Path and query."""
Headers = list[tuple[bytes, bytes]]
Sent = Mapping[bytes, bytes]
"""The headers of a request."""

# What makes a request more than a question that anybody might ask.
_NOT_A_MERE_QUESTION = frozenset({b"authorization", b"cookie", b"content-length", b"transfer-encoding"})
_CONDITIONS = frozenset({b"if-none-match", b"if-modified-since"})
_OF_THE_BODY = frozenset({b"content-length", b"content-type"})
# What Python takes for the objects around the bytes, measured.
_AROUND_AN_ANSWER, _AROUND_A_HEADER = 1_000, 130


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and for which state of the database and whose requests it is good."""

    changes: int
    varies: tuple[bytes, ...]
    """The request headers that it depends on."""
    etag: str
    headers: Headers
    body: bytes
    size: int

    @classmethod
    def to_be_kept(cls, changes: int, headers: Headers, body: bytes) -> "Answer | None":
        """The answer, if everybody may have it and it is whole."""
        stated = dict(headers)
        varies = _names(b",".join(value for name, value in headers if name == b"vary"))
        if (
            b"public" not in _names(stated.get(b"cache-control", b""))
            or b"etag" not in stated
            or b"set-cookie" in stated
            or b"*" in varies
            or stated.get(b"content-length") != str(len(body)).encode()
        ):
            return None
        kept = [header for header in headers if header[0] != b"x-request-id"]
        size = len(body) + sum(len(name) + len(value) + _AROUND_A_HEADER for name, value in kept)
        return cls(changes, varies, stated[b"etag"].decode("latin-1"), kept, body, size + _AROUND_AN_ANSWER)


class Answers:
    """The answers used last, up to so many bytes. Safe for several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        """Bytes that the answers take, their addresses included."""
        self.hits = 0
        self._answers: OrderedDict[tuple[Address, tuple[bytes | None, ...]], tuple[Answer, int]] = OrderedDict()
        # What the answers at an address vary by, and how many are kept.
        self._varies: dict[Address, tuple[tuple[bytes, ...], int]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def find(self, address: Address, sent: Sent) -> Answer | None:
        """The answer to this request, which may be out of date."""
        with self._lock:
            varies = self._varies.get(address)
            if varies is None:
                return None
            key = (address, _variant(varies[0], sent))
            found = self._answers.get(key)
            if found is None:
                return None
            self._answers.move_to_end(key)
            return found[0]

    def keep(self, address: Address, sent: Sent, answer: Answer) -> None:
        """Keep an answer to this request and let those go that were not asked for longest."""
        variant = _variant(answer.varies, sent)
        named = sum(len(value) for value in (address[1], *variant) if value) + 4 * len(address[0])
        with self._lock:
            self._drop((address, variant))
            count = self._varies.get(address, ((), 0))[1]
            self._varies[address] = (answer.varies, count + 1)
            self._answers[address, variant] = (answer, answer.size + named)
            self.size += answer.size + named
            while self.size > self.limit:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: tuple[Address, tuple[bytes | None, ...]]) -> None:
        found = self._answers.pop(key, None)
        if found is None:
            return
        self.size -= found[1]
        varies, count = self._varies.pop(key[0])
        if count > 1:
            self._varies[key[0]] = (varies, count - 1)


class PublicReads:
    """The layer before all others: sends an answer again that nothing has changed since.

    The number of changes is taken before a request is passed on, so before its answer is read from the
    database: an answer may be newer than its number says, never older.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        answers: Answers,
        database: Database,
        may_be_due: Callable[[], bool] = lambda: False,
    ) -> None:
        self.app = app
        self.answers = answers
        self.database = database
        self._may_be_due = may_be_due
        """Whether time itself may have changed something since, which then is to happen before any answer."""
        self._question: asyncio.Future[int] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not self.answers.limit:
            await self.app(scope, receive, send)
            return
        sent = dict(scope["headers"])
        # Of a header sent twice, one layer might read the first and another the last.
        if len(sent) != len(scope["headers"]) or not _NOT_A_MERE_QUESTION.isdisjoint(sent):
            await self.app(scope, receive, send)
            return
        address = (scope["path"], scope["query_string"])
        answer = self.answers.find(address, sent)
        if answer is not None and await self._is_current(answer):
            self.answers.hits += 1
            await _send_again(answer, scope["method"], sent.get(b"if-none-match"), send)
        elif scope["method"] == "HEAD":
            await self.app(scope, receive, send)
        else:
            await self._pass_on(scope, receive, send, address, sent)

    async def _is_current(self, answer: Answer) -> bool:
        # In this order: what another process changes is counted before the count is called fresh.
        if not self.database.changes_are_fresh():
            try:
                # Shielded: a client that goes away does not take the question of the others along.
                await asyncio.shield(self._asked())
            except Exception:  # noqa: BLE001
                return False  # the request itself meets the same failure, and names it
        return answer.changes == self.database.changes_seen() and not self._may_be_due()

    def _asked(self) -> asyncio.Future[int]:
        """The question to the database; one for all requests that wait for the answer."""
        if self._question is None or self._question.done():
            self._question = asyncio.ensure_future(asyncio.to_thread(self.database.changes))
            # A failure that nobody waits for is no news: whoever asks next meets it.
            self._question.add_done_callback(lambda question: question.cancelled() or question.exception())
        return self._question

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, address: Address, sent: Sent) -> None:
        changes = self.database.changes_seen()
        # Asked without its conditions, so that there is an answer to keep: proxies ask with conditions only.
        headers = [header for header in scope["headers"] if header[0] not in _CONDITIONS]
        passing = _Passing(send, sent.get(b"if-none-match"))
        asked = {**scope, "headers": headers} if passing.wanted is not None else scope
        await self.app(asked, receive, passing)
        if passing.is_whole:
            answer = Answer.to_be_kept(changes, passing.headers, b"".join(passing.body))
            if answer is not None:
                self.answers.keep(address, sent, answer)
                if not self.database.changes_are_fresh():
                    # Nobody waits for it; but the first answer of the database makes all before it old.
                    self._asked()


class _Passing:
    """Sends an answer on as it comes, and takes a copy if it is a success of moderate length.

    One that the client has already, by its If-None-Match, becomes a 304.
    """

    def __init__(self, send: Send, wanted: bytes | None) -> None:
        self.wanted = wanted
        self.headers: Headers = []
        self.body: list[bytes] = []
        self.is_whole = False
        self._send = send
        self._copied = False
        self._unchanged = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = self._begun(message)
        elif message["type"] == "http.response.body":
            more = message.get("more_body", False)
            if self._copied:
                self.body.append(message.get("body", b""))
                self.is_whole = not more
            if self._unchanged:
                if more:
                    return
                message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    def _begun(self, message: Message) -> Message:
        if message["status"] != 200:
            return message
        # A copy, because the layers below go on using their list.
        self.headers = list(message["headers"])
        stated = dict(self.headers)
        length = stated.get(b"content-length", b"")
        self._copied = length.isdigit() and int(length) <= LARGEST
        self._unchanged = _is_had(self.wanted, stated.get(b"etag", b"").decode("latin-1"))
        return {**message, "status": 304, "headers": _bodiless(self.headers)} if self._unchanged else message


async def _send_again(answer: Answer, method: str, wanted: bytes | None, send: Send) -> None:
    identifier = (b"x-request-id", begin_request().encode())
    if _is_had(wanted, answer.etag):
        await send(
            {"type": "http.response.start", "status": 304, "headers": [*_bodiless(answer.headers), identifier]}
        )
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [*answer.headers, identifier]})
    await send({"type": "http.response.body", "body": answer.body if method == "GET" else b""})


def _is_had(wanted: bytes | None, etag: str) -> bool:
    """Whether the client has the answer, by its If-None-Match."""
    return wanted is not None and etag != "" and matches(wanted.decode("latin-1"), etag)


def _bodiless(headers: Headers) -> Headers:
    return [header for header in headers if header[0] not in _OF_THE_BODY]


def _names(header: bytes) -> tuple[bytes, ...]:
    return tuple(sorted({name.strip().lower() for name in header.split(b",")} - {b""}))


def _variant(varies: tuple[bytes, ...], sent: Sent) -> tuple[bytes | None, ...]:
    """What tells the answers at one address apart."""
    return tuple([_language(sent) if name == b"accept-language" else sent.get(name) for name in varies])


def _language(sent: Sent) -> bytes:
    # There are three answers, not as many as there are ways to ask for them. Only so much of a header is read.
    return _preferred(sent.get(b"accept-language", b"")[:1000])


@lru_cache(maxsize=1000)
def _preferred(header: bytes) -> bytes:
    return preferred(header.decode("latin-1")).encode()
