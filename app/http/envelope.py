"""What every exchange has around it: a request identifier, safe headers, and an answer even to a failure."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.problems import internal_error
from app.http.request_id import begin_request

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


class Envelope:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

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
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = identifier
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self.app({**scope, "method": "GET"} if head else scope, receive, with_headers)
        except Exception as error:  # noqa: BLE001
            answer = internal_error(Request(scope), error)
            if started:
                # Only a broken connection still tells the client; the error's own text stays out of the log.
                raise RuntimeError("the answer was broken off") from None
            await answer(scope, receive, with_headers)
