"""The change feed: whoever follows it misses nothing, and sees nothing that is not public."""

from typing import Any

import httpx

from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry, make_subject_field
from tests.proposals.steps import certified, meeting, moved


def changes(api: Api, since: int = 0, limit: int = 200) -> dict[str, Any]:
    page: dict[str, Any] = api.get("/v1/changes", params={"since": since, "limit": limit}).json()
    return page


def proposed(api: Api, token: str, **changed: Any):
    made = {"kind": "new", "content": body(fr="leurre gonflable"), "justification": "Manque au recueil."} | changed
    answer = api.post("/v1/proposals", token, json=made)
    assert answer.status_code == 201, answer.text
    return answer


def finalised(api: Api, tokens: Tokens, review: httpx.Response) -> httpx.Response:
    """A proposal under review after its text was certified."""
    return moved(api, certified(api, tokens, review), "finalise", tokens["secretariat"])


def agreed(api: Api, tokens: Tokens, ready: httpx.Response) -> dict[str, Any]:
    """A proposal after a meeting has agreed to it."""
    tabled = moved(api, ready, "table", tokens["nato-co-chair"], meeting=meeting(api, tokens))
    first = moved(api, tabled, "agree", tokens["russia-co-chair"])
    answer: dict[str, Any] = moved(api, first, "agree", tokens["nato-co-chair"]).json()
    assert answer["state"] == "adopted"
    return answer


def followed(api: Api, limit: int) -> list[dict[str, Any]]:
    """All changes, by asking from the last one seen until there is none."""
    seen: list[dict[str, Any]] = []
    since = 0
    while items := changes(api, since, limit)["items"]:
        seen += items
        since = items[-1]["seq"]
    return seen


def test_whoever_follows_the_feed_in_steps_of_any_size_misses_nothing(api: Api, database) -> None:
    with database.write() as db:
        for number in range(1, 8):
            make_entry(db, number=number)
    whole = changes(api)["items"]
    assert [item["entry"] for item in whole] == [f"TMD-{number:04d}" for number in range(1, 8)]
    assert [item["change"] for item in whole] == ["adopted"] * 7
    for size in (1, 2, 3, 6, 7, 8):
        assert followed(api, size) == whole


def test_the_feed_says_whether_there_is_more_and_where_to_ask_again(api: Api, database) -> None:
    with database.write() as db:
        for number in (1, 2, 3):
            make_entry(db, number=number)
    first = changes(api, limit=2)
    assert first["next"] == first["latest"] == first["items"][-1]["seq"]
    last = changes(api, first["next"], limit=2)
    assert (len(last["items"]), last["next"]) == (1, None)
    assert changes(api, last["latest"]) == {"items": [], "next": None, "latest": last["latest"]}
    with database.write() as db:
        make_entry(db, number=4)
    (added,) = changes(api, last["latest"])["items"]
    assert added["entry"] == "TMD-0004"


def test_the_feed_tells_each_public_step_of_an_entry(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_subject_field(db)
    draft = proposed(api, tokens["nato-delegate"])
    accepted = api.move(api.move(draft, "submit", tokens["nato-delegate"]), "accept", tokens["secretariat"])
    number = accepted.json()["entry"]
    revised = api.post(
        f"/v1/proposals/{draft.json()['number']}/revisions",
        tokens["russia-delegate"],
        json={"content": body(ru="надувная ложная цель")},
        headers={"If-Match": accepted.headers["ETag"]},
    )
    adopted = agreed(api, tokens, finalised(api, tokens, revised))
    items = changes(api)["items"]
    assert [(item["change"], item["entry"]) for item in items] == [
        ("proposed", number),
        ("revised", number),
        ("adopted", number),
    ]
    assert [item["digest"] for item in items] == [
        accepted.json()["digest"],
        revised.json()["digest"],
        adopted["digest"],
    ]
    assert [(item["version"], item["decision"]) for item in items] == [
        (None, None),
        (None, None),
        (1, adopted["decision"]),
    ]


def test_the_feed_tells_of_an_end_without_its_text(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_subject_field(db)
    draft = proposed(api, tokens["russia-delegate"])
    accepted = api.move(api.move(draft, "submit", tokens["russia-delegate"]), "accept", tokens["secretariat"])
    api.move(accepted, "withdraw", tokens["russia-delegate"], reason="Снято по просьбе делегации.")
    last = changes(api)["items"][-1]
    assert (last["change"], last["digest"], last["version"]) == ("withdrawn", None, None)
    assert "Снято" not in api.get("/v1/changes").text


def test_the_feed_says_nothing_of_drafts_and_amendments_before_their_adoption(
    api: Api, tokens: Tokens, database
) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    before = changes(api)
    proposed(api, tokens["nato-delegate"])
    amendment = proposed(
        api, tokens["nato-delegate"], kind="amend", entry="TMD-0017", base_version=1, content=body(en="dummy")
    )
    submitted = api.move(amendment, "submit", tokens["nato-delegate"])
    assert changes(api) == before
    accepted = api.move(submitted, "accept", tokens["secretariat"])
    assert accepted.status_code == 200
    assert changes(api) == before
    ready = finalised(api, tokens, accepted)
    assert changes(api) == before
    agreed(api, tokens, ready)
    (adopted,) = changes(api, before["latest"])["items"]
    assert (adopted["change"], adopted["entry"], adopted["version"]) == ("adopted", "TMD-0017", 2)


def test_a_sequence_number_that_cannot_be_is_refused(api: Api) -> None:
    for since in ("-1", "x", "9" * 12):
        assert problem_of(api.get(f"/v1/changes?since={since}"), 422, "validation_failed")["field"] == "since"


def test_an_unchanged_feed_is_not_sent_again(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db)
    tag = api.get("/v1/changes").headers["ETag"]
    assert api.get("/v1/changes", headers={"If-None-Match": tag}).status_code == 304
