"""Routes for the reads that come most often: found at once, one validation, one snapshot a request.

FastAPI looks for the route among all, and resolves each parameter and each dependency by itself, which takes
longer than a look-up does. A hot route is written like any other and would work like one. It takes one model of all
its query parameters as `asked` and, if it wants them, the `request`, a `Snapshot` as `db`, and the `settings`.
It may also say how several requests that wait are read together.
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from functools import partial
from inspect import signature
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import unquote_plus

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from sqlalchemy.engine import Connection
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.db import Database
from app.errors import DomainError
from app.http.deps import database
from app.http.problems import answer_to
from app.http.threads import Threads
from app.settings import Settings


def _snapshot(found: Annotated[Database, Depends(database)]) -> Iterator[Connection]:
    with found.snapshot() as connection:
        yield connection


Snapshot = Annotated[Connection, Depends(_snapshot)]
"""A connection that reads one snapshot."""


class HotQuery(BaseModel):
    """The query parameters of a hot route."""

    @property
    def needs_one_statement(self) -> bool:
        """Whether a single statement finds all of the answer, so that no transaction has to hold several."""
        return False


Endpoint = TypeVar("Endpoint", bound=Callable[..., Response])
Answering = Callable[[Request, Settings], Response]
"""What answers a request once all is read."""
_Gather = Callable[[Connection, Sequence[Any]], Sequence[Answering]]
_GATHERED = "_gathered"


def gathered(gather: _Gather) -> Callable[[Endpoint], Endpoint]:
    """Say how the requests for a route that need one statement are read together, by a single one.

    It is given all that they ask, and returns for each what answers it as if it had been alone.
    """

    def said(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _GATHERED, gather)
        return endpoint

    return said


class _Waiting(NamedTuple):
    """A request, and what it asks."""

    request: Request
    asked: HotQuery


class HotRoute(APIRoute):
    """A route that is given what it takes without asking dependencies."""

    answer: Callable[[Request], Coroutine[Any, Any, Response]]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        endpoint: Callable[..., Response] = self.endpoint
        model: type[HotQuery] = get_type_hints(endpoint)["asked"]
        lists = {field.alias or name: _is_list(field.annotation) for name, field in model.model_fields.items()}
        alone = _read_alone(endpoint)
        gather: _Gather | None = getattr(endpoint, _GATHERED, None)
        together = _all_read(gather) if gather else None

        async def answer(request: Request) -> Response:
            waiting = _Waiting(request, _validated(model, lists, request))
            threads: Threads = request.app.state.threads
            if together is not None and waiting.asked.needs_one_statement:
                return await threads.together(together, waiting)
            return await threads.run(lambda: alone(waiting))

        self.answer = answer
        return answer


def _read_alone(endpoint: Callable[..., Response]) -> Callable[[_Waiting], Response]:
    taken = signature(endpoint).parameters.keys()

    def read(waiting: _Waiting) -> Response:
        state = waiting.request.app.state
        with state.database.snapshot(alone=waiting.asked.needs_one_statement) as db:
            given = {**waiting._asdict(), "db": db, "settings": state.settings}
            return endpoint(**{name: given[name] for name in taken})

    return read


def _all_read(gather: _Gather) -> Callable[[Sequence[_Waiting]], Sequence[Callable[[], Response]]]:
    def read(all_waiting: Sequence[_Waiting]) -> Sequence[Callable[[], Response]]:
        state = all_waiting[0].request.app.state
        with state.database.snapshot(alone=True) as db:
            answering = gather(db, [one.asked for one in all_waiting])
        return [
            partial(answer, one.request, state.settings) for one, answer in zip(all_waiting, answering, strict=True)
        ]

    return read


class HotReads:
    """The innermost layer: answers the requests for hot routes before the others are looked through."""

    def __init__(self, app: ASGIApp, *, routes: Iterable[BaseRoute]) -> None:
        self.app = app
        self._routes = {route.path: route for route in routes if isinstance(route, HotRoute)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._routes.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if route is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = await route.answer(request)
        except (DomainError, RequestValidationError) as error:
            response = answer_to(request, error)
        await response(scope, receive, send)


def _validated(model: type[HotQuery], lists: dict[str, bool], request: Request) -> HotQuery:
    """The query parameters of a request. Raises RequestValidationError."""
    given: dict[str, Any] = {}
    for pair in request.scope["query_string"].decode("latin-1").split("&"):
        written, _, value = pair.partition("=")
        name = unquote_plus(written)
        if lists.get(name):
            given.setdefault(name, []).append(unquote_plus(value))
        elif name in lists:
            given[name] = unquote_plus(value)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults = [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise RequestValidationError(faults) from error


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(_is_list(part) for part in get_args(annotation))
