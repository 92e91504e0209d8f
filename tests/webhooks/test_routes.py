"""Registering, reading and removing webhooks over HTTP."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.db import Database
from app.main import create_app
from app.settings import Settings
from app.webhooks.messages import Kind
from app.webhooks.operations import MOST
from tests.api import ACCOUNTS, Api, Tokens, problem_of
from tests.makers import make_entry
from tests.webhooks.receiver import is_signed, receiving
from tests.webhooks.steps import Deliveries

HOOK = "https://terms.example.org/hooks/compendium?key=geheim"


@pytest.fixture
def trial(database: Database, internal: Settings) -> Iterator[Api]:
    """A service that may call the receivers of the tests."""
    with Api.serving(create_app(internal, database)) as client:
        yield client


def registered(api: Api, tokens: Tokens, **changed: object) -> dict[str, object]:
    answer = api.post("/v1/webhooks", tokens["secretariat"], json={"url": HOOK} | changed)
    assert answer.status_code == 201, answer.text
    made: dict[str, object] = answer.json()
    return made


def test_the_secret_is_shown_once(api: Api, tokens: Tokens, database) -> None:
    answer = api.post("/v1/webhooks", tokens["secretariat"], json={"url": HOOK, "party": "nato"})
    made = answer.json()
    assert answer.headers["Location"] == made["uri"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert made["events"] == [kind.value for kind in Kind]
    assert (made["state"], made["party"], made["url"]) == ("active", "nato", HOOK)
    path = f"/v1/webhooks/{made['id']}"
    assert api.get(path, tokens["secretariat"]).json() == made
    shown = [api.get(one, tokens["secretariat"]).text for one in ("/v1/webhooks", path, f"{path}/deliveries")]
    assert secret not in "".join(shown)
    with database.read() as db:
        log = [row.detail for row in db.execute(text("SELECT detail FROM audit_event"))]
    # Neither the secret nor the rest of the address, which may hold one.
    assert any('"host":"terms.example.org"' in detail for detail in log)
    assert secret not in "".join(log)
    assert "geheim" not in "".join(log)


def test_whoever_is_registered_is_told_and_can_read_what_was_sent(
    trial: Api, tokens: Tokens, deliveries: Deliveries
) -> None:
    token = tokens["secretariat"]
    with receiving(500, 204) as receiver:
        made = trial.post("/v1/webhooks", token, json={"url": receiver.url, "events": ["entry.adopted"]}).json()
        path = f"/v1/webhooks/{made['id']}"
        (seq,) = deliveries.adopt(17)
        deliveries.deliver()
        failing = trial.get(path, token).json()
        assert failing["state"] == "failing"
        assert failing["next_attempt"] > failing["failing_since"]
        enabled = trial.post(f"{path}/enable", token).json()
        assert (enabled["state"], enabled["next_attempt"]) == ("active", None)
        deliveries.deliver()
        assert is_signed(receiver.received[1], made["secret"])
    assert trial.get(path, token).json()["told_up_to"] >= seq
    log = trial.get(f"{path}/deliveries", token).json()["items"]
    assert [(one["outcome"], one["status"], one["event"], one["seq"]) for one in log] == [
        ("delivered", 204, "entry.adopted", seq),
        ("refused", 500, "entry.adopted", seq),
    ]
    assert {one["message"] for one in log} == {receiver.ids[0]}
    assert json.loads(log[0]["body"])["data"]["entry"] == "TMD-0017"


def test_a_webhook_that_was_removed_is_gone_with_its_secret(api: Api, tokens: Tokens, database) -> None:
    token = tokens["secretariat"]
    path = f"/v1/webhooks/{registered(api, tokens)['id']}"
    removed = api.request("DELETE", path, token)
    assert removed.status_code == 200
    assert "secret" not in removed.json()
    for method, tail in (("GET", ""), ("DELETE", ""), ("POST", "/enable"), ("GET", "/deliveries")):
        assert problem_of(api.request(method, path + tail, token), 404, "not_found")
    assert api.get("/v1/webhooks", token).json()["items"] == []
    with database.read() as db:
        assert db.execute(text("SELECT secret FROM webhook")).scalars().all() == [None]
    assert registered(api, tokens)["uri"] != removed.json()["uri"]


@pytest.mark.parametrize("name", [None, *sorted(ACCOUNTS.keys() - {"secretariat"})])
def test_only_the_secretariat_and_administrators_keep_webhooks(api: Api, tokens: Tokens, name: str | None) -> None:
    path = f"/v1/webhooks/{registered(api, tokens)['id']}"
    token = None if name is None else tokens[name]
    calls = [
        api.post("/v1/webhooks", token, json={"url": HOOK}),
        api.get("/v1/webhooks", token),
        api.get(path, token),
        api.request("DELETE", path, token),
        api.post(f"{path}/enable", token),
        api.get(f"{path}/deliveries", token),
        # Which webhooks there are is not told either.
        api.get("/v1/webhooks/999", token),
    ]
    for answer in calls:
        problem_of(answer, *((401, "sign_in_needed") if name is None else (403, "not_permitted")))
        assert "terms.example.org" not in answer.text


def test_an_administrator_keeps_webhooks(api: Api, database) -> None:
    with database.write() as db:
        token = accounts.create_token(db, name="admin", roles=frozenset({Role.ADMIN}))
    assert api.post("/v1/webhooks", token, json={"url": HOOK}).status_code == 201


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"url": "http://terms.example.org/"}, "url", "invalid_input"),
        ({"url": "https://127.0.0.1/"}, "url", "invalid_input"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "url", "invalid_input"),
        ({"url": "ftp://terms.example.org/"}, "url", "invalid_input"),
        ({"url": ""}, "url", "validation_failed"),
        ({"events": []}, "events", "validation_failed"),
        ({"events": ["entry.adopted", "entry.adopted"]}, "events", "validation_failed"),
        ({"events": ["proposal.break"]}, "events.0", "validation_failed"),
        ({"party": "atlantis"}, "party", "unknown_party"),
        ({"since": -1}, "since", "validation_failed"),
        ({"secret": "whsec_AAAA"}, "secret", "validation_failed"),
        ({"account_id": 1}, "account_id", "validation_failed"),
    ],
)
def test_a_webhook_with_a_mistake_is_refused_by_its_name(
    api: Api, tokens: Tokens, changed: dict[str, object], field: str, code: str
) -> None:
    answer = api.post("/v1/webhooks", tokens["secretariat"], json={"url": HOOK} | changed)
    assert problem_of(answer, 422, code)["field"] == field


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("en", "The address lies inside a network; only public ones can be called."),
        (
            "fr",
            "L’adresse se trouve à l’intérieur d’un réseau\u202f; "
            "seules les adresses publiques peuvent être appelées.",
        ),
        ("ru", "Адрес находится внутри сети; обращаться можно только к общедоступным адресам."),
    ],
)
def test_the_reason_is_given_in_the_readers_language(api: Api, tokens: Tokens, language: str, detail: str) -> None:
    body = {"url": "https://localhost/hook"}
    headers = {"Accept-Language": language}
    answer = api.post("/v1/webhooks", tokens["secretariat"], json=body, headers=headers)
    assert problem_of(answer, 422, "invalid_input")["detail"] == detail


def test_there_is_an_end_to_the_number_of_webhooks(api: Api, tokens: Tokens) -> None:
    made = [registered(api, tokens) for _ in range(MOST)]
    answer = api.post("/v1/webhooks", tokens["secretariat"], json={"url": HOOK})
    assert problem_of(answer, 422, "invalid_input")["limit"] == MOST
    api.request("DELETE", f"/v1/webhooks/{made[0]['id']}", tokens["secretariat"])
    assert registered(api, tokens)


def test_webhooks_and_deliveries_are_listed_in_pages(trial: Api, tokens: Tokens, deliveries: Deliveries) -> None:
    token = tokens["secretariat"]
    with receiving() as receiver:
        made = [registered(trial, tokens, url=f"{receiver.url}&webhook={place}") for place in range(5)]
        deliveries.adopt(17, 18, 19)
        deliveries.deliver()
    pages = list(trial.pages("/v1/webhooks", token, limit=2))
    assert [item["id"] for page in pages for item in page["items"]] == [one["id"] for one in made]
    path = f"/v1/webhooks/{made[0]['id']}/deliveries"
    found = [item["seq"] for page in trial.pages(path, token, limit=1) for item in page["items"]]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 3
    cursor = trial.get(path, token, params={"limit": 1}).json()["next"]
    other = f"/v1/webhooks/{made[1]['id']}/deliveries"
    assert problem_of(trial.get(f"{other}?cursor={cursor}", token), 422, "invalid_input")["field"] == "cursor"


def test_a_webhook_can_begin_in_the_past_and_never_in_the_future(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    assert registered(api, tokens, since=0)["told_up_to"] == 0
    latest = registered(api, tokens)["told_up_to"]
    assert isinstance(latest, int)
    assert latest > 0
    assert registered(api, tokens, since=2_000_000_000)["told_up_to"] == latest + 1  # the registration before it


def test_the_methods_of_an_address_are_named(api: Api, tokens: Tokens) -> None:
    path = f"/v1/webhooks/{registered(api, tokens)['id']}"
    answer = api.portal.call(lambda: api.client.request("PUT", path))
    problem_of(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "DELETE"}
