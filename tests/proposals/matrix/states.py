"""How a proposal of NATO comes to each state, by real steps."""

from collections.abc import Callable
from typing import Any

import httpx

from app.proposals.workflow import State
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.makers import body
from tests.proposals.steps import (
    accepted,
    agreed,
    moved,
    objection,
    propose,
    ready,
    submitted,
    tabled,
    under_silence,
)

Reach = Callable[[Api, Tokens, FakeClock], httpx.Response]
CO_CHAIRS = ("nato-co-chair", "russia-co-chair")


def _together(api: Api, tokens: Tokens, proposal: httpx.Response, event: str, **given: Any) -> httpx.Response:
    for name in CO_CHAIRS:
        proposal = moved(api, proposal, event, tokens[name], **given)
    return proposal


def returned(api: Api, tokens: Tokens, _clock: FakeClock) -> httpx.Response:
    return moved(api, submitted(api, tokens), "return", tokens["secretariat"], reason="A source is missing.")


def objected(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    return moved(api, under_silence(api, tokens), "break", tokens["russia-representative"], **objection())


def referred(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    return _together(api, tokens, tabled(api, tokens), "agree-ad-referendum")


def deferred(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    return _together(api, tokens, accepted(api, tokens), "defer", reason="Until the study is done.")


def rejected(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    return _together(api, tokens, accepted(api, tokens), "decline", reason="Hors du domaine.")


def diverged(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    return _together(api, tokens, accepted(api, tokens), "diverge", reason="The concepts differ.", content=body())


def withdrawn(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    return moved(api, accepted(api, tokens), "withdraw", tokens["nato-delegate"], reason="Repris.")


def lapsed(api: Api, tokens: Tokens, clock: FakeClock) -> httpx.Response:
    waiting = deferred(api, tokens, clock)
    clock.advance(days=366)
    return api.get(f"/v1/proposals/{waiting.json()['number']}", tokens["nato-delegate"])


REACHED: dict[State, Reach] = {
    State.DRAFT: lambda api, tokens, _clock: propose(api, tokens["nato-delegate"]),
    State.SUBMITTED: lambda api, tokens, _clock: submitted(api, tokens),
    State.RETURNED: returned,
    State.IN_REVIEW: lambda api, tokens, _clock: accepted(api, tokens),
    State.READY: lambda api, tokens, _clock: ready(api, tokens),
    State.UNDER_SILENCE: lambda api, tokens, _clock: under_silence(api, tokens),
    State.OBJECTED: objected,
    State.TABLED: lambda api, tokens, _clock: tabled(api, tokens),
    State.AD_REFERENDUM: referred,
    State.DEFERRED: deferred,
    State.ADOPTED: lambda api, tokens, _clock: agreed(api, tokens),
    State.REJECTED: rejected,
    State.WITHDRAWN: withdrawn,
    State.LAPSED: lapsed,
    State.DIVERGED: diverged,
}
