"""Routes for the reads that come most often: one validation, one change of thread, one snapshot a request.

FastAPI resolves each parameter and each dependency by itself, which takes longer than a look-up does. Such a
route is written like any other and would work like one. It takes one model of all its query parameters as `asked`
and, if it wants them, the `request`, a `Snapshot` as `db`, and the `settings`.
"""

from collections.abc import Callable, Coroutine, Iterator
from inspect import signature
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool

from app.db import Database, failures_are_named
from app.http.deps import database
from app.search.prepared import snapshot


def _snapshot(found: Annotated[Database, Depends(database)]) -> Iterator[Connection]:
    with failures_are_named(), snapshot(found) as connection:
        yield connection


Snapshot = Annotated[Connection, Depends(_snapshot)]
"""A connection that reads one snapshot."""


class HotRoute(APIRoute):
    """A route that is given what it takes without asking dependencies."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        endpoint: Callable[..., Response] = self.endpoint
        model: type[BaseModel] = get_type_hints(endpoint)["asked"]
        taken = signature(endpoint).parameters.keys()
        lists = {field.alias or name: _is_list(field.annotation) for name, field in model.model_fields.items()}

        def read(request: Request, asked: BaseModel) -> Response:
            state = request.app.state
            with failures_are_named(), snapshot(state.database) as db:
                given = {"request": request, "db": db, "settings": state.settings, "asked": asked}
                return endpoint(**{name: given[name] for name in taken})

        async def handle(request: Request) -> Response:
            return await run_in_threadpool(read, request, _validated(model, lists, request))

        return handle


def _validated(model: type[BaseModel], lists: dict[str, bool], request: Request) -> BaseModel:
    """The query parameters of a request. Raises RequestValidationError."""
    given: dict[str, Any] = {}
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if lists.get(name):
            given.setdefault(name, []).append(value)
        elif name in lists:
            given[name] = value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults = [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise RequestValidationError(faults) from error


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(_is_list(part) for part in get_args(annotation))
