"""How much a request may bring along, checked while it is read."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyTooLarge
from app.http.problems import problem_response


class BodyLimit:
    """Refuses a body over the limit with 413, before it is in memory and whether or not it states its length."""

    def __init__(self, app: ASGIApp, *, limit: int, limits: Mapping[str, int]) -> None:
        self.app = app
        self.limit = limit
        self.limits = limits
        """Those of addresses that have one of their own."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "GET" and not any(name == b"content-length" for name, _ in scope["headers"]):
            # No route reads a body with GET, and none is announced.
            await self.app(scope, receive, send)
            return
        limit = self.limits.get(scope["path"], self.limit)
        request = Request(scope)
        stated = request.headers.get("content-length", "")
        read = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else 0
        if read > limit:
            await self._refuse(request, limit, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLarge(limit=limit)
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            # What reads a body may take the exception for a fault of its own and answer something else.
            if started or seen <= limit:
                started = True
                await send(message)

        try:
            await self.app(scope, counted, noted)
        except BodyTooLarge:
            if started:
                raise
        if seen > limit and not started:
            await self._refuse(request, limit, receive, send)

    async def _refuse(self, request: Request, limit: int, receive: Receive, send: Send) -> None:
        error = BodyTooLarge(limit=limit)
        response = problem_response(request, status=error.status, code=error.code, params=error.params)
        response.headers["Connection"] = "close"
        await response(request.scope, receive, send)
