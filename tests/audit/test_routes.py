"""The record over HTTP: who may read it, and that it can be re-computed from what is read."""

import json
from collections.abc import Iterator
from itertools import chain

import pytest

from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.db import Database
from app.history.chain import GENESIS, event_hash
from app.main import create_app
from app.settings import Settings
from tests.api import Api, problem_of

AUDITED = "P(2026)0001"


@pytest.fixture(scope="module")
def served(filled: Settings) -> Iterator[tuple[Api, dict[str, str]]]:
    """The service on a database with rows in every table, and a token for each role that matters."""
    with Database.opened(filled) as database:
        with database.write() as db:
            roles = {
                "auditor": Role.AUDITOR,
                "office": Role.SECRETARIAT,
                "guest": Role.READER,
                "root": Role.ADMIN,
            }
            tokens = {
                name: accounts.create_token(db, name=name, roles=frozenset({role})) for name, role in roles.items()
            }
            tokens["co-chair"] = accounts.create_token(
                db, name="nato-co-chair", roles=frozenset({Role.CO_CHAIR}), party="nato"
            )
        with Api.serving(create_app(filled, database)) as api:
            yield api, tokens


@pytest.fixture
def api(served) -> Api:
    return served[0]


@pytest.fixture
def tokens(served) -> dict[str, str]:
    return served[1]


@pytest.mark.parametrize("path", ["/v1/audit", f"/v1/proposals/{AUDITED}/audit"])
def test_the_record_is_for_auditors_and_the_secretariat(api: Api, tokens: dict[str, str], path: str) -> None:
    for name in ("auditor", "office"):
        answer = api.get(path, tokens[name])
        assert answer.status_code == 200, answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
    for name in ("guest", "root", "co-chair"):
        problem_of(api.get(path, tokens[name]), 403, "not_permitted")
    problem_of(api.get(path), 401, "sign_in_needed")


def test_the_chain_can_be_re_computed_from_the_pages(api: Api, tokens: dict[str, str]) -> None:
    pages = list(api.pages("/v1/audit", tokens["auditor"], limit=3))
    assert len(pages) > 2
    previous = GENESIS
    for place, event in enumerate(chain.from_iterable(page["items"] for page in pages), 1):
        stored = event.pop("hash")
        assert (event["seq"], event["previous"]) == (place, previous)
        assert event_hash({k: v for k, v in event.items() if k != "previous"}, previous) == stored
        previous = stored


def test_a_cursor_of_another_list_is_refused(api: Api, tokens: dict[str, str]) -> None:
    other = api.get("/v1/proposals", tokens["office"], params={"limit": 1}).json()["next"]
    problem_of(api.get("/v1/audit", tokens["auditor"], params={"cursor": other}), 422, "invalid_input")


def test_an_export_holds_what_was_done_with_a_proposal_and_names_nobody(api: Api, tokens: dict[str, str]) -> None:
    answer = api.get(f"/v1/proposals/{AUDITED}/audit", tokens["auditor"])
    export = answer.json()
    assert [event["action"] for event in export["events"]] == [
        "proposal.create",
        "proposal.submit",
        "proposal.accept",
        *(f"proposal.certify-{part}" for part in ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru")),
        "proposal.finalise",
        "proposal.table",
        "proposal.agree",
        "proposal.agree",
    ]
    assert {row["table"] for row in export["rows"]} == {
        "proposal",
        "proposal_revision",
        "certificate",
        "sign_off",
        "agenda_item",
        "entry_version",
        "decision",
    }
    texts = {row["row"]["digest"] for row in export["rows"] if row["table"] == "proposal_revision"}
    assert texts == {revision["digest"] for revision in export["revisions"]}
    assert [name for name in ("nato-delegate", "nato-co-chair", "secretariat") if name in answer.text] == []


def test_a_draft_of_a_party_is_not_exported_over_http(api: Api, tokens: dict[str, str]) -> None:
    log = chain.from_iterable(page["items"] for page in api.pages("/v1/audit", tokens["auditor"]))
    created = [event["proposal"] for event in log if event["action"] == "proposal.create"]
    for name in ("auditor", "office"):
        problem_of(api.get(f"/v1/proposals/{created[-1]}/audit", tokens[name]), 404, "not_found")


def test_a_proposal_that_there_is_not_has_no_export(api: Api, tokens: dict[str, str]) -> None:
    problem_of(api.get("/v1/proposals/P(2026)9999/audit", tokens["auditor"]), 404, "not_found")


def test_reasons_are_kept_as_they_were_given(api: Api, tokens: dict[str, str]) -> None:
    log = chain.from_iterable(page["items"] for page in api.pages("/v1/audit", tokens["auditor"]))
    reasons = {json.loads(event["detail"]).get("reason") for event in log}
    assert {"Повторяет «ложную цель».", "Déjà couvert par « leurre »."} <= reasons
