"""Several callers at the same moment, on databases where commits are real."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database
from app.history import operations as history
from app.main import create_app
from app.settings import Settings
from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry, make_subject_field
from tests.proposals.steps import (
    accepted,
    agreed,
    amendment,
    moved,
    new_proposal,
    objection,
    propose,
    revise,
    send,
    submitted,
    tabled,
    under_silence,
)

Call = Callable[[], httpx.Response]


@pytest.fixture
def own_tokens(own_database: Database) -> Tokens:
    with own_database.write() as db:
        make_subject_field(db)
    return Tokens.made_in(own_database)


@pytest.fixture
def own_api(own_database: Database, own_settings: Settings) -> Iterator[Api]:
    with Api.serving(create_app(own_settings, own_database)) as client:
        yield client


@pytest.fixture(autouse=True)
def _the_log_stays_whole(own_database: Database) -> Iterator[None]:
    yield
    with own_database.read() as db:
        assert history.verify(db) is None


def at_once(*calls: Call) -> list[httpx.Response]:
    """The answers to calls that all set off together."""
    start = Barrier(len(calls))

    def run(call: Call) -> httpx.Response:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def statuses(answers: list[httpx.Response]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_two_co_chairs_who_agree_at_once_make_one_version_by_one_decision(own_api: Api, own_tokens: Tokens) -> None:
    proposal = tabled(own_api, own_tokens)
    path = f"/v1/proposals/{proposal.json()['number']}/events/agree"
    answers = at_once(
        *(
            lambda name=name: send(own_api, path, own_tokens[name], {}, **{"If-Match": "*"})
            for name in ("nato-co-chair", "russia-co-chair")
        )
    )
    assert statuses(answers) == [200, 200]
    assert sorted(answer.json()["state"] for answer in answers) == ["adopted", "tabled"]
    number = proposal.json()["entry"]
    entry = own_api.get(f"/v1/entries/{number}").json()
    assert (entry["status"], entry["version"], entry["digest"]) == ("agreed", 1, proposal.json()["digest"])
    assert len(own_api.get(f"/v1/entries/{number}/versions").json()["items"]) == 1
    assert entry["decision"]["number"].endswith(")0001")


def test_of_two_co_chairs_who_saw_the_same_state_one_must_look_again(own_api: Api, own_tokens: Tokens) -> None:
    proposal = tabled(own_api, own_tokens)
    answers = at_once(
        lambda: own_api.move(proposal, "agree", own_tokens["nato-co-chair"]),
        lambda: own_api.move(proposal, "decline", own_tokens["russia-co-chair"], reason="Неточно."),
    )
    assert statuses(answers) == [200, 412]
    now = own_api.get(f"/v1/proposals/{proposal.json()['number']}", own_tokens["reader"]).json()
    assert (now["state"], len(now["sign_offs"])) == ("tabled", 1)


def test_of_two_revisions_of_the_same_text_one_is_kept(own_api: Api, own_tokens: Tokens) -> None:
    proposal = accepted(own_api, own_tokens)
    answers = at_once(
        lambda: revise(own_api, proposal, own_tokens["nato-delegate"], body(fr="fausse cible")),
        lambda: revise(own_api, proposal, own_tokens["russia-delegate"], body(ru="ложная боеголовка")),
    )
    assert statuses(answers) == [201, 412]
    kept = next(answer.json() for answer in answers if answer.status_code == 201)
    ref = proposal.json()["number"]
    texts = own_api.get(f"/v1/proposals/{ref}/revisions", own_tokens["reader"]).json()["items"]
    assert [text["digest"] for text in texts] == [proposal.json()["digest"], kept["digest"]]
    assert own_api.get(f"/v1/entries/{proposal.json()['entry']}").json()["digest"] == kept["digest"]


def test_numbers_given_out_at_once_are_unique_and_have_no_gaps(own_api: Api, own_tokens: Tokens) -> None:
    names = ["nato-delegate", "russia-delegate"] * 4
    drafts = at_once(*(lambda name=name: propose(own_api, own_tokens[name]) for name in names))
    numbers = sorted(draft.json()["number"] for draft in drafts)
    assert [number[-4:] for number in numbers] == [f"{n:04d}" for n in range(1, 9)]
    waiting = [own_api.move(draft, "submit", own_tokens[name]) for draft, name in zip(drafts, names, strict=True)]
    taken = at_once(*(lambda one=one: own_api.move(one, "accept", own_tokens["secretariat"]) for one in waiting))
    assert sorted(answer.json()["entry"] for answer in taken) == [f"TMD-{n}" for n in range(1001, 1009)]
    seen = [item["seq"] for item in own_api.get("/v1/changes").json()["items"]]
    assert seen == sorted(seen)
    assert len(seen) == 8


def test_a_refused_proposal_leaves_no_gap(own_api: Api, own_tokens: Tokens) -> None:
    first = propose(own_api, own_tokens["nato-delegate"]).json()["number"]
    wrong = new_proposal(content=body("propulsion"))
    problem_of(send(own_api, "/v1/proposals", own_tokens["nato-delegate"], wrong), 422, "invalid_input")
    second = propose(own_api, own_tokens["nato-delegate"]).json()["number"]
    assert int(second[-4:]) == int(first[-4:]) + 1


def test_a_request_that_is_repeated_before_its_answer_came_works_once(own_api: Api, own_tokens: Tokens) -> None:
    token = own_tokens["nato-delegate"]
    answers = at_once(
        *[lambda: send(own_api, "/v1/proposals", token, new_proposal(), **{"Idempotency-Key": "a"})] * 4
    )
    assert statuses(answers) == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert len(own_api.get("/v1/proposals", token).json()["items"]) == 1


def test_an_agreed_entry_stays_as_it_is_whatever_is_done_short_of_adoption(
    own_api: Api, own_tokens: Tokens, own_database: Database
) -> None:
    with own_database.write() as db:
        make_entry(db, number=17)
    before = own_api.get("/v1/entries/TMD-0017")
    on_agenda = tabled(own_api, own_tokens, amendment(fr="fausse cible"))
    made = [on_agenda, *(accepted(own_api, own_tokens, amendment(fr=term)) for term in ("appât", "simulacre"))]
    nato, russia = own_tokens["nato-co-chair"], own_tokens["russia-co-chair"]
    answers = at_once(
        lambda: own_api.move(made[0], "agree", nato),
        lambda: own_api.move(made[0], "decline", russia, reason="Нет."),
        lambda: own_api.move(made[1], "withdraw", own_tokens["nato-delegate"], reason="Repris."),
        lambda: revise(own_api, made[2], own_tokens["russia-delegate"], body(ru="обманка")),
        lambda: own_api.move(made[2], "decline", nato, reason="Non."),
        lambda: propose(own_api, own_tokens["russia-delegate"], amendment(en="dummy")),
    )
    assert {answer.status_code for answer in answers} <= {200, 201, 412}
    after = own_api.get("/v1/entries/TMD-0017")
    assert after.content == before.content
    assert len(own_api.get("/v1/changes").json()["items"]) == 1


def test_of_two_amendments_adopted_at_once_the_second_is_told_of_the_first(
    own_api: Api, own_tokens: Tokens, own_database: Database
) -> None:
    with own_database.write() as db:
        make_entry(db, number=17)
    signed = [
        moved(own_api, tabled(own_api, own_tokens, amendment(**terms)), "agree", own_tokens["nato-co-chair"])
        for terms in ({"fr": "fausse cible"}, {"ru": "ложная боеголовка"})
    ]
    answers = at_once(
        *(lambda one=one: own_api.move(one, "agree", own_tokens["russia-co-chair"]) for one in signed)
    )
    assert statuses(answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert problem_of(refused, 409, "stale_base")["current"] == 2
    assert own_api.get("/v1/entries/TMD-0017").json()["version"] == 2


def test_a_reader_never_sees_half_of_an_adoption(own_api: Api, own_tokens: Tokens, own_database: Database) -> None:
    with own_database.write() as db:
        make_entry(db, number=17)
    done = False

    def reading() -> list[tuple[int, str, str]]:
        seen = []
        while not done:
            entry = own_api.get("/v1/entries/TMD-0017").json()
            text = entry["content"]["languages"]["fr"]["terms"][0]["text"]
            seen.append((entry["version"], entry["digest"], text))
        return seen

    with ThreadPoolExecutor(1) as threads:
        reader = threads.submit(reading)
        try:
            for version, term in enumerate(("fausse cible", "appât", "simulacre"), 1):
                agreed(own_api, own_tokens, amendment(version=version, fr=term))
        finally:
            done = True
        seen = reader.result()
    versions = own_api.get("/v1/entries/TMD-0017/versions").json()["items"]
    digests = {item["version"]: item["digest"] for item in versions}
    texts = {1: "leurre", 2: "fausse cible", 3: "appât", 4: "simulacre"}
    assert seen
    assert all(digest == digests[version] and text == texts[version] for version, digest, text in seen)
    assert [version for version, *_ in seen] == sorted(version for version, *_ in seen)


def test_of_two_breaks_of_silence_at_once_one_is_first_and_both_are_answered(
    own_api: Api, own_tokens: Tokens
) -> None:
    proposal = under_silence(own_api, own_tokens)
    accounts = ("nato-representative", "russia-representative")
    answers = at_once(
        *(
            lambda account=account: own_api.move(proposal, "break", own_tokens[account], **objection())
            for account in accounts
        )
    )
    assert statuses(answers) == [200, 412]
    now = own_api.get(f"/v1/proposals/{proposal.json()['number']}", own_tokens["reader"]).json()
    assert (now["state"], now["breaks"], len(now["positions"])) == ("objected", 1, 1)


# ---- the writers' turn


@pytest.fixture
def hurried(own_settings: Settings) -> Iterator[Api]:
    """The service with writers that wait for one second only."""
    settings = own_settings.model_copy(update={"lock_seconds": 1})
    app = create_app(settings)
    with Api.serving(app) as client:
        yield client
    app.state.database.dispose()


def test_a_writer_who_waits_too_long_is_told_to_come_again_and_readers_do_not_wait(
    hurried: Api, own_tokens: Tokens, own_database: Database
) -> None:
    with own_database.write():
        answer = send(hurried, "/v1/proposals", own_tokens["nato-delegate"], new_proposal())
        read = hurried.get("/v1/subject-fields")
    problem_of(answer, 503, "database_busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert read.status_code == 200
    propose(hurried, own_tokens["nato-delegate"])


@pytest.mark.parametrize("path", ["/v1/proposals", "/v1/import?format=csv"])
def test_who_sends_slowly_does_not_keep_the_others_from_writing(
    hurried: Api, own_tokens: Tokens, path: str
) -> None:
    others: list[int] = []

    async def slowly() -> AsyncIterator[bytes]:
        yield b"concept_id"
        headers = {"Authorization": f"Bearer {own_tokens['nato-delegate']}"}
        answer = await hurried.client.post("/v1/proposals", json=new_proposal(), headers=headers)
        others.append(answer.status_code)
        yield b",concept_status\n"

    headers = {"Content-Type": "application/json"}
    answer = hurried.post(path, own_tokens["secretariat"], content=slowly(), headers=headers)
    assert others == [201]
    assert answer.status_code == 422


def test_who_may_not_write_does_not_take_the_writers_turn(
    hurried: Api, own_tokens: Tokens, own_database: Database
) -> None:
    with own_database.write():
        for token, status in ((None, 401), ("tmd_wrong", 401)):
            assert send(hurried, "/v1/proposals", token, new_proposal()).status_code == status


def test_numbers_and_events_are_kept_by_a_new_start(
    own_api: Api, own_tokens: Tokens, own_settings: Settings
) -> None:
    before = submitted(own_api, own_tokens)
    app = create_app(own_settings)
    with Api.serving(app) as started_again:
        number = before.json()["number"]
        after = started_again.get(f"/v1/proposals/{number}", own_tokens["nato-delegate"])
        assert (after.json(), after.headers["ETag"]) == (before.json(), before.headers["ETag"])
        following = propose(started_again, own_tokens["nato-delegate"]).json()["number"]
        assert int(following[-4:]) == int(number[-4:]) + 1
    app.state.database.dispose()


def test_what_was_adopted_or_recorded_cannot_be_changed_behind_the_service(
    own_api: Api, own_tokens: Tokens, own_database: Database
) -> None:
    with own_database.write() as db:
        make_entry(db, number=17)
    propose(own_api, own_tokens["nato-delegate"])
    before: dict[str, Any] = json.loads(own_api.get("/v1/entries/TMD-0017/versions/1").content)
    for statement in (
        "UPDATE entry_version SET content = '{}'",
        "DELETE FROM entry_version",
        "UPDATE proposal_revision SET content = '{}'",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET detail = ''",
    ):
        with pytest.raises(DBAPIError, match="is never changed"), own_database.write() as db:
            db.execute(text(statement))
    assert own_api.get("/v1/entries/TMD-0017/versions/1").json() == before
