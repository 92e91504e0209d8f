"""What may be done a second before a deadline, at it, a microsecond and a second after it."""

from datetime import datetime, timedelta

import httpx
import pytest

from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.proposals.matrix.states import deferred, referred
from tests.proposals.steps import moved, objection, ready, send, under_silence

pytestmark = pytest.mark.usefixtures("subject_field")

AROUND = {"a second before": -1_000_000, "at it": 0, "a microsecond after": 1, "a second after": 1_000_000}
around = pytest.mark.parametrize("later", AROUND.values(), ids=AROUND.keys())


def deadline(proposal: httpx.Response) -> datetime:
    return datetime.fromisoformat(proposal.json()["deadline"])


def again(api: Api, tokens: Tokens, proposal: httpx.Response) -> dict:
    answer = api.get(f"/v1/proposals/{proposal.json()['number']}", tokens["reader"])
    assert answer.status_code == 200, answer.text
    return answer.json()


def come_to(clock: FakeClock, instant: datetime, later: int) -> bool:
    """Whether there is still time."""
    clock.set_to(instant + timedelta(microseconds=later))
    return later <= 0


@around
@pytest.mark.parametrize(
    ("event", "name", "given"),
    [
        ("break", "russia-representative", objection()),
        ("pull", "russia-co-chair", {"reason": "Описка."}),
        ("concur", "russia-representative", {}),
        (
            "reserve",
            "nato-representative",
            {"statement": {"kind": "reservation", "language": "fr", "text": "Non."}},
        ),
    ],
    ids=["break", "pull", "concur", "reserve"],
)
def test_while_silence_runs(
    api: Api, tokens: Tokens, clock: FakeClock, later: int, event: str, name: str, given: dict
) -> None:
    running = under_silence(api, tokens)
    if event == "pull":
        running = moved(api, running, "pull", tokens["nato-co-chair"], reason="A slip.")
    in_time = come_to(clock, deadline(running), later)
    answer = api.move(running, event, tokens[name], **given)
    if in_time:
        reached = {"break": "objected", "pull": "in_review"}.get(event, "under_silence")
        assert (answer.status_code, answer.json()["state"]) == (200, reached)
    else:
        assert answer.status_code == 412, answer.text
        assert again(api, tokens, running)["state"] == "adopted"
        anew = api.post(
            f"/v1/proposals/{running.json()['number']}/events/{event}",
            tokens[name],
            json=given,
            headers={"If-Match": "*"},
        )
        assert anew.status_code == 409, anew.text


@around
def test_more_time_is_asked_for(api: Api, tokens: Tokens, clock: FakeClock, later: int) -> None:
    running = under_silence(api, tokens)
    path = f"/v1/silences/{running.json()['silence']['number']}/extensions"
    in_time = come_to(clock, deadline(running), later)
    asked = send(api, path, tokens["russia-representative"], {"working_days": 1, "reason": "Консультация."})
    now = again(api, tokens, running)
    if in_time:
        assert asked.status_code == 201, asked.text
        assert (now["state"], now["deadline"]) == ("under_silence", asked.json()["expires"])
        assert deadline(running) < datetime.fromisoformat(now["deadline"])
    else:
        assert (asked.status_code, asked.json()["code"]) == (409, "silence_over")
        assert now["state"] == "adopted"


@around
def test_a_second_extension_is_granted(api: Api, tokens: Tokens, clock: FakeClock, later: int) -> None:
    running = under_silence(api, tokens)
    path = f"/v1/silences/{running.json()['silence']['number']}/extensions"
    for name in ("russia-representative", "nato-representative"):
        asked = send(api, path, tokens[name], {"working_days": 1, "reason": "Consultation."})
    assert send(api, f"{path}/2/grant", tokens["nato-co-chair"], {}).status_code == 200
    in_time = come_to(clock, datetime.fromisoformat(asked.json()["expires"]), later)
    granted = send(api, f"{path}/2/grant", tokens["russia-co-chair"], {})
    assert granted.status_code == (200 if in_time else 409), granted.text
    assert again(api, tokens, running)["state"] == ("under_silence" if in_time else "adopted")


@around
def test_urgency_is_refused_within_a_day(api: Api, tokens: Tokens, clock: FakeClock, later: int) -> None:
    proposal = ready(api, tokens)
    for name in ("nato-co-chair", "russia-co-chair"):
        proposal = moved(api, proposal, "open-silence", tokens[name], period="urgent")
    silence = proposal.json()["silence"]
    in_time = come_to(clock, datetime.fromisoformat(silence["opened"]) + timedelta(hours=24), later)
    path = f"/v1/silences/{silence['number']}/urgency-refusal"
    refused = send(api, path, tokens["russia-representative"], {})
    if in_time:
        assert (refused.status_code, refused.json()["period"]) == (200, "normal"), refused.text
        assert deadline(proposal) < datetime.fromisoformat(again(api, tokens, proposal)["deadline"])
    else:
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
        assert again(api, tokens, proposal)["deadline"] == silence["expires"]


@around
@pytest.mark.parametrize("event", ["confirm", "refuse"])
def test_what_was_agreed_ad_referendum_is_answered(
    api: Api, tokens: Tokens, clock: FakeClock, later: int, event: str
) -> None:
    waiting = referred(api, tokens, clock)
    half = moved(api, waiting, "confirm", tokens["nato-representative"])
    in_time = come_to(clock, deadline(half), later)
    given = objection() if event == "refuse" else {}
    answer = api.move(half, event, tokens["russia-representative"], **given)
    assert answer.status_code == (200 if in_time else 412), answer.text
    now = again(api, tokens, half)
    assert now["state"] == ("objected" if event == "refuse" and in_time else "adopted")
    if now["state"] == "adopted":
        entry = api.get(f"/v1/entries/{now['entry']}").json()
        decision = api.get(f"/v1/decisions/{entry['decision']['number']}").json()
        assert decision["tacit"] == ([] if in_time else ["russia"])
        at = clock() if in_time else deadline(half)
        assert datetime.fromisoformat(entry["adopted"]) == at


@around
def test_a_deferred_proposal_is_withdrawn_or_lapses(api: Api, tokens: Tokens, clock: FakeClock, later: int) -> None:
    idle = deferred(api, tokens, clock)
    in_time = come_to(clock, deadline(idle), later)
    answer = api.move(idle, "withdraw", tokens["nato-delegate"], reason="Repris.")
    assert answer.status_code == (200 if in_time else 412), answer.text
    assert again(api, tokens, idle)["state"] == ("withdrawn" if in_time else "lapsed")


@around
def test_a_search_box_does_not_complete_the_terms_of_what_has_lapsed(
    api: Api, tokens: Tokens, clock: FakeClock, later: int
) -> None:
    idle = deferred(api, tokens, clock)
    in_time = come_to(clock, deadline(idle), later)
    _, terms, *_ = api.get("/opensearch/suggestions?q=leurr&lang=fr").json()
    assert (terms != []) == in_time


@around
def test_whoever_asks_first_after_the_end_sees_it(api: Api, tokens: Tokens, clock: FakeClock, later: int) -> None:
    running = under_silence(api, tokens)
    in_time = come_to(clock, deadline(running), later)
    entry = api.get(f"/v1/entries/{running.json()['entry']}").json()
    assert entry["status"] == ("proposed" if in_time else "agreed")
    (change,) = api.get("/v1/changes?since=0").json()["items"][-1:]
    assert change["change"] == ("proposed" if in_time else "adopted")
    silence = api.get(f"/v1/silences/{running.json()['silence']['number']}", tokens["reader"]).json()
    assert (silence["ended"] is None) == in_time
