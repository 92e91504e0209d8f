"""From proposal to agreement, through HTTP."""

from tests.api import Api, Tokens
from tests.makers import body, make_subject_field


def propose(api: Api, token: str, **changes: object):
    made = {"kind": "new", "content": body(), "justification": "Missing from the compendium."} | changes
    return api.post("/v1/proposals", token, json=made)


def test_a_proposal_becomes_an_agreed_entry_once_both_co_chairs_have_agreed(
    database, api: Api, tokens: Tokens
) -> None:
    with database.write() as db:
        make_subject_field(db)
    draft = propose(api, tokens["nato-delegate"])
    assert draft.status_code == 201, draft.text
    submitted = api.move(draft, "submit", tokens["nato-delegate"])
    accepted = api.move(submitted, "accept", tokens["secretariat"])
    number = accepted.json()["entry"]
    assert api.get(f"/v1/entries/{number}").json()["status"] == "proposed"

    first = api.move(accepted, "agree", tokens["nato-co-chair"])
    assert first.json()["state"] == "in_review"
    assert api.get(f"/v1/entries/{number}").json()["status"] == "proposed"

    second = api.move(first, "agree", tokens["russia-co-chair"])
    assert second.json()["state"] == "adopted"
    entry = api.get(f"/v1/entries/{number}").json()
    assert (entry["status"], entry["version"]) == ("agreed", 1)
    assert entry["decision"]["number"] == second.json()["decision"]
    assert entry["digest"] == second.json()["digest"]
    found = api.get("/v1/search", params={"q": "ЛОЖНАЯ-ЦЕЛЬ"}).json()["hits"]
    assert [hit["entry"]["number"] for hit in found] == [number]
