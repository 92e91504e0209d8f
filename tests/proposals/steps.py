"""The steps of a proposal, as the accounts of the example working group take them."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from tests.api import Api, Tokens
from tests.makers import body


def new_proposal(**changes: Any) -> dict[str, Any]:
    """A proposal of a new entry as JSON."""
    return {"kind": "new", "content": body(), "justification": "Missing from the compendium."} | changes


def amendment(number: str = "TMD-0017", version: int = 1, **terms: str | None) -> dict[str, Any]:
    """A proposal to amend an entry; `fr="…"` gives it another preferred term."""
    return new_proposal(kind="amend", entry=number, base_version=version, content=body(**terms))


def send(api: Api, path: str, token: str | None, value: Any, **headers: str) -> httpx.Response:
    """Post JSON in ASCII, in which every string that a program can hold can be written."""
    sent = {"Content-Type": "application/json", **headers}
    return api.post(path, token, content=json.dumps(value).encode("ascii"), headers=sent)


def propose(api: Api, token: str, value: dict[str, Any] | None = None) -> httpx.Response:
    """A draft."""
    answer = send(api, "/v1/proposals", token, value or new_proposal())
    assert answer.status_code == 201, answer.text
    return answer


def revise(api: Api, proposal: httpx.Response, token: str, content: dict[str, Any]) -> httpx.Response:
    """Send the next text of a proposal as it was last answered."""
    path = f"/v1/proposals/{proposal.json()['number']}/revisions"
    return send(api, path, token, {"content": content}, **{"If-Match": proposal.headers["ETag"]})


def submitted(
    api: Api, tokens: Tokens, value: dict[str, Any] | None = None, by: str = "nato-delegate"
) -> httpx.Response:
    """A proposal that the secretariat has before it."""
    answer = api.move(propose(api, tokens[by], value), "submit", tokens[by])
    assert answer.status_code == 200, answer.text
    return answer


def accepted(
    api: Api, tokens: Tokens, value: dict[str, Any] | None = None, by: str = "nato-delegate"
) -> httpx.Response:
    """A proposal that both parties have before them."""
    answer = api.move(submitted(api, tokens, value, by), "accept", tokens["secretariat"])
    assert answer.status_code == 200, answer.text
    return answer


def agreed(api: Api, tokens: Tokens, value: dict[str, Any] | None = None) -> httpx.Response:
    """A proposal that both co-chairs have agreed to."""
    first = api.move(accepted(api, tokens, value), "agree", tokens["nato-co-chair"])
    answer = api.move(first, "agree", tokens["russia-co-chair"])
    assert answer.status_code == 200, answer.text
    return answer


REACHED: dict[str, Callable[[Api, Tokens], httpx.Response]] = {
    "draft": lambda api, tokens: propose(api, tokens["nato-delegate"]),
    "submitted": submitted,
    "in_review": accepted,
}
"""How a proposal of NATO comes to a state."""
