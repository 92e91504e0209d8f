"""Silence procedures over HTTP, at the instants that matter."""

from datetime import datetime, timedelta

import pytest

from tests.api import Api, Tokens, problem_of
from tests.clocks import FakeClock
from tests.makers import body
from tests.proposals.steps import accepted, moved, new_proposal, objection, ready, send, under_silence

pytestmark = pytest.mark.usefixtures("subject_field")


def expiry(proposal) -> datetime:
    return datetime.fromisoformat(proposal.json()["deadline"])


def again(api: Api, tokens: Tokens, proposal):
    """The proposal as it is now."""
    answer = api.get(f"/v1/proposals/{proposal.json()['number']}", tokens["nato-delegate"])
    assert answer.status_code == 200, answer.text
    return answer


def test_unbroken_silence_adopts_the_frozen_text_at_its_instant(api: Api, tokens: Tokens, clock: FakeClock) -> None:
    running = under_silence(api, tokens)
    assert running.json()["state"] == "under_silence"
    expires = expiry(running)
    clock.set_to(expires)
    assert again(api, tokens, running).json()["state"] == "under_silence"
    clock.advance(microseconds=1)
    adopted = again(api, tokens, running).json()
    assert adopted["state"] == "adopted"
    entry = api.get(f"/v1/entries/{adopted['entry']}").json()
    assert (entry["status"], entry["version"], entry["digest"]) == ("agreed", 1, running.json()["digest"])
    assert datetime.fromisoformat(entry["adopted"]) == expires
    decision = api.get(f"/v1/decisions/{entry['decision']['number']}").json()
    assert (decision["method"], decision["explicit"], decision["tacit"]) == ("silence", [], ["nato", "russia"])


@pytest.mark.parametrize("late", [False, True])
def test_a_break_counts_at_the_instant_and_not_after_it(
    api: Api, tokens: Tokens, clock: FakeClock, late: bool
) -> None:
    running = under_silence(api, tokens)
    clock.set_to(expiry(running) + timedelta(microseconds=late))
    answer = api.move(running, "break", tokens["russia-representative"], **objection())
    if late:
        assert answer.status_code in (409, 412), answer.text
        assert again(api, tokens, running).json()["state"] == "adopted"
    else:
        assert answer.json()["state"] == "objected"
        assert again(api, tokens, running).json()["breaks"] == 1


def test_what_depends_on_a_broken_entry_drops_out_and_the_rest_is_adopted(
    api: Api, tokens: Tokens, clock: FakeClock
) -> None:
    texts = [
        body(),
        body(en="trap", fr="piège", ru="ловушка"),
        body(en="radar", fr="radar", ru="станция"),
    ]
    texts[1]["languages"]["en"]["definition"]["text"] = "decoy that draws fire to itself"
    texts[2]["languages"]["en"]["definition"]["text"] = "device that finds objects by reflected radio waves"
    proposals = [ready(api, tokens, new_proposal(content=text)) for text in texts]
    numbers = [proposal.json()["number"] for proposal in proposals]
    asked = send(api, "/v1/silences", tokens["nato-co-chair"], {"proposals": numbers})
    assert (asked.status_code, asked.json()["silence"]) == (201, None), asked.text
    opened = send(api, "/v1/silences", tokens["russia-co-chair"], {"proposals": numbers})
    silence = opened.json()["silence"]
    assert [item["state"] for item in silence["items"]] == ["pending"] * 3
    broken = moved(api, again(api, tokens, proposals[0]), "break", tokens["russia-representative"], **objection())
    clock.set_to(expiry(again(api, tokens, proposals[2])) + timedelta(seconds=1))
    states = [again(api, tokens, proposal).json()["state"] for proposal in proposals]
    assert states == ["objected", "ready", "adopted"]
    silence = api.get(f"/v1/silences/{silence['number']}", tokens["reader"]).json()
    assert [item["state"] for item in silence["items"]] == ["objected", "dropped_out", "adopted"]
    assert silence["items"][1]["because_of"] == [broken.json()["number"]]
    assert silence["ended"] is not None


def test_who_is_of_no_party_breaks_nothing(api: Api, tokens: Tokens) -> None:
    running = under_silence(api, tokens)
    for name in ("nato-delegate", "russia-co-chair", "secretariat", "linguist"):
        problem_of(api.move(running, "break", tokens[name], **objection()), 403, "not_permitted")


def test_a_text_nobody_certified_is_not_finalised(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens)
    problem = problem_of(api.move(review, "finalise", tokens["secretariat"]), 409, "guards_failed")
    assert problem["guards"] == ["languages_are_certified", "concordance_is_certified"]


def test_more_time_is_granted_once_by_asking_and_once_by_the_co_chairs(
    api: Api, tokens: Tokens, clock: FakeClock
) -> None:
    running = under_silence(api, tokens)
    number = running.json()["silence"]["number"]
    path = f"/v1/silences/{number}/extensions"
    asked = {"working_days": 10, "reason": "Нужна консультация."}
    first = send(api, path, tokens["russia-representative"], asked)
    assert first.status_code == 201, first.text
    assert datetime.fromisoformat(first.json()["expires"]) > expiry(running)
    second = send(api, path, tokens["nato-representative"], asked | {"working_days": 20})
    assert second.json()["expires"] == first.json()["expires"]
    grant = f"{path}/2/grant"
    half = send(api, grant, tokens["nato-co-chair"], {})
    assert half.json()["expires"] == first.json()["expires"]
    whole = send(api, grant, tokens["russia-co-chair"], {})
    assert datetime.fromisoformat(whole.json()["expires"]) > datetime.fromisoformat(first.json()["expires"])
    assert again(api, tokens, running).json()["deadline"] == whole.json()["expires"]
    third = send(api, path, tokens["nato-representative"], asked)
    problem_of(third, 422, "invalid_input")
