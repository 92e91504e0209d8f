"""What every exchange has around it: a request identifier, safe headers, and an answer even to a failure."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.problems import internal_error
from app.http.request_id import begin_request

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
# A year, as browsers ask for before they believe it.
_OVER_TLS = (b"strict-transport-security", b"max-age=31536000")


class Envelope:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, is_behind_tls: bool = False) -> None:
        self.app = app
        self._always = (*_ALWAYS, _OVER_TLS) if is_behind_tls else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identifier = begin_request()
        started = False
        # HEAD is GET without the body (RFC 9110, 9.3.2), whatever the address.
        head = scope["method"] == "HEAD"

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = message.get("headers", ())
                stated = {name for name, _ in own}
                added = [header for header in self._always if header[0] not in stated]
                message = {**message, "headers": [*own, (b"x-request-id", identifier.encode()), *added]}
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            # `head` tells a route that nobody waits for the body.
            await self.app({**scope, "method": "GET", "head": True} if head else scope, receive, with_headers)
        except Exception as error:  # noqa: BLE001
            answer = internal_error(Request(scope), error)
            if started:
                # Only a broken connection still tells the client; the error's own text stays out of the log.
                raise RuntimeError("the answer was broken off") from None
            await answer(scope, receive, with_headers)
