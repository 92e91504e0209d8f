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


def moved(api: Api, proposal: httpx.Response, event: str, token: str, **given: Any) -> httpx.Response:
    """The proposal after an event that must succeed."""
    answer = api.move(proposal, event, token, **given)
    assert answer.status_code == 200, answer.text
    return answer


def certified(api: Api, tokens: Tokens, proposal: httpx.Response) -> httpx.Response:
    """A proposal under review whose texts, and whose concordance, somebody else vouches for."""
    for part in ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru"):
        proposal = moved(api, proposal, f"certify-{part}", tokens["linguist"])
    return proposal


def ready(api: Api, tokens: Tokens, value: dict[str, Any] | None = None) -> httpx.Response:
    """A proposal that can be put under silence or on the agenda of a meeting."""
    review = certified(api, tokens, accepted(api, tokens, value))
    return moved(api, review, "finalise", tokens["secretariat"])


def meeting(api: Api, tokens: Tokens) -> str:
    """The number of a meeting."""
    asked = {"held_on": "2026-12-10", "place": "Brussels"}
    answer = send(api, "/v1/meetings", tokens["secretariat"], asked)
    assert answer.status_code == 201, answer.text
    number: str = answer.json()["number"]
    return number


def tabled(api: Api, tokens: Tokens, value: dict[str, Any] | None = None) -> httpx.Response:
    """A proposal before a meeting."""
    proposal = ready(api, tokens, value)
    return moved(api, proposal, "table", tokens["nato-co-chair"], meeting=meeting(api, tokens))


def agreed(api: Api, tokens: Tokens, value: dict[str, Any] | None = None) -> httpx.Response:
    """A proposal that both co-chairs have agreed to at a meeting."""
    first = moved(api, tabled(api, tokens, value), "agree", tokens["nato-co-chair"])
    return moved(api, first, "agree", tokens["russia-co-chair"])


def under_silence(api: Api, tokens: Tokens, value: dict[str, Any] | None = None) -> httpx.Response:
    """A proposal on which silence runs."""
    first = moved(api, ready(api, tokens, value), "open-silence", tokens["nato-co-chair"])
    return moved(api, first, "open-silence", tokens["russia-co-chair"])


def objection(element: str = "languages.ru.definition", **changes: Any) -> dict[str, Any]:
    """What comes with a break."""
    said = {"type": "linguistic", "element": element, "language": "ru", "alternative": "ложный объект"}
    return {"reason": "Определение неточно.", "objection": said | changes}


REACHED: dict[str, Callable[[Api, Tokens], httpx.Response]] = {
    "draft": lambda api, tokens: propose(api, tokens["nato-delegate"]),
    "submitted": submitted,
    "in_review": accepted,
    "ready": ready,
    "tabled": tabled,
    "under_silence": under_silence,
}
"""How a proposal of NATO comes to a state."""
