"""Tokens that people make for themselves."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.accounts.actor import Role
from app.accounts.administration import disable, enable, give_roles
from app.accounts.operations import create_token
from app.accounts.tokens import MOST
from app.history.tables import AuditEvent
from tests.api import problem_of
from tests.clocks import FakeClock
from tests.login.conftest import Service
from tests.rows import everything

WANTED = {"label": "Traduction assistée, ordinateur portable", "roles": ["delegate"]}


def make(service: Service, **changed: Any) -> dict[str, Any]:
    """A token that whoever is signed in makes."""
    answer = service.post("/v1/me/tokens", json=WANTED | changed)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_token_acts_as_its_owner_within_its_bounds(service: Service, clock: FakeClock) -> None:
    clock.advance(seconds=0)
    service.sign_in()
    made = make(service, languages=["fr"], read_only=True, days=7)
    assert made["token"].startswith("tmd_")
    me = service.api.get("/v1/me", made["token"]).json()
    assert me == {
        "account": "nato-delegate",
        "party": "nato",
        "roles": ["delegate"],
        "languages": ["fr"],
        "read_only": True,
        "shown": "token",
        "expires_at": (clock() + timedelta(days=7)).isoformat().replace("+00:00", "Z"),
    }
    clock.advance(days=7)
    problem_of(service.api.get("/v1/me", made["token"]), 401, "bad_token")


def test_tokens_are_listed_without_what_is_secret_of_them(service: Service) -> None:
    service.sign_in()
    made = [make(service, label=label) for label in ("CAT tool", "интерфейс перевода")]
    answer = service.api.get("/v1/me/tokens")
    assert answer.json()["items"] == [
        {key: value for key, value in token.items() if key != "token"} for token in made
    ]
    assert not [token for token in made if token["token"] in answer.text]
    assert answer.headers["Cache-Control"] == "private, no-store"
    # The tokens of others are not among them.
    service.sign_in("russia-lead")
    assert service.api.get("/v1/me/tokens").json()["items"] == []


def test_a_token_is_revoked_by_its_owner_alone(service: Service) -> None:
    service.sign_in()
    made = make(service)
    service.sign_in("russia-lead")
    path = f"/v1/me/tokens/{made['id']}"
    problem_of(service.delete(path), 404, "not_found")
    assert service.api.get("/v1/me", made["token"]).status_code == 200
    service.sign_in()
    assert service.delete(path).status_code == 204
    problem_of(service.api.get("/v1/me", made["token"]), 401, "bad_token")
    problem_of(service.delete(path), 404, "not_found")
    assert service.api.get("/v1/me/tokens").json()["items"] == []


def test_a_token_makes_no_other_and_ends_none_but_itself(service: Service) -> None:
    """Whoever has found one can neither make itself more nor lock its owner out."""
    service.sign_in()
    found, other = make(service), make(service)
    service.api.client.cookies.clear()
    answer = service.api.post("/v1/me/tokens", found["token"], json=WANTED)
    problem_of(answer, 403, "session_needed")
    problem_of(service.api.post("/v1/logout", found["token"]), 403, "session_needed")
    problem_of(service.delete(f"/v1/me/tokens/{other['id']}", found["token"]), 404, "not_found")
    assert len(service.api.get("/v1/me/tokens", found["token"]).json()["items"]) == 2
    assert service.delete(f"/v1/me/tokens/{found['id']}", found["token"]).status_code == 204
    problem_of(service.api.get("/v1/me", found["token"]), 401, "bad_token")
    assert service.api.get("/v1/me", other["token"]).status_code == 200


def test_a_read_only_token_reads(service: Service) -> None:
    service.sign_in()
    made = make(service, read_only=True)
    before = everything(service.database)
    assert service.api.get("/v1/proposals", made["token"]).status_code == 200
    for path in ("/v1/proposals", "/v1/import?format=csv&dry_run=true", "/v1/me/tokens"):
        problem_of(service.api.post(path, made["token"], json={}), 403, "read_only_token")
    answer = service.delete(f"/v1/me/tokens/{made['id']}", made["token"])
    problem_of(answer, 403, "read_only_token")
    assert everything(service.database) == before


# ---- more than one is


@pytest.mark.parametrize(
    ("who", "changed", "field", "excess"),
    [
        ("nato-delegate", {"roles": ["delegate", "secretariat"]}, "roles", ["secretariat"]),
        ("nato-delegate", {"roles": ["admin"]}, "roles", ["admin"]),
        ("russia-lead", {"roles": ["language-lead"], "languages": ["ru", "fr"]}, "languages", ["fr"]),
    ],
)
def test_a_token_never_exceeds_its_owner(
    service: Service, who: str, changed: dict, field: str, excess: list[str]
) -> None:
    service.sign_in(who)
    before = everything(service.database)
    problem = problem_of(service.post("/v1/me/tokens", json=WANTED | changed), 403, "token_exceeds_account")
    assert (problem["field"], problem["excess"]) == (field, excess)
    assert everything(service.database) == before


def test_a_token_without_languages_has_those_of_its_owner(service: Service) -> None:
    service.sign_in("russia-lead")
    made = make(service, roles=["language-lead"])
    assert service.api.get("/v1/me", made["token"]).json()["languages"] == ["ru"]


@pytest.mark.parametrize(
    "extra",
    [
        {"party": "russia"},
        {"account_id": 1},
        {"account": "secretariat"},
        {"token": "tmd_chosen"},
        {"token_hash": "0" * 64},
        {"expires_at": None},
        {"revoked_at": None},
        {"id": 1},
        {"roles": ["king"]},
        {"roles": []},
        {"roles": "delegate"},
        {"languages": ["de"]},
        {"days": 0},
        {"days": 367},
        {"days": None},
        {"read_only": "perhaps"},
        {"label": ""},
        {"label": "x" * 101},
        {"label": "CAT\r\nX-Forged: 1"},
        {"label": "CAT\u0000"},
        {"label": "CAT\u202eloot"},
        {"label": "CAT\u001b[31m"},
    ],
)
def test_what_a_token_has_no_place_for_is_refused(service: Service, extra: dict[str, Any]) -> None:
    service.sign_in()
    before = everything(service.database)
    problem = problem_of(service.post("/v1/me/tokens", json=WANTED | extra), 422, "validation_failed")
    assert problem["field"].partition(".")[0] in extra
    assert everything(service.database) == before


def test_there_is_a_bound_to_the_tokens_of_an_account(service: Service) -> None:
    service.sign_in()
    made = [make(service) for _ in range(MOST)]
    problem = problem_of(service.post("/v1/me/tokens", json=WANTED), 409, "too_many_tokens")
    assert problem["limit"] == MOST
    service.delete(f"/v1/me/tokens/{made[0]['id']}")
    make(service)


# ---- what becomes of the account


def test_a_token_loses_at_once_what_its_account_loses(service: Service) -> None:
    service.sign_in()
    both = make(service, roles=["delegate", "representative"])["token"]
    one = make(service, roles=["representative"])["token"]
    with service.database.write() as db:
        give_roles(db, "nato-delegate", {Role.DELEGATE, Role.EXPERT}, languages={"fr"})
    me = service.api.get("/v1/me", both).json()
    assert (me["roles"], me["languages"]) == (["delegate"], ["fr"])
    problem_of(service.api.get("/v1/me", one), 401, "bad_token")


def test_a_token_whose_languages_its_account_has_lost_is_refused_rather_than_free(service: Service) -> None:
    service.sign_in()
    french = make(service, languages=["fr"])["token"]
    with service.database.write() as db:
        give_roles(db, "nato-delegate", {Role.DELEGATE}, languages={"en"})
    problem_of(service.api.get("/v1/me", french), 401, "bad_token")


def test_tokens_rest_while_their_account_is_disabled(service: Service) -> None:
    service.sign_in()
    token = make(service)["token"]
    with service.database.write() as db:
        disable(db, "nato-delegate")
    problem_of(service.api.get("/v1/me", token), 401, "bad_token")
    with service.database.write() as db:
        enable(db, "nato-delegate")
    assert service.api.get("/v1/me", token).status_code == 200


def test_each_token_leaves_an_event_when_it_is_made_and_when_it_ends(service: Service) -> None:
    service.sign_in()
    made = make(service, languages=["fr"])
    service.delete(f"/v1/me/tokens/{made['id']}")
    with service.database.read() as db:
        events = db.scalars(
            select(AuditEvent).where(col(AuditEvent.action).like("token%")).order_by(col(AuditEvent.seq))
        ).all()
    account = events[0].account_id
    assert [(event.action, json.loads(event.detail)) for event in events] == [
        (
            "token.create",
            {"account": account, "token": made["id"], "roles": ["delegate"], "languages": ["fr"]},
        ),
        ("token.revoke", {"account": account, "token": made["id"]}),
    ]


def test_a_guessed_token_is_refused_like_any_other(service: Service) -> None:
    with service.database.write() as db:
        token = create_token(db, name="reader", roles=frozenset({Role.READER}))
    guesses = [token[:-1], f"{token}A", token.swapcase(), token.removeprefix("tmd_"), "tmd_", "1", "' OR 1=1 --"]
    answers = [service.api.get("/v1/me", guess) for guess in guesses]
    bodies = [
        {key: value for key, value in problem_of(answer, 401, "bad_token").items() if key != "request_id"}
        for answer in answers
    ]
    assert all(body == bodies[0] for body in bodies)
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}
