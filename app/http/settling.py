"""A layer that lets what is due happen before anybody is answered."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import DomainError
from app.http.problems import domain_problem


class Settling:
    """Settles what time has brought about, if there may be something; a failure to do so is the answer."""

    def __init__(
        self, app: ASGIApp, *, may_be_due: Callable[[], bool], settle: Callable[[], object], told: tuple[str, ...]
    ) -> None:
        self.app = app
        self._may_be_due = may_be_due
        self._settle = settle
        self._told = told
        """What the paths begin with that tell of the compendium; others need no database, or tell of it alone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._tells(scope["path"]) and self._may_be_due():
            try:
                await run_in_threadpool(self._settle)
            except DomainError as error:
                await domain_problem(Request(scope), error)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _tells(self, path: str) -> bool:
        return path == "/" or path.startswith(self._told)
