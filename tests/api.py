"""A client for the service, and the accounts of the example working group."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.db import Database
from app.main import create_app
from app.settings import Settings

ACCOUNTS: dict[str, tuple[str | None, tuple[Role, ...]]] = {
    "nato-delegate": ("nato", (Role.DELEGATE,)),
    "russia-delegate": ("russia", (Role.DELEGATE,)),
    "nato-co-chair": ("nato", (Role.CO_CHAIR,)),
    "russia-co-chair": ("russia", (Role.CO_CHAIR,)),
    "nato-representative": ("nato", (Role.REPRESENTATIVE,)),
    "russia-representative": ("russia", (Role.REPRESENTATIVE,)),
    "linguist": (None, (Role.LANGUAGE_LEAD,)),
    "secretariat": (None, (Role.SECRETARIAT,)),
    "nato-expert": ("nato", (Role.EXPERT,)),
    "reader": (None, (Role.READER,)),
}


class Tokens(dict[str, str]):
    """Tokens by account name."""

    @classmethod
    def made_in(cls, database: Database) -> "Tokens":
        with database.write() as db:
            return cls(
                {
                    name: accounts.create_token(db, name=name, roles=frozenset(roles), party=party)
                    for name, (party, roles) in ACCOUNTS.items()
                }
            )


def contract() -> dict[str, Any]:
    """The OpenAPI document of the service, which is the same whatever its database."""
    # FastAPI cannot make it in two threads at once.
    with _MAKING:
        return _contract()


_MAKING = Lock()


@cache
def _contract() -> dict[str, Any]:
    return create_app(Settings(database_url="sqlite:///:memory:")).openapi()


def check_documented(answer: httpx.Response) -> None:
    """Fail if a route answered with a status, or in a form, that its documentation does not name."""
    method, path = answer.request.method.lower(), answer.request.url.raw_path.decode().partition("?")[0]
    for template, operations in contract()["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path) and method in operations:
            documented = operations[method]["responses"]
            if answer.status_code == 304:
                return  # a matter between any GET and its If-None-Match
            assert str(answer.status_code) in documented, f"{method} {template} answered {answer.status_code}"
            form = answer.headers.get("content-type", "").partition(";")[0]
            forms = [name.partition(";")[0] for name in documented[str(answer.status_code)].get("content", {})]
            assert form in forms or not answer.content, f"{method} {template} answered in {form}"


def problem_of(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem in an answer, which must have this status and code and be whole."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert (problem["status"], problem["code"]) == (status, code), problem
    assert problem["type"] == f"urn:compendium:problem:{code}"
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    details = [problem["detail"], *(fault["detail"] for fault in problem.get("errors", []))]
    assert problem["title"]
    assert all(details)
    assert not re.search(r"{[a-z_]+}", " ".join(details)), f"a placeholder was not filled: {details}"
    return problem


@dataclass
class Api:
    """Synchronous calls over httpx and ASGI, in the shape that a real client sees."""

    client: httpx.AsyncClient
    portal: BlockingPortal

    @classmethod
    @contextmanager
    def serving(cls, app: FastAPI) -> Iterator["Api"]:
        # An exception that escapes becomes our 500, as it would for a real client.
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        with start_blocking_portal() as portal:
            client = httpx.AsyncClient(transport=transport, base_url="http://compendium.test")
            yield cls(client, portal)
            portal.call(client.aclose)

    def request(self, method: str, path: str, token: str | None = None, **kwargs: Any) -> httpx.Response:
        headers = dict(kwargs.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        answer = self.portal.call(lambda: self.client.request(method, path, headers=headers, **kwargs))
        check_documented(answer)
        return answer

    def get(self, path: str, token: str | None = None, **kwargs: Any) -> httpx.Response:
        return self.request("GET", path, token, **kwargs)

    def pages(self, path: str, token: str | None = None, **params: Any) -> Iterator[dict[str, Any]]:
        """The pages of a list, each by the Link of the one before."""
        answer = self.get(path, token, params=params)
        while True:
            assert answer.status_code == 200, answer.text
            yield answer.json()
            link = answer.links.get("next")
            assert (link is None) == (answer.json()["next"] is None)
            if link is None:
                return
            answer = self.get(link["url"], token)

    def post(self, path: str, token: str | None = None, **kwargs: Any) -> httpx.Response:
        return self.request("POST", path, token, **kwargs)

    def move(
        self, proposal: httpx.Response, event: str, token: str, *, reason: str | None = None, **given: Any
    ) -> httpx.Response:
        """Cause an event on a proposal as it was last answered, with what the event needs."""
        number = proposal.json()["number"]
        body = given | ({"reason": reason} if reason is not None else {})
        headers = {"If-Match": proposal.headers["ETag"]}
        return self.post(f"/v1/proposals/{number}/events/{event}", token, json=body, headers=headers)
