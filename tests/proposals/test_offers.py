"""What a caller is told that may be done: the list of events, and the dry run."""

from typing import Any

import pytest

from tests.api import Api, Tokens
from tests.proposals.steps import moved, ready, send, tabled

pytestmark = pytest.mark.usefixtures("subject_field")


def offered(api: Api, tokens: Tokens, number: str, event: str, account: str) -> dict[str, Any]:
    """The event as the list has it, which must be as a dry run foresees it."""
    items = api.get(f"/v1/proposals/{number}/events", tokens[account]).json()["items"]
    (item,) = (item for item in items if item["event"] == event)
    foreseen = send(api, f"/v1/proposals/{number}/events/{event}?dry_run=true", tokens[account], {})
    assert foreseen.json() == item, foreseen.text
    found: dict[str, Any] = item
    return found


@pytest.mark.parametrize(
    ("event", "state", "again"), [("agree", "tabled", ["not_signed_yet"]), ("open-silence", "ready", [])]
)
def test_a_co_chair_is_told_whom_a_joint_event_waits_for(
    api: Api, tokens: Tokens, event: str, state: str, again: list[str]
) -> None:
    proposal = {"tabled": tabled, "ready": ready}[state](api, tokens)
    number = proposal.json()["number"]
    assert offered(api, tokens, number, event, "nato-co-chair")["waits_for"] == ["russia"]
    moved(api, proposal, event, tokens["nato-co-chair"])
    signed = offered(api, tokens, number, event, "nato-co-chair")
    assert (signed["failing"], signed["waits_for"]) == (again, ["russia"])
    joining = offered(api, tokens, number, event, "russia-co-chair")
    assert (joining["failing"], joining["waits_for"]) == ([], [])


def test_a_dry_run_on_other_terms_still_waits_for_the_other_side(api: Api, tokens: Tokens) -> None:
    proposal = moved(api, tabled(api, tokens), "agree", tokens["nato-co-chair"])
    path = f"/v1/proposals/{proposal.json()['number']}/events/agree?dry_run=true"
    for scope, waits_for in (("full", []), ("equivalents_only", ["nato"])):
        foreseen = send(api, path, tokens["russia-co-chair"], {"scope": scope}).json()
        assert foreseen["waits_for"] == waits_for


def test_a_dry_run_for_another_period_still_waits_for_the_other_side(api: Api, tokens: Tokens) -> None:
    proposal = moved(api, ready(api, tokens), "open-silence", tokens["nato-co-chair"])
    path = f"/v1/proposals/{proposal.json()['number']}/events/open-silence?dry_run=true"
    for asked, waits_for in (({"period": "normal"}, []), ({"period": "urgent"}, ["nato"])):
        assert send(api, path, tokens["russia-co-chair"], asked).json()["waits_for"] == waits_for
