"""From proposal to agreement, through HTTP."""

import httpx
import pytest

from tests.api import Api, Tokens, problem_of
from tests.proposals.steps import accepted, certified, meeting, moved, propose

pytestmark = pytest.mark.usefixtures("subject_field")


def shown(api: Api, number: str) -> tuple[str, int | None]:
    """The status and the version of an entry, as everybody sees it."""
    entry = api.get(f"/v1/entries/{number}").json()
    return entry["status"], entry["version"]


def state_of(answer: httpx.Response) -> str:
    state: str = answer.json()["state"]
    return state


def test_a_proposal_becomes_an_agreed_entry_once_both_co_chairs_have_agreed(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens)
    number = review.json()["entry"]
    problem_of(api.move(review, "agree", tokens["nato-co-chair"]), 409, "transition_not_allowed")
    ready = moved(api, certified(api, tokens, review), "finalise", tokens["secretariat"])
    tabled = moved(api, ready, "table", tokens["nato-co-chair"], meeting=meeting(api, tokens))
    assert (state_of(ready), state_of(tabled), shown(api, number)) == ("ready", "tabled", ("proposed", None))

    first = moved(api, tabled, "agree", tokens["nato-co-chair"])
    assert (state_of(first), shown(api, number)) == ("tabled", ("proposed", None))

    second = moved(api, first, "agree", tokens["russia-co-chair"])
    assert (state_of(second), shown(api, number)) == ("adopted", ("agreed", 1))
    entry = api.get(f"/v1/entries/{number}").json()
    assert entry["decision"]["number"] == second.json()["decision"]
    assert entry["digest"] == second.json()["digest"] == review.json()["digest"]
    found = api.get("/v1/search", params={"q": "ЛОЖНАЯ-ЦЕЛЬ"}).json()["hits"]
    assert [hit["entry"]["number"] for hit in found] == [number]


def test_the_decision_of_a_meeting_names_it_and_who_was_there(api: Api, tokens: Tokens) -> None:
    ready = moved(api, certified(api, tokens, accepted(api, tokens)), "finalise", tokens["secretariat"])
    called = meeting(api, tokens)
    proposal = moved(api, ready, "table", tokens["russia-co-chair"], meeting=called)
    for account in ("russia-co-chair", "nato-co-chair"):
        proposal = moved(api, proposal, "agree", tokens[account], scope="equivalents_only")
    decision = api.get(f"/v1/decisions/{proposal.json()['decision']}").json()
    assert (decision["method"], decision["meeting"], decision["scope"]) == ("meeting", called, "equivalents_only")
    assert (decision["explicit"], decision["tacit"], decision["absent"]) == (["nato", "russia"], [], [])


def test_a_draft_is_no_entry(api: Api, tokens: Tokens) -> None:
    assert propose(api, tokens["nato-delegate"]).json()["entry"] is None
